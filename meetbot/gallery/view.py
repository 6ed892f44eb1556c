"""The layout in force, and whether the same people still sit in it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from meetbot import settings
from meetbot.gallery.calm import Calm
from meetbot.gallery.grid import Cell, Grid
from meetbot.gallery.looks import (
    Look,
    camera_of,
    edges,
    in_small,
    jumped,
    keeps_strokes,
    look,
    middle_of,
    strokes,
    within,
)
from meetbot.types import Box, Face, Frame, Image, Layout, Picture, Place, Tile


@dataclass(frozen=True)
class View:
    """Since when a layout stands, its cells, who sits in each, and how each looked."""

    start: float
    grid: Grid
    seats: tuple[int, ...]
    looks: tuple[Look | None, ...]  # None for the stage
    earlier: tuple[tuple[Look, ...], ...] = ()  # of each place, how the same person looked before

    def doubtful(self, frame: Frame) -> list[int]:
        """The places where somebody else may sit now."""
        surely, shown = set(), dict[int, list[Look]]()
        for (place, known), scene, label in zip(self._known, *self._calm(frame.picture.luma), strict=True):
            looks = shown.setdefault(place, [])
            if scene:
                looks.append(known)
            if scene and label:
                surely.add(place)
        return [
            place
            for place, looks in shown.items()
            if place not in surely
            and self._changed(place, cut(frame.picture, self.grid.cells[place].box), looks)
        ]

    def labelled(self, picture: Picture) -> set[int]:
        """The places whose labels surely say what they said."""
        _, labels = self._calm(picture.luma)
        return {
            place
            for (place, known), same in zip(self._known, labels, strict=True)
            if same and known.strokes is not None and known is self.looks[place]
        }

    @cached_property
    def _known(self) -> list[tuple[int, Look]]:
        """Every look that is no news at its place."""
        earlier = self.earlier or ((),) * len(self.looks)
        return [
            (place, known) for place, old in enumerate(self.looks) if old for known in (old, *earlier[place])
        ]

    @cached_property
    def _calm(self) -> Calm:
        tiles = [within(self.grid.size, self.grid.cells[place].box) for place, _ in self._known]
        return Calm(self.grid.size, tiles, [look for _, look in self._known])

    def after(self, old: "View") -> "View":
        """This view with how those who kept their place looked before: a look that comes back is no news."""
        kept = []
        for place, before in enumerate(old.looks):
            known = old.earlier[place] if old.earlier else ()
            if before and before.strokes is not None and self.looks[place] is not before:
                known = (*known, before)[-settings.LOOKS_KEPT :]
            kept.append(known if self.seats[place] == old.seats[place] else ())
        return replace(self, earlier=tuple(kept))

    def seen_again(self, picture: Picture, faces: Sequence[Face]) -> Grid:
        """The same cells, their cameras looked at anew."""
        cells = (
            replace(cell, camera=camera_of(picture, cell.box, faces)) if cell.kind == "person" else cell
            for cell in self.grid.cells
        )
        return replace(self.grid, cells=tuple(cells))

    def switched(self, seen: Grid) -> list[int]:
        """The places whose cameras are other in the same cells, seen again."""
        cells = zip(self.grid.cells, seen.cells, strict=True)
        return [place for place, (old, new) in enumerate(cells) if old.camera != new.camera]

    def shows_more(self, found: Grid) -> bool:
        """Whether one picture was found and no tiles: that says nothing against tiles that still stand."""
        return len(found.cells) == 1 < len(self.grid.cells) and found.confidence < self.grid.confidence

    def first_faces(self, faces: Sequence[Face], met: Collection[int]) -> list[int]:
        """The only cell, where it was a screen until now and shows faces: tiles may be seen at last."""
        screen = len(self.seats) == 1 and self.seats[0] not in met
        return [0] if screen and self.faces_in(faces)[0] else []

    def faces_in(self, faces: Sequence[Face]) -> list[list[Face]]:
        """The faces in each cell."""
        middles = [(face, *middle_of(face.box)) for face in faces]
        return [
            [face for face, x, y in middles if left <= x < left + wide and top <= y < top + high]
            for left, top, wide, high in (cell.box for cell in self.grid.cells)
        ]

    def doubled(self, inside: Sequence[Sequence[Face]]) -> list[int]:
        """The places with several faces, where so many have them that each must be two people's tiles."""
        people = places_of_people(self.grid)
        several = [place for place in people if len(inside[place]) > 1]
        return several if len(several) >= max(3, settings.DOUBLED * len(people)) else []

    def layout(self, tiles: Sequence[Tile], now: float) -> Layout:
        """As it is stored, until now."""
        places = tuple(Place(tile.seat, tile.name, tile.box, tile.kind, tile.camera) for tile in tiles)
        return Layout(self.start, now, self.grid.size, self.grid.confidence, places)

    def _changed(self, place: int, luma: Image, shown: Sequence[Look]) -> bool:
        """Whether its label or its scene is another than in all looks of a place; `shown` have that scene."""
        written = strokes(luma)
        if any(keeps_strokes(look.strokes, written) for look in shown):
            return False
        known, small = [look for at, look in self._known if at == place], in_small(luma)
        return all(not keeps_strokes(look.strokes, written) or jumped(look.small, small) for look in known)


