"""The picture that the bot shows of itself."""

import pytest
from av.video.frame import VideoFrame

from meetbot.rooms import card
from meetbot.rooms.card import Card
from tests.classroom import in_loop


@in_loop
async def test_a_card_keeps_its_own_time_beside_other_cards(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(card, "_EVERY", 0.01)
    first, second = Card(), Card()
    frames = [await first.recv(), await first.recv(), await second.recv(), await first.recv()]
    assert len({id(frame) for frame in frames}) == 4
    assert [frame.pts for frame in frames] == [0, 900, 0, 1800]


@in_loop
async def test_the_card_is_written_in_light_letters_on_a_calm_ground() -> None:
    frame = await Card().recv()
    assert isinstance(frame, VideoFrame)
    colours = frame.to_ndarray(format="bgr24")
    ground = colours[:20].reshape(-1, 3)
    assert (abs(ground.astype(int) - card._GROUND) < 6).all()
    light = (colours.min(axis=2) > 200).mean()
    assert 0.01 < light < 0.2
