"""Small JSON files that nobody but their owner can read: whole or not at all, one writer a time.

What cannot be read counts as not there, and what cannot be written is not kept: who asks here
can always do without. On the way of warm credentials, so nothing slow is imported.
"""

from __future__ import annotations

import json
import os
import sys
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

LOCK = ".lock"
_OTHERS = 0o077


def state_folder(environ: Mapping[str, str], platform: str = sys.platform) -> str:
    """Say where state is kept that should outlive a cache: under XDG_STATE_HOME or the like."""
    given = environ.get("XDG_STATE_HOME", "")
    home = environ.get("HOME") or os.path.expanduser("~")
    if os.path.isabs(given):  # the XDG specification tells to ignore relative paths
        base = given
    elif platform == "win32":
        base = environ.get("LOCALAPPDATA") or os.path.join(home, "AppData", "Local")
    elif platform == "darwin":
        base = os.path.join(home, "Library", "Application Support")
    else:
        base = os.path.join(home, ".local", "state")
    return os.path.join(base, "cogid")


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
            if not self._make():
                return
            unfinished = self._file(f"{name}.{os.getpid()}")
            with suppress(FileNotFoundError):
                os.unlink(unfinished)
            number = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            try:
                with open(number, "w", encoding="utf-8") as file:
                    json.dump(value, file)
                os.replace(unfinished, self._file(name))
            except OSError:
                os.unlink(unfinished)
                raise

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
