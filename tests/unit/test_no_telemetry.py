"""The library that reads name labels would report to its makers; here it neither does nor prepares to."""

import os
import subprocess
import sys
from pathlib import Path

from meetbot.gallery.labels import NO_TELEMETRY
from tests.requires import require_extra

READ = """
import os, sys
opened = []
sys.addaudithook(lambda event, told: opened.append(event) if event.startswith("socket.") else None)
import numpy as np
from meetbot.gallery.labels import LabelReader
LabelReader().read_all([[np.full((180, 320), 60, np.uint8)]])
if os.path.isdir("/proc/self/fd"):
    for number in os.listdir("/proc/self/fd"):
        try:
            target = os.readlink("/proc/self/fd/" + number)
        except OSError:
            continue
        opened += [target] if target.startswith("socket:") else []
print(opened, os.environ["ORT_DISABLE_TELEMETRY"])
"""


def test_reading_labels_leaves_no_file_and_opens_no_socket(tmp_path: Path) -> None:
    require_extra("names")
    own = {key: value for key, value in os.environ.items() if not key.startswith("XDG_")}
    home = {key: str(tmp_path) for key in ("HOME", "USERPROFILE", "LOCALAPPDATA", "APPDATA")}
    done = subprocess.run(
        [sys.executable, "-c", READ],
        env={**own, **home, NO_TELEMETRY: "0"},  # whatever the machine says
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == "[] 1"
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []
