"""The demo's class: who is in it, what they do on which word, and what their cameras show."""

import sys
from collections.abc import Collection
from math import inf
from pathlib import Path

import numpy as np
import pytest

from meetbot.demo.cast import CAST, LATE, PUNCTUAL, SCENES, Script
from meetbot.demo.portraits import Student, camera
from meetbot.demo.student import Figure
from meetbot.demo.troupe import come_in, troupe
from meetbot.errors import RoomError
from meetbot.faces.find import FaceFinder
from meetbot.types import Frame, Image, Picture

NAMES = {student.name for student in CAST}
SIZE = (320, 180)


def faces(picture: Image) -> int:
    """How many faces the finder sees."""
    return len(FaceFinder()(Frame(0.0, Picture(np.asarray(picture[:, :, 1])))))


def test_there_are_six_students_and_everything_happens_to_one_of_them() -> None:
    assert len(CAST) == 6 == len(NAMES)
    assert {scene.who for scene in SCENES} <= NAMES
    assert {*PUNCTUAL} | LATE == NAMES and LATE and not LATE & {*PUNCTUAL}
    words = {scene.word for scene in SCENES}
    assert {"come", "leave", "turn_away", "camera_off"} <= words


def test_nothing_is_asked_of_somebody_who_is_not_there() -> None:
    here = {*PUNCTUAL}
    for scene in SCENES:
        if scene.word == "come":
            here.add(scene.who)
        assert scene.who in here, scene.told
        if scene.word == "leave":
            here.remove(scene.who)


@pytest.mark.parametrize("seconds", [10, 40, 3600])
def test_a_script_tells_each_scene_once_in_its_time(seconds: float) -> None:
    script = Script(seconds)
    told = [(time, scene) for time in range(int(seconds) + 1) for scene in script.due(time)]
    assert [scene for _, scene in told] == list(SCENES)
    assert all(0.0 <= time - scene.at * seconds < 1.0 for time, scene in told)


def test_an_instant_that_was_left_out_loses_no_scene() -> None:
    script = Script(40)
    assert list(script.due(0.0)) == []
    assert [*script.due(39.0)] == list(SCENES)
    assert list(script.due(40.0)) == []


def test_a_word_about_the_picture_changes_it_and_all_others_go_to_the_room() -> None:
    figure = Figure(Student("Ada", "grace_hopper"), 0)
    assert faces(figure.draw()) == 1
    assert list(figure.cues(["come", "get_up", "talk", "nonsense"])) == ["come", "talk"]
    assert faces(figure.draw()) == 0
    assert list(figure.cues(["sit_down"])) == []
    assert faces(figure.draw()) == 1


def test_nothing_is_done_after_leaving() -> None:
    figure = Figure(Student("Ada", "grace_hopper"), 0)
    assert list(figure.cues(["come", "leave", "talk"])) == ["come"]


@pytest.mark.parametrize("student", CAST, ids=lambda student: student.name)
def test_every_student_has_one_face_that_moves_and_can_turn(student: Student) -> None:
    here, later = camera(student, 0, 0.0, *SIZE), camera(student, 0, student.rhythm / 4, *SIZE)
    away = Figure(student, 0)
    assert list(away.cues(["turn_away"])) == []
    assert faces(here) == faces(later) == faces(away.draw()) == 1
    assert np.abs(here.astype(int) - later).mean() > 1.0


def test_spans_without_an_end_are_spans() -> None:
    assert faces(camera(Student("Ada", "astronaut", gone=(0.0, inf)), 0, 1e9, *SIZE)) == 0


def test_students_who_do_not_come_in_are_told_by_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/bin/false")
    with troupe("http://localhost:1/demo-class") as actors:
        assert set(actors) == NAMES
        with pytest.raises(RoomError, match="The simulated student Grace does not come"):
            come_in(actors, ["Grace"], lambda: ())
        assert actors["Grace"].ended() == 1
        actors["Grace"].hear("talk")  # nobody hears it, and no error comes of it


def test_a_class_begins_when_all_are_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    patient = tmp_path / "python"
    patient.write_text("#!/bin/sh\nexec cat\n")
    patient.chmod(0o700)
    asked: list[Collection[str]] = [(), ("Grace",), ("Eileen", "Grace")]
    monkeypatch.setattr(sys, "executable", str(patient))
    with troupe("http://localhost:1/demo-class") as actors:
        come_in(actors, ["Grace", "Eileen"], lambda: asked.pop(0))
    assert asked == []
    assert all(actor.ended() is not None for actor in actors.values())
