"""The values that only the service, the state file, the configuration or the disk know.

A source (``pools``, ``identities``, ...), what was typed, the flags of the line and the
environment in; words to propose out, each with what tells it from the others. Whatever goes
wrong means fewer proposals and nothing else. Neither click nor botocore is loaded unless a
request must be sent, because a person waits for every TAB.
"""

from __future__ import annotations

import os
from contextlib import suppress

TYPE_CHECKING = False  # as typing's; loading typing takes a fifth of a TAB's time
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from typing import Any

    from cogid.completion.asking import Asker, Remote
    from cogid.completion.candidates import Row

    Find = Callable[[Asker], Iterator[Row]]

TIMEOUT = 1.5  # seconds that a person may wait for one TAB, start-up not counted


def values(source: str, typed: str, flags: dict[str, Any], environ: Mapping[str, str]) -> list[Row]:
    """Give what the source has for that line, or as much of it as came in time."""
    if source == "files":
        return _paths(typed)
    if source == "profiles":
        return _clean(_profiles(environ))
    from cogid.completion import asking, sources

    find = sources.SOURCES.get(source)
    if find is None:
        return []
    found: list[Row] = []
    if flags.get("local") or _is_local(environ):
        _gather(find, asking.Local(flags, environ), found)
    else:
        _gather_in_time(find, asking.Remote(flags, environ), found)
    return _clean(list(found))


def _paths(typed: str) -> list[Row]:
    """Give the files of a folder, as far as it is typed; hidden ones only where asked for."""
    folder = typed[: typed.rfind("/") + 1]
    try:
        entries = sorted(os.scandir(os.path.expanduser(folder or ".")), key=lambda each: each.name)
    except OSError:
        return []
    hidden = typed[len(folder) :].startswith(".")
    return [
        (f"{folder}{entry.name}{'/' if entry.is_dir() else ''}", "")
        for entry in entries
        if hidden or not entry.name.startswith(".")
    ]


def _is_local(environ: Mapping[str, str]) -> bool:
    if "COGID_LOCAL" not in environ:
        return False
    from cogid.settings import is_on

    return is_on(environ["COGID_LOCAL"])


def _clean(rows: Iterable[Row]) -> list[Row]:
    """Leave out what no terminal should be shown."""
    return [(value, _plain(about)) for value, about in rows if value.isprintable()]


def _plain(text: str) -> str:
    shown = "".join(letter if letter.isprintable() else " " for letter in text)
    return " ".join(shown.split())


def _profiles(environ: Mapping[str, str]) -> list[Row]:
    from cogid import profile
    from cogid.errors import CogidError

    try:
        return [(name, "") for name in profile.names(environ)]
    except CogidError:
        return []


def _gather(find: Find, asker: Asker, found: list[Row]) -> None:
    with suppress(Exception):  # a TAB that finds nothing says nothing
        found.extend(find(asker))  # row by row: time may be up between two


def _gather_in_time(find: Find, asker: Remote, found: list[Row]) -> None:
    """Look in the cache; what is not there is fetched in a thread, which is left behind if slow."""
    from cogid.completion.asking import NotCached

    try:
        found.extend(list(find(asker)))
    except NotCached:
        from threading import Thread

        asker.may_send = True
        thread = Thread(target=_gather, args=(find, asker, found), daemon=True)
        thread.start()
        thread.join(TIMEOUT)
    except Exception:  # noqa: BLE001, S110 - a flag that is needed is not there, or has no value
        pass
