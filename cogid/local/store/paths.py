"""Where the local service keeps its state.

A flag, the environment and the platform in; one path out. Knows nothing of what is in the file.
"""

from __future__ import annotations

import sys
from glob import escape
from pathlib import Path
from typing import TYPE_CHECKING

from cogid.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping

MEMORY = ":memory:"


def state_path(
    environ: Mapping[str, str], flag: str | Path | None = None, platform: str = sys.platform
) -> Path:
    """Say which file holds the state: the flag's, else COGID_LOCAL_DB's, else the platform's.

    ``:memory:`` is no file, as everywhere with SQLite: that state ends with the process.

    Raises UsageError for an empty flag, which was meant for another file than the usual one.
    """
    if flag == "":
        raise UsageError("The path of the state file is empty (--db, --local-db)")
    chosen = flag or environ.get("COGID_LOCAL_DB")
    if str(chosen) == MEMORY:
        return Path(MEMORY)
    if chosen:
        return Path(chosen).expanduser().absolute()
    return _data_folder(environ, platform) / "cogid" / "local.db"


def journals(path: Path) -> list[Path]:
    """Name the files that SQLite may keep next to the state; they hold some of it."""
    return [path.with_name(path.name + ending) for ending in ("-wal", "-shm", "-journal")]


def url_file(path: Path, port: int) -> Path:
    """Name the file in which a server of this state says where it listens."""
    return path.with_name(f"{path.name}-url-{port}")


def url_files(path: Path) -> list[Path]:
    """List those of all servers, running or killed."""
    return sorted(path.parent.glob(f"{escape(path.name)}-url*"))


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
