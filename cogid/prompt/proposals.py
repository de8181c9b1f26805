"""What could be answered: a flag and the text before the cursor in, words to choose from out.

The same table and the same live values as completion in the shells, and the same places inside
shorthand. Knows nothing of prompt_toolkit.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, NamedTuple

from cogid.completion.table import FILES_SOURCE, LIKELY, PLACES, Place
from cogid.options import MANY

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from cogid.completion.table import Flag

    Row = tuple[str, str]
    LookUp = Callable[[str], list[Row]]

FILE = re.compile(r"fileb?://")


class Proposal(NamedTuple):
    """A word, what it is about, and how many characters before the cursor it stands for."""

    text: str
    about: str = ""
    instead_of: int = 0


def matching(rows: Iterable[Row], typed: str, *, by_meaning: bool = True) -> list[Proposal]:
    """Give the rows that begin with what was typed, then those that hold it in word or meaning.

    An id says nothing to a person: the name of its pool finds it.
    """
    wanted = typed.lower()
    ranked: tuple[list[Proposal], list[Proposal], list[Proposal]] = ([], [], [])
    for text, about in rows:
        if text.lower().startswith(wanted):
            rank = 0
        elif wanted in text.lower():
            rank = 1
        elif by_meaning and wanted in about.lower():
            rank = 2
        else:
            continue
        ranked[rank].append(Proposal(text, about, len(typed)))
    return [proposal for each in ranked for proposal in each]


class Values:
    """What could be a flag's value; ``look_up`` finds the live ones of a source."""

    def __init__(self, flag: Flag, look_up: LookUp) -> None:
        self._flag = flag
        self._places = dict(flag.places)
        self._look_up = look_up
        self._found: dict[str, list[Row]] = {}
        self._lock = Lock()  # a person types on while the first look-up is under way

    @property
    def any(self) -> bool:
        """Whether there can be any."""
        return bool(self._flag.words or self._flag.source)

    def __call__(self, before: str) -> list[Proposal]:
        """Give the words that can stand where the cursor is."""
        flag = self._flag
        several = flag.takes == MANY
        word = before.rpartition(" ")[2] if several else before
        scheme = FILE.match(word) if flag.files else None
        if scheme:
            return matching(_paths(word[scheme.end() :]), word[scheme.end() :])
        if flag.source == FILES_SOURCE:
            return matching(_paths(word), word)
        if flag.source == PLACES:
            inner, place = self._place(word)
            beside = re.findall(r"[\w.:/-]+=", word.removesuffix(inner).rpartition("{")[2])
            rows = [row for row in self._rows(place) if row[0] not in beside]
        else:
            inner, rows = word, self._rows(Place(flag.words, flag.source))
        if several:
            given = before.split()[:-1] if word else before.split()
            rows = [row for row in rows if row[0] not in given]
        found = matching(rows, inner, by_meaning=not flag.places)
        if flag.files and "file://".startswith(word) and (word or flag.files == LIKELY):
            found.append(Proposal("file://", "the value is in a file", len(word)))
        return found

    def _place(self, word: str) -> tuple[str, Place]:
        """Find out where in shorthand the cursor is: what was typed there, and what may stand."""
        if word[:1] in ("{", "["):  # JSON
            return word, Place()
        inner = re.split(r"[,{\[]", word)[-1]
        outer = word.removesuffix(inner)
        key, equals, value = inner.partition("=")
        if equals:
            return value, self._places.get(f"{key}=") or self._places.get("*=") or Place()
        depth = outer.count("{") - outer.count("}")
        return inner, self._places.get(str(depth)) or Place()

    def _rows(self, place: Place) -> list[Row]:
        if not place.source:
            return [(word.text, word.about) for word in place.words]
        with self._lock:
            if place.source not in self._found:
                self._found[place.source] = self._look_up(place.source)
        return self._found[place.source]


def _paths(typed: str) -> Iterator[Row]:
    folder = typed[: typed.rfind("/") + 1]
    try:
        entries = sorted(os.scandir(Path(folder or ".").expanduser()), key=lambda each: each.name)
    except (OSError, RuntimeError):
        return
    for entry in entries:
        if entry.name.startswith(".") and not typed.rpartition("/")[2].startswith("."):
            continue
        yield folder + entry.name + ("/" if entry.is_dir() else ""), ""
