"""Names are read off the cells, whatever way they are written; icons are not letters."""

import sys

import numpy as np
import pytest

from meetbot.carried import Carried
from meetbot.gallery import labels
from meetbot.gallery.labels import FINDER, READER, LabelReader, _decoded, labels_available
from meetbot.types import Image
from tests.labelled import Style, Writing, labelled
from tests.requires import require_extra


@pytest.fixture(scope="module")
def reader() -> LabelReader:
    require_extra("names")
    return LabelReader()


def samples(name: str, how: Writing) -> list[Image]:
    return [labelled(name, how, seed) for seed in range(3)]


def text(reader: LabelReader, name: str, how: Writing) -> str | None:
    label = reader.read(samples(name, how))
    return label.text if label else None


@pytest.mark.parametrize("size", [12, 16])
@pytest.mark.parametrize("style", ["box", "bare", "pill"])
def test_a_name_is_read_in_every_style(reader: LabelReader, style: Style, size: int) -> None:
    assert text(reader, "Katherine Johnson", Writing(style, size)) == "Katherine Johnson"


@pytest.mark.parametrize("name", ["Chloé Dubois", "Łukasz Nowak", "Jürgen Weiß"])
def test_letters_with_marks_are_read(reader: LabelReader, name: str) -> None:
    assert text(reader, name, Writing("pill", 16)) == name


@pytest.mark.parametrize("red", [True, False])
@pytest.mark.parametrize("side", ["left", "right"])
def test_a_struck_out_microphone_is_no_letter(reader: LabelReader, side: str, red: bool) -> None:
    how = Writing("box", 14, muted="left" if side == "left" else "right", red=red)
    assert text(reader, "Emmy Noether", how) == "Emmy Noether"


@pytest.mark.parametrize(
    ("text", "last", "read"),
    [("Ada 赛", 0.5, "Ada"), ("Lina 李", 0.95, "Lina 李"), ("Kim秀", 0.5, "Kim秀"), ("王 李", 0.5, "王 李")],
)
def test_a_hardly_readable_sign_behind_a_name_is_no_letter(text: str, last: float, read: str) -> None:
    alphabet = ["", *dict.fromkeys(text)]
    chances = np.zeros((len(text), len(alphabet)), np.float32)
    for place, letter in enumerate(text):
        chances[place, alphabet.index(letter)] = last if place == len(text) - 1 else 0.97
    assert _decoded(chances, alphabet, 2.0).text == read


def test_a_cell_without_a_label_has_no_name(reader: LabelReader) -> None:
    assert reader.read([np.full((180, 320), 60, np.uint8)]) is None


def test_cells_of_a_layout_are_read_together_in_their_order(reader: LabelReader) -> None:
    names = ["Ada Lovelace", "Grace Hopper", "Lise Meitner", "Mary Ross", "Hedy Lamarr"]
    found = reader.read_all([samples(name, Writing()) for name in names])
    assert [label.text if label else None for label in found] == names


def test_no_cells_have_no_labels(reader: LabelReader) -> None:
    assert reader.read_all([]) == []


def test_cells_of_different_sizes_are_read_together(reader: LabelReader) -> None:
    large = labelled("Sofia Kova", Writing(), size=(640, 360))
    small = labelled("Mary Ross", Writing(), size=(200, 112))
    found = reader.read_all([[large], [small]])
    assert [label.text if label else None for label in found] == ["Sofia Kova", "Mary Ross"]


@pytest.mark.parametrize("size", [(190, 142), (170, 128)])
def test_a_name_that_is_as_wide_as_its_cell_is_read_to_its_end(
    reader: LabelReader, size: tuple[int, int]
) -> None:
    names = ["Valentina Smith", "Katherine Moss", "Ada"]
    found = reader.read_all([[labelled(name, Writing("box", 16), size=size)] for name in names])
    assert [label.text if label else None for label in found] == names


def test_a_name_in_letters_that_are_large_for_their_cell_is_read(reader: LabelReader) -> None:
    label = reader.read([labelled("Élodie Berg", Writing("box", 26), size=(248, 140))])
    assert label and label.text == "Élodie Berg"


def test_a_name_in_the_lower_right_is_read(reader: LabelReader) -> None:
    left = np.full((180, 200), 60, np.uint8)
    label = reader.read([np.hstack([left, labelled("Mary Ross", Writing("box", 14), size=(110, 180))])])
    assert label and label.text == "Mary Ross"


def test_how_sure_it_is_comes_with_the_text(reader: LabelReader) -> None:
    label = reader.read(samples("Ada Lovelace", Writing("pill", 16)))
    assert label and 0.9 < label.confidence <= 1


@pytest.mark.parametrize("size", [(1, 1), (3, 200), (40, 12)])
def test_tiny_cells_have_no_name(reader: LabelReader, size: tuple[int, int]) -> None:
    assert reader.read([np.zeros(size, np.uint8)]) is None


@pytest.mark.parametrize("weights", [FINDER, READER], ids=["finder", "reader"])
def test_the_weights_lie_in_the_installed_package_which_is_not_imported(weights: Carried) -> None:
    require_extra("names")
    assert weights.sure().stat().st_size > 5_000_000
    assert "rapidocr" not in sys.modules


def test_without_the_extra_names_are_known_to_be_out_of_reach(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(labels, "find_spec", lambda name: None)
    assert not labels_available()
    assert "meetbot[names]" in labels.HOW_TO_GET_NAMES


def test_where_the_extra_can_not_be_loaded_names_are_out_of_reach_too(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    require_extra("names")
    monkeypatch.setitem(sys.modules, "onnxruntime", None)  # as if one of its libraries were missing
    assert not labels_available()
