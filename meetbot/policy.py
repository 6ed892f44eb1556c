"""What may be read of people: one frozen value that every stage asks."""

from dataclasses import dataclass

from meetbot.errors import UsageError


@dataclass(frozen=True, slots=True)
class Policy:
    """A policy by its name, and what it lets be read, kept and shown."""

    name: str
    moods: bool  # the emotion model is loaded
    people: bool  # values of single people leave memory

    @property
    def not_computed(self) -> str:
        """What a lesson that was read under it does not hold, in words; nothing under the widest."""
        moods = "" if self.moods else "moods and the engagement index"
        people = (
            "anything of single people: names, attendance, moods, directions, speaking times; hence no "
            "engagement index and no moments"
        )
        return moods if self.people else people

    def allows(self, other: "Policy") -> bool:
        """Whether the other one reads nothing that this one doesn't."""
        return other.moods <= self.moods and other.people <= self.people


FULL = Policy("full", moods=True, people=True)
CLASS = Policy("class", moods=True, people=False)  # shares of the class by minute, and nothing else
CUES = Policy("cues", moods=False, people=True)  # presence and facing only: no emotion model is loaded
POLICIES = (FULL, CLASS, CUES, Policy("eu-education", moods=False, people=True))  # `cues` as the law calls it


def policy_named(name: str) -> Policy:
    """The policy of that name."""
    for policy in POLICIES:
        if policy.name == name:
            return policy
    known = ", ".join(policy.name for policy in POLICIES)
    raise UsageError(f"There is no policy {name!r}; the policies are {known}.")
