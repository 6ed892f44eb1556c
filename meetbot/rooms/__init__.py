"""The kinds of class room that the bot can join, and the address that names one."""

from meetbot.errors import UsageError
from meetbot.rooms import janus
from meetbot.rooms.base import Room, RoomKind, Visit

ROOMS: tuple[RoomKind, ...] = (janus.KIND,)


def open_room(address: str, visit: Visit | None = None) -> Room:
    """The room that an address names; nothing is connected yet."""
    for kind in ROOMS:
        if kind.matches(address):
            return kind.open(address, visit or Visit())
    examples = "; ".join(f"{kind.name}: {kind.example}" for kind in ROOMS)
    raise UsageError(f"{address!r} is no address of a class room that meetbot knows; {examples}.")
