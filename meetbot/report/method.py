"""How each figure is made, with this lesson's numbers put in, and what it must not be used for."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from meetbot import settings
from meetbot.report import moods
from meetbot.report.cast import counted, name_of, students
from meetbot.report.notation import UNKNOWN, one_in, points
from meetbot.report.notes import notes_of
from meetbot.report.overview import Table
from meetbot.report.words import Words
from meetbot.types import EMOTIONS, UNSURE, Figures, ModelCard

RATES = ("accuracy", "balanced_accuracy", "weighted_f1", "macro_f1")  # printed in percent


class Entry(NamedTuple):
    """A term, what stands behind it, and this lesson's numbers where there are any."""

    term: str
    text: str
    here: str = ""


@dataclass(frozen=True, slots=True)
class Method:
    """The last section of the report."""

    measured: tuple[Entry, ...]
    formula: tuple[str, ...]
    this_lesson: str
    model: str
    scores: tuple[Entry, ...]
    coverage: Table
    policy: tuple[str, ...]
    not_for: tuple[str, ...]
    pin: str
    provenance: tuple[Entry, ...]


MEASURED = ("class", "presence", "attention", "moods", "coverage", "moments", "followed")


def make_method(figures: Figures, card: ModelCard | None, words: Words) -> Method:
    """The method page of one lesson; a model that the lesson's policy left unloaded has no part in it."""
    read = moods.were_read(figures)
    card = card if read else None
    kept = moods.kept_people(figures)
    unmeasured = {*(() if read else ("moods",)), *(() if _followed(figures, words) else ("followed",))}
    unmeasured |= {"class"} if kept else {"moments"}
    return Method(
        measured=tuple(_measured(key, figures, words) for key in MEASURED if key not in unmeasured),
        formula=_formula(words) if read else (),
        this_lesson=_this_lesson(figures, words),
        model=_model(figures, card, words),
        scores=_scores(card.scores, words) if card else (),
        coverage=_coverage(figures, words),
        policy=tuple(_policy(figures, words)),
        not_for=tuple(words[f"not_for_{k}"] for k in range(1, 5)),
        pin=words["law_pin"] if read else "",
        provenance=_provenance(figures, card, words),
    )


def _measured(key: str, figures: Figures, words: Words) -> Entry:
    way = "attention_class" if key == "attention" and not moods.kept_people(figures) else key
    text = words.say(f"how_{way}", **_numbers(figures, words), **_followed(figures, words))
    return Entry(words[key], text, _here(key, figures, words))


def _here(key: str, figures: Figures, words: Words) -> str:
    """A measure's formula with the numbers of this lesson in it."""
    total, numbers = figures.total, words.numbers
    if not total.readings or (key == "attention" and total.attention is None):
        return ""
    if key == "moments":
        odds = dict.fromkeys(one_in(moment.p_value) for moment in figures.moments)
        found = ", ".join(words.say("one_in", n=numbers.amount(n)) for n in odds)
        return words.say("here_moments", list=found) if found else ""
    if key not in ("presence", "attention", "moods", "coverage"):
        return ""
    counts = counted(total, figures.every)
    told = {name: numbers.amount(getattr(counts, name)) for name in counts._fields}
    unsure = total.moods.get(UNSURE, 0.0)
    shares = {
        "presence": numbers.percent(total.presence),
        "attention": numbers.percent(total.attention),
        "coverage": numbers.percent(total.coverage),
        "moods": numbers.percent(unsure),
    }
    due, unsure_faces = numbers.amount(total.due), numbers.amount(round(unsure * counts.faces))
    return words.say(f"here_{key}", **told, due=due, unsure=unsure_faces, share=shares[key])


def _numbers(figures: Figures, words: Words) -> Mapping[str, object]:
    plain = words.numbers.plain
    return {
        "every": plain(figures.every),
        "needs": plain(settings.ATTENTION_NEEDS / 60),
        "off": plain(settings.CENTRE_OFF_CAMERA),
        "yaw": plain(settings.FACING_YAW),
        "pitch": plain(settings.FACING_PITCH),
        "window": plain(settings.MOOD_WINDOW),
        "unsure": words.numbers.percent(settings.UNSURE_BELOW),
        "class_least": settings.CLASS_LEAST,
        "class_yaw": plain(settings.CLASS_YAW),
        "class_pitch": plain(settings.CLASS_PITCH),
        "margin": plain(settings.MOMENT_MARGIN / 60),
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


def _formula(words: Words) -> tuple[str, ...]:
    plain = words.numbers.plain
    weights = ", ".join(f"{words[mood]} {plain(settings.MOOD_WEIGHTS[mood])}" for mood in EMOTIONS)
    return (
        words.say(
            "formula_index", attention=plain(settings.INDEX_ATTENTION), mood=plain(settings.INDEX_MOOD)
        ),
        words.say("formula_mood", full=plain(settings.MOOD_FULL), weights=weights),
        words["formula_means"],
    )


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


def _coverage(figures: Figures, words: Words) -> Table:
    """What the figures of each person rest on, in the order of the class."""
    headings = ("name", "coverage", "direction_known", "unsure", "person_notes")
    percent = words.numbers.percent
    rows = tuple(
        (
            name_of(seat, words),
            percent(seat.total.coverage),
            percent(seat.total.attention_known) if seat.total.people else UNKNOWN,
            percent(seat.total.moods.get(UNSURE, 0.0)) if seat.total.moods else UNKNOWN,
            "; ".join(notes_of(seat, words)),
        )
        for seat in students(figures)
    )
    return Table(tuple(words[key] for key in headings), rows)


def _policy(figures: Figures, words: Words) -> Iterator[str]:
    """The policy in force, and what was not computed because of it."""
    yield words.say("policy_now", policy=moods.policy_of(figures))
    if not moods.were_read(figures):
        yield words["policy_no_moods"]
    if not moods.kept_people(figures):
        yield words["policy_no_people"]
    if moods.were_read(figures) and moods.kept_people(figures):
        yield words["policy_all"]
    yield words["policy_never"]


def _provenance(figures: Figures, card: ModelCard | None, words: Words) -> tuple[Entry, ...]:
    facts = dict(figures.provenance)
    if card:
        facts.setdefault("model_sha256", card.sha256)
    return tuple(Entry(_name("item", key, words), value) for key, value in facts.items())
