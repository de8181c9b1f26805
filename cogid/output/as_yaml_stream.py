"""A document in, one item of a YAML list out, so that many in a row make one YAML document."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cogid.output import as_yaml

if TYPE_CHECKING:
    from cogid.output import View


def render(document: Any, view: View) -> str:
    """Write one document as an item of a list; an empty reply is no text at all."""
    return "" if document == {} else as_yaml.render_items([document], view)
