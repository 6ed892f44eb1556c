"""A made-up gallery: who is in it, how it looks, and what happens when."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal, cast

import numpy as np

from tests.galleries.cameras import Camera
from tests.galleries.faces import sources
from tests.galleries.layouts import Kind, Rect, Shape, Slot, arrange
from tests.galleries.names import draw_names
from tests.galleries.rooms import RoomKind
from tests.galleries.styles import (
    CLASSIC,
    COVER,
    WIDE,
    BorderLook,
    Colour,
    LabelLook,
    Mute,
    OffLook,
    Style,
    Theme,
    styles_of,
)

SIZES = ((640, 360), (854, 480), (1280, 720), (1920, 1080), (2560, 1440))
_SIZE_SHARES = (0.15, 0.15, 0.3, 0.3, 0.1)
_COUNTS = (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 13, 16, 18, 20, 23, 25, 30, 36, 42, 49)
Cause = Literal["", "join", "leave", "swap", "order", "off", "on", "share", "unshare", "slide", "page"]
Panel = Literal["chat", "people", ""]
SUFFIXES = ("", "", "", "", "", "", "", "", " (Host)", " (You)", " (Guest)")


@dataclass(frozen=True)
class Person:
    """Somebody in the lesson: the name, the label that shows it, the camera, and the tile without one."""

    name: str
    label: str
    camera: Camera
    off_look: OffLook
    off_tile: Colour
    off_disc: Colour
    muted: bool


@dataclass(frozen=True)
class Look:
    """How this gallery looks: one choice out of its style."""

    theme: Theme
    label: LabelLook
    letters: int  # pixels of a label's text
    mute: Mute
    radius: int
    border: BorderLook
    border_colour: Colour
    border_width: int
    bars: Colour  # beside a camera of another shape
    contain: bool
    toolbar: int  # pixels of its height
    heading: int
    panel: Panel
    panel_width: int


@dataclass(frozen=True)
class State:
    """What the gallery shows from a time on; `flow` seconds of animation come first."""

    start: float
    kind: Kind
    order: tuple[int, ...]
    off: frozenset[int]
    slide: int = 0
    flow: float = 0.0
    cause: Cause = ""


@dataclass(frozen=True)
class Speech:
    """Somebody speaks."""

    who: int
    start: float
    end: float


@dataclass(frozen=True)
class Scene:
    """A gallery over time."""

    seed: int
    style: Style
    size: tuple[int, int]
    look: Look
    shape: Shape
    people: tuple[Person, ...]
    states: tuple[State, ...]
    speeches: tuple[Speech, ...]
    duration: float
    crf: int
    hard: frozenset[str]

    def state(self, time: float) -> State:
        """What is shown at a time; an animation belongs to the state that it leads to."""
        return [state for state in self.states if state.start <= time or state is self.states[0]][-1]

    def slots(self, state: State) -> tuple[Slot, ...]:
        """Where the tiles stand in a state."""
        return arrange(state.kind, state.order, self.shape)


def scene(
    seed: int,
    style: Style | None = None,
    size: tuple[int, int] | None = None,
    kind: Kind | None = None,
    count: int | None = None,
    spare: int = 0,
) -> Scene:
    """A gallery in which nothing changes for six seconds; what is given is not drawn by lot.

    `spare` more people are known who are not there yet.
    """
    chance = np.random.default_rng([seed, 44])
    styles = styles_of(seed)
    style = style or styles[seed % len(styles)]
    drawn_size, drawn_kind = _draw_size(chance), _draw_kind(chance)
    size, kind = size or drawn_size, kind or drawn_kind
    drawn_count = _draw_count(kind, chance)
    count = count or drawn_count
    hard: set[str] = set()
    look = _draw_look(style, size, count, chance, hard)
    shape = _draw_shape(style, size, look, count, chance, hard)
    if kind == "single" and chance.random() < 0.7:  # one camera fills the frame
        look = replace(look, toolbar=0, heading=0, panel="", panel_width=0)
        shape = replace(shape, area=Rect(0, 0, *size))
        hard.discard("panel")
    people = draw_people(style, look, count, spare, chance, hard)
    off_share = chance.choice([0.0, 0.1, 0.3, 0.6])
    alone = kind in ("single", "inset", "shared inset")
    off = frozenset(who for who in range(count) if not alone and chance.random() < off_share)
    state = State(0.0, kind, tuple(range(count)), off, int(chance.integers(1000)))
    if not off:
        hard.discard("tile like the gap")
    if kind in ("single", "inset", "shared inset"):
        hard.discard("thin gap")
    shown = [slot.who for slot in arrange(kind, state.order, shape) if slot.who >= 0]
    speaker = int(chance.choice(shown))
    speeches = (Speech(speaker, 0.0, 6.0),) if chance.random() < 0.7 and kind != "single" else ()
    crf = int(chance.integers(23, 33))
    return Scene(seed, style, size, look, shape, people, (state,), speeches, 6.0, crf, frozenset(hard))


def _draw_size(chance: np.random.Generator) -> tuple[int, int]:
    return SIZES[int(chance.choice(len(SIZES), p=_SIZE_SHARES))]


def _draw_kind(chance: np.random.Generator) -> Kind:
    kinds: tuple[Kind, ...] = (
        "grid", "right", "left", "top", "bottom", "speaker", "inset", "shared inset", "single",
    )  # fmt: skip
    shares = (0.58, 0.09, 0.04, 0.07, 0.06, 0.06, 0.03, 0.03, 0.04)
    return kinds[int(chance.choice(len(kinds), p=shares))]


def _draw_count(kind: Kind, chance: np.random.Generator) -> int:
    count = int(chance.choice(_COUNTS))
    if kind == "single":
        return 1
    if kind in ("inset", "shared inset"):
        return 2
    return max(2, count) if kind == "speaker" else count


def _draw_look(
    style: Style, size: tuple[int, int], count: int, chance: np.random.Generator, hard: set[str]
) -> Look:
    scale = size[0] / 1920
    theme = style.themes[int(chance.integers(len(style.themes)))]
    label = style.labels[int(chance.integers(len(style.labels)))]
    framed = chance.random() < 0.5  # a recording shows the tiles only; a screen capture the program too
    panel = cast(
        Panel, str(chance.choice(["chat", "people", "", "", ""])) if framed and size[0] > size[1] else ""
    )
    if panel:
        hard.add("panel")
    like_the_gap = style.contain and count > 3 and chance.random() < 0.4
    letters = max(9, round(chance.uniform(18, 24) * scale * (0.75 if count > 25 else 1.0)))
    return Look(
        theme=theme,
        label=label,
        letters=letters,
        mute=style.mute,
        radius=round(
            chance.uniform(*style.radii) * scale * (1 if style.name != "zoom" else chance.integers(2))
        ),
        border=style.border,
        border_colour=style.border.colours[int(chance.integers(len(style.border.colours)))],
        border_width=max(2, round(style.border.width * scale)),
        bars=theme.ground if like_the_gap else near(theme.tile, chance, 6),
        contain=style.contain,
        toolbar=round(chance.uniform(60, 90) * scale) if framed else 0,
        heading=round(chance.uniform(28, 56) * scale) if framed and chance.random() < 0.6 else 0,
        panel=panel,
        panel_width=round(size[0] * chance.uniform(0.17, 0.24)) if panel else 0,
    )


def _draw_shape(
    style: Style,
    size: tuple[int, int],
    look: Look,
    count: int,
    chance: np.random.Generator,
    hard: set[str],
) -> Shape:
    scale = size[0] / 1920
    gap = round(chance.uniform(*style.gaps) * scale * (0.3 if count > 36 else 1.0))
    if style.narrow and (style.name != "zoom" or chance.random() < 0.5):
        gap = int(chance.integers(style.narrow[0], style.narrow[1] + 1))
    if gap <= 3:
        hard.add("thin gap")
    edge = round(chance.uniform(*style.edges) * scale)
    ratio = style.ratios[int(chance.integers(len(style.ratios)))]
    if size[0] < size[1] and ratio == WIDE:
        ratio = COVER
    area = Rect(
        edge,
        edge + look.heading,
        size[0] - look.panel_width - 2 * edge,
        size[1] - look.heading - look.toolbar - 2 * edge,
    )
    return Shape(
        area=area,
        gap=gap,
        ratio=ratio,
        centred=bool(chance.choice(style.centred)),
        strip=float(chance.uniform(0.14, 0.24)),
        lanes=2 if chance.random() < 0.2 and count > 6 else 1,
        shared=float(chance.choice([WIDE, WIDE, 16 / 10, CLASSIC])),
        speaker=cast(Literal["right", "top", "bottom"], str(chance.choice(["right", "top", "bottom"]))),
        corner=int(chance.integers(4)),
        focus=style.focus and chance.random() < 0.25,
    )


def draw_people(
    style: Style, look: Look, count: int, spare: int, chance: np.random.Generator, hard: set[str]
) -> tuple[Person, ...]:
    """The people for a look; `hard` learns what is hard about them."""
    names = draw_names(count + spare, chance)
    like_the_gap = chance.random() < 0.35  # tiles without a camera hardly differ from what is behind
    if like_the_gap:
        hard.add("tile like the gap")
    tile = near(look.theme.ground, chance, 8) if like_the_gap else look.theme.tile
    off_look = style.off[int(chance.integers(len(style.off)))]
    varied = chance.random() < 0.3
    rooms = [_draw_room(count, chance) for _ in names]
    if "flat" in rooms:
        hard.add("backdrop like the gap")
    if "screens" in rooms:
        hard.add("video wall")
    return tuple(
        Person(
            name=name,
            label=name + str(chance.choice(SUFFIXES)),
            camera=_draw_camera(style, look, room, chance),
            off_look=off_look,
            off_tile=near(tile, chance, 18) if varied else tile,
            off_disc=_draw_disc(chance),
            muted=bool(chance.random() < 0.6),
        )
        for name, room in zip(names, rooms, strict=True)
    )


def _draw_room(count: int, chance: np.random.Generator) -> RoomKind:
    kinds: Sequence[RoomKind] = ("wall", "shelf", "window", "soft", "flat", "screens")
    kind = kinds[int(chance.choice(len(kinds), p=(0.39, 0.2, 0.15, 0.22, 0.03, 0.01)))]
    return "wall" if kind == "flat" and count < 4 else kind  # of so few nobody could tell where it ends


def _draw_camera(style: Style, look: Look, room: RoomKind, chance: np.random.Generator) -> Camera:
    ratio = float(chance.choice([WIDE, CLASSIC, 9 / 16, 2.1], p=(0.8, 0.13, 0.05, 0.02)))
    return Camera(
        source=str(chance.choice(sources())),
        mirrored=bool(chance.random() < 0.5),
        ratio=ratio,
        room=room,
        colour=near(look.theme.ground, chance, 4),
        face=float(chance.uniform(0.24, 0.52)),
        across=float(chance.uniform(0.36, 0.64)),
        down=float(chance.uniform(0.38, 0.58)),
        light=float(chance.choice([0.45, 0.8, 0.95, 1.05], p=(0.1, 0.3, 0.3, 0.3))),
        phase=int(chance.integers(1, 10_000)),
        empty=bool(chance.random() < 0.03),
    )


def _draw_disc(chance: np.random.Generator) -> Colour:
    hue = chance.integers(0, 180, 3)
    return int(40 + hue[0]), int(30 + hue[1]), int(40 + hue[2])


def near(colour: Colour, chance: np.random.Generator, levels: int) -> Colour:
    """A colour at most so many levels away, and at least half as many."""
    step = int(chance.integers(levels // 2, levels + 1))
    sign = -1 if max(colour) + levels > 255 else 1
    red, green, blue = (min(255, max(0, value + sign * step)) for value in colour)
    return red, green, blue
