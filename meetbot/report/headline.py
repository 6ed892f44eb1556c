"""How the lesson went, in one sentence and a few more: never beyond what the figures carry."""

from collections.abc import Iterator, Sequence

from meetbot.clock import clock
from meetbot.report import moods
from meetbot.report.cameras import MOSTLY
from meetbot.report.cast import people_of, refused, students
from meetbot.report.notation import tenths
from meetbot.report.words import Words
from meetbot.settings import FEW_KNOWN, FEW_SEEN, MOMENT_NEEDS, MOMENT_PEOPLE, SHORT_LESSON
from meetbot.types import UNSURE, Figures, ModelCard, Moment

BACK = 0.5  # share of a fall that may be left of it where attention counts as back
SMALL_CLASS = 10  # people under which it is said how many attention rests on
RIGHT = ("public_test_ferplus_accuracy", "accuracy")  # scores of the shown output, the first there is


def headline(figures: Figures, words: Words) -> str:
    """One sentence, and where reading stopped if it did."""
    total, everyone = figures.total, people_of(figures)
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


def sentences(figures: Figures, card: ModelCard | None, words: Words) -> tuple[str, ...]:
    """Who was seen and, where the headline doesn't say it, how many were turned to the screen; the moods."""
    total = figures.total
    if not total.people:
        return ()
    said = [*_seen(figures, words), *_rests_on(figures, words)]
    if total.attention is not None and _changes(figures):
        key = "facing_extreme" if total.attention < 0.05 or total.attention >= 0.95 else "facing"
        share = words.numbers.percent(total.attention)
        said.append(words.say(key, tenths=tenths(total.attention), share=share))
    if total.moods:
        said += _moods(figures, card, words)
    return tuple(said)


def untested(figures: Figures) -> str:
    """Why changes were not looked for, or nothing when they were."""
    if not moods.kept_people(figures):
        return "untested_class"
    if figures.total.end < MOMENT_NEEDS:
        return "untested_short"
    return "untested_few" if figures.total.people < MOMENT_PEOPLE else ""


def _attention(figures: Figures, words: Words) -> str:
    total, changes = figures.total, _changes(figures)
    if total.attention is None or total.attention_known < FEW_KNOWN:
        return words["headline_short" if total.end < SHORT_LESSON else "headline_unknown"]
    if not changes:
        share = words.numbers.percent(total.attention)
        return words.say(f"headline_{untested(figures) or 'steady'}", least=MOMENT_PEOPLE, share=share)
    falls = [moment for moment in changes if moment.change < 0]  # a rise may be no more than a fall's end
    largest = max(falls or changes, key=lambda moment: abs(moment.change))
    way = "rose" if largest.change > 0 else "held" if largest == changes[0] else "fell"
    back = _back(largest, changes) if way != "rose" else None
    until = "end" if lasts(largest, figures) else "back" if back else "until"
    return words.say(
        f"headline_{way}_{until}",
        time=clock(largest.start),
        until=clock(largest.end),
        before=words.numbers.percent(largest.before),
        after=words.numbers.percent(largest.after),
        back=words.numbers.percent(back.after if back else None),
    )


def _back(fall: Moment, changes: Sequence[Moment]) -> Moment | None:
    """The rise that ended a fall, where it made up for most of it."""
    rises = (moment for moment in changes if moment.start == fall.end and moment.after > fall.after)
    return next((rise for rise in rises if fall.before - rise.after <= BACK * -fall.change), None)


def lasts(moment: Moment, figures: Figures) -> bool:
    """Whether the level after a moment held to the end of what was read."""
    return moment.end >= figures.total.end - figures.every


def _changes(figures: Figures) -> list[Moment]:
    found = (moment for moment in figures.moments if moment.kind == "attention")
    return sorted(found, key=lambda moment: moment.start)


def _seen(figures: Figures, words: Words) -> Iterator[str]:
    """How many were seen and what became of the others: parts that add up to everybody."""
    if not moods.kept_people(figures):
        yield words.count("class", people_of(figures), seen=figures.total.people)
        return
    counts = _counts(figures)
    everyone = sum(counts.values())
    if counts["seen"] == everyone:
        yield words.count("all", everyone)
    else:
        parts = ", ".join(words.say(f"count_{key}", n=n) for key, n in counts.items() if n)
        whole = "list" if everyone == figures.listed else "there"
        yield words.say(f"count_{whole}", n=everyone, parts=parts)
    yield words.say("seen_time", presence=words.numbers.percent(figures.total.presence))


def _counts(figures: Figures) -> dict[str, int]:
    left_out, people = refused(figures), students(figures)
    unseen = [seat for seat in people if not seat.total.people]
    unread = [seat for seat in unseen if seat.seat in left_out]
    dark = [
        s for s in unseen if s not in unread and s.total.readings and s.total.off >= MOSTLY * s.total.readings
    ]
    return {
        "seen": len(people) - len(unseen),
        "off": len(dark),
        "unseen": len(unseen) - len(unread) - len(dark),
        "unread": len(unread),
        "absent": len(figures.absent),
    }


def _rests_on(figures: Figures, words: Words) -> Iterator[str]:
    """In a small class, how many people attention is told of."""
    told = sum(seat.total.attention is not None for seat in students(figures))
    everyone = people_of(figures)
    if 0 < told < everyone < SMALL_CLASS:
        yield words.say("rests_few", n=told, of=everyone)


def _moods(figures: Figures, card: ModelCard | None, words: Words) -> Iterator[str]:
    """The commonest expressions, and beside them how little is known of their being right."""
    named = [mood for mood in moods.listed(figures.total.moods, words) if mood.key != UNSURE]
    if not named:
        yield words["mood_none"]
        return
    first = {"first": named[0].name, "first_share": named[0].share}
    if len(named) == 1:
        yield words.say("mood_one", **first)
    else:
        yield words.say("mood_two", **first, second=named[1].name, second_share=named[1].share)
    scores = card.scores if card else {}
    share = next((scores[key] for key in RIGHT if key in scores), None)
    yield (
        words["mood_unknown"]
        if share is None
        else words.say("mood_right", share=words.numbers.percent(share))
    )
