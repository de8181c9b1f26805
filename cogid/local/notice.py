"""Whether somebody uses a state file now, and at which URL a server of it answers."""

from __future__ import annotations

import socket
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from cogid.local.paths import url_file

if TYPE_CHECKING:
    from pathlib import Path


def running_at(db: Path) -> str | None:
    """Give the URL of the server of that state, if one is running.

    A server that was killed leaves its note behind, so the port is tried too.
    """
    try:
        url = url_file(db).read_text(encoding="utf-8").strip()
        where = urlsplit(url)
        with socket.create_connection((where.hostname or "", where.port or 0), timeout=1):
            return url
    except (OSError, ValueError):
        return None


def is_open_elsewhere(db: Path) -> bool:
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
