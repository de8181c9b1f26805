"""A document in, YAML out, as the reference writes it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from cogid.output import simple_yaml, spool
from cogid.terminal import harmless

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cogid.output import View
    from cogid.pages import Pages


def render(document: Any, style: View) -> str:
    """Write one document; a lone scalar is written as JSON, which needs no end mark."""
    if document == {}:
        return ""
    if not isinstance(document, (dict, list)):
        return json.dumps(document, ensure_ascii=style.ascii_only) + "\n"
    return _dump(document, style)


def render_item(document: Any, style: View) -> str:
    """Write one document as an item of a list, so that many in a row make one YAML document."""
    return "" if document == {} else _dump([document], style)


def render_pages(pages: Pages, order: list[str], style: View) -> Iterator[str]:
    """Write a list of any length, page by page, in the memory of one page."""

    def frame(document: dict[str, Any]) -> tuple[str, str]:
        head, items, tail = _dump(document, style).partition(_dump([spool.ITEMS], style))
        return (head, tail) if items else (head, "")

    return spool.all_or_nothing(pages, order, lambda value, _number: _dump([value], style), frame)


def _dump(document: Any, style: View) -> str:
    text = simple_yaml.dump(document) if document else None
    if text is None:
        from cogid import yaml_text

        text = yaml_text.dump(document)
    return harmless(text) if style.escape else text
