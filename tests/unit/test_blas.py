"""What the command line loads keeps no helpers that wait for algebra; whoever wants some says so."""

import os
import subprocess
import sys

import pytest

VARIABLE = "OPENBLAS_NUM_THREADS"


@pytest.mark.skipif(sys.platform != "linux", reason="threads are counted in /proc")
def test_numpy_and_opencv_are_loaded_without_helpers() -> None:
    assert told("import os, cv2, numpy; print(len(os.listdir('/proc/self/task')))") == "1"


def test_a_number_that_somebody_chose_stays() -> None:
    assert told(f"import os; print(os.environ['{VARIABLE}'])", {VARIABLE: "3"}) == "3"


def told(words: str, more: dict[str, str] | None = None) -> str:
    """What a program prints that begins as the command line does."""
    begun = "from meetbot import cli; cli.app = lambda: None; cli.main()"
    kept = {name: value for name, value in os.environ.items() if name != VARIABLE}
    script = [sys.executable, "-c", f"{begun}; {words}"]
    done = subprocess.run(script, env={**kept, **(more or {})}, check=True, capture_output=True, text=True)
    return done.stdout.strip()
