"""A document in, indented JSON out."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from cogid.controls import harmless

if TYPE_CHECKING:
    from cogid.output import View

INDENT = 4
BETWEEN = ","
# Of the sixteen colours those that can be read on light and on dark.
_KEY, _TEXT, _REST, _PLAIN = "\x1b[1m", "\x1b[32m", "\x1b[35m", "\x1b[0m"
_SCALAR = re.compile(r'("[^"\\]*(?:\\.[^"\\]*)*")(?=(:)?)|[^\s{}\[\]:,"]+')


def render(document: Any, view: View) -> str:
    """Write the document as the reference does: an empty reply is no text at all."""
    if document == {}:
        return ""
    text = json.dumps(document, indent=INDENT, ensure_ascii=False) + "\n"
    if view.width is None:
        return text  # a pipe gets it as it is, whatever the colours
    return _SCALAR.sub(_colored, harmless(text)) if view.color else harmless(text)


def render_items(items: list[Any], view: View) -> str:
    """Write items of a list as they stand in the document around them: two levels deep."""
    # Line breaks within strings are escaped, so every one here begins a line of the layout.
    return render(items, view)[1:-3].replace("\n", "\n" + " " * INDENT)


def _colored(scalar: re.Match[str]) -> str:
    color = _KEY if scalar[2] else _TEXT if scalar[1] else _REST
    return f"{color}{scalar[0]}{_PLAIN}"
