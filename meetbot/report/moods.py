"""Moods as the report shows them: one order everywhere, the commonest at the bottom of the stack."""

from collections.abc import Mapping
from typing import NamedTuple

from meetbot.policy import FULL, policy_named
from meetbot.report.words import Words
from meetbot.types import UNSURE, Figures

ORDER = ("neutral", "happy", "surprise", "sad", "fear", "disgust", "angry", UNSURE)
NAMED_FROM = 0.005  # share under which a mood is left out of a sentence


class Mood(NamedTuple):
    """One mood's key (for its colour), its name, and its share."""

    key: str
    name: str
    share: str


def were_read(figures: Figures) -> bool:
    """Whether the policy of the lesson let moods be read."""
    return policy_named(policy_of(figures)).moods


def kept_people(figures: Figures) -> bool:
    """Whether the policy of the lesson let anything of single people be kept."""
    return policy_named(policy_of(figures)).people


def policy_of(figures: Figures) -> str:
    """The name of the policy that was in force when the lesson was read."""
    return figures.provenance.get("policy", FULL.name)


def listed(moods: Mapping[str, float], words: Words) -> tuple[Mood, ...]:
    """The moods that were shown at all, the most frequent first and "unsure" last."""
    shown = [label for label in ORDER if moods.get(label, 0.0) >= NAMED_FROM]
    shown.sort(key=lambda label: (label == UNSURE, -moods[label]))
    return tuple(Mood(label, words[label], words.numbers.percent(moods[label])) for label in shown)


def sentence(moods: Mapping[str, float], words: Words) -> str:
    """The moods in one line: "neutral 58 %, happy 21 %, unsure 12 %"."""
    return ", ".join(f"{mood.name} {mood.share}" for mood in listed(moods, words)) or words["cannot_tell"]


def most(moods: Mapping[str, float], words: Words) -> str:
    """The commonest mood with its share, or that nothing can be told."""
    first = listed(moods, words)[:1]
    return f"{first[0].name} {first[0].share}" if first else ""
