"""What may be read of people: one frozen value that every stage asks."""

from dataclasses import dataclass

from meetbot.errors import UsageError


@dataclass(frozen=True, slots=True)
class Policy:
    """A policy by its name, and whether moods are read under it."""

    name: str
    moods: bool


FULL = Policy("full", moods=True)
POLICIES = (
    FULL,
    Policy("cues", moods=False),  # presence and facing only: the emotion model is never loaded
    Policy("eu-education", moods=False),  # `cues` under the name of the law that asks for it
)


def policy_named(name: str) -> Policy:
    """The policy of that name."""
    for policy in POLICIES:
        if policy.name == name:
            return policy
    known = ", ".join(policy.name for policy in POLICIES)
    raise UsageError(f"There is no policy {name!r}; the policies are {known}.")
