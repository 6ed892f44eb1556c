"""Lessons in which people come and go, swap places, switch cameras, share and speak."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import get_args

import numpy as np

from tests.galleries.layouts import STAGE, Kind
from tests.galleries.scenes import Cause, Scene, Speech, State, scene
from tests.galleries.styles import Style

_SHARES: tuple[Kind, ...] = ("right", "left", "top", "bottom")
_WEIGHTS = {
    "join": 3,
    "leave": 3,
    "swap": 2,
    "order": 1,
    "off": 2,
    "on": 2,
    "share": 2,
    "unshare": 2,
    "slide": 2,
    "page": 1,
}
_PAGED_FROM = 8  # people


def lesson(
    seed: int,
    seconds: float = 60.0,
    changes: int = 4,
    style: Style | None = None,
    size: tuple[int, int] | None = None,
    kind: Kind | None = None,
    count: int | None = None,
) -> Scene:
    """A gallery in which so many things change."""
    first = scene(seed, style, size, kind, count, spare=changes)
    if first.states[0].kind not in ("grid", *_SHARES):
        first = scene(seed, style, size, "grid", count, spare=changes)
    chance = np.random.default_rng([seed, 45])
    states = tuple(_states(first, seconds, changes, chance))
    whole = replace(first, states=states, speeches=(), duration=seconds)
    return replace(whole, speeches=tuple(_speeches(whole, chance)))


class _Class:
    """Who is in the lesson now, and what is shown of it."""

    def __init__(self, first: Scene, chance: np.random.Generator) -> None:
        self.chance = chance
        self.state = first.states[0]
        self.present = list(self.state.order)
        self.sharing: Kind = _SHARES[int(chance.integers(len(_SHARES)))]
        self.known = len(first.people)
        self.paged = False
        self.cameras_first = first.style.name == "zoom" and bool(chance.random() < 0.5)

    def possible(self) -> list[Cause]:
        """What can happen next."""
        on_stage, seen = self.state.kind != "grid", self.state.order
        if self.paged:
            return ["page"]
        can = {
            "join": len(self.present) < min(self.known, 49),
            "leave": len(self.present) > 2,
            "swap": len(seen) > 1,
            "order": len(seen) > 3,
            "off": len(set(seen) - self.state.off) > 0,
            "on": len(set(seen) & self.state.off) > 0,
            "share": not on_stage,
            "unshare": on_stage,
            "slide": on_stage,
            "page": not on_stage and len(self.present) >= _PAGED_FROM,
        }
        return [cause for cause in get_args(Cause) if can.get(cause)]

    def change(self, time: float, flow: float) -> State:
        """Let something happen."""
        causes = self.possible()
        weights = np.array([_WEIGHTS[cause] for cause in causes], float)
        cause = causes[int(self.chance.choice(len(causes), p=weights / weights.sum()))]
        kind, off, slide = self.state.kind, self.state.off, self.state.slide
        if cause in ("join", "leave", "swap", "order"):
            self._move(cause)
        elif cause in ("off", "on"):
            off = self._switch(cause)
        elif cause in ("share", "unshare"):
            kind = self.sharing if cause == "share" else "grid"
        elif cause == "page":
            self.paged = not self.paged
        if cause in ("slide", "share"):
            slide += int(self.chance.integers(1, 7))
        if self.cameras_first:
            self.present.sort(key=lambda who: who in off)
        order = self.present[len(self.present) // 2 :] if self.paged else self.present
        still = cause in ("slide",)
        self.state = State(time, kind, tuple(order), off, slide, 0.0 if still else flow, cause)
        return self.state

    def _move(self, cause: Cause) -> None:
        if cause == "join":
            free = [who for who in range(self.known) if who not in self.present]
            self.present.append(int(self.chance.choice(free)))
            return
        one, other = (int(place) for place in self.chance.choice(len(self.present), 2, replace=False))
        if cause == "leave":
            self.present.pop(one)
        elif cause == "swap":
            self.present[one], self.present[other] = self.present[other], self.present[one]
        else:
            self.present.insert(0, self.present.pop(max(one, other)))

    def _switch(self, cause: Cause) -> frozenset[int]:
        seen, off = set(self.state.order), self.state.off
        may = sorted(seen - off if cause == "off" else seen & off)
        chosen = int(self.chance.choice(may))
        return off | {chosen} if cause == "off" else off - {chosen}


def _states(first: Scene, seconds: float, changes: int, chance: np.random.Generator) -> Iterator[State]:
    yield first.states[0]
    group = _Class(first, chance)
    flow = float(chance.choice([0.0, 0.3, 0.5, 0.9]))
    step = seconds / (changes + 0.5)
    for number in range(changes):
        time = step * (number + 0.75 + chance.uniform(-0.2, 0.2))
        before = group.state
        state = group.change(round(time, 3), flow)
        moved = first.slots(before) != first.slots(state)
        yield state if moved else replace(state, flow=0.0)


def _speeches(whole: Scene, chance: np.random.Generator) -> Iterator[Speech]:
    """One after the other; who leaves the picture falls silent."""
    time = float(chance.uniform(0, 3))
    while time < whole.duration - 2:
        shown = _shown(whole, whole.state(time))
        who = int(chance.choice(shown))
        end = min(time + float(chance.uniform(3, 20)), whole.duration)
        gone = [
            state.start
            for state in whole.states
            if time < state.start < end and who not in _shown(whole, state)
        ]
        end = min([end, *gone])
        yield Speech(who, round(time, 3), round(end, 3))
        time = end + float(chance.choice([0.0, 1.0, 4.0]))


def _shown(whole: Scene, state: State) -> Sequence[int]:
    return [slot.who for slot in whole.slots(state) if slot.who != STAGE]
