"""Where a server of a state file listens: written beside the file, for those who look for it."""

from __future__ import annotations

import socket
from contextlib import suppress
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from cogid.local.store.paths import url_file

if TYPE_CHECKING:
    from pathlib import Path


def write(db: Path, url: str) -> None:
    """Say that a server of that state answers at the URL."""
    url_file(db).write_text(f"{url}\n", encoding="utf-8")


def remove(db: Path, url: str) -> None:
    """Take that back, unless a later server has written its own."""
    note = url_file(db)
    with suppress(OSError):
        if note.read_text(encoding="utf-8").strip() == url:
            note.unlink()


def find(db: Path) -> str | None:
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
