"""Our own network in TensorFlow, one `predict` a face.

python -m benchmarks.rivals.tensorflow_faces FACES
"""

import sys
import time

import numpy as np

from benchmarks.rivals.meter import tell
from training.blocks import scaled
from training.nets import small_residual

if __name__ == "__main__":
    faces, model = np.load(sys.argv[1]), small_residual()
    model.predict(scaled(faces[:1]), verbose=0)
    wall, cpu = time.monotonic(), time.process_time()
    for face in faces:
        model.predict(scaled(face[None]), verbose=0)
    tell(len(faces), time.monotonic() - wall, time.process_time() - cpu, len(faces))
