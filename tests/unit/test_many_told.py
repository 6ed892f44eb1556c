"""What is said of workers: what was read and what failed, and why a recording is read in one piece."""

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from meetbot.cli.console import bars
from meetbot.cli.many import _Overall, stopped_in_a_sentence
from meetbot.errors import InputError, Interrupted
from meetbot.log import Log
from meetbot.many.order import Order
from meetbot.pipeline import Plan
from meetbot.policy import policy_named

READ, FAILED = (Path("a.mp4"), object()), (Path("b.mp4"), InputError("b.mp4 is no recording."))


@pytest.mark.parametrize(
    ("ends", "said"),
    [
        ((), "Stopped; 0 of 7 are read; the same command carries on with the others."),
        ((READ, READ), "Stopped; 2 of 7 are read; the same command carries on with the others."),
        (
            (READ, FAILED),
            "Stopped; 1 of 7 are read and 1 failed; the same command carries on with the others.",
        ),
    ],
)
def test_what_failed_is_not_counted_as_read(ends: Sequence[tuple[Path, object]], said: str) -> None:
    with pytest.raises(Interrupted) as stopped, stopped_in_a_sentence(ends, 7):
        raise KeyboardInterrupt
    assert str(stopped.value) == said


@pytest.mark.parametrize("quiet", [True, False])
def test_pieces_that_are_given_up_are_told_with_their_reason(
    quiet: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    order = Order(Path("/lessons/class.mp4"), Plan())
    with bars(quiet) as shown:
        onlooker = _Overall(shown, {order.id: Path("class.mp4")}, quiet)
        onlooker.whole(order, "its faces differ at 600 s")
    said = "" if quiet else "meetbot: class.mp4 is read in one piece after all: its faces differ at 600 s.\n"
    assert capsys.readouterr().err == said
    assert onlooker.given_up == {order.id: "its faces differ at 600 s"}


def test_a_scheduler_that_went_is_told_with_how_long_it_is_waited_for(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with bars(True) as shown:
        _Overall(shown, {}, True).lost()
    assert "the scheduler is gone; what was read is kept" in (said := capsys.readouterr().err)
    assert "within 120 seconds" in said


@pytest.mark.parametrize(("policy", "text"), [("full", "its faces differ"), ("cues", None)])
def test_the_log_keeps_why_a_recording_was_read_in_one_piece(
    policy: str, text: str | None, tmp_path: Path
) -> None:
    with Log(tmp_path / "log", policy_named(policy)) as log:
        log.whole("its faces differ")
    (line,) = (json.loads(line) for line in (tmp_path / "log").read_text().splitlines())
    assert (line["event"], line.get("text")) == ("whole", text)
