"""Deleting a state file, with what lies beside it, unless somebody is using it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

from cogid.errors import CogidError
from cogid.local.store import paths

if TYPE_CHECKING:
    from pathlib import Path


def list_files(db: Path) -> list[Path]:
    """Name the files there are of a state: none when it was never used."""
    found = [each for each in (db, *paths.journals(db)) if each.exists()]
    return found + paths.url_files(db)


def delete(db: Path, *, server: str | None = None) -> None:
    """Delete a state; ``server`` is the URL of one that uses it.

    Raises CogidError while anybody does: what they write would be lost.
    """
    files = list_files(db)
    if server or _is_open_elsewhere(db):
        user = f"the server at {server}" if server else "another process"
        raise CogidError(f"{db} is in use by {user}; stop it first")
    try:
        for file in files:
            file.unlink(missing_ok=True)  # SQLite removes its own when the check above closes
    except OSError as problem:
        raise CogidError(f"Cannot delete {problem.filename}: {problem.strerror}") from problem


def _is_open_elsewhere(db: Path) -> bool:
    """Tell whether another process has the state file open.

    SQLite leaves WAL mode only when nobody else has the file open, so that is what is tried.
    """
    if not db.exists():
        return False
    try:
        with closing(sqlite3.connect(db, timeout=0, isolation_level=None)) as connection:
            connection.execute("PRAGMA journal_mode = DELETE")
    except sqlite3.OperationalError as problem:
        return "locked" in str(problem)
    except sqlite3.DatabaseError:
        return False  # damaged, or no database: nobody can have it open
    return False
