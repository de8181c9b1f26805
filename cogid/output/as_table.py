"""A document in, tables drawn by rich out.

The operation's name is the title; a nested dict or list is a section of its own under its name,
indented by its depth: the same titles, headers and values as the reference draws. What makes
the reference crash (mixed and nested lists) is drawn too.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from rich import box
from rich.cells import cell_len
from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from cogid.terminal import escaped

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rich.console import RenderableType

    from cogid.output import View

INDENT = 2
NARROWEST = 20
EDGES = 4  # columns that the outer border takes with its padding


def render(document: Any, style: View) -> str:
    """Draw the document.

    Nothing is drawn of null, and of another lone scalar only the title, as in the reference;
    a person at a terminal sees the value as well.
    """
    drawing = _Drawing(style)
    if isinstance(document, (dict, list)):
        if document:
            drawing.title(style.title, 0)
            drawing.add(document, 0)
    elif style.width is not None:
        drawing.title(style.title, 0)
        drawing.rows([[document]], 0)
    elif document:
        drawing.title(style.title, 0)
    return drawing.text()


class _Drawing:
    """Tables and titles, one under the other."""

    def __init__(self, style: View) -> None:
        self.style = style
        self.parts: list[RenderableType] = []
        self.widest = 0

    def add(self, item: Any, depth: int) -> None:
        """Draw a dict or a list that is not empty."""
        if isinstance(item, dict):
            self.add_dict(item, depth)
        elif any(isinstance(each, dict) for each in item):
            self.add_records(item, depth)
        else:
            self.add_list(item, depth)

    def add_dict(self, item: dict[str, Any], depth: int) -> None:
        keys = sorted(key for key, value in item.items() if not _nested(value))
        if keys:
            self.rows([[key, item[key]] for key in keys], depth, names=True)
        self.add_nested(item, depth)

    def add_nested(self, item: dict[str, Any], depth: int) -> None:
        for key in sorted(item):
            if _nested(item[key]) and item[key]:
                self.title(key, depth + 1)
                self.add(item[key], depth + 1)

    def add_records(self, items: list[Any], depth: int) -> None:
        """Draw a list with dicts in it: one table, unless something nested stands between."""
        records = [item for item in items if isinstance(item, dict)]
        columns = sorted({k for item in records for k, value in item.items() if not _nested(value)})
        held: list[list[Any]] = []
        for item in items:
            if not isinstance(item, dict):
                self.rows(held, depth, columns)
                held = []
                self.add_list([item], depth)
                continue
            held.append([item.get(key, "") for key in columns])
            if any(_nested(value) and value for value in item.values()):
                self.rows(held, depth, columns)
                held = []
                self.add_nested(item, depth)
        self.rows(held, depth, columns)

    def add_list(self, items: list[Any], depth: int) -> None:
        """Draw a list without dicts: a scalar is a row, and so is a list of scalars."""
        held: list[list[Any]] = []
        for item in items:
            row = item if isinstance(item, list) else [item]
            if any(_nested(cell) for cell in row):
                self.rows(held, depth)
                held = []
                self.add(row, depth + 1)
            else:
                held.append(row)
        self.rows(held, depth)

    def title(self, name: str, depth: int) -> None:
        style = "bold" if depth == 0 else "bold cyan"
        self.parts.append(Padding(self.cell(name, style), (0, 0, 0, INDENT * depth)))

    def rows(
        self,
        rows: list[list[Any]],
        depth: int,
        columns: list[str] | None = None,
        *,
        names: bool = False,
    ) -> None:
        """Draw rows; what does not fit the terminal is drawn narrower, not cut."""
        if not rows or not any(rows):
            return
        wide = _natural_width(columns or [], rows)
        room = None if self.style.width is None else self.style.width - INDENT * depth
        if room is None or wide <= room:
            self.table(rows, depth, columns, names=names)
        elif columns:
            for row in rows:
                pairs = [list(pair) for pair in zip(columns, row, strict=True)]
                self.rows(pairs, depth, names=True)
        elif wide - EDGES <= room:
            self.table(rows, depth, columns, names=names, edges=False)
        else:
            self.stack(rows, depth)

    def table(
        self,
        rows: list[list[Any]],
        depth: int,
        columns: list[str] | None,
        *,
        names: bool,
        edges: bool = True,
    ) -> None:
        table = Table(
            box=box.ASCII2 if self.style.ascii_only else box.SQUARE,
            show_header=bool(columns),
            show_edge=edges,
            pad_edge=edges,
        )
        first = "cyan" if names else ""
        for number in range(max(len(row) for row in rows)):
            header = self.cell(columns[number], "bold") if columns else ""
            table.add_column(header, overflow="fold", style=first if number == 0 else "")
        for row in rows:
            table.add_row(*map(self.cell, row))
        indent = INDENT * depth
        self.widest = max(self.widest, _natural_width(columns or [], rows) + indent)
        self.parts.append(Padding(table, (0, 0, 0, indent), expand=False))

    def stack(self, rows: list[list[Any]], depth: int) -> None:
        """Write each cell on a line of its own, those after the first a little further in.

        The terminal breaks what is too long, so that an id can still be copied whole.
        """
        for row in rows:
            for number, value in enumerate(row):
                margin = " " * (INDENT * depth + (INDENT if number else 0))
                self.parts.append(
                    Text(margin) + self.cell(value, "" if number or len(row) == 1 else "cyan")
                )

    def cell(self, value: Any, style: str = "") -> Text:
        text = str(value)
        return Text(escaped(text) if self.style.escape else text, style=style)

    def text(self) -> str:
        """Give the drawing as text; lines end where their last mark stands."""
        width = self.style.width or max(self.widest, NARROWEST)
        file = io.StringIO()
        console = Console(
            file=file,
            width=max(width, NARROWEST),
            force_terminal=self.style.color,
            color_system="standard" if self.style.color else None,
            no_color=not self.style.color,
            emoji=False,
            markup=False,
            highlight=False,
            soft_wrap=False,
            legacy_windows=False,
        )
        for part in self.parts:
            console.print(part, soft_wrap=isinstance(part, Text))
        return "".join(f"{line.rstrip()}\n" for line in file.getvalue().splitlines())


def _nested(value: Any) -> bool:
    return isinstance(value, (dict, list))


def _natural_width(columns: list[str], rows: Iterable[list[Any]]) -> int:
    """Give how wide a table is when no cell is folded, borders and padding included."""
    widths: list[int] = [cell_len(name) for name in columns]
    for row in rows:
        for number, value in enumerate(row):
            if number == len(widths):
                widths.append(0)
            longest = max(map(cell_len, str(value).expandtabs(8).split("\n")), default=0)
            widths[number] = max(widths[number], longest)
    return sum(width + 3 for width in widths) + 1
