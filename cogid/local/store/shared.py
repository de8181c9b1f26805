"""The state files that this process has open for those who call the service as a function."""

from __future__ import annotations

import os
import threading
from typing import TYPE_CHECKING

from cogid.local.store.database import open_store

if TYPE_CHECKING:
    from pathlib import Path

    from cogid.local.store.database import Store

_lock = threading.Lock()
_open: dict[Path, Store] = {}

if hasattr(os, "register_at_fork"):  # not on Windows
    os.register_at_fork(
        before=_lock.acquire, after_in_parent=_lock.release, after_in_child=_lock.release
    )


def open_shared(db: Path) -> Store:
    """Give the store in that file, opened once and kept.

    A file that was deleted and made anew (``cogid local reset``) is opened anew.
    """
    with _lock:
        store = _open.get(db)
        if store is None or store.is_lost():
            made = open_store(str(db))
            if store is not None:
                store.close()
            _open[db] = store = made
        return store


def close_shared() -> None:
    """Close all files; the next call opens its own again."""
    with _lock:
        while _open:
            _open.popitem()[1].close()
