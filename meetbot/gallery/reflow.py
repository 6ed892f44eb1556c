"""Whether the layout in force still holds, from a few thousand pixels of each frame, without a search."""

from collections.abc import Sequence
from typing import Literal, NamedTuple

import numpy as np
import numpy.typing as npt

from meetbot.gallery.grid import Grid
from meetbot.types import Box, Image, Places

Flow = Literal["same", "moving", "swapped", "changed"]
Levels = npt.NDArray[np.int16]
Mask = npt.NDArray[np.bool_]

ALONG, ACROSS, DOWN = 16, 10, 6  # points on a side, and inside a tile
NEAR = 3 / 1920  # of the frame's width: how far before and behind a side two points are compared
STEP = 8  # grey levels between them that count as a border
SEEN = 0.5  # of a side's points that show a border, for the side to be watched
GONE = 0.45  # of what was seen at first: with less the border is gone
SIDES_GONE = 0.2  # share of the watched sides; tiles at the frame's rim lose none when the others move
OTHER = 25  # grey levels: more than somebody's moving about changes most of a tile by
REPLACED = 0.72  # of a tile's points that are other: somebody else's picture, or a camera switched
HALF = 0.45  # ... in a tile that lost a border too, or in two tiles at once
BOXED = 3  # of a tile's sides that show a border, for it to be the same tile without any doubt
HELD = 0.5  # of all sides that show a border at first: then a layout can't change without losing some
FLAT, FLAT_SHADE = 0.5, 4  # share of a tile within so many levels of one shade: a camera that is off
GROUND = (32, 18)  # points across and down the frame, of which those outside of tiles are its ground
NEW_TILE = 0.5  # of the ground's points on a tile's area that are other, alike brighter or darker: one came
UNREST = 0.3  # of all points that are other than one sample before, while tiles still move
PATIENCE = 3  # samples after which what still moves is called changed: a film on the stage never rests


class _Look(NamedTuple):
    """What one frame shows at the watched points."""

    borders: npt.NDArray[np.float64]  # cells x 4 sides: share of points that show a border
    inside: Levels  # cells x points
    around: Levels  # every point near a side
    ground: Levels  # points outside of all tiles

    @property
    def flat(self) -> Mask:
        """Of each cell whether most of it has one shade."""
        middle = np.median(self.inside, axis=1, keepdims=True)
        return np.asarray((np.abs(self.inside - middle) <= FLAT_SHADE).mean(axis=1) > FLAT)


class FlowWatch:
    """Watches one layout: "same" while it holds, "moving" while tiles are on their way, then "changed".

    It says "swapped" where all borders stayed: the tiles show other people, or cameras were switched.

    The first look is what later ones are compared with. A change is believed when two samples in a row show
    it and agree with each other, so a flash or one damaged frame is no alarm.
    """

    def __init__(self, grid: Grid) -> None:
        width, height = grid.size
        away = max(2.0, NEAR * width)
        sides = np.array([_side_points(cell.box, away) for cell in grid.cells]).reshape(-1, 2, 4, ALONG, 2)
        inner = np.array([_inner_points(cell.box) for cell in grid.cells]).reshape(-1, DOWN * ACROSS, 2)
        self._sides, self._inner = _pixels(sides, width, height), _pixels(inner, width, height)
        ground = _ground_points(grid, away)
        self._ground = _pixels(ground, width, height)
        self._tile_of_ground = _points_on_a_tile(grid)
        self._person = np.array([cell.kind == "person" for cell in grid.cells], np.bool_)
        self._first: _Look | None = None
        self._last: _Look | None = None
        self._restless = 0  # samples in a row that were other than the first

    def look(self, luma: Image) -> Flow:
        """Whether this frame still shows the layout."""
        now = self._seen(luma)
        before, self._last = self._last, now
        if self._first is None or before is None:
            self._first = now
            return "same"
        if not self._other(self._first, now):
            self._restless = 0
            return "same"
        self._restless += 1
        if self._restless == 1 or (self._restless < PATIENCE and _unrest(before, now)):
            return "moving"
        return "swapped" if self._held(self._first, now) and not _unrest(before, now) else "changed"

    def holds(self, places: Sequence[int]) -> bool:
        """Whether the last look leaves no doubt of the layout, and least about these of its cells."""
        if self._first is None or self._last is None:
            return False
        gone, there = self._borders(self._first, self._last)
        return bool(
            gone.sum() <= 1
            and (there[list(places)].sum(axis=1) >= BOXED).all()
            and not self._came(self._first, self._last)
        )

    def _borders(self, first: _Look, now: _Look) -> tuple[Mask, Mask]:
        """Of each side whether its border is gone, and whether it is still there."""
        watched = first.borders >= SEEN
        gone = watched & (now.borders < GONE * first.borders)
        return gone, watched & ~gone

    def _seen(self, luma: Image) -> _Look:
        flat = luma.reshape(-1)
        around, inside, ground = (
            flat.take(places).astype(np.int16) for places in (self._sides, self._inner, self._ground)
        )
        step = np.abs(around[:, 0] - around[:, 1]) >= STEP
        return _Look(np.count_nonzero(step, axis=-1) / ALONG, inside, around, ground)

    def _held(self, first: _Look, now: _Look) -> bool:
        """Whether hardly a border is gone where most could be seen, and nothing came beside the tiles."""
        gone, there = self._borders(first, now)
        watched = gone | there
        return bool(watched.mean() >= HELD and gone.sum() <= 1 and not self._came(first, now))

    def _came(self, first: _Look, now: _Look) -> bool:
        """Whether something as large as a tile stands where there was none."""
        other = np.abs(now.ground - first.ground) > STEP
        return bool(other.sum() >= NEW_TILE * self._tile_of_ground)

    def _other(self, first: _Look, now: _Look) -> bool:
        """Whether borders are gone, a tile came, or a person's shows something else altogether."""
        if self._came(first, now):
            return True
        gone, there = self._borders(first, now)
        if gone.sum() >= max(2, SIDES_GONE * (gone | there).sum()) or (gone.sum(axis=1) >= 3).any():
            return True
        other = (np.abs(now.inside - first.inside) > OTHER).mean(axis=1)
        shifted = gone.any(axis=1) & (other > HALF)
        unlike = (np.abs(now.inside - first.inside) > FLAT_SHADE).mean(axis=1)
        switched = (now.flat != first.flat) & (unlike > FLAT)
        swapped = (other > HALF) & ((other > HALF)[self._person].sum() >= 2)
        return bool(((other > REPLACED) | shifted | switched | swapped)[self._person].any())


