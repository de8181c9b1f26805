"""The state file that this process has open, for all who call the service as a function."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from cogid.local.store.database import open_store

if TYPE_CHECKING:
    from pathlib import Path

    from cogid.local.store.database import Store

_lock = threading.Lock()
_open: dict[tuple[Path, int], Store] = {}


def open_shared(db: Path) -> Store:
    """Give the store in that file, opened once as long as the calls keep to one file.

    A file that was deleted and made anew (``cogid local reset``) is opened anew.
    """
    with _lock:
        key = (db, _number(db))
        if key not in _open:
            close_shared()
            store = open_store(str(db))
            _open[db, _number(db)] = store
        return next(iter(_open.values()))


def _number(db: Path) -> int:
    return db.stat().st_ino if db.exists() else 0


def close_shared() -> None:
    """Close the file, if one is open; the next call opens it again."""
    for store in _open.values():
        store.close()
    _open.clear()
