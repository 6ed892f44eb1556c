"""For each kind of room: a server, one person in it who shows a picture, and the way there."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from meetbot.rooms.base import Visit
from tests.live.janus import Student, janus
from tests.live.network import HOST
from tests.live.pupils import Pupil, open_class
from tests.live.tracks import AudioStreamTrack, Camera, flat
from tests.live.whep import PORT, TOKEN, whep_server

LEVEL = 180  # the brightness of what the person shows


@dataclass
class Stage:
    """Where the room is, and how its server is taken away."""

    address: str
    visit: Visit
    name: str  # of the person, as the room tells it
    unknown: str  # an address of the same server where no room is
    closed: str  # one where nobody listens
    stop: Callable[[], Awaitable[None]]


@asynccontextmanager
async def janus_stage(folder: Path) -> AsyncIterator[Stage]:
    """A VideoRoom with Ada."""
    with janus(folder / "janus") as server:
        ada = Student("Ada", (AudioStreamTrack(), Camera(flat(LEVEL))))
        await ada.publish()

        async def stop() -> None:
            server.stop()

        root = f"janus://{HOST}:8188"
        yield Stage(f"{root}/1234", Visit(), "Ada", f"{root}/999", f"janus://{HOST}:8199/1234", stop)
        await ada.leave()


@asynccontextmanager
async def whep_stage(folder: Path) -> AsyncIterator[Stage]:
    """A stream called class-5b."""
    async with whep_server(Camera(flat(LEVEL))) as server:

        async def stop() -> None:
            for peer in server.viewers.values():
                await peer.close()

        root = f"whep+http://{HOST}"
        yield Stage(
            f"{root}:{PORT}/whep/class-5b",
            Visit(pin=TOKEN),
            "class-5b",
            f"{root}:{PORT}/whep/none",
            f"{root}:8281/whep/class-5b",
            stop,
        )


@asynccontextmanager
async def classroom_stage(folder: Path) -> AsyncIterator[Stage]:
    """The built-in class room with Ada."""
    async with AsyncExitStack() as running:
        address = await running.enter_async_context(open_class())
        ada = Pupil("Ada", flat(LEVEL))
        await ada.enter(address)
        root = address.rpartition("/")[0]
        yield Stage(
            address, Visit(), "Ada", f"{root}/other-class", f"http://{HOST}:8199/moba-keto", running.aclose
        )
        await ada.leave()


STAGES: dict[str, Callable[[Path], AbstractAsyncContextManager[Stage]]] = {
    "Janus VideoRoom": janus_stage,
    "WHEP stream": whep_stage,
    "meetbot's own class room": classroom_stage,
}
