"""The one place where pictures cross from the network's thread to the reader's."""

from threading import Event as Signal
from threading import Lock
from typing import NamedTuple

from av.video.frame import VideoFrame


class Delivery(NamedTuple):
    """One person's newest picture, and when it came on the monotonic clock."""

    frame: VideoFrame
    at: float


class Mailbox:
    """Keeps one picture a person: the newest wins, so that a slow reader can't grow memory."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._newest: dict[str, Delivery] = {}
        self.came = Signal()  # the first picture
        self.put_in = 0
        self.replaced = 0  # pictures that a newer one replaced before anybody asked

    def put(self, key: str, frame: VideoFrame, at: float) -> None:
        """Called in the network's thread for every picture."""
        with self._lock:
            self.put_in += 1
            self.replaced += key in self._newest
            self._newest[key] = Delivery(frame, at)
        if self.put_in == 1:
            self.came.set()

    def drop(self, key: str) -> None:
        """Nothing more of this person is to be seen, not even what waits."""
        with self._lock:
            self._newest.pop(key, None)

    def take(self) -> dict[str, Delivery]:
        """What came since the last time."""
        with self._lock:
            taken, self._newest = self._newest, {}
        return taken
