"""A recording that is still being copied leaves no lesson; recordings that would share one are named."""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from meetbot.growing import Growing
from meetbot.many.cut import lesson_of
from meetbot.many.order import Order
from meetbot.many.segment import NotOnePiece, Stretch, read_stretch
from meetbot.networks import Networks
from meetbot.pipeline import Plan, analyze_recording, unwatched
from meetbot.seams import Watch
from meetbot.types import About, Instant
from tests.commands import meetbot
from tests.media import Video, dial, steady, write_clip

PLAN = Plan(lang="en")


@pytest.fixture(scope="module")
def clip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Twelve seconds without anybody; half of its bytes are a recording as well."""
    return write_clip(tmp_path_factory.mktemp("clip") / "lec.mkv", Video(dial, steady(12.0)))


def half_of(clip: Path, folder: Path) -> Path:
    copy, data = folder / "lec.mkv", clip.read_bytes()
    copy.write_bytes(data[: len(data) // 2])
    return copy


def completing(copy: Path, clip: Path) -> Watch:
    """Looks on while the rest of a recording arrives."""

    def watch(instants: Iterable[Instant], about: About) -> Iterator[Instant]:
        for instant in instants:
            copy.write_bytes(clip.read_bytes())
            yield instant

    return watch


@pytest.mark.parametrize("force", [True, False])
def test_half_a_recording_that_grows_leaves_no_lesson_in_the_way(
    clip: Path, tmp_path: Path, force: bool
) -> None:
    copy = half_of(clip, tmp_path)
    with pytest.raises(Growing, match="still being copied or recorded") as told:
        analyze_recording(copy, PLAN, force=force, watch=completing(copy, clip))
    assert told.value.exit_code == 3
    assert sorted(tmp_path.iterdir()) == [copy]
    whole = analyze_recording(copy, PLAN)
    assert (whole.news, round(whole.figures.duration)) == ("read", 12)


def test_pieces_of_a_recording_that_grew_are_not_joined(clip: Path, tmp_path: Path) -> None:
    copy = tmp_path / "lec.mkv"
    copy.write_bytes(clip.read_bytes())
    order = Order(copy, PLAN)
    piece = read_stretch(order, Stretch(None, None), Networks(), unwatched)
    copy.write_bytes(clip.read_bytes() + bytes(8))
    with pytest.raises(NotOnePiece, match="changed meanwhile"):
        lesson_of(order, [piece])
    assert sorted(tmp_path.iterdir()) == [copy]


def test_recordings_that_would_share_a_lesson_are_named_and_the_others_read(
    clip: Path, tmp_path: Path
) -> None:
    for name in ("lec.mkv", "lec.mp4", "other.mkv"):
        (tmp_path / name).write_bytes(clip.read_bytes())
    done = meetbot("analyze", tmp_path, tmp_path / "other.mkv", "--json")
    documents = {Path(one["input"]).name: one for one in json.loads(done.out)}
    assert (done.code, sorted(documents)) == (3, ["lec.mkv", "lec.mp4", "other.mkv"])
    assert documents["other.mkv"]["lesson"].endswith("other.meetbot")
    mkv, mp4 = tmp_path / "lec.mkv", tmp_path / "lec.mp4"
    assert documents["lec.mkv"]["error"] == (
        f"{mkv} was not read: {mp4} would be written to {tmp_path / 'lec.meetbot'} as well; "
        "rename one of them, or read each with an --out of its own."
    )
    assert f"meetbot: {mp4} was not read: {mkv} would" in done.err and "2 of 3 failed" in done.err
    assert not (tmp_path / "lec.meetbot").exists()
