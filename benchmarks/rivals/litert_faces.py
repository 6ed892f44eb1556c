"""The same faces through the shipped network, as production runs it.

python -m benchmarks.rivals.litert_faces FACES
"""

import sys
import time

import numpy as np

from benchmarks.rivals.meter import tell
from meetbot.faces.classify import load_classifier

if __name__ == "__main__":
    faces, classifier = np.load(sys.argv[1]), load_classifier()
    classifier(list(faces[:1]))
    wall, cpu = time.monotonic(), time.process_time()
    classifier(list(faces))
    tell(len(faces), time.monotonic() - wall, time.process_time() - cpu, len(faces))
