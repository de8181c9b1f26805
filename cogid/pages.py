"""Pages in, documents out.

A page is one response of the service; a document is one thing printed. Knows tokens and
results; knows nothing of boto3, queries or formats.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterator

Document = dict[str, Any]


class Pages(Protocol):
    """The responses to one request, in order."""

    @property
    def results(self) -> str | None:
        """The member that holds the items; None when the request is not paged."""

    @property
    def resume_token(self) -> str | None:
        """Where ``--starting-token`` goes on, once all pages were taken."""

    def __iter__(self) -> Iterator[Document]:
        """Give the responses."""


def whole(pages: Pages, order: list[str]) -> Document:
    """Join all pages into one document, its members in the model's ``order``."""
    first: Document = {}
    items: list[Any] = []
    for page in pages:
        first = first or page
        if pages.results is not None:
            items.extend(page.get(pages.results) or [])
    return first if pages.results is None else framed(first, pages, items, order)


def framed(first: Document, pages: Pages, items: list[Any], order: list[str]) -> Document:
    """Put items into the document around them, which is the first page and where to go on."""
    joined = {**first, str(pages.results): items}
    joined.pop("NextToken", None)
    if pages.resume_token is not None:
        joined["NextToken"] = pages.resume_token
    return {name: joined[name] for name in order if name in joined}


def one_by_one(pages: Pages) -> Iterator[Document]:
    """Give each page as a document of its own, as the text format prints them.

    Only the first says what is not an item, and a last one says where to go on.
    """
    for number, page in enumerate(pages):
        if pages.results is None or number == 0:
            yield (
                {name: item for name, item in page.items() if name != "NextToken"}
                if (pages.results)
                else page
            )
        else:
            yield {pages.results: page.get(pages.results)}
    if pages.results is not None and pages.resume_token is not None:
        yield {"NextToken": {"NextToken": pages.resume_token}}
