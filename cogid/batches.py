"""Requests with more items than one call takes, cut into several; their replies joined again.

Today that is ``delete-identities``, of which the service takes 60 ids at a time.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cogid.errors import SomeFailed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from cogid.pages import Document
    from cogid.request import Request

# What is cut, and what the replies are joined by.
_BATCHED = {"DeleteIdentities": ("IdentityIdsToDelete", "UnprocessedIdentityIds")}


def cut(request: Request) -> list[Request]:
    """Cut a request into such as the service takes; most stay whole."""
    name, _ = _BATCHED.get(request.operation.name, ("", ""))
    items = request.parameters.get(name)
    most = request.operation.input.members[name].max if name else None
    if most is None or not isinstance(items, list) or len(items) <= most:
        return [request]
    return [
        request._replace(parameters={**request.parameters, name: items[start : start + most]})
        for start in range(0, len(items), most)
    ]


def joined(replies: Iterable[Document], request: Request) -> Iterator[Document]:
    """Join the replies to a request that was cut into one reply."""
    _, failed = _BATCHED[request.operation.name]
    whole: dict[str, Any] = {}
    unprocessed: list[Any] = []
    for reply in replies:
        whole = whole or reply
        unprocessed.extend(reply.get(failed) or [])
    yield {**whole, failed: unprocessed}


def complain(document: Document, request: Request) -> None:
    """Raise SomeFailed when the service left items undone, which it calls a success."""
    name, failed = _BATCHED.get(request.operation.name, ("", ""))
    undone = document.get(failed)
    if undone:
        asked = len(request.parameters[name])
        codes = ", ".join(sorted({str(each.get("ErrorCode")) for each in undone}))
        raise SomeFailed(f"{len(undone)} of {asked} identities were not deleted: {codes}")
