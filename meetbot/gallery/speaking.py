"""Who speaks: the tile with a frame of one vivid colour around it, whichever colour the product uses."""

from functools import lru_cache

import numpy as np
import numpy.typing as npt

from meetbot.gallery.grid import Grid
from meetbot.types import Box, Image, Picture, Places

REACH = 9 / 1920  # of the frame's width: a border lies so far inside or outside of a tile at most
LEAST_REACH = 4  # pixels
ALONG = 24  # points on a side
VIVID = 45  # between the strongest and weakest of red, green and blue; thin borders keep 60 of their 110
GREY = 12  # ... of any colour at all
ALIKE = 35  # levels of each colour within which points belong to one border, after compression
SAME_TINT = 0.94  # cosine between two colours without their grey: a border thinner than the chroma's squares
FAINTER = 0.35  # ... mixes with the ground on some sides, and keeps its tint but not its strength
WHOLE, NONE = 0.7, 0.45  # share of a side's points: a border's at least, and at most where there is none
SPARSE = 3  # of so many points one is looked at first ...
LIKELY = 0.5, 0.2  # ... and the others as well where it shows such shares
ONE_WALL = 12  # levels of each colour within which what goes on in or out of a tile is no border
SIDES = 3  # sides that must show it: the fourth may lie beyond the frame
SMALLEST = 40  # pixels of a tile's height under which a border is too thin to be told


def speakers(picture: Picture, grid: Grid) -> tuple[bool | None, ...]:
    """Of each cell whether its person speaks; None where that can't be seen."""
    people = [cell for cell in grid.cells if cell.kind == "person"]
    if len(people) < 2:  # a lone tile has no border in any product
        return (None,) * len(grid.cells)
    seen = [cell.box for cell in people if cell.box.height >= SMALLEST]
    where = tuple(seen), picture.width, picture.height
    few = picture.colours_at(*_rings(*where, SPARSE))
    strength = _strength(few)
    if strength.max(initial=0) < GREY and _is_grey(picture):
        return (None,) * len(grid.cells)
    says: dict[Box, bool | None] = dict.fromkeys(seen, False)
    near = np.flatnonzero(_bordered(strength >= VIVID, *LIKELY))
    near = near[_bordered(_ending(few[near].astype(np.int16), strength[near] >= VIVID), *LIKELY)]
    if len(near):
        rows, columns = _rings(*where)
        points = picture.colours_at(rows[near], columns[near]).astype(np.int16)
        vivid = _strength(points) >= VIVID
        bordered = np.flatnonzero(_bordered(vivid, WHOLE, NONE)).tolist()  # hardly a tile
        says |= {seen[near[n]]: _speaks(points[n], vivid[n]) for n in bordered}
    return tuple(says.get(cell.box) if cell.kind == "person" else None for cell in grid.cells)


def _is_grey(picture: Picture) -> bool:
    rows, columns = np.mgrid[: picture.height : 16, : picture.width : 16]
    return bool(_strength(picture.colours_at(rows, columns)).max(initial=0) < GREY)


def _bordered(vivid: npt.NDArray[np.bool_], whole: float, most: float) -> npt.NDArray[np.bool_]:
    """Of each tile whether vivid points run along a side, and more than by chance along most of its sides."""
    shares = np.count_nonzero(vivid, axis=-1) / vivid.shape[-1]
    return np.asarray((shares[:, 1:-1] >= whole).any(axis=(1, 2)) & (_third(shares) > most))


