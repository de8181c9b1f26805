"""A document in, tables drawn by rich out.

The operation's name is the title; a nested dict or list is a section of its own under its name,
indented by its depth: the same titles, headers and values as the reference draws. What makes
the reference crash (mixed and nested lists) is drawn too. A terminal gets it in its width: cells
fold at blanks, and only where that is not enough are records put under each other.
"""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING, Any, NamedTuple

from rich import box
from rich.cells import cell_len
from rich.console import Console
from rich.constrain import Constrain
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from cogid.controls import escaped

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from rich.console import RenderableType

    from cogid.output import View

INDENT = 2
DEEPEST = 4  # an indent takes no more than a fourth of the width
ENDLESS = 10**6  # columns: here it is decided where lines end, not in rich
NESTED = (dict, list)  # a tuple is a cell of several lines
# What is not folded: ids, ARNs and other words are there to be copied.
_WORD = re.compile(r"^\s*\S+|\S+")
# Rich widens tabs, drops some control characters and ends lines at others, all of which a pipe is
# to get: meanwhile code points stand for them that are no characters.
_TOUCHED = "\t\r\x07\x08\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"
_HIDDEN = {ord(character): 0xFDD0 + number for number, character in enumerate(_TOUCHED)}
_SHOWN = {stand_in: character for character, stand_in in _HIDDEN.items()}
BORDER, COLUMN = 1, 3  # columns that a frame takes, and each column in it


class _Section(NamedTuple):
    """A title, or rows; ``names`` says that the first column holds names."""

    depth: int
    rows: Sequence[Sequence[Any]] = ()
    columns: Sequence[str] = ()
    names: bool = False
    title: str = ""


def render(document: Any, view: View) -> str:
    """Draw the document.

    Nothing is drawn of null, and of another lone scalar only the title, as in the reference;
    a person at a terminal sees the value as well, and that there is nothing in a list.
    """
    if not document and (view.width is None or isinstance(document, NESTED)):
        return ""
    sections = [_Section(0, title=view.title)]
    if isinstance(document, NESTED):
        sections.extend(_sections(document, 0, joined=view.width is not None))
    elif view.width is not None:
        sections.append(_Section(0, [[document]]))
    if view.width is not None and not any(section.rows for section in sections):
        sections.append(_Section(1, title="(none)"))
    file = io.StringIO()
    console = Console(
        file=file,
        width=ENDLESS,
        force_terminal=view.color,
        color_system="standard" if view.color else None,
        no_color=not view.color,
        emoji=False,
        markup=False,
        highlight=False,
        legacy_windows=False,
    )
    for section in sections:
        for part in _parts(section, view):
            console.print(part)
    lines = file.getvalue().translate(_SHOWN).split("\n")[:-1]
    return "".join(f"{line.rstrip(' ')}\n" for line in lines)


def _sections(item: Any, depth: int, *, joined: bool) -> Iterator[_Section]:
    """Give the sections of a dict or list."""
    if isinstance(item, dict):
        keys = sorted(key for key, value in item.items() if not isinstance(value, NESTED))
        if keys:
            yield _Section(depth, [[key, item[key]] for key in keys], names=True)
        yield from _members(item, depth, joined=joined)
    elif any(isinstance(each, dict) for each in item):
        yield from _records(item, depth, joined=joined)
    else:
        yield from _scalars(item, depth, joined=joined)


def _members(item: dict[str, Any], depth: int, *, joined: bool) -> Iterator[_Section]:
    """Give the sections of what is nested in a dict."""
    for key in sorted(item):
        value = item[key]
        if isinstance(value, NESTED) and value:  # of what is empty not even the title is drawn
            yield _Section(depth + 1, title=key)
            yield from _sections(value, depth + 1, joined=joined)


def _records(items: list[Any], depth: int, *, joined: bool) -> Iterator[_Section]:
    """Give a list with dicts in it: one table, unless something nested stands between.

    When ``joined``, the scalars of a nested list are the lines of one cell instead.
    """
    if joined:
        items = [
            {
                key: tuple(value)
                if isinstance(value, list) and not any(isinstance(each, NESTED) for each in value)
                else value
                for key, value in item.items()
            }
            if isinstance(item, dict)
            else item
            for item in items
        ]
    columns = sorted(
        {
            key
            for item in items
            if isinstance(item, dict)
            for key, value in item.items()
            if not isinstance(value, NESTED) and value != ()
        }
    )
    held: list[list[Any]] = []
    for item in items:
        if isinstance(item, dict):
            held.append([item.get(key, "") for key in columns])
            further = list(_members(item, depth, joined=joined))
        else:
            further = list(_scalars([item], depth, joined=joined))
        if further:
            yield _Section(depth, held, columns)
            yield from further
            held = []
    yield _Section(depth, held, columns)


