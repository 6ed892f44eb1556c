"""Every network under one budget: finished ones are skipped, interrupted ones go on, a table tells."""

import json
import math
from collections.abc import Callable, Iterator
from pathlib import Path

import keras
import numpy as np
import pytest
from keras import layers

from meetbot.errors import InputError, UsageError
from tests.toys import without_ceremony
from training import checkpoint, compare, curves, nets, speed, transfer
from training.blocks import scaled, two_outputs
from training.compare import ENTRIES, ROUND, Entry, figures_of, plan
from training.comparison import Budget, page
from training.data import Faces
from training.measure import Figures
from training.published import FERPLUS, PUBLISHED
from training.recipe import Recipe, from_stored


@pytest.fixture(autouse=True)
def soon_done() -> Iterator[None]:
    with without_ceremony():
        yield


BUDGET = Budget(pictures=64, minutes=20)
DONE: Figures = {
    **{"net": "tiny", "start": "", "parameters": 1234567, "pictures": 4096, "minutes": 1.5, "n": 30},
    **{"accuracy": 0.5012, "weighted_f1": 0.4, "balanced_accuracy": 0.3, "ferplus": 0.61},
    **{"ms": 0.123, "backend": "tensorflow"},
}


def tiny() -> keras.Model:
    picture = keras.Input((48, 48, 1), name="picture")
    x = layers.Flatten()(layers.AveragePooling2D(12)(picture))
    return keras.Model(picture, two_outputs(layers.Dense(8)(x), 0.0))


@pytest.fixture
def faces() -> Faces:
    rng = np.random.default_rng(1)
    pixels = rng.integers(0, 256, (160, 48, 48)).astype(np.uint8)
    votes = np.zeros((160, 10), np.uint8)
    votes[np.arange(160), np.arange(160) % 8] = 10
    emotion = (np.arange(160) % 7).astype(np.uint8)
    return Faces(pixels, emotion, (np.arange(160) >= 100).astype(np.uint8), votes, np.zeros(160, np.uint8))


@pytest.fixture
def two(monkeypatch: pytest.MonkeyPatch) -> tuple[Entry, ...]:
    """Two small networks in place of the seven; LiteRT's time stays out of it."""
    entries = (Entry("tiny", 0.05), Entry("other", 0.01))
    for entry in entries:
        monkeypatch.setitem(nets.NETS, entry.net, tiny)
    monkeypatch.setattr(compare, "ENTRIES", entries)
    monkeypatch.setattr(compare, "milliseconds_a_face", lambda *_: 0.25)
    return entries


def run(faces: Faces, folder: Path, entries: tuple[Entry, ...], budget: Budget = BUDGET) -> str:
    compare.compare(faces, folder / "runs", budget, entries, folder / "compare.md")
    return (folder / "compare.md").read_text(encoding="utf-8")


def test_every_network_has_its_entry() -> None:
    assert [entry.net for entry in ENTRIES] == list(nets.NETS)
    assert {entry.net for entry in ENTRIES if entry.start} == set(transfer.APPLICATIONS)


@pytest.mark.parametrize("pictures", [128, 8192, 10_000, 300_000])
def test_a_plan_spends_the_pictures_to_a_batch_a_round(pictures: int) -> None:
    recipe = plan(ENTRIES[0], Budget(pictures, 20), 28_218)
    seen = recipe.epochs * recipe.round
    assert pictures - recipe.epochs * recipe.batch < seen <= pictures
    assert recipe.round <= ROUND
    assert recipe.round % recipe.batch == 0


def test_a_plan_shows_no_more_in_a_round_than_there_is() -> None:
    recipe = plan(ENTRIES[0], Budget(1000, 20), 300)
    assert (recipe.epochs, recipe.round) == (4, 128)
    recipe = plan(ENTRIES[0], Budget(300, 20), 100)
    assert (recipe.epochs, recipe.round, recipe.batch) == (3, 100, 100)


