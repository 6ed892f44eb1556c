"""How a lesson file is laid out, how it is opened, and what SQLite's complaints mean to people."""

import errno
import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from meetbot.errors import InputError, MeetbotError, OutputError
from meetbot.timeline.disk import is_shared
from meetbot.timeline.trust import require_tables

APPLICATION_ID = 0x6D656574  # "meet": tells a lesson from any other SQLite file
SCHEMA_VERSION = 2
Connection = sqlite3.Connection
LOCK_PATIENCE = 5.0  # seconds that a running writer waits for a lock before it gives up
SHARED_PATIENCE = 60.0  # ... on another machine's disk, where whoever reads holds up whoever writes


class InUse(OutputError):
    """Another program is writing a lesson."""


TABLES = """
CREATE TABLE lesson (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE seat (
    id INTEGER PRIMARY KEY, name TEXT, role TEXT NOT NULL DEFAULT 'student',
    first_seen REAL, last_seen REAL
);
CREATE TABLE reading (
    time REAL NOT NULL, seat INTEGER NOT NULL, state TEXT NOT NULL,
    x REAL, y REAL, w REAL, h REAL,
    angry REAL, disgust REAL, fear REAL, happy REAL, sad REAL, surprise REAL, neutral REAL,
    certainty REAL, yaw REAL, pitch REAL, roll REAL, speaking INTEGER,
    PRIMARY KEY (time, seat)
) WITHOUT ROWID;
CREATE TABLE layout (
    start REAL PRIMARY KEY, "end" REAL NOT NULL, width INTEGER NOT NULL, height INTEGER NOT NULL,
    confidence REAL NOT NULL, places TEXT NOT NULL
);
CREATE TABLE event (
    id INTEGER PRIMARY KEY, time REAL NOT NULL, kind TEXT NOT NULL, seat INTEGER, text TEXT NOT NULL
);
CREATE TABLE still (
    id INTEGER PRIMARY KEY, time REAL NOT NULL, kind TEXT NOT NULL, jpeg BLOB NOT NULL, seat INTEGER
);
CREATE TABLE consent (
    id INTEGER PRIMARY KEY, time REAL NOT NULL, seat INTEGER, kind TEXT NOT NULL, text TEXT,
    salt BLOB, hash TEXT NOT NULL, digest TEXT
);
CREATE TABLE class_minute (
    start REAL PRIMARY KEY, "end" REAL NOT NULL, people INTEGER NOT NULL, shares TEXT NOT NULL
);
"""
# What an older lesson lacks: added where it is opened for writing, and shown as empty where it is read.
UPGRADES = {
    1: ("ALTER TABLE still ADD COLUMN seat INTEGER", "ALTER TABLE consent ADD COLUMN digest TEXT"),
}
VIEWS = {
    1: (
        "CREATE TEMP VIEW still AS SELECT *, NULL AS seat FROM main.still",
        "CREATE TEMP VIEW consent AS SELECT *, NULL AS digest FROM main.consent",
    ),
}


def create(path: Path, tables: str = "") -> Connection:
    """A new, empty lesson file that only its owner may read; what stood there must be a lesson or nothing."""
    with plain_errors(path):
        if path.exists() and path.stat().st_size:
            _give_way(path)
        for leftover in (path, *companions(path)):
            leftover.unlink(missing_ok=True)
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
        connection = sqlite3.connect(path, isolation_level=None, timeout=LOCK_PATIENCE)
    with removed_on_failure(path, connection), plain_errors(path):
        # The tables go into the file itself before a log or journal is kept, so that even a run
        # killed in its first second leaves something that is recognised as a lesson; in one step, so that
        # nobody who looks meanwhile sees a lesson without tables.
        connection.executescript(
            f"BEGIN; PRAGMA application_id={APPLICATION_ID}; PRAGMA user_version={SCHEMA_VERSION};"
            f"{tables or TABLES} COMMIT;"
        )
        _begin(connection, path)
    return connection


@contextmanager
def removed_on_failure(path: Path, connection: sqlite3.Connection) -> Iterator[None]:
    """Lets go of a new lesson that can't be begun, so that neither a lock nor half a file is left."""
    try:
        yield
    except BaseException:
        connection.close()
        for part in (path, *companions(path)):
            with suppress(OSError):
                part.unlink(missing_ok=True)
        raise


