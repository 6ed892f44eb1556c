"""Peers look at the same instants as meetbot, and are held against it by the smaller of two ratios."""

import json
from pathlib import Path

import numpy as np
import pytest

from benchmarks import peers
from benchmarks.rivals import environments, meter
from meetbot.sources import open_source
from tests.media import Video, steady, write_clip


@pytest.fixture
def clip(tmp_path: Path) -> Path:
    """Three seconds whose brightness goes up."""
    return write_clip(tmp_path / "a.mp4", Video(times=steady(3.0, 25), rate=25))


def test_a_peer_sees_the_pictures_that_we_see(clip: Path) -> None:
    with open_source(clip, 0.4) as found:
        ours = [instant.frames[0].picture.luma.mean() for instant in found][:6]
    theirs = [picture.mean() for picture in meter.instants(str(clip), 0.4, 6)]
    assert np.ptp(ours) > 20
    assert theirs == pytest.approx(ours, abs=3)


def test_the_first_look_is_not_counted(clip: Path, capsys: pytest.CaptureFixture[str]) -> None:
    looks: list[int] = []

    def look(picture: meter.Pixels) -> int:
        looks.append(len(looks))
        return looks[-1]

    meter.measure(str(clip), 0.5, 3, look)
    told = json.loads(capsys.readouterr().out)
    assert looks == [0, 1, 2, 3]
    assert told["faces"] == pytest.approx((1 + 2 + 3) / 3)
    assert told["cpu"] >= 0 and told["wall"] > 0 and told["peak"] > 10


def test_the_smaller_ratio_is_held_against_the_bar() -> None:
    ours = {"wall": 0.1, "cpu": 0.05, "peak": 300.0, "faces": 25.0}
    slow, slower = ({**ours, "wall": times * 0.1, "cpu": 3 * times * 0.05} for times in (10.0, 39.9))
    rows = {row.claim: row for row in peers.speeds({"meetbot": ours, "students": slower, "fer": slow})}
    students, fer = (rows[f"meetbot beside {name}, a sampled frame"] for name in ("students", "fer"))
    assert students.measured == "39.9 times as fast; 39.9 by the clock, 120 by CPU" and not students.held
    assert fer.held


def test_a_package_weighs_what_its_wheel_for_this_system_does() -> None:
    wheels = [
        {"url": "https://host/a-1-cp311-cp311-musllinux_1_2_x86_64.whl", "size": 90},
        {"url": "https://host/a-1-pp311-pypy311_pp73-manylinux_2_27_x86_64.whl", "size": 80},
        {"url": "https://host/a-1-cp311-cp311-manylinux_2_27_x86_64.whl", "size": 70},
    ]
    assert environments.download_size({"wheels": wheels, "sdist": {"size": 99}}) == 70
    assert environments.download_size({"sdist": {"size": 99}}) == 99
