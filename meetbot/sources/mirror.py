"""What is read of somebody, shown to that person alone while they want to see it."""

from collections.abc import Callable, Mapping

from meetbot.rooms.base import Joined, Left, Looking, Lost, News
from meetbot.settings import UNSURE_BELOW
from meetbot.sources.presence import Register
from meetbot.types import EMOTIONS, Reading

Shown = Mapping[str, object]


class Mirror:
    """Who wants to be shown their own readings, and how to reach each of them; nobody else is ever told."""

    def __init__(self, register: Register) -> None:
        self.sizes: dict[int, tuple[int, int]] = {}  # of each seat's newest picture
        self._register = register
        self._shows: dict[str, Callable[[Shown | None], None]] = {}

    def hear(self, news: News) -> None:
        """Who begins to look, and who stops or may not any more; called in the network's thread."""
        if isinstance(news, Looking) and news.show is not None:
            self._shows[news.key] = news.show
        elif isinstance(news, Looking | Left) or (isinstance(news, Joined) and not news.analysed):
            self._shows.pop(news.key, None)
        elif isinstance(news, Lost):
            self._shows.clear()

    def show(self, reading: Reading) -> None:
        """Show a reading to the one person of whom it is, where they want to see it."""
        if not self._shows:
            return
        for person in self._register.present():  # nobody who was excluded or said no is among them
            if person.seat == reading.seat and (show := self._shows.get(person.key)):
                show(reflected(reading, self.sizes.get(person.seat)))


def reflected(reading: Reading, size: tuple[int, int] | None) -> Shown | None:
    """A reading as the page draws it: the box in shares of the picture; None without a face or its mood."""
    if reading.box is None or reading.emotions is None or reading.certainty is None or size is None:
        return None
    width, height = size
    x, y, wide, high = reading.box
    sides = (x / width, y / height, wide / width, high / height)
    return {
        "box": [round(side, 4) for side in sides],
        **dict(zip(EMOTIONS, reading.emotions, strict=True)),
        "certainty": reading.certainty,
        "unsure": reading.certainty < UNSURE_BELOW,
        "yaw": reading.yaw or 0.0,
        "pitch": reading.pitch or 0.0,
    }
