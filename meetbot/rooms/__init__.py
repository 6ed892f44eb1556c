"""The kinds of class room that the bot can join, and the address that names one."""

import re
from urllib.parse import urlsplit

from aiortc import RTCIceServer

from meetbot.errors import UsageError
from meetbot.rooms import classroom, janus, peer, whep
from meetbot.rooms.base import Room, RoomKind, Visit

ROOMS: tuple[RoomKind, ...] = (janus.KIND, classroom.KIND, whep.KIND)
_CLOSED = r"https?://([^/]+\.)?(zoom\.us|meet\.google\.com|teams\.(microsoft|live)\.com)(/|$)"


def room_kind(address: str) -> RoomKind:
    """The kind of room that an address names; nothing is connected yet."""
    if re.match(_CLOSED, address):
        raise UsageError(
            f"{address} can't be joined: Zoom, Meet and Teams keep bots like this one out; record the class "
            "there, and give the recording to `meetbot analyze`."
        )
    for kind in ROOMS:
        if kind.matches(address):
            _check_host(address, kind)
            return kind
    examples = "; ".join(f"{kind.name}: {kind.example}" for kind in ROOMS)
    raise UsageError(f"{address!r} is no address of a class room that meetbot knows; {examples}.")


def _check_host(address: str, kind: RoomKind) -> None:
    """Refuse what no server can be behind."""
    try:
        parts = urlsplit(address)
        wrong = None if parts.hostname or not parts.scheme else "it names no host"
        parts.port  # noqa: B018  (reading it checks it)
    except ValueError as error:
        wrong = str(error)
    if wrong:
        raise UsageError(f"{address!r} is no address of a class room: {wrong}; write it like {kind.example}.")


def open_room(address: str, visit: Visit) -> Room:
    """One visit to the room that an address names."""
    return room_kind(address).open(address, visit)


def ice_server(text: str) -> RTCIceServer:
    """A STUN or TURN server as `--ice` names it: `stun:host:port`, `turn:user:password@host:port`."""
    found = re.fullmatch(r"(stun|turns?):(?:(?P<user>[^:@]+):(?P<password>[^@]+)@)?(?P<host>[^@/\s]+)", text)
    wrong = UsageError(f"--ice {text} is no STUN or TURN server; write stun:host or turn:user:password@host.")
    if not found:
        raise wrong
    try:
        return peer.ice_server(f"{found[1]}:{found['host']}", found["user"], found["password"])
    except ValueError as error:
        raise wrong from error
