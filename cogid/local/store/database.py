"""What the service remembers, in one SQLite file that any number of processes may share.

``open_store(path)`` gives a Store; its ``reading()`` and ``writing()`` give a Transaction, one
for each operation. Knows files, versions and locks; knows nothing of pools or identities.

The file is in WAL mode, so readers never wait for a writer. ``synchronous=NORMAL`` keeps every
committed write when a process is killed; only a power cut can cost the last ones.
"""

from __future__ import annotations

import os
import queue
import sqlite3
import threading
import time
from collections import Counter
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from cogid.local.store import statefile
from cogid.local.store.schema import APPLICATION_ID, MIGRATIONS
from cogid.local.store.transaction import StoreError, Transaction

if TYPE_CHECKING:
    from collections.abc import Iterator

# Seconds a writer waits for its turn; far above what any queue of commands needs.
PATIENCE = 60.0

MEMORY = ":memory:"

# The files that this process has open, by device and inode: statefile says why it matters.
_opening = threading.Lock()
_in_use: Counter[tuple[int, int] | None] = Counter()


class Store:
    """An open state file, for all threads of a process; made by ``open_store``."""

    def __init__(
        self, path: str, first: sqlite3.Connection, file: tuple[int, int] | None = None
    ) -> None:
        self.path = path
        self.file = file
        # Connections wait here for the next transaction of any thread. A store in memory is
        # its one connection, so there threads queue for it.
        self._idle: queue.LifoQueue[sqlite3.Connection] = queue.LifoQueue()
        self._idle.put(first)

    @contextmanager
    def reading(self) -> Iterator[Transaction]:
        """Give a steady view of the store, without the write lock."""
        with self._transaction("BEGIN", writable=False) as transaction:
            yield transaction

    @contextmanager
    def writing(self) -> Iterator[Transaction]:
        """Wait for the write lock; commit at the end, undo everything after an exception."""
        with self._transaction("BEGIN IMMEDIATE", writable=True) as transaction:
            yield transaction

    def clear(self) -> None:
        """Forget all pools and identities; the signing keys stay, for tokens still in use."""
        with self.writing() as transaction:
            transaction.write("DELETE FROM pools")

    def close(self) -> None:
        """Close every connection; call it when no transaction is open."""
        with _opening:
            with suppress(queue.Empty):
                while True:
                    self._idle.get_nowait().close()
            if self.file is not None:
                _in_use.subtract([self.file])
                self.file = None

    @contextmanager
    def _transaction(self, begin: str, *, writable: bool) -> Iterator[Transaction]:
        connection = self._take()
        try:
            connection.execute(begin)
            yield Transaction(connection, writable=writable)
            connection.execute("COMMIT")
        except sqlite3.Error as error:
            raise statefile.trouble(self.path, error) from error
        finally:
            if connection.in_transaction:
                connection.rollback()
            self._idle.put(connection)

    def _take(self) -> sqlite3.Connection:
        try:
            return self._idle.get(block=self.path == MEMORY)
        except queue.Empty:
            pass
        try:
            return _connect(self.path)
        except sqlite3.Error as error:
            raise statefile.trouble(self.path, error) from error


def open_store(path: str) -> Store:
    """Open the state file, made or brought up to date first if need be.

    Raises StoreError, with the file untouched, for one that is not ours, is damaged, was
    written by a newer cogid, or may not be written.
    """
    if path == MEMORY:
        return Store(path, _opened(path))
    with _opening:
        if not _in_use[_file_number(path)]:
            statefile.prepare(Path(path))
            statefile.examine(Path(path))
        store = Store(path, _opened(path), _file_number(path))
        _in_use.update([store.file])
    return store


def _file_number(path: str) -> tuple[int, int] | None:
    try:
        found = os.stat(path)  # noqa: PTH116  # the word of SQLite's users for a path is a string
    except OSError:
        return None
    return found.st_dev, found.st_ino


def _opened(path: str) -> sqlite3.Connection:
    connection = None
    try:
        connection = _connect(path)
        _bring_up_to_date(connection, path)
        if path != MEMORY:
            _write_ahead(connection)
    except (sqlite3.Error, StoreError) as error:
        if connection is not None:
            connection.close()
        raise statefile.trouble(path, error) from error
    return connection


def _connect(path: str) -> sqlite3.Connection:
    # mode=rw: a file deleted while it is in use is an error, not an empty file in its place.
    name = path if path == MEMORY else f"{Path(path).absolute().as_uri()}?mode=rw"
    # isolation_level None: transactions begin where this module says so, nowhere else.
    connection = sqlite3.connect(
        name, timeout=PATIENCE, isolation_level=None, check_same_thread=False, uri=True
    )
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA synchronous = NORMAL")
    return connection


def _bring_up_to_date(connection: sqlite3.Connection, path: str) -> None:
    """Apply the schema's steps that the file has not had, all or none."""
    if _version(connection, path) == len(MIGRATIONS):
        return
    connection.execute("BEGIN IMMEDIATE")
    try:
        # Asked again: another process may have been first.
        for statements in MIGRATIONS[_version(connection, path) :]:
            for statement in statements:
                connection.execute(statement)
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version = {len(MIGRATIONS)}")
        connection.execute("COMMIT")
    finally:
        if connection.in_transaction:
            connection.rollback()


def _version(connection: sqlite3.Connection, path: str) -> int:
    """Read how many steps the file has had; 0 for an empty one."""
    version = int(connection.execute("PRAGMA user_version").fetchone()[0])
    owner = int(connection.execute("PRAGMA application_id").fetchone()[0])
    if owner != APPLICATION_ID:
        if version or owner or connection.execute("SELECT 1 FROM sqlite_master").fetchone():
            raise statefile.foreign(path)
        return 0
    if version > len(MIGRATIONS):
        raise statefile.newer(path, version)
    return version


def _write_ahead(connection: sqlite3.Connection) -> None:
    """Switch to WAL mode, which SQLite refuses at once, without waiting, while others are busy."""
    give_up = time.monotonic() + PATIENCE
    while not _switched(connection, last_try=time.monotonic() > give_up):
        time.sleep(0.005)


def _switched(connection: sqlite3.Connection, *, last_try: bool) -> bool:
    try:
        connection.execute("PRAGMA journal_mode = WAL")
    except sqlite3.OperationalError:
        if last_try:
            raise
        return False
    return True
