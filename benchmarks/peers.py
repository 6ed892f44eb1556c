"""How meetbot stands beside its peers, on the same recording and the same sampled instants (Linux).

    python -m benchmarks.peers [--media DIR] [--seconds 300] [--every 1] [--looks 8] [--folder build/peers]

The peers are the pipeline of the student projects (Haar cascade, 48x48, Keras `predict` for each face;
OpenCV 4 and tensorflow-cpu) and the package `fer` with its own settings, each in an environment of its own,
which is made in the folder at the first time (4 GB) and kept. `fer` is installed without what it asks for
(torch with CUDA) and with tensorflow-cpu; what it asks for is weighed by the sizes in an index. The recording
is that of `benchmarks.analyze`: a class of 25 at 1080p in H.264, of DIR's faces/*.mp4 and talking/*.mpg or
without it of portraits; it stays in the folder too.

meetbot is timed over the whole recording, from opening it to the written report; the peers, which are slow,
over so many looks after a first one, from decoding to emotions. How many faces each finds stands beside its
times. How right their emotions are is not compared here. Exits with 1 when a bar is missed.
"""

import argparse
import sys
import tomllib
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np

from benchmarks._bars import Bar, at_least, at_most, figure, show, told
from benchmarks._class25 import recording
from benchmarks.footprint import ROOT
from benchmarks.rivals.environments import Environment, download_megabytes, import_seconds, made
from meetbot.faces.align import crop
from meetbot.faces.find import FaceFinder
from meetbot.sources import open_source

STUDENTS = ["tensorflow-cpu>=2.19", "opencv-python-headless>=4.10,<5"]
FER, FER_NEEDS = "fer==25.10.3", ["requests", "Pillow", "setuptools<81"]
IMPORTS = {
    # As the command line does it
    "meetbot": "from meetbot.blas import one_blas_thread; one_blas_thread(); "
    "from meetbot.pipeline import analyze; import meetbot.faces.classify",
    "students": "import cv2; from tensorflow.keras.models import Sequential",
    "fer": "from fer.fer import FER",
}
TIMES_STUDENTS, TIMES_FER = 40.0, 10.0  # bars: faster for each sampled frame, by wall and by CPU time
SIZE_SHARE, IMPORT_SHARE = 1 / 3, 0.1  # bars: of the student projects' packages
FACES_FROM = 4  # instants whose faces are read one by one


def main() -> None:
    """Make the environments, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--media", type=Path, metavar="DIR")
    parser.add_argument("--seconds", type=float, default=300)
    parser.add_argument("--every", type=float, default=1.0)
    parser.add_argument("--looks", type=int, default=8, help="of each peer")
    parser.add_argument("--folder", type=Path, default=ROOT / "build" / "peers")
    options = parser.parse_args()
    folder = options.folder.resolve()
    environments = all_made(folder)
    kind = "clips" if options.media else "portraits"
    lesson = recording(folder / f"{kind}-{options.seconds:g}.mp4", options.seconds, options.media)
    with TemporaryDirectory() as name:
        faces = Path(name) / "faces.npy"
        np.save(faces, crops(lesson, options.every))
        file, every, looks = str(lesson), str(options.every), str(options.looks)
        took = {
            "meetbot": environments["meetbot"].run("ours", file, every),
            "decoding alone": environments["meetbot"].run("decoding", file, every),
            "students": environments["students"].run("students", file, every, looks),
            "fer": environments["fer"].run("fer_package", file, every, looks),
        }
        a_face = {
            "meetbot": environments["meetbot"].run("litert_faces", str(faces)),
            "students": environments["students"].run("tensorflow_faces", str(faces)),
        }
    bars = [*speeds(took), *face_by_face(a_face), *weights(environments, folder)]
    if missed := show(bars):
        sys.exit(f"missed: {', '.join(missed)}")


def all_made(folder: Path) -> Mapping[str, Environment]:
    """The three environments; meetbot's holds what stands in the checkout now."""
    folder.mkdir(parents=True, exist_ok=True)
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    ours = made(folder / "meetbot", project["dependencies"])
    ours.install("--no-deps", "--force-reinstall", str(ROOT))
    return {
        "meetbot": ours,
        "students": made(folder / "students", STUDENTS),
        "fer": made(folder / "fer", [*STUDENTS, *FER_NEEDS], [FER]),
    }


def crops(lesson: Path, every: float) -> np.ndarray[Any, np.dtype[np.uint8]]:
    """The faces of some instants, as the network reads them."""
    find, found = FaceFinder(), []
    with open_source(lesson, every) as instants:
        for instant, _ in zip(instants, range(FACES_FROM), strict=False):
            for frame in instant.frames:
                found += [crop(frame.picture.luma, face.points) for face in find(frame)]
    return np.stack(found)


def speeds(took: Mapping[str, Mapping[str, float]]) -> list[Bar]:
    """For each sampled frame."""
    ours = took["meetbot"]
    rows = [told(f"{name}, a sampled frame", spent(one)) for name, one in took.items()]
    for name, bar in (("students", TIMES_STUDENTS), ("fer", TIMES_FER)):
        wall, cpu = (took[name][kind] / ours[kind] for kind in ("wall", "cpu"))
        more = f"{figure(wall)} by the clock, {figure(cpu)} by CPU"
        rows.append(
            at_least(f"meetbot beside {name}, a sampled frame", min(wall, cpu), bar, "times as fast", more)
        )
    return rows


def spent(one: Mapping[str, float]) -> str:
    """What a sampled frame took."""
    found = f"; {one['faces']:.1f} faces found" if one["faces"] else ""
    return f"{1000 * one['wall']:.0f} ms, {1000 * one['cpu']:.0f} CPU ms; peak {one['peak']:.0f} MB{found}"


def face_by_face(took: Mapping[str, Mapping[str, float]]) -> list[Bar]:
    """One network in two ways."""
    ours, theirs = (1000 * took[name]["cpu"] for name in ("meetbot", "students"))
    return [
        told("a face through our network, LiteRT", f"{figure(ours)} CPU ms"),
        told(
            "the same, TensorFlow's predict",
            f"{figure(theirs)} CPU ms, {figure(theirs / ours)} times as much",
        ),
    ]


def weights(environments: Mapping[str, Environment], folder: Path) -> list[Bar]:
    """Installed size and time of importing."""
    size = {name: one.megabytes() for name, one in environments.items()}
    loading = import_seconds({name: (one, IMPORTS[name]) for name, one in environments.items()})
    rows = [
        told(f"{name}, installed and imported", f"{size[name]:.0f} MB; {figure(loading[name])} CPU s")
        for name in environments
    ]
    asked, packages = download_megabytes(FER, folder)
    rows.append(told("fer with all that it asks for, to download", f"{asked:.0f} MB in {packages} packages"))
    ours, theirs = size["meetbot"], size["students"]
    rows.append(at_most("installed size beside students", ours / theirs, round(SIZE_SHARE, 3), "of theirs"))
    ours, theirs = loading["meetbot"], loading["students"]
    rows.append(at_most("import time beside students", ours / theirs, IMPORT_SHARE, "of theirs"))
    return rows


if __name__ == "__main__":
    main()
