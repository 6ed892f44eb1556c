"""What lies right outside of tiles: one shade all over, but for the ring around the one who speaks."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from meetbot.gallery.evidence import Area, Boxes, Evidence, Values, rim

UNKNOWN = 0.7  # taken for the share of ground around tiles that fill the frame without gaps
NO_SHADE = -99
SURE_GAP, BEYOND_GAP = 3.0, 6.0  # pixels between tiles in which the ground is surely seen, and beyond others
LEAST = 9  # places around tiles that must be seen
TOLERANCE = 8  # grey levels off the gap's colour that compression makes near strong edges
CLEAR = 0.95  # share of the ground with which no ring is looked for
RINGED, PLAIN = 0.9, 0.6  # share around a tile that is no ground, and of each side that has one shade: a ring
BEYOND_RING, AGAIN = 6.0, 0.8  # pixels beyond its inner rim, and the share of ground that is seen there

Mask = npt.NDArray[np.bool_]


class _Around(NamedTuple):
    """Places around tiles, sides x tiles x places, and which of them show what is between tiles."""

    x: Values
    y: Values
    shades: npt.NDArray[np.int16]
    seen: Mask

    def off(self, shade: int) -> Mask:
        """Which of them have another shade."""
        return self.seen & (np.abs(self.shades - shade) > TOLERANCE)


def ground(tiles: Boxes, gap: float, large: Boxes, area: Area, evidence: Evidence) -> tuple[float, int]:
    """Of what lies right outside these tiles in an area, the share of one colour, and this: the gap's."""
    away = BEYOND_GAP if gap < SURE_GAP else min(gap / 2, 4.0)
    boxes = np.concatenate([tiles, large])
    around = _around(tiles, away, boxes if gap < SURE_GAP else large, area, evidence)
    every = int(around.seen.sum())
    if every < LEAST:
        return UNKNOWN, NO_SHADE
    counts = np.bincount(around.shades[around.seen], minlength=256)
    near = np.convolve(counts, np.ones(2 * TOLERANCE + 1), "same")
    shades = _commonest(np.convolve(counts, np.ones(3), "same"))
    share, shade = float(near.max() / every), shades[0]
    if share > CLEAR or len(tiles) == 1:
        return share, shade
    for one in shades:
        ringed = _ringed(around, one)
        if ringed is None or not _is_thin(tiles[ringed], away, boxes, area, one, evidence):
            continue
        left, top, right, bottom = tiles[ringed] + 2 * away * np.array([-1, -1, 1, 1])
        on_ring = (around.x > left) & (around.x < right) & (around.y > top) & (around.y < bottom)
        others = every - int((on_ring & around.off(one)).sum())
        share, shade = max((share, shade), (float(near[one] / max(LEAST, others)), one))
    return share, shade


def _around(tiles: Boxes, away: float, boxes: Boxes, area: Area, evidence: Evidence) -> _Around:
    """Places so far outside of tiles; what is in boxes or outside of the area is not between tiles."""
    x, y = rim(tiles, away)
    left, top, right, bottom = area
    inside = (x[..., None] > boxes[:, 0]) & (x[..., None] < boxes[:, 2] - 1)
    inside &= (y[..., None] > boxes[:, 1]) & (y[..., None] < boxes[:, 3] - 1)
    seen = (x >= left) & (y >= top) & (x < right) & (y < bottom) & ~inside.any(axis=-1)
    return _Around(x, y, evidence.shades(x, y).astype(np.int16), seen)


def _commonest(counts: Values) -> list[int]:
    """The shade that most places have, and the next one: a ring may be seen more often than the ground."""
    first = int(counts.argmax())
    rest = np.where(np.abs(np.arange(len(counts)) - first) > 2 * TOLERANCE, counts, 0)
    return [first, int(rest.argmax())] if rest.max() >= LEAST else [first]


def _ringed(around: _Around, ground: int) -> int | None:
    """The one tile around which no ground is seen, but one shade on each side."""
    every, other = around.seen.sum(axis=(0, 2)), around.off(ground).sum(axis=(0, 2))
    (ringed,) = np.nonzero((other > RINGED * every) & (every > 0))
    if len(ringed) != 1:
        return None
    sides = around.shades[:, ringed[0]]
    same = np.abs(sides - np.median(sides, axis=1)[:, None]) <= TOLERANCE
    return int(ringed[0]) if same.mean(axis=1).min() > PLAIN else None


def _is_thin(tile: Values, away: float, boxes: Boxes, area: Area, ground: int, evidence: Evidence) -> bool:
    """Whether a little farther outside of a tile there is ground again."""
    beyond = _around(tile[None], away + BEYOND_RING, boxes, area, evidence)
    return bool(beyond.off(ground).sum() < (1 - AGAIN) * beyond.seen.sum())
