"""The state file as a file: made, judged, and what to say of one that cannot be used.

A path comes in; nothing comes out, or a StoreError that names the path and the cure. A file that
is refused is left untouched, which is why it is judged before SQLite may write beside it.

Nothing here may run while this process has the file open in SQLite: POSIX drops all locks that a
process has on a file as soon as it closes any handle of it (sqlite.org/howtocorrupt.html, 2.2).
"""

from __future__ import annotations

import os
import time
from contextlib import suppress
from pathlib import Path

from cogid.local.store.paths import journals
from cogid.local.store.schema import APPLICATION_ID, MIGRATIONS
from cogid.local.store.transaction import StoreError


def prepare(path: Path) -> None:
    """Make an empty file, for its owner only (it will hold a private key), unless one is there.

    So is its folder, where it is missing; one that is there keeps its permissions.
    """
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
    except OSError as error:
        reason = error.strerror or str(error)
        raise StoreError(
            f"Cannot write the state file {path}: {reason}; give a path that can be written"
            " with --local-db or COGID_LOCAL_DB"
        ) from error
    if not os.access(path.parent, os.W_OK):
        raise StoreError(
            f"Cannot write in the folder of the state file {path}, where SQLite keeps its journal;"
            " give another path with --local-db or COGID_LOCAL_DB"
        )


def close_to_others(path: Path) -> None:
    """Take from other users the right to use the file, and what SQLite has beside it.

    They could sign tokens with the keys in it. It is logged as a warning, which Python prints on
    stderr for programs that have not decided otherwise.
    """
    modes = {}
    for each in (path, *journals(path)):
        with suppress(FileNotFoundError):  # of a journal that another process is done with
            modes[each] = each.stat().st_mode & 0o777
    mode = max(modes.values(), default=0)
    if os.name == "nt" or not any(each & 0o077 for each in modes.values()):
        return
    change = "now only its owner can (mode 600)"
    try:
        for each in modes:
            with suppress(FileNotFoundError):
                each.chmod(0o600)
    except OSError as error:
        change = f"that cannot be changed here: {error.strerror}"
    if path.stat().st_size:
        import logging  # loaded for nothing but this

        logging.getLogger(__name__).warning(
            "Other users could use the state file %r (mode %o), which holds keys; %s",
            *(str(path), mode, change),
        )


def examine(path: Path) -> None:
    """Judge a file by its first hundred bytes, before SQLite can touch anything beside it.

    A bad verdict counts when it stays: another process may be writing the file just now.
    """
    for wait in (0.05, 0.2):
        if _judged(path) is None:
            return
        time.sleep(wait)
    if verdict := _judged(path):
        raise verdict


def _judged(path: Path) -> StoreError | None:
    """Tell what is wrong with a file, if anything is.

    The offsets are those of https://www.sqlite.org/fileformat.html, section 1.3.
    """
    with path.open("rb") as file:
        header = file.read(100)
        size = os.fstat(file.fileno()).st_size
    if not header:
        return None
    if not header.startswith(b"SQLite format 3\0"):
        return foreign(path)
    if _journal(path):  # the file alone does not say yet what is in it
        return None
    page_size = int.from_bytes(header[16:18], "big")
    page_size = 65536 if page_size == 1 else page_size
    if len(header) < 100 or size < int.from_bytes(header[28:32], "big") * page_size:  # noqa: PLR2004
        return damaged(path)
    if int.from_bytes(header[68:72], "big") != APPLICATION_ID:
        return foreign(path)
    version = int.from_bytes(header[60:64], "big")
    return newer(path, version) if version > len(MIGRATIONS) else None


def _journal(path: Path) -> bool:
    for suffix in ("-wal", "-journal"):
        with suppress(FileNotFoundError):
            if Path(f"{path}{suffix}").stat().st_size:
                return True
    return False


def trouble(path: str | Path, error: Exception) -> StoreError:
    """Say what SQLite's error means for the person whose file it is."""
    if isinstance(error, StoreError):
        return error
    text = str(error)
    if "not a database" in text:
        return foreign(path)
    if "malformed" in text:
        return damaged(path)
    return StoreError(
        f"Cannot use the state file {path}: {text}; check that it can be written and its disk"
        " is not full, or give another path with --local-db or COGID_LOCAL_DB"
    )


def foreign(path: str | Path) -> StoreError:
    """Say that a file belongs to something else."""
    return StoreError(
        f"{path} is not a state file of cogid; give another path with --local-db or COGID_LOCAL_DB"
    )


def damaged(path: str | Path) -> StoreError:
    """Say that a file is not whole."""
    return StoreError(
        f"The state file {path} is damaged or cut short; restore it from a copy, or delete it to"
        " start afresh (cogid local reset)"
    )


def newer(path: str | Path, version: int) -> StoreError:
    """Say that a file has had steps that this cogid does not know."""
    return StoreError(
        f"The state file {path} was written by a newer cogid (schema {version}, this one knows"
        f" {len(MIGRATIONS)}); upgrade cogid, or give another path with --local-db or"
        " COGID_LOCAL_DB"
    )
