"""Requests with more items than one call takes, cut into several; their replies joined again.

Today that is ``delete-identities``, of which the service takes 60 ids at a time.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cogid.errors import CogidError, SomeFailed

if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import Future

    from cogid.pages import Document
    from cogid.request import Request

AT_ONCE = 8  # calls; the client keeps ten connections

# What is cut, and what the replies are joined by.
BATCHED: dict[str, tuple[str, str]] = {
    "DeleteIdentities": ("IdentityIdsToDelete", "UnprocessedIdentityIds")
}


def cut(request: Request) -> list[Request]:
    """Cut a request into such as the service takes; most stay whole."""
    name, _ = BATCHED.get(request.operation.name, ("", ""))
    items = request.parameters.get(name)
    most = request.operation.input.members[name].max if name else None
    if most is None or not isinstance(items, list) or len(items) <= most:
        return [request]
    return [
        request._replace(parameters={**request.parameters, name: items[start : start + most]})
        for start in range(0, len(items), most)
    ]


def send(
    calls: list[Request],
    send_one: Callable[[Request], Document],
    advance: Callable[[int], None],
) -> Document:
    """Send calls, a few at a time, and join their replies into one.

    ``advance`` is told how many more items are done. When a call fails, those under way are
    waited for, no more are begun, and the error says how far it came: the same command can be
    run again, because an identity that is gone counts as deleted.
    """
    from concurrent.futures import ThreadPoolExecutor, as_completed

    with ThreadPoolExecutor(AT_ONCE) as pool:
        futures = [pool.submit(send_one, call) for call in calls]
        sizes = dict(zip(futures, map(size, calls), strict=True))
        try:
            for future in as_completed(futures):
                future.result()
                advance(sizes[future])
        except BaseException as error:
            pool.shutdown(cancel_futures=True)
            if isinstance(error, CogidError):
                went = sum(count for future, count in sizes.items() if _went_well(future))
                error.hint = f"{went} of {sum(sizes.values())} were sent; run it again to go on"
            raise
    return joined([future.result() for future in futures], calls[0])


def joined(replies: list[Document], request: Request) -> Document:
    """Join the replies to a request that was cut."""
    _, failed = BATCHED[request.operation.name]
    unprocessed = [each for reply in replies for each in reply.get(failed) or []]
    return {**replies[0], failed: unprocessed}


def size(call: Request) -> int:
    """Count the items of a call that was cut."""
    return len(call.parameters[BATCHED[call.operation.name][0]])


def _went_well(future: Future[Document]) -> bool:
    return future.done() and not future.cancelled() and future.exception() is None


def complain(document: Document, request: Request) -> None:
    """Raise SomeFailed when the service left items undone, which it calls a success."""
    name, failed = BATCHED.get(request.operation.name, ("", ""))
    undone = document.get(failed)
    if undone:
        asked = len(request.parameters[name])
        codes = ", ".join(sorted({str(each.get("ErrorCode")) for each in undone}))
        raise SomeFailed(f"{len(undone)} of {asked} identities were not deleted: {codes}")
