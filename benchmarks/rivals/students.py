"""The student projects' pipeline in a few lines: Haar cascade, 48x48, `model.predict` for each face.

python -m benchmarks.rivals.students RECORDING EVERY COUNT

Their network as `training.followed` has it, untrained: its weights don't change its time.
"""

import sys
from pathlib import Path

import cv2

from benchmarks.rivals.meter import Pixels, measure
from training.followed import plain_sequential

HAAR = Path(cv2.__file__).with_name("data") / "haarcascade_frontalface_default.xml"
cascade = cv2.CascadeClassifier(str(HAAR))
model = plain_sequential()


def look(picture: Pixels) -> int:
    """One sampled picture."""
    grey = cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY)
    faces = cascade.detectMultiScale(grey, scaleFactor=1.1, minNeighbors=5)
    for x, y, width, height in faces:
        face = cv2.resize(grey[y : y + height, x : x + width], (48, 48))
        model.predict(face[None, :, :, None] / 255.0, verbose=0)
    return len(faces)


if __name__ == "__main__":
    measure(sys.argv[1], float(sys.argv[2]), int(sys.argv[3]), look)
