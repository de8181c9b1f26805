"""What the service remembers, in one SQLite file that any number of processes may share.

``open_store(path)`` gives a Store; its ``reading()`` and ``writing()`` give a Transaction, one
for each operation. Knows files, versions and locks; knows nothing of pools or identities.

The file is in WAL mode, so readers never wait for a writer. ``synchronous=NORMAL`` keeps every
committed write when a process is killed; only a power cut can cost the last ones.
"""

from __future__ import annotations

import os
import sqlite3
import threading
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from weakref import WeakValueDictionary

from cogid.local.store import statefile
from cogid.local.store.paths import MEMORY
from cogid.local.store.schema import APPLICATION_ID, MIGRATIONS
from cogid.local.store.transaction import StoreError, Transaction

if TYPE_CHECKING:
    from collections.abc import Iterator

# Seconds a writer waits for its turn; far above what any queue of commands needs.
BUSY_TIMEOUT = 60.0

# Connections of a store at one time: each has two file descriptors.
MOST_CONNECTIONS = 16

# Seconds a fork waits for the transactions of other threads.
FORK_TIMEOUT = 5.0

# The stores that this process has, by device and inode of their files: one a file, because
# POSIX locks are the process's (statefile says more).
_opening = threading.Lock()
_stores: WeakValueDictionary[tuple[int, int] | None, Store] = WeakValueDictionary()


class Store:
    """An open state file, for all threads of a process; made by ``open_store``."""

    def __init__(self, path: str, first: sqlite3.Connection) -> None:
        self.path = path
        self._users = 1
        self._live = {first}
        self._inherited: set[sqlite3.Connection] = set()
        self._idle = [first]
        # A store in memory is its one connection, so there threads queue for it.
        self._most = 1 if path == MEMORY else MOST_CONNECTIONS
        self._free = threading.Semaphore(self._most)
        self._turn = threading.Lock()

    @contextmanager
    def reading(self) -> Iterator[Transaction]:
        """Give a steady view of the store, without the write lock."""
        with self._transaction(writable=False) as transaction:
            yield transaction

    @contextmanager
    def writing(self) -> Iterator[Transaction]:
        """Wait for the write lock; commit at the end, undo everything after an exception."""
        # Threads wait here, without a connection, and other processes' writers in SQLite.
        with self._turn, self._transaction(writable=True) as transaction:
            yield transaction

    def clear(self) -> None:
        """Forget all pools and identities; the signing keys stay, for tokens still in use."""
        with self.writing() as transaction:
            transaction.write("DELETE FROM pools")

    def use(self) -> None:
        """Say that one more opened the store."""
        self._users += 1

    def close(self) -> None:
        """Say that one of those who opened the store is done; the last one closes it.

        A transaction of another thread comes to its end first.
        """
        with _opening:
            self._users -= 1
            if not self._users:
                self._close_idle()

    def is_open(self) -> bool:
        """Tell whether any connection to the file is open."""
        return bool(self._live)

    def is_lost(self) -> bool:
        """Tell whether the file was deleted, or another put in its place."""
        return self.path != MEMORY and _stores.get(_file_number(self.path)) is not self

    @contextmanager
    def _transaction(self, *, writable: bool) -> Iterator[Transaction]:
        connection = self._take()
        try:
            if writable:
                _begin_writing(connection)
            else:
                connection.execute("BEGIN")
            yield Transaction(connection, writable=writable)
            connection.execute("COMMIT")
        except sqlite3.Error as error:
            raise statefile.trouble(self.path, error) from error
        finally:
            if connection.in_transaction:
                connection.rollback()
            self._give_back(connection)

    def _take(self) -> sqlite3.Connection:
        self._free.acquire()
        if (idle := self._pop_idle()) is not None:
            return idle
        try:
            made = _connect(self.path)
        except sqlite3.Error as error:
            self._free.release()
            raise statefile.trouble(self.path, error) from error
        self._live.add(made)
        return made

    def _give_back(self, connection: sqlite3.Connection) -> None:
        self._idle.append(connection)
        self._free.release()
        if not self._users:
            self._close_idle()

    def _pop_idle(self) -> sqlite3.Connection | None:
        try:
            return self._idle.pop()
        except IndexError:  # other threads come and go
            return None

    def _close_idle(self) -> None:
        while (idle := self._pop_idle()) is not None:
            idle.close()
            self._live.discard(idle)

    def pause(self) -> None:
        """Let no further transaction begin, and close the file once those under way are done."""
        self._paused = [self._free.acquire(timeout=FORK_TIMEOUT) for _ in range(self._most)]
        self._close_idle()

    def resume(self) -> None:
        """Let transactions begin again; the first opens the file."""
        self._free.release(sum(self._paused))

    def start_afresh(self) -> None:
        """Forget what belonged to threads of the parent: locks, and connections in use."""
        self._inherited |= self._live  # never closed: they are the parent's
        self._live = set()
        self._free = threading.Semaphore(self._most)
        self._turn = threading.Lock()


