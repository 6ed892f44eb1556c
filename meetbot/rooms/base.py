"""What every kind of room does: it lets the bot in, and tells who is there and what they send."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol

from aiortc import RTCIceServer

from meetbot.types import Role

# What it raises to take a message apart that is not built as it should be.
NONSENSE = (AttributeError, AssertionError, LookupError, TypeError, ValueError, RecursionError)

PURPOSE = "analysing faces"
NOTICE = f"meetbot - {PURPOSE}"  # the bot's name, where a name is all the notice that people get


@dataclass(frozen=True, slots=True)
class Visit:
    """How the bot comes in."""

    name: str = NOTICE
    pin: str | None = None  # or the token of a WHEP stream
    ice: tuple[RTCIceServer, ...] = ()
    excluded: frozenset[str] = frozenset()  # plain names whose pictures are not even asked for
    mirrors: bool = False  # whether people may be shown what is read of them


@dataclass(frozen=True, slots=True)
class Joined:
    """Somebody is there; the same key again means another name, or another wish about being analysed."""

    key: str  # unique while the connection stands, and afterwards where the room can promise it
    name: str
    analysed: bool = True
    role: Role = "student"  # where the room knows who teaches


@dataclass(frozen=True, slots=True)
class Left:
    """Somebody went."""

    key: str


@dataclass(frozen=True, slots=True)
class Talking:
    """Somebody began to speak, or stopped."""

    key: str
    on: bool


@dataclass(frozen=True, slots=True)
class Camera:
    """Somebody's camera, where the room tells; elsewhere it is inferred from pictures that stop coming."""

    key: str
    on: bool


@dataclass(frozen=True, slots=True)
class Video:
    """Somebody's pictures begin: whoever is told must read the stream to its end or stop it."""

    key: str
    stream: "Stream"


@dataclass(frozen=True, slots=True)
class Looking:
    """Somebody wants to be shown what is read of them, by this; None: no more. It reaches nobody else."""

    key: str
    show: Callable[[Mapping[str, object] | None], None] | None


@dataclass(frozen=True, slots=True)
class Ended:
    """The class is over for us, and coming back is pointless: it was closed, or the bot was sent out."""

    why: str


@dataclass(frozen=True, slots=True)
class Lost:
    """The connection broke; coming back may work."""

    why: str


News = Joined | Left | Talking | Camera | Video | Looking | Ended | Lost
TrackSink = Callable[[News], None]


class Stream(Protocol):
    """One person's pictures."""

    async def recv(self) -> object: ...

    def stop(self) -> None: ...


class Room(Protocol):
    """One connection to one room; what happens there goes into the sink until the bot leaves."""

    async def join(self, sink: TrackSink) -> None: ...

    async def leave(self) -> None: ...


@dataclass(frozen=True, slots=True)
class RoomKind:
    """One adapter: its name, how its addresses look, and how one is opened."""

    name: str
    example: str
    matches: Callable[[str], bool]
    open: Callable[[str, Visit], Room]
    composed: bool = False  # one picture may show many people, as in a recording


def notice(name: str | None) -> str:
    """The bot's name in the room, which says what it does, whatever else it is called."""
    return f"{name} - {PURPOSE}" if name and PURPOSE not in name else name or NOTICE
