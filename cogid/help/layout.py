"""Blocks in, lines out: paragraphs, tables, commands, all within a width.

A page is a list of blocks. ``text`` sets them for a terminal or a pipe, ``man`` as roff. Knows
nothing of commands or HTML.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

NARROWEST, WIDEST = 40, 100  # longer lines are hard to read, whatever the terminal
TWO_COLUMNS = 60  # on less, the right column of a table would be a word a line
LEFT_COLUMN = 32  # a longer left cell has a line of its own
GAP = 2
DEEPER = 4
HEADING, NAME, PLAIN = "\x1b[1m", "\x1b[36m", "\x1b[0m"

_CLOSE = ("row", "bullet", "command")  # no blank line stands between two that are set in alike
_ABOVE = ("heading", "subheading", "term")  # nor below one of these


class Block(NamedTuple):
    """One part of a page: its kind, its text, and how many columns it is set in.

    Kinds: ``heading``; ``subheading``; ``text``, a paragraph; ``bullet``; ``row``, a name with
    the paragraphs ``about`` it beside it, from ``column`` on; ``term``, which the blocks set in
    deeper below it explain; ``verbatim``, lines as they are; ``command``, lines to be pasted;
    ``synopsis``, a command with all it may take; ``syntax``, one word in shorthand.
    """

    kind: str
    text: str
    indent: int = 2
    about: tuple[str, ...] = ()
    column: int = 0


def row(left: str, *about: str, indent: int = 2) -> Block:
    """Make a row of a table; texts that are empty are left out."""
    return Block("row", left, indent, tuple(filter(None, about)))


def aligned(blocks: Iterable[Block]) -> list[Block]:
    """Let the texts of all rows begin at one column, whatever stands between the rows."""
    given = list(blocks)
    ends = [each.indent + len(each.text) + GAP for each in given if each.kind == "row"]
    column = max((end for end in ends if end <= LEFT_COLUMN + 2 * GAP), default=0)
    return [each._replace(column=column) for each in given]


def text(blocks: Iterable[Block], width: int, *, color: bool = False) -> str:
    """Set a page as text: no trailing spaces, one newline at the end."""
    width = max(NARROWEST, min(width, WIDEST))
    lines: list[str] = []
    before = Block("heading", "")
    for block in blocks:
        alike = block.kind == before.kind and block.indent == before.indent
        if before.kind not in _ABOVE and not (alike and block.kind in _CLOSE):
            lines.append("")
        lines += lines_of(block, width, color=color)
        before = block
    return "\n".join(line.rstrip() for line in lines) + "\n"


def lines_of(block: Block, width: int, *, color: bool = False) -> list[str]:  # noqa: PLR0911
    """Set one block as lines."""
    kind, text, indent, *_ = block
    match kind:
        case "heading" | "subheading":
            return [_painted(HEADING, line, color=color) for line in wrap(text, width)]
        case "term":
            return _names(wrap(text, width - indent), indent, color=color)
        case "row":
            return _row(block, width, color=color)
        case "bullet":
            first, *more = wrap(text, width - indent - 2)
            return [" " * indent + "- " + first, *_set_in(more, indent + 2)]
        case "verbatim":
            return [each for line in text.split("\n") for each in _indented(line, width, indent)]
        case "syntax":
            first, *more = wrap(text, width - indent - DEEPER)
            return [" " * indent + first, *_set_in(more, indent + DEEPER)]
        case "synopsis":
            return command(text, width, indent, end="")
        case "command":
            return [each for line in text.split("\n") for each in _typed(line, width, indent)]
    return paragraph(text, width, indent)


def paragraph(text: str, width: int, indent: int = 2) -> list[str]:
    """Wrap text, each line set in by ``indent``."""
    return _set_in(wrap(text, width - indent), indent)


def wrap(text: str, width: int) -> list[str]:
    """Break text into lines at spaces, and a word that is too long after punctuation."""
    lines: list[str] = []
    line = ""
    for word in text.split():
        if line and len(line) + 1 + len(word) <= width:
            line += " " + word
            continue
        if line:
            lines.append(line)
        *full, line = _softly(word, width)
        lines.extend(full)
    return [*lines, line] if line else lines


def _softly(word: str, width: int) -> list[str]:
    """Break a word that is too long where it hurts least."""
    for ends in (",", ",:/=|", ",:/=|.([_-"):
        pieces = _pieces(word, width, ends)
        if max(map(len, pieces)) <= width:
            return pieces
    return [word[at : at + width] for at in range(0, len(word), width)]


def _pieces(word: str, width: int, ends: str) -> list[str]:
    pieces = [""]
    for part in re.findall(f"[^{ends}]*[{ends}]|[^{ends}]+", word):
        if pieces[-1] and len(pieces[-1]) + len(part) > width:
            pieces.append("")
        pieces[-1] += part
    return pieces


def _row(block: Block, width: int, *, color: bool) -> list[str]:
    _, left, indent, about, column = block
    beside = width >= TWO_COLUMNS and column > 0
    column = column if beside else indent + DEEPER
    right = [line for text in about for line in wrap(text, width - column)]
    names = wrap(left, width - indent)
    lines = _names(names, indent, color=color)
    if beside and right and indent + len(names[-1]) + GAP <= column:
        lines[-1] += " " * (column - indent - len(names[-1])) + right.pop(0)
    return lines + _set_in(right, column)


def _indented(line: str, width: int, indent: int) -> list[str]:
    """Wrap a line that is set in already."""
    return paragraph(line, width, indent + len(line) - len(line.lstrip()))


def _names(names: list[str], indent: int, *, color: bool) -> list[str]:
    return [" " * indent + _painted(NAME, name, color=color) for name in names]


def _painted(style: str, text: str, *, color: bool) -> str:
    return f"{style}{text}{PLAIN}" if color else text


def _set_in(lines: list[str], indent: int) -> list[str]:
    return [" " * indent + line for line in lines]


def _typed(line: str, width: int, indent: int) -> list[str]:
    """Break a line for a shell: a command, or a comment, each line of which begins with ``#``."""
    if line.startswith("# "):
        return [f"{' ' * indent}# {each}" for each in wrap(line[2:], width - indent - 2)]
    return command(line, width, indent)


def command(line: str, width: int, indent: int = 2, end: str = " \\") -> list[str]:
    r"""Break a command line so that it still works when pasted.

    Lines end in ``\\`` before a flag, or before a value that does not fit on a line with its flag;
    a quoted value that is still too long breaks after commas, where shorthand, JSON and JMESPath
    all take white space. A synopsis, which nobody pastes, has no ``end``.
    """
    room = width - indent - DEEPER
    words: list[str] = []
    for chunk in re.split(r" (?=[\[(]?--)", line):
        whole = len(chunk) + len(end) <= room
        words += [chunk] if whole else re.findall(r"(?:'[^']*'|[^\s'])+", chunk)
    lines = [""]
    for number, word in enumerate(words, 1):
        left = room - (len(end) if number < len(words) else 0)
        first, *more = _softly(word, left) if not end else [word]
        if word.startswith("'"):
            first, *more = _pieces(word, left, ",")
        before = len(lines[-1]) - (DEEPER if len(lines) == 1 else 0)
        if lines[-1] and before + 1 + len(first) > left:
            lines[-1] += end
            lines.append("")
        lines[-1] += (" " if lines[-1] else "") + first
        lines += more
    return [" " * indent + lines[0], *_set_in(lines[1:], indent + DEEPER)]
