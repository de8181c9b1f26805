"""One command from its flags to printed text: read this first.

``run`` is the whole journey on one page; each step is a module of its own.
"""

from __future__ import annotations

import gc
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from cogid import batches, model, pages, query, request, skeleton
from cogid.errors import CogidError, ServiceError
from cogid.output import AS_SENT, FROM_ITEMS, WHOLE, Style, Writer, writer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from cogid.client import Client
    from cogid.invocation import Invocation
    from cogid.model import Operation
    from cogid.options import Flags
    from cogid.pages import Document, Pages
    from cogid.request import Request
    from cogid.terminal import Terminal

    Search = Callable[[Any], Any] | None


def run(operation: Operation, flags: Flags, invocation: Invocation) -> None:
    """Carry one command from its flags to printed text."""
    terminal, settings = invocation.terminal, invocation.settings
    sample = flags.get("generate_cli_skeleton")
    if sample in (True, "input", "yaml-input"):
        terminal.write(_empty_request(operation, sample))
        return
    search = query.compiled(flags.get("query"))  # a typo fails here, before anything is sent
    write_as = writer(settings.output)
    style = invocation.style(operation.name, operation.items)
    if sample:
        texts = iter([_render(skeleton.reply(operation), search, write_as, style)])
    else:
        wanted = request.build(operation, flags)
        _warn_of_max_items(wanted, terminal)
        texts = _exchange(wanted, invocation, search, write_as, style)
    with terminal.paged(settings.pager) as write:
        for text in texts:
            write(text)
            if write_as.pages != WHOLE:
                terminal.flush()  # a page is seen when it is there, not when the last one is


def _exchange(
    wanted: Request, invocation: Invocation, search: Search, write_as: Writer, style: Style
) -> Iterator[str]:
    """Send the request and give the text of what comes back."""
    from cogid import client  # botocore costs a tenth of a second: only for a real call

    terminal = invocation.terminal
    if invocation.settings.debug:
        _start_debugging(wanted, invocation)
    calls = batches.cut(wanted)
    caller = client.Client(invocation.settings, wanted, patient=len(calls) > 1)
    if terminal.shows_errors:
        from cogid import patience

        patience.watch(caller.events, terminal)
    # What is loaded by now stays; what a long list leaves behind is collected again.
    gc.freeze()
    gc.enable()
    with _hinted(wanted, caller):
        replies: Pages = caller.pages(wanted)
        if write_as.pages == WHOLE:
            replies = _watched(replies, terminal)
        if wanted.paging and search is None and write_as.render_pages:
            yield from write_as.render_pages(replies, _order(wanted), style)
            return
        for document in _documents(calls, caller, replies, write_as.pages, terminal):
            yield _render(document, search, write_as, style)
            _say_what_remains(document, wanted, write_as, terminal)
            batches.complain(document, wanted)
        if write_as.items_only and replies.resume_token:
            terminal.say(f"note: more remain; go on with --starting-token {replies.resume_token}")


def _documents(
    calls: list[Request], caller: Client, replies: Pages, style: str, terminal: Terminal
) -> Iterator[Document]:
    """Send the calls and give what the format prints at a time."""
    if len(calls) > 1:
        yield _send_all(calls, caller, terminal)
    elif style == AS_SENT:
        yield from replies
    elif style == FROM_ITEMS:
        yield from pages.one_by_one(replies)
    else:
        yield pages.whole(replies, _order(calls[0]))


def _send_all(calls: list[Request], caller: Client, terminal: Terminal) -> Document:
    """Send the calls of a request that was cut; a person sees how far they came."""
    from cogid import progress

    total = sum(batches.size(call) for call in calls)
    with progress.shown(terminal, "deleting", total, time.monotonic) as advance:
        return batches.send(calls, lambda call: pages.whole(caller.pages(call), []), advance)


def _watched(replies: Pages, terminal: Terminal) -> Pages:
    """Show a person how many items came so far; nothing else is printed meanwhile."""
    if replies.results is None or not terminal.draws_errors:
        return replies
    from cogid import progress

    return progress.Watched(replies, terminal, time.monotonic)


def _render(document: Any, search: Search, write_as: Writer, style: Style) -> str:
    return write_as.render(document if search is None else search(document), style)


def _order(wanted: Request) -> list[str]:
    return list(wanted.operation.output.members)


def _empty_request(operation: Operation, kind: Any) -> str:
    return skeleton.as_yaml(operation) if kind == "yaml-input" else skeleton.as_json(operation)


@contextmanager
def _hinted(wanted: Request, caller: Client) -> Iterator[None]:
    """Add advice to what the service said, unless it has some, and say what must not be shown."""
    try:
        yield
    except CogidError as error:
        from cogid import hints, secrets

        error.secrets += secrets.in_value(wanted.operation.input, wanted.parameters)
        if isinstance(error, ServiceError):
            error.hint = error.hint or hints.hint_for(error, wanted, caller.region)
        raise


def _start_debugging(wanted: Request, invocation: Invocation) -> None:
    from cogid import debug, secrets

    redactor = secrets.Redactor(model.load())
    redactor.hide_in(wanted.operation.input, wanted.parameters)
    for variable in ("AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "AWS_SECURITY_TOKEN"):
        redactor.hide(invocation.environ.get(variable))
    debug.start_logging(invocation.terminal.err, redactor)


def _warn_of_max_items(wanted: Request, terminal: Terminal) -> None:
    most = wanted.paging.max_items if wanted.paging else None
    if most is not None and most <= 0:
        terminal.say(
            "warning: Non-positive values for --max-items may result in undefined behavior."
        )


def _say_what_remains(
    document: Document, wanted: Request, write_as: Writer, terminal: Terminal
) -> None:
    """Tell who fetched one page that there are more, which the reference does not."""
    single = wanted.operation.items is not None and wanted.paging is None
    token = document.get("NextToken") if single else None
    if token and write_as.items_only:
        terminal.say(f"note: more remain; go on with --next-token {token}")
    elif token and terminal.shows_errors:
        terminal.say(
            "note: more remain; leave out --max-results and --next-token to fetch them all"
        )
