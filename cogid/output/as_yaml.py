"""A document in, YAML out, as the reference writes it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from cogid.controls import harmless
from cogid.output import yaml_text

if TYPE_CHECKING:
    from cogid.output import View

BETWEEN = ""


def render(document: Any, view: View) -> str:
    """Write one document; a lone scalar is written as JSON, which needs no end mark."""
    if document == {}:
        return ""
    if isinstance(document, (dict, list)):
        text = yaml_text.dump(document)
    else:
        text = json.dumps(document, ensure_ascii=False) + "\n"
    return harmless(text) if view.escape else text


render_items = render  # items stand at the left margin, as if there was nothing around them
