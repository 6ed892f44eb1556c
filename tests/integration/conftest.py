"""A short class recording, composed once for all tests."""

from pathlib import Path

import pytest

from meetbot.demo import compose, demo_class


@pytest.fixture(scope="session")
def recording(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Twelve seconds of the demo's class; tests copy it and never write beside it."""
    return compose(tmp_path_factory.mktemp("class") / "class.mp4", demo_class(12), seconds=12)
