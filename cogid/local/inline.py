"""The service without a server: one open state file a process, for ``cogid.local.handle``."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from cogid.local import paths
from cogid.local.service import Service
from cogid.local.store import Store, open_store

if TYPE_CHECKING:
    from pathlib import Path

_lock = threading.Lock()
_open: dict[tuple[Path, int], tuple[Service, Store]] = {}


def service(db: Path) -> Service:
    """Give the service on that state file, opened once as long as the calls keep to one file.

    A file that was deleted and made anew (``cogid local reset``) is opened anew.
    """
    with _lock:
        key = (db, _number(db))
        if key not in _open:
            close()
            paths.make_folder(db)
            store = open_store(str(db))
            _open[db, _number(db)] = (
                Service(store, trust=lambda _issuer: None, issued=lambda _credentials: None),
                store,
            )
        return next(iter(_open.values()))[0]


def _number(db: Path) -> int:
    return db.stat().st_ino if db.exists() else 0


def close() -> None:
    """Close the file, if one is open; the next call opens it again."""
    for _, store in _open.values():
        store.close()
    _open.clear()