def open_for_writing(path: Path) -> sqlite3.Connection:
    """An existing lesson, locked against other writers; readers at most wait."""
    with plain_errors(path):
        _must_be_a_file(path)
        connection = sqlite3.connect(path, isolation_level=None, timeout=0)
        try:
            version = _check(connection, path)
            _begin(connection, path)
            _upgrade(connection, version)
        except BaseException:
            connection.close()
            raise
    return connection


def open_for_reading(
    path: Path, *, whole: bool = True
) -> tuple[sqlite3.Connection, tempfile.TemporaryDirectory[str] | None]:
    """A lesson as it stands, and the folder of its copy where it lies in a read-only place."""
    with plain_errors(path, reading=True):
        _must_be_a_file(path)
        try:
            return _read_only(path, path, whole), None
        except sqlite3.OperationalError as error:
            if _code(error) not in (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY):
                raise
        # A killed run leaves its last seconds in a side file, which SQLite reads only where it may write.
        folder = tempfile.TemporaryDirectory(prefix="meetbot-", ignore_cleanup_errors=True)
        try:
            for part in (path, *companions(path)[:2]):
                if part.exists():
                    _copy(part, Path(folder.name) / part.name)
            return _read_only(Path(folder.name) / path.name, path, whole), folder
        except BaseException:
            folder.cleanup()
            raise


def is_lesson(path: Path) -> bool:
    """Whether a file says of itself that it is a lesson, whole or not."""
    try:
        with path.open("rb") as file:
            head = file.read(72)
    except OSError:
        return True  # who knows
    return head.startswith(b"SQLite format 3\0") and head[68:] == APPLICATION_ID.to_bytes(4, "big")


def locked(path: Path) -> bool:
    """Whether somebody is writing a lesson at the moment."""
    connection = sqlite3.connect(path, isolation_level=None, timeout=0)
    try:
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("ROLLBACK")
        return False
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode & 0xFF in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            return True
        raise explain(error, path) from error
    finally:
        connection.close()


@contextmanager
def plain_errors(path: Path, *, reading: bool = False) -> Iterator[None]:
    """Says in a sentence what SQLite or the disk complains about."""
    try:
        yield
    except sqlite3.Error as error:
        raise explain(error, path, reading=reading) from error
    except UnicodeDecodeError as error:  # SQLite quotes a garbled name
        raise InputError(f"{path} is damaged and can't be read; analyse the recording again.") from error
    except OSError as error:
        raise _explain_disk(error, path, reading=reading) from error


def explain(error: sqlite3.Error, path: Path, *, reading: bool = False) -> MeetbotError:
    """SQLite's error as one of ours."""
    code = _code(error)
    if code == sqlite3.SQLITE_FULL or (code == sqlite3.SQLITE_IOERR and not reading):
        what = "full" if code == sqlite3.SQLITE_FULL else "full or gone"
        return OutputError(
            f"The disk is {what}: {path} could not grow; what was written before is kept, so see to it "
            "and run the same command again; `meetbot report` makes a report of that file as it is."
        )
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return InUse(f"{path} is being written by another meetbot; wait for it or choose another file.")
    if code == sqlite3.SQLITE_READONLY or (code == sqlite3.SQLITE_CANTOPEN and not reading):
        return OutputError(f"{path} can't be written: it or its folder is read-only.")
    if code == sqlite3.SQLITE_NOTADB:
        return InputError(f"{path} is not a lesson file of meetbot.")
    return InputError(
        f"{path} is damaged and can't be read as a lesson ({error}); analyse the recording again."
    )


def _code(error: sqlite3.Error) -> int:
    """SQLite's own number for an error; Python's errors about what SQLite gave have none."""
    return int(getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR)) & 0xFF


def _explain_disk(error: OSError, path: Path, *, reading: bool) -> MeetbotError:
    if error.errno == errno.ENAMETOOLONG:
        return OutputError(
            f"The name {path.name[:40]}... is too long for this disk; "
            "give the recording a shorter name, or choose a shorter folder with --out."
        )
    if reading:
        return InputError(f"{path} can't be read ({error.strerror}).")
    return OutputError(f"{path} can't be created or changed ({error.strerror}); choose another folder.")


