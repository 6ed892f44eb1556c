"""Where frames come from: recordings and photos."""

from pathlib import Path

from meetbot.errors import InputError
from meetbot.seams import FrameSource
from meetbot.sources.files import is_folder, is_photo, media_in

__all__ = ["is_photo", "media_in", "open_source"]


def open_source(path: Path, every: float, start: float = 0.0) -> FrameSource:
    """The recording or photo at `path`, giving the instants k x every from `start` on."""
    if is_folder(path):
        raise InputError(f"{path} is a folder; name a recording or a photo in it.")
    if is_photo(path):
        from meetbot.sources.photo import Photo

        return Photo(path)
    if path.suffix == ".meetbot":
        raise InputError(f"{path} is a lesson, not a recording; `meetbot report {path}` makes its report.")
    from meetbot.sources.recording import Recording  # PyAV takes 60 ms to import

    return Recording(path, every, start)
