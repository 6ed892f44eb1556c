"""How the cost of a class grows with its tiles, as the benchmark on scale tells it."""

from pathlib import Path

from benchmarks._tiles import LENGTHS, growth, line


def test_the_line_is_the_one_that_the_minutes_lie_on() -> None:
    told = [bar.measured for bar in line([4, 9, 25], [2.0 + 0.1 * tiles for tiles in (4, 9, 25)])]
    assert told == ["2.00 CPU s", "0.100 CPU s", "0.00 CPU s"]


def test_a_minute_is_what_the_longer_recording_costs_more() -> None:
    recordings = {tiles: [Path(f"{tiles}-{seconds:g}") for seconds in LENGTHS] for tiles in (4, 9)}

    def spent(path: Path) -> float:
        tiles, seconds = map(float, path.name.split("-"))
        return 3.5 + seconds / 60 * (1.0 + 0.5 * tiles)

    told = [(bar.claim, bar.measured) for bar in growth(recordings, spent)]
    assert told[:2] == [
        ("a class-minute, 4 tiles at 1080p", "3.00 CPU s"),
        ("a class-minute, 9 tiles at 1080p", "5.50 CPU s"),
    ]
    assert [measured for _, measured in told[2:]] == ["1.00 CPU s", "0.500 CPU s", "0.00 CPU s"]
