"""Replies in, documents out.

A page is one reply of the service; a document is one thing printed. Knows tokens and items;
knows nothing of boto3, queries or formats.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

Document = dict[str, Any]

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Protocol

    class Replies(Protocol):
        """The replies to one request, a page each, in order."""

        @property
        def items(self) -> str | None:
            """The member that holds the items of a list that is paged; None for one reply."""

        @property
        def order(self) -> list[str]:
            """The members of a whole document, in the model's order."""

        @property
        def by_page(self) -> bool:
            """Whether the reference pages, too: then formats of pages ask each page ``--query``."""

        @property
        def resume_token(self) -> str | None:
            """Where ``--starting-token`` goes on, once all pages were taken."""

        def __iter__(self) -> Iterator[Document]:
            """Give the pages."""


def whole(replies: Replies) -> Iterator[Document]:
    """Give all pages as one document."""
    first: Document = {}
    items: list[Any] = []
    for page in replies:
        first = first or page
        if replies.items is not None:
            items.extend(page.get(replies.items) or [])
    yield first if replies.items is None else framed(first, replies, items)


def framed(first: Document, replies: Replies, items: list[Any]) -> Document:
    """Put items into the document around them, which is the first page and where to go on."""
    # The service's own token is that of the first page: botocore's, which may point into the
    # middle of a page, takes its place.
    joined = {**first, str(replies.items): items, "NextToken": replies.resume_token}
    if replies.resume_token is None:
        del joined["NextToken"]
    return {name: joined[name] for name in replies.order if name in joined}


def page_by_page(replies: Replies) -> Iterator[Document]:
    """Give each page as a document of its own, as the reference's text format prints them.

    Only the first says what is not an item, and a last one says where to go on.
    """
    if replies.items is None:
        yield from replies
        return
    for number, page in enumerate(replies):
        if number:
            yield {replies.items: page.get(replies.items)}
        else:
            yield {name: item for name, item in page.items() if name != "NextToken"}
    if replies.resume_token is not None:
        # So that the line begins with NEXTTOKEN, as in the reference (2.36.7).
        yield {"NextToken": {"NextToken": replies.resume_token}}
