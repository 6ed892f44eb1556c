"""FER-2013 in each of the forms in which people have it, and what is said of damaged ones."""

from pathlib import Path

import cv2
import numpy as np
import pytest

from meetbot.errors import InputError
from meetbot.types import EMOTIONS, Image
from training.data import PRIVATE_TEST, PUBLIC_TEST, TRAINING, Faces, read, training_rows
from training.formats import VOTE_COLUMNS

PIXELS = 48 * 48
VOTES_HEAD = "Usage,Image name," + ",".join(VOTE_COLUMNS)


def pictures(count: int) -> Image:
    return np.random.default_rng(5).integers(0, 256, (count, 48, 48)).astype(np.uint8)


def numbers(picture: Image) -> str:
    return " ".join(map(str, picture.ravel()))


def write_csv(path: Path, *lines: str, head: str = "emotion,pixels,Usage") -> Path:
    path.write_text("\n".join([head, *lines]) + "\n")
    return path


@pytest.fixture
def table(tmp_path: Path) -> Path:
    """Three rows as Kaggle writes them: sad, neutral, angry, one of each split."""
    one, two, three = map(numbers, pictures(3))
    lines = (f"4,{one},Training", f"6,{two},PublicTest", f"0,{three},PrivateTest")
    return write_csv(tmp_path / "fer2013.csv", *lines)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Kaggle's folders with a picture of every label in `train`, and three in `test`."""
    root = tmp_path / "fer"
    for label, picture in zip(EMOTIONS, pictures(7), strict=True):
        put(root / "train" / label / "Training_1.png", picture)
    for name in ("PrivateTest_1.png", "PublicTest_1.png", "im3.png"):
        put(root / "test" / "fear" / name, pictures(1)[0])
    return root


def put(file: Path, picture: Image) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    cv2.imwrite(str(file), picture)


def check_three(faces: Faces) -> None:
    assert faces.emotion.tolist() == [4, 6, 0]
    assert faces.usage.tolist() == [TRAINING, PUBLIC_TEST, PRIVATE_TEST]
    assert np.array_equal(faces.pixels, pictures(3))


def test_kaggle_s_table_is_read(table: Path) -> None:
    faces = read(table)
    check_three(faces)
    assert faces.votes is None
    assert len(training_rows(faces)) == 1


def test_the_table_with_other_columns_order_and_blanks_is_read(tmp_path: Path) -> None:
    one, two, three = map(numbers, pictures(3))
    lines = (f"4,Training,{one}", f"6,PublicTest,{two}", f"0,PrivateTest,{three}")
    check_three(read(write_csv(tmp_path / "icml_face_data.csv", *lines, head="emotion, Usage, pixels")))


def test_a_table_with_a_byte_order_mark_and_foreign_line_ends_is_read(table: Path) -> None:
    table.write_bytes(b"\xef\xbb\xbf" + table.read_bytes().replace(b"\n", b"\r\n"))
    check_three(read(table))


def test_votes_come_from_the_csv_of_ferplus_in_the_same_order(table: Path, tmp_path: Path) -> None:
    lines = ("Training,fer0.png,1,2,3,4,0,0,0,0,0,0", "PublicTest,fer1.png,10,0,0,0,0,0,0,0,0,0")
    votes = write_csv(tmp_path / "new.csv", *lines, "PrivateTest,,0,0,0,0,0,0,0,0,0,10", head=VOTES_HEAD)
    faces = read(table, votes)
    assert faces.votes is not None
    assert faces.votes.tolist() == [[1, 2, 3, 4, 0, 0, 0, 0, 0, 0], [10] + [0] * 9, [0] * 9 + [10]]


def test_an_npz_that_holds_some_rows_picks_their_votes(tmp_path: Path) -> None:
    path = tmp_path / "some.npz"
    rows = np.array([2, 0])
    np.savez(path, pixels=pictures(2), emotion=np.array([1, 2]), usage=np.array([0, 0]), row=rows)
    lines = [f"Training,fer.png,{row},0,0,0,0,0,0,0,0,0" for row in range(3)]
    faces = read(path, write_csv(tmp_path / "new.csv", *lines, head=VOTES_HEAD))
    assert faces.votes is not None
    assert faces.votes[:, 0].tolist() == [2, 0]


def test_votes_of_other_rows_are_refused(table: Path, tmp_path: Path) -> None:
    votes = write_csv(tmp_path / "new.csv", "Training,fer0.png,1,2,3,4,0,0,0,0,0,0", head=VOTES_HEAD)
    with pytest.raises(InputError, match="votes for 1 rows, the faces are 3"):
        read(table, votes)


def test_folders_are_read_by_split_and_label(folder: Path) -> None:
    faces = read(folder)
    training = faces.pick(faces.usage == TRAINING)
    assert sorted(training.emotion.tolist()) == list(range(7))
    for label, picture in zip(EMOTIONS, pictures(7), strict=True):
        row = training.emotion.tolist().index(EMOTIONS.index(label))
        assert np.array_equal(training.pixels[row], picture)


