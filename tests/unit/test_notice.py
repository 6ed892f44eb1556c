"""Whatever the bot is called, its name says what it does."""

import pytest

from meetbot.rooms.base import NOTICE, notice


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        (None, NOTICE),
        ("", NOTICE),
        ("Room 12", "Room 12 - analysing faces"),
        ("Ms Kay's bot, analysing faces", "Ms Kay's bot, analysing faces"),
    ],
)
def test_the_name_says_that_faces_are_analysed(name: str | None, shown: str) -> None:
    assert notice(name) == shown
