"""Deleting the state, and who keeps it from being deleted."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from cogid.errors import CogidError
from cogid.local.store.database import open_store
from cogid.local.store.reset import delete, list_files

if TYPE_CHECKING:
    from pathlib import Path

HOLDER = (
    "import sys; from cogid.local.store.database import open_store;"
    "store = open_store(sys.argv[1]); print('open', flush=True); input()"
)


@pytest.fixture
def db(tmp_path: Path) -> Path:
    """Make a state file."""
    path = tmp_path / "state" / "local.db"
    open_store(str(path)).close()
    return path


def test_what_is_beside_it_goes_too(db: Path) -> None:
    """SQLite and a server may leave files there; the folder stays."""
    for ending in ("-wal", "-shm", "-journal", "-url-4599"):
        db.with_name(db.name + ending).touch()
    assert len(list_files(db)) == 5

    delete(db)
    assert list(db.parent.iterdir()) == []
    assert list_files(db) == []


def test_a_state_in_use_by_another_process_is_kept(db: Path) -> None:
    """Any process that works on the file would lose what it writes."""
    other = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(db)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    try:
        assert other.stdout
        other.stdout.readline()
        with pytest.raises(CogidError, match="in use by another process"):
            delete(db)
        assert db.exists()
    finally:
        other.communicate(b"\n")

    delete(db)
    assert not db.exists()


def test_a_state_that_a_server_uses_is_kept(db: Path) -> None:
    """The message says which server to stop."""
    with pytest.raises(CogidError, match=r"in use by the server at http://127\.0\.0\.1:1; stop it"):
        delete(db, server="http://127.0.0.1:1")
    assert db.exists()


def test_a_damaged_file_can_be_deleted(db: Path) -> None:
    """A file that nothing can open is the best reason for a reset."""
    db.write_text("no database at all, but long enough to look at" * 20)

    delete(db)
    assert not db.exists()
