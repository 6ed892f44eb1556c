"""What a frame says about where tiles end: straight edges, the gap's colour, and faces."""

from collections.abc import Sequence
from functools import cached_property
from math import ceil
from typing import Literal, NamedTuple

import cv2
import numpy as np
import numpy.typing as npt

from meetbot.gallery.gaps import gap_colours
from meetbot.types import Face, Image

Boxes = npt.NDArray[np.float64]  # n x (left, top, right, bottom), in pixels of the working copy
Values = npt.NDArray[np.float64]
Area = tuple[int, int, int, int]  # left, top, right, bottom

WORKING_SIDE = 1280  # pixels: 1080p is halved, and a gap of one pixel is still seen at half its contrast
EDGE_STEP = 3  # grey levels: H.264 keeps flat areas within 2, and a camera that is off stands out by 5
CHANCE, SURE = 0.3, 0.8  # share of a line that has an edge: inside pictures under 0.25, on borders over 0.6
FLAT, FLAT_VALUE = 0.04, 0.02  # a line without any edge runs through flat colour: a tile may end there unseen
PIECE, MOST_PIECES = 60, 8  # pixels of a long line that are looked at by themselves, and how many such pieces
FRAME_SIDE = 0.2  # what the frame's own border counts
DETAIL_STEP, COARSE = 10, 4  # grey levels of an edge that is no noise; pixels that are counted together
BLANK = 0.002  # share of strong edges under which nothing is there
CORNER = 0.1  # of a side's length that may be rounded off
FACE_FOR = 0.3  # of what is seen of a tile's border: what one face in it adds
FACE_AGAINST = 0.6  # of a tile's circumference: what a face that its border cuts takes off
CHIN = 0.45  # of a face's height: what may lie in the tile below, for a face that a tile's end cuts off
STRAY = 0.03  # share of what is drawn that may be a heading or a sign outside of a picture
SAME_GROUND = 2  # grey levels: a camera that is off differs by 4 at least


