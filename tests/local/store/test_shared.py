"""State files that a process keeps open: in threads, across forks, and when they are replaced."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from cogid.local.service.operations import Service
from cogid.local.store.shared import close_shared, open_shared

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

# Opens and closes state files until its standard input ends.
VISITOR = """
import select, sys
from cogid.local.store.database import open_store

while not select.select([sys.stdin], [], [], 0.02)[0]:
    for path in sys.argv[1:]:
        store = open_store(path)
        with store.reading() as opened:
            opened.rows("SELECT count(*) FROM identities")
        store.close()
"""

forks = pytest.mark.skipif(not hasattr(os, "fork"), reason="a matter of Unix")


@pytest.fixture(autouse=True)
def _closed() -> Iterator[None]:
    """Leave nothing open."""
    yield
    close_shared()


def call(db: Path, operation: str, **parameters: Any) -> Any:
    """Call an operation as ``cogid.local.handle`` does."""
    return Service(open_shared(db)).handle(operation, parameters, "us-east-1")


def make_pool(db: Path) -> str:
    """Make a pool that admits guests."""
    settings = {"IdentityPoolName": "p", "AllowUnauthenticatedIdentities": True}
    return str(call(db, "CreateIdentityPool", **settings)["IdentityPoolId"])


def count(db: Path) -> int:
    """Count the identities, as another process would: from the file."""
    close_shared()
    with open_shared(db).reading() as opened:
        assert opened.rows("PRAGMA integrity_check") == [("ok",)]
        row = opened.row("SELECT count(*) FROM identities")
    assert row is not None
    return int(row[0])


@contextmanager
def child(work: Callable[[], None]) -> Iterator[None]:
    """Do something in a fork of this process, beside the block; it must end well."""
    number = os.fork()
    if not number:
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.alarm(10)  # one that hangs is a failure, and must not stay
        try:
            work()
            os._exit(0)
        finally:
            os._exit(1)
    yield
    assert os.waitpid(number, 0)[1] == 0


def test_threads_may_use_several_files(tmp_path: Path) -> None:
    """None is closed while another thread is using it, and no answered write is lost."""
    files = [tmp_path / "a.db", tmp_path / "b.db"]
    pools = {db: make_pool(db) for db in files}
    words = [sys.executable, "-c", VISITOR, *map(str, files)]

    def work(number: int) -> int:
        db = files[number % 2]
        for _ in range(100):
            call(db, "GetId", IdentityPoolId=pools[db])
        return 100

    with subprocess.Popen(words, stdin=subprocess.PIPE) as visitor:
        with ThreadPoolExecutor(4) as threads:
            answered = sum(threads.map(work, range(4)))
        visitor.communicate(timeout=10)

    assert visitor.returncode == 0
    assert [count(db) for db in files] == [answered / 2, answered / 2]


@forks
def test_what_a_fork_writes_is_there(tmp_path: Path) -> None:
    """The child has the file open for itself, whatever the parent had."""
    db = tmp_path / "a.db"
    pool = make_pool(db)

    def work() -> None:
        for _ in range(20):
            call(db, "GetId", IdentityPoolId=pool)
        close_shared()

    with child(work):
        pass
    call(db, "GetId", IdentityPoolId=pool)
    listed = call(db, "ListIdentities", IdentityPoolId=pool, MaxResults=60)["Identities"]
    assert len(listed) == 21
    assert count(db) == 21


@forks
def test_a_fork_writes_on_when_its_parent_has_closed_the_file(tmp_path: Path) -> None:
    """The last one to close a file deletes its journal: the child must be seen to have it."""
    db = tmp_path / "a.db"
    pool = make_pool(db)
    service = Service(open_shared(db))
    (reads, tells), (waits, goes) = os.pipe(), os.pipe()

    def work() -> None:
        service.handle("GetId", {"IdentityPoolId": pool}, "us-east-1")
        os.write(tells, b".")
        os.read(waits, 1)
        service.handle("GetId", {"IdentityPoolId": pool}, "us-east-1")

    with child(work):
        os.read(reads, 1)
        call(db, "GetId", IdentityPoolId=pool)
        close_shared()
        os.write(goes, b".")
    for each in (reads, tells, waits, goes):
        os.close(each)
    assert count(db) == 3


@forks
def test_a_fork_in_the_middle_of_other_threads_writes(tmp_path: Path) -> None:
    """Locks that a thread of the parent held at that moment do not stay with the child."""
    db = tmp_path / "a.db"
    pool = make_pool(db)
    stop = threading.Event()

    def write() -> int:
        written = 0
        while not stop.is_set():
            call(db, "GetId", IdentityPoolId=pool)
            written += 1
        return written

    with ThreadPoolExecutor(3) as threads:
        writers = [threads.submit(write) for _ in range(3)]
        try:
            for _ in range(10):
                with child(lambda: call(db, "GetId", IdentityPoolId=pool)):
                    pass
        finally:
            stop.set()
        written = sum(each.result() for each in writers)

    assert count(db) == written + 10


def test_a_file_made_anew_is_opened_anew(tmp_path: Path) -> None:
    """What was in the deleted one is gone."""
    db = tmp_path / "a.db"
    make_pool(db)
    for each in tmp_path.iterdir():
        each.unlink()

    assert call(db, "ListIdentityPools", MaxResults=1) == {"IdentityPools": []}
    assert make_pool(db)
    assert len(call(db, "ListIdentityPools", MaxResults=9)["IdentityPools"]) == 1


def test_a_state_in_memory_is_kept_for_the_process(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without a file of that name."""
    monkeypatch.chdir(tmp_path)
    assert make_pool(Path(":memory:"))

    assert len(call(Path(":memory:"), "ListIdentityPools", MaxResults=9)["IdentityPools"]) == 1
    assert list(tmp_path.iterdir()) == []
