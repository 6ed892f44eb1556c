"""Something that asyncio holds, in a thread of its own while the rest of the program goes on."""

import asyncio
from collections.abc import Callable, Coroutine, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from threading import Thread
from typing import Any

from meetbot.faults import remember

# Opens something, tells its address by the first, and holds it until the second is done.
Hold = Callable[[Future[str], Future[None]], Coroutine[Any, Any, None]]
Broke = Callable[[BaseException], None]


@contextmanager
def aside(name: str, hold: Hold, broke: Broke = remember) -> Iterator[str]:
    """What is held while the block runs, by its address; what goes wrong before it is open is raised here.

    What goes wrong later costs the block nothing: `broke` hears of it when the block is over.
    """
    opened: Future[str] = Future()
    closed: Future[None] = Future()
    broken: list[BaseException] = []

    def run() -> None:
        try:
            asyncio.run(hold(opened, closed))
        except BaseException as error:
            if opened.done():
                broken.append(error)
            else:
                opened.set_exception(error)

    thread = Thread(target=run, name=name)
    thread.start()
    try:
        yield opened.result()
    finally:
        closed.set_result(None)
        thread.join()
        for error in broken:
            broke(error)
