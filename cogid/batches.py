"""Requests with more items than one call takes, cut into several; their replies joined again.

Today that is ``delete-identities``, of which the service takes 60 ids at a time.
"""

from __future__ import annotations

import signal
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

from cogid.errors import CogidError, Interrupted, SomeFailed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from concurrent.futures import Future

    from cogid.pages import Document
    from cogid.request import Request

AT_ONCE = 8  # calls; the client keeps ten connections
GRACE = 1.0  # seconds for calls under way, when a signal asks for an end

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
) -> tuple[Document, CogidError | None]:
    """Send calls, a few at a time; give their replies joined, and what ended it early, if so.

    The reply is empty when no call went well. ``advance`` is told how many more items are done.
    When a call fails, or a signal asks for an end, no more are begun, and the error says how far
    it came: the same command can be run again, because an identity that is gone counts as
    deleted. ``send_one`` raises CogidError.
    """
    from concurrent.futures import ThreadPoolExecutor, as_completed, wait

    pool = ThreadPoolExecutor(AT_ONCE)
    error: CogidError | None = None
    with _ended_by_signals():
        futures = [pool.submit(send_one, call) for call in calls]
        sizes = dict(zip(futures, map(size, calls), strict=True))
        try:
            for future in as_completed(futures):
                future.result()
                advance(sizes[future])
        except (CogidError, KeyboardInterrupt) as caught:
            error = Interrupted(signal.SIGINT) if isinstance(caught, KeyboardInterrupt) else caught
            pool.shutdown(wait=False, cancel_futures=True)
            under_way = [each for each in futures if not each.cancelled()]
            wait(under_way, GRACE if isinstance(error, Interrupted) else None)
    # Threads that hang are left behind: the process ends by itself (``__main__``).
    pool.shutdown(wait=False)
    replies = [each.result() for each in futures if _went_well(each)]
    reply = joined(replies, calls[0]) if replies else {}
    if error is not None:
        error.hint = _how_far(sizes, len(reply.get(BATCHED[calls[0].operation.name][1], [])))
    return reply, error


def _how_far(sizes: Mapping[Future[Document], int], undone: int) -> str:
    """Say how many were sent and deleted, and of how many nobody knows."""
    sent = sum(count for future, count in sizes.items() if _went_well(future))
    unknown = sum(count for future, count in sizes.items() if future.running())
    said = f"{sent} of {sum(sizes.values())} were sent, {sent - undone} of them deleted"
    if unknown:
        said += f"; {unknown} more are under way, and may be deleted or not"
    return f"{said}; run it again to go on"


@contextmanager
def _ended_by_signals() -> Iterator[None]:
    """Let SIGTERM and SIGHUP end the work as Ctrl-C does, saying how far it came."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    numbers = [getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]
    before = {each: signal.getsignal(each) for each in numbers}
    for number, handler in before.items():
        if handler != signal.SIG_IGN:  # nohup
            signal.signal(number, _interrupt)
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _interrupt(number: int, _: object) -> None:
    raise Interrupted(number)


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
