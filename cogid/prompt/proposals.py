"""What could be answered: a flag and the text before the cursor in, words to choose from out.

They are those that TAB proposes in the shells (``cogid.completion``), found by any part of them.
Knows nothing of prompt_toolkit.
"""

from __future__ import annotations

from threading import Lock
from typing import TYPE_CHECKING, Any, NamedTuple

from cogid.completion import candidates
from cogid.options import MANY

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from cogid.completion.candidates import Row

    LookUp = Callable[[str, str], list[Row]]


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
    """What could be the value of a flag of the table; ``look_up`` finds those of a source."""

    def __init__(self, flag: dict[str, Any], look_up: LookUp) -> None:
        self._flag = flag
        self._look_up = look_up
        self._found: dict[str, list[Row]] = {}
        self._lock = Lock()  # a person types on while the first look-up is under way

    @property
    def any(self) -> bool:
        """Whether there can be any."""
        return not {"values", "source", "places"}.isdisjoint(self._flag)

    def __call__(self, before: str) -> list[Proposal]:
        """Give the words that can stand where the cursor is."""
        given, word = [], before
        if self._flag["takes"] == MANY:
            *given, word = before.split(" ")
        start, rows = candidates.values(self._flag, word, self._once, given)
        return matching(rows, word[start:], by_meaning="places" not in self._flag)

    def _once(self, source: str, typed: str) -> list[Row]:
        """Look up a source once; only the files are others in each folder."""
        if source == candidates.FILES:
            return self._look_up(source, typed)
        with self._lock:
            if source not in self._found:
                self._found[source] = self._look_up(source, typed)
        return self._found[source]
