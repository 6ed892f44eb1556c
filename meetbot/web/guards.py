"""What every served page keeps to: who may ask, what the answer allows, and which files there are."""

from collections.abc import Awaitable, Callable, Iterable
from ipaddress import ip_address
from urllib.parse import urlsplit

from aiohttp import web

from meetbot.resources import resource

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

TYPES = {
    ".html": "text/html",
    ".css": "text/css",
    ".js": "text/javascript",
    ".svg": "image/svg+xml",
    ".json": "application/json",
}
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(self), microphone=(self)",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
}


def guard(app: web.Application, names: Iterable[str] = ()) -> web.Application:
    """An application that answers only who asked for this host by a name of its own, and by the rules."""
    own = frozenset(name.lower() for name in names)

    @web.middleware
    async def refuse(request: web.Request, handler: Handler) -> web.StreamResponse:
        if not (request.secure or is_own(request.headers.get("Host", ""), own)):
            raise web.HTTPMisdirectedRequest(text=_MISDIRECTED)
        return await handler(request)

    app.middlewares.append(refuse)
    app.on_response_prepare.append(_rules)
    return app


async def _rules(request: web.Request, response: web.StreamResponse) -> None:
    """Every answer carries the rules: pages, refusals, streams."""
    response.headers.update(HEADERS)


_MISDIRECTED = (
    "This is no name of the class room's. If it is reached by another name, as behind a proxy, the teacher "
    "gives that name to `meetbot room --allow-host`."
)


def is_own(host: str, names: frozenset[str]) -> bool:
    """Whether a Host header names this machine: a script of another site can make its own name point here.

    It can't do so with an address of numbers, nor with a name that only this machine answers to. Over https
    the certificate says the same.
    """
    try:
        name = (urlsplit(f"//{host}").hostname or "").rstrip(".")
        urlsplit(f"//{host}").port  # noqa: B018  # raises where it is no number
    except ValueError:
        return False
    if name == "localhost" or name.endswith(".localhost") or name in names:
        return True
    try:
        ip_address(name)
    except ValueError:
        return False
    return True


def from_elsewhere(request: web.Request) -> bool:
    """Whether the script of another site asks; programs that are no browsers send no origin."""
    origin = request.headers.get("Origin")
    return origin is not None and urlsplit(origin).netloc != request.host


class Files:
    """The files of one folder of templates, read once: no path can lead out of it."""

    def __init__(self, folder: str) -> None:
        self._files = {
            path.name: path.read_bytes() for path in sorted(resource("templates", folder).iterdir())
        }

    def answer(self, name: str, status: int = 200) -> web.Response:
        """One of them, as what it is."""
        if name not in self._files:
            raise web.HTTPNotFound
        kind = TYPES.get("." + name.rpartition(".")[2], "application/octet-stream")
        return web.Response(body=self._files[name], status=status, content_type=kind, charset="utf-8")
