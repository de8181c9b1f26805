"""A document in, comma-separated values out (RFC 4180, but with ``\\n``): a header and records.

The records are those of a list operation, whose columns the model knows, or of the list that
``--query`` gives, with columns in the order in which they are first met. A nested value is
written as JSON.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from cogid import model
from cogid.controls import escaped, harmless
from cogid.output.as_jsonl import items_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cogid.output import View

# What a spreadsheet takes for the beginning of a formula: OWASP's list.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_SPECIAL = re.compile('[",\r\n]')
VALUE = "value"  # the column of items that have none of their own


def render(document: Any, view: View) -> str:
    """Write the records under a header; nothing is no text."""
    columns = _known_columns(document, view)
    items = [] if document == {} else items_of(document, view)
    records = [_record(item) for item in items if item is not None]
    columns = columns or list(dict.fromkeys(column for record in records for column in record))
    if not columns:
        return ""
    header = _row(_cell(column, view) for column in columns)
    rows = (_row(_cell(record.get(column), view) for column in columns) for record in records)
    return header + "".join(rows)


def _known_columns(document: Any, view: View) -> list[str]:
    """Give the columns of a list operation's reply, and none of anything else."""
    operation = model.load().operations.get(model.kebab(view.title))
    is_reply = isinstance(document, dict) and (not document or view.items in document)
    if not operation or not operation.items or not is_reply:
        return []
    item = operation.output.members[operation.items].element
    return list(item.members) or [VALUE]


def _row(cells: Iterable[str]) -> str:
    """Write one record; one of a single empty cell is quoted, as readers pass over empty lines."""
    return (",".join(_quoted(cell) for cell in cells) or '""') + "\n"


def _quoted(cell: str) -> str:
    return '"' + cell.replace('"', '""') + '"' if _SPECIAL.search(cell) else cell


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
