"""How commands print what is for a person by default, and for a program when it is asked for.

Lines are printed unless ``--output`` or ``--query`` is on the line: a format in the profile is
meant for replies of the service, and a person reads a check as lines also there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cogid.app import App
    from cogid.options import Flags


def wants_document(flags: Flags) -> bool:
    """Tell whether a document is asked for on the line."""
    return "output" in flags or "query" in flags


def print_document(document: Any, flags: Flags, app: App) -> None:
    """Print a document in the format that is set, after ``--query`` has picked from it."""
    from cogid import output, query

    form = output.load(app.settings.output)
    search = query.compiled(flags.get("query"))
    document = search(document) if search else document
    color = flags.get("color", "auto")
    app.terminal.write(form.render(document, app.terminal.view(app.line.name, color=color)))


def print_lines(lines: Iterable[str], app: App) -> None:
    """Print lines for a person, through the pager where they are more than a screenful."""
    with app.terminal.paged(app.settings.pager) as write:
        for line in lines:
            write(line)