def is_sealed(connection: Connection) -> bool:
    """Whether a lesson file is encrypted."""
    return bool(connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'sealed'").fetchall())


def in_memory() -> Connection:
    """The tables of a lesson without a file."""
    connection = sqlite3.connect(":memory:", isolation_level=None)
    connection.executescript(f"PRAGMA temp_store=MEMORY; {TABLES}")
    return connection


def scrub(connection: Connection, path: Path) -> None:
    """Writes the file anew, so that nothing is left of what was deleted: in pages, gaps or side file.

    Who is reading the lesson still holds on to the side file: then that is said, and it has to be done again.
    """
    connection.execute("VACUUM")
    ((held, *_),) = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    if held:
        raise OutputError(
            f"{path} is being read by another program, so what was erased is still in its side file; "
            "close that program and run the same command again."
        )


def settle(connection: sqlite3.Connection) -> None:
    """Folds the side file into the lesson, so that one plain file is left; a reader may prevent it."""
    try:
        connection.execute("PRAGMA journal_mode=DELETE")
    except sqlite3.OperationalError as error:
        if _code(error) not in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            raise


def _copy(part: Path, target: Path) -> None:
    os.close(os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    shutil.copyfile(part, target)


def _begin(connection: sqlite3.Connection, path: Path) -> None:
    # NORMAL syncs a log at checkpoints only: a killed process loses nothing, a power cut the last seconds.
    # Such a log is for one machine; where several share the disk a journal is kept, synced by each commit.
    shared = is_shared(path)
    connection.execute(f"PRAGMA journal_mode={'TRUNCATE' if shared else 'WAL'}")
    connection.execute(f"PRAGMA synchronous={'FULL' if shared else 'NORMAL'}")
    connection.execute("PRAGMA temp_store=MEMORY")  # what is sorted or rewritten goes to no other file
    connection.execute("PRAGMA secure_delete=ON")  # what is deleted must not stay in free pages
    connection.execute("BEGIN IMMEDIATE")
    connection.execute(f"PRAGMA busy_timeout={1000 * (SHARED_PATIENCE if shared else LOCK_PATIENCE):.0f}")


def _upgrade(connection: sqlite3.Connection, version: int) -> None:
    if not is_sealed(connection):  # an encrypted lesson's tables are made anew in memory
        for statement in (one for old in range(version, SCHEMA_VERSION) for one in UPGRADES[old]):
            connection.execute(statement)
    connection.execute(f"PRAGMA user_version={SCHEMA_VERSION}")


def _read_only(path: Path, shown: Path, whole: bool) -> sqlite3.Connection:
    connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=LOCK_PATIENCE)
    try:
        version = _check(connection, shown, whole)
        if not is_sealed(connection):
            for statement in (one for old in range(version, SCHEMA_VERSION) for one in VIEWS[old]):
                connection.execute(statement)
    except BaseException:
        connection.close()
        raise
    return connection


def _check(connection: sqlite3.Connection, path: Path, whole: bool = True) -> int:
    """The version of a whole lesson that this meetbot can read."""
    connection.execute("PRAGMA temp_store=MEMORY")
    connection.execute("PRAGMA trusted_schema=OFF")  # a file from a stranger runs no functions
    ((application,),) = connection.execute("PRAGMA application_id").fetchall()
    ((version,),) = connection.execute("PRAGMA user_version").fetchall()
    if application != APPLICATION_ID:
        raise InputError(f"{path} is not a lesson file of meetbot.")
    if version > SCHEMA_VERSION:
        raise InputError(
            f"{path} was written by a newer meetbot (lesson format {version}, this one reads up to "
            f"{SCHEMA_VERSION}); upgrade meetbot."
        )
    require_tables(connection, path)  # before anything looks into them
    ((verdict,),) = connection.execute("PRAGMA quick_check(1)").fetchall() if whole else (("ok",),)
    if verdict != "ok":
        raise InputError(f"{path} is damaged and can't be read; analyse the recording again.")
    return int(version)


def _give_way(path: Path) -> None:
    try:
        open_for_writing(path).close()
    except InputError as error:
        raise OutputError(f"{path} stands in the way and is no readable lesson; move it away.") from error


def never_begun(path: Path) -> bool:
    """Whether a run was killed before anything stood in its new lesson."""
    with suppress(sqlite3.Error, OSError), closing(sqlite3.connect(path, timeout=0)) as connection:
        ((version,),) = connection.execute("PRAGMA schema_version").fetchall()
        return bool(version == 0)
    return False


def _must_be_a_file(path: Path) -> None:
    if not path.exists():
        raise InputError(f"{path} does not exist.")
    if not path.is_file():
        raise InputError(f"{path} is not a lesson file of meetbot.")


def companions(path: Path) -> tuple[Path, Path, Path]:
    """The side files of a lesson that is being written, or that a killed run left; the last has no values."""
    wal, journal, index = (path.with_name(path.name + end) for end in ("-wal", "-journal", "-shm"))
    return wal, journal, index
