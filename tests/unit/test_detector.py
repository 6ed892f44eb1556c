"""The detector's weights are found and checked, and one look at any picture is safe."""

from pathlib import Path
from unittest.mock import Mock

import cv2
import numpy as np
import pytest
from ai_edge_litert.interpreter import Interpreter

from meetbot import settings
from meetbot.errors import ModelError
from meetbot.faces import detector
from meetbot.faces.detector import DETECTOR, Detector, one_thread
from tests.portraits import portrait, scaled
from training.detector import YUNET


def test_other_weights_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    other = tmp_path / DETECTOR.name
    monkeypatch.setattr(detector, "resource", lambda folder, name: other)
    with pytest.raises(ModelError, match=r"faces\.tflite can't be read .*; install meetbot again\."):
        Detector(settings.FIND_SCORE)
    other.write_bytes(b"not the detector")
    with pytest.raises(ModelError, match="is not the file that meetbot was measured with; install meetbot"):
        Detector(settings.FIND_SCORE)


def test_the_weights_are_those_of_the_package(tmp_path: Path) -> None:
    # OpenCV runs the package's file; the size is one that it does not pad.
    net = cv2.FaceDetectorYN.create(str(YUNET.path()), "", (64, 64), settings.FIND_SCORE, settings.FIND_NMS)
    picture = np.pad(portrait("collins"), 32)[:288, :320]
    net.setInputSize((320, 288))
    (theirs,) = net.detect(cv2.cvtColor(picture, cv2.COLOR_GRAY2BGR))[1]
    (ours,) = Detector(settings.FIND_SCORE)(picture)
    assert [*ours.box, *np.ravel(ours.points), ours.score] == pytest.approx(theirs.tolist(), abs=0.01)


@pytest.mark.parametrize("size", [(1, 1), (1, 160), (2, 3000), (32, 640), (640, 32), (63, 65)])
def test_thin_pictures_show_no_face(size: tuple[int, int]) -> None:
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


def test_a_size_is_made_ready_once_until_all_are_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    made = Mock(wraps=Interpreter)
    monkeypatch.setattr(detector, "Interpreter", made)
    detect = Detector(settings.FIND_SCORE)
    first = detect(portrait("collins"))
    assert detect(portrait("collins")) == first
    assert made.call_count == 1
    detect.forget()
    assert detect(portrait("collins")) == first
    assert made.call_count == 2


def test_opencv_works_alone_for_as_long_as_it_is_told() -> None:
    before = cv2.getNumThreads()
    with one_thread():
        assert cv2.getNumThreads() == 1
    assert cv2.getNumThreads() == before
