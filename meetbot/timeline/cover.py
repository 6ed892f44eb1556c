"""What a lesson file says in the open, without a passphrase."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from meetbot.errors import InputError, MeetbotError
from meetbot.timeline import schema


def is_encrypted(path: Path) -> bool:
    """Whether that lesson shows nothing without a passphrase."""
    with _file(path) as file:
        return schema.is_sealed(file)


def stands_encrypted(path: Path) -> bool:
    """Whether an encrypted lesson is there; what can't be read is told by whoever opens it."""
    try:
        return is_encrypted(path)
    except MeetbotError:
        return False


def kept_until(path: Path) -> datetime | None:
    """Until when a lesson is to be kept, which an encrypted one says in the open; None: for ever."""
    with _file(path) as file:
        table = "lock" if schema.is_sealed(file) else "lesson"
        told = file.execute(f"SELECT value FROM {table} WHERE key = 'keep_until'").fetchall()
    try:
        until = datetime.fromisoformat(told[0][0]) if told else None
    except (TypeError, ValueError) as error:
        raise InputError(
            f"{path} says in no way that can be understood how long it is to be kept."
        ) from error
    return until.replace(tzinfo=UTC) if until and until.tzinfo is None else until


@contextmanager
def _file(path: Path) -> Iterator[schema.Connection]:
    file, folder = schema.open_for_reading(path)
    try:
        with schema.plain_errors(path, reading=True):
            yield file
    finally:
        file.close()
        if folder:
            folder.cleanup()
