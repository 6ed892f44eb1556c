"""How each figure is made, with the numbers in force, and what it must not be used for."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from meetbot import settings
from meetbot.report import moods
from meetbot.report.notation import points
from meetbot.report.words import Words
from meetbot.types import Figures, ModelCard

RATES = ("accuracy", "balanced_accuracy", "weighted_f1", "macro_f1")  # printed in percent


class Entry(NamedTuple):
    """A term and what stands behind it."""

    term: str
    text: str


@dataclass(frozen=True, slots=True)
class Method:
    """The last section of the report."""

    measured: tuple[Entry, ...]
    formula: str
    this_lesson: str
    model: str
    scores: tuple[Entry, ...]
    not_for: tuple[str, ...]
    pin: str
    provenance: tuple[Entry, ...]


def make_method(figures: Figures, card: ModelCard | None, words: Words) -> Method:
    """The method page of one lesson; a model that the lesson's policy left unloaded has no part in it."""
    read = moods.were_read(figures)
    card = card if read else None
    unmeasured = {*(() if read else ("moods",)), *(() if _followed(figures, words) else ("followed",))}
    measured = [key for key in MEASURED if key not in unmeasured]
    if not moods.kept_people(figures):
        measured = [key for key in ("class", *measured) if key != "moments"]
    return Method(
        measured=tuple(
            Entry(
                words[key],
                words.say(
                    f"how_{_way(key, figures)}", **_numbers(figures, words), **_followed(figures, words)
                ),
            )
            for key in measured
        ),
        formula=settings.INDEX_FORMULA,
        this_lesson=_this_lesson(figures, words),
        model=_model(figures, card, words),
        scores=_scores(card.scores, words) if card else (),
        not_for=tuple(words[f"not_for_{k}"] for k in range(1, 5)),
        pin=words["law_pin"] if read else "",
        provenance=_provenance(figures, card, words),
    )


MEASURED = ("presence", "attention", "moods", "coverage", "moments", "followed")


def _way(key: str, figures: Figures) -> str:
    """Under which key it is said how something is made: of attention, that depends on what was kept."""
    return f"{key}_class" if key == "attention" and not moods.kept_people(figures) else key


def _numbers(figures: Figures, words: Words) -> Mapping[str, object]:
    return {
        "every": words.numbers.plain(figures.every),
        "needs": words.numbers.plain(settings.ATTENTION_NEEDS / 60),
        "off": words.numbers.plain(settings.CENTRE_OFF_CAMERA),
        "yaw": words.numbers.plain(settings.FACING_YAW),
        "pitch": words.numbers.plain(settings.FACING_PITCH),
        "window": words.numbers.plain(settings.MOOD_WINDOW),
        "unsure": words.numbers.percent(settings.UNSURE_BELOW),
        "class_least": settings.CLASS_LEAST,
        "class_yaw": f"{settings.CLASS_YAW:g}",
        "class_pitch": f"{settings.CLASS_PITCH:g}",
        "margin": words.numbers.plain(settings.MOMENT_MARGIN / 60),
        "least": points(settings.MOMENT_LEAST),
        "people": settings.MOMENT_PEOPLE,
        "level": words.numbers.percent(settings.MOMENT_LEVEL),
    }


def _followed(figures: Figures, words: Words) -> Mapping[str, object]:
    """How well a live class was followed; nothing of a recording, or of a class without a reading."""
    told = figures.followed
    if not {"readings_due", "readings_made", "delay_median", "delay_p95"} <= set(told):
        return {}
    return {
        "due": words.numbers.amount(told["readings_due"]),
        "made": words.numbers.amount(told["readings_made"]),
        "median": words.numbers.amount(told["delay_median"], 1),
        "most": words.numbers.amount(told["delay_p95"], 1),
    }


def _this_lesson(figures: Figures, words: Words) -> str:
    if not moods.were_read(figures):
        return words.say("index_unread", policy=moods.policy_of(figures))
    if not moods.kept_people(figures):
        return words.say("index_class", policy=moods.policy_of(figures))
    if figures.total.index is None:
        return words["index_none"]
    coverage = words.numbers.percent(figures.total.coverage)
    return words.say("index_here", value=words.numbers.index(figures.total.index), coverage=coverage)


def _model(figures: Figures, card: ModelCard | None, words: Words) -> str:
    if not moods.were_read(figures):
        return words.say("model_unused", policy=moods.policy_of(figures))
    if card is None:
        return words["model_unknown"]
    return words.say("model_from", name=card.name, trained_on=card.trained_on)


def _scores(scores: Mapping[str, float], words: Words) -> tuple[Entry, ...]:
    """The card's measured scores; one that the table has no words for keeps the name of the card."""
    return tuple(
        Entry(_name("score", key, words), _score(key, value, words)) for key, value in scores.items()
    )


def _name(kind: str, key: str, words: Words) -> str:
    return words[f"{kind}_{key}"] if f"{kind}_{key}" in words.table else key.replace("_", " ")


def _score(key: str, value: float, words: Words) -> str:
    if any(key.endswith(rate) for rate in RATES):
        return words.numbers.percent(value)
    return words.numbers.amount(value, 3) if 0 < abs(value) < 1 else words.numbers.plain(value)


def _provenance(figures: Figures, card: ModelCard | None, words: Words) -> tuple[Entry, ...]:
    facts = dict(figures.provenance)
    if card:
        facts.setdefault("model_sha256", card.sha256)
    return tuple(Entry(_name("item", key, words), value) for key, value in facts.items())
