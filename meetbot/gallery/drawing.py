"""A found layout drawn onto a still, for the teacher to check before a long run."""

import cv2

from meetbot import settings
from meetbot.gallery.looks import edges
from meetbot.types import Image, Layout, Picture, Place

_PERSON, _OFF, _STAGE = (0, 200, 0), (160, 160, 160), (0, 140, 255)  # blue, green, red


def drawn(picture: Picture, layout: Layout) -> bytes:
    """The still as PNG, with every tile's box and the number of its seat."""
    canvas = picture.colour().copy()
    across, down = (
        side / now for side, now in zip((picture.width, picture.height), layout.size, strict=True)
    )
    thick = max(2, round(picture.width * settings.DRAWN_LINE))
    for place in layout.tiles:
        box = place.box._replace(
            x=place.box.x * across, y=place.box.y * down,
            width=place.box.width * across, height=place.box.height * down,
        )  # fmt: skip
        x, y, right, bottom = edges(picture, box)
        colour = _STAGE if place.kind == "stage" else _PERSON if place.camera == "on" else _OFF
        cv2.rectangle(canvas, (x, y), (right - 1, bottom - 1), colour, thick)
        _write(canvas, _caption(place), (x + 2 * thick, y + 2 * thick), colour, thick)
    return bytes(cv2.imencode(".png", canvas)[1])


def _caption(place: Place) -> str:
    return "stage" if place.kind == "stage" else f"{place.seat}{'' if place.camera == 'on' else ' off'}"


def _write(canvas: Image, text: str, at: tuple[int, int], colour: tuple[int, int, int], thick: int) -> None:
    """A word on a dark ground; OpenCV's letters are plain Latin, so seats are numbered, not named."""
    scale, pen = 0.3 * thick, max(1, thick // 2)
    (width, height), below = cv2.getTextSize(text, cv2.FONT_HERSHEY_SIMPLEX, scale, pen)
    x, y = at
    foot = (x, y + height + below // 2)
    cv2.rectangle(canvas, (x, y), (x + width + thick, y + height + below), (0, 0, 0), -1)
    cv2.putText(canvas, text, foot, cv2.FONT_HERSHEY_SIMPLEX, scale, colour, pen, cv2.LINE_AA)
