"""Holds the live class of `meetbot demo`: our own room, simulated students, and the bot of `meetbot join`."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from meetbot.attend import attend
from meetbot.clock import clock
from meetbot.conclude import Outcome
from meetbot.demo.cast import PUNCTUAL, Script
from meetbot.demo.portraits import check_portraits
from meetbot.demo.troupe import Troupe, come_in, troupe
from meetbot.errors import Interrupted
from meetbot.pipeline import Plan, unwatched
from meetbot.policy import FULL, Policy
from meetbot.resources import make_folder
from meetbot.rooms.base import Visit
from meetbot.rooms.loopback import alone, check_loopback
from meetbot.seams import Watch
from meetbot.sources.live import Terms
from meetbot.types import About, Instant
from meetbot.web.hall import Hall
from meetbot.web.serve import Place, room_aside

CODE = "demo-class"

Tell = Callable[[str], None]


def hold_class(
    out: Path,
    seconds: float,
    watch: Watch = unwatched,
    tell: Tell = lambda line: None,
    policy: Policy = FULL,
    lang: str | None = None,
) -> Outcome:
    """A whole class on this machine, and its report; what goes on is told in a few lines."""
    check_portraits()
    check_loopback()
    try:
        return _hold(make_folder(out), seconds, watch, tell, Plan(policy=policy, lang=lang))
    except KeyboardInterrupt as error:
        raise Interrupted(f"The demo was stopped; what there is lies in {out}.") from error


def _hold(out: Path, seconds: float, watch: Watch, tell: Tell, plan: Plan) -> Outcome:
    hall = Hall(CODE)
    with room_aside(hall, Place(port=0)) as root, troupe(f"{root}/{CODE}") as actors:
        come_in(actors, PUNCTUAL, lambda: {member.name for member in list(hall.members.values())})
        tell(f"In the class room: {', '.join(PUNCTUAL)}, each a process of its own.")
        for line in _invitation(f"{root}/{CODE}", hall.teacher):
            tell(line)
        tell(f"The bot joins them for {clock(seconds)}, as `meetbot join` does.")
        terms = Terms(seconds=seconds)
        played = _played(watch, actors, seconds, tell)
        return attend(f"{root}/{CODE}", Visit(), terms, plan, out, watch=played)


def _played(watch: Watch, actors: Troupe, seconds: float, tell: Tell) -> Watch:
    """A watch by whose time the class happens."""

    def play(instants: Iterable[Instant], about: About) -> Iterator[Instant]:
        script = Script(seconds)
        for instant in watch(instants, replace(about, duration=seconds)):
            for scene in script.due(instant.time):
                actors[scene.who].hear(scene.word)
                tell(f"{clock(instant.time)} {scene.told}.")
            yield instant

    return play


def _invitation(address: str, teacher: str) -> Iterator[str]:
    if alone():
        yield "This machine has no network, and without one no browser can join them; the bot can."
        return
    yield "Sit in, if you like, in a browser: as a student, who is read like them, or as the teacher."
    yield f"  student: {address}"
    yield f"  teacher: {address}#teacher={teacher}"
