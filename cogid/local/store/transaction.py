"""What one operation sees of the store, and how the store says that it cannot.

SQL in, rows out. Knows nothing of files: a store in a file and one in memory look the same.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from cogid.errors import CogidError

if TYPE_CHECKING:
    import sqlite3
    from contextlib import AbstractContextManager


class StoreError(CogidError):
    """The state file cannot be used; the message names its path and the cure."""


class WriteNeeded(Exception):  # a signal, not an error: it never leaves the service
    """An operation that is being read only wants to write: run it again with the write lock."""


class Transactions(Protocol):
    """Where transactions come from: a store, as the service knows it."""

    def reading(self) -> AbstractContextManager[Transaction]:
        """Give a steady view, without the write lock."""

    def writing(self) -> AbstractContextManager[Transaction]:
        """Wait for the write lock; commit at the end, undo everything after an exception."""


class Transaction:
    """What one operation sees of the store; all of it happens, or nothing."""

    def __init__(self, connection: sqlite3.Connection, *, writable: bool) -> None:
        self._connection = connection
        self._writable = writable

    def rows(self, sql: str, *values: Any) -> list[tuple[Any, ...]]:
        """Read all rows."""
        return self._connection.execute(sql, values).fetchall()

    def row(self, sql: str, *values: Any) -> tuple[Any, ...] | None:
        """Read the first row, or None."""
        found: tuple[Any, ...] | None = self._connection.execute(sql, values).fetchone()
        return found

    def write(self, sql: str, *values: Any) -> sqlite3.Cursor:
        """Change something; raises WriteNeeded in a reading transaction."""
        self.need_write()
        return self._connection.execute(sql, values)

    def need_write(self) -> None:
        """Raise WriteNeeded in a reading transaction, before work that only a write is worth."""
        if not self._writable:
            raise WriteNeeded
