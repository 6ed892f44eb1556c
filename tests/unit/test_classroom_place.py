"""Holding a class: addresses, ports, certificates, and what is said when one of them is wrong."""

import asyncio
import json
import signal
import socket
import ssl
import subprocess
import threading
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.request import urlopen

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from typer.testing import CliRunner

from meetbot.cli import app
from meetbot.errors import InputError, MeetbotError, RoomError, UsageError
from meetbot.rooms import classroom
from meetbot.rooms.base import Ended, News, Visit
from meetbot.rooms.classroom import ClassRoom
from meetbot.timeline.lesson import open_lesson
from meetbot.web.hall import Hall
from meetbot.web.serve import Place, opened_room, room_aside
from tests.classroom import CODE, Guest, in_loop
from tests.commands import Done, begun

NAME = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])


def certificate(folder: Path, password: bytes | None = None) -> tuple[Path, Path]:
    """A certificate for localhost that nobody has signed but itself, and its key."""
    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.now(UTC)
    made = x509.CertificateBuilder(NAME, NAME, key.public_key(), x509.random_serial_number())
    made = made.not_valid_before(now).not_valid_after(now + timedelta(days=1))
    lock = serialization.BestAvailableEncryption(password) if password else serialization.NoEncryption()
    pem, form = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8
    cert, secret = folder / "room.crt", folder / "room.key"
    cert.write_bytes(made.sign(key, hashes.SHA256()).public_bytes(pem))
    secret.write_bytes(key.private_bytes(pem, form, lock))
    return cert, secret


@contextmanager
def room(*words: str, folder: Path | None = None) -> Iterator[tuple[list[str], "subprocess.Popen[str]"]]:
    """`meetbot room` on a free port, and the links that it printed."""
    process = begun(folder, "room", "--port", "0", *words)
    assert process.stdout and process.stderr
    try:
        yield [process.stdout.readline().split()[-1] for _ in range(2 + ("--live" in words))], process
    finally:
        process.kill()
        process.wait()  # not for its pipes: a bot that it started may hold them for a while
        process.stdout.close()
        process.stderr.close()


def ended(process: "subprocess.Popen[str]") -> Done:
    """How the command ended by itself."""
    out, err = process.communicate(timeout=60)
    return Done(process.returncode, out, err)


@asynccontextmanager
async def teacher_at(link: str) -> AsyncIterator[Guest]:
    """The teacher's page, by the link that the command printed."""
    address, _, secret = link.partition("#teacher=")
    async with aiohttp.ClientSession() as http, http.ws_connect(f"{address}/socket") as socket:
        teacher = Guest(socket)
        await teacher.say("join", role="person", name="Ms Noether", token="t" * 16, teacher=secret)
        teacher.welcome = await teacher.told("welcome")
        yield teacher


@in_loop
async def test_the_page_is_served_over_https_where_there_is_a_certificate(tmp_path: Path) -> None:
    cert, key = certificate(tmp_path)
    trust = ssl.create_default_context(cafile=str(cert))
    trust.check_hostname = False
    async with opened_room(Hall(CODE), Place(port=0, cert=cert, key=key)) as address:
        assert address.startswith("https://localhost:")
        async with aiohttp.ClientSession() as http, http.get(f"{address}/{CODE}", ssl=trust) as page:
            assert "What is analysed" in await page.text()


