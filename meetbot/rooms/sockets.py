"""Lets more packets wait while Python is busy.

A socket has room for 208 kB on Linux, and a packet counts for 2.3 kB whatever its size: 90 packets, which a
wave of 16 people sends in 0.2 seconds. aioice (0.13) leaves it at that, and what comes then is lost.
"""

import asyncio
import socket
from contextlib import suppress
from typing import cast

from aioice.ice import StunProtocol

from meetbot.settings import SOCKET_ROOM

_begin = StunProtocol.connection_made


def give_room() -> None:
    """Ask the system for it at each new connection; doing it twice does no harm."""
    StunProtocol.connection_made = _begin_with_room  # type: ignore[assignment,method-assign]


def _begin_with_room(protocol: StunProtocol, transport: asyncio.BaseTransport) -> None:
    opened = cast(socket.socket | None, transport.get_extra_info("socket"))
    if opened is not None:
        with suppress(OSError):  # a system that gives no more keeps what it has
            opened.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, SOCKET_ROOM)
    _begin(protocol, transport)
