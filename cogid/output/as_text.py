"""A document in, tab-separated lines out.

The form scripts know from the reference: scalars of a dict stand on one line in the order of
their keys, nested dicts and lists follow on lines of their own that begin with their name in
capitals. A list of dicts gives each line the same columns.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cogid.controls import escaped

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cogid.output import View


def render(document: Any, view: View) -> str:
    """Write the document as text."""
    lines = _Lines(escape=view.escape)
    return "".join(f"{line}\n" for line in lines.of(document, None))


class _Lines:
    """Makes lines; ``escape`` shows control characters instead of sending them on."""

    def __init__(self, *, escape: bool) -> None:
        self.text = (lambda item: escaped(str(item))) if escape else str

    def of(self, item: Any, name: str | None) -> Iterator[str]:
        if isinstance(item, dict):
            yield from self.of_dict(item, name, None)
        elif isinstance(item, list):
            yield from self.of_list(item, name)
        else:
            yield self.text(item)

    def of_dict(
        self, item: dict[str, Any], name: str | None, columns: list[str] | None
    ) -> Iterator[str]:
        # A list gives its dicts the columns of all of them: cut -f needs the same everywhere.
        if columns is None:
            columns = sorted(key for key, value in item.items() if not _nested(value))
        if columns:
            cells = [self.text(item.get(key, "")) for key in columns]
            yield "\t".join(self.named(name, cells))
        for key in sorted(item.keys() - set(columns)):
            yield from self.of(item[key], key)

    def of_list(self, items: list[Any], name: str | None) -> Iterator[str]:
        if any(isinstance(item, dict) for item in items):
            columns = sorted(
                {
                    key
                    for item in items
                    if isinstance(item, dict)
                    for key, value in item.items()
                    if not _nested(value)
                }
            )
            for item in items:
                if isinstance(item, dict):
                    yield from self.of_dict(item, name, columns)
                else:
                    yield from self.of(item, name)
        elif any(isinstance(item, list) for item in items):
            # Scalars first, on one line, whatever their places: as the reference (2.36.7).
            yield from self.of_scalars([item for item in items if not _nested(item)], name)
            for item in items:
                if isinstance(item, list):
                    yield from self.of(item, name)
        else:
            yield from self.of_scalars(items, name)

    def of_scalars(self, items: list[Any], name: str | None) -> Iterator[str]:
        if name is not None:
            yield from ("\t".join(self.named(name, [self.text(item)])) for item in items)
        elif items:
            yield "\t".join(map(self.text, items))

    def named(self, name: str | None, cells: list[str]) -> list[str]:
        return cells if name is None else [self.text(name.upper()), *cells]


def _nested(value: Any) -> bool:
    return isinstance(value, (dict, list))
