"""Pages in, the text of one long document out: all of it, or nothing.

The items are rendered as they come, into a temporary file, and printed when the last page is
there: a list of any length takes the memory of a page, and a failure on page 900 prints nothing.
"""

from __future__ import annotations

from tempfile import SpooledTemporaryFile
from typing import TYPE_CHECKING, Any

from cogid.errors import CogidError
from cogid.pages import framed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import IO

    from cogid.pages import Document, Pages

IN_MEMORY = 1 << 20  # characters, about; a longer list goes to disk
CHUNK = 1 << 16
ITEMS = "\0"  # stands for the items in the document around them


def all_or_nothing(
    pages: Pages,
    order: list[str],
    item: Callable[[Any, int], str],
    frame: Callable[[Document], tuple[str, str]],
) -> Iterator[str]:
    """Give the text in pieces, the first one after the last page.

    ``item`` renders an item, given its number from 0 on. ``frame`` renders what stands before
    and after the items, given the document with the one item ITEMS, or with none.
    """
    assert pages.results is not None  # noqa: S101 - for mypy: only lists come here
    first: Document = {}
    count = 0
    with SpooledTemporaryFile(IN_MEMORY, "w+", encoding="utf-8", errors="surrogatepass") as spool:
        for page in pages:
            first = first or page
            for each in page.get(pages.results) or []:
                _keep(spool, item(each, count))
                count += 1
        before, after = frame(framed(first, pages, [ITEMS] if count else [], order))
        yield before
        spool.seek(0)
        while chunk := spool.read(CHUNK):
            yield chunk
        yield after


def _keep(spool: IO[str], text: str) -> None:
    try:
        spool.write(text)
    except OSError as error:
        raise CogidError(f"Cannot keep the list until it is whole: {error.strerror}") from None
