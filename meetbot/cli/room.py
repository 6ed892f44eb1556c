"""meetbot room: a class room that students open in their browser."""

import os
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from math import inf
from pathlib import Path
from typing import Annotated

import typer

from meetbot.cli import options
from meetbot.cli.console import complain, new_passphrase, say
from meetbot.cli.logs import logged
from meetbot.cli.policies import policy_by
from meetbot.passphrase import VARIABLE
from meetbot.policy import Policy
from meetbot.settings import LEAST_EVERY, MOST_EVERY, ROOM_PORT

_COMING = 20.0  # seconds that a bot may take to come in; the teacher's page waits as long


def room(
    code: Annotated[
        str | None, typer.Argument(metavar="[CODE]", help="The class code; without it, a new one.")
    ] = None,
    host: Annotated[
        str, typer.Option("--host", help="The address to be reached at; 0.0.0.0: by other machines too.")
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", min=0, max=65535, help="0: any that is free.")] = ROOM_PORT,
    cert: Annotated[Path | None, typer.Option("--cert", help="Certificate for https, in PEM form.")] = None,
    key: Annotated[Path | None, typer.Option("--key", help="The certificate's key, in PEM form.")] = None,
    ice: Annotated[
        list[str] | None,
        typer.Option("--ice", metavar="URL", help="stun:host or turn:user:password@host, for NAT."),
    ] = None,
    allow_host: Annotated[
        list[str] | None,
        typer.Option("--allow-host", metavar="NAME", help="Another name of this room, as behind a proxy."),
    ] = None,
    live: Annotated[
        bool, typer.Option("--live", help="A page for the teacher's second screen, on this machine only.")
    ] = False,
    open: Annotated[bool, typer.Option("--open", help="Open the teacher's page in the browser.")] = False,
    name: Annotated[str | None, typer.Option("--name", help="What the bot is called in the room.")] = None,
    exclude: options.Exclude = None,
    names: options.Names = options.NAMES,
    keep: options.Keep = None,
    encrypt: options.Encrypt = False,
    every: Annotated[
        float,
        typer.Option(
            "--every", min=LEAST_EVERY, max=MOST_EVERY, help="Seconds between two looks of the bot."
        ),
    ] = options.EVERY,
    out: Annotated[
        Path | None,
        typer.Option("--out", help="Folder for what the bot writes; without it, the current one."),
    ] = None,
    roster: options.Roster = None,
    teacher: options.Teacher = None,
    policy: options.PolicyName = options.POLICY,
    log_file: options.LogFile = None,
    lang: options.Lang = None,
) -> None:
    """Hold a class of up to twelve in the browser, with the bot as a visible participant."""
    from meetbot.privacy import privacy
    from meetbot.web.hall import Hall, new_code
    from meetbot.web.livepage import Board
    from meetbot.web.serve import HTTPS, Place, hold

    privacy(exclude=exclude or (), names=names, keep=keep)  # what the bot would refuse is refused now
    secret = {VARIABLE: new_passphrase()} if encrypt else {}
    hall = Hall(code or new_code(), [_server(url) for url in ice or ()])
    place = Place(host, port, cert, key, tuple(allow_host or ()))
    with logged(log_file, "room", _check(out, roster, policy, lang)):
        pass  # one that can't be written is refused now
    given = _options(
        exclude or (), encrypt, name=name, out=out, roster=roster, teacher=teacher, every=every,
        policy=policy, names=names, keep=keep, log_file=log_file, lang=lang,
    )  # fmt: skip
    bot = Bot(given, secret)

    def opened(address: str, link: str | None) -> None:
        own = place.own_address(int(address.rpartition(":")[2]))
        hall.start_bot = lambda: bot.start(f"{own}/{hall.code}")
        say(f"students: {address}/{hall.code}")
        say(f"teacher:  {address}/{hall.code}#teacher={hall.teacher}")
        if link:
            say(f"live:     {link}")
        if not place.local and not cert:
            complain(HTTPS)
        complain("the class goes on until the teacher ends it, or Ctrl-C here.")
        if open:
            _show(f"{address}/{hall.code}#teacher={hall.teacher}")

    try:
        with suppress(KeyboardInterrupt):
            hold(hall, place, opened, Board() if live else None)
    finally:
        bot.wait()
    say("The class is over.")


class Bot:
    """The bot in a process of its own, by the same command that anybody can type."""

    def __init__(self, wishes: Sequence[str] = (), secret: Mapping[str, str] | None = None) -> None:
        self._wishes = wishes  # options of `meetbot join`
        self._secret = dict(secret or {})  # what no option may carry, since other users see options
        self._processes: list[subprocess.Popen[bytes]] = []
        self._asked = -inf

    def start(self, address: str) -> None:
        """Let a bot join, unless one is on its way; the last one may still be at its report."""
        coming = time.monotonic() - self._asked < _COMING
        if coming and self._processes and self._processes[-1].poll() is None:
            return
        join = [sys.executable, "-m", "meetbot", "join", address, "--quiet", *self._wishes]
        self._processes.append(subprocess.Popen(join, env={**os.environ, **self._secret}))
        self._asked = time.monotonic()

    def wait(self) -> None:
        """Until all reports are written."""
        for process in self._processes:
            process.wait()


def _options(exclude: Sequence[str], encrypt: bool, **single: object) -> list[str]:
    """The options of `meetbot join` that were given to the room."""
    told = [f"--{name.replace('_', '-')}={value}" for name, value in single.items() if value is not None]
    return [*told, *(f"--exclude={one}" for one in exclude), *(["--encrypt"] if encrypt else [])]


def _check(out: Path | None, roster: Path | None, policy: str | None, lang: str | None) -> Policy:
    """What the bot would refuse is refused now, not when the class waits for it."""
    from meetbot.language import language_for
    from meetbot.resources import make_folder
    from meetbot.roster import read_roster

    by = policy_by(policy)
    language_for(lang)
    if roster:
        read_roster(roster)
    if out:
        make_folder(out)
    return by


def _server(url: str) -> dict[str, str]:
    """A STUN or TURN server as browsers want it told."""
    from meetbot.rooms import ice_server  # a second of imports that most classes need not wait for

    told = ice_server(url)
    fields = {"urls": str(told.urls), "username": told.username}
    return {name: text for name, text in {**fields, "credential": told.credential}.items() if text}


def _show(address: str) -> None:
    import webbrowser

    if not webbrowser.open(address):
        complain("No browser could be opened; open the teacher's link yourself.")
