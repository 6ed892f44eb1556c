"""A connection's sockets have room for the packets that come while Python is busy."""

import asyncio
import socket
from pathlib import Path
from unittest.mock import Mock

import pytest
from aioice.ice import StunProtocol

from meetbot.rooms.sockets import give_room
from meetbot.settings import SOCKET_ROOM
from tests.classroom import in_loop


async def room_of_a_connection() -> int:
    """Bytes that may wait in the socket of a new one."""
    transport, protocol = await asyncio.get_running_loop().create_datagram_endpoint(
        lambda: StunProtocol(Mock()), local_addr=("127.0.0.1", 0)
    )
    assert protocol.transport is transport
    room = transport.get_extra_info("socket").getsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF)
    await protocol.close()
    assert isinstance(room, int)
    return room


@in_loop
async def test_a_connection_gets_as_much_as_the_system_gives(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(StunProtocol, "connection_made", StunProtocol.connection_made)
    before = await room_of_a_connection()
    give_room()
    give_room()
    most = Path("/proc/sys/net/core/rmem_max")
    given = min(SOCKET_ROOM, int(most.read_text())) if most.exists() else before
    assert await room_of_a_connection() >= max(before, given)
