"""The processes of the simulated students: begun together, told what to do, and never left behind."""

import json
import os
import secrets
import subprocess
import sys
import time
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager, suppress

from meetbot.demo.cast import CAST, Word
from meetbot.errors import RoomError
from meetbot.web.hall import key_of

_COME_WITHIN = 60.0  # seconds; six Pythons that start at once take 4 on two idle cores
_GO_WITHIN = 10.0  # seconds until a student who does not go is ended

Troupe = Mapping[str, "Actor"]


class Actor:
    """One student's process; it ends when its input does, so also when this process is killed."""

    def __init__(self, name: str, about: Mapping[str, object]) -> None:
        self.name = name
        self._process = subprocess.Popen(
            [sys.executable, "-m", "meetbot.demo.student"],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=None if os.environ.get("MEETBOT_TRACE") else subprocess.DEVNULL,
            text=True,
            start_new_session=True,  # a terminal's Ctrl-C reaches us only, and we say good-bye to them
        )
        self._write(json.dumps(about))

    def hear(self, word: Word) -> None:
        """Tell them what to do; whoever has left hears nothing."""
        self._write(word)

    def ended(self) -> int | None:
        """The exit status of one who is gone."""
        return self._process.poll()

    def send_off(self) -> None:
        """Nothing more will be said."""
        assert self._process.stdin is not None
        with suppress(OSError):
            self._process.stdin.close()

    def wait(self) -> None:
        """Until they are gone."""
        try:
            self._process.wait(_GO_WITHIN)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def _write(self, line: str) -> None:
        assert self._process.stdin is not None
        with suppress(OSError):
            self._process.stdin.write(f"{line}\n")
            self._process.stdin.flush()


@contextmanager
def troupe(address: str) -> Iterator[Troupe]:
    """A process for each student of the cast while the block runs; nobody has come in yet."""
    secret = secrets.token_urlsafe(16)
    tokens = [f"{secret}-{place}" for place in range(len(CAST))]
    companions = [key_of(token) for token in tokens]
    actors: dict[str, Actor] = {}
    try:
        for place, (student, token) in enumerate(zip(CAST, tokens, strict=True)):
            about = {"address": address, "place": place, "token": token, "companions": companions}
            actors[student.name] = Actor(student.name, about)
        yield actors
    finally:
        for actor in actors.values():
            actor.send_off()
        for actor in actors.values():
            actor.wait()


def come_in(actors: Troupe, names: Collection[str], present: Callable[[], Collection[str]]) -> None:
    """Let some come into the class, and wait until they are there."""
    for name in names:
        actors[name].hear("come")
    until = time.monotonic() + _COME_WITHIN
    while missing := _missing(names, present()):
        ended = [name for name in missing if actors[name].ended() is not None]
        if ended or time.monotonic() > until:
            raise RoomError(
                f"The simulated student {(ended or missing)[0]} does not come into the class; "
                "set MEETBOT_TRACE=1 to see why."
            )
        time.sleep(0.05)


def _missing(names: Collection[str], here: Collection[str]) -> list[str]:
    return [name for name in names if name not in here]
