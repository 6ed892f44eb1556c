"""Who is in a built-in class, and who is told what; nothing here knows of sockets."""

import hashlib
import re
import secrets
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count
from typing import Any
from unicodedata import normalize

from meetbot.errors import UsageError
from meetbot.settings import CLASS_MOST
from meetbot.web.keys import matches, new_key
from meetbot.web.messages import EndClass, Join, Look, Message, Reflect, Signal, Switch, WantBot

Say = Callable[[Mapping[str, Any] | None], None]  # None: that was the last
CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]{2,39}")
FULL = (
    f"This class is full: {CLASS_MOST} people can meet in it, because every browser sends to every other. "
    "A larger class needs a Janus server; your teacher finds how in meetbot's documentation, "
    "docs/room.md, under “Larger classes”."
)


NOT_THE_BOT = (
    "only the bot that belongs to this class room may come in as a bot; on another machine, or as another "
    "user, let it join by the teacher's link, the one with #teacher= in it"
)


class Refused(Exception):
    """Somebody is not let in; `reason` is for programs, the text for people."""

    def __init__(self, reason: str, why: str) -> None:
        super().__init__(why)
        self.reason = reason


@dataclass(slots=True, eq=False)
class Member:
    """Somebody in the class: a person, or the bot."""

    key: str
    name: str
    role: str
    teacher: bool
    say: Say
    switches: dict[str, bool]
    mirrors: bool = False  # a bot that shows people what it reads of them
    looks: bool = False  # wants to be shown it; only the bot is told
    number: int = 1  # which of those who are here under the same name

    def shown(self) -> dict[str, Any]:
        """As the others are told."""
        return {
            "key": self.key,
            "name": self.name,
            "role": self.role,
            "teacher": self.teacher,
            "mirrors": self.mirrors,
            "number": self.number,
            **self.switches,
        }