def test_the_folder_test_is_public_except_for_files_named_private(folder: Path) -> None:
    faces = read(folder)
    tested = faces.usage[faces.usage != TRAINING]
    assert tested.tolist() == [PRIVATE_TEST, PUBLIC_TEST, PUBLIC_TEST]


def test_a_jpeg_is_read_in_grey(folder: Path) -> None:
    colour = np.full((48, 48, 3), (200, 100, 100), np.uint8)
    put(folder / "train" / "sad" / "a.jpg", colour)
    faces = read(folder)
    flat = [picture for picture in faces.pixels if picture.std() < 1]
    assert [int(picture.mean()) for picture in flat] == [pytest.approx(111, abs=2)]


def test_votes_can_t_be_laid_over_folders(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="has lost their order"):
        read(folder, tmp_path / "new.csv")


def test_a_folder_of_no_known_label_is_refused(folder: Path) -> None:
    put(folder / "test" / "bored" / "a.png", pictures(1)[0])
    with pytest.raises(InputError, match="'bored' is none of angry, disgust"):
        read(folder)


def test_a_folder_without_its_splits_is_refused(folder: Path) -> None:
    with pytest.raises(InputError, match="has no folder train"):
        read(folder / "train")


def test_folders_without_a_picture_are_refused(tmp_path: Path) -> None:
    for split in ("train", "test"):
        (tmp_path / split / "happy").mkdir(parents=True)
    with pytest.raises(InputError, match="holds no face"):
        read(tmp_path)


@pytest.mark.parametrize("content", [b"", b"no picture"])
def test_a_damaged_picture_is_named(folder: Path, content: bytes) -> None:
    (folder / "train" / "happy" / "bad.jpg").write_bytes(content)
    with pytest.raises(InputError, match=r"bad\.jpg is no picture"):
        read(folder)


def test_a_picture_of_another_size_is_named(folder: Path) -> None:
    put(folder / "train" / "happy" / "wide.png", np.zeros((48, 64), np.uint8))
    with pytest.raises(InputError, match=r"wide\.png is 64x48, not 48x48"):
        read(folder)


FULL = numbers(np.zeros((48, 48), np.uint8))


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (f"7,{FULL},Training", "line 2 has '7' where a number from 0 to 6 belongs"),
        (f"sad,{FULL},Training", "line 2 has 'sad' where a number"),
        (f"3,{FULL} 1,Training", "line 2 has 2305 pixels instead of 2304"),
        ("3,,Training", "line 2 has 0 pixels"),
        (f"3,{FULL[:-1]}256,Training", "pixels that are no numbers from 0 to 255"),
        (f"3,{FULL[:-1]}x,Training", "pixels that are no numbers"),
        (f"3,{FULL},Test", "'Test' is none of Training, PublicTest, PrivateTest"),
        (f"3,{FULL}", "line 2 has 2 cells instead of 3"),
    ],
)
def test_a_bad_row_is_told_by_its_line(tmp_path: Path, line: str, said: str) -> None:
    with pytest.raises(InputError, match=said):
        read(write_csv(tmp_path / "bad.csv", line))


def test_a_bad_vote_is_told_by_its_line(table: Path, tmp_path: Path) -> None:
    votes = write_csv(tmp_path / "new.csv", "Training,a.png,1,2,3,4,0,0,0,0,0,-1", head=VOTES_HEAD)
    with pytest.raises(InputError, match=r"new\.csv, line 2 has '-1'"):
        read(table, votes)


def test_a_table_without_a_column_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no column Usage"):
        read(write_csv(tmp_path / "bad.csv", head="emotion,pixels"))


def test_an_empty_table_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="holds no face"):
        read(write_csv(tmp_path / "empty.csv"))


def test_a_table_that_is_none_is_refused(tmp_path: Path) -> None:
    binary = tmp_path / "binary.csv"
    binary.write_bytes(b"\xff\xfe\x00")
    for path in (binary, tmp_path / "missing.csv"):
        with pytest.raises(InputError, match="can't be read as a table"):
            read(path)


@pytest.mark.parametrize("name", ["emotion", "usage", "votes"])
def test_an_npz_whose_arrays_don_t_fit_is_refused(tmp_path: Path, name: str) -> None:
    counts = {one: 2 if one == name else 3 for one in ("emotion", "usage", "votes")}
    path = tmp_path / "bad.npz"
    np.savez(
        path,
        pixels=pictures(3),
        emotion=np.zeros(counts["emotion"]),
        usage=np.zeros(counts["usage"]),
        votes=np.zeros((counts["votes"], 10)),
    )
    with pytest.raises(InputError, match="its arrays don't fit together"):
        read(path)


@pytest.mark.parametrize(
    ("emotion", "kinds", "said"), [(7, 10, "none of 0 to 6"), (-1, 10, "none of 0 to 6"), (0, 8, "10 kinds")]
)
def test_an_npz_of_other_labels_is_refused(tmp_path: Path, emotion: int, kinds: int, said: str) -> None:
    path = tmp_path / "other.npz"
    labels = np.array([0, emotion, 6])
    np.savez(path, pixels=pictures(3), emotion=labels, usage=np.zeros(3), votes=np.zeros((3, kinds)))
    with pytest.raises(InputError, match=said):
        read(path)
