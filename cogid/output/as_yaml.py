"""A document in, YAML out, as the reference writes it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from cogid.output import Style


def render(document: Any, style: Style) -> str:
    """Write one document; a lone scalar is written as JSON, which needs no end mark."""
    if document == {}:
        return ""
    if not isinstance(document, (dict, list)):
        return json.dumps(document, ensure_ascii=style.ascii_only) + "\n"
    return _dump(document)


def render_item(document: Any, _style: Style) -> str:
    """Write one document as an item of a list, so that many in a row make one YAML document."""
    return "" if document == {} else _dump([document])


def _dump(document: Any) -> str:
    from cogid import yaml_text

    return yaml_text.dump(document)
