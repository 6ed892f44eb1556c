"""What people type or hand in as text: it is understood, or refused in a sentence, whatever it is."""

import asyncio
import json
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as some

from meetbot.cli.join import seconds
from meetbot.errors import InputError, MeetbotError, UsageError
from meetbot.gallery.fixed import Shape, shape_named
from meetbot.rooms import ice_server, open_room
from meetbot.rooms.base import Visit
from meetbot.rooms.peer import new_peer
from meetbot.roster import Entry, read_roster
from meetbot.settings import MOST_TILES, ROSTER_MOST

DIGITS = "9" * 5000  # more than Python turns into a number
DEEP = 100_000  # brackets in brackets
ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252", "mac-roman")

numbers = some.floats() | some.integers() | some.sampled_from([10**400, -1, 0, 2**63])
values = some.recursive(
    some.none() | some.booleans() | numbers | some.text(max_size=20),
    lambda inner: some.lists(inner, max_size=4) | some.dictionaries(some.text(max_size=9), inner, max_size=4),
    max_leaves=12,
)
boxes = some.fixed_dictionaries({"box": some.lists(numbers | values, max_size=5)}, optional={"kind": values})
layouts = some.fixed_dictionaries(
    {},
    optional={
        "size": some.lists(numbers, max_size=3),
        "tiles": some.lists(boxes, max_size=3),
        "layouts": values,
    },
)
cells = some.text(max_size=12) | some.sampled_from(
    ["name", "alias", "role", "email", "teacher", "Seat 1", '"', "\0"]
)
addresses = some.builds(
    lambda *parts: "".join(parts),
    some.sampled_from(["janus://", "janus+wss://", "whep+http://", "http://", "https://", "", "file://"]),
    some.text(max_size=20) | some.sampled_from(["h", "[::1]", "h:8188", "u:p@h", "[", "h:" + DIGITS]),
    some.sampled_from(["", "/", "/1234", "/moba-keto", "/" + DIGITS, "/%00%ff", "//", "/\u0661"]),
)


def answers(work: Callable[[], Any]) -> Any:
    """What the work gives, or one of our errors in one line."""
    try:
        return work()
    except MeetbotError as error:
        assert str(error).strip()
        return error


def written(data: bytes, use: Callable[[Path], Any]) -> Any:
    """What is made of a file that holds this."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "given.json"
        path.write_bytes(data)
        return answers(lambda: use(path))


@settings(max_examples=30, deadline=None)
@given(
    some.lists(some.lists(cells, max_size=4), max_size=5),
    some.sampled_from(",;\t"),
    some.sampled_from(ENCODINGS),
)
def test_any_table_is_a_class_list_or_refused(table: list[list[str]], divider: str, encoding: str) -> None:
    text = "\r\n".join(divider.join(line) for line in [["name", "alias"], *table])
    found = written(text.encode(encoding, "replace"), read_roster)
    assert isinstance(found, InputError) or all(isinstance(entry, Entry) and entry.name for entry in found)


@settings(max_examples=60, deadline=None)
@given(some.binary(max_size=200))
@example(b"PK\x03\x04" + bytes(range(256)))
@example(b"name\n" + b"x" * 200_000)  # more than Python's csv takes in one field
@example(b'name\n"never closed')
@example(b"\xff\xfe\x00")
def test_any_bytes_are_a_class_list_or_refused(data: bytes) -> None:
    assert isinstance(written(data, read_roster), tuple | InputError)


def test_a_class_list_of_an_old_mac_is_read() -> None:
    assert written(b"name,role\rAda,teacher\rBob,\r", read_roster) == (
        Entry("Ada", role="teacher"),
        Entry("Bob"),
    )


def test_a_class_list_of_a_whole_town_is_refused_at_once() -> None:
    many = "name,alias\n" + "".join(f"N{number},A{number}\n" for number in range(ROSTER_MOST + 1))
    assert "a class list of 5000 can be read" in str(written(many.encode(), read_roster))


@pytest.mark.parametrize("use", [read_roster, lambda path: shape_named(str(path))])
def test_a_file_without_an_end_is_not_read_to_its_end(use: Callable[[Path], Any]) -> None:
    assert "larger than 4 MB" in str(written(b"n" * (4 * 2**20 + 1), use))


@settings(max_examples=60, deadline=None)
@given(layouts | values)
def test_any_document_is_a_layout_or_refused(document: Any) -> None:
    found = written(json.dumps(document).encode(), lambda path: shape_named(str(path)))
    assert isinstance(found, InputError) or 1 <= len(found.tiles) <= MOST_TILES


@pytest.mark.parametrize("text", [f"{DIGITS}x1", "a" * 3000, "a\0b", "1x" + DIGITS])
def test_a_layout_that_is_no_name_of_a_file_is_refused(text: str) -> None:
    with pytest.raises(UsageError, match="--layout"):
        shape_named(text)


@pytest.mark.parametrize("opening", ["[", '{"size":', '{"size": [1, 1], "tiles": ['])
def test_a_layout_of_brackets_in_brackets_is_refused(opening: str) -> None:
    found = written(opening.encode() * DEEP, lambda path: shape_named(str(path)))
    assert isinstance(found, InputError) and not isinstance(found, Shape)


@settings(max_examples=150, deadline=None)
@given(addresses | some.text(max_size=40))
@example(f"janus://h/{DIGITS}")
def test_any_address_is_a_room_or_refused(address: str) -> None:
    answers(lambda: open_room(address, Visit()))


@settings(max_examples=100, deadline=None)
@given(
    some.builds(
        "{}{}".format,
        some.sampled_from(["stun:", "turn:", "turns:", "turn:u:p@", ""]),
        some.text(max_size=15)
        | some.sampled_from(["h", "h:3478", "h:99999", "h:x", "[::1]:1", "h:" + DIGITS]),
    )
)
def test_a_server_on_the_way_is_one_that_a_connection_can_be_made_with(text: str) -> None:
    server = answers(lambda: ice_server(text))
    if isinstance(server, UsageError):
        return

    async def use() -> None:
        peer = new_peer([server])
        peer.addTransceiver("video", direction="recvonly")
        await peer.createOffer()
        await peer.close()

    asyncio.run(use())


@settings(max_examples=150, deadline=None)
@given(some.text(max_size=15) | some.from_regex(r"([0-9.]{1,6}\s*[hms]?){1,3}") | some.just(DIGITS + "h"))
def test_any_length_of_a_stay_is_a_time_or_refused(text: str) -> None:
    found = answers(lambda: seconds(text))
    assert isinstance(found, UsageError) or found > 0
