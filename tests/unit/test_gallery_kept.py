"""Scores that are kept go on where they stopped, and never mix two states of the sources."""

from pathlib import Path

import pytest

from benchmarks.galleries.kept import Kept, checksum_of_sources, plain, rebuilt
from benchmarks.galleries.labels import Named
from benchmarks.galleries.lessons import Lesson
from benchmarks.galleries.stills import Still
from tests.galleries.alarms import Alarms
from tests.galleries.score import Tally
from tests.galleries.seating import Seating
from tests.galleries.speech import Heard

STILL = Still(
    "zoom", (1920, 1080), "grid", 2, 4, frozenset({"panel", "thin gap"}), Tally(4, 4, 4, 1, 1), 0.02
)
LESSON = Lesson(
    3, "meet", Alarms(1, 2, 3, 4), Alarms(4, 3, 2, 1), Seating(9, 1, 4, 5), Heard(1, 2, 3, 4, 5), 0.4
)
NAMES = [
    Named(13, True, "zoom", False, True, True, "right"),
    Named(9, False, "jitsi", True, False, False, "none"),
]


class Scorer:
    """Scores a seed as itself, and remembers which ones it was asked for."""

    def __init__(self) -> None:
        self.asked: list[int] = []

    def __call__(self, seed: int) -> int:
        self.asked.append(seed)
        return 10 * seed


@pytest.mark.parametrize(
    ("kind", "score"),
    [(Still, STILL), (Lesson, LESSON), (list[Named], NAMES)],
    ids=["still", "lesson", "names"],
)
def test_a_score_comes_back_as_it_was(kind: type, score: object, tmp_path: Path) -> None:
    assert rebuilt(kind, plain(score)) == score
    path = tmp_path / "kept.jsonl"
    for _ in range(2):
        [again] = Kept(path, "one").each("part", [1], kind, lambda seed: score)
        assert again == score


def test_only_what_is_not_kept_yet_is_scored(tmp_path: Path) -> None:
    path, first, second = tmp_path / "kept.jsonl", Scorer(), Scorer()
    assert list(Kept(path, "one").each("stills", range(3), int, first)) == [0, 10, 20]
    assert list(Kept(path, "one").each("stills", range(5), int, second)) == [0, 10, 20, 30, 40]
    assert second.asked == [3, 4]


def test_scores_of_another_part_or_of_other_sources_are_not_used(tmp_path: Path) -> None:
    path, scorer = tmp_path / "kept.jsonl", Scorer()
    list(Kept(path, "one").each("stills", [1], int, scorer))
    list(Kept(path, "one").each("names", [1], int, scorer))
    later = Kept(path, "two")
    list(later.each("stills", [1], int, scorer))
    assert scorer.asked == [1, 1, 1]
    assert later.left_aside == 2


def test_a_line_that_was_torn_is_scored_again(tmp_path: Path) -> None:
    path, scorer = tmp_path / "kept.jsonl", Scorer()
    list(Kept(path, "one").each("stills", [1, 2], int, Scorer()))
    path.write_text(path.read_text(encoding="utf-8")[:-9], encoding="utf-8")
    assert list(Kept(path, "one").each("stills", [1, 2], int, scorer)) == [10, 20]
    assert scorer.asked == [2]
    assert list(Kept(path, "one").each("stills", [1, 2], int, scorer)) == [10, 20]
    assert scorer.asked == [2]


def test_without_a_file_everything_is_scored_and_timed() -> None:
    kept = Kept(None, "one")
    assert list(kept.each("stills", [4], int, Scorer())) == [40]
    assert kept.seconds >= 0.0


def test_the_sources_have_one_checksum() -> None:
    assert checksum_of_sources() == checksum_of_sources()
    assert len(checksum_of_sources()) == 16
