"""A missing part skips its tests, except where the machine is said to have it."""

import pytest

from tests import requires
from tests.requires import require, require_extra


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


def test_a_missing_extra_skips_or_fails_in_the_same_way(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(requires.EXTRAS, "names", ("no_such_package",))
    monkeypatch.setenv("MEETBOT_REQUIRE", "")
    with pytest.raises(pytest.skip.Exception, match=r"pip install \"meetbot\[names\]\""):
        require_extra("names")
    monkeypatch.setenv("MEETBOT_REQUIRE", "names")
    with pytest.raises(pytest.fail.Exception, match="The extra names is not installed"):
        require_extra("names")


def test_axe_that_is_not_installed_skips_or_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.metadata.files", lambda _: None)
    monkeypatch.setenv("MEETBOT_REQUIRE", "axe")
    with pytest.raises(pytest.fail.Exception, match="axe-core is not installed"):
        requires.require_axe()
    monkeypatch.setenv("MEETBOT_REQUIRE", "")
    with pytest.raises(pytest.skip.Exception, match="axe-core is not installed"):
        requires.require_axe()
