"""meetbot join: a live class."""

import re
from math import inf
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from meetbot.cli import options
from meetbot.cli.console import NOT_ENCRYPTED, complain, new_passphrase, progress
from meetbot.cli.logs import logged
from meetbot.cli.outcome import tell
from meetbot.cli.policies import policy_by
from meetbot.errors import UsageError

if TYPE_CHECKING:
    from meetbot.sources.tally import Tally

_UNITS = {"s": 1.0, "m": 60.0, "h": 3600.0, "": 60.0}


def join(
    room: Annotated[str, typer.Argument(metavar="ROOM", help="The room's address, or a class code.")],
    name: Annotated[str | None, typer.Option("--name", help="What the bot is called in the room.")] = None,
    length: Annotated[
        str | None, typer.Option("--for", metavar="TIME", help="When to leave: 50m, 1h30m, 90s.")
    ] = None,
    pin: Annotated[
        str | None, typer.Option("--pin", envvar="MEETBOT_PIN", help="The room's pin, or the stream's token.")
    ] = None,
    ice: Annotated[
        list[str] | None,
        typer.Option("--ice", metavar="URL", help="stun:host or turn:user:password@host, for NAT."),
    ] = None,
    exclude: options.Exclude = None,
    names: options.Names = options.NAMES,
    keep: options.Keep = None,
    encrypt: options.Encrypt = False,
    live: Annotated[
        bool, typer.Option("--live", help="A page for the teacher's second screen while the class goes on.")
    ] = False,
    every: options.Every = options.EVERY,
    out: Annotated[
        Path | None, typer.Option("--out", help="Folder for what is written; without it, the current one.")
    ] = None,
    roster: options.Roster = None,
    teacher: options.Teacher = None,
    policy: options.PolicyName = options.POLICY,
    no_slides: options.NoSlides = False,
    thumbnails: options.Thumbnails = False,
    lang: options.Lang = None,
    json: options.Json = False,
    open: options.Open = False,
    quiet: options.Quiet = False,
    log_file: options.LogFile = None,
) -> None:
    """Join a live class as a visible participant, and write its report when it ends."""
    from meetbot.attend import attend
    from meetbot.cli.live import live_page
    from meetbot.pipeline import Plan
    from meetbot.privacy import privacy
    from meetbot.rooms import ice_server
    from meetbot.rooms.base import Visit, notice
    from meetbot.roster import read_roster
    from meetbot.sources.live import Terms
    from meetbot.sources.tally import Tally

    room, pin = by_teachers_link(room, pin)
    visit = Visit(notice(name), pin, tuple(ice_server(url) for url in ice or ()))
    terms = Terms(seconds=seconds(length) if length else inf)
    entries = read_roster(roster) if roster else ()
    phrase = new_passphrase() if encrypt else None
    protection = privacy(entries, exclude or (), names, keep, phrase)
    by = policy_by(policy, protection.keep)
    plan = Plan(every, by, "auto", not no_slides, thumbnails, protection, lang)
    tally = Tally()
    with (
        logged(log_file, "join", plan.policy, not protection.hides_names) as log,
        live_page(room, plan, tally, live, entries, teacher) as running,
        progress(quiet or json, lambda: standing(tally)) as watch,
    ):
        watched = log.watching(watch)
        outcome = attend(room, visit, terms, plan, out, entries, teacher, watched, tally, running)
        log.read(outcome.figures)
    if outcome.encrypted:
        complain(NOT_ENCRYPTED.format(outcome.report))
    tell(outcome, json, open)


def by_teachers_link(room: str, pin: str | None) -> tuple[str, str | None]:
    """A room and what lets the bot in; the secret in a teacher's link is no part of what is written down."""
    address, link, secret = room.partition("#teacher=")
    return address, (pin or secret) if link else pin


def standing(tally: "Tally") -> str:
    """How well the class is followed so far, in one line."""
    people = f"{tally.people} {'person' if tally.people == 1 else 'people'}"
    behind, load = tally.delay(0.5), tally.load(tally.receiving + tally.reading)
    if behind is None:
        return people
    return f"{people}, {tally.made} of {tally.due} readings, {behind:.1f} s behind, {load:.0%} of one core"


def seconds(text: str) -> float:
    """The length of `50m`, `1h30m`, `90s`; a bare number is minutes."""
    parts = re.findall(r"(\d+(?:\.\d+)?)\s*([hms]?)", text.strip().lower())
    if not parts or "".join(number + unit for number, unit in parts) != re.sub(r"\s", "", text.lower()):
        raise UsageError(f"--for {text} is no length of time; write it like 50m, 1h30m or 90s.")
    told = sum(float(number) * _UNITS[unit] for number, unit in parts)
    if told == 0:
        raise UsageError(f"--for {text} is no time at all; leave --for out to stay until the class ends.")
    return told
