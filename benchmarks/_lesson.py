"""Made-up lessons with a known truth: people look away and back, come and go, switch cameras, speak."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from meetbot.timeline.lesson import create_lesson
from meetbot.types import EMOTIONS, About, Box, Event, Reading

Floats = npt.NDArray[np.float64]

LOOK_AWAY = 6.0  # seconds that a look away takes on average
MOOD_LASTS = 40.0  # seconds that a mood takes on average
MOODS = {"neutral": 0.72, "happy": 0.14, "surprise": 0.05, "sad": 0.06, "angry": 0.03}
UNSURE = 0.08  # share of the faces that are too unclear for a mood
TURN = 32.0  # degrees of a look away
# fmt: off
NAMES = (
    "Amara", "Beatriz", "Chidi", "Dagny", "Emre", "Farah", "Goran", "Hana", "Ines", "Jaro", "Kofi", "Leila",
    "Mateus", "Nadia", "Oskar", "Priya", "Quentin", "Rosa", "Samir", "Tuva", "Uche", "Vera", "Wanjiru",
    "Xenia", "Yusuf", "Zofia", "Anselm", "Birgit", "Ciro", "Devi",
)
# fmt: on
TEACHER = "Ms Okafor"


class Stretch(NamedTuple):
    """Seconds from and to."""

    start: float
    end: float


@dataclass(frozen=True)
class Pupil:
    """How one person is in class."""

    name: str
    turned: float = 0.82  # share of the time turned to the screen
    seen: float = 0.94  # share of the readings, with the camera on, that show the face
    there: tuple[Stretch, ...] = ()  # the whole lesson where there is none
    off: tuple[Stretch, ...] = ()  # camera off
    aside: float = 0.0  # degrees by which the camera stands beside the screen
    speaks: float = 0.01  # share of the minutes in which they speak


@dataclass(frozen=True)
class Fall:
    """A stretch in which some of the class turn away more."""

    when: Stretch
    by: float
    share: float  # of the class


@dataclass(frozen=True)
class Plan:
    """A whole lesson."""

    title: str
    seconds: float
    pupils: tuple[Pupil, ...]
    absent: tuple[str, ...] = ()
    falls: tuple[Fall, ...] = ()
    slides: tuple[float, ...] = ()
    gaps: tuple[Stretch, ...] = ()
    seed: int = 1


def write_plan(plan: Plan, path: Path) -> Path:
    """The lesson file of a plan, as `meetbot analyze` leaves one."""
    about = About(plan.title, "sha256:made-up", "2026-03-05T09:15:00+01:00", plan.seconds)
    with create_lesson(path, about, {"every": "1.0", "policy": "full"}) as lesson:
        for observation in sorted(_observations(plan), key=lambda one: one.time):
            lesson.add(observation)
        for seat, pupil in enumerate(plan.pupils, start=1):
            lesson.name_seat(seat, pupil.name)
        lesson.name_seat(_teacher(plan), TEACHER)
        lesson.set_role(_teacher(plan), "teacher")
        lesson.reached(plan.seconds - 1.0)
        lesson.finish("finished", plan.seconds)
    return path


def class_list(plan: Plan) -> str:
    """The class list of a plan, as `--roster` reads it."""
    names = sorted([*(pupil.name for pupil in plan.pupils), *plan.absent])
    return "name,role\n" + "".join(f"{name},student\n" for name in names) + f"{TEACHER},teacher\n"


def _teacher(plan: Plan) -> int:
    return len(plan.pupils) + 1


def _observations(plan: Plan) -> Iterator[Reading | Event]:
    draw = np.random.default_rng(plan.seed)
    falls = [
        (fall, set(draw.permutation(len(plan.pupils))[: round(fall.share * len(plan.pupils))]))
        for fall in plan.falls
    ]
    yield from (Event(time, "slide") for time in plan.slides)
    yield from (Event(gap.start, "gap", None, "The picture was lost.") for gap in plan.gaps)
    for place, pupil in enumerate(plan.pupils):
        level = np.full(int(plan.seconds), pupil.turned)
        for fall, who in falls:
            if place in who:
                level[int(fall.when.start) : int(fall.when.end)] -= fall.by
        yield from _of(pupil, place + 1, plan, np.clip(level, 0.03, 0.97), draw)
    yield from _of(Pupil(TEACHER, speaks=0.7), _teacher(plan), plan, np.full(int(plan.seconds), 0.9), draw)


def _of(pupil: Pupil, seat: int, plan: Plan, level: Floats, draw: np.random.Generator) -> Iterator[Reading]:
    """All readings of one person."""
    count = len(level)
    away = _looks_away(level, draw)
    yaw = pupil.aside + draw.normal(0, 4, count) + np.where(away, draw.choice((-TURN, TURN), count), 0.0)
    pitch = draw.normal(-3, 3, count)
    moods = _moods(count, draw)
    found = draw.random(count) < pupil.seen
    unsure = draw.random(count) < UNSURE
    speaking = np.repeat(draw.random(count // 60 + 1) < pupil.speaks, 60)[:count]
    box = Box(160.0 * (seat % 6), 120.0 * (seat // 6), 60.0, 80.0)
    there = pupil.there or (Stretch(0.0, plan.seconds),)
    for second in range(count):
        time = float(second)
        if not _within(there, time) or _within(plan.gaps, time):
            continue
        spoke = bool(speaking[second])
        if _within(pupil.off, time):
            yield Reading(time, seat, "camera_off", box, speaking=spoke)
        elif not found[second]:
            yield Reading(time, seat, "no_face", box, speaking=spoke)
        else:
            shown = tuple(0.85 if emotion == moods[second] else 0.025 for emotion in EMOTIONS)
            certainty = 0.2 if unsure[second] else 0.85
            pose = (float(yaw[second]), float(pitch[second]), 0.0)
            yield Reading(time, seat, "face", box, shown, certainty, *pose, spoke)


def _looks_away(level: Floats, draw: np.random.Generator) -> npt.NDArray[np.bool_]:
    """Two states that last as long as looks do, and come out at the level's share."""
    away = np.zeros(len(level), dtype=np.bool_)
    back, chances = 1 / LOOK_AWAY, draw.random(len(level))
    now = False
    for second, (share, chance) in enumerate(zip(level, chances, strict=True)):
        now = chance >= back if now else chance < back * (1 - share) / share
        away[second] = now
    return away


def _moods(count: int, draw: np.random.Generator) -> list[str]:
    changes = draw.random(count) < 1 / MOOD_LASTS
    changes[0] = True
    labels = draw.choice(list(MOODS), size=int(changes.sum()), p=list(MOODS.values()))
    return [str(labels[k]) for k in changes.cumsum() - 1]


def _within(stretches: tuple[Stretch, ...], time: float) -> bool:
    return any(stretch.start <= time < stretch.end for stretch in stretches)
