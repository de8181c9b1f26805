"""A document in, nothing out: for scripts that want the exit code alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from cogid.output import View


def render(_document: Any, _view: View) -> str:
    """Write nothing."""
    return ""
