"""A connection's sockets have room for the packets that come while Python is busy."""

import asyncio
import socket
from unittest.mock import Mock

import pytest
from aioice.ice import StunProtocol

from meetbot.rooms import sockets
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
    # Whoever joined a room before in this process has given room to all later connections.
    monkeypatch.setattr(StunProtocol, "connection_made", sockets._begin)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as own:
        own.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, SOCKET_ROOM)
        most = own.getsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF)
    assert await room_of_a_connection() < most
    give_room()
    give_room()
    assert await room_of_a_connection() == most
