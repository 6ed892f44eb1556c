"""Pictures of faces: only where they are asked for, one a person, with nothing around the head."""

from collections.abc import Sequence
from pathlib import Path

import cv2
import numpy as np
import pytest

from meetbot import settings
from meetbot.errors import PolicyError
from meetbot.faces.find import FaceFinder
from meetbot.faces.portraits import PortraitReader
from meetbot.faces.portraits import portrait as portrait_of
from meetbot.faces.read import FaceReader
from meetbot.networks import Networks
from meetbot.pipeline import Plan, facts_of
from meetbot.policy import CLASS, POLICIES
from meetbot.types import Box, Frame, Image, Picture, Reading, Still, Tile
from tests.commands import meetbot
from tests.portraits import pasted, portrait, scaled


def tile_of(luma: Image, seat: int = 3) -> Tile:
    (face,) = FaceFinder()(Frame(0.0, Picture(luma)))
    whole = Box(0, 0, luma.shape[1], luma.shape[0])
    return Tile(seat, None, "person", whole, "on", None, face, Picture(luma))


def pictures(reader: PortraitReader, *tiles: Tile) -> list[Still]:
    return [one for one in reader(tiles, 5.0) if isinstance(one, Still)]


def opened(still: Still) -> Image:
    picture = cv2.imdecode(np.frombuffer(still.jpeg, np.uint8), cv2.IMREAD_GRAYSCALE)
    return np.asarray(picture, np.uint8)


def hopper(scale: float) -> Image:
    head = scaled(portrait("hopper"), scale)
    return pasted((640, 480), (head[:400], 60, 40))


def test_a_face_is_kept_small_and_bound_to_its_seat() -> None:
    (still,) = pictures(PortraitReader(FaceReader(None)), tile_of(hopper(0.5)))
    assert (still.kind, still.seat, still.time) == ("face", 3, 5.0)
    assert opened(still).shape == (settings.PORTRAIT_SIDE, settings.PORTRAIT_SIDE)
    assert len(still.jpeg) < 6000


def test_what_is_around_the_head_can_not_be_made_out() -> None:
    stripes = np.tile(np.repeat(np.array([0, 255], np.uint8), 4), (400, 50))
    shown = opened(Still(0.0, "face", portrait_of(Picture(stripes), Box(150, 150, 100, 100))))
    steps = np.abs(np.diff(shown.astype(int), axis=1))
    assert steps[:8].max() < 60 < steps[40:50, 40:56].max()  # above the head, and in the face


def test_a_better_picture_takes_the_place_and_a_worse_one_does_not() -> None:
    reader = PortraitReader(FaceReader(None))
    small, large = tile_of(hopper(0.25)), tile_of(hopper(0.45))
    assert [len(pictures(reader, tile)) for tile in (small, small, large, small)] == [1, 0, 1, 0]
    assert len(pictures(reader, tile_of(hopper(0.25), seat=4))) == 1


def test_a_run_that_carries_on_keeps_the_better_picture_of_before() -> None:
    first, again = PortraitReader(FaceReader(None)), PortraitReader(FaceReader(None))
    seen = first([tile_of(hopper(0.45))], 1.0)
    again.take_up(one for one in seen if isinstance(one, Reading))
    assert pictures(again, tile_of(hopper(0.25))) == []
    assert len(pictures(PortraitReader(FaceReader(None)), tile_of(hopper(0.25)))) == 1


def test_nobody_without_a_face_has_a_picture_and_no_reading_is_lost() -> None:
    empty = Tile(
        1, None, "person", Box(0, 0, 64, 64), "on", None, None, Picture(np.zeros((64, 64), np.uint8))
    )
    seen: Sequence[Reading | Still] = PortraitReader(FaceReader(None))([empty, tile_of(hopper(0.5))], 1.0)
    assert [type(one).__name__ for one in seen] == ["Reading", "Reading", "Still"]


def test_pictures_of_faces_are_refused_under_every_policy_but_full() -> None:
    for policy in POLICIES:
        if policy.name == "full":
            assert isinstance(Plan(policy=policy, thumbnails=True).reader(Networks()), PortraitReader)
            continue
        with pytest.raises(PolicyError, match=rf"--thumbnails .* the policy {policy.name} forbids"):
            Plan(policy=policy, thumbnails=True)


def test_without_being_asked_for_no_face_is_kept() -> None:
    assert isinstance(Plan().reader(Networks()), FaceReader)


def test_slides_are_kept_unless_they_are_switched_off() -> None:
    assert Plan().stills() is not None
    assert Plan(slides=False).stills() is None
    assert Plan(policy=CLASS).stills() is None


def test_a_lesson_knows_which_pictures_it_keeps() -> None:
    words = {
        "slides": Plan(),
        "none": Plan(slides=False),
        "faces": Plan(slides=False, thumbnails=True),
        "slides and faces": Plan(thumbnails=True),
    }
    for word, plan in words.items():
        assert f'"pictures": "{word}"' in facts_of("a.mp4", plan)["settings"]


def test_the_command_refuses_with_exit_code_5(tmp_path: Path) -> None:
    run = meetbot("analyze", str(tmp_path / "a.mp4"), "--thumbnails", "--policy", "cues")
    assert run.code == 5
    assert "--thumbnails keeps pictures of faces, which the policy cues forbids" in run.err