def test_a_plan_carries_the_budget_s_other_terms() -> None:
    recipe = plan(Entry("vgg16", 0.01, "imagenet"), Budget(9000, 7.5, "mixed_bfloat16", 3), 28_218)
    assert (recipe.minutes, recipe.precision, recipe.seed) == (7.5, "mixed_bfloat16", 3)
    assert (recipe.net, recipe.rate, recipe.start) == ("vgg16", 0.01, "imagenet")


def test_all_networks_are_trained_and_stand_in_the_table(
    faces: Faces, two: tuple[Entry, ...], tmp_path: Path
) -> None:
    text = run(faces, tmp_path, two)
    for entry in two:
        figures = json.loads((tmp_path / "runs" / entry.net / "figures.json").read_text())
        assert figures["pictures"] == 64
        assert 0 <= figures["accuracy"] <= 1
        assert f"| `{entry.net}` | scratch |" in text


def test_a_finished_network_is_not_trained_again(
    faces: Faces, two: tuple[Entry, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = run(faces, tmp_path, two)

    def never(*_: object) -> None:
        raise AssertionError("trained again")

    monkeypatch.setattr(compare, "train", never)
    assert run(faces, tmp_path, two) == first


def test_an_interrupted_network_goes_on_where_it_stood(
    faces: Faces, two: tuple[Entry, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    budget = Budget(pictures=300, minutes=20)
    draw: Callable[[Path, Path], None] = curves.draw

    def interrupt(table: Path, picture: Path) -> None:
        draw(table, picture)
        if len(curves.read(table)["epoch"]) == 2:
            raise KeyboardInterrupt

    monkeypatch.setattr(compare, "plan", lambda entry, *_: planned(entry))
    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(curves, "draw", interrupt)
        run(faces, tmp_path, two, budget)
    assert not (tmp_path / "compare.md").exists()
    run(faces, tmp_path, two, budget)
    table = (tmp_path / "runs" / "tiny" / "curves.csv").read_text().splitlines()
    assert [line.split(",")[0] for line in table[1:]] == ["1", "2", "3"]
    assert from_stored(checkpoint.read(tmp_path / "runs" / "tiny" / "last.npz").recipe).epochs == 3


def planned(entry: Entry) -> Recipe:
    """Three rounds of two batches."""
    return Recipe(net=entry.net, epochs=3, round=64, batch=32, rate=entry.rate)


def test_the_table_names_what_is_done_so_far(faces: Faces, two: tuple[Entry, ...], tmp_path: Path) -> None:
    text = run(faces, tmp_path, two[1:])
    assert "`other`" in text
    assert "`tiny`" not in text
    assert text != run(faces, tmp_path, two[:1])


def test_a_folder_of_another_budget_is_refused(faces: Faces, two: tuple[Entry, ...], tmp_path: Path) -> None:
    run(faces, tmp_path, two)
    with pytest.raises(UsageError, match="holds a run of another budget"):
        run(faces, tmp_path, two, Budget(pictures=32, minutes=20))


def test_data_without_training_rows_are_refused(faces: Faces, two: tuple[Entry, ...], tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no face to learn from"):
        run(faces.pick(faces.usage == 1), tmp_path, two)


def test_figures_are_of_the_averaged_weights_on_public_test(
    faces: Faces, two: tuple[Entry, ...], tmp_path: Path
) -> None:
    run(faces, tmp_path, two[:1])
    figures = figures_of(faces, tmp_path / "runs" / "tiny")
    model = tiny()
    model.set_weights(checkpoint.read(tmp_path / "runs" / "tiny" / "last.npz").averaged)
    check = faces.pick(faces.usage == 1)
    said = np.asarray(model(scaled(check.pixels), training=False)["original"]).argmax(axis=1)
    assert figures["accuracy"] == pytest.approx(np.mean(said == check.emotion))
    assert figures["n"] == 60
    assert figures["parameters"] == model.count_params()


def test_a_face_is_timed_under_litert(faces: Faces) -> None:
    about = checkpoint.Progress([], 1, {"net": "tiny"})
    duration = compare.milliseconds_a_face(tiny(), about, faces)
    assert duration is not None
    assert 0 < duration < math.inf


def test_another_backend_can_t_time(faces: Faces, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("keras.backend.backend", lambda: "torch")
    assert compare.milliseconds_a_face(tiny(), checkpoint.Progress([], 1, {}), faces) is None


def test_each_of_our_rows_carries_its_figures_and_its_command() -> None:
    text = page([DONE], Budget(4096, 20))
    row = next(line for line in text.splitlines() if line.startswith("| `tiny`"))
    assert row == (
        "| `tiny` | scratch | 1,234,567 | 4,096 | 1.5 | 50.1 % | 40.0 % | 30.0 % | 61.0 % | 0.12 "
        "| `--pictures 4096 --minutes 20 --nets tiny` |"
    )


def test_the_command_names_what_differs_from_the_usual() -> None:
    text = page([DONE], Budget(4096, 20, "mixed_bfloat16", 2))
    assert "--nets tiny --precision mixed_bfloat16 --seed 2`" in text


def test_the_table_says_what_a_network_started_from_and_what_was_not_measured() -> None:
    bare = {**DONE, "start": "imagenet", "ms": None}
    del bare["ferplus"]
    text = page([bare], BUDGET)
    assert "| `tiny` | ImageNet |" in text
    assert "| no votes | not measured |" in text


def test_others_figures_say_how_they_are_known_and_on_which_split() -> None:
    text = page([], BUDGET)
    for one in PUBLISHED:
        row = next(line for line in text.splitlines() if line.startswith(f"| {one.who} |"))
        assert f"| {one.split} | {one.how} elsewhere | {one.source} |" in row
    assert all(f"| {who} | {share} % |" in text for who, share in FERPLUS)


def test_the_followed_projects_figures_are_all_there() -> None:
    pairs = [(one.weighted_f1, one.balanced) for one in PUBLISHED if one.weighted_f1]
    assert pairs == [
        ("64.38", "61.12"),
        ("49.94", "46.62"),
        ("64.95", "62.26"),
        ("54.22", "52.47"),
        ("35.46", "30.24"),
    ]
    assert {"62.9", "66"} <= {one.accuracy for one in PUBLISHED}


def test_the_command_trains_the_named_networks_with_the_given_weights(
    faces: Faces, two: tuple[Entry, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    given: list[object] = []
    monkeypatch.setattr(compare, "compare", lambda *words: given.extend(words))
    monkeypatch.setattr(compare, "ENTRIES", (*two, Entry("vgg16", 0.01, "imagenet")))
    data = tmp_path / "faces.npz"
    np.savez(data, pixels=faces.pixels, emotion=faces.emotion, usage=faces.usage)
    words = f"--data {data} --out {tmp_path} --pictures 99 --nets vgg16 other --vgg16 here.h5"
    compare.main(words.split())
    _, out, budget, entries, report = given
    assert (out, budget, report) == (tmp_path, Budget(99, 20), compare.REPORT)
    assert entries == [Entry("other", 0.01), Entry("vgg16", 0.01, "here.h5")]


def test_a_budget_of_nothing_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="trains nothing"):
        compare.main(["--data", str(tmp_path), "--pictures", "0"])


def test_speed_names_each_network(two: tuple[Entry, ...], capsys: pytest.CaptureFixture[str]) -> None:
    speed.main(["--batches", "1", "--batch", "8", "--nets", "tiny", "other"])
    lines = [line.split() for line in capsys.readouterr().out.splitlines()]
    assert [line[0] for line in lines] == ["tiny", "other"]
    assert all(float(line[1]) > 0 and float(line[4]) > 0 for line in lines)
