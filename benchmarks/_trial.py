"""Five made-up lessons and what is true of them, for readers who see the pages only."""

from benchmarks._lesson import NAMES, Fall, Plan, Pupil, Stretch
from meetbot.clock import clock

MINUTE = 60.0
HOUR = 60 * MINUTE


def pupils(count: int, **special: Pupil) -> tuple[Pupil, ...]:
    """So many people, of whom some are special."""
    return tuple(special.get(name, Pupil(name)) for name in NAMES[:count])


PLANS = (
    Plan(
        "Fractions, second lesson",
        HOUR,
        pupils(
            24,
            Emre=Pupil("Emre", there=(Stretch(12 * MINUTE, HOUR),)),
            Hana=Pupil("Hana", off=(Stretch(0, HOUR),)),
            Kofi=Pupil("Kofi", turned=0.38),
        ),
        absent=("Noor", "Tomasz"),
        falls=(Fall(Stretch(31 * MINUTE, 44 * MINUTE), 0.35, 0.6),),
        slides=tuple(5 * MINUTE * k for k in range(1, 12)),
        seed=11,
    ),
    Plan(
        "Reading aloud",
        45 * MINUTE,
        pupils(
            18,
            Chidi=Pupil("Chidi", there=(Stretch(0, 33 * MINUTE),)),
            Ines=Pupil("Ines", there=(Stretch(0, 10 * MINUTE), Stretch(19 * MINUTE, 45 * MINUTE))),
            Oskar=Pupil("Oskar", seen=0.3),
        ),
        gaps=(Stretch(25 * MINUTE, 27 * MINUTE),),
        seed=12,
    ),
    Plan(
        "Questions before the test",
        8 * MINUTE,
        pupils(6, Beatriz=Pupil("Beatriz", off=(Stretch(0, 8 * MINUTE),)), Farah=Pupil("Farah", turned=0.35)),
        absent=("Noor",),
        seed=13,
    ),
    Plan(
        "Photosynthesis",
        50 * MINUTE,
        pupils(
            21,
            Goran=Pupil("Goran", aside=40.0),
            Leila=Pupil("Leila", turned=0.3),
            Rosa=Pupil("Rosa", there=(Stretch(6 * MINUTE, 50 * MINUTE),)),
        ),
        falls=(Fall(Stretch(28 * MINUTE, 50 * MINUTE), 0.3, 0.7),),
        slides=tuple(7 * MINUTE * k for k in range(1, 7)),
        seed=14,
    ),
    Plan(
        "The water cycle",
        40 * MINUTE,
        pupils(
            15,
            Amara=Pupil("Amara", off=(Stretch(0, 40 * MINUTE),)),
            Dagny=Pupil("Dagny", off=(Stretch(14 * MINUTE, 40 * MINUTE),)),
            Jaro=Pupil("Jaro", turned=0.42),
            Mateus=Pupil("Mateus", there=(Stretch(0, 22 * MINUTE),)),
        ),
        absent=("Noor", "Tomasz", "Uche"),
        seed=15,
    ),
)


def truth_of(plan: Plan) -> str:
    """What is true of a lesson, in the order of the first screen's questions."""
    lines = [f"# {plan.title} ({clock(plan.seconds)})", ""]
    lines += [
        f"- attention: {len(plan.pupils)} people, {fall.share:.0%} of whom turn away "
        f"{100 * fall.by:.0f} points more from {clock(fall.when.start)} to {clock(fall.when.end)}"
        for fall in plan.falls
    ] or ["- attention: no change was made"]
    for pupil in plan.pupils:
        lines += [f"- {pupil.name}: {fact}" for fact in _facts(pupil, plan.seconds)]
    lines += [f"- on the class list and not there: {', '.join(plan.absent) or 'nobody'}"]
    lines += [f"- nothing could be read from {clock(gap.start)} to {clock(gap.end)}" for gap in plan.gaps]
    lines += [f"- slides change at {', '.join(map(clock, plan.slides))}"] if plan.slides else []
    return "\n".join(lines) + "\n"


def _facts(pupil: Pupil, seconds: float) -> list[str]:
    usual, facts = Pupil(pupil.name), []
    if pupil.turned != usual.turned:
        facts.append(f"turned to the screen {pupil.turned:.0%} of the time")
    if pupil.seen != usual.seen:
        facts.append(f"in view {pupil.seen:.0%} of the time")
    if pupil.aside:
        facts.append(
            f"the camera stands {pupil.aside:.0f} degrees beside the screen: direction can't be told"
        )
    if pupil.off:
        facts.append("camera off " + ", ".join(f"{clock(s.start)} to {clock(s.end)}" for s in pupil.off))
    if pupil.there:
        facts.append("there only " + ", ".join(f"{clock(s.start)} to {clock(s.end)}" for s in pupil.there))
    return facts
