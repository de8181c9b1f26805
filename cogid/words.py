"""The words of a command line in, flags with their words out.

Splits exactly as the reference does, whose parser is argparse: flags may be shortened as long
as they stay unambiguous, a flag may be joined to its value by ``=``, the last of several wins,
list flags take every word up to the next flag, and a word that looks like a flag is no value.
Knows how many words a flag takes; knows nothing of types, operations or click.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from cogid.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

ONE, MANY, NONE, MAYBE = "one", "many", "none", "maybe"

Words = str | list[str] | None


class Split(NamedTuple):
    """What the words said: ``given`` maps a flag to its words, ``rest`` are words of no flag.

    A flag's words are a string (ONE), a list (MANY) or None (NONE, and MAYBE without a word).
    """

    given: dict[str, Words]
    rest: list[str]


class _Word(NamedTuple):
    """One word: the flag it names, if any, and the value joined to it by ``=``."""

    text: str
    flag: str | None = None
    joined: str | None = None
    dashed: bool = False


def split(words: Sequence[str], takes: Mapping[str, str]) -> Split:
    """Sort words into flags and the rest; ``takes`` says how many words each flag takes.

    Raises UsageError for a flag without its word, a switch with one, and an ambiguous prefix.
    """
    read = _read(words, takes)
    given: dict[str, Words] = {}
    rest: list[str] = []
    position = 0
    while position < len(read):
        word = read[position]
        position += 1
        if word.flag is None:
            if word.text != "--":
                rest.append(word.text)
            continue
        values = _following(read, position) if word.joined is None else []
        given.pop(word.flag, None)  # the last use counts, also as to order
        given[word.flag], used = _words_of(word, takes[word.flag], values)
        position += used
    return Split(given, rest)


def until_command(words: Sequence[str], takes: Mapping[str, str]) -> tuple[Split, list[str]]:
    """Split the words before the command, and give the command with all that follows it."""
    position = 0
    read = _read(words, takes)
    while position < len(read):
        word = read[position]
        if word.flag is None and not word.dashed:
            break
        position += 1
        if word.flag is not None and word.joined is None and takes[word.flag] == ONE:
            position += 1
    return split(words[:position], takes), list(words[position:])


def _read(words: Sequence[str], takes: Mapping[str, str]) -> list[_Word]:
    read: list[_Word] = []
    for position, text in enumerate(words):
        if text == "--":
            read.append(_Word(text, dashed=True))
            read.extend(_Word(plain) for plain in words[position + 1 :])
            break
        read.append(_read_one(text, takes))
    return read


def _read_one(text: str, takes: Mapping[str, str]) -> _Word:
    if not text.startswith("-") or text == "-":
        return _Word(text)
    if text in takes:
        return _Word(text, flag=text)
    name, equals, value = text.partition("=")
    joined = value if equals else None
    if text.startswith("--"):
        meant = [name] if name in takes else [flag for flag in takes if flag.startswith(name)]
        if len(meant) > 1:
            could = ", ".join(meant)
            raise UsageError(f"ambiguous option: {text} could match {could}", usage=True)
        if meant:
            return _Word(text, flag=meant[0], joined=joined)
    # A negative number, and dashed prose such as "- dash", are values.
    if re.fullmatch(r"-\d+|-\d*\.\d+", text) or " " in text:
        return _Word(text)
    return _Word(text, dashed=True)


def _following(read: list[_Word], position: int) -> list[str]:
    """Give the words from ``position`` on that a flag may take as its own."""
    values: list[str] = []
    for word in read[position:]:
        if word.flag is not None or word.dashed:
            break
        values.append(word.text)
    return values


def _words_of(word: _Word, takes: str, values: list[str]) -> tuple[Words, int]:
    """Give the words of one flag, and how many further words that used up."""
    if takes == NONE:
        if word.joined is not None:
            raise UsageError(
                f"argument {word.flag}: ignored explicit argument {word.joined!r}", usage=True
            )
        return None, 0
    if word.joined is not None:
        return ([word.joined] if takes == MANY else word.joined), 0
    if takes == MANY:
        return values, len(values)
    if values:
        return values[0], 1
    if takes == MAYBE:
        return None, 0
    raise UsageError(f"argument {word.flag}: expected one argument", usage=True)


def joined(given: Mapping[str, Words]) -> list[str]:
    """Write flags back as words that need no rules to split: ``--flag=value``."""
    return [flag if value is None else f"{flag}={value}" for flag, value in given.items()]
