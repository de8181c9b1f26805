"""Words in, lines out: paragraphs, two-column tables, commands, all within a width.

A page is a list of lines (the short ones) or of blocks (the full ones, which ``man`` turns into
roff as well). Knows nothing of operations or HTML.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

NARROWEST, WIDEST = 40, 100  # longer lines are hard to read, whatever the terminal
LEFT_COLUMN = 32  # a longer left cell has a line of its own
GAP = 2


class Block(NamedTuple):
    """One part of a full page: its kind, its text, and how many columns it is set in.

    Kinds: ``heading``; ``text``, a paragraph; ``bullet``; ``term``, which the blocks set in
    deeper below it explain; ``verbatim``, lines as they are; ``command``, to be pasted;
    ``synopsis``, a command with all it may take; ``syntax``, one word in shorthand.
    """

    kind: str
    text: str
    indent: int = 2


def fitting(width: int) -> int:
    """Give the width to wrap at on a terminal of ``width`` columns."""
    return max(NARROWEST, min(width, WIDEST))


def joined(lines: list[str]) -> str:
    """Make one text of lines: no trailing spaces, one newline at the end."""
    return "\n".join(line.rstrip() for line in lines).strip("\n") + "\n"


def wrap(text: str, width: int) -> list[str]:
    """Break text into lines at spaces.

    A word that is too long breaks after punctuation, but an URL stays whole to be clicked on.
    """
    lines: list[str] = []
    line = ""
    for word in text.split():
        if line and len(line) + 1 + len(word) <= width:
            line += " " + word
            continue
        if line:
            lines.append(line)
        *full, line = [word] if "://" in word else _softly(word, width)
        lines.extend(full)
    return [*lines, line] if line else lines


def _softly(word: str, width: int) -> list[str]:
    pieces = _pieces(word, width, ",")
    return pieces if max(map(len, pieces)) <= width else _pieces(word, width, ",:/=|")


def _pieces(word: str, width: int, ends: str) -> list[str]:
    if len(word) <= width:
        return [word]
    pieces = [""]
    for part in re.findall(f"[^{ends}]*[{ends}]|[^{ends}]+", word):
        if pieces[-1] and len(pieces[-1]) + len(part) > width:
            pieces.append("")
        pieces[-1] += part
    return pieces


def paragraph(text: str, width: int, indent: int = 2) -> list[str]:
    """Wrap text, each line set in by ``indent``."""
    return [" " * indent + line for line in wrap(text, width - indent)]


def column(lefts: list[str], indent: int = 2) -> int:
    """Give the column at which the right cells of a table begin."""
    return indent + GAP + max((len(left) for left in lefts if len(left) <= LEFT_COLUMN), default=0)


def table(rows: list[tuple[str, list[str]]], width: int, start: int, indent: int = 2) -> list[str]:
    """Set rows in two columns; the right cell is a list of paragraphs, beginning at ``start``."""
    lines: list[str] = []
    for left, paragraphs in rows:
        right = [line for text in paragraphs for line in wrap(text, width - start)]
        lefts = _left_cell(left, width - indent)
        if len(lefts[-1]) + indent + GAP <= start and right:
            last = " " * indent + lefts.pop()
            lefts_done = [" " * indent + text for text in lefts]
            lines += [*lefts_done, last.ljust(start) + right.pop(0)]
        else:
            lines += [" " * indent + text for text in lefts]
        lines += [" " * start + text for text in right]
    return lines


def _left_cell(left: str, width: int) -> list[str]:
    """Break ``--x / --no-x`` in the middle where it does not fit on one line."""
    if len(left) <= width:
        return [left]
    return [line for part in left.replace(" / ", " /\n").split("\n") for line in wrap(part, width)]


def command(line: str, width: int, indent: int = 2, end: str = " \\") -> list[str]:
    r"""Break a command line so that it still works when pasted.

    Lines end in ``\\`` before a flag, or before a value where flag and value do not fit on one
    line; a quoted value that is still too long breaks after commas, where shorthand, JSON and
    JMESPath all take white space. A synopsis, which nobody pastes, has no ``end``.
    """
    chunks = re.split(r" (?=[\[(]?--)", line)
    lines: list[str] = []
    current = ""
    for number, chunk in enumerate(chunks):
        tail = len(end) if number < len(chunks) - 1 else 0
        room = width - indent - (4 if lines else 0) - tail
        if current and len(current) + 1 + len(chunk) <= room:
            current += " " + chunk
            continue
        if current:
            lines.append(current + end)
        *full, current = _words(chunk, width - indent - 4 - tail, end)
        lines += full
    lines.append(current)
    return [" " * (indent + 4 if number else indent) + text for number, text in enumerate(lines)]


def _words(chunk: str, room: int, end: str) -> list[str]:
    """Break one flag with its values where they do not fit on one line."""
    if len(chunk) <= room:
        return [chunk]
    lines = [""]
    for word in re.findall(r"(?:'[^']*'|[^\s'])+", chunk):
        first, *more = _pieces(word, room, ",") if word.startswith("'") else [word]
        if lines[-1] and len(lines[-1]) + 1 + len(first) > room:
            lines[-1] += end
            lines.append("")
        lines[-1] += (" " if lines[-1] else "") + first
        lines += more
    return lines


def plain(blocks: list[Block], width: int) -> str:
    """Set blocks as text."""
    width = fitting(width)
    lines: list[str] = []
    before = ""
    for kind, text, indent in blocks:
        if not (before == "term" or (kind == before == "bullet") or not lines):
            lines.append("")
        if before == "heading" and lines[-1] == "":
            lines.pop()
        lines += lines_of(kind, text, width, indent)
        before = kind
    return joined(lines)


def lines_of(kind: str, text: str, width: int, indent: int = 0) -> list[str]:
    """Set one block as lines."""
    return _SET[kind](text, width, indent)


def _heading(text: str, width: int, _indent: int) -> list[str]:
    return wrap(text, width)


def _bullet(text: str, width: int, indent: int) -> list[str]:
    first, *more = wrap(text, width - indent - 2)
    space = " " * indent
    return [f"{space}- {first}", *(f"{space}  {line}" for line in more)]


def _syntax(text: str, width: int, indent: int) -> list[str]:
    first, *more = _pieces(text, width - indent - 4, ",")
    return [" " * indent + first, *(" " * (indent + 4) + line for line in more)]


def _synopsis(text: str, width: int, indent: int) -> list[str]:
    return command(text, width, indent, end="")


def _verbatim(text: str, _width: int, indent: int) -> list[str]:
    return [" " * indent + line for line in text.split("\n")]


_SET: dict[str, Callable[[str, int, int], list[str]]] = {
    "heading": _heading,
    "text": paragraph,
    "term": paragraph,
    "bullet": _bullet,
    "syntax": _syntax,
    "synopsis": _synopsis,
    "verbatim": _verbatim,
    "command": command,
}
