"""A connection's sockets have room for the packets that come while Python is busy, and give all at once."""

import asyncio
import gc
import socket
import sys
from pathlib import Path
from unittest.mock import Mock

import pytest
from aioice.ice import StunProtocol

from meetbot.rooms import sockets
from meetbot.rooms.sockets import give_room
from meetbot.settings import SOCKET_ROOM, TAKEN_MOST
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


async def taken_in_one_round(sent: int) -> tuple[list[bytes], list[bytes]]:
    """What a connection hands on in the first round in which so many packets wait, and in the end."""
    give_room()
    receiver, came = Mock(), list[bytes]()
    receiver.data_received = lambda data, component: came.append(data)
    transport, protocol = await asyncio.get_running_loop().create_datagram_endpoint(
        lambda: StunProtocol(receiver), local_addr=("127.0.0.1", 0)
    )
    protocol.local_candidate = Mock(component=1)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as other:
        for number in range(sent):
            other.sendto(b"\x80%d" % number, transport.get_extra_info("sockname"))
        while not came:
            await asyncio.sleep(0)
        first = came.copy()
        while len(came) < sent:
            await asyncio.sleep(0.001)
    await protocol.close()
    return first, came


@pytest.mark.skipif(sys.platform == "win32", reason="whose loop reads ahead by itself")
@in_loop
async def test_packets_that_wait_are_taken_in_one_go_and_in_their_order() -> None:
    first, all_of_them = await taken_in_one_round(TAKEN_MOST + 10)
    assert all_of_them == [b"\x80%d" % number for number in range(TAKEN_MOST + 10)]
    assert len(first) == TAKEN_MOST + 1  # then it is another socket's turn


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="Linux counts open files there")
@in_loop
async def test_a_closed_connection_leaves_no_socket_open() -> None:
    await taken_in_one_round(1)
    gc.collect()
    before = len([*Path("/proc/self/fd").iterdir()])
    await taken_in_one_round(1)
    assert len([*Path("/proc/self/fd").iterdir()]) == before


@in_loop
async def test_where_no_more_sockets_may_be_open_a_connection_does_without_a_second(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    opened = Mock(spec=socket.socket)
    opened.dup.side_effect = OSError("too many open files")
    transport = Mock(spec=asyncio.DatagramTransport)
    transport.get_extra_info.return_value = opened
    protocol = StunProtocol(Mock())
    monkeypatch.setattr(sys, "platform", "linux")
    sockets._begin_with_room(protocol, transport)
    assert protocol.transport is transport and protocol not in sockets._twins
