"""These tests need a network of their own: `tests/integration/test_live.py` runs them inside one."""

import asyncio
import inspect
import os

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
    asyncio.run(asyncio.wait_for(test, AT_MOST))
    return True
