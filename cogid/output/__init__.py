"""Documents in, text out, one module a format; ``writer`` loads only the one that is asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from cogid.pages import Pages

WHOLE, FROM_ITEMS, AS_SENT = "whole", "from items", "as sent"


class Style(NamedTuple):
    """How to draw: for a pipe nothing is cut, escaped or coloured.

    ``width`` is the terminal's, in columns; ``escape`` shows control characters instead of
    sending them on; ``ascii_only`` is for streams that take nothing else.
    """

    title: str
    width: int | None = None
    escape: bool = False
    ascii_only: bool = False
    color: bool = False


class Writer(NamedTuple):
    """A format: ``render`` turns one document into text.

    ``pages`` says what a document is: the WHOLE reply, the new items of each page (FROM_ITEMS,
    as text prints them) or each page AS_SENT by the service. ``render_pages`` writes a long list
    without ever holding all of it; a format without one needs the whole.
    """

    render: Callable[[Any, Style], str]
    pages: str = WHOLE
    render_pages: Callable[[Pages, list[str], Style], Iterator[str]] | None = None


def writer(name: str) -> Writer:
    """Load a format by its name, one of ``options.OUTPUT_FORMATS``."""
    if name == "text":
        from cogid.output import as_text

        return Writer(as_text.render, FROM_ITEMS)
    if name == "table":
        from cogid.output import as_table

        return Writer(as_table.render)
    if name == "yaml":
        from cogid.output import as_yaml

        return Writer(as_yaml.render, render_pages=as_yaml.render_pages)
    if name == "yaml-stream":
        from cogid.output import as_yaml

        return Writer(as_yaml.render_item, AS_SENT)
    if name == "off":
        return Writer(lambda _document, _style: "")
    from cogid.output import as_json

    return Writer(as_json.render, render_pages=as_json.render_pages)
