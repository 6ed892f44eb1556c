"""The seal of an encrypted lesson: no box opens that was changed, moved, taken out or put back."""

import sqlite3
from contextlib import closing, suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from meetbot.errors import InputError, MeetbotError
from meetbot.timeline import seal
from meetbot.timeline.lesson import open_lesson
from meetbot.timeline.seal import Lock, Seal
from tests.sealed import PHRASE, boxes, encrypted, put


@pytest.fixture(autouse=True)
def _quick_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    """A cheap key; the shipped cost is looked at by a test of its own."""
    monkeypatch.setattr(seal, "COST", 2**4)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A finished encrypted lesson."""
    with encrypted(tmp_path / "a.meetbot") as lesson:
        lesson.finish("finished", 20.0)
    return tmp_path / "a.meetbot"


def test_the_key_is_as_costly_as_promised(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    lock = Lock.new()
    assert (lock.cost, lock.block, lock.lanes, len(lock.salt)) == (2**17, 8, 1, 16)
    assert Lock.new().salt != lock.salt


@pytest.mark.parametrize(
    "lock",
    [
        Lock(b"s" * 16, 2**40),
        Lock(b"s" * 16, -4),
        Lock(b"s" * 16, 3),
        Lock(b"s" * 16, 16, 2**30),
        Lock(b"s" * 16, 16, 8, 2**30),
        Lock(b"s"),
    ],
)
def test_a_file_can_not_ask_for_an_impossible_key(lock: Lock) -> None:
    with pytest.raises(ValueError):
        lock.keys(PHRASE)


def test_a_lock_that_was_tampered_with_is_called_damage(path: Path) -> None:
    with closing(sqlite3.connect(path)) as file, file:
        file.execute("UPDATE lock SET value = ? WHERE key = 'cost'", (2**40,))
    with pytest.raises(InputError, match="what its key is made with can't be read"):
        open_lesson(path, passphrase=PHRASE)


def test_no_box_is_ever_closed_twice_the_same(path: Path) -> None:
    nonces = [box[: seal.NONCE] for box in boxes(path).values()]
    assert len(set(nonces)) == len(nonces) > 20
    one = Seal(Lock(b"s" * 16, 16), PHRASE)
    assert one.close(1, b"content") != one.close(1, b"content")


def test_a_box_opens_in_its_own_place_and_file_only() -> None:
    one, other = Seal(Lock(b"s" * 16, 16), PHRASE), Seal(Lock(b"t" * 16, 16), PHRASE)
    box = one.close(1, b"content")
    assert one.open(1, box) == b"content"
    for seal_, place, changed in ((one, 2, box), (other, 1, box), (one, 1, box[:-1]), (one, 1, b"")):
        with pytest.raises(ValueError):
            seal_.open(place, changed)


def test_rows_that_changed_places_are_noticed(path: Path) -> None:
    sealed = boxes(path)
    put(path, {5: sealed[6], 6: sealed[5]})
    with pytest.raises(InputError, match="changed or moved after they were written"):
        open_lesson(path, passphrase=PHRASE)


@pytest.mark.parametrize("which", ["last", "middle"])
def test_a_missing_row_is_noticed(path: Path, which: str) -> None:
    places = sorted(boxes(path))
    put(path, {places[-1 if which == "last" else len(places) // 2]: None})
    with pytest.raises(InputError, match="rows were removed or older ones put back"):
        open_lesson(path, passphrase=PHRASE)


def test_an_older_row_put_back_is_noticed(path: Path) -> None:
    before = boxes(path)
    with open_lesson(path, write=True, passphrase=PHRASE) as lesson:
        lesson.set_role(1, "teacher")
    place = next(place for place, box in boxes(path).items() if place and before[place] != box)
    put(path, {place: before[place]})
    with pytest.raises(InputError, match="rows were removed or older ones put back"):
        open_lesson(path, passphrase=PHRASE)


def test_a_missing_beginning_is_noticed(path: Path) -> None:
    put(path, {0: None})
    with pytest.raises(InputError, match="beginning of its encrypted rows is missing"):
        open_lesson(path, passphrase=PHRASE)


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A lesson to be spoilt again and again."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(seal, "COST", 2**4)
        encrypted(made := tmp_path_factory.mktemp("sealed") / "a.meetbot").close()
    return made


@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_flipped_bytes_never_crash_the_reader(template: Path, data: st.DataObject) -> None:
    content = bytearray(template.read_bytes())
    for place in data.draw(st.lists(st.integers(0, len(content) - 1), min_size=1, max_size=20)):
        content[place] = data.draw(st.integers(0, 255))
    flipped = template.parent / "flipped.meetbot"
    flipped.write_bytes(content)
    with suppress(MeetbotError), open_lesson(flipped, passphrase=PHRASE) as lesson:
        assert len(list(lesson.each_reading_row())) == 40  # what opens is what was written
