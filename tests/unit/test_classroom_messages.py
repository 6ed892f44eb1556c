"""What a page may say to the class room, and what is refused."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from meetbot.settings import NAME_LONGEST
from meetbot.web.messages import EndClass, Join, Malformed, Signal, Switch, WantBot, plain_name, read

TOKEN = "0123456789abcdef"
JOIN = {"type": "join", "role": "person", "name": "Ada", "token": TOKEN}
VALUES = some.recursive(
    some.none() | some.booleans() | some.integers() | some.text(max_size=8),
    lambda inner: some.lists(inner, max_size=3) | some.dictionaries(some.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)
FIELDS = some.sampled_from(
    ["name", "token", "role", "to", "on", "description", "candidate", "analysed", "teacher"]
)


def said(**fields: Any) -> str:
    return json.dumps(fields)


def test_every_message_of_a_page_is_understood() -> None:
    assert read(said(**JOIN, camera=True)) == Join("Ada", TOKEN, "person", None, {"camera": True})
    assert read(said(**{**JOIN, "role": "bot"}, teacher="s")) == Join("Ada", TOKEN, "bot", "s", {})
    assert read(said(type="switch", talking=True, analysed=False)) == Switch(
        {"talking": True, "analysed": False}
    )
    assert read(said(type="bot", on=False)) == WantBot(False)
    assert read(said(type="end")) == EndClass()


def test_a_signal_carries_only_what_belongs_into_it() -> None:
    description = {"type": "offer", "sdp": "v=0", "extra": "x"}
    assert read(said(type="signal", to="k", description=description, more=1)) == Signal(
        "k", {"description": {"type": "offer", "sdp": "v=0"}}
    )
    candidate = {"candidate": "candidate:1", "sdpMid": "0", "sdpMLineIndex": 0, "usernameFragment": "u"}
    body = {"candidate": {"candidate": "candidate:1", "sdpMid": "0", "sdpMLineIndex": 0}}
    assert read(said(type="signal", to="k", candidate=candidate)) == Signal("k", body)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        "7",
        "null",
        "[" * 50_000,
        said(),
        said(type=["join"]),
        said(type="sing"),
        said(**{**JOIN, "role": "teacher"}),
        said(**{**JOIN, "token": "short"}),
        said(**{**JOIN, "token": "0123456789abcde\n"}),
        said(**{**JOIN, "name": {"x": 1}}),
        said(**JOIN, teacher=7),
        said(**JOIN, camera="yes"),
        said(type="switch", talking=1),
        said(type="bot"),
        said(type="signal", to=3, description={}),
        said(type="signal", to="k"),
        said(type="signal", to="k", description={"type": "offer", "sdp": {"deep": 1}}),
    ],
)
def test_anything_else_is_malformed(text: str) -> None:
    with pytest.raises(Malformed):
        read(text)


@given(
    VALUES, some.sampled_from(["join", "signal", "switch", "bot", "end"]), some.dictionaries(FIELDS, VALUES)
)
def test_no_message_breaks_the_reader(value: Any, type: str, fields: dict[str, Any]) -> None:
    for text in (json.dumps(value), json.dumps({**fields, "type": type})):
        try:
            understood = read(text)
        except Malformed:
            continue
        assert isinstance(understood, Join | Signal | Switch | WantBot | EndClass)


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("  Ada \n Lovelace ", "Ada Lovelace"),
        ("<b>Ada</b>", "<b>Ada</b>"),
        ("Ada\u202ecilA\u200b", "Ada cilA"),
        ("\u0627\u0628\u062a", "\u0627\u0628\u062a"),
        ("\x1b[31mred", "[31mred"),
        ("\ud800", ""),
    ],
)
def test_a_name_becomes_one_plain_line(typed: str, shown: str) -> None:
    assert plain_name(typed) == shown


def test_an_endless_name_is_cut_off_and_says_so() -> None:
    shown = plain_name("W" * 100_000)
    assert len(shown) == NAME_LONGEST
    assert shown.endswith("W…")


def test_whoever_gives_no_name_is_a_guest() -> None:
    joined = read(said(**{**JOIN, "name": "\u200b \n"}))
    assert isinstance(joined, Join)
    assert joined.name == "Guest"
