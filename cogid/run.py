"""One operation from its flags to printed text: read this first.

Every step is a module of its own; what they are for is in ``docs/architecture.md``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cogid import output, query, request, skeleton

if TYPE_CHECKING:
    from cogid.app import App
    from cogid.model import Operation
    from cogid.options import Flags


def run(operation: Operation, flags: Flags, app: App) -> None:
    """Carry one operation from its flags to printed text."""
    if sample := skeleton.request(operation, flags):
        app.terminal.write(sample)
        return
    search = query.compiled(flags.get("query"))  # a typo fails here, before anything is sent
    form = output.load(app.settings.output)
    view = app.view(operation.name, operation.items)
    replies = skeleton.replies(operation, flags) or app.service.send(
        request.build(operation, flags)
    )
    with app.terminal.paged(app.settings.pager) as write:
        for text in form.texts(replies, search, view):
            write(text)
    replies.complain(items_only=form.items_only)
