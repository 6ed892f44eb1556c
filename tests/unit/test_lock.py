"""The packages of the `make` targets are locked: each by its checksum, and all that pyproject.toml names."""

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).parent.parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
EXTRAS = {"demo": ("demo",), "dev": ("demo", "names", "tables", "train", "dev")}
SHA256 = re.compile(r"--hash=sha256:[0-9a-f]{64}")


def lock_of(name: str) -> str:
    return (ROOT / "requirements" / f"{name}.txt").read_text("utf-8")


def pinned(name: str) -> dict[str, set[str]]:
    """The versions of each package; of some there is one for older Pythons."""
    versions: dict[str, set[str]] = {}
    for package, version in re.findall(r"^([a-z0-9-]+)==(\S+)", lock_of(name), re.MULTILINE):
        versions.setdefault(package, set()).add(version)
    return versions


def wanted(name: str) -> list[Requirement]:
    """What pyproject.toml and build.in ask for."""
    extras = (one for extra in EXTRAS[name] for one in PROJECT["optional-dependencies"][extra])
    build = re.findall(r"^[a-z].*?(?=\s*(?:#|$))", (ROOT / "requirements/build.in").read_text(), re.MULTILINE)
    return [Requirement(one) for one in (*PROJECT["dependencies"], *extras, *build)]


@pytest.mark.parametrize("name", EXTRAS)
def test_every_package_has_a_version_and_checksums_and_no_address(name: str) -> None:
    entries = re.split(r"\n(?=\S)", lock_of(name).strip())
    for entry in entries:
        first, *hashes = (line.strip(" \\") for line in entry.splitlines())
        assert re.fullmatch(r"[a-z0-9-]+==[\w.]+( ; .+)?", first), first
        assert hashes and all(SHA256.fullmatch(one) for one in hashes), first
    assert "://" not in lock_of(name) and "--index" not in lock_of(name) and "--find" not in lock_of(name)


@pytest.mark.parametrize("name", EXTRAS)
def test_all_that_the_project_asks_for_is_locked(name: str) -> None:
    """After a change of pyproject.toml: `make lock`."""
    versions = pinned(name)
    for one in wanted(name):
        found = versions.get(one.name.lower(), set())
        assert found and all(one.specifier.contains(version) for version in found), str(one)


def test_both_targets_get_the_same_versions() -> None:
    demo, dev = pinned("demo"), pinned("dev")
    assert {package: dev.get(package) for package in demo} == demo


def test_make_installs_by_checksum_and_nothing_besides() -> None:
    lines = (ROOT / "Makefile").read_text("utf-8").splitlines()
    (install,) = (line for line in lines if line.startswith("install = "))
    assert "--require-hashes --requirement $(1)" in install
    assert "--no-deps --no-build-isolation --editable ." in install
    assert not [line for line in lines if re.search(r"pip install.*--editable '?\.\[", line)]