def _scalars(items: list[Any], depth: int, *, joined: bool) -> Iterator[_Section]:
    """Give a list without dicts: a scalar is a row, and so is a list of scalars."""
    held: list[list[Any]] = []
    for item in items:
        row = item if isinstance(item, list) else [item]
        if any(isinstance(cell, NESTED) for cell in row):
            yield _Section(depth, held)
            yield from _sections(row, depth + 1, joined=joined)
            held = []
        else:
            held.append(row)
    yield _Section(depth, held)


def _parts(section: _Section, view: View) -> Iterator[RenderableType]:
    """Draw a section; what does not fit the terminal is folded, and stacked at last."""
    depth, rows, columns, names, title = section
    indent = INDENT * depth
    if view.width is not None:
        indent = min(indent, view.width // DEEPEST)
    margin = (0, 0, 0, indent)
    if title:
        yield Padding(_cell(title, view, "bold cyan" if depth else "bold"), margin, expand=False)
    if not any(rows):
        return
    head = [_cell(name, view, "bold") for name in columns]
    cells = [
        [
            _cell(value, view, "" if number or not names else "cyan")
            for number, value in enumerate(row)
        ]
        for row in rows
    ]
    if view.width is None:
        yield Padding(
            _table([cells], head, [None] * max(map(len, rows)), view), margin, expand=False
        )
        return
    room = view.width - indent
    widths = _widths([head, *cells], room)
    if sum(widths) + COLUMN * len(widths) + BORDER > room:
        drawn = [*_stacked(head, cells, room, view, names=names)]
    else:
        folded = not names and any(
            "\n" in cell.plain or cell_len(cell.plain) > width
            for row in cells
            for cell, width in zip(row, widths, strict=False)
        )
        drawn = [_table([[row] for row in cells] if folded else [cells], head, widths, view)]
    for part in drawn:
        yield Padding(part, margin, expand=False)


def _widths(rows: Iterable[Sequence[Text]], room: int) -> list[int]:
    """Give each column its width: what its longest word takes, and a share of what is left.

    Letters that are two columns wide make words that fold anywhere. The sum is more than the
    ``room`` has when the words alone do not fit.
    """
    least: list[int] = []
    most: list[int] = []
    for row in rows:
        for number, cell in enumerate(row):
            if number == len(most):
                least.append(1)
                most.append(1)
            for line in cell.plain.split("\n"):
                most[number] = max(most[number], cell_len(line))
                for word in _WORD.findall(line):
                    width = cell_len(word)
                    least[number] = max(least[number], 2 if width > len(word) else width)
    left = room - BORDER - sum(least) - COLUMN * len(least)
    widths = [*least]
    wanting = sorted(range(len(least)), key=lambda number: most[number] - least[number])
    for place, number in enumerate(wanting):
        more = min(most[number] - least[number], max(left, 0) // (len(wanting) - place))
        widths[number] += more
        left -= more
    return widths


def _table(
    groups: Sequence[Sequence[Sequence[RenderableType]]],
    head: Sequence[Text],
    widths: Sequence[int | None],
    view: View,
) -> Table:
    """Make a table, with a line between the groups of its rows."""
    table = Table(box=box.ASCII2 if view.ascii_only else box.SQUARE, show_header=bool(head))
    for number, width in enumerate(widths):
        table.add_column(head[number] if head else "", overflow="fold", width=width)
    for group in groups:
        for row in group:
            table.add_row(*row)
        table.add_section()
    return table


def _stacked(
    head: list[Text], rows: list[list[Text]], room: int, view: View, *, names: bool
) -> Iterator[RenderableType]:
    """Put a record's cells under each other, beside their names where there is room for both.

    A word that has no room in any frame stands between two lines as wide as the terminal, whole,
    so that it can be copied.
    """
    records = [rows] if names else [[row] for row in rows]
    if head:
        records = [[[*pair] for pair in zip(head, row, strict=True)] for row in rows]
        widths = _widths([pair for record in records for pair in record], room)
        if sum(widths) + COLUMN * len(widths) + BORDER <= room:
            yield _table(records, (), widths, view)
            return
    stacks = [
        [(cell, INDENT if number else 0) for row in record for number, cell in enumerate(row)]
        for record in records
    ]
    inner = room - INDENT
    (width,) = _widths([[cell] for stack in stacks for cell, _ in stack], inner)
    if width + COLUMN + BORDER <= inner:
        padded = [[[Padding(cell, (0, 0, 0, shift))] for cell, shift in stack] for stack in stacks]
        yield _table(padded, (), [width + INDENT], view)
        return
    line = Text(("-" if view.ascii_only else "─") * room)
    for stack in stacks:
        yield line
        for cell, shift in stack:
            (width,) = _widths([[cell]], inner + COLUMN + BORDER)
            yield Padding(Constrain(cell, width), (0, 0, 0, shift), expand=False)
    yield line


def _cell(value: Any, view: View, style: str = "") -> Text:
    texts = map(str, value if isinstance(value, tuple) else (value,))
    shown = (escaped(text) if view.escape else text.translate(_HIDDEN) for text in texts)
    return Text("\n".join(shown), style=style, overflow="fold")
