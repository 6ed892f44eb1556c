"""Which rows are learned from, and what is said about the data."""

from pathlib import Path

import cv2
import numpy as np
import pytest

from meetbot.errors import InputError
from training.census import report
from training.data import (
    ORIGINAL,
    PRIVATE_TEST,
    PUBLIC_TEST,
    TRAINING,
    UNCERTAIN_SOURCE,
    VOTES,
    Faces,
    copies,
    main,
    read,
    training_rows,
    vote_shares,
)
from training.sheet import ACROSS, MARGIN, sheet, shown


def some(count: int) -> Faces:
    """Distinct pictures, all of Training, with every vote for what the label says."""
    rng = np.random.default_rng(3)
    emotion = (np.arange(count) % len(ORIGINAL)).astype(np.uint8)
    votes = np.zeros((count, 10), np.uint8)
    votes[np.arange(count), [VOTES.index(ORIGINAL[label]) for label in emotion]] = 10
    pixels = rng.integers(0, 256, (count, 48, 48)).astype(np.uint8)
    return Faces(pixels, emotion, np.zeros(count, np.uint8), votes, np.zeros(count, np.uint8))


def kept(faces: Faces) -> list[int]:
    """The rows that are learned from, told by their first pixels."""
    starts = [picture[0].tobytes() for picture in faces.pixels]
    return [starts.index(picture[0].tobytes()) for picture in training_rows(faces).pixels]


def test_ordinary_training_rows_are_all_kept() -> None:
    assert kept(some(6)) == [0, 1, 2, 3, 4, 5]


def test_public_test_is_never_learned_from() -> None:
    faces = some(4)
    faces.usage[1] = PUBLIC_TEST
    assert kept(faces) == [0, 2, 3]


def test_a_copy_of_a_public_test_picture_is_left_out() -> None:
    faces = some(5)
    faces.usage[4] = PUBLIC_TEST
    faces.pixels[1] = faces.pixels[4]
    assert kept(faces) == [0, 2, 3]
    assert copies(faces, PUBLIC_TEST).tolist() == [False, True, False, False, True]


def test_uncertain_blank_and_faceless_rows_are_left_out() -> None:
    faces = some(6)
    assert faces.votes is not None
    faces.source[0] = UNCERTAIN_SOURCE
    faces.pixels[2] = 90
    faces.votes[4] = [4, 0, 0, 0, 0, 0, 0, 0, 0, 6]
    assert kept(faces) == [1, 3, 5]


def test_half_of_the_votes_against_a_face_are_no_majority() -> None:
    faces = some(2)
    assert faces.votes is not None
    faces.votes[1] = [5, 0, 0, 0, 0, 0, 0, 0, 0, 5]
    assert kept(faces) == [0, 1]


def test_shares_leave_out_unknown_and_not_a_face() -> None:
    votes = np.array([[3, 1, 0, 0, 0, 0, 0, 0, 4, 2], [0, 0, 0, 0, 0, 0, 0, 0, 10, 0]], np.uint8)
    shares = vote_shares(votes)
    assert shares[0].tolist() == [0.75, 0.25, 0, 0, 0, 0, 0, 0]
    assert shares[1].tolist() == [0] * 8


def test_an_npz_without_votes_is_read(tmp_path: Path) -> None:
    faces = some(3)
    path = tmp_path / "faces.npz"
    np.savez(path, pixels=faces.pixels, emotion=faces.emotion, usage=faces.usage)
    found = read(path)
    assert found.votes is None
    assert np.array_equal(found.pixels, faces.pixels)
    assert found.source.tolist() == [0, 0, 0]
    assert len(training_rows(found)) == 3


def test_what_is_no_data_set_is_refused(tmp_path: Path) -> None:
    broken, other, cut = (tmp_path / f"{name}.npz" for name in ("broken", "other", "cut"))
    broken.write_bytes(b"PK no zip")
    np.savez(other, pictures=np.zeros(3))
    cut.write_bytes(other.read_bytes()[:-30])  # as a download that stopped leaves it
    for path in (tmp_path / "missing.npz", broken, other, cut):
        with pytest.raises(InputError, match=f"{path.name} is no face data set"):
            read(path)


