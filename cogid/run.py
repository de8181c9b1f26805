"""One command from its flags to printed text: read this first.

``run`` is the whole journey on one page; each step is a module of its own.
"""

from __future__ import annotations

import gc
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from cogid import batches, model, output, pages, query, request, skeleton
from cogid.errors import ServiceError
from cogid.terminal import escaped

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from cogid.client import Client
    from cogid.invocation import Invocation
    from cogid.model import Operation
    from cogid.options import Flags
    from cogid.output import Form, View
    from cogid.pages import Document, Replies
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
    form = output.load(settings.output)
    view = invocation.view(operation.name, operation.items)
    if sample:
        texts = form.texts(_Single(skeleton.reply(operation)), search, view)
    else:
        wanted = request.build(operation, flags)
        _warn_of_max_items(wanted, terminal)
        texts = _exchange(wanted, invocation, search, form, view)
    with terminal.paged(settings.pager, color=settings.color) as write:
        for text in texts:
            write(text)


class _Single:
    """One reply that is there already: see ``pages.Replies``."""

    items = resume_token = None
    by_page = False

    def __init__(self, reply: Document) -> None:
        self.order = list(reply)
        self._reply = reply

    def __iter__(self) -> Iterator[Document]:
        yield self._reply


class _Kept:
    """Replies of which the last one can be asked for when all were taken."""

    last: Document

    def __init__(self, replies: Replies) -> None:
        self._replies = replies
        self.items = replies.items
        self.by_page = replies.by_page
        self.order = replies.order

    @property
    def resume_token(self) -> str | None:
        return self._replies.resume_token

    def __iter__(self) -> Iterator[Document]:
        for reply in self._replies:
            self.last = reply
            yield reply


def _exchange(
    wanted: Request, invocation: Invocation, search: Search, form: Form, view: View
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
        replies: Replies = caller.pages(wanted)
        if len(calls) > 1:
            replies = _Single(_send_all(calls, caller, terminal))
        elif form.documents == pages.whole:
            replies = _watched(replies, terminal)
        kept = _Kept(replies)
        yield from form.texts(kept, search, view)
        _say_what_remains(kept.last, wanted, form, terminal)
        batches.complain(kept.last, wanted)
        if form.items_only and kept.resume_token:
            token = escaped(kept.resume_token)
            terminal.say(f"note: more remain; go on with --starting-token {token}")


def _send_all(calls: list[Request], caller: Client, terminal: Terminal) -> Document:
    """Send the calls of a request that was cut; a person sees how far they came."""
    from cogid import progress

    total = sum(batches.size(call) for call in calls)
    with progress.shown(terminal, "deleting", total, time.monotonic) as advance:
        return batches.send(calls, lambda call: next(iter(caller.pages(call))), advance)


def _watched(replies: Replies, terminal: Terminal) -> Replies:
    """Show a person how many items came so far; nothing else is printed meanwhile."""
    if replies.items is None or not terminal.draws_errors:
        return replies
    from cogid import progress

    return progress.Watched(replies, terminal, time.monotonic)


def _empty_request(operation: Operation, kind: Any) -> str:
    return skeleton.as_yaml(operation) if kind == "yaml-input" else skeleton.as_json(operation)


@contextmanager
def _hinted(wanted: Request, caller: Client) -> Iterator[None]:
    """Add advice to what the service said, unless it has some."""
    try:
        yield
    except ServiceError as error:
        from cogid import hints

        error.hint = error.hint or hints.hint_for(error, wanted, caller.region)
        raise


def _start_debugging(wanted: Request, invocation: Invocation) -> None:
    from cogid import redaction

    redactor = redaction.Redactor(model.load())
    redactor.hide_in(wanted.operation.input, wanted.parameters)
    for variable in ("AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "AWS_SECURITY_TOKEN"):
        redactor.hide(invocation.environ.get(variable))
    redaction.start_logging(invocation.terminal.err, redactor)


def _warn_of_max_items(wanted: Request, terminal: Terminal) -> None:
    most = wanted.paging.max_items if wanted.paging else None
    if most is not None and most <= 0:
        terminal.say(
            "warning: Non-positive values for --max-items may result in undefined behavior."
        )


def _say_what_remains(document: Document, wanted: Request, form: Form, terminal: Terminal) -> None:
    """Tell who fetched one page that there are more, which the reference does not."""
    single = wanted.operation.items is not None and wanted.paging is None
    token = document.get("NextToken") if single else None
    if token and form.items_only:
        terminal.say(f"note: more remain; go on with --next-token {escaped(str(token))}")
    elif token and terminal.shows_errors:
        terminal.say(
            "note: more remain; leave out --max-results and --next-token to fetch them all"
        )