def _unrest(before: _Look, now: _Look) -> bool:
    """Whether tiles still move: most of what moves within tiles that stand still is slow."""
    return bool(np.mean(np.abs(now.around - before.around) > OTHER) > UNREST)


def _side_points(box: Box, away: float) -> npt.NDArray[np.float64]:
    """Points inside and outside along the left, right, upper and lower side: 2 x 4 x ALONG x (x, y)."""
    along = np.linspace(0.12, 0.88, ALONG)
    x, y = box.x + along * box.width, box.y + along * box.height
    right, bottom = box.x + box.width - 1, box.y + box.height - 1
    return np.array(
        [
            [
                np.stack([np.full(ALONG, box.x + step), y], axis=1),
                np.stack([np.full(ALONG, right - step), y], axis=1),
                np.stack([x, np.full(ALONG, box.y + step)], axis=1),
                np.stack([x, np.full(ALONG, bottom - step)], axis=1),
            ]
            for step in (away, -away)
        ]
    )


def _ground_points(grid: Grid, away: float) -> npt.NDArray[np.float64]:
    """The points of a lattice over the frame that lie outside of all tiles."""
    x, y = ((np.arange(count) + 0.5) / count * side for count, side in zip(GROUND, grid.size, strict=True))
    points = np.stack(np.meshgrid(x, y), axis=-1).reshape(-1, 1, 2)
    boxes = np.array([cell.box for cell in grid.cells]).reshape(1, -1, 4)
    inside = (points >= boxes[..., :2] - away) & (points < boxes[..., :2] + boxes[..., 2:] + away)
    return np.asarray(points[~inside.all(axis=-1).any(axis=-1), 0])


def _points_on_a_tile(grid: Grid) -> float:
    """How many of the lattice's points a tile covers: the smallest that is somebody's, four at least."""
    areas = [cell.box.width * cell.box.height for cell in grid.cells if cell.kind == "person"]
    share = min(areas, default=0.0) / (grid.size[0] * grid.size[1])
    return max(4 / NEW_TILE, share * GROUND[0] * GROUND[1]) if areas else np.inf


def _inner_points(box: Box) -> npt.NDArray[np.float64]:
    """A lattice of points inside a tile, above its name."""
    x = box.x + np.linspace(0.06, 0.94, ACROSS) * box.width
    y = box.y + np.linspace(0.08, 0.8, DOWN) * box.height
    return np.stack(np.meshgrid(x, y), axis=-1).reshape(-1, 2)


def _pixels(points: npt.NDArray[np.float64], width: int, height: int) -> Places:
    """Which pixels, row by row, are at points; those beyond the frame are its rim's."""
    columns = np.clip(np.rint(points[..., 0]), 0, width - 1).astype(np.intp)
    return np.clip(np.rint(points[..., 1]), 0, height - 1).astype(np.intp) * width + columns
