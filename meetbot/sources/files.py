"""Files with recordings and photos: which they are, and what every kind of them must be."""

import hashlib
import stat
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from meetbot.errors import InputError
from meetbot.settings import SMALLEST_SIDE

PHOTOS = (".jpg", ".jpeg", ".png", ".webp", ".bmp", ".heic", ".heif")
RECORDINGS = (".mp4", ".m4v", ".mov", ".mkv", ".webm", ".avi", ".mpg", ".mpeg")

_PHOTO_STARTS = (b"\xff\xd8\xff", b"\x89PNG\r\n", b"BM")
_RECORDING_STARTS = (b"\x1a\x45\xdf\xa3", b"\x00\x00\x01\xba", b"\x00\x00\x01\xb3")
_HEIC_BRANDS = (b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1")


@contextmanager
def reading(path: Path) -> Iterator[None]:
    """Turns what the system says into one sentence about this file."""
    try:
        yield
    except PermissionError as error:
        raise InputError(f"{path} may not be read by you; ask its owner for permission.") from error
    except FileNotFoundError as error:
        raise InputError(f"{path} does not exist; check the path.") from error
    except (IsADirectoryError, NotADirectoryError) as error:
        raise InputError(f"{path} is not a file; give a recording or a photo.") from error
    except OSError as error:
        raise InputError(
            f"{path} can't be read: {error.strerror or error}; see to its disk or network, then the same "
            "command carries on."
        ) from error


def media_in(paths: Sequence[Path]) -> list[Path]:
    """The recordings and photos that the paths name: files as they are, folders by their contents."""
    return [media for path in paths for media in _media(path)]


def is_folder(path: Path) -> bool:
    """Whether a path names a folder; refuses one that leads nowhere."""
    with reading(path):
        return stat.S_ISDIR(path.stat().st_mode)


def is_photo(path: Path) -> bool:
    """Whether a file is a photo: by its first bytes, or by its name when they say nothing."""
    try:
        with path.open("rb") as file:
            start = file.read(16)
    except OSError:
        start = b""
    if start.startswith(_PHOTO_STARTS) or is_heic(start) or (start[:4] == b"RIFF" and start[8:12] == b"WEBP"):
        return True
    if start.startswith(_RECORDING_STARTS) or start[4:8] == b"ftyp" or start[8:12] == b"AVI ":
        return False
    return path.suffix.lower() in PHOTOS


def is_heic(start: bytes) -> bool:
    """Whether a file that begins so is one of Apple's HEIC pictures."""
    return start[4:8] == b"ftyp" and start[8:12] in _HEIC_BRANDS


def content_hash(path: Path) -> str:
    """The checksum of a file's content, read in pieces."""
    with reading(path), path.open("rb") as file:
        return f"sha256:{hashlib.file_digest(file, 'sha256').hexdigest()}"


def require_size(path: Path, size: tuple[int, int]) -> None:
    """Refuses a picture too small to hold a face."""
    if min(size) < SMALLEST_SIDE:
        raise InputError(
            f"{path.name} is only {size[0]}x{size[1]} pixels, too small for a face; "
            f"give one of at least {SMALLEST_SIDE} pixels each way."
        )


def _media(path: Path) -> list[Path]:
    if not is_folder(path):
        return [path]
    with reading(path):
        found = [p for p in path.iterdir() if _is_media(p)]
    if not found:
        known = " ".join(ending[1:] for ending in RECORDINGS + PHOTOS)
        raise InputError(
            f"The folder {path} holds no recording or photo; put one of these kinds into it: {known}."
        )
    return sorted(found, key=lambda p: (p.name.casefold(), p.name))


def _is_media(path: Path) -> bool:
    """By ending; names with a dot in front are the litter of other systems (`._lesson.mp4`)."""
    return path.suffix.lower() in PHOTOS + RECORDINGS and not path.name.startswith(".") and path.is_file()
