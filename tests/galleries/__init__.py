"""Gallery recordings made up by seed, with the exact truth of every tile: for tests, benchmarks and people.

`scene(seed)` is a still gallery, `lesson(seed)` one in which things happen, `draw(scene, time)` its picture
at a time (blue, green, red), `truth(scene)` what stands where. Seeds below 5000 are for building.
"""

from tests.galleries.draw import draw
from tests.galleries.scenes import Scene, scene
from tests.galleries.timeline import lesson
from tests.galleries.truth import truth

__all__ = ["Scene", "draw", "lesson", "scene", "truth"]
