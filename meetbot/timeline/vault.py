"""An encrypted lesson: its tables stand in memory alone, and what changes in them is sealed into the file.

So every statement works as on a plain lesson, and no value touches the disk in the open: not in the file,
not in the side file of a running lesson, not in a copy of either. One box holds the rows of a table that
have their first key in common: all readings of an instant are one.
"""

import base64
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from meetbot.errors import InputError
from meetbot.passphrase import WrongPassphrase
from meetbot.timeline import schema
from meetbot.timeline.seal import Lock, Seal

HEAD = 0  # the place of the box that holds the sum of all others
TABLES = """
CREATE TABLE lock (key TEXT PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE sealed (place INTEGER PRIMARY KEY, box BLOB NOT NULL);
"""
OPEN_FACTS = ("keep_until",)  # whoever deletes what is past its time needs no passphrase


class Group(NamedTuple):
    """The rows of a table that have their first key in common."""

    table: str
    key: Any


class Vault:
    """The file of an encrypted lesson, beside the tables in memory that are worked on."""

    def __init__(self, file: schema.Connection, path: Path, seal: Seal) -> None:
        self.memory = schema.in_memory()
        self.file, self._path, self._seal = file, path, seal
        self._keys = dict(_first_keys(self.memory))
        self._places: dict[Group, int] = {}
        self._shares: dict[int, int] = {}  # of each place, what its box adds to the sum
        self._sum = 0
        self._next = HEAD + 1

    def watch(self) -> None:
        """From here on, note which groups change; later they are sealed."""
        self.memory.execute("CREATE TEMP TABLE changed (name TEXT, key, PRIMARY KEY (name, key))")
        for table, key in self._keys.items():
            for moment, rows in (("INSERT", ("NEW",)), ("DELETE", ("OLD",)), ("UPDATE", ("OLD", "NEW"))):
                noted = "".join(
                    f"INSERT OR REPLACE INTO changed VALUES ('{table}', {row}.\"{key}\");" for row in rows
                )
                self.memory.execute(
                    f"CREATE TEMP TRIGGER {table}_{moment} AFTER {moment} ON main.{table} BEGIN {noted} END"
                )
        self.memory.execute("BEGIN")

    def load(self) -> None:
        """Everything that the file holds, into memory; nothing where the passphrase is another."""
        rows = self.file.execute("SELECT place, box FROM sealed ORDER BY place").fetchall()
        if not all(isinstance(box, bytes) for _, box in rows):
            raise InputError(f"{self._path} is damaged: encrypted rows can't be understood.")
        boxes: list[tuple[int, bytes]] = rows
        if not boxes or boxes[0][0] != HEAD:
            raise InputError(f"{self._path} is damaged: the beginning of its encrypted rows is missing.")
        told = self._opened(*boxes[0], wrong=True)
        for place, box in boxes[1:]:
            self._take(place, box)
        if not isinstance(told, dict) or told.get("sum") != _digits(self._sum):
            raise InputError(
                f"{self._path} is not as it was written: encrypted rows were removed or older ones put back."
            )
        self._next = max([*self._shares, HEAD]) + 1

    def commit(self) -> None:
        """Seals what changed, and makes it survive the end of this process."""
        changed = [Group(*row) for row in self.memory.execute("SELECT name, key FROM changed")]
        before = self._places.copy(), self._shares.copy(), self._sum, self._next
        try:
            self._store(changed)
        except BaseException:
            self._places, self._shares, self._sum, self._next = before  # all of it is still noted as changed
            if self.file.in_transaction:
                self.file.execute("ROLLBACK")
            raise
        self.memory.execute("DELETE FROM changed")
        if self.memory.in_transaction:
            self.memory.execute("COMMIT")

    def _store(self, changed: Sequence[Group]) -> None:
        if changed and not self.file.in_transaction:  # a full disk ended it
            self.file.execute("BEGIN IMMEDIATE")
        for group in changed:
            self._put(group)
        if changed:
            head = json.dumps({"sum": _digits(self._sum)}).encode()
            self._write(HEAD, self._seal.close(HEAD, head))
            self._show_open_facts()
        if self.file.in_transaction:
            self.file.execute("COMMIT")

    def begin(self) -> None:
        """Keeps other writers out again."""
        self.file.execute("BEGIN IMMEDIATE")
        self.memory.execute("BEGIN")

    def settle(self) -> None:
        """Leaves one file behind."""
        schema.settle(self.file)

    def scrub(self) -> None:
        """Leaves nothing in the file of what was deleted from it."""
        schema.scrub(self.file, self._path)

    def close(self) -> None:
        """Lets go of the file, and of what stands in memory."""
        self.memory.close()
        self.file.close()

    def _put(self, group: Group) -> None:
        """A group as it stands now; where nothing is left of it, its box goes."""
        query = f'SELECT * FROM {group.table} WHERE "{self._keys[group.table]}" = ?'
        rows = self.memory.execute(query, (group.key,)).fetchall()
        place = self._places.get(group)
        if not rows:
            if place is not None:
                self.file.execute("DELETE FROM sealed WHERE place = ?", (place,))
                del self._places[group]
                self._sum ^= self._shares.pop(place)
            return
        if place is None:
            place, self._next = self._next, self._next + 1
            self._places[group] = place
        box = self._seal.close(place, _encoded([group.table, group.key, rows]))
        self._write(place, box)
        self._count(place, box)

    def _write(self, place: int, box: bytes) -> None:
        self.file.execute("INSERT OR REPLACE INTO sealed VALUES (?, ?)", (place, box))

    def _show_open_facts(self) -> None:
        for name in OPEN_FACTS:
            for (value,) in self.memory.execute("SELECT value FROM lesson WHERE key = ?", (name,)):
                self.file.execute("INSERT OR REPLACE INTO lock VALUES (?, ?)", (name, value))

    def _take(self, place: int, box: bytes) -> None:
        told = self._opened(place, box)
        try:
            table, key, rows = told
            key_column = self._keys[table]
            # Columns are only ever added at the end, so an older meetbot's rows are shorter.
            columns = [name for _, name, *_ in self.memory.execute(f"PRAGMA table_info({table})")]
            names = ", ".join(f'"{name}"' for name in columns[: len(rows[0])])
            marks = ", ".join("?" * len(rows[0]))
            self.memory.executemany(f"INSERT INTO {table} ({names}) VALUES ({marks})", rows)
            self._places[Group(table, key)] = place
        except (LookupError, TypeError, ValueError) as error:
            raise InputError(f"{self._path} is damaged: encrypted rows can't be understood.") from error
        assert key_column in columns
        self._count(place, box)

    def _count(self, place: int, box: bytes) -> None:
        """A box into the sum, in place of the one that stood there."""
        share = self._seal.share(place, box)
        self._sum ^= self._shares.get(place, 0) ^ share
        self._shares[place] = share

    def _opened(self, place: int, box: bytes, wrong: bool = False) -> Any:
        try:
            return json.loads(self._seal.open(place, box), object_hook=_bytes_again)
        except ValueError as error:
            if wrong:
                raise WrongPassphrase(
                    f"The passphrase does not open {self._path}; type it again, "
                    "or the file was damaged or changed by somebody."
                ) from error
            raise InputError(
                f"{self._path} is damaged: encrypted rows were changed or moved after they were written."
            ) from error


