"""When the class turned: the tested moments, and the strongest and weakest five minutes."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from meetbot.clock import clock
from meetbot.report.cast import Named, counted, name_of, named_moments, people_of, students
from meetbot.report.headline import lasts, untested
from meetbot.report.notation import one_in
from meetbot.report.pictures import Slides
from meetbot.report.words import Words
from meetbot.settings import FEW_SEEN, MOMENT_NEEDS, MOMENT_PEOPLE
from meetbot.types import Figures, Moment

STRETCH = 5  # minutes whose attention is compared with all other such stretches
HARDLY = 0.01  # chance from which on down a change is very unlikely to be chance
STRETCHES = 2 * STRETCH  # minutes with a known attention from which that says anything


@dataclass(frozen=True, slots=True)
class Turn:
    """One change as the first screen prints it."""

    number: int
    start: float
    time: str
    hour: str  # by the clock on the wall, where it is known
    what: str
    until: str
    note: str
    rests_on: str
    people: tuple[Named, ...]  # those it rests on, in the order of the class
    slide: str  # the shared screen at that time as a data: address, or nothing


class Extreme(NamedTuple):
    """The strongest or the weakest stretch, or what is to be known of both."""

    text: str
    time: str
    slide: str


def make_turns(figures: Figures, words: Words, slides: Slides) -> tuple[Turn, ...]:
    """The moments that the first screen names."""
    return tuple(
        Turn(
            number=number,
            start=moment.start,
            time=clock(moment.start),
            hour=hour_of(figures.started_at, moment.start),
            what=_what(moment, words),
            until=words["until_end"] if lasts(moment, figures) else words.say("until", t=clock(moment.end)),
            note=_note(moment, words),
            rests_on=_rests_on(moment, figures, words),
            people=_people(moment, figures, words),
            slide=slides.at(moment.start),
        )
        for number, moment in enumerate(named_moments(figures), 1)
    )


def no_turns(figures: Figures, words: Words) -> str:
    """Why there is no moment to name."""
    if not figures.total.people:
        return words["moments_nobody"]
    key = f"moments_{untested(figures) or 'none'}"
    return words.say(key, needs=words.numbers.plain(MOMENT_NEEDS / 60), least=MOMENT_PEOPLE)


def extremes(figures: Figures, words: Words, slides: Slides) -> tuple[Extreme, ...]:
    """The strongest and the weakest five minutes, and whether they may be chance."""
    found = sorted(_stretches(figures))
    if len(found) <= STRETCHES - STRETCH or found[0][0] == found[-1][0]:
        return ()
    said = [
        Extreme(
            words.say(key, start=clock(start), end=clock(end), share=words.numbers.percent(share)),
            clock(start),
            slides.at((start + end) / 2),
        )
        for key, (share, start, end) in (("strongest", found[-1]), ("weakest", found[0]))
    ]
    tested = any(moment.kind == "attention" for moment in figures.moments)
    return (*said, *(() if tested else (Extreme(words["extremes_chance"], "", ""),)))


def hour_of(started_at: str | None, seconds: float) -> str:
    """The time of the day so long after the lesson's beginning, as its stamp writes it."""
    try:
        begun = datetime.fromisoformat(started_at or "")
        at = begun + timedelta(seconds=seconds)
    except (ValueError, OverflowError):
        return ""
    zone = " UTC" if begun.tzinfo and not begun.utcoffset() else ""
    return f"{at:%H:%M}{zone}" if "T" in (started_at or "") or " " in (started_at or "") else ""


def _stretches(figures: Figures) -> Iterator[tuple[float, float, float]]:
    """Attention, start and end of every five minutes in a row that enough people were seen in."""
    least = FEW_SEEN * people_of(figures)
    for first in range(len(figures.minutes) - STRETCH + 1):
        minutes = figures.minutes[first : first + STRETCH]
        if any(m.attention is None or m.people < least for m in minutes):
            continue
        counts = [counted(m, figures.every) for m in minutes]
        known = sum(c.known for c in counts)
        if known:
            yield sum(c.turned for c in counts) / known, minutes[0].start, minutes[-1].end


def _what(moment: Moment, words: Words) -> str:
    way = "up" if moment.change > 0 else "down"
    before, after = words.numbers.percent(moment.before), words.numbers.percent(moment.after)
    return words.say(f"moment_{moment.kind}_{way}", before=before, after=after)


def _note(moment: Moment, words: Words) -> str:
    said = [words.say("more_of", mood=words[moment.more])] if moment.more else []
    said += [words.say("less_of", mood=words[moment.less])] if moment.less else []
    return ", ".join(said)


def _people(moment: Moment, figures: Figures, words: Words) -> tuple[Named, ...]:
    return tuple(Named(s.seat, name_of(s, words)) for s in students(figures) if s.seat in moment.seats)


def _rests_on(moment: Moment, figures: Figures, words: Words) -> str:
    key = f"rests_{moment.kind}_{'up' if moment.change > 0 else 'down'}"
    rests = words.count(key, len(moment.seats), of=moment.known or people_of(figures))
    likely = "hardly" if moment.p_value <= HARDLY else "little"
    return rests + words.say(f"chance_{likely}", n=words.numbers.amount(one_in(moment.p_value)))
