"""What a frame says about where tiles end: straight edges, the gap's colour, and faces."""

from collections.abc import Sequence
from functools import cached_property
from math import ceil
from typing import NamedTuple

import cv2
import numpy as np
import numpy.typing as npt

from meetbot.types import Face, Image

Boxes = npt.NDArray[np.float64]  # n x (left, top, right, bottom), in pixels of the working copy
Values = npt.NDArray[np.float64]

WORKING_SIDE = 1280  # pixels: 1080p is halved, and a gap of one pixel is still seen at half its contrast
EDGE_STEP = 3  # grey levels: H.264 keeps flat areas within 2, and a camera that is off stands out by 5
CHANCE, SURE = 0.3, 0.8  # share of a line that has an edge: inside pictures under 0.25, on borders over 0.6
FLAT, FLAT_VALUE = 0.04, 0.02  # a line without any edge runs through flat colour: a tile may end there unseen
DETAIL_STEP, COARSE = 10, 4  # grey levels of an edge that is no noise; pixels that are counted together
BLANK = 0.002  # share of strong edges under which nothing is there
CORNER = 0.1  # of a side's length that may be rounded off
FACE_WORTH = 0.6  # of a tile's circumference: what a face in the right place counts against edges
UNKNOWN_GROUND = 0.7  # taken for the share of ground around tiles that fill the frame without gaps
GAP_TOLERANCE = 8  # grey levels off the gap's colour that compression makes near strong edges


class Borders(NamedTuple):
    """Edge pixels of one direction, summed along the lines, so that any stretch costs two look-ups."""

    sums: npt.NDArray[np.int32]  # [line, place]: edges on that line before that place

    def share(self, line: Values, begin: Values, end: Values) -> Values:
        """Of each stretch the share that has an edge, on the best of the lines next to it."""
        last, length = self.sums.shape[0] - 1, self.sums.shape[1] - 1
        start = np.clip(np.rint(begin), 0, length).astype(np.intp)
        stop = np.clip(np.rint(end), 0, length).astype(np.intp)
        middle = np.rint(line).astype(np.intp)
        near = [np.clip(middle + step, 0, last) for step in (-1, 0, 1)]
        found = np.max([self.sums[one, stop] - self.sums[one, start] for one in near], axis=0)
        return np.asarray(found / np.maximum(stop - start, 1), np.float64)


def _borders(luma: Image) -> Borders:
    """Edges between a pixel and its right neighbour; line k stands before column k."""
    step = cv2.absdiff(luma[:, 1:], luma[:, :-1])
    peak = cv2.dilate(step, np.ones((1, 3), np.uint8))
    edges = (step == peak) & (step >= EDGE_STEP)
    sums = np.zeros((luma.shape[1] + 1, luma.shape[0] + 1), np.int32)
    np.cumsum(edges.T, axis=1, out=sums[1:-1, 1:])
    return Borders(sums)


