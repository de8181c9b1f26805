"""A document in, indented JSON out."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from cogid.output import Style

_CONTROL = re.compile("[\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def render(document: Any, style: Style) -> str:
    """Write the document as the reference does: an empty reply is no text at all."""
    if document == {}:
        return ""
    text = json.dumps(document, indent=4, ensure_ascii=style.ascii_only) + "\n"
    if style.escape:
        # JSON escapes C0 by itself; the rest would still reach the terminal.
        return _CONTROL.sub(lambda found: f"\\u{ord(found.group()):04x}", text)
    return text
