"""Where the local service keeps its state.

A flag, the environment and the platform in; one path out. Knows nothing of what is in the file.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from cogid.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping


def state_path(
    environ: Mapping[str, str], flag: str | Path | None = None, platform: str = sys.platform
) -> Path:
    """Say which file holds the state: the flag's, else COGID_LOCAL_DB's, else the platform's.

    Raises UsageError for an empty flag, which was meant for another file than the usual one.
    """
    if flag == "":
        raise UsageError("The path of the state file is empty (--db, --local-db)")
    chosen = flag or environ.get("COGID_LOCAL_DB")
    if chosen:
        return Path(chosen).expanduser().absolute()
    return _data_folder(environ, platform) / "cogid" / "local.db"


def beside(path: Path) -> list[Path]:
    """Name the files that SQLite and a server may leave next to the state."""
    return [path.with_name(path.name + ending) for ending in ("-wal", "-shm", "-journal", "-url")]


def url_file(path: Path) -> Path:
    """Name the file in which a server of this state says where it listens."""
    return path.with_name(path.name + "-url")


def _data_folder(environ: Mapping[str, str], platform: str) -> Path:
    # The XDG specification tells to ignore relative paths.
    given = environ.get("XDG_DATA_HOME", "")
    if Path(given).is_absolute():
        return Path(given)
    if platform == "win32":
        local = environ.get("LOCALAPPDATA")
        return Path(local) if local else _home(environ) / "AppData" / "Local"
    if platform == "darwin":
        return _home(environ) / "Library" / "Application Support"
    return _home(environ) / ".local" / "share"


def _home(environ: Mapping[str, str]) -> Path:
    return Path(environ["HOME"]) if environ.get("HOME") else Path.home()
