"""meetbot on the whole recording, from opening it to the written report.

python -m benchmarks.rivals.ours RECORDING EVERY
"""

import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.rivals.meter import tell
from meetbot import analyze

if __name__ == "__main__":
    with TemporaryDirectory() as folder:
        wall, cpu = time.monotonic(), time.process_time()
        with analyze(Path(sys.argv[1]), every=float(sys.argv[2]), out=Path(folder)) as lesson:
            wall, cpu = time.monotonic() - wall, time.process_time() - cpu
            readings = list(lesson.each_reading())
    count = len({reading.time for reading in readings})
    tell(count, wall, cpu, sum(reading.state == "face" for reading in readings))
