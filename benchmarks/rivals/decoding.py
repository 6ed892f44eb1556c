"""Decoding alone, of what the instants need: the limit.

python -m benchmarks.rivals.decoding RECORDING EVERY
"""

import sys
import time
from pathlib import Path

from benchmarks.rivals.meter import tell
from meetbot.sources import open_source

if __name__ == "__main__":
    wall, cpu = time.monotonic(), time.process_time()
    with open_source(Path(sys.argv[1]), float(sys.argv[2])) as found:
        count = sum(1 for _ in found)
    tell(count, time.monotonic() - wall, time.process_time() - cpu, 0)
