"""Replies in, the text of one long document out: all of it, or nothing.

The items are rendered as they come, into a temporary file, and printed when the last page is
there: a list of any length takes the memory of a page, and a failure on page 900 prints nothing.
"""

from __future__ import annotations

from tempfile import SpooledTemporaryFile
from typing import TYPE_CHECKING, Any

from cogid.errors import CogidError
from cogid.pages import framed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cogid.output import View
    from cogid.pages import Document, Replies

IN_MEMORY = 1 << 20  # characters, about; a longer list goes to disk
CHUNK = 1 << 16
MARK = ["\0"]  # stands for the items in the document around them


def texts(replies: Replies, form: Any, view: View) -> Iterator[str]:
    """Give the text of a list in pieces, the first one after the last page.

    ``form`` is the module of a ``spooled`` format.
    """
    first: Document = {}
    between = ""
    with SpooledTemporaryFile(IN_MEMORY, "w+", encoding="utf-8", errors="surrogatepass") as kept:
        for page in replies:
            first = first or page
            items = page.get(str(replies.items))
            if not items:
                continue
            try:
                kept.write(between + form.render_items(items, view))
            except OSError as error:
                raise CogidError(
                    f"Cannot keep the list until it is whole: {error.strerror}"
                ) from None
            between = form.BETWEEN
        if not kept.tell():
            yield form.render(framed(first, replies, []), view)
            return
        # What stands around the items is cut from a document whose only item is a mark.
        frame = form.render(framed(first, replies, MARK), view)
        before, _, after = frame.partition(form.render_items(MARK, view))
        yield before
        kept.seek(0)
        while chunk := kept.read(CHUNK):
            yield chunk
        yield after