class Rival:
    """Another layout, found while the watch says that the one in force holds: seldom the right one."""

    def __init__(self) -> None:
        self._grid: Grid | None = None
        self._looks = 0  # in a row that showed it

    def believed(self, now: Grid, found: Grid) -> bool:
        """Whether it was found so often that it must be right: the surer one sooner."""
        again = self._grid is not None and same_cells(self._grid, found)
        self._grid, self._looks = found, self._looks + 1 if again else 1
        surer = found.confidence > now.confidence + settings.RIVAL_SURER
        return self._looks >= (settings.RIVAL_SURE if surer else settings.RIVAL_LOOKS)

    def forget(self) -> None:
        """The layout in force was found again."""
        self._grid, self._looks = None, 0


def people_in(grid: Grid) -> list[Cell]:
    """The cells that are somebody's."""
    return [cell for cell in grid.cells if cell.kind == "person"]


def places_of_people(grid: Grid) -> list[int]:
    """Which of a grid's cells are somebody's."""
    return [place for place, cell in enumerate(grid.cells) if cell.kind == "person"]


def same_cells(one: Grid, other: Grid) -> bool:
    """Whether two grids divide the frame alike, to a few pixels; of a large cell some more."""
    if one.size != other.size or len(one.cells) != len(other.cells):
        return False
    return all(same_cell(here, there) for here, there in zip(one.cells, other.cells, strict=True))


def same_cell(one: Cell, other: Cell) -> bool:
    """Whether two cells are of one kind and stand at one place."""
    share = settings.STAGE_SLACK_SHARE if one.kind == "stage" else settings.CELL_SLACK_SHARE
    return one.kind == other.kind and same_place(one.box, other.box, share)


def same_place(one: Box, other: Box, share: float = settings.CELL_SLACK_SHARE) -> bool:
    """Whether two boxes are one place, to a few pixels; of a large one some more."""
    slack = max(settings.CELL_SLACK, share * min(one.width, one.height))
    return all(abs(here - there) <= slack for here, there in zip(one, other, strict=True))


def with_lost(old: Grid, found: Grid, picture: Picture) -> Grid:
    """What was found, and tiles beside it that were missed: of a camera that is off little is to be seen."""
    if old.size != found.size or not 0 < len(old.cells) - len(found.cells) <= settings.LOST_MOST:
        return found
    again = {
        place: new for place, cell in enumerate(old.cells) for new in found.cells if same_cell(cell, new)
    }
    lost = [cell for place, cell in enumerate(old.cells) if place not in again]
    if len(again) < len(found.cells) or any(cell.kind == "stage" or _gone(picture, cell) for cell in lost):
        return found
    cells = (
        replace(cell, camera=again[place].camera if place in again else "off")
        for place, cell in enumerate(old.cells)
    )
    return replace(old, cells=tuple(cells))


def _gone(picture: Picture, cell: Cell) -> bool:
    """Whether nothing stands at a cell's place but what is around it."""
    inside = cut(picture, cell.box).astype(np.int16)
    x, y, wide, high = cell.box
    around = cut(picture, Box(x - 4, y - 4, wide + 8, high + 8))
    rim = np.median(np.concatenate([around[0], around[-1], around[:, 0], around[:, -1]]))
    return bool((np.abs(inside - rim) <= settings.GROUND_LEVELS).mean() >= settings.GROUND_SHARE)


def look_of(picture: Picture, cell: Cell) -> Look | None:
    """How a cell looks; the stage has no look."""
    return look(picture, cell.box, cell.camera) if cell.kind == "person" else None


def cut(picture: Picture, box: Box) -> Image:
    """A box's part of a picture's brightness."""
    x, y, right, bottom = edges(picture, box)
    return picture.luma[y:bottom, x:right]
