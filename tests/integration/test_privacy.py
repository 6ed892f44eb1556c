"""A recording read with somebody left out, encrypted, stopped and carried on: the whole way."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import numpy as np
import pytest

from meetbot import analyze, open_lesson
from meetbot.demo import demo_class
from meetbot.errors import InputError, Interrupted, UsageError
from meetbot.faces.find import FaceFinder
from meetbot.timeline import consent, seal
from meetbot.types import About, Face, Frame, Image, Instant
from tests.requires import require_extra

PHRASE = "a phrase"
LEFT_OUT = demo_class(12)[0].name  # sits at the top left
OTHER = demo_class(12)[1].name


@pytest.fixture
def seen(monkeypatch: pytest.MonkeyPatch) -> list[Image]:
    """Every picture in which faces are looked for."""
    pictures: list[Image] = []
    find = FaceFinder.__call__

    def looking(finder: FaceFinder, frame: Frame) -> Sequence[Face]:
        pictures.append(frame.picture.luma.copy())
        return find(finder, frame)

    monkeypatch.setattr(FaceFinder, "__call__", looking)
    return pictures


def stopping(instants: Iterable[Instant], about: About) -> Iterator[Instant]:
    """Ctrl-C after the first look."""
    for number, instant in enumerate(instants):
        if number == 1:
            raise KeyboardInterrupt
        yield instant


def test_somebody_is_left_out_of_a_recording_that_is_encrypted_stopped_and_carried_on(
    recording: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seen: list[Image]
) -> None:
    require_extra("names")
    monkeypatch.setattr(seal, "COST", 2**4)
    path = tmp_path / "class.meetbot"
    with pytest.raises(Interrupted):
        analyze(recording, every=4.0, out=tmp_path, exclude=[LEFT_OUT], passphrase=PHRASE, watch=stopping)
    with pytest.raises(InputError, match="is encrypted"):
        open_lesson(path)
    with pytest.raises(UsageError, match="another choice of whom to leave out"):
        analyze(recording, every=4.0, out=tmp_path, passphrase=PHRASE)
    with analyze(recording, every=4.0, out=tmp_path, exclude=[LEFT_OUT], passphrase=PHRASE) as lesson:
        seats = {seat.name: seat.id for seat in lesson.seats()}
        times = {reading.seat: [] for reading in lesson.each_reading()}  # type: dict[int, list[float]]
        for reading in lesson.each_reading():
            times[reading.seat].append(reading.time)
        kinds = [event.kind for event in lesson.each_event() if event.seat == seats[LEFT_OUT]]
        record = [(entry.kind, entry.text) for entry in consent.verify(lesson).entries]
        hash_ = consent.newest(lesson)
    assert seats[LEFT_OUT] not in times and times[seats[OTHER]] == [0.0, 4.0, 8.0]
    assert set(kinds) == {"joined", "opted_out"}
    assert record[1:-1] == [("excluded", LEFT_OUT)] and record[-1][0] == "contents"
    corner = [picture[10:-10, 10:-10] for picture in (p[: len(p) // 3, : p.shape[1] // 3] for p in seen)]
    assert len(seen) >= 3 and not any(picture.any() for picture in corner)
    assert all(np.count_nonzero(picture) > picture.size / 2 for picture in seen)
    page = path.with_suffix(".html").read_text("utf-8")
    assert str(hash_) in page and "Not analysed" in page
    assert not any(OTHER.encode() in part.read_bytes() for part in tmp_path.glob("*.meetbot*"))
    with pytest.raises(UsageError, match=r"is encrypted; add --encrypt"):
        analyze(recording, every=4.0, out=tmp_path, force=True)
