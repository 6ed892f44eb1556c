"""A machine that has no network but itself."""

import asyncio
import socket

import pytest
from aioice import ice

from meetbot.errors import RoomError
from meetbot.rooms import loopback
from meetbot.rooms.loopback import alone, check_loopback, reach_itself


@pytest.fixture(autouse=True)
def restored(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is changed in aioice is changed for one test."""
    monkeypatch.setattr(ice, "get_host_addresses", ice.get_host_addresses)


def found(monkeypatch: pytest.MonkeyPatch, *addresses: str) -> None:
    """A machine with these addresses and its own."""
    monkeypatch.setattr(loopback, "_gathered", lambda use_ipv4, use_ipv6: list(addresses))


async def candidates() -> list[str]:
    """The addresses that a connection offers."""
    connection = ice.Connection(ice_controlling=True)
    await connection.gather_candidates()
    found = [candidate.host for candidate in connection.local_candidates]
    await connection.close()
    return found


def test_without_a_network_connections_offer_the_machine_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    found(monkeypatch)
    reach_itself()
    assert alone()
    assert asyncio.run(candidates()) == ["127.0.0.1"]


def test_with_a_network_nothing_is_added(monkeypatch: pytest.MonkeyPatch) -> None:
    found(monkeypatch, "192.0.2.7")
    reach_itself()
    reach_itself()
    assert not alone()
    assert ice.get_host_addresses(use_ipv4=True, use_ipv6=True) == ["192.0.2.7"]


def test_a_machine_that_reaches_itself_passes_and_one_that_does_not_is_told_what_to_do(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    check_loopback()

    def unreachable(self: socket.socket, address: object) -> None:
        raise OSError(101, "Network is unreachable")

    class Down(socket.socket):
        connect = unreachable

    monkeypatch.setattr(socket, "socket", Down)
    with pytest.raises(RoomError, match=r"Network is unreachable.*ip link set lo up"):
        check_loopback()
