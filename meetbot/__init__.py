"""Reads the faces of an online class and writes the teacher an engagement report.

>>> from meetbot import analyze, open_lesson
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from meetbot.pipeline import analyze
    from meetbot.timeline.lesson import open_lesson

__version__ = "0.1.0"
__all__ = ["__version__", "analyze", "open_lesson"]


def __getattr__(name: str) -> Any:
    """`analyze` and `open_lesson`, loaded when asked for: `meetbot --help` needs no vision library."""
    if name == "analyze":
        from meetbot.pipeline import analyze

        return analyze
    if name == "open_lesson":
        from meetbot.timeline.lesson import open_lesson

        return open_lesson
    raise AttributeError(f"module 'meetbot' has no attribute {name!r}")
