"""Lessons in which people come and go, swap places, switch cameras, share and speak."""

from tests.galleries.scenes import Scene, scene


def lesson(seed: int, seconds: float = 60.0, changes: int = 4) -> Scene:
    """A gallery in which so many things change."""
    return scene(seed)
