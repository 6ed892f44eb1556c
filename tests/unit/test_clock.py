"""Times as people read them."""

import pytest

from meetbot.clock import clock


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(0, "0:00"), (59.6, "1:00"), (754, "12:34"), (3600, "1:00:00"), (18061, "5:01:01"), (-3, "0:00")],
)
def test_times_are_printed_as_people_read_them(seconds: float, text: str) -> None:
    assert clock(seconds) == text
