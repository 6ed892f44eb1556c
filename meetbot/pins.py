"""The most that may be read and kept on this machine, as its administrator or its user pinned it.

A pin that stands there and can't be read or understood refuses everything: ignoring it would read what
somebody forbade. A user's file can only narrow the system's.
"""

import stat
import tomllib
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import NamedTuple

from meetbot import folders
from meetbot.errors import PolicyError, UsageError
from meetbot.keeping import keep_for
from meetbot.policy import FULL, POLICIES, Policy, policy_named

LONGEST = 65536  # bytes of a file that holds three lines
KEYS = ("policy", "keep", "thumbnails")
WHERE_FORBIDDEN = (
    "Inferring emotions is forbidden in education and at the workplace in the European Union (AI Act, "
    "Article 5(1)(f)) and often bound to consent elsewhere"
)


class Pin(NamedTuple):
    """A policy, the file that sets it, and what that file limits beside."""

    policy: Policy
    file: Path
    keep: timedelta | None = None  # the most time that a lesson is kept
    thumbnails: bool = True  # whether pictures of faces may be kept


def pinned() -> Pin | None:
    """The pin that holds on this machine for this user; none where there is neither file."""
    system, user = _read(folders.system_file()), _read(folders.user_file())
    if system is None or user is None:
        return system or user
    if system.policy.allows(user.policy):
        return user
    if user.policy.allows(system.policy):
        return system
    raise PolicyError(
        f"{system.file} allows {system.policy.name} and {user.file} allows {user.policy.name}, which have "
        "nothing in common: change one of them."
    )


def chosen(asked: str | None = None) -> Policy:
    """The policy to read by: what was asked for, else what is pinned, else `full`."""
    pin = pinned()
    if asked is None:
        return pin.policy if pin else FULL
    return require(policy_named(asked))


def longest_kept(asked: timedelta | None = None) -> timedelta | None:
    """How long a lesson is kept: as asked for, but no longer than any pin says; None is for ever."""
    return min((one for one in (asked, *(pin.keep for pin in _pins())) if one), default=None)


def shortened(asked: timedelta | None) -> str | None:
    """What is told of it to whoever asked for more time than a pin gives."""
    limit = longest_kept()
    if asked is None or limit is None or asked <= limit:
        return None
    file = next(pin.file for pin in _pins() if pin.keep == limit)
    days = "1 day" if limit.days == 1 else f"{limit.days} days"
    return f"{file} keeps lessons for {days} at most; this one, too."


def require_thumbnails() -> None:
    """Refuses pictures of faces where a pin forbids them."""
    for pin in _pins():
        if not pin.thumbnails:
            raise PolicyError(f"--thumbnails is refused: {pin.file} forbids it; leave --thumbnails out.")


def require(policy: Policy) -> Policy:
    """That policy, if the pin allows it."""
    pin = pinned()
    if pin and not pin.policy.allows(policy):
        raise PolicyError(
            f"The policy {policy.name} is refused: {pin.file} allows {pin.policy.name} at most. "
            f"Leave --policy out, or ask whoever looks after that file."
        )
    return policy


def require_shown(path: Path, name: str) -> None:
    """Refuses to open a lesson that holds more than the pin allows."""
    pin = pinned()
    if pin is None:
        return
    try:
        held = policy_named(name)
    except UsageError as error:
        raise PolicyError(
            f"{path} was read under {name!r}, which this meetbot doesn't know; {pin.file} allows "
            f"{pin.policy.name} at most."
        ) from error
    if not pin.policy.allows(held):
        way = f"`meetbot narrow {path} --policy {pin.policy.name}` takes the rest out of it, for good"
        none = f"it can't be narrowed to that, so it must be opened elsewhere or deleted: {path}"
        raise PolicyError(
            f"{path} holds what {held.name} reads, and {pin.file} allows {pin.policy.name} at most; "
            f"{way if held.allows(pin.policy) else none}."
        )


def first_time(policy: Policy) -> str | None:
    """What is said once to each user who reads moods where nothing is pinned; remembered by an empty file."""
    if not policy.moods or pinned():
        return None
    told = folders.state_folder() / "told-where-forbidden"
    with suppress(OSError):  # a home that can't be written must not cost a lesson
        if told.exists():
            return None
        told.parent.mkdir(parents=True, exist_ok=True)
        told.touch()
    return f"{WHERE_FORBIDDEN}; {how_to_pin(folders.system_file())} allows presence and facing only."


def how_to_pin(file: Path) -> str:
    """The line that forbids moods on this machine, and its file."""
    return f'the line policy = "cues" in {file}'


def _pins() -> list[Pin]:
    return [pin for pin in (_read(folders.system_file()), _read(folders.user_file())) if pin]


def _read(file: Path) -> Pin | None:
    try:
        kind = file.stat().st_mode
    except (FileNotFoundError, NotADirectoryError):
        if file.is_symlink():
            raise _refusal(file, "it points to a file that isn't there") from None
        return None
    except OSError as error:
        raise _refusal(file, str(error.strerror)) from error
    if not stat.S_ISREG(kind):  # a pipe would wait for ever
        raise _refusal(file, "it is no plain file")
    try:
        with file.open("rb") as opened:
            content = opened.read(LONGEST + 1)
        told = tomllib.loads(content.decode("utf-8-sig")) if len(content) <= LONGEST else {}
    except OSError as error:
        raise _refusal(file, str(error.strerror)) from error
    except (ValueError, RecursionError) as error:  # neither TOML nor UTF-8
        raise _refusal(file, "it is no TOML") from error
    return _pin(file, told)


def _pin(file: Path, told: dict[str, object]) -> Pin:
    policy = next((policy for policy in POLICIES if told.get("policy") == policy.name), None)
    if policy is None:
        known = ", ".join(policy.name for policy in POLICIES)
        raise _refusal(file, f'it must hold a line policy = "NAME", with one of {known}')
    if unknown := sorted(told.keys() - KEYS):
        raise _refusal(file, f"{unknown[0]!r} is none of {', '.join(KEYS)}")
    thumbnails = told.get("thumbnails", True)
    if not isinstance(thumbnails, bool):
        raise _refusal(file, "thumbnails is neither true nor false")
    return Pin(policy, file, _keep(file, told["keep"]) if "keep" in told else None, thumbnails)


def _keep(file: Path, told: object) -> timedelta:
    try:
        return keep_for(told if isinstance(told, str) else "")
    except UsageError as error:
        raise _refusal(file, 'keep must be a time in quotes, as "30d", "12w", "6m" or "1y"') from error


def _refusal(file: Path, why: str) -> PolicyError:
    return PolicyError(
        f"What may be read on this machine is set by {file}, which can't be understood ({why}); until "
        'that is mended nothing is read. A line such as policy = "cues" is all it needs.'
    )