@in_loop
async def test_a_bare_code_finds_this_machines_own_class_with_a_certificate_or_without(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cert, key = certificate(tmp_path)
    for files in ((None, None), (cert, key)):
        async with opened_room(Hall(CODE), Place(port=0, cert=files[0], key=files[1])) as address:
            monkeypatch.setattr(classroom, "ROOM_PORT", int(address.rpartition(":")[2]))
            bot = ClassRoom(CODE, Visit())
            await bot.join(lambda news: None)
            await bot.leave()


@in_loop
async def test_everybody_is_told_when_the_room_closes() -> None:
    news: list[News] = []
    async with opened_room(Hall(CODE), Place(port=0)) as address:
        bot = ClassRoom(f"{address}/{CODE}", Visit())
        await bot.join(news.append)
    while not news:
        await asyncio.sleep(0.01)
    await bot.leave()
    assert news == [Ended("The class room was closed")]


def test_a_room_aside_is_open_while_the_block_runs_and_leaves_no_thread() -> None:
    before = threading.active_count()
    with room_aside(Hall(CODE), Place(port=0)) as address:
        with urlopen(f"{address}/{CODE}") as page:
            assert "What is analysed" in page.read().decode()
        with (
            pytest.raises(UsageError, match="in use"),
            room_aside(Hall(CODE), Place(port=int(address.rpartition(":")[2]))),
        ):
            raise AssertionError("two rooms on one port")
    assert threading.active_count() == before
    with pytest.raises(URLError):
        urlopen(f"{address}/{CODE}")


@in_loop
async def test_a_server_that_speaks_otherwise_is_no_class_room() -> None:
    words = ["hello", "7", "", "{}", '{"type": "welcome"}', '{"type": "welcome", "ice": [], "people": [{}]}']

    async def mutter(request: web.Request) -> web.StreamResponse:
        strange = web.WebSocketResponse()
        await strange.prepare(request)
        await strange.send_str(words[int(request.match_info["number"])])
        await strange.close()
        return strange

    app = web.Application()
    app.add_routes([web.get("/room-{number}/socket", mutter)])
    news: list[News] = []
    async with TestServer(app) as server:
        for number in range(len(words)):
            with pytest.raises(RoomError, match=r"not as a class room|no reason was given"):
                await ClassRoom(str(server.make_url(f"/room-{number}")), Visit()).join(news.append)
    assert news == []


@in_loop
@pytest.mark.parametrize(
    "request_line",
    [
        b"\x16\x03\x01 a greeting for https\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: localhost\r\nX: " + b"1" * 9000 + b"\r\n\r\n",
        b"GET /moba-keto/socket HTTP/1.1\r\nHost: localhost\r\n\r\n",
        b"POST /moba-keto HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\n\r\nx",
    ],
)
async def test_a_broken_request_is_refused_and_prints_nothing(
    request_line: bytes, capfd: pytest.CaptureFixture[str]
) -> None:
    async with opened_room(Hall(CODE), Place(port=0)) as address:
        reader, writer = await asyncio.open_connection("127.0.0.1", int(address.rpartition(":")[2]))
        writer.write(request_line)
        assert (await reader.readline()).split()[1] in (b"400", b"405")
        writer.close()
        await writer.wait_closed()
    assert capfd.readouterr() == ("", "")


@in_loop
@pytest.mark.parametrize(
    ("place", "said"),
    [
        (Place("203.0.113.9", 0), "no address of this machine"),
        (Place("nowhere.invalid", 0), "no address of this machine"),
        (Place(cert=Path("only.crt")), "both --cert and --key"),
    ],
)
async def test_an_impossible_place_is_refused_in_a_sentence(place: Place, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        async with opened_room(Hall(CODE), place):
            pass


@in_loop
async def test_a_port_in_use_is_named() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(UsageError, match=f"Port {port} .* in use; take another with --port"):
            async with opened_room(Hall(CODE), Place(port=port)):
                pass


@in_loop
async def test_a_certificate_that_cant_be_used_is_refused_in_a_sentence(tmp_path: Path) -> None:
    cert, key = certificate(tmp_path)
    text = tmp_path / "notes.txt"
    text.write_text("no certificate")
    missing = tmp_path / "missing.pem"
    for files, said in (((missing, key), "missing.pem can't be read"), ((text, key), "PEM form")):
        with pytest.raises(InputError, match=said):
            async with opened_room(Hall(CODE), Place(port=0, cert=files[0], key=files[1])):
                pass
    cert, locked = certificate(tmp_path, password=b"secret")
    with pytest.raises(InputError, match="without a password"):
        async with opened_room(Hall(CODE), Place(port=0, cert=cert, key=locked)):
            pass


@in_loop
async def test_the_command_prints_both_links_and_ends_on_ctrl_c() -> None:
    ice = ("--ice", "stun:stun.example", "--ice", "turn:u:p@turn.example:3479")
    with room("moba-keto", *ice) as ((students, link), process):
        assert students.endswith("/moba-keto")
        assert link.startswith(f"{students}#teacher=")
        async with teacher_at(link) as teacher:
            assert teacher.welcome["ice"] == [
                {"urls": "stun:stun.example"},
                {"urls": "turn:turn.example:3479", "username": "u", "credential": "p"},
            ]
            process.send_signal(signal.SIGINT)
            await teacher.told("ended")
        done = await asyncio.to_thread(ended, process)
    assert done.code == 0
    assert "Traceback" not in done.err


async def state_of(link: str) -> dict[str, Any]:
    """What the live page is told at first."""
    address, _, token = link.partition("#")
    said = {"X-Meetbot-Token": token}
    async with (
        asyncio.timeout(60),
        aiohttp.ClientSession() as http,
        http.get(f"{address}values", headers=said) as answer,
    ):
        told: dict[str, Any] = json.loads((await answer.content.readuntil(b"\n\n"))[6:])
    return told


@in_loop
async def test_the_teacher_starts_the_bot_and_its_report_is_there_when_the_class_is_over(
    tmp_path: Path,
) -> None:
    (tmp_path / "class.csv").write_text("name\nEmmy Noether\nMs Noether\n")
    wishes = ("--out", "kept", "--name=-Eye-", "--policy", "cues", "--every", "0.5", "--roster", "class.csv")
    with room(*wishes, "--live", folder=tmp_path) as ((_, link, live), process):
        assert (await state_of(live))["state"] == "waiting"
        async with teacher_at(link) as teacher:
            assert teacher.welcome["bot"] == {"wanted": True, "can_start": True}
            await teacher.say("bot", on=True)
            await teacher.told("bot")
            bot = await teacher.socket.receive_json(timeout=60)
            assert (bot["type"], bot["person"]["role"]) == ("joined", "bot")
            assert bot["person"]["name"] == "-Eye- - analysing faces"
            while (shown := await state_of(live))["values"] is None:
                await asyncio.sleep(0.1)
            assert (shown["state"], shown["values"]["moods"]) == ("here", False)
            await teacher.say("end")
            await teacher.told("ended")
        done = await asyncio.to_thread(ended, process)
    assert done.code == 0
    assert done.out.splitlines()[-1] == "The class is over."
    assert len(list((tmp_path / "kept").glob("*.html"))) == 1
    (path,) = (tmp_path / "kept").glob("*.meetbot")
    with open_lesson(path) as lesson:
        assert (lesson.facts()["policy"], lesson.facts()["every"]) == ("cues", "0.5")
        assert [(seat.name, seat.role) for seat in lesson.seats()] == [("Ms Noether", "teacher")]


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("x",), 2, "class code"),
        (("--cert", "room.crt"), 2, "both --cert and --key"),
        (("--cert", "room.crt", "--key", "room.key"), 3, "room.crt can't be read"),
        (("--ice", "http://x"), 2, "no STUN or TURN server"),
        (("--policy", "none"), 2, "no policy 'none'"),
        (("--roster", "nobody.csv"), 3, "nobody.csv can't be read"),
    ],
)
def test_the_command_says_in_a_sentence_what_is_wrong(words: tuple[str, ...], code: int, said: str) -> None:
    error = CliRunner().invoke(app, ["room", "--port", "0", *words]).exception
    assert isinstance(error, MeetbotError)
    assert error.exit_code == code
    assert said in str(error)


def test_on_a_network_without_a_certificate_it_says_why_browsers_want_one() -> None:
    with room("--host", "0.0.0.0") as ((students, _), process):
        assert "localhost" not in students
        assert process.stderr is not None
        assert "only over https" in process.stderr.readline()
