"""The built wheel, installed into an empty environment: models and templates must travel with it."""

import json
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of this checkout."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [
        sys.executable,
        "-m",
        "pip",
        "wheel",
        "--quiet",
        "--no-deps",
        "--wheel-dir",
        str(folder),
        str(ROOT),
    ]
    subprocess.run(command, check=True, timeout=300)
    return next(folder.glob("meetbot-*.whl"))


@pytest.fixture(scope="module")
def meetbot(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The `meetbot` of an environment that holds the wheel and its dependencies, and nothing else."""
    folder = tmp_path_factory.mktemp("empty")
    venv.create(folder, with_pip=True)
    programs = folder / ("Scripts" if sys.platform == "win32" else "bin")
    install = [str(programs / "python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*install, str(wheel)], check=True, timeout=600)
    return programs / "meetbot"


def test_the_wheel_installs_one_package_only(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    assert {name.split("/")[0] for name in names if ".dist-info" not in name} == {"meetbot"}
    models = {
        f"meetbot/data/models/{name}.{kind}" for name in ("emotion", "points") for kind in ("tflite", "json")
    }
    assert models <= set(names)
    assert "meetbot/data/templates/report.html.j2" in names


def test_doctor_finds_everything_in_an_empty_environment(meetbot: Path, tmp_path: Path) -> None:
    done = subprocess.run([str(meetbot), "doctor", "--json"], cwd=tmp_path, capture_output=True, timeout=120)
    checks = json.loads(done.stdout)
    assert done.returncode == 0
    assert [check["name"] for check in checks if not check["works"] and not check["optional"]] == []
    assert "extra train" in [check["name"] for check in checks if not check["works"]]


def test_an_analysis_runs_in_an_empty_environment(meetbot: Path, recording: Path, tmp_path: Path) -> None:
    command = [str(meetbot), "analyze", str(recording), "--out", str(tmp_path), "--json"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, timeout=300)
    assert done.returncode == 0, done.stderr.decode()
    document = json.loads(done.stdout)
    assert document["status"] == "finished"
    assert len(document["seats"]) == 9  # those whose camera is off among them
    assert Path(document["report"]).read_text(encoding="utf-8").startswith("<!doctype html>")
