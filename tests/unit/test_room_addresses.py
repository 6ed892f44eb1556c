"""Addresses of rooms: what people type, what is ours, and what no room can have."""

from pathlib import Path

import pytest

from meetbot.errors import UsageError
from meetbot.rooms import classroom, room_kind
from meetbot.web.serve import Place


@pytest.mark.parametrize(
    ("place", "port", "address"),
    [
        (Place(), 8765, "http://localhost:8765"),
        (Place("::1"), 1, "http://localhost:1"),
        (Place("school.example", cert=Path("c")), 443, "https://school.example:443"),
        (Place("fd00::2"), 80, "http://[fd00::2]:80"),
    ],
)
def test_the_address_is_what_people_type(place: Place, port: int, address: str) -> None:
    assert place.address(port) == address


def test_the_bot_of_this_machine_comes_by_an_address_that_needs_no_trust() -> None:
    assert Place("0.0.0.0", cert=Path("c")).own_address(8765) == "https://localhost:8765"
    assert Place("192.0.2.7").own_address(8765) == "http://192.0.2.7:8765"
    assert "localhost" not in Place("0.0.0.0").address(8765)


@pytest.mark.parametrize(
    ("address", "ours"),
    [
        ("moba-keto", True),
        ("5b", False),
        ("http://localhost:8765/moba-keto", True),
        ("https://school.example/5b-physics#teacher=x", True),
        ("https://school.example/", False),
        ("https://zoom.example/j/123456", False),
        ("lecture.mp4", False),
    ],
)
def test_addresses_of_the_class_room_are_known(address: str, ours: bool) -> None:
    try:
        assert (room_kind(address).name == classroom.KIND.name) is ours
    except UsageError:
        assert not ours


@pytest.mark.parametrize(
    "address",
    [
        "janus://localhost:99999/12",
        "janus://localhost:port/12",
        "janus:///12",
        "janus://[::1/12",
        "http://localhost:99999/moba-keto",
        "whep+https://media.example:-1/class",
    ],
)
def test_an_address_that_no_server_can_have_is_refused_with_an_example_of_its_kind(address: str) -> None:
    with pytest.raises(UsageError) as told:
        room_kind(address)
    assert address in str(told.value)
    assert str(told.value).endswith(
        {
            "j": "janus://school.example:8188/1234.",
            "h": "or just its class code.",
            "w": "whep+https://media.example/whep/class-5b.",
        }[address[0]]
    )


@pytest.mark.parametrize(
    "address",
    [
        "https://zoom.us/j/123456",
        "https://school.zoom.us/class-5b",
        "https://meet.google.com/abc-defg-hij",
        "https://teams.microsoft.com/meeting",
    ],
)
def test_of_rooms_that_keep_bots_out_the_recording_is_asked_for(address: str) -> None:
    with pytest.raises(UsageError, match=r"record the class there.*`meetbot analyze`"):
        room_kind(address)
