"""How long `meetbot join --for` says to stay."""

import pytest

from meetbot.cli.join import seconds
from meetbot.errors import UsageError


@pytest.mark.parametrize(
    ("text", "length"), [("50m", 3000.0), ("1h 30m", 5400.0), ("90s", 90.0), ("1.5H", 5400.0), ("50", 3000.0)]
)
def test_a_length_of_time_is_read_as_people_write_it(text: str, length: float) -> None:
    assert seconds(text) == length


@pytest.mark.parametrize("text", ["-5m", "soon", "", "5d"])
def test_what_is_no_length_of_time_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(UsageError, match="write it like 50m"):
        seconds(text)


def test_no_time_at_all_is_refused() -> None:
    with pytest.raises(UsageError, match="leave --for out"):
        seconds("0s")
