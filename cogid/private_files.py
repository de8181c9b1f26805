"""Small files that nobody but their owner can read: whole or not at all, one writer a time.

What cannot be read counts as not there, and what cannot be written is not kept: who asks here
can always do without. Loaded at every TAB: nothing slow is imported.
"""

from __future__ import annotations

import json
import os
import sys
from contextlib import contextmanager, suppress

TYPE_CHECKING = False  # as typing's; loading typing takes a fifth of a TAB's time
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Any

LOCK = ".lock"
_OTHERS = 0o077


# Where files of a kind are: the variable that says it, the folder on macOS, and that elsewhere.
CACHE = ("XDG_CACHE_HOME", ("Library", "Caches"), (".cache",))
STATE = ("XDG_STATE_HOME", ("Library", "Application Support"), (".local", "state"))


def user_folder(
    kind: tuple[str, tuple[str, ...], tuple[str, ...]],
    environ: Mapping[str, str],
    platform: str = sys.platform,
) -> str:
    """Say where this user's files of a kind are, ``CACHE`` or ``STATE``; it may not be there."""
    variable, on_macos, elsewhere = kind
    given = environ.get(variable, "")
    home = environ.get("HOME") or os.path.expanduser("~")
    if os.path.isabs(given):  # the XDG specification tells to ignore relative paths
        base = given
    elif platform == "win32":
        base = environ.get("LOCALAPPDATA") or os.path.join(home, "AppData", "Local")
    else:
        base = os.path.join(home, *(on_macos if platform == "darwin" else elsewhere))
    return os.path.join(base, "cogid")


def replace(path: str, text: str) -> None:
    """Write a file, readable to its owner alone, line ends as they are.

    Readers find the old one or the new one, never a part. Raises OSError, and leaves the old one.
    """
    unfinished = f"{path}.{os.getpid()}"
    with suppress(FileNotFoundError):
        os.unlink(unfinished)
    number = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with open(number, "w", encoding="utf-8", newline="") as file:
            file.write(text)
        os.replace(unfinished, path)
    except OSError:
        os.unlink(unfinished)
        raise


class Folder:
    """A folder of such files, made when something is first kept."""

    def __init__(self, path: str) -> None:
        self._path = path

    def read(self, name: str) -> dict[str, Any] | None:
        """Give what is kept under a name."""
        try:
            if not self._is_safe():
                return None
            with open(self._file(name), encoding="utf-8") as file:
                found = json.load(file)
        except (OSError, ValueError, RecursionError):
            return None
        return found if isinstance(found, dict) else None

    def write(self, name: str, value: dict[str, Any]) -> None:
        """Keep a value: readers find the old one or the new one, never a part."""
        with suppress(OSError):
            if self._make():
                replace(self._file(name), json.dumps(value))

    def remove(self, name: str) -> None:
        """Forget what is kept under a name."""
        with suppress(OSError):
            os.unlink(self._file(name))

    def names(self) -> list[str]:
        """List the names of all that is kept."""
        with suppress(OSError):
            if self._is_safe():
                return sorted(each for each in os.listdir(self._path) if not each.endswith(LOCK))
        return []

    def age(self, name: str, now: float) -> float:
        """Give the seconds since something was kept."""
        try:
            return now - os.stat(self._file(name)).st_mtime
        except OSError:
            return 0.0

    @contextmanager
    def locked(self, name: str) -> Iterator[None]:
        """Wait until nobody else is at work under that name; without locks, do not wait."""
        number = None
        with suppress(OSError):
            if self._make():
                number = _lock(self._file(name + LOCK))
        try:
            yield
        finally:
            if number is not None:
                os.close(number)  # which ends the lock, as the process's end does

    def _file(self, name: str) -> str:
        return os.path.join(self._path, name)

    def _make(self) -> bool:
        os.makedirs(os.path.dirname(self._path), mode=0o700, exist_ok=True)
        with suppress(FileExistsError):
            os.mkdir(self._path, 0o700)
        return self._is_safe()

    def _is_safe(self) -> bool:
        """Tell whether the folder is ours alone; one of ours that is open to others is closed."""
        found = os.stat(self._path)
        if sys.platform == "win32":  # a user's folders there are closed to others
            return True
        if found.st_uid != os.geteuid():
            return False
        if found.st_mode & _OTHERS:
            os.chmod(self._path, 0o700)
        return True


def _lock(path: str) -> int:
    """Give the descriptor of a file that is locked; who removes the file does not break that."""
    while True:
        number = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            _wait(number)
            with suppress(FileNotFoundError):
                if os.path.samestat(os.fstat(number), os.stat(path)):
                    return number
        except BaseException:
            os.close(number)
            raise
        os.close(number)


if sys.platform == "win32":

    def _wait(number: int) -> None:
        import msvcrt

        while True:
            try:
                msvcrt.locking(number, msvcrt.LK_LOCK, 1)
            except PermissionError:  # after ten seconds
                continue
            return

else:

    def _wait(number: int) -> None:
        import fcntl

        fcntl.flock(number, fcntl.LOCK_EX)
