"""Documents in, text out, one module a format; ``writer`` loads only the one that is asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from cogid.pages import Pages

WHOLE, FROM_ITEMS, AS_SENT = "whole", "from items", "as sent"


class View(NamedTuple):
    """How to draw: for a pipe nothing is cut, escaped or coloured.

    ``items`` is the member that holds a list operation's items, None for what is no list;
    ``width`` is the terminal's, in columns; ``escape`` shows control characters instead of
    sending them on; ``ascii_only`` is for streams that take nothing else.
    """

    title: str
    items: str | None = None
    width: int | None = None
    escape: bool = False
    ascii_only: bool = False
    color: bool = False


class Writer(NamedTuple):
    """A format: ``render`` turns one document into text.

    ``pages`` says what a document is: the WHOLE reply, the new items of each page (FROM_ITEMS,
    as text prints them) or each page AS_SENT by the service. ``render_pages`` writes a long list
    without ever holding all of it; a format without one needs the whole. ``items_only`` formats
    have no place for a NextToken.
    """

    render: Callable[[Any, View], str]
    pages: str = WHOLE
    render_pages: Callable[[Pages, list[str], View], Iterator[str]] | None = None
    items_only: bool = False

    def texts(self, replies, search, view):  # TEMPORARY: the output branch has the real one
        from cogid import pages

        class P:
            results = replies.items

            def __iter__(s):
                return iter(replies)

            @property
            def resume_token(s):
                return replies.resume_token

        p = P()
        if replies.items and search is None and self.render_pages:
            yield from self.render_pages(p, replies.order, view)
            return
        docs = (
            p
            if self.pages == AS_SENT
            else pages.one_by_one(p)
            if self.pages == FROM_ITEMS
            else [pages.whole(p, replies.order)]
        )
        for d in docs:
            yield self.render(d if search is None else search(d), view)


def load(name):
    if name not in _WRITERS:
        from cogid.errors import CogidError

        raise CogidError(
            f"Unknown output type: {name}; AWS_DEFAULT_OUTPUT and the profile's output "
            f"may be {', '.join(_WRITERS)}"
        )
    return writer(name)


def writer(name: str) -> Writer:
    """Load a format by its name, one of ``options.OUTPUT_FORMATS``."""
    return _WRITERS[name]()


def _json() -> Writer:
    from cogid.output import as_json

    return Writer(as_json.render, render_pages=as_json.render_pages)


def _text() -> Writer:
    from cogid.output import as_text

    return Writer(as_text.render, FROM_ITEMS)


def _table() -> Writer:
    from cogid.output import as_table

    return Writer(as_table.render)


def _yaml() -> Writer:
    from cogid.output import as_yaml

    return Writer(as_yaml.render, render_pages=as_yaml.render_pages)


def _yaml_stream() -> Writer:
    from cogid.output import as_yaml

    return Writer(as_yaml.render_item, AS_SENT)


def _csv() -> Writer:
    from cogid.output import as_csv

    return Writer(as_csv.render, items_only=True)


def _jsonl() -> Writer:
    from cogid.output import as_jsonl

    return Writer(as_jsonl.render, AS_SENT, items_only=True)


_WRITERS: dict[str, Callable[[], Writer]] = {
    "json": _json,
    "text": _text,
    "table": _table,
    "yaml": _yaml,
    "yaml-stream": _yaml_stream,
    "csv": _csv,
    "jsonl": _jsonl,
    "off": lambda: Writer(lambda _document, _style: ""),
}
