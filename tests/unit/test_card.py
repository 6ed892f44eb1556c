"""A model's card is read as it stands, or refused with a sentence that says what is wrong with it."""

import json
from pathlib import Path

import pytest

from meetbot.errors import ModelError
from meetbot.faces.card import output_labels, read_card
from meetbot.types import EMOTIONS

STORED = {
    "name": "test",
    "labels": list(EMOTIONS),
    "outputs": {"shown": "votes", "original": "angry happy", "votes": "neutral happy contempt"},
    "input_size": 48,
    "mean": 128,
    "scale": 64.0,
    "sha256": "ab" * 32,
    "trained_on": "nothing",
    "scores": {"accuracy": 0.5},
    "temperatures": {"original": 1.5, "votes": 0.75},
}


def written(folder: Path, **changes: object) -> Path:
    """A card with some entries changed; None leaves one out."""
    entries = {name: value for name, value in {**STORED, **changes}.items() if value is not None}
    path = folder / "emotion.json"
    path.write_text(json.dumps(entries), encoding="utf-8")
    return path


def test_every_entry_arrives(tmp_path: Path) -> None:
    card = read_card(written(tmp_path))
    assert (card.name, card.labels, card.input_size, card.mean, card.scale) == ("test", EMOTIONS, 48, 128, 64)
    assert (card.sha256, card.trained_on, card.scores) == ("ab" * 32, "nothing", {"accuracy": 0.5})


def test_the_temperature_is_the_shown_outputs(tmp_path: Path) -> None:
    card = read_card(written(tmp_path))
    assert card.temperature == 0.75
    assert card.temperatures == {"original": 1.5, "votes": 0.75}


@pytest.mark.parametrize(("entry", "levelled"), [({}, False), ({"levelled": True}, True)])
def test_faces_are_levelled_where_the_card_says_so(
    tmp_path: Path, entry: dict[str, bool], levelled: bool
) -> None:
    assert read_card(written(tmp_path, **entry)).levelled is levelled


def test_an_outputs_labels_keep_their_order(tmp_path: Path) -> None:
    assert output_labels(read_card(written(tmp_path)), "votes") == ("neutral", "happy", "contempt")


def test_a_missing_card_is_named(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"nowhere\.json can't be read"):
        read_card(tmp_path / "nowhere.json")


@pytest.mark.parametrize("text", ["", "{", "[]", "7", '"card"', "\x00\x01"])
def test_a_file_that_is_no_card_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "emotion.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ModelError, match="is broken"):
        read_card(path)


def test_bytes_that_are_no_text_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "emotion.json"
    path.write_bytes(b"\xff\xfe\x80")
    with pytest.raises(ModelError, match="is broken"):
        read_card(path)


@pytest.mark.parametrize("name", STORED)
def test_a_card_without_an_entry_says_which(tmp_path: Path, name: str) -> None:
    with pytest.raises(ModelError, match=f"broken .no '{name}'"):
        read_card(written(tmp_path, **{name: None}))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("labels", "angry"),
        ("outputs", ["votes"]),
        ("outputs", {"votes": "neutral happy"}),
        ("outputs", {"shown": "third", "votes": "neutral happy"}),
        ("temperatures", {"original": 1.0}),
        ("temperatures", {"original": 1.0, "votes": 0}),
        ("scale", 0),
        ("scale", "64"),
        ("input_size", -48),
        ("mean", [128]),
        ("scores", {"accuracy": True}),
        ("levelled", "false"),
        ("levelled", 1),
    ],
)
def test_a_value_that_can_not_be_used_is_refused(tmp_path: Path, name: str, value: object) -> None:
    with pytest.raises(ModelError, match="is broken"):
        read_card(written(tmp_path, **{name: value}))
