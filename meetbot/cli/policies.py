"""Which policy a command reads by, and what is told of it before anything is read."""

from meetbot.cli.console import complain
from meetbot.pins import chosen, first_time
from meetbot.policy import Policy


def policy_by(asked: str | None) -> Policy:
    """What was asked for, as far as a pin allows it; once a user, where moods are read, what the law says."""
    policy = chosen(asked)
    if told := first_time(policy):
        complain(told)
    return policy
