"""A document in, comma-separated values out (RFC 4180, but with ``\\n``): a header and records.

The records are those of a list operation, or of the list that ``--query`` gives. Columns stand in
the order in which they are first met. A nested value is written as JSON.
"""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING, Any

from cogid.controls import escaped, harmless
from cogid.output.as_jsonl import items_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cogid.output import View

# What a spreadsheet takes for the beginning of a formula: OWASP's list.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
VALUE = "value"  # the column of items that have none of their own


def render(document: Any, view: View) -> str:
    """Write the records under a header; no records are no text."""
    records = [_record(item) for item in items_of(document, view) if item is not None]
    columns = list(dict.fromkeys(column for record in records for column in record))
    if not columns:
        return ""
    header = _row(_cell(column, view) for column in columns)
    rows = (_row(_cell(record.get(column), view) for column in columns) for record in records)
    return header + "".join(rows)


def _row(cells: Iterable[str]) -> str:
    """Write one record; told of both line breaks, the library quotes cells that hold either."""
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\r\n").writerow(cells)
    return text.getvalue().removesuffix("\r\n") + "\n"


def _record(item: Any) -> dict[str, Any]:
    if isinstance(item, dict):
        return item
    if isinstance(item, list):
        return {str(number): cell for number, cell in enumerate(item, 1)}
    return {VALUE: item}


def _cell(value: Any, view: View) -> str:
    """Write one cell; a text that a spreadsheet would run gets an apostrophe before it."""
    if isinstance(value, str):
        shown = escaped(value) if view.escape else value
        return f"'{shown}" if shown.startswith(_FORMULA) else shown
    if value is None:
        return ""
    text = json.dumps(value, ensure_ascii=False)
    return harmless(text) if view.escape else text
