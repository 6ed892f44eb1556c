"""The first screen: how it went, when, who may need a word, who wasn't there, and how much was seen."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from meetbot.report import moods
from meetbot.report.absences import Absence, isolated, make_absences
from meetbot.report.cast import counted, named_moments, students
from meetbot.report.concerns import Concern, make_concerns
from meetbot.report.headline import headline, sentences
from meetbot.report.pictures import Slides
from meetbot.report.turns import Extreme, Turn, extremes, make_turns, no_turns
from meetbot.report.warned import warned
from meetbot.report.words import Words
from meetbot.types import Figures, ModelCard, Still

EXAMPLE_SEAT = 3  # in the command that names a teacher, where nothing speaks for anybody


@dataclass(frozen=True, slots=True)
class Opening:
    """Everything on the first screen."""

    headline: str
    sentences: tuple[str, ...]
    warnings: tuple[str, ...]
    teacher_unknown: bool
    teacher_guess: str
    teacher_command: str
    moments: tuple[Turn, ...]
    no_moments: str
    more_moments: str
    extremes: tuple[Extreme, ...]
    concerns: tuple[Concern, ...]
    cameras: tuple[Concern, ...]
    no_concerns: str
    absences: tuple[Absence, ...]
    no_absences: str
    unlisted: str
    law: str
    curve_note: str
    seen: tuple[str, ...]


def make_opening(
    figures: Figures, words: Words, stills: Sequence[Still] = (), card: ModelCard | None = None
) -> Opening:
    """The first screen of a lesson."""
    slides, concerns = Slides(stills), make_concerns(figures, words)
    more, guess = len(figures.moments) - len(named_moments(figures)), figures.likely_teacher
    nobody = "_class" if not moods.kept_people(figures) else "" if students(figures) else "_nobody"
    unlisted = "" if figures.listed or figures.absent else "_unlisted"
    return Opening(
        headline=headline(figures, words),
        sentences=sentences(figures, card, words),
        warnings=(*_state(figures, words), *(warned(text, words) for text in figures.warnings)),
        teacher_unknown=not figures.teacher_known and bool(figures.seats),
        teacher_guess=_teacher_guess(figures, words),
        teacher_command=words.say("teacher_command", seat=EXAMPLE_SEAT if guess is None else guess),
        moments=make_turns(figures, words, slides),
        no_moments=no_turns(figures, words),
        more_moments=words.count("moments_more", more) if more else "",
        extremes=extremes(figures, words, slides),
        concerns=tuple(concern for concern in concerns if not concern.camera),
        cameras=tuple(concern for concern in concerns if concern.camera),
        no_concerns=words[f"concern_none{nobody}"],
        absences=make_absences(figures, words),
        no_absences=words[f"away_none{nobody or unlisted}"],
        unlisted=words["away_unlisted"] if unlisted and not nobody else "",
        law=words["law_short"] if figures.total.moods else "",
        curve_note=words["curve_note" if moods.kept_people(figures) else "curve_note_class"],
        seen=tuple(_seen(figures, words)),
    )


def _seen(figures: Figures, words: Words) -> Iterator[str]:
    """How much of the lesson the figures rest on."""
    total, numbers = figures.total, words.numbers
    if total.presence is None:
        yield words["seen_nothing"]
        return
    if not moods.kept_people(figures):
        yield words.say("seen_class", presence=numbers.percent(total.presence))
        return
    counts = counted(total, figures.every)
    yield words.say(
        "seen_share",
        presence=numbers.percent(total.presence),
        faces=numbers.amount(counts.faces),
        readings=numbers.amount(counts.readings),
    )
    if counts.off:
        yield words.say("seen_off", share=numbers.percent(counts.off / counts.readings))
    if total.attention is not None:
        yield words.say("seen_known", known=numbers.percent(total.attention_known))
    gaps = sum(event.kind == "gap" for event in figures.events)
    if gaps:
        yield words.count("seen_gaps", gaps)


def _state(figures: Figures, words: Words) -> list[str]:
    key = f"warning_{figures.status}"
    return [words[key]] if key in words.table else []


def _teacher_guess(figures: Figures, words: Words) -> str:
    """Who may be the teacher, and why; isolated, so that a name can't turn the sentence around."""
    found = [seat for seat in figures.seats if seat.seat == figures.likely_teacher]
    if not found:
        return ""
    spoken = words.numbers.minutes(found[0].minutes_speaking or 0.0)
    return words.say(f"teacher_{figures.likely_because}", name=isolated(found[0].name), minutes=spoken)
