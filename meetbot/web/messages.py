"""What a page or a bot may say to the class room; anything else is refused here, before it is acted on."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from meetbot.settings import NAME_LONGEST
from meetbot.types import EMOTIONS

_TOKEN = re.compile(r"[A-Za-z0-9_-]{16,64}")
_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]+")
_SHARES = ("certainty", *EMOTIONS)  # of a reading: 0 to 1
_ANGLES = ("yaw", "pitch")  # degrees
_SWITCHES = ("analysed", "camera", "microphone", "talking")
_SIGNALS = {"description": {"type", "sdp"}, "candidate": {"candidate", "sdpMid", "sdpMLineIndex"}}


class Malformed(ValueError):
    """A message that no page of ours sends."""


@dataclass(frozen=True, slots=True)
class Join:
    """Let me in."""

    name: str
    token: str  # the sender's own secret, by which a reload is recognised
    role: Literal["person", "bot"]
    teacher: str | None
    switches: Mapping[str, bool]
    key: str = ""  # by which a bot comes in
    mirrors: bool = False  # a bot that shows people what it reads of them


@dataclass(frozen=True, slots=True)
class Signal:
    """Hand this to somebody: one step in the making of a peer-to-peer connection."""

    to: str
    body: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Switch:
    """My camera, microphone or wish to be analysed is another now, or I began or stopped to talk."""

    switches: Mapping[str, bool]


@dataclass(frozen=True, slots=True)
class Look:
    """Show me what is read of me, or no more."""

    on: bool


@dataclass(frozen=True, slots=True)
class Reflect:
    """From the bot: show somebody what was read of them; None where no face was."""

    to: str
    reading: Mapping[str, Any] | None


@dataclass(frozen=True, slots=True)
class WantBot:
    """The teacher starts or stops the bot."""

    on: bool


@dataclass(frozen=True, slots=True)
class EndClass:
    """The teacher ends the class for all."""


Message = Join | Signal | Switch | Look | Reflect | WantBot | EndClass


def read(text: str) -> Message:
    """The message that a line of JSON holds."""
    try:
        said = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise Malformed("not JSON") from error
    if not isinstance(said, dict):
        raise Malformed("not an object")
    match said.get("type"):
        case "join":
            return _join(said)
        case "signal":
            return Signal(_text(said, "to"), _signal(said))
        case "switch":
            return Switch(_switches(said))
        case "mirror":
            return Look(_yes_or_no(said.get("on")))
        case "reading":
            return Reflect(_text(said, "to"), _reading(said.get("reading")))
        case "bot":
            return WantBot(_yes_or_no(said.get("on")))
        case "end":
            return EndClass()
    raise Malformed("a type of message that does not exist")


def plain_name(text: str) -> str:
    """A name for one line of text: no control letters, no turning of the reading direction, not endless."""
    shown = " ".join(_UNSEEN.sub(" ", text[: 20 * NAME_LONGEST]).split())
    return shown if len(shown) <= NAME_LONGEST else shown[: NAME_LONGEST - 1].rstrip() + "…"


def _join(said: Mapping[str, Any]) -> Join:
    role, token, teacher = said.get("role"), _text(said, "token"), said.get("teacher")
    if role not in ("person", "bot") or not _TOKEN.fullmatch(token):
        raise Malformed("no role or no token")
    if not isinstance(teacher, str | None):
        raise Malformed("a teacher's token is text")
    name, key = plain_name(_text(said, "name")) or "Guest", said.get("key") or ""
    if not isinstance(key, str):
        raise Malformed("a bot's key is text")
    mirrors = role == "bot" and _yes_or_no(said.get("mirrors", False))
    return Join(name, token, role, teacher, _switches(said), key, mirrors)


def _signal(said: Mapping[str, Any]) -> Mapping[str, Any]:
    for kind, fields in _SIGNALS.items():
        body = said.get(kind)
        if isinstance(body, dict) and all(isinstance(one, str | int | None) for one in body.values()):
            return {kind: {name: body[name] for name in fields if name in body}}
    raise Malformed("a signal without description or candidate")


def _switches(said: Mapping[str, Any]) -> Mapping[str, bool]:
    return {name: _yes_or_no(said[name]) for name in _SWITCHES if name in said}


def _reading(value: object) -> Mapping[str, Any] | None:
    """A face as shares of its picture, and plain numbers; whatever else was said is left out."""
    if value is None:
        return None
    if not isinstance(value, dict) or not isinstance(value.get("box"), list) or len(value["box"]) != 4:
        raise Malformed("a reading without a box")
    shares = {name: _number(value.get(name), 0.0, 1.0) for name in _SHARES}
    angles = {name: _number(value.get(name), -180.0, 180.0) for name in _ANGLES}
    box = [_number(side, -1.0, 2.0) for side in value["box"]]
    return {"box": box, **shares, **angles, "unsure": _yes_or_no(value.get("unsure"))}


def _number(value: object, least: float, most: float) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not least <= value <= most:
        raise Malformed("a number that no reading has")
    return float(value)


def _yes_or_no(value: object) -> bool:
    if not isinstance(value, bool):
        raise Malformed("neither true nor false")
    return value


def _text(said: Mapping[str, Any], name: str) -> str:
    value = said.get(name)
    if not isinstance(value, str):
        raise Malformed(f"{name} is no text")
    return value
