"""Gallery recordings made up by seed, with the exact truth of every tile: for tests, benchmarks and people.

`scene(seed)` is a still gallery, `lesson(seed)` one in which things happen, `draw(scene, time)` its picture
at a time (blue, green, red), `truth(scene)` what stands where, `decoded(scene, time)` the picture as it comes
out of a recording, `record(path, scene)` the recording. Seeds from `FIRST_SCORED` on are for scoring only.
"""

from tests.galleries.draw import draw
from tests.galleries.scenes import Scene, scene
from tests.galleries.styles import FIRST_SCORED
from tests.galleries.timeline import lesson
from tests.galleries.truth import truth
from tests.galleries.write import decoded, record

__all__ = ["FIRST_SCORED", "Scene", "decoded", "draw", "lesson", "record", "scene", "truth"]