def _ending(points: npt.NDArray[np.int16], vivid: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
    """Which vivid points are of something that ends: a wall goes on to the innermost point in its colour."""
    ends = points[:, None, [0, -1]].transpose(2, 0, 1, 3, 4, 5)
    return np.asarray(vivid & ~(np.abs(ends - points) <= ONE_WALL).all(axis=-1).any(axis=0))


def _strength(colours: Image | npt.NDArray[np.int16]) -> npt.NDArray[np.integer]:
    """How far the strongest and the weakest of blue, green and red lie apart."""
    blue, green, red = colours[..., 0], colours[..., 1], colours[..., 2]
    most, least = np.maximum(np.maximum(blue, green), red), np.minimum(np.minimum(blue, green), red)
    return np.asarray(most - least)


def _speaks(points: npt.NDArray[np.int16], vivid: npt.NDArray[np.bool_]) -> bool | None:
    """Whether one vivid colour runs along most sides of a tile, and is no part of a wall or of the ground.

    `points` are offsets x sides x points x 3, from outside to inside.
    """
    border = _border_colour(points, vivid)
    if border is None:
        return False
    # A wall goes on inside, a ground outside.
    free = vivid & ~(_near(points[-1:], border) | _near(points[:1], border))
    if _third(free.mean(axis=-1)) <= NONE:
        return False
    share = _third((free & (_near(points, border) | _tinted(points, border))).mean(axis=-1))
    if share >= WHOLE:
        return True
    return False if share <= NONE else None


def _third(shares: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Of the sides, each at its best offset, the one that must still show a border."""
    return np.asarray(np.sort(shares.max(axis=-2), axis=-1)[..., -SIDES])


def _border_colour(
    points: npt.NDArray[np.int16], vivid: npt.NDArray[np.bool_]
) -> npt.NDArray[np.float64] | None:
    """The strongest colour that runs along a whole side; None when there is none."""
    dense = vivid.mean(axis=-1) >= WHOLE
    dense[[0, -1]] = False
    lines = points[dense]
    middle = np.median(lines, axis=1)
    uniform = _near(lines, middle[:, None]).mean(axis=-1) >= WHOLE
    strength = np.ptp(middle, axis=-1) * uniform
    if strength.max(initial=0) < VIVID:
        return None
    return np.asarray(middle[strength.argmax()], np.float64)


def _near(points: npt.NDArray[np.int16], colour: npt.NDArray[np.float64]) -> npt.NDArray[np.bool_]:
    return np.asarray((np.abs(points - colour) <= ALIKE).all(axis=-1))


def _tinted(points: npt.NDArray[np.int16], border: npt.NDArray[np.float64]) -> npt.NDArray[np.bool_]:
    """Which points have a border's colour, as strong as it or mixed with grey."""
    tint, own = points - points.mean(axis=-1, keepdims=True), border - border.mean()
    strength, full = np.linalg.norm(tint, axis=-1), float(np.linalg.norm(own))
    along = tint @ own >= SAME_TINT * full * strength
    return np.asarray(along & (strength >= FAINTER * full))


@lru_cache(maxsize=4)  # a layout holds for many looks
def _rings(boxes: tuple[Box, ...], width: int, height: int, every: int = 1) -> tuple[Places, Places]:
    """Rows and columns of the pixels along the four sides of every box, from just outside to just inside.

    Both are boxes x offsets x sides x points; of so many points one is taken.
    """
    reach = max(LEAST_REACH, round(REACH * width))
    along = np.linspace(0.12, 0.88, ALONG)[None, ::every] + np.zeros((2 * reach + 1, 1))
    off = np.arange(-reach, reach + 1)[:, None] + np.zeros_like(along)
    rows, columns = np.empty((2, len(boxes), len(off), 4, along.shape[1]))
    for n, (left, top, wide, high) in enumerate(boxes):
        sides = left + off, left + wide - 1 - off, left + along * wide, left + along * wide
        columns[n] = np.stack(sides, axis=1)
        rows[n] = np.stack([top + along * high, top + along * high, top + off, top + high - 1 - off], axis=1)
    return _pixels(rows, height), _pixels(columns, width)


def _pixels(along: npt.NDArray[np.float64], length: int) -> Places:
    return np.asarray(np.clip(np.rint(along), 0, length - 1).astype(np.intp))
