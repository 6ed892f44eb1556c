"""Lets more packets wait while Python is busy, and takes all that wait in one go.

A socket has room for 208 kB on Linux, and a packet counts for 2.3 kB whatever its size: 90 packets, which a
wave of 16 people sends in 0.2 seconds. aioice (0.13) leaves it at that, and what comes then is lost; and
asyncio takes one packet in each round of its loop.
"""

import asyncio
import socket
import sys
from contextlib import suppress
from typing import Any, cast
from weakref import WeakKeyDictionary

from aioice.ice import StunProtocol

from meetbot.settings import SOCKET_ROOM, TAKEN_MOST

_LARGEST = 65_536  # bytes of a packet
_begin, _receive, _end = (
    StunProtocol.connection_made,
    StunProtocol.datagram_received,
    StunProtocol.connection_lost,
)
_twins: WeakKeyDictionary[StunProtocol, socket.socket] = WeakKeyDictionary()  # the sockets, to read ourselves


def give_room() -> None:
    """Ask the system for it at each new connection; doing it twice does no harm."""
    StunProtocol.connection_made = _begin_with_room  # type: ignore[assignment,method-assign]
    StunProtocol.datagram_received = _receive_all  # type: ignore[assignment,method-assign]
    StunProtocol.connection_lost = _end_both  # type: ignore[assignment,method-assign]


def _begin_with_room(protocol: StunProtocol, transport: asyncio.BaseTransport) -> None:
    opened = cast(socket.socket | None, transport.get_extra_info("socket"))
    if opened is not None:
        with suppress(OSError):  # a system that gives no more keeps what it has
            opened.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, SOCKET_ROOM)
        if sys.platform != "win32":  # whose loop reads ahead by itself
            with suppress(OSError):  # too many are open: then one packet is taken at a time
                _twins[protocol] = opened.dup()
    _begin(protocol, transport)


def _receive_all(protocol: StunProtocol, data: bytes | str, address: tuple[Any, ...]) -> None:
    """One packet, and those that wait behind it; not so many that other sockets are kept waiting."""
    _receive(protocol, data, address)
    for _ in range(TAKEN_MOST if protocol in _twins else 0):
        try:
            more = _twins[protocol].recvfrom(_LARGEST)
        except OSError:  # nothing waits, or an answer that nobody listens there, which aioice passes over
            return
        _receive(protocol, *more)


def _end_both(protocol: StunProtocol, error: Exception | None) -> None:
    if twin := _twins.pop(protocol, None):
        twin.close()
    _end(protocol, error)
