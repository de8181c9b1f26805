"""A document in, indented JSON out.

Writes what ``json.dumps(document, indent=4)`` writes, in a third of the time: with an
indentation the standard library encodes in Python, character by character.
"""

from __future__ import annotations

import json
from json.encoder import encode_basestring, encode_basestring_ascii
from typing import TYPE_CHECKING, Any, NamedTuple

from cogid.output import spool
from cogid.terminal import harmless

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from cogid.output import View
    from cogid.pages import Pages

INDENT = " " * 4
# Of the sixteen colours those that can be read on light and on dark.
_KEY, _TEXT, _REST, _PLAIN = "\x1b[1m", "\x1b[32m", "\x1b[35m", "\x1b[0m"


class _Pen(NamedTuple):
    """How keys, strings and other scalars are written."""

    key: Callable[[str], str]
    text: Callable[[str], str]
    rest: Callable[[Any], str] = json.dumps


def render(document: Any, style: View) -> str:
    """Write the document as the reference does: an empty reply is no text at all."""
    return "" if document == {} else _pretty(document, "\n", _pen(style)) + "\n"


def render_pages(pages: Pages, order: list[str], style: View) -> Iterator[str]:
    """Write a list of any length, page by page, in the memory of one page."""
    line = "\n" + 2 * INDENT
    pen = _pen(style)

    def item(value: Any, number: int) -> str:
        return ("," if number else "") + line + _pretty(value, line, pen)

    def frame(document: dict[str, Any]) -> tuple[str, str]:
        head, _, tail = _pretty(document, "\n", pen).partition(line + pen.text(spool.ITEMS))
        return head, tail + "\n"

    return spool.all_or_nothing(pages, order, item, frame)


def _pretty(value: Any, line: str, pen: _Pen) -> str:
    """Write a value whose lines begin with ``line``: a line break and the indentation."""
    if isinstance(value, str):
        return pen.text(value)
    if isinstance(value, dict) and value:
        inner = line + INDENT
        pairs = [f"{pen.key(key)}: {_pretty(item, inner, pen)}" for key, item in value.items()]
        return "{" + inner + ("," + inner).join(pairs) + line + "}"
    if isinstance(value, list) and value:
        inner = line + INDENT
        items = [_pretty(item, inner, pen) for item in value]
        return "[" + inner + ("," + inner).join(items) + line + "]"
    return pen.rest(value)


def _pen(style: View) -> _Pen:
    """Choose how scalars are written; a pipe gets them as they are, whatever the colours."""
    quote = encode_basestring_ascii if style.ascii_only else encode_basestring
    if style.width is None:
        return _Pen(quote, quote)

    def shown(text: str) -> str:
        return harmless(quote(text))

    if not style.color:
        return _Pen(shown, shown)
    return _Pen(
        lambda text: f"{_KEY}{shown(text)}{_PLAIN}",
        lambda text: f"{_TEXT}{shown(text)}{_PLAIN}",
        lambda value: f"{_REST}{json.dumps(value)}{_PLAIN}",
    )