def test_the_report_counts_what_it_was_given() -> None:
    faces = some(14)
    assert faces.votes is not None
    faces.usage[7:] = PUBLIC_TEST
    faces.pixels[0] = faces.pixels[8]
    faces.votes[1] = [0, 0, 0, 0, 0, 0, 9, 1, 0, 0]
    text = report(faces)
    assert f"| all | {np.sum(faces.usage == TRAINING)} | 7 |" in text
    assert "| angry | 1 (14.3 %) | 1 (14.3 %) |" in text
    assert "| pixel copy of a PublicTest picture | 1 |" in text
    assert "| learned from | 6 |" in text
    assert (
        "1 pictures stand in the data more than once (2 rows), 1 of them in more than one split; 1 of them"
        in text
    )
    assert "on 92.9 % of these both label sets agree" in text


def test_the_report_says_how_often_each_label_is_agreed_on() -> None:
    faces = some(14)
    assert faces.votes is not None
    faces.votes[0] = [9, 0, 0, 0, 1, 0, 0, 0, 0, 0]
    text = report(faces)
    assert "| angry | 1 | 0 | 0 | 0 | 1 | 0 | 0 | 0 | 50 % |" in text
    assert "| happy | 0 | 2 | 0 | 0 | 0 | 0 | 0 | 0 | 100 % |" in text


def test_the_report_counts_the_copies_in_private_test_or_says_that_it_can_t() -> None:
    faces = some(7)
    assert "PrivateTest still holds copies of Training" in report(faces)
    assert "that split is not in this file" in report(faces)
    faces.usage[5:] = PRIVATE_TEST
    faces.pixels[6] = faces.pixels[0]
    assert "1 of its 2 rows" in report(faces)
    assert "| label | Training | PublicTest | PrivateTest |" in report(faces)


def test_the_sheet_shows_each_label_what_is_left_out_and_conflicts() -> None:
    faces = some(50)
    assert faces.votes is not None
    faces.pixels[3] = 90
    faces.votes[9] = [0, 0, 0, 0, 0, 0, 0, 0, 1, 9]
    faces.source[11] = UNCERTAIN_SOURCE
    faces.pixels[20] = faces.pixels[22]
    rows = shown(faces)
    assert list(rows)[:7] == list(ORIGINAL)
    assert [rows[name].tolist() for name in ("blank", "not a face", "uncertain row")] == [[3], [9], [11]]
    assert rows["same, two labels"].tolist() == [20, 22]
    assert rows["angry"].tolist() == [0, 7, 14, 21, 28, 35, 42, 49]


def test_the_sheet_draws_the_faces_themselves() -> None:
    faces = some(30)
    picture = cv2.imdecode(np.frombuffer(sheet(faces), np.uint8), cv2.IMREAD_GRAYSCALE)
    assert picture is not None
    assert picture.shape[1] == MARGIN + ACROSS * 48
    assert np.array_equal(picture[:48, MARGIN : MARGIN + 48], faces.pixels[0])


def test_the_command_draws_the_sheet_where_it_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    faces = some(9)
    np.savez(tmp_path / "a.npz", pixels=faces.pixels, emotion=faces.emotion, usage=faces.usage)
    target = tmp_path / "out" / "sheet.png"
    monkeypatch.setattr("sys.argv", ["data", "--data", str(tmp_path / "a.npz"), "--sheet", str(target)])
    main()
    assert target.read_bytes().startswith(b"\x89PNG")
    assert capsys.readouterr().out == ""


def test_the_command_prints_the_counts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    faces = some(9)
    np.savez(tmp_path / "a.npz", pixels=faces.pixels, emotion=faces.emotion, usage=faces.usage)
    monkeypatch.setattr("sys.argv", ["data", "--data", str(tmp_path / "a.npz")])
    main()
    assert capsys.readouterr().out.startswith("# The data, counted")


def test_the_report_does_without_votes() -> None:
    faces = some(7)
    text = report(Faces(faces.pixels, faces.emotion, faces.usage, None, faces.source))
    assert "learned from | 7" in text
    assert "FER+" not in text
