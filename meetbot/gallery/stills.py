"""Pictures of the shared screen, small and without a face, for the report to show beside a moment."""

from collections.abc import Callable, Iterable, Sequence

import cv2
import numpy as np

from meetbot import settings
from meetbot.gallery.looks import edges
from meetbot.gallery.slides import moved, small
from meetbot.types import Box, Face, Frame, Image, Still

Search = Callable[[Image], Sequence[Box]]  # brightness in, everything out that may be a face

_ABOUT = 2  # levels that JPEG changes in what is one grey
_GREY = 128  # what a face is filled with: nothing of it is left, not even its colour


class SlideStills:
    """Takes the picture of each new slide; `search` finds what may be a face on it."""

    def __init__(self, search: Search, kept: Iterable[Still] = ()) -> None:
        self._search = search
        self.last: Image | None = None  # slide that was kept, in 48 x 27 squares
        self._taken = 0
        self._kept: Still | None = None  # the last one of an interrupted run
        for still in kept:
            if still.kind == "slide":
                self._kept, self._taken = still, self._taken + 1

    def take(self, frame: Frame, box: Box, faces: Sequence[Face]) -> Sequence[Still]:
        """The slide in a box, if it is another than the last and can be kept; else nothing."""
        x, y, right, bottom = edges(frame.picture, box)
        looks = small(frame.picture.luma[y:bottom, x:right])
        if self._taken >= settings.STILLS_MOST or self._is_last(looks):
            return ()
        self.last = looks
        slide = np.array(frame.picture.colour()[y:bottom, x:right])  # a copy: the frame is still read
        hide(slide, (_moved_by(face.box, -x, -y) for face in faces))
        picture = faceless(slide, self._search)
        if picture is None:
            return ()
        self._taken += 1
        return (Still(frame.time, "slide", jpeg(picture, settings.STILL_BYTES)),)

    def take_up(self, frame: Frame, box: Box) -> Image | None:
        """The slide that an interrupted run kept last, in squares; as it is shown in a box, if it is there.

        The picture that was kept is no longer exactly the slide, for faces on it were filled.
        """
        if self._kept is None:
            return None
        then = cv2.imdecode(np.frombuffer(self._kept.jpeg, np.uint8), cv2.IMREAD_GRAYSCALE)
        self._kept = None
        if then is None:  # the lesson is damaged there
            return None
        kept = small(np.asarray(then, np.uint8))
        x, y, right, bottom = edges(frame.picture, box)
        now = small(_luma(frame.picture.colour()[y:bottom, x:right]))  # of colours, as `then` is
        filled = (np.abs(kept.astype(np.int16) - _GREY) <= _ABOUT).astype(np.uint8)
        filled = np.asarray(cv2.dilate(filled, np.ones((3, 3), np.uint8)), np.uint8)  # and at their edges
        same = moved(np.where(filled > 0, now, kept), now) <= settings.SLIDE_CHANGED
        self.last = small(frame.picture.luma[y:bottom, x:right]) if same else kept
        return self.last

    def renew(self, before: Image, now: Image) -> None:
        """Takes the stage as it is cut from now on for the last slide, where it shows that, cut as before."""
        if self._is_last(before):
            self.last = now

    def _is_last(self, looks: Image) -> bool:
        return self.last is not None and moved(self.last, looks) <= settings.SLIDE_CHANGED


def faceless(slide: Image, search: Search) -> Image | None:
    """A slide scaled down, with every face filled; None where faces are found again and again."""
    hide(slide, search(_luma(slide)))
    height, width = slide.shape[:2]
    scale = min(1.0, settings.STILL_SIDE / max(width, height))
    size = max(1, round(width * scale)), max(1, round(height * scale))
    picture = np.asarray(cv2.resize(slide, size, interpolation=cv2.INTER_AREA), np.uint8)
    for _ in range(settings.STILL_TRIES):  # a face may come out better in small than at full size
        found = search(_luma(picture))
        if not found:
            return picture
        hide(picture, found)
    return None


def hide(picture: Image, faces: Iterable[Box]) -> None:
    """Fill faces, with hair and chin, in place."""
    height, width = picture.shape[:2]
    for box in faces:
        beside, above = settings.HIDE_AROUND * box.width, settings.HIDE_AROUND * box.height
        left, top = max(0, int(box.x - beside)), max(0, int(box.y - above))
        right = min(width, int(np.ceil(box.x + box.width + beside)))
        bottom = min(height, int(np.ceil(box.y + box.height + above)))
        picture[top : max(top, bottom), left : max(left, right)] = _GREY


def jpeg(picture: Image, most: int) -> bytes:
    """A picture as JPEG, coarser where it would take more than so many bytes."""
    for quality in (75, 55, 35, 15):
        data = cv2.imencode(".jpg", picture, (cv2.IMWRITE_JPEG_QUALITY, quality))[1].tobytes()
        if len(data) <= most:
            break
    return data


def _luma(picture: Image) -> Image:
    return np.asarray(cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY), np.uint8)


def _moved_by(box: Box, x: float, y: float) -> Box:
    return box._replace(x=box.x + x, y=box.y + y)
