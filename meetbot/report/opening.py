"""The first screen: what can be said of the lesson, on how much it rests, and what to know before."""

from dataclasses import dataclass

from meetbot.clock import clock
from meetbot.report import moods
from meetbot.report.notation import points, tenths
from meetbot.report.words import Words
from meetbot.settings import (
    FEW_KNOWN,
    FEW_SEEN,
    MOMENT_NEEDS,
    MOMENT_PEOPLE,
    MOST_MOMENTS,
    SHORT_LESSON,
)
from meetbot.types import UNSURE, Figures, Moment, SeatFigures

EXAMPLE_SEAT = 3  # in the command that names a teacher, where nothing speaks for anybody


@dataclass(frozen=True, slots=True)
class MomentLine:
    """One change as the first screen prints it."""

    number: int
    time: str
    what: str
    note: str
    rests_on: str


@dataclass(frozen=True, slots=True)
class Opening:
    """Everything on the first screen."""

    headline: str
    sentences: tuple[str, ...]
    warnings: tuple[str, ...]
    teacher_unknown: bool
    teacher_guess: str
    teacher_command: str
    moments: tuple[MomentLine, ...]
    no_moments: str
    more_moments: str
    absent: tuple[str, ...]
    not_analysed: tuple[str, ...]
    never_seen: tuple[str, ...]


def students(figures: Figures) -> tuple[SeatFigures, ...]:
    """The seats that make the class."""
    return tuple(seat for seat in figures.seats if seat.role == "student")


def named_moments(figures: Figures) -> tuple[Moment, ...]:
    """The largest changes, in the order of time."""
    largest = sorted(figures.moments, key=lambda moment: -abs(moment.change))[:MOST_MOMENTS]
    return tuple(sorted(largest, key=lambda moment: moment.start))


def make_opening(figures: Figures, words: Words) -> Opening:
    """The first screen of a lesson."""
    chosen = named_moments(figures)
    more, guess = len(figures.moments) - len(chosen), figures.likely_teacher
    unseen = [seat for seat in students(figures) if seat.total.people == 0]
    refused = {event.seat for event in figures.events if event.kind == "opted_out"}
    return Opening(
        headline=headline(figures, words),
        sentences=tuple(_sentences(figures, words)),
        warnings=(*_state(figures, words), *figures.warnings),
        teacher_unknown=not figures.teacher_known and bool(figures.seats),
        teacher_guess=_teacher_guess(figures, words),
        teacher_command=words.say("teacher_command", seat=EXAMPLE_SEAT if guess is None else guess),
        moments=tuple(_moment_line(k, moment, words) for k, moment in enumerate(chosen, 1)),
        no_moments=_no_moments(figures, words),
        more_moments=words.count("moments_more", more) if more else "",
        absent=figures.absent,
        not_analysed=tuple(seat.name for seat in unseen if seat.seat in refused),
        never_seen=tuple(seat.name for seat in unseen if seat.seat not in refused),
    )


def headline(figures: Figures, words: Words) -> str:
    """One sentence, never beyond what the figures carry."""
    total, everyone = figures.total, len(students(figures))
    if not figures.minutes and not everyone:
        return words["headline_nothing"]
    if not total.people:
        return words["headline_nobody"]
    if total.people < everyone * FEW_SEEN:
        return words.say("headline_few", seen=total.people, n=everyone)
    said = _attention(figures, words)
    if figures.status == "finished":
        return said
    return words.say("headline_part", read=clock(total.end), rest=said)


def _attention(figures: Figures, words: Words) -> str:
    total = figures.total
    if total.attention is None or total.attention_known < FEW_KNOWN:
        return words["headline_short" if total.end < SHORT_LESSON else "headline_unknown"]
    changes = [moment for moment in figures.moments if moment.kind == "attention"]
    if not changes:
        return words.say(f"headline_{_untested(figures) or 'steady'}", least=MOMENT_PEOPLE)
    largest = max(changes, key=lambda moment: abs(moment.change))
    key = "headline_rose" if largest.change > 0 else "headline_fell"
    if largest.change < 0 and largest.start == min(moment.start for moment in changes):
        key = "headline_held"
    return words.say(key, points=points(largest.change), time=clock(largest.start))


def _untested(figures: Figures) -> str:
    """Why changes were not looked for, or nothing when they were."""
    if not moods.kept_people(figures):
        return "untested_class"
    if figures.total.end < MOMENT_NEEDS:
        return "untested_short"
    return "untested_few" if figures.total.people < MOMENT_PEOPLE else ""


def _no_moments(figures: Figures, words: Words) -> str:
    if not figures.total.people:
        return words["moments_nobody"]
    key = f"moments_{_untested(figures) or 'none'}"
    return words.say(key, needs=f"{MOMENT_NEEDS / 60:g}", least=MOMENT_PEOPLE)


def _sentences(figures: Figures, words: Words) -> list[str]:
    total, everyone = figures.total, len(students(figures))
    if not total.people:
        return []
    coverage = words.numbers.percent(total.coverage)
    key = "all" if total.people == everyone > 1 else "seen"
    key = key if moods.kept_people(figures) else "class"
    sentences = [words.count(key, everyone, seen=total.people, coverage=coverage)]
    if total.moods:
        sentences.append(_moods(figures, words))
    if total.attention is not None:
        extreme = total.attention < 0.05 or total.attention >= 0.95
        said = words.say(
            "facing_extreme" if extreme else "facing",
            tenths=tenths(total.attention),
            share=words.numbers.percent(total.attention),
        )
        sentences.insert(1, said)
    return sentences


def _moods(figures: Figures, words: Words) -> str:
    named = [mood for mood in moods.listed(figures.total.moods, words) if mood.key != UNSURE]
    unsure = words.numbers.percent(figures.total.moods.get(UNSURE, 0.0))
    if not named:
        return words["mood_none"]
    first = {"first": named[0].name, "first_share": named[0].share, "unsure": unsure}
    if len(named) == 1:
        return words.say("mood_one", **first)
    return words.say("mood_two", **first, second=named[1].name, second_share=named[1].share)


def _state(figures: Figures, words: Words) -> list[str]:
    key = f"warning_{figures.status}"
    return [words[key]] if key in words.table else []


def _teacher_guess(figures: Figures, words: Words) -> str:
    """Who may be the teacher, and why; isolated, so that a name can't turn the sentence around."""
    found = [seat for seat in figures.seats if seat.seat == figures.likely_teacher]
    if not found:
        return ""
    name = f"\N{FIRST STRONG ISOLATE}{found[0].name}\N{POP DIRECTIONAL ISOLATE}"
    spoken = words.numbers.minutes(found[0].minutes_speaking or 0.0)
    return words.say(f"teacher_{figures.likely_because}", name=name, minutes=spoken)


def _moment_line(number: int, moment: Moment, words: Words) -> MomentLine:
    way = "up" if moment.change > 0 else "down"
    return MomentLine(
        number=number,
        time=clock(moment.start),
        what=words.say(f"moment_{moment.kind}_{way}", points=points(moment.change)),
        note=moment.note,
        rests_on=words.count("moment_rests", len(moment.seats)),
    )
