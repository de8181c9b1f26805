"""Replies in, text out: one module a format, of which only the one that is asked for is loaded.

A format is a line in ``FORMS`` and a module of its name, ``as_…``, whose ``render`` turns one
document into text.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, NamedTuple

from cogid import pages
from cogid.errors import CogidError
from cogid.terminal import View

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from cogid.pages import Document, Replies


__all__ = ["FORMS", "Form", "View", "load"]


class Form(NamedTuple):
    """A format: its module, and how it prints replies.

    ``documents`` makes of the replies what is printed at a time. A ``spooled`` format writes a
    list of any length in the memory of one page: its module also has ``render_items``, the text
    of some items as it stands in the whole document, and ``BETWEEN``, what stands between two
    such texts. An ``items_only`` format has no place for a NextToken.
    """

    module: str
    documents: Callable[[Replies], Iterator[Document]] = pages.whole
    spooled: bool = False
    items_only: bool = False

    @property
    def streams(self) -> bool:
        """Whether a long list is printed as it comes."""
        return self.documents is not pages.whole

    def texts(
        self, replies: Replies, search: Callable[[Any], Any] | None, view: View
    ) -> Iterator[str]:
        """Give the text of the replies, piece by piece, after ``search`` has picked from them."""
        form = import_module(self.module)
        if self.spooled and replies.items is not None and search is None:
            from cogid.output import spool

            yield from spool.texts(replies, form, view)
            return
        # One reply is one document, whatever the format makes of pages.
        by_page = search is None or replies.by_page
        documents = self.documents if by_page else pages.whole
        for document in replies if replies.items is None else documents(replies):
            yield form.render(document if search is None else search(document), view)

    def render(self, document: Any, view: View) -> str:
        """Give the text of one document."""
        text: str = import_module(self.module).render(document, view)
        return text


FORMS = {
    "json": Form("cogid.output.as_json", spooled=True),
    "text": Form("cogid.output.as_text", pages.page_by_page),
    "table": Form("cogid.output.as_table"),
    "yaml": Form("cogid.output.as_yaml", spooled=True),
    "yaml-stream": Form("cogid.output.as_yaml_stream", iter),
    "csv": Form("cogid.output.as_csv", items_only=True),
    "jsonl": Form("cogid.output.as_jsonl", iter, items_only=True),
    "off": Form("cogid.output.as_off"),
}


def load(name: str) -> Form:
    """Give a format by its name. Raises CogidError for one that is none."""
    if name not in FORMS:
        raise CogidError(
            f"Unknown output type: {name}; AWS_DEFAULT_OUTPUT and the profile's output may be "
            f"{', '.join(FORMS)}"
        )
    return FORMS[name]
