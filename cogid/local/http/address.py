"""Where the servers of a state file listen: written beside the file, for those who look for one.

Each server has a note of its own, with its URL and a word that only it answers with: a note that
was left by a killed server must not lead to whoever has the port now.
"""

from __future__ import annotations

from contextlib import suppress
from http.client import HTTPConnection, HTTPException
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from cogid.errors import CogidError
from cogid.local.store.paths import MEMORY, url_file, url_files

if TYPE_CHECKING:
    from pathlib import Path

PATH = "/.well-known/cogid"
"""Where a server answers with its word."""


def write(db: Path, url: str, word: str) -> None:
    """Say that a server of that state answers at the URL; one in memory has no other users."""
    if str(db) != MEMORY:
        url_file(db, urlsplit(url).port or 0).write_text(f"{url}\n{word}\n", encoding="utf-8")


def remove(db: Path, url: str, word: str) -> None:
    """Take that back, unless a later server has written its own."""
    note = url_file(db, urlsplit(url).port or 0)
    with suppress(OSError):
        if note.read_text(encoding="utf-8").split() == [url, word]:
            note.unlink()


def find(db: Path) -> str | None:
    """Give the URL of a server of that state, if one is running."""
    for note in url_files(db):
        with suppress(OSError, ValueError, HTTPException):
            url, word = note.read_text(encoding="utf-8").split()
            if _ask(url, len(word)) == word:
                return url
    return None


def require(db: Path) -> str:
    """Give the URL of the server of that state. Raises NotRunning if there is none."""
    url = find(db)
    if url is None:
        raise NotRunning(f"No server is running on {db}; start one: cogid local serve")
    return url


class NotRunning(CogidError):
    """No server is running on a state: exit code 1, as a question that is answered with no."""

    exit_code = 1


def _ask(url: str, length: int) -> str:
    connection = HTTPConnection(urlsplit(url).netloc, timeout=1)
    try:
        connection.request("GET", PATH)
        return connection.getresponse().read(length + 1).decode("ascii")
    finally:
        connection.close()
