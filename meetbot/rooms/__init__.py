"""The kinds of class room that the bot can join, and the address that names one."""

import re

from aiortc import RTCIceServer

from meetbot.errors import UsageError
from meetbot.rooms import classroom, janus, whep
from meetbot.rooms.base import Room, RoomKind, Visit

ROOMS: tuple[RoomKind, ...] = (janus.KIND, classroom.KIND, whep.KIND)


def room_kind(address: str) -> RoomKind:
    """The kind of room that an address names; nothing is connected yet."""
    for kind in ROOMS:
        if kind.matches(address):
            return kind
    examples = "; ".join(f"{kind.name}: {kind.example}" for kind in ROOMS)
    raise UsageError(f"{address!r} is no address of a class room that meetbot knows; {examples}.")


def open_room(address: str, visit: Visit) -> Room:
    """One visit to the room that an address names."""
    return room_kind(address).open(address, visit)


def ice_server(text: str) -> RTCIceServer:
    """A STUN or TURN server as `--ice` names it: `stun:host:port`, `turn:user:password@host:port`."""
    found = re.fullmatch(r"(stun|turns?):(?:(?P<user>[^:@]+):(?P<password>[^@]+)@)?(?P<host>[^@/\s]+)", text)
    if not found:
        raise UsageError(
            f"--ice {text} is no STUN or TURN server; write stun:host or turn:user:password@host."
        )
    return RTCIceServer(f"{found[1]}:{found['host']}", username=found["user"], credential=found["password"])
