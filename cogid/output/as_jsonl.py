"""A document in, JSON Lines out: an item a line, for tools that read as they go.

The items are those of a list operation, or of the list that ``--query`` gives; anything else is
one item. Where a list goes on is no item: ``run`` says it on standard error.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from cogid.output import View


def render(document: Any, style: View) -> str:
    """Write each item on a line of its own."""
    if document == {}:
        return ""
    return "".join(_line(item, style) for item in items_of(document, style))


def items_of(document: Any, style: View) -> list[Any]:
    """Give the items of a list operation's reply, of a list, or the document as the only one."""
    if style.items and isinstance(document, dict) and isinstance(document.get(style.items), list):
        items: list[Any] = document[style.items]
        return items
    return document if isinstance(document, list) else [document]


def _line(item: Any, style: View) -> str:
    # On a terminal nothing but ASCII: control characters beyond C0 would get through.
    ascii_only = style.ascii_only or style.escape
    return json.dumps(item, ensure_ascii=ascii_only, separators=(",", ":")) + "\n"
