"""`meetbot demo --recorded`: a class is composed, and read as any recording is."""

import json
from pathlib import Path

from tests.commands import meetbot


def test_a_recorded_class_is_composed_and_read(tmp_path: Path) -> None:
    done = meetbot("demo", "--recorded", "--seconds", "10", "--out", tmp_path, "--json")
    document = json.loads(done.out)
    assert (done.code, done.err) == (0, "")
    assert {path.name for path in tmp_path.iterdir()} == {"class.mp4", "class.meetbot", "class.html"}
    assert len(document["seats"]) == 9 and 9.0 <= document["duration"] <= 10.0
    assert max(seat["coverage"] for seat in document["seats"]) > 0.8


def test_a_class_that_is_too_short_for_a_demo_is_refused() -> None:
    done = meetbot("demo", "--seconds", "3")
    assert done.code == 2 and "--seconds" in done.err
