"""A frame of a gallery into one tile a person: the layout that holds, who sits where, who speaks."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from math import inf

from meetbot import settings
from meetbot.gallery.follow import FaceFollower
from meetbot.gallery.grid import Cell, Grid
from meetbot.gallery.looks import Look, is_in
from meetbot.gallery.memory import Memory
from meetbot.gallery.naming import Naming
from meetbot.gallery.reflow import Flow
from meetbot.gallery.residents import Residents
from meetbot.gallery.resumed import Resumed
from meetbot.gallery.seats import Seats
from meetbot.gallery.senses import Senses, Watch
from meetbot.gallery.slides import SlideWatch, small
from meetbot.gallery.stills import SlideStills
from meetbot.gallery.view import Rival, View, cut, look_of, people_in, places_of_people, same_cells, with_lost
from meetbot.types import Box, Event, Face, Frame, Image, Layout, Picture, Still, Tile

STAGE_SEAT = 0  # the shared screen's: nobody sits there


class GallerySplitter:
    """Frame in, tiles out; None while the gallery is on its way from one layout to another.

    Tiles that change at once in a layout that holds are not settled: they keep their seats unread.

    Where there is no gallery, `follow` follows faces by position; without it there always is one.
    `stills` takes the slides' pictures where those are kept.
    `resumed` is the layout in which an interrupted run stopped. What is remembered reaches back
    `settings.SEAT_LOOK_MEMORY` seconds; names, as long as the lesson file has them.
    """

    def __init__(
        self,
        senses: Senses,
        seats: Seats | None = None,
        follow: FaceFollower | None = None,
        naming: Naming | None = None,
        resumed: Resumed | None = None,
        stills: SlideStills | None = None,
    ) -> None:
        self._senses = senses
        self._seats = seats or Seats()
        self._follow = follow
        self._naming = naming or Naming()
        self._residents, self._slides, self._stills = Residents(), SlideWatch(), stills
        self._view: View | None = None
        self._rival = Rival()
        self._watch: Watch | None = None
        self._crowd = 0  # samples in a row in which the only tile held many faces
        self._period: int | None = None  # of `settings.RENEW_EVERY` seconds, in which the last frame lay
        self._due_until = -inf  # to be renewed as soon as the layout is at rest
        self._news: list[Event | Layout | Still] = []
        self._complained = False
        self._met = {tile.seat for tile in resumed.layout.tiles} if resumed else set()  # seats of real people
        self._resumed = resumed

    def __call__(self, frame: Frame, faces: Sequence[Face]) -> Sequence[Tile] | None:
        """The tiles of this frame."""
        flow: Flow = "changed"
        if self._watch and self._view and self._view.grid.size == (frame.picture.width, frame.picture.height):
            flow = self._watch.look(frame.picture.luma)
        old = self._view
        if old and flow == "moving" and len(changing := old.doubtful(frame)) > 1:
            return self._unmoved(old, changing, frame, faces)
        renewed = self._renewed(old, frame, faces) if old and self._is_due(frame.time, flow) else None
        unsettled: Sequence[int] = ()
        if renewed:
            view = renewed
        elif old and flow == "swapped":
            view = self._swapped(old, frame, faces)
        elif old and flow != "changed":
            view, unsettled = self._look_over(old, frame, faces)
        else:
            view = self._divide(frame, faces)
        self._view = view
        new = old is None or (not renewed and old.grid != view.grid)
        if self._follow and self._is_crowd(view, faces, new):
            return self._followed(self._follow, frame, faces)
        tiles = list(self._tiles(view, frame, faces, unsettled, old.grid if old and renewed else None))
        self._news.append(view.layout(tiles, frame.time))
        return tiles

    def _unmoved(
        self, view: View, changing: Sequence[int], frame: Frame, faces: Sequence[Face]
    ) -> Sequence[Tile] | None:
        """The tiles while several of them change at once; None where the layout itself is on its way.

        One alone that changes is somebody who left the picture or switched the camera.
        """
        if not same_cells(view.grid, self._found(frame, faces)):
            return None
        tiles = list(self._tiles(view, frame, faces, changing))
        self._news.append(view.layout(tiles, frame.time))
        return tiles

    def _is_due(self, time: float, flow: Flow) -> bool:
        """Whether the layout is to be taken as if it began now; not while it moves."""
        before, self._period = self._period, int(time // settings.RENEW_EVERY)
        if before is not None and before != self._period:
            self._due_until = self._period * settings.RENEW_EVERY + settings.RENEW_PATIENCE
        return time <= self._due_until and flow != "moving"

    def _renewed(self, view: View, frame: Frame, faces: Sequence[Face]) -> View | None:
        """The same people in the same layout, as this frame alone shows them; None where it shows another.

        Whatever was seen before, from here on it is compared with this frame: a run that began a little
        earlier goes on in the same way, so that long recordings can be read in parts.
        """
        grid = self._senses.find(frame.picture, faces)
        if not same_cells(view.grid, grid):
            return None
        self._due_until = -inf
        self._rival.forget()
        self._watch = self._senses.watch(grid)
        self._watch.look(frame.picture.luma)
        self._naming.begin([cell.box for cell in people_in(grid)], frame.picture)
        looks = [look_of(frame.picture, cell) for cell in grid.cells]
        new = self._placed(frame, grid, looks, alone=len(view.doubtful(frame)) <= 1)
        cameras = [cell.camera for cell in view.grid.cells]
        same = new.seats == view.seats and [cell.camera for cell in grid.cells] == cameras
        return replace(new, start=view.start) if same else new

    def _renew_slides(self, picture: Picture, boxes: Sequence[Box]) -> None:
        before, now = (small(cut(picture, box)) for box in boxes)
        self._slides.renew(before, now)
        if self._stills:
            self._stills.renew(before, now)

    def names_now(self) -> Mapping[Box, str | None]:
        """The names that stand in people's tiles at the moment, not what is remembered of their seats."""
        people = people_in(self._view.grid) if self._view else []
        return {cell.box: name for cell, name in zip(people, self._naming.names(), strict=True)}

    def take_news(self) -> Sequence[Event | Layout | Still]:
        """What happened to the layout since the last call, and how it stands."""
        news, self._news = [*self._news, *self._residents.take_news()], []
        return news

    @property
    def complaint(self) -> str | None:
        """Why names are missing, in a sentence."""
        return self._naming.complaint

    @property
    def slide(self) -> Image | None:
        """The last slide whose picture was kept, in 48 x 27 squares."""
        return self._stills.last if self._stills else None

    def memory(self, time: float) -> Memory:
        """What is remembered at the time of the last frame; seats themselves know no time and stay apart."""
        crowd = min(self._crowd, settings.CROWD_SAMPLES)
        rest = (self._rival, self._watch, self._period, self._due_until, crowd)
        return Memory(
            self._view,
            frozenset(self._met),
            self._residents.faces(time),
            self._residents.beside(),
            self._follow.tracks(time) if self._follow else (),
            self.slide,
            (*rest, self._naming.memory(), self._slides),
        )

    def _found(self, frame: Frame, faces: Sequence[Face]) -> Grid:
        found = self._senses.find(frame.picture, faces)
        return with_lost(self._view.grid, found, frame.picture) if self._view else found

    def _divide(self, frame: Frame, faces: Sequence[Face]) -> View:
        """The layout found anew; often the same one, in which somebody's camera was switched."""
        old = self._view
        grid, start = self._found(frame, faces), frame.time
        if self._resumed:
            grid, start = self._resumed.carried_on(grid, start)
            self._resumed = None
        self._rival.forget()
        self._watch = self._senses.watch(grid)
        self._watch.look(frame.picture.luma)
        if old and same_cells(old.grid, grid):
            return self._looked_at(old, old.doubtful(frame), grid, frame)
        if not any(cell.kind == "stage" for cell in grid.cells):
            self._slides.forget()
        people = [cell.box for cell in people_in(grid)]
        self._complain(people, frame.time)
        self._naming.begin(people, frame.picture)
        if old:
            self._news.append(Event(frame.time, "reflow"))
        looks = [look_of(frame.picture, cell) for cell in grid.cells]
        view = replace(self._placed(frame, grid, looks), start=start)
        self._tell_presenter(view, frame)
        return view

    def _tell_presenter(self, view: View, frame: Frame) -> None:
        """Whose name stands on the shared screen, where one does."""
        places = places_of_people(view.grid)
        stages = [cell.box for cell in view.grid.cells if cell.kind == "stage"]
        number = self._naming.presenter(stages[0], frame.picture) if stages and places else None
        if number is not None:
            self._news.append(Event(frame.time, "presents", view.seats[places[number]]))

    def _complain(self, people: Sequence[Box], now: float) -> None:
        """Say once why names are missing, where there are people to be named."""
        if len(people) > 1 and self._naming.complaint and not self._complained:
            self._news.append(Event(now, "warning", None, self._naming.complaint))
            self._complained = True

    def _look_over(self, view: View, frame: Frame, faces: Sequence[Face]) -> tuple[View, Sequence[int]]:
        """The same layout, after making sure that the same people still sit in it.

        Also the places in it that can't be told yet, where another layout was found and is not believed.
        """
        doubtful = view.doubtful(frame) or view.first_faces(faces, self._met)
        if doubtful:
            grid = self._seen(view, doubtful, frame, faces)
            if same_cells(view.grid, grid):
                self._rival.forget()
                return self._looked_at(view, doubtful, grid, frame), ()
            if self._rival.believed(view.grid, grid):
                return self._divide(frame, faces), ()
            return view, doubtful
        if self._naming.sample(frame.picture):
            return self._looked_at(view, (), view.grid, frame), ()
        return view, ()

    def _swapped(self, view: View, frame: Frame, faces: Sequence[Face]) -> View:
        """The same layout, whatever is found: its borders are all there, and other people in it."""
        doubtful = view.doubtful(frame)
        found = self._seen(view, doubtful, frame, faces)
        if not same_cells(view.grid, found):
            if self._rival.believed(view.grid, found):
                return self._divide(frame, faces)
            found = view.seen_again(frame.picture, faces)
        self._watch = self._senses.watch(view.grid)
        self._watch.look(frame.picture.luma)
        return self._looked_at(view, doubtful, found, frame)

    def _seen(self, view: View, doubtful: Sequence[int], frame: Frame, faces: Sequence[Face]) -> Grid:
        """The layout with its cameras; found anew unless borders leave no doubt of it where it changed."""
        seen = view.seen_again(frame.picture, faces)
        stands = self._watch is not None and self._watch.holds([*doubtful, *view.switched(seen)])
        if stands and view.grid.confidence >= settings.LAYOUT_SURE:
            return seen
        found = self._found(frame, faces)
        return seen if stands and view.shows_more(found) else found

    def _looked_at(self, view: View, doubtful: Sequence[int], found: Grid, frame: Frame) -> View:
        """The same cells with what was found of their cameras; doubtful ones are read again."""
        cells = zip(view.grid.cells, found.cells, strict=True)
        grid = replace(view.grid, cells=tuple(replace(old, camera=new.camera) for old, new in cells))
        numbers = {place: number for number, place in enumerate(places_of_people(grid))}
        if doubtful:
            known = view.labelled(frame.picture)
            self._naming.read([numbers[place] for place in doubtful if place not in known], frame.picture)
        looks = [
            look_of(frame.picture, cell) if place in doubtful else view.looks[place]
            for place, cell in enumerate(grid.cells)
        ]
        new = self._placed(frame, grid, looks, alone=len(doubtful) <= 1)
        same = (new.grid, new.seats) == (view.grid, view.seats)
        return replace(new.after(view), start=view.start if same else new.start)

    def _placed(self, frame: Frame, grid: Grid, looks: Sequence[Look | None], alone: bool = False) -> View:
        """Everybody's seat in a layout; who can't be told from those before gets a new one, which is said."""
        boxes = [cell.box for cell in people_in(grid)]
        shown = [replace(found, written=None) for found in looks if found]  # pixels stay here
        placed = iter(self._seats.place(frame.time, boxes, self._naming.names(), shown, alone))
        if self._seats.split:
            self._news.append(Event(frame.time, "warning", None, split_words(self._seats.split)))
        seats = tuple(next(placed) if cell.kind == "person" else STAGE_SEAT for cell in grid.cells)
        return View(frame.time, grid, seats, tuple(looks))

    def _tiles(
        self,
        view: View,
        frame: Frame,
        faces: Sequence[Face],
        changing: Sequence[int] = (),
        before: Grid | None = None,  # the same layout, as it was found until now
    ) -> Iterator[Tile]:
        faces_in = view.faces_in(faces)
        unread = {*changing, *view.doubled(faces_in)}
        speaking = self._senses.speakers(frame.picture, view.grid)
        cells = zip(view.grid.cells, view.seats, speaking, strict=True)
        for place, (cell, seat, speaks) in enumerate(cells):
            name = self._seats.name_of(seat)
            if place in unread:
                yield Tile(seat, name, "person", cell.box, cell.camera, None, None, frame.picture, False)
                continue
            inside = faces_in[place]
            if len(view.grid.cells) > 1 or inside:
                self._met.add(seat)
            if cell.kind == "stage" or seat not in self._met:  # a lone picture without a face is a screen
                if before:
                    self._renew_slides(frame.picture, (before.cells[place].box, cell.box))
                self._watch_slides(cell, frame, faces)
                yield Tile(STAGE_SEAT, None, "stage", cell.box, "on", None, None, frame.picture)
                continue
            face = self._residents.pick(seat, frame.time, cell.box, inside)
            yield Tile(seat, name, "person", cell.box, cell.camera, speaks, face, frame.picture)

    def _watch_slides(self, cell: Cell, frame: Frame, faces: Sequence[Face]) -> None:
        if self._stills and (slide := self._stills.take_up(frame, cell.box)) is not None:
            self._slides.take_up(slide)
        if self._slides.changed(cut(frame.picture, cell.box)):
            self._news.append(Event(frame.time, "slide"))
        if self._slides.new and self._stills:
            self._news += self._stills.take(frame, cell.box, faces)

    def _is_crowd(self, view: View, faces: Sequence[Face], new: bool) -> bool:
        """Whether the only tile is no person's camera but a room full of people."""
        people = people_in(view.grid)
        if len(view.grid.cells) != 1 or not people:
            return False
        inside = sum(is_in(face.box, people[0].box) for face in faces)
        if new:
            self._crowd = settings.CROWD_SAMPLES if inside > 1 else 0
        elif self._crowd < settings.CROWD_SAMPLES:
            self._crowd = self._crowd + 1 if inside >= settings.CROWD_FACES else 0
        return self._crowd >= settings.CROWD_SAMPLES

    def _followed(self, follow: FaceFollower, frame: Frame, faces: Sequence[Face]) -> Sequence[Tile]:
        """Everybody in the room, each followed by their face."""
        follow.start_at(self._seats.next_seat)
        tiles = follow(frame, faces)
        self._seats.next_seat = max([self._seats.next_seat, *(tile.seat + 1 for tile in tiles)])
        return tiles


def split_words(seats: Sequence[int]) -> str:
    """What is said of new seats whose people may have had one before."""
    who = ", ".join(f"Seat {seat}" for seat in seats)
    return (
        f"{who}: may have been here under another seat before; it could not be told, so they are kept apart."
    )
