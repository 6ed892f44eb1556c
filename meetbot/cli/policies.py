"""Which policy a command reads by, and what is told of it before anything is read."""

from datetime import timedelta

from meetbot.cli.console import complain
from meetbot.pins import chosen, first_time, shortened
from meetbot.policy import Policy


def policy_by(asked: str | None, keep: timedelta | None = None) -> Policy:
    """What was asked for, as far as a pin allows it; once a user, where moods are read, what the law says."""
    policy = chosen(asked)
    for told in (first_time(policy), shortened(keep)):
        if told:
            complain(told)
    return policy
