"""A document in, JSON Lines out: an item a line, for tools that read as they go.

The items are those of a list operation, or of the list that ``--query`` gives; anything else is
one item. Where a list goes on is no item: ``run`` says it on standard error.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from cogid.controls import harmless

if TYPE_CHECKING:
    from cogid.output import View


def render(document: Any, view: View) -> str:
    """Write each item on a line of its own."""
    if document == {}:
        return ""
    return "".join(_line(item, view) for item in items_of(document, view))


def items_of(document: Any, view: View) -> list[Any]:
    """Give the items of a list operation's reply, of a list, or the document as the only one."""
    if view.items and isinstance(document, dict) and isinstance(document.get(view.items), list):
        items: list[Any] = document[view.items]
        return items
    return document if isinstance(document, list) else [document]


def _line(item: Any, view: View) -> str:
    text = json.dumps(item, ensure_ascii=False, separators=(",", ":")) + "\n"
    return harmless(text) if view.escape else text
