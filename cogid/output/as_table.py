"""A document in, tables drawn by rich out.

The operation's name is the title; a nested dict or list is a section of its own under its name,
indented by its depth: the same titles, headers and values as the reference draws. What makes
the reference crash (mixed and nested lists) is drawn too.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any, NamedTuple

from rich import box
from rich.cells import cell_len
from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from cogid.controls import escaped

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rich.console import RenderableType

    from cogid.output import View

INDENT = 2
NARROWEST, ENDLESS = 20, 10**6  # columns: what rich needs, and what a pipe has
# Rich widens tabs, drops some control characters and ends lines at others, all of which a pipe is
# to get: meanwhile code points stand for them that are no characters.
_TOUCHED = "\t\r\x07\x08\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"
_HIDDEN = {ord(character): 0xFDD0 + number for number, character in enumerate(_TOUCHED)}
_SHOWN = {stand_in: character for character, stand_in in _HIDDEN.items()}
EDGES = 4  # columns that the outer border takes with its padding


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
    a person at a terminal sees the value as well.
    """
    if not document and (view.width is None or _nested(document)):
        return ""
    sections = [_Section(0, title=view.title)]
    if _nested(document):
        sections.extend(_sections(document, 0))
    elif view.width is not None:
        sections.append(_Section(0, [[document]]))
    file = io.StringIO()
    console = Console(
        file=file,
        width=max(view.width or ENDLESS, NARROWEST),
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
            console.print(part, soft_wrap=isinstance(part, Text))
    lines = file.getvalue().translate(_SHOWN).split("\n")[:-1]
    return "".join(f"{line.rstrip(' ')}\n" for line in lines)


def _nested(value: Any) -> bool:
    return isinstance(value, (dict, list))


def _sections(item: Any, depth: int) -> Iterator[_Section]:
    """Give the sections of a dict or list."""
    if isinstance(item, dict):
        keys = sorted(key for key, value in item.items() if not _nested(value))
        yield _Section(depth, [[key, item[key]] for key in keys], names=True)
        yield from _members(item, depth)
    elif any(isinstance(each, dict) for each in item):
        yield from _records(item, depth)
    else:
        yield from _scalars(item, depth)


def _members(item: dict[str, Any], depth: int) -> Iterator[_Section]:
    """Give the sections of what is nested in a dict."""
    for key in sorted(item):
        if _nested(item[key]) and item[key]:  # of what is empty not even the title is drawn
            yield _Section(depth + 1, title=key)
            yield from _sections(item[key], depth + 1)


def _records(items: list[Any], depth: int) -> Iterator[_Section]:
    """Give a list with dicts in it: one table, unless something nested stands between."""
    records = [item for item in items if isinstance(item, dict)]
    columns = sorted({k for item in records for k, value in item.items() if not _nested(value)})
    held: list[list[Any]] = []
    for item in items:
        if isinstance(item, dict):
            held.append([item.get(key, "") for key in columns])
            further = list(_members(item, depth))
        else:
            further = list(_scalars([item], depth))
        if further:
            yield _Section(depth, held, columns)
            yield from further
            held = []
    yield _Section(depth, held, columns)


def _scalars(items: list[Any], depth: int) -> Iterator[_Section]:
    """Give a list without dicts: a scalar is a row, and so is a list of scalars."""
    held: list[list[Any]] = []
    for item in items:
        row = item if isinstance(item, list) else [item]
        if any(_nested(cell) for cell in row):
            yield _Section(depth, held)
            yield from _sections(row, depth + 1)
            held = []
        else:
            held.append(row)
    yield _Section(depth, held)


def _parts(section: _Section, view: View) -> Iterator[RenderableType]:
    """Draw a section; what does not fit the terminal is drawn narrower, not cut."""
    depth, rows, columns, _, title = section
    margin = (0, 0, 0, INDENT * depth)
    if title:
        yield Padding(_cell(title, view, "bold cyan" if depth else "bold"), margin, expand=False)
    if not any(rows):
        return
    over = 0 if view.width is None else _natural_width(section) + INDENT * depth - view.width
    # A table that is too wide by its border alone does without it.
    if over <= 0 or (over <= EDGES and not columns):
        yield Padding(_table(section, view, edges=over <= 0), margin, expand=False)
    elif columns:
        for row in rows:
            pairs = list(zip(columns, row, strict=True))
            yield from _parts(_Section(depth, pairs, names=True), view)
    else:
        yield from _stack(section, view)


def _table(section: _Section, view: View, *, edges: bool) -> Table:
    _, rows, columns, names, _ = section
    table = Table(
        box=box.ASCII2 if view.ascii_only else box.SQUARE,
        show_header=bool(columns),
        show_edge=edges,
        pad_edge=edges,
    )
    for number in range(max(map(len, rows))):
        header = _cell(columns[number], view, "bold") if columns else ""
        table.add_column(header, overflow="fold", style="" if number or not names else "cyan")
    for row in rows:
        table.add_row(*(_cell(value, view) for value in row))
    return table


def _stack(section: _Section, view: View) -> Iterator[Text]:
    """Write each cell on a line of its own, those after the first a little further in.

    The terminal breaks what is too long, so that an id can still be copied whole.
    """
    for row in section.rows:
        for number, value in enumerate(row):
            margin = " " * (INDENT * section.depth + (INDENT if number else 0))
            style = "" if number or len(row) == 1 else "cyan"
            yield Text(margin) + _cell(value, view, style)


def _cell(value: Any, view: View, style: str = "") -> Text:
    text = escaped(str(value)) if view.escape else str(value).translate(_HIDDEN)
    return Text(text, style=style)


def _natural_width(section: _Section) -> int:
    """Give how wide a table is when no cell is folded, borders and padding included."""
    widths: list[int] = [cell_len(name) for name in section.columns]
    for row in section.rows:
        for number, value in enumerate(row):
            if number == len(widths):
                widths.append(0)
            longest = max(map(cell_len, str(value).expandtabs(8).split("\n")), default=0)
            widths[number] = max(widths[number], longest)
    return sum(width + 3 for width in widths) + 1
