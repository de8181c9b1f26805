"""How commands print what is for a person by default, and for a program when it is asked for.

Lines are printed unless ``--output`` or ``--query`` is on the line: a format in the profile is
meant for replies of the service, and a person reads a check as lines also there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from cogid.app import App
    from cogid.options import Flags


def documents(flags: Flags, app: App, *, always: bool = False) -> Callable[[Any], None] | None:
    """Give what prints a document if one is asked for on the line, or ``always``; else None.

    The format is that of the settings, and ``--query`` picks from the document. Raises UsageError
    for a query that is none, before anything is done.
    """
    if not (always or "output" in flags or "query" in flags):
        return None
    from cogid import output, query

    form = output.load(app.settings.output)
    search = query.compiled(flags.get("query"))

    def show(document: Any) -> None:
        view = app.terminal.view(app.line.name, color=flags.get("color", "auto"))
        app.terminal.write(form.render(search(document) if search else document, view))

    return show


def print_lines(lines: Iterable[str], app: App) -> None:
    """Print lines for a person, through the pager where they are more than a screenful."""
    with app.terminal.paged(app.settings.pager) as write:
        for line in lines:
            write(line)
