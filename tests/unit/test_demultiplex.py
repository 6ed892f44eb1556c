"""Pictures that look like STUN messages."""

import struct

import pytest
from aioice import stun

from meetbot.rooms.demultiplex import mind_the_first_byte


@pytest.fixture(autouse=True)
def restored(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is changed in aioice is changed for one test."""
    monkeypatch.setattr(stun, "parse_message", stun.parse_message)


def rtp_like_stun(length: int = 200) -> bytes:
    """A packet of a picture: its number is its length less 20, and there is 0x0024 (PRIORITY) at byte 20."""
    head = struct.pack("!BBHII", 0x90, 96, length - 20, 1234, 99)
    extensions = bytes.fromhex("bede0002 1030 22 12 0024 0000")
    return (head + extensions).ljust(length, b"x")


def test_a_picture_is_not_read_as_stun() -> None:
    mind_the_first_byte()
    mind_the_first_byte()
    with pytest.raises(ValueError, match="no STUN"):
        stun.parse_message(rtp_like_stun())
    with pytest.raises(ValueError):
        stun.parse_message(b"")


def test_a_stun_message_is_read_as_before() -> None:
    mind_the_first_byte()
    asked = stun.Message(stun.Method.BINDING, stun.Class.REQUEST, b"123456789012")
    asked.attributes["PRIORITY"] = 7
    heard = stun.parse_message(bytes(asked))
    assert (heard.transaction_id, heard.attributes["PRIORITY"]) == (b"123456789012", 7)
