"""Holds a class: the address, the certificate, and the way from opening to the end."""

import asyncio
import errno
import logging
import socket
import ssl
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from concurrent.futures import Future
from contextlib import AsyncExitStack, ExitStack, asynccontextmanager, contextmanager
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path

from aiohttp import web

from meetbot.errors import InputError, UsageError
from meetbot.passes import class_note, leave, remove
from meetbot.settings import ROOM_PORT
from meetbot.web.aside import aside
from meetbot.web.board import opened_board
from meetbot.web.classroom import classroom
from meetbot.web.hall import Hall
from meetbot.web.livepage import Board

_GOODBYE = 2.0  # seconds that pages have for hearing that the class is over
_ALL = ("0.0.0.0", "::")  # hosts that mean every address of this machine
HTTPS = (
    "Browsers give a camera to a page only over https, or when it comes from the same machine "
    "(http://localhost). For students on other machines give --cert and --key."
)


@dataclass(frozen=True, slots=True)
class Place:
    """Where the class room is to be found."""

    host: str = "127.0.0.1"
    port: int = ROOM_PORT  # 0: any that is free
    cert: Path | None = None
    key: Path | None = None
    names: tuple[str, ...] = ()  # more names by which browsers reach it, as behind a proxy

    @property
    def called(self) -> tuple[str, ...]:
        """The names by which browsers may ask for it; addresses of numbers need none."""
        if self.local:
            return self.names
        own = socket.gethostname()  # the full name would be asked of the network, which may not answer
        return (*self.names, self.host, own, f"{own}.local")

    @property
    def local(self) -> bool:
        """Whether only this machine can reach it."""
        return _is_loopback(self.host)

    def address(self, port: int) -> str:
        """What people type: https where there is a certificate, a name that works elsewhere too."""
        return self._address(_outer_address() if self.host in _ALL else self.host, port)

    def own_address(self, port: int) -> str:
        """What this machine's own bot types: one that needs no trusted certificate, if there is one."""
        return self._address("localhost" if self.host in _ALL else self.host, port)

    def _address(self, host: str, port: int) -> str:
        name = "localhost" if _is_loopback(host) else f"[{host}]" if ":" in host else host
        return f"{'https' if self.cert else 'http'}://{name}:{port}"


def hold(
    hall: Hall, place: Place, opened: Callable[[str, str | None], None], board: Board | None = None
) -> None:
    """Hold the class and its live page until the teacher or Ctrl-C ends it; `opened` hears the addresses."""
    asyncio.run(_hold(hall, place, opened, board))


@asynccontextmanager
async def opened_room(hall: Hall, place: Place, live: Mapping[str, str] | None = None) -> AsyncIterator[str]:
    """The class room while the block runs, and its address; everybody in it is told of the end.

    A note on this machine tells its bot by which key it comes in, and where the live page is.
    """
    certificate = _certificate(place)
    quiet = logging.getLogger(__name__)
    quiet.addHandler(logging.NullHandler())  # else every broken request prints a traceback on the terminal
    runner = web.AppRunner(
        classroom(hall, place.called), access_log=None, logger=quiet, shutdown_timeout=_GOODBYE
    )
    await runner.setup()
    stack = ExitStack()
    try:
        site = web.TCPSite(runner, place.host, place.port, ssl_context=certificate)
        try:
            await site.start()
        except OSError as error:
            raise _unusable(place, error) from error
        port, note = runner.addresses[0][1], {"bot": hall.bot, **({"live": dict(live)} if live else {})}
        for address in (place.address(port), place.own_address(port)):
            stack.callback(remove, class_note(f"{address}/{hall.code}"), note)
            leave(class_note(f"{address}/{hall.code}"), note)
        yield place.address(port)
    finally:
        stack.close()
        hall.end("The class room was closed.")
        await runner.cleanup()


@contextmanager
def room_aside(hall: Hall, place: Place) -> Iterator[str]:
    """The class room in a thread of its own while the block runs, and its address."""
    with aside("class room", lambda opened, closed: _hold_until(hall, place, opened, closed)) as address:
        yield address


async def _hold_until(hall: Hall, place: Place, opened: Future[str], closed: Future[None]) -> None:
    async with opened_room(hall, place) as address:
        opened.set_result(address)
        await asyncio.wrap_future(closed)


async def _hold(
    hall: Hall, place: Place, opened: Callable[[str, str | None], None], board: Board | None
) -> None:
    over = asyncio.Event()
    hall.ended = over.set
    async with AsyncExitStack() as stack:
        link = await stack.enter_async_context(opened_board(board, f"class {hall.code}")) if board else None
        live = {"address": link.partition("#")[0].rstrip("/"), "key": board.key} if board and link else None
        opened(await stack.enter_async_context(opened_room(hall, place, live)), link)
        await over.wait()


def _certificate(place: Place) -> ssl.SSLContext | None:
    if place.cert is None and place.key is None:
        return None
    if place.cert is None or place.key is None:
        raise UsageError("A certificate needs its key and a key its certificate; give both --cert and --key.")
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    for path in (place.cert, place.key):
        try:
            path.read_bytes()
        except OSError as error:
            raise InputError(
                f"{path} can't be read ({error.strerror}); check the path and its rights."
            ) from error
    try:
        context.load_cert_chain(place.cert, place.key, password=_no_password)
    except (ssl.SSLError, ValueError) as error:
        raise InputError(
            f"{place.cert} and {place.key} are no certificate and its key in PEM form without a password "
            f"({getattr(error, 'reason', None) or error}); make them anew, or convert them with openssl."
        ) from error
    return context


def _no_password() -> str:
    raise ValueError("the key is locked by a password")


def _unusable(place: Place, error: OSError) -> UsageError:
    if error.errno == errno.EADDRINUSE:
        return UsageError(f"Port {place.port} of {place.host} is in use; take another with --port.")
    if error.errno == errno.EACCES:
        return UsageError(f"Port {place.port} needs administrator's rights; take one above 1023 with --port.")
    return UsageError(
        f"{place.host} is no address of this machine ({error.strerror or error}); "
        "take another with --host, as 0.0.0.0 for all."
    )


def _is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


def _outer_address() -> str:
    """The address by which other machines reach this one; nothing is sent to find it."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))  # an address that belongs to nobody (RFC 5737)
        except OSError:
            return socket.gethostname()
        return str(probe.getsockname()[0])