def open_store(path: str) -> Store:
    """Open the state file, made or brought up to date first if need be.

    Gives the store that this process has of the file already, if it has one. Raises StoreError,
    with the file untouched, for one that is not ours, is damaged, was written by a newer cogid,
    or may not be written.
    """
    if path == MEMORY:
        return Store(path, _opened(path))
    with _opening:
        found = _stores.get(_file_number(path))
        if found is not None and found.is_open():
            found.use()
            return found
        statefile.prepare(Path(path))
        statefile.examine(Path(path))
        statefile.close_to_others(Path(path))
        made = _stores[_file_number(path)] = Store(path, _opened(path))
    return made


# SQLite keeps the locks of a file in the process's memory. A child that inherits a connection
# believes to hold locks that it does not, even for connections of its own: then another process
# may take the last one's leave for the end, delete the journal, and what the child wrote is lost.
# So nothing is open while a process forks; both sides open the file again when they need it.
def _before_fork() -> None:
    _opening.acquire()
    for store in _stores.values():
        store.pause()


def _after_fork_in_parent() -> None:
    for store in _stores.values():
        store.resume()
    _opening.release()


def _after_fork_in_child() -> None:
    for store in _stores.values():
        store.start_afresh()
    _opening.release()


if hasattr(os, "register_at_fork"):  # not on Windows
    os.register_at_fork(
        before=_before_fork,
        after_in_parent=_after_fork_in_parent,
        after_in_child=_after_fork_in_child,
    )


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
        name, timeout=BUSY_TIMEOUT, isolation_level=None, check_same_thread=False, uri=True
    )
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA synchronous = NORMAL")
    return connection


def _begin_writing(connection: sqlite3.Connection) -> None:
    """Wait for the write lock among other processes.

    The longer one has waited, the oftener one asks. SQLite does the opposite: among busy writers
    those that come late go first, and one of eight waited for half a second.
    """
    give_up = time.monotonic() + BUSY_TIMEOUT
    pause = 0.001
    connection.execute("PRAGMA busy_timeout = 0")
    try:
        while not _has_begun(connection, last_try=time.monotonic() > give_up):
            time.sleep(pause)
            pause = max(pause * 0.7, 0.0001)
    finally:
        connection.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT * 1000:.0f}")


def _has_begun(connection: sqlite3.Connection, *, last_try: bool) -> bool:
    try:
        connection.execute("BEGIN IMMEDIATE")
    except sqlite3.OperationalError as error:
        if last_try or "locked" not in str(error):
            raise
        return False
    return True


def _bring_up_to_date(connection: sqlite3.Connection, path: str) -> None:
    """Apply the schema's steps that the file has not had, all or none."""
    try:
        connection.execute("BEGIN")  # what is read of the file belongs together
        if _version(connection, path) == len(MIGRATIONS):
            return
        connection.execute("ROLLBACK")
        connection.execute("BEGIN IMMEDIATE")
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
    give_up = time.monotonic() + BUSY_TIMEOUT
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
