"""A missing part skips its tests, except where the machine is said to have it."""

import pytest

from tests.requires import require


@pytest.fixture(autouse=True)
def bare_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")


def test_a_missing_part_skips_with_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MEETBOT_REQUIRE", "janus")
    with pytest.raises(pytest.skip.Exception, match="chromium is not installed on this machine"):
        require("chromium")


def test_a_missing_part_that_is_required_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MEETBOT_REQUIRE", "janus, chromium")
    with pytest.raises(pytest.fail.Exception, match="install the package chromium"):
        require("chromium")