def create(path: Path, passphrase: str) -> Vault:
    """A new, empty, encrypted lesson file."""
    lock = Lock.new()
    told: dict[str, bytes | int] = {
        "salt": lock.salt,
        "cost": lock.cost,
        "block": lock.block,
        "lanes": lock.lanes,
    }
    known = "".join(f"INSERT INTO lock VALUES ('{key}', {_literal(value)});" for key, value in told.items())
    seal = Seal(lock, passphrase)
    vault = Vault(schema.create(path, TABLES + known), path, seal)
    vault.watch()
    return vault


def unlock(file: schema.Connection, path: Path, passphrase: str, *, write: bool) -> Vault:
    """The vault of an encrypted lesson's file, with everything in memory; to be changed with `write`."""
    known = dict(file.execute("SELECT key, value FROM lock"))
    try:
        lock = Lock(bytes(known["salt"]), *(int(known[key]) for key in ("cost", "block", "lanes")))
        seal = Seal(lock, passphrase)
    except (KeyError, OverflowError, TypeError, ValueError) as error:
        raise InputError(f"{path} is damaged: what its key is made with can't be read.") from error
    vault = Vault(file, path, seal)
    try:
        vault.load()
    except BaseException:
        vault.memory.close()
        raise
    if write:
        vault.watch()
    return vault


def _first_keys(memory: schema.Connection) -> Iterator[tuple[str, str]]:
    """The first column of every table's key."""
    names = [name for (name,) in memory.execute("SELECT name FROM main.sqlite_master WHERE type = 'table'")]
    for table in names:
        columns = memory.execute(f"PRAGMA table_info({table})").fetchall()
        yield table, next(column[1] for column in columns if column[5] == 1)


def _literal(value: bytes | int) -> str:
    return f"x'{value.hex()}'" if isinstance(value, bytes) else str(value)


def _digits(total: int) -> str:
    return f"{total:064x}"


def _encoded(content: object) -> bytes:
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"), default=_as_text).encode()


def _as_text(value: object) -> dict[str, str]:
    assert isinstance(value, bytes), f"{type(value).__name__} is nothing that SQLite gives"
    return {"base64": base64.b64encode(value).decode()}


def _bytes_again(found: dict[str, Any]) -> Any:
    return base64.b64decode(found["base64"]) if found.keys() == {"base64"} else found