@dataclass(slots=True)
class Hall:
    """One class: its code, its teacher's secret, and everybody in it."""

    code: str
    ice: Sequence[Mapping[str, Any]] = ()
    start_bot: Callable[[], None] | None = None  # lets a bot come, where this machine can start one
    teacher: str = field(default_factory=new_key)
    bot: str = field(default_factory=new_key)  # by which its bot comes in
    members: dict[str, Member] = field(default_factory=dict)
    bot_wanted: bool = True
    ended: Callable[[], None] = lambda: None

    def __post_init__(self) -> None:
        if not CODE.fullmatch(self.code):
            raise UsageError(f"{self.code!r} can't be a class code; take 3 to 40 letters, digits and dashes.")

    def enter(self, join: Join, say: Say) -> Member:
        """Let somebody in, and tell them and all others; raises Refused."""
        teacher = join.teacher is not None and matches(join.teacher, self.teacher)
        switches = _first(join.switches)
        member = Member(key_of(join.token), join.name, join.role, teacher, say, switches, join.mirrors)
        same = self.members.get(member.key)
        self._admit(join, member, same)
        if same is not None:
            same.say({"type": "refused", "reason": "elsewhere", "why": "You came in again in another tab."})
            same.say(None)
            self.go(same)
        member.number = self._number(member.name)
        others = [other.shown() for other in self.members.values()]
        self.members[member.key] = member
        member.say(self._welcome(member, others))
        self._tell_others(member, {"type": "joined", "person": member.shown()})
        if member.mirrors:
            for other in self.members.values():
                if other.looks:
                    member.say({"type": "mirror", "key": other.key, "on": True})
        return member

    def act(self, member: Member, message: Message) -> None:
        """Do what a member asks, where it is theirs to ask; anything else is passed over."""
        match message:
            case Signal(to, body):
                self._pass_on(member, self.members.get(to), body)
            case Switch(switches):
                member.switches.update(switches)
                self._tell_others(member, {"type": "changed", "person": member.shown()})
                if not member.switches["analysed"]:
                    self._look(member, False)
            case Look(on):
                self._look(member, on and member.switches["analysed"])
            case Reflect(to, reading) if member.mirrors:
                self._reflect(self.members.get(to), reading)
            case WantBot(on) if member.teacher:
                self._want_bot(on)
            case EndClass() if member.teacher:
                self.end("The teacher ended the class.")

    def go(self, member: Member) -> None:
        """Somebody went; doing it twice does no harm."""
        if self.members.get(member.key) is member:
            del self.members[member.key]
            self._tell_others(member, {"type": "left", "key": member.key})

    def end(self, why: str) -> None:
        """The class is over for everybody."""
        self._dismiss(list(self.members.values()), why)
        self.ended()

    def _admit(self, join: Join, member: Member, same: Member | None) -> None:
        if join.role == "bot":
            if not self._is_bot(join.key):
                raise Refused("key", NOT_THE_BOT)
            if not self.bot_wanted:
                raise Refused(
                    "stopped", "the teacher has stopped the bot, and can start it again in the class"
                )
            if same is None and next(self._bots(), None) is not None:
                raise Refused("bot", "there is a bot in this class already")
        elif join.teacher is not None and not member.teacher:
            raise Refused("teacher", "This teacher's link is not valid any more; open the newest one.")
        elif sum(one.role == "person" for one in self.members.values() if one is not same) >= CLASS_MOST:
            raise Refused("full", FULL)

    def _number(self, name: str) -> int:
        """The first number that nobody of this name has: who takes another's name is seen to be another."""
        taken = {one.number for one in self.members.values() if _alike(one.name) == _alike(name)}
        return next(number for number in count(1) if number not in taken)

    def _is_bot(self, key: str) -> bool:
        """By the key of this room, or as sent by the teacher."""
        return matches(key, self.bot) or matches(key, self.teacher)

    def _welcome(self, member: Member, others: list[dict[str, Any]]) -> dict[str, Any]:
        return {
            "type": "welcome",
            "you": member.shown(),
            "people": others,
            "ice": [dict(server) for server in self.ice],
            "bot": {"wanted": self.bot_wanted, "can_start": self.start_bot is not None},
        }

    def _pass_on(self, sender: Member, to: Member | None, body: Mapping[str, Any]) -> None:
        """Nothing passes between the bot and somebody who does not want to be analysed."""
        if to is None or to is sender:
            return
        people = [one for one in (sender, to) if one.role == "person"]
        if len(people) < 2 and not all(one.switches["analysed"] for one in people):
            return
        to.say({"type": "signal", "from": sender.key, **body})

    def _look(self, member: Member, on: bool) -> None:
        """Somebody wants to see what is read of them, or no more; nobody but the bot is told."""
        if member.role == "person" and member.looks != on:
            member.looks = on
            for bot in self._bots():
                bot.say({"type": "mirror", "key": member.key, "on": on})

    def _reflect(self, to: Member | None, reading: Mapping[str, Any] | None) -> None:
        """What was read of somebody is for them alone, and only while they want both."""
        if to is not None and to.looks and to.switches["analysed"]:
            to.say({"type": "reading", "reading": reading})

    def _want_bot(self, on: bool) -> None:
        self.bot_wanted = on
        for member in self.members.values():
            member.say({"type": "bot", "wanted": on, "can_start": self.start_bot is not None})
        if not on:
            self._dismiss(list(self._bots()), "The teacher stopped the bot.")
        elif self.start_bot is not None and next(self._bots(), None) is None:
            self.start_bot()

    def _dismiss(self, members: Sequence[Member], why: str) -> None:
        for member in members:
            member.say({"type": "ended", "why": why})
            member.say(None)
            self.go(member)

    def _bots(self) -> Iterator[Member]:
        return (member for member in self.members.values() if member.role == "bot")

    def _tell_others(self, about: Member, news: Mapping[str, Any]) -> None:
        for member in list(self.members.values()):
            if member is not about:
                member.say(news)


def _alike(name: str) -> str:
    """What two names have in common that look the same."""
    return normalize("NFKC", name).casefold()


def key_of(token: str) -> str:
    """What others know somebody by: the same after a reload or a restart, and no way back to the token."""
    return hashlib.sha256(token.encode()).hexdigest()[:16]


def new_code() -> str:
    """A class code that can be read out over a telephone: a hundred billion, so none is found by trying."""
    syllables = ["".join(map(secrets.choice, ("bdfgklmnprstvz", "aeiou"))) for _ in range(6)]
    return "-".join("".join(syllables[at : at + 2]) for at in (0, 2, 4))


def _first(switches: Mapping[str, bool]) -> dict[str, bool]:
    """Everything is off that was not said to be on."""
    return {"analysed": False, "camera": False, "microphone": False, "talking": False, **switches}