class Borders(NamedTuple):
    """Edge pixels of one direction, summed over both, so that any stretch of any line costs four look-ups."""

    sums: npt.NDArray[np.int32]  # [line, place]: edges on all lines before that one, and before that place

    @property
    def lines(self) -> int:
        """How many lines there are, with those at both rims of the picture."""
        return len(self.sums) - 1

    @property
    def length(self) -> int:
        """Of every line, in pixels."""
        return len(self.sums.T) - 1

    def share(self, line: Values, begin: Values, end: Values) -> Values:
        """Of each stretch the share that has an edge, on the best of the lines next to it."""
        start, stop = within(begin, self.length), within(end, self.length)
        middle = within(line, self.lines - 1)
        cuts = np.maximum(middle - 1, 0), middle, middle + 1, np.minimum(middle + 2, self.lines)
        before = [self.sums[cut, stop] - self.sums[cut, start] for cut in cuts]
        found = np.maximum(np.maximum(before[1] - before[0], before[2] - before[1]), before[3] - before[2])
        return np.asarray(found / np.maximum(stop - start, 1), np.float64)

    def profile(self, begin: float, end: float, first: int = 0, last: int | None = None) -> Values:
        """Of every line the share that has an edge between two places, on the best of the lines next to it.

        Piece by piece: in a halved picture one border may lie on either of two lines from tile to tile.
        Of lines before the `first` and behind the `last` nothing is told.
        """
        low, high = max(0, first - 1), self.lines if last is None else min(self.lines, last + 2)
        start, stop = (min(max(0, round(place)), self.length) for place in (begin, end))
        count = min(max(1, (stop - start) // PIECE), MOST_PIECES)
        cuts = np.linspace(start, max(stop, start + 1), count + 1).round().astype(np.intp)
        ends = self.sums[low : high + 1].T[np.minimum(cuts, self.length)]
        pieces = _parted(_parted(ends, 0), 1)
        near = pieces.copy()
        np.maximum(near[:, 1:], pieces[:, :-1], out=near[:, 1:])
        np.maximum(near[:, :-1], pieces[:, 1:], out=near[:, :-1])
        share = near.sum(axis=0) / max(1, stop - start)
        return np.asarray(share[first - low : None if last is None else last + 1 - low], np.float64)

    def exact(self, begin: float, end: float) -> Values:
        """The same, but a line beside counts half."""
        start, stop = (min(max(0, round(place)), self.length) for place in (begin, end))
        share = _parted(self.sums[:, stop] - self.sums[:, start], 0) / max(1, stop - start)
        beside = np.maximum(np.roll(share, 1), np.roll(share, -1))
        return np.asarray(np.maximum(share, 0.5 * beside + 0.25 * share), np.float64)


def _parted(sums: npt.NDArray[np.int32], axis: int) -> npt.NDArray[np.int32]:
    """What sums grow by from place to place; `np.diff` takes twice as long for as few."""
    return sums[1:] - sums[:-1] if axis == 0 else sums[:, 1:] - sums[:, :-1]


def _borders(luma: Image, along: Literal["rows", "columns"]) -> Borders:
    """Edges between a pixel and the next one; line k stands before row or column k."""
    rows = along == "rows"
    step = cv2.absdiff(luma[1:], luma[:-1]) if rows else cv2.absdiff(luma[:, 1:], luma[:, :-1])
    peak = cv2.dilate(step, np.ones((3, 1) if rows else (1, 3), np.uint8))
    edges = cv2.bitwise_and(cv2.compare(step, peak, cv2.CMP_EQ), cv2.inRange(step, EDGE_STEP, 255))
    found = edges if rows else cv2.transpose(edges)
    lines = np.zeros((len(found) + 2, found.shape[1]), np.uint8)
    np.bitwise_and(found, 1, out=lines[1:-1])
    return Borders(np.asarray(cv2.integral(lines), np.int32))


class Evidence:
    """One frame, small enough to be searched, with everything that layouts are judged by."""

    def __init__(self, luma: Image, faces: Sequence[Face]) -> None:
        self.shrink = max(1, ceil(max(luma.shape) / WORKING_SIDE))
        self.luma = _shrunk(luma, self.shrink)
        self.height, self.width = self.luma.shape
        boxes = [(f.box.x, f.box.y, f.box.x + f.box.width, f.box.y + f.box.height) for f in faces]
        self.faces: Boxes = np.array(boxes, np.float64).reshape(-1, 4) / self.shrink
        self.heads = self.faces.copy()
        self.heads[:, 3] -= CHIN * (self.faces[:, 3] - self.faces[:, 1])

    @cached_property
    def upright(self) -> Borders:
        """Edges along columns."""
        return _borders(self.luma, "columns")

    @cached_property
    def level(self) -> Borders:
        """Edges along rows."""
        return _borders(self.luma, "rows")

    @cached_property
    def gap_colours(self) -> Sequence[int]:
        """The shades that the gap may have, the likeliest first."""
        return gap_colours(self.luma)

    def sides(self, boxes: Boxes) -> Values:
        """Of each box the share of its left, right, upper and lower side that has an edge."""
        left, top, right, bottom = boxes.T
        off_x, off_y = CORNER * (right - left), CORNER * (bottom - top)
        return np.stack(
            [
                self.upright.share(left, top + off_y, bottom - off_y),
                self.upright.share(right, top + off_y, bottom - off_y),
                self.level.share(top, left + off_x, right - off_x),
                self.level.share(bottom, left + off_x, right - off_x),
            ],
            axis=1,
        )

    def worth(self, boxes: Boxes, faces: bool = True) -> Values:
        """How much speaks for each box being a tile, in pixels of border: below zero, more speaks against."""
        left, top, right, bottom = boxes.T
        wide, high = right - left, bottom - top
        share = self.sides(boxes)
        value = np.clip((share - CHANCE) / (SURE - CHANCE), -1, 1)
        value[share < FLAT] = FLAT_VALUE
        # The frame's own border is no evidence, and none against.
        value[left < 2, 0] = value[right > self.width - 2, 1] = FRAME_SIDE
        value[top < 2, 2] = value[bottom > self.height - 2, 3] = FRAME_SIDE
        # Neighbours lend an empty place up to three borders; a blurred room has its own four.
        seen = (share > CHANCE) | (value == FRAME_SIDE)
        value[self.blank(boxes) & (seen.sum(axis=1) < 4)] = -0.5
        lengths = np.stack([high, high, wide, wide], axis=1)
        total = (value * lengths).sum(axis=1)
        return np.asarray(self._with_faces(total, boxes) if faces else total, np.float64)

    @cached_property
    def _detail(self) -> Values:
        """Sums of strong edges over everything left of and above each point of a coarse grid."""
        step = cv2.morphologyEx(self.luma, cv2.MORPH_GRADIENT, np.ones((2, 2), np.uint8))
        strong = cv2.inRange(step, DETAIL_STEP, 255)
        size = (max(1, self.width // COARSE), max(1, self.height // COARSE))
        return np.asarray(cv2.integral(cv2.resize(strong, size, interpolation=cv2.INTER_AREA)), np.float64)

    def detail(self, boxes: Boxes) -> Values:
        """How many cells' worth of strong edges is in each box."""
        sums = self._detail
        left, top, right, bottom = np.rint(boxes.T / COARSE).astype(np.intp)
        last, lowest = sums.shape[1] - 1, sums.shape[0] - 1
        left, right = (np.minimum(np.maximum(side, 0), last) for side in (left, right))
        top, bottom = (np.minimum(np.maximum(side, 0), lowest) for side in (top, bottom))
        inside = sums[bottom, right] - sums[top, right] - sums[bottom, left] + sums[top, left]
        return np.asarray(inside / 255, np.float64)

    def extent(self, box: Boxes) -> Boxes:
        """The part of a box in which most is drawn, all of it when nothing is."""
        (left, top), (right, bottom) = np.rint(box[0] / COARSE).astype(np.intp).reshape(2, 2).clip(0)
        part = self._detail[top : bottom + 1, left : right + 1]
        across, down = np.diff(part[-1] - part[0]), np.diff(part[:, -1] - part[:, 0])
        if across.sum() <= 0:
            return box
        columns, rows = (np.flatnonzero(_most(amount)) for amount in (across, down))
        ends = (left + columns[0], top + rows[0], left + columns[-1] + 1, top + rows[-1] + 1)
        return np.array([ends], np.float64) * COARSE

    def blank(self, boxes: Boxes) -> npt.NDArray[np.bool_]:
        """Whether nothing at all is in the inner part of each box: no face, no name, no initials."""
        size = boxes[:, 2:] - boxes[:, :2]
        inner = np.concatenate([boxes[:, :2] + 0.15 * size, boxes[:, 2:] - 0.15 * size], axis=1)
        return np.asarray(self.detail(inner) < BLANK * (0.7 / COARSE) ** 2 * size.prod(axis=1))

    def shades_around(self, boxes: Boxes, away: float) -> npt.NDArray[np.uint8]:
        """Shades so far outside of each box, all round it: boxes x places."""
        shades = self.shades(*rim(boxes, away))
        return np.asarray(shades.transpose(1, 0, 2).reshape(len(boxes), -1))

    def shades(self, x: Values, y: Values) -> npt.NDArray[np.uint8]:
        """The picture's shades at these places, the nearest ones where they lie outside."""
        columns, rows = (
            np.minimum(np.maximum(place, 0), last)
            for place, last in ((x, self.width - 1), (y, self.height - 1))
        )
        return np.asarray(self.luma[rows.astype(np.intp), columns.astype(np.intp)])

    def _with_faces(self, worth: Values, boxes: Boxes) -> Values:
        """One face well inside a tile confirms its borders; a face that its side cuts speaks against it."""
        if not len(self.heads):
            return worth
        inside = covered(self.heads, boxes)  # heads x boxes
        whole, cut = (inside > 0.7).sum(axis=0), ((inside > 0.25) & (inside < 0.7)).any(axis=0)
        round_about = 2 * (boxes[:, 2:] - boxes[:, :2]).sum(axis=1)
        against = FACE_AGAINST * round_about * ((whole > 1) * 1.0 + cut)
        return np.asarray(worth + FACE_FOR * np.clip(worth, 0, None) * (whole == 1) - against, np.float64)


def rim(boxes: Boxes, away: float) -> tuple[Values, Values]:
    """Points so far outside of the four sides of each box: sides x boxes x points."""
    left, top, right, bottom = (one[:, None] for one in boxes.T)
    along = np.linspace(0.1, 0.9, 9)[None, :]
    across, down = left + along * (right - left), top + along * (bottom - top)
    x = np.stack([0 * down + left - away, 0 * down + right + away - 1, across, across])
    y = np.stack([down, down, 0 * across + top - away, 0 * across + bottom + away - 1])
    return x, y


def _most(amount: Values) -> npt.NDArray[np.bool_]:
    """Where all but a little of an amount lies between both ends."""
    share = np.cumsum(amount) / amount.sum()
    return np.asarray((share > STRAY) & (share - amount / amount.sum() < 1 - STRAY))


def within(places: Values, last: int) -> npt.NDArray[np.intp]:
    """Whole places from 0 to the last; `np.clip` takes three times as long for as few."""
    return np.minimum(np.maximum(np.rint(places).astype(np.intp), 0), last)


def covered(small: Boxes, large: Boxes) -> Values:
    """Of each small box the share that lies in each large one."""
    wide = np.minimum(small[:, None, 2], large[None, :, 2]) - np.maximum(small[:, None, 0], large[None, :, 0])
    high = np.minimum(small[:, None, 3], large[None, :, 3]) - np.maximum(small[:, None, 1], large[None, :, 1])
    area = (small[:, 2] - small[:, 0]) * (small[:, 3] - small[:, 1])
    shared = np.maximum(wide, 0) * np.maximum(high, 0)
    return np.asarray(shared / np.maximum(area, 1)[:, None], np.float64)


def _shrunk(luma: Image, shrink: int) -> Image:
    if shrink == 1:
        return np.ascontiguousarray(luma)
    height, width = luma.shape[0] // shrink, luma.shape[1] // shrink
    whole = luma[: height * shrink, : width * shrink]
    return np.asarray(cv2.resize(whole, (width, height), interpolation=cv2.INTER_AREA), np.uint8)
