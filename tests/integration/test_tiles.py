"""How a gallery is divided, asked for without reading a mood."""

import json
from pathlib import Path
from typing import Any

import av
import cv2
import numpy as np
import pytest

from meetbot.timeline.lesson import open_lesson
from tests.commands import meetbot


@pytest.fixture(scope="module")
def tiles(recording: Path) -> Any:
    done = meetbot("tiles", recording, "--json", "--every", "4")
    assert (done.code, done.err) == (0, "")
    return json.loads(done.out)


def test_the_promised_document_names_every_tile(tiles: Any) -> None:
    assert tiles["size"] == [1280, 720]
    (layout,) = tiles["layouts"]
    assert list(layout) == ["from", "to", "confidence", "tiles"]
    assert (layout["from"], layout["to"]) == (0, pytest.approx(12, abs=0.5))
    assert [tile["seat"] for tile in layout["tiles"]] == [f"Seat {number}" for number in range(1, 10)]
    assert {tile["camera"] for tile in layout["tiles"]} == {"on", "off"}
    assert all(list(tile) == ["seat", "name", "box", "kind", "camera"] for tile in layout["tiles"])


def test_what_is_printed_can_be_given_back(tiles: Any, recording: Path, tmp_path: Path) -> None:
    boxes = tmp_path / "boxes.json"
    boxes.write_text(json.dumps(tiles))
    done = meetbot("tiles", recording, "--json", "--every", "6", "--layout", boxes)
    assert json.loads(done.out)["layouts"][0]["tiles"] == tiles["layouts"][0]["tiles"]


def test_a_screenshot_is_divided_and_drawn(recording: Path, tmp_path: Path) -> None:
    capture = cv2.VideoCapture(str(recording))
    _, picture = capture.read()
    capture.release()
    cv2.imwrite(str(tmp_path / "shot.png"), picture)
    done = meetbot("tiles", tmp_path / "shot.png", "--png", tmp_path / "drawn.png")
    drawn = cv2.imread(str(tmp_path / "drawn.png"))
    assert done.code == 0
    assert done.out.startswith("9 tiles: ")  # a picture has no times
    assert drawn is not None and drawn.shape == picture.shape
    assert drawn[100, 8].tolist() == [0, 200, 0]


def test_a_recording_that_does_not_say_how_long_it_is_has_a_layout_until_its_end(tmp_path: Path) -> None:
    path = tmp_path / "browser.webm"
    with av.open(path, "w", format="webm", options={"live": "1"}) as container:  # as browsers write it
        stream = container.add_stream("vp8", rate=1)
        stream.width, stream.height, stream.pix_fmt = 320, 180, "yuv420p"
        for number in range(6):
            frame = av.VideoFrame.from_ndarray(np.full((180, 320, 3), 90, np.uint8), "bgr24")
            frame.pts = number
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    done = meetbot("tiles", path, "--json", "--every", "2")
    (layout,) = json.loads(done.out)["layouts"]
    assert (layout["from"], layout["to"]) == (0, 6)


@pytest.mark.parametrize(
    ("name", "why"), [("out.txt", "does not end in .png"), ("nowhere/out.png", "no folder that is there")]
)
def test_a_still_that_can_be_drawn_nowhere_is_refused_before_anything_is_read(
    tmp_path: Path, name: str, why: str
) -> None:
    done = meetbot("tiles", tmp_path / "not-there.mp4", "--png", tmp_path / name)
    assert (done.code, done.out) == (2, "")
    assert why in done.err
    assert list(tmp_path.iterdir()) == []


def test_a_given_layout_overrules_what_is_seen(recording: Path) -> None:
    done = meetbot("tiles", recording, "--json", "--every", "6", "--layout", "1x2")
    (layout,) = json.loads(done.out)["layouts"]
    assert [tile["box"] for tile in layout["tiles"]] == [[0, 0, 640, 720], [640, 0, 640, 720]]


def test_an_unknown_layout_is_refused(recording: Path) -> None:
    done = meetbot("tiles", recording, "--layout", "lots")
    assert done.code == 2
    assert "--layout lots" in done.err


def test_a_lesson_remembers_the_layout_it_was_given(recording: Path, tmp_path: Path) -> None:
    words = ("analyze", recording, "--out", tmp_path, "--every", "4", "--policy", "cues")
    assert meetbot(*words, "--layout", "single").code == 0
    with open_lesson(tmp_path / "class.meetbot") as lesson:
        (layout,) = lesson.each_layout()
    assert [tuple(place.box) for place in layout.tiles] == [(0, 0, 1280, 720)]
    done = meetbot(*words)
    assert done.code == 2
    assert "another layout (single, now auto)" in done.err
