"""One operation from its flags to printed text: read this first.

Every step is a module of its own; what they are for is in ``docs/architecture.md``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cogid import output, query, request

if TYPE_CHECKING:
    from cogid.app import App
    from cogid.model import Operation
    from cogid.options import Flags


def run(operation: Operation, flags: Flags, app: App) -> None:
    """Carry one operation from its flags to printed text."""
    sample = flags.get("generate_cli_skeleton")
    if sample and sample != "output":
        app.terminal.write(_skeleton().request(operation, sample))
        return
    search = query.compiled(flags["query"]) if "query" in flags else None  # a typo costs no call
    form = output.load(app.settings.output)
    color = flags.get("color", "auto")
    view = app.terminal.view(operation.name, operation.items, color=color)
    wanted = request.build(operation, flags)  # before botocore is loaded: it may be wrong
    if sample:
        replies = _skeleton().replies(operation)
    else:
        replies = app.service.send(wanted, quiet=app.terminal.shows_output and form.streams)
    with app.terminal.paged(app.settings.pager, color=color) as write:
        for text in form.texts(replies, search, view):
            write(text)
    if "query" in flags and app.terminal.shows_errors:
        for told in query.misnamed(flags["query"], operation.output):
            app.terminal.say(f"note: {told}")
    replies.complain(items_only=form.items_only)


def _skeleton() -> Any:
    from cogid import skeleton  # few commands ask for a sample

    return skeleton
