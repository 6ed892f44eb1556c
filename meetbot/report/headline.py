"""How the lesson went, in one sentence and a few more: never beyond what the figures carry."""

from meetbot.clock import clock
from meetbot.report import moods
from meetbot.report.cast import people_of
from meetbot.report.notation import tenths
from meetbot.report.words import Words
from meetbot.settings import FEW_KNOWN, FEW_SEEN, MOMENT_NEEDS, MOMENT_PEOPLE, SHORT_LESSON
from meetbot.types import UNSURE, Figures, Moment


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


def sentences(figures: Figures, words: Words) -> tuple[str, ...]:
    """Who was seen and, where the headline doesn't say it, how many were turned to the screen; the moods."""
    total = figures.total
    if not total.people:
        return ()
    said = [_seen(figures, words)]
    if total.attention is not None and _changes(figures):
        key = "facing_extreme" if total.attention < 0.05 or total.attention >= 0.95 else "facing"
        share = words.numbers.percent(total.attention)
        said.append(words.say(key, tenths=tenths(total.attention), share=share))
    if total.moods:
        said.append(_moods(figures, words))
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
    return words.say(
        f"headline_{way}_{'end' if lasts(largest, figures) else 'until'}",
        time=clock(largest.start),
        until=clock(largest.end),
        before=words.numbers.percent(largest.before),
        after=words.numbers.percent(largest.after),
    )


def lasts(moment: Moment, figures: Figures) -> bool:
    """Whether the level after a moment held to the end of what was read."""
    return moment.end >= figures.total.end - figures.every


def _changes(figures: Figures) -> list[Moment]:
    found = (moment for moment in figures.moments if moment.kind == "attention")
    return sorted(found, key=lambda moment: moment.start)


def _seen(figures: Figures, words: Words) -> str:
    seen, everyone = figures.total.people, people_of(figures)
    coverage = words.numbers.percent(figures.total.coverage)
    key = "all" if seen == everyone > 1 else "seen"
    key = key if moods.kept_people(figures) else "class"
    return words.count(key, everyone, seen=seen, coverage=coverage)


def _moods(figures: Figures, words: Words) -> str:
    named = [mood for mood in moods.listed(figures.total.moods, words) if mood.key != UNSURE]
    unsure = words.numbers.percent(figures.total.moods.get(UNSURE, 0.0))
    if not named:
        return words["mood_none"]
    first = {"first": named[0].name, "first_share": named[0].share, "unsure": unsure}
    if len(named) == 1:
        return words.say("mood_one", **first)
    return words.say("mood_two", **first, second=named[1].name, second_share=named[1].share)