class Evidence:
    """One frame, small enough to be searched, with everything that layouts are judged by."""

    def __init__(self, luma: Image, faces: Sequence[Face]) -> None:
        self.shrink = max(1, ceil(max(luma.shape) / WORKING_SIDE))
        self.luma = _shrunk(luma, self.shrink)
        self.height, self.width = self.luma.shape
        boxes = [(f.box.x, f.box.y, f.box.x + f.box.width, f.box.y + f.box.height) for f in faces]
        self.faces: Boxes = np.array(boxes, np.float64).reshape(-1, 4) / self.shrink

    @cached_property
    def upright(self) -> Borders:
        """Edges along columns."""
        return _borders(self.luma)

    @cached_property
    def level(self) -> Borders:
        """Edges along rows."""
        return _borders(np.ascontiguousarray(self.luma.T))

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
        value[left < 2, 0] = value[right > self.width - 2, 1] = 0.2
        value[top < 2, 2] = value[bottom > self.height - 2, 3] = 0.2
        # Neighbours lend an empty place two borders at most; a blurred room has its own four.
        value[self.blank(boxes) & ((share > CHANCE).sum(axis=1) < 3)] = -0.5
        lengths = np.stack([high, high, wide, wide], axis=1)
        total = (value * lengths).sum(axis=1)
        return np.asarray(total + self._faces_worth(boxes) if faces else total, np.float64)

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
        x = np.clip(np.rint(boxes[:, [0, 2]] / COARSE), 0, sums.shape[1] - 1).astype(np.intp).T
        y = np.clip(np.rint(boxes[:, [1, 3]] / COARSE), 0, sums.shape[0] - 1).astype(np.intp).T
        inside = sums[y[1], x[1]] - sums[y[0], x[1]] - sums[y[1], x[0]] + sums[y[0], x[0]]
        return np.asarray(inside / 255, np.float64)

    def blank(self, boxes: Boxes) -> npt.NDArray[np.bool_]:
        """Whether nothing at all is in the inner part of each box: no face, no name, no initials."""
        size = boxes[:, 2:] - boxes[:, :2]
        inner = np.concatenate([boxes[:, :2] + 0.15 * size, boxes[:, 2:] - 0.15 * size], axis=1)
        return np.asarray(self.detail(inner) < BLANK * (0.7 / COARSE) ** 2 * size.prod(axis=1))

    def ground(self, boxes: Boxes, gap: float, large: Boxes) -> float:
        """Of what lies right outside these tiles, the share that has one colour: the gap's."""
        away = min(gap / 2, 4.0) if gap >= 3 else 4.0
        left, top, right, bottom = (one[:, None] for one in boxes.T)
        along = np.linspace(0.1, 0.9, 9)[None, :]
        across, down = left + along * (right - left), top + along * (bottom - top)
        x = np.stack([0 * down + left - away, 0 * down + right + away - 1, across, across])
        y = np.stack([down, down, 0 * across + top - away, 0 * across + bottom + away - 1])
        x, y = x.ravel(), y.ravel()
        seen = (x >= 0) & (y >= 0) & (x < self.width) & (y < self.height)
        others = np.concatenate([boxes, large]) if gap < 3 else large
        inside = (x[:, None] > others[:, 0]) & (x[:, None] < others[:, 2] - 1)
        inside &= (y[:, None] > others[:, 1]) & (y[:, None] < others[:, 3] - 1)
        seen &= ~inside.any(axis=1)
        if seen.sum() < 9:
            return UNKNOWN_GROUND
        shades = self.luma[y[seen].astype(np.intp), x[seen].astype(np.intp)]
        counts = np.convolve(np.bincount(shades, minlength=256), np.ones(2 * GAP_TOLERANCE + 1), "same")
        return float(counts.max() / seen.sum())

    def _faces_worth(self, boxes: Boxes) -> Values:
        """One face well inside a tile speaks for it; a face that its side cuts in two speaks against it."""
        if not len(self.faces):
            return np.zeros(len(boxes))
        inside = covered(self.faces, boxes)  # faces x boxes
        whole, cut = inside > 0.85, (inside > 0.15) & (inside < 0.85)
        round_about = 2 * (boxes[:, 2] - boxes[:, 0] + boxes[:, 3] - boxes[:, 1])
        return np.asarray(
            FACE_WORTH
            * round_about
            * (0.5 * (whole.sum(axis=0) == 1) - (whole.sum(axis=0) > 1) - cut.any(axis=0)),
            np.float64,
        )


def covered(small: Boxes, large: Boxes) -> Values:
    """Of each small box the share that lies in each large one."""
    wide = np.minimum(small[:, None, 2], large[None, :, 2]) - np.maximum(small[:, None, 0], large[None, :, 0])
    high = np.minimum(small[:, None, 3], large[None, :, 3]) - np.maximum(small[:, None, 1], large[None, :, 1])
    area = (small[:, 2] - small[:, 0]) * (small[:, 3] - small[:, 1])
    return np.asarray(
        np.clip(wide, 0, None) * np.clip(high, 0, None) / np.maximum(area, 1)[:, None], np.float64
    )


def _shrunk(luma: Image, shrink: int) -> Image:
    if shrink == 1:
        return np.ascontiguousarray(luma)
    height, width = luma.shape[0] // shrink, luma.shape[1] // shrink
    whole = luma[: height * shrink, : width * shrink]
    return np.asarray(cv2.resize(whole, (width, height), interpolation=cv2.INTER_AREA), np.uint8)
