"""The values that only the service, the state file or the configuration know.

A source (``pools``, ``identities``, ...), the words of the line and the environment in; words
to propose out, each with what tells it from the others. Whatever goes wrong means fewer
proposals and nothing else. Neither click nor botocore is loaded unless a request must be sent,
because a person waits for every TAB.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any

from cogid.completion.asking import Line, Local, NotCached, Remote
from cogid.completion.sources import SEVERAL, SOURCES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from cogid.completion.asking import Asker

    Row = tuple[str, str]

PATIENCE = 1.5  # seconds that a person may wait for one TAB, start-up not counted

_TAKING = (
    "--profile",
    "--region",
    "--endpoint-url",
    "--ca-bundle",
    "--local-db",
    "--identity-pool-id",
    "--identity-id",
    "--resource-arn",
)
_SWITCHES = ("--local", "--no-verify-ssl", "--no-sign-request")


def values(source: str, words: Sequence[str], environ: Mapping[str, str]) -> list[Row]:
    """Give what the source has for that line, or as much of it as came in time."""
    line = _read(words)
    if source == "profiles":
        return _clean(_profiles(environ), ())
    find = SOURCES.get(source)
    if find is None:
        return []
    given = words if source in SEVERAL else ()
    if line.flags.get("local") or _yes(environ.get("COGID_LOCAL", "")):
        return _clean(_tried(find, Local(line, environ)), given)
    return _clean(_in_time(find, Remote(line, environ)), given)


def _read(words: Sequence[str]) -> Line:
    """Pick the flags that say where to look; the others may be half typed and do not matter."""
    flags: dict[str, Any] = {}
    following = iter(words)
    for word in following:
        name, joined, value = word.partition("=")
        key = name.lstrip("-").replace("-", "_")
        if name in _TAKING:
            flags[key] = value if joined else next(following, "")
        elif word in _SWITCHES:
            flags[key] = True
    return Line(flags)


def _yes(value: str) -> bool:
    return value.lower() not in ("", "0", "no", "off", "false")


def _clean(rows: Iterable[Row], given: Sequence[str]) -> list[Row]:
    """Leave out what is on the line already, and what no terminal should be shown."""
    return [
        (value, _plain(about))
        for value, about in rows
        if value.isprintable() and value not in given
    ]


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


def _tried(find: Callable[[Asker], Iterator[Row]], asker: Asker) -> list[Row]:
    found: list[Row] = []
    with suppress(Exception):  # a TAB that finds nothing says nothing
        found.extend(find(asker))
    return found


def _in_time(find: Callable[[Asker], Iterator[Row]], asker: Remote) -> list[Row]:
    """Look in the cache; what is not there is fetched in a thread, which is left behind if slow."""
    try:
        return list(find(asker))
    except NotCached:
        pass
    except Exception:  # noqa: BLE001 - a flag that is needed is not there yet, or has no value
        return []
    from threading import Thread

    found: list[Row] = []

    def fetch() -> None:
        asker.may_send = True
        with suppress(Exception):
            found.extend(find(asker))  # row by row: time may be up between two

    thread = Thread(target=fetch, daemon=True)
    thread.start()
    thread.join(PATIENCE)
    return list(found)
