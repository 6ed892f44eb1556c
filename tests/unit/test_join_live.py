"""What `meetbot join --live` makes of its options: whose page it is, who teaches, and by which link."""

from pathlib import Path
from threading import Event as Signal
from typing import Any

import pytest

from meetbot.cli import live as module
from meetbot.cli.join import by_teachers_link
from meetbot.cli.live import connection, live_page, teaches
from meetbot.faults import faults
from meetbot.passes import class_note, leave
from meetbot.pipeline import Plan
from meetbot.policy import CLASS
from meetbot.roster import Entry
from meetbot.sources.tally import Tally
from meetbot.web import board

ENTRIES = (
    Entry("Emmy Noether", "Ms Noether", role="teacher"),
    Entry("Ada Lovelace", "Seat 2", role="teacher"),
    Entry("Ben"),
)


@pytest.fixture(autouse=True)
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    monkeypatch.setattr(board, "LIVE_PORT", 0)


def test_the_teachers_link_lets_the_bot_in_and_is_not_written_down() -> None:
    link = "https://school.example:8765/moba-keto#teacher=SECRET"
    assert by_teachers_link(link, None) == ("https://school.example:8765/moba-keto", "SECRET")
    assert by_teachers_link(link, "pin") == ("https://school.example:8765/moba-keto", "pin")
    assert by_teachers_link("janus://host/1", "pin") == ("janus://host/1", "pin")
    assert by_teachers_link("moba-keto", None) == ("moba-keto", None)


@pytest.mark.parametrize(
    ("teacher", "seat", "name", "known"),
    [
        (None, 1, "Ms Noether", True),
        (None, 2, "Somebody", True),
        (None, 3, "Ben", False),
        (" ben ", 3, "Ben", True),
        ("Seat 4", 4, "Cem", True),
        ("Ben", 1, "Ms Noether", False),  # the word of the command counts more than the list's
    ],
)
def test_who_teaches_is_known_by_the_command_or_the_class_list(
    teacher: str | None, seat: int, name: str, known: bool
) -> None:
    assert teaches(ENTRIES, teacher)(seat, name) is known


def test_without_the_option_nothing_is_computed_or_served() -> None:
    with live_page("moba-keto", Plan(), Tally(), wanted=False) as running:
        assert running is None


def test_with_the_option_a_page_is_served_under_the_policy_in_force(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with live_page("janus://host/1", Plan(policy=CLASS, every=2.0), Tally(), wanted=True) as running:
        assert running is not None
        values = running.values()
    assert (values["moods"], values["persons"], values["curve"]["step"]) == (True, False, 60.0)
    assert "live page: http://localhost:" in capsys.readouterr().err


@pytest.mark.parametrize("wanted", [True, False])
def test_a_class_room_that_holds_the_page_is_fed(wanted: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    brought: list[tuple[str, str, Any]] = []
    monkeypatch.setattr(board, "_post", lambda address, key, values: brought.append((address, key, values)))
    leave(class_note("moba-keto"), {"bot": "b", "live": {"address": "http://127.0.0.1:9", "key": "k"}})
    with live_page("moba-keto", Plan(), Tally(), wanted) as running:
        assert running is not None
    address, key, values = brought[0]
    assert (address, key, values["connection"]) == ("http://127.0.0.1:9", "k", connection(Tally()))
    assert brought[-1] == ("http://127.0.0.1:9", "k", None)
    assert module.connection(Tally()) == {"behind": None, "made": 0, "due": 0}


@pytest.mark.parametrize("held", [True, False])
def test_a_page_that_breaks_off_costs_the_class_nothing_and_is_told_at_the_end(
    held: bool, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    broken, brought = Signal(), list[Any]()

    def nonsense(tally: Tally) -> dict[str, float | int | None]:
        broken.set()
        raise ArithmeticError("no figures")

    monkeypatch.setattr(module, "connection", nonsense)
    monkeypatch.setattr(board, "_post", lambda address, key, values: brought.append(values))
    if held:
        leave(class_note("moba-keto"), {"bot": "b", "live": {"address": "http://127.0.0.1:9", "key": "k"}})
    with live_page("moba-keto", Plan(), Tally(), wanted=True) as running:
        assert broken.wait(60) and running is not None
        assert "broke off" not in capsys.readouterr().err
    told = "the live page broke off (ArithmeticError: no figures); what was read is whole.\n"
    assert capsys.readouterr().err.endswith(told)
    assert [fault["kind"] for fault in faults()] == ["ArithmeticError"]
    assert brought == ([None] if held else [])  # who looks on is told that it is over
