"""Who speaks: the tile with a frame of one vivid colour around it, whichever colour the product uses."""

from functools import lru_cache

import numpy as np
import numpy.typing as npt

from meetbot.gallery.grid import Cell, Grid
from meetbot.settings import MOST_TILES
from meetbot.types import Box, Image, Picture

REACH = 9 / 1920  # of the frame's width: a border lies so far inside or outside of a tile at most
LEAST_REACH = 4  # pixels
ALONG = 24  # points on a side
VIVID = 45  # between the strongest and weakest of red, green and blue; thin borders keep 60 of their 110
GREY = 12  # ... of any colour at all
ALIKE = 35  # levels of each colour within which points belong to one border, after compression
SAME_TINT = 0.94  # cosine between two colours without their grey: a border thinner than the chroma's squares
FAINTER = 0.35  # ... mixes with the ground on some sides, and keeps its tint but not its strength
WHOLE, NONE = 0.7, 0.45  # share of a side's points: a border's at least, and at most where there is none
SIDES = 3  # sides that must show it: the fourth may lie beyond the frame
SMALLEST = 40  # pixels of a tile's height under which a border is too thin to be told


def speakers(picture: Picture, grid: Grid) -> tuple[bool | None, ...]:
    """Of each cell whether its person speaks; None where that can't be seen."""
    colour = picture.colour()
    people = [cell for cell in grid.cells if cell.kind == "person"]
    if len(people) < 2 or _is_grey(colour):  # a lone tile has no border in any product
        return (None,) * len(grid.cells)
    return tuple(_speaks(cell, colour) if cell.kind == "person" else None for cell in grid.cells)


def _is_grey(colour: Image) -> bool:
    return bool(np.ptp(colour[::16, ::16], axis=-1).max(initial=0) < GREY)


def _speaks(cell: Cell, colour: Image) -> bool | None:
    """Whether one vivid colour runs along most sides of a tile, and is no part of a wall or of the ground."""
    if cell.box.height < SMALLEST:
        return None
    points = _rings(cell, colour)  # offsets x sides x points x 3, from outside to inside
    vivid = np.ptp(points, axis=-1) >= VIVID
    border = _border_colour(points, vivid)
    if border is None:
        return False
    beyond = _near(points[-1:], border) | _near(points[:1], border)  # a wall inside, a ground outside
    shares = vivid & (_near(points, border) | _tinted(points, border)) & ~beyond
    best = np.sort(shares.mean(axis=-1).max(axis=0))[::-1]  # the sides, each at its best offset
    if best[SIDES - 1] >= WHOLE:
        return True
    return False if best[SIDES - 1] <= NONE else None


def _border_colour(
    points: npt.NDArray[np.int16], vivid: npt.NDArray[np.bool_]
) -> npt.NDArray[np.float64] | None:
    """The strongest colour that runs along a whole side; None when there is none."""
    dense = vivid.mean(axis=-1) >= WHOLE
    if not dense[1:-1].any():  # nearly always
        return None
    middle = np.median(points, axis=2)
    uniform = _near(points, middle[:, :, None]).mean(axis=-1) >= WHOLE
    strength = np.ptp(middle, axis=-1) * uniform * dense
    strength[[0, -1]] = 0
    if strength.max() < VIVID:
        return None
    return np.asarray(middle[np.unravel_index(strength.argmax(), strength.shape)], np.float64)


def _near(points: npt.NDArray[np.int16], colour: npt.NDArray[np.float64]) -> npt.NDArray[np.bool_]:
    return np.asarray((np.abs(points - colour) <= ALIKE).all(axis=-1))


def _tinted(points: npt.NDArray[np.int16], border: npt.NDArray[np.float64]) -> npt.NDArray[np.bool_]:
    """Which points have a border's colour, as strong as it or mixed with grey."""
    tint, own = points - points.mean(axis=-1, keepdims=True), border - border.mean()
    strength, full = np.linalg.norm(tint, axis=-1), float(np.linalg.norm(own))
    along = tint @ own >= SAME_TINT * full * strength
    return np.asarray(along & (strength >= FAINTER * full))


def _rings(cell: Cell, colour: Image) -> npt.NDArray[np.int16]:
    """The colours along the four sides, at every distance from just outside to just inside."""
    return colour[_places(cell.box, colour.shape[1], colour.shape[0])].astype(np.int16)


@lru_cache(maxsize=MOST_TILES)
def _places(box: Box, width: int, height: int) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]:
    """Rows and columns of the pixels that are looked at about a tile: offsets x sides x points."""
    reach = max(LEAST_REACH, round(REACH * width))
    off = np.arange(-reach, reach + 1)[:, None] + np.zeros(ALONG)
    left, top, wide, high = box
    along = np.linspace(0.12, 0.88, ALONG)[None, :] + np.zeros_like(off)
    x = np.stack([left + off, left + wide - 1 - off, left + along * wide, left + along * wide], axis=1)
    y = np.stack([top + along * high, top + along * high, top + off, top + high - 1 - off], axis=1)
    rows = np.clip(np.rint(y), 0, height - 1).astype(np.intp)
    return rows, np.clip(np.rint(x), 0, width - 1).astype(np.intp)
