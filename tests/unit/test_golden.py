"""Lessons that older meetbots wrote open for ever: one of each version of the file, as it was written then.

`python -m tests.unit.test_golden` wrote those of version 2.
"""

from pathlib import Path

import pytest

from meetbot.timeline import consent, seal
from meetbot.timeline.lesson import create_lesson, open_lesson
from meetbot.types import About, Layout, Observation, Place, Reading, Still
from tests.written import BOX, golden_observations

FOLDER = Path(__file__).parent.parent / "golden"
PHRASE = "gold"
PLAIN, ENCRYPTED = FOLDER / "version-2.meetbot", FOLDER / "version-2-encrypted.meetbot"


def observations() -> list[Observation]:
    """What version 1 held, and what came with version 2."""
    places = tuple(Place(seat, None, BOX, "person", "on") for seat in (1, 2))
    layout, still = Layout(0.0, 239.0, (1280, 720), 0.75, places), Still(2.0, "face", b"\xff\xd8a face", 1)
    return [*golden_observations(), layout, still]


def write(path: Path, phrase: str | None) -> None:
    facts = {"every": "1.0", "policy": "full", "keep_until": "2036-01-01T00:00:00+00:00"}
    with create_lesson(path, About("A lesson", "sha256:1234"), facts, phrase) as lesson:
        consent.record(lesson, "notice", text="You are analysed.")
        consent.record(lesson, "told", 0.0, 1, "Ana")
        for observation in observations():
            lesson.add(observation)
        lesson.reached(239.0)
        lesson.finish("finished", 240.0)


@pytest.mark.parametrize(("path", "phrase"), [(PLAIN, None), (ENCRYPTED, PHRASE)], ids=["plain", "encrypted"])
def test_lessons_of_version_2_open(path: Path, phrase: str | None) -> None:
    with open_lesson(path, passphrase=phrase) as lesson:
        assert list(lesson.each_reading()) == sorted(
            (seen for seen in observations() if isinstance(seen, Reading)),
            key=lambda reading: (reading.time, reading.seat),
        )
        assert list(lesson.each_still()) == observations()[-1:]
        assert [seat.shown for seat in lesson.seats()] == ["Ana", "Ben"]
        assert [entry.text for entry in consent.verify(lesson).entries] == ["You are analysed.", "Ana"]
        assert lesson.figures().total.index == 87.3


def main() -> None:
    """Write the files anew; only for a version that was never released."""
    seal.COST = 2**10  # cheap to open in a test
    write(PLAIN, None)
    write(ENCRYPTED, PHRASE)


if __name__ == "__main__":
    main()
