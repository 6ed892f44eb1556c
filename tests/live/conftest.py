"""These tests need a network of their own: `tests/integration/test_live.py` runs them inside one."""

import asyncio
import gc
import inspect
import os
from collections.abc import Coroutine

import pytest

AT_MOST = 150.0  # seconds after which a test hangs; the longest takes 30 on an idle machine
collect_ignore_glob = [] if "MEETBOT_NAMESPACE" in os.environ else ["test_*.py"]


@pytest.hookimpl(tryfirst=True)
def pytest_pyfunc_call(pyfuncitem: pytest.Function) -> bool | None:
    """A test that is a coroutine gets an event loop of its own."""
    if not inspect.iscoroutinefunction(pyfuncitem.obj):
        return None
    wanted = inspect.signature(pyfuncitem.obj).parameters
    test = pyfuncitem.obj(**{name: pyfuncitem.funcargs[name] for name in wanted})
    asyncio.run(_tidied(test))
    return True


async def _tidied(test: Coroutine[None, None, None]) -> None:
    """Runs a test; what it dropped is collected while the loop that could close it still runs."""
    try:
        await asyncio.wait_for(test, AT_MOST)
    finally:
        gc.collect()
        await asyncio.sleep(0.1)
