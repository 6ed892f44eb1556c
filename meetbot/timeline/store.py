"""A lesson file as a store of rows, plain or encrypted: what every table of it has in common."""

import tempfile
from collections.abc import Callable, Iterator
from contextlib import nullcontext, suppress
from pathlib import Path
from time import monotonic
from types import TracebackType
from typing import NamedTuple, Self, TypeVar

from meetbot.errors import InputError, MeetbotError, UsageError
from meetbot.timeline import rows, schema
from meetbot.timeline.disk import is_shared
from meetbot.timeline.vault import Vault

SECONDS_SHARED = 1.0  # between two commits there: each takes 20 to 40 ms

T = TypeVar("T")


class Opened(NamedTuple):
    """The tables of a lesson file, and what they stand in."""

    path: Path
    connection: schema.Connection  # of the file, or of the tables in memory that are sealed into it
    folder: tempfile.TemporaryDirectory[str] | None  # of the copy, for a lesson in a read-only place
    write: bool
    sealed: Vault | None


class Store:
    """Rows in and out. As a context manager it commits and closes; a killed run loses a second at most."""

    def __init__(self, opened: Opened) -> None:
        self.path, self._connection, self._folder, self._write, self._sealed = opened
        self._shared = self._write and is_shared(self.path)
        self._committed = monotonic()
        self._pending: list[rows.Row] = []  # readings, written in one go: half the cost of one by one

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        # Where a recording's disk went, the lesson's often is the same: the first error is the cause.
        with suppress(MeetbotError) if error else nullcontext():
            self.close()

    @property
    def encrypted(self) -> bool:
        """Whether the file shows nothing without a passphrase."""
        return self._sealed is not None

    def close(self) -> None:
        """Commits what was added and leaves one file behind."""
        try:
            if self._write:
                with schema.plain_errors(self.path):
                    self._commit()
                    if self._sealed:
                        self._sealed.settle()
                    else:
                        schema.settle(self._connection)
        finally:
            self._write = False
            for one in (self._connection, self._sealed):
                if one:
                    one.close()
            if self._folder:
                self._folder.cleanup()

    def commit(self) -> None:
        """Makes what was added so far survive the end of this process."""
        with schema.plain_errors(self.path):
            self._commit()
            self._begin()
        self._committed = monotonic()

    def commit_soon(self) -> None:
        """The same; on another machine's disk, which takes its time, once a second."""
        if not self._shared or monotonic() - self._committed >= SECONDS_SHARED:
            self.commit()

    def scrub(self) -> None:
        """Leaves nothing in the file of what was deleted: in free pages, gaps and the side file."""
        with schema.plain_errors(self.path):
            self._commit()
            if self._sealed:
                self._sealed.scrub()
            else:
                schema.scrub(self._connection, self.path)
            self._begin()

    def change(self, statement: str, values: rows.Row = ()) -> None:
        """Runs a statement that writes."""
        self._may_write()
        with schema.plain_errors(self.path):
            self._flush()
            self._connection.execute(statement, values)

    def select(self, query: str, *values: object) -> list[rows.Row]:
        """The rows that a query finds."""
        return list(self._rows(query, *values))

    def each_row(self, query: str, *values: object) -> Iterator[rows.Row]:
        """The rows that a query finds, one after the other: for tables that are long."""
        return self._rows(query, *values)

    def _store_rest(self) -> None:
        """Puts down what is kept in memory until the next commit."""

    def _begin(self) -> None:
        # The lock is taken again at once, so that a second writer is told instead of mixing in.
        if self._sealed:
            self._sealed.begin()
        else:
            self._connection.execute("BEGIN IMMEDIATE")

    def _commit(self) -> None:
        self._store_rest()
        self._flush()
        if self._sealed:
            self._sealed.commit()
        elif self._connection.in_transaction:  # not so when Ctrl-C fell between two transactions
            self._connection.execute("COMMIT")

    def _flush(self) -> None:
        if self._pending:
            self._connection.executemany(rows.INSERT_READING, self._pending)
            self._pending.clear()

    def _do(self, statement: str, values: rows.Row) -> None:
        self._may_write()
        with schema.plain_errors(self.path):
            self._connection.execute(statement, values)

    def _may_write(self) -> None:
        if not self._write:
            raise UsageError(f"{self.path} was opened for reading; open it with write=True to change it.")

    def _each(self, decode: Callable[[rows.Row], T], query: str, *values: float) -> Iterator[T]:
        for row in self._rows(query, *values):
            try:
                yield decode(row)
            except (TypeError, ValueError, LookupError, RecursionError) as error:
                raise InputError(f"{self.path} is damaged: a row can't be understood ({error}).") from error

    def _rows(self, query: str, *values: object) -> Iterator[rows.Row]:
        with schema.plain_errors(self.path, reading=True):
            self._flush()
            yield from self._connection.execute(query, values)
