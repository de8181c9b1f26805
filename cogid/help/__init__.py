"""Help as plain text: what ``-h``, ``help`` and ``help TOPIC`` print.

Comes in: the model, one operation, or a topic's name, and the width to wrap at; goes out: text
that ends in a newline and holds no escapes (``terminal`` may colour it). Every function loads
the one module it needs, and none of them loads boto3, botocore, rich or yaml.

``wording`` and ``examples`` hold what cogid says in its own words; everything else comes from
the installed model, so an operation of a newer model has help too.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cogid.errors import CogidError

if TYPE_CHECKING:
    import click

    from cogid.app import App
    from cogid.model import Model, Operation
    from cogid.terminal import Terminal

MOST_READABLE = 100  # columns; longer lines are hard to follow
FOR_PIPES = 80

TOPICS: dict[str, str] = {
    "query": "pick from a reply with --query",
    "output": "the formats of --output, and errors",
    "paging": "long lists: everything, a part, going on",
    "credentials": "where credentials and region come from",
    "exit-codes": "what the number at the end means",
    "shorthand": "maps, lists and structures without JSON",
    "local": "the service on this machine, for trying and tests",
    "environment": "variables and files that are read",
}
"""The topics of ``cogid help TOPIC``, each with what it is about."""


def show(app: App, command: click.Command, name: str, *, full: bool) -> None:
    """Show what there is to know of a command; ``name`` is what it is called by, "" for all."""
    _show(app, text(command, name, width(app.terminal), full=full))


def show_topic(app: App, name: str) -> None:
    """Show the page of a topic."""
    _show(app, topic(name, width(app.terminal)))


def text(command: click.Command, name: str, width: int, *, full: bool = False) -> str:
    """Give the page of a command."""
    from cogid import model

    operation = getattr(command, "operation", None)
    if operation is not None:
        return (operation_manual if full else operation_help)(operation, width)
    if not name:
        return (group_manual if full else group_help)(model.load(), width)
    from cogid.help import command as pages

    return pages.page(command, name, width)  # type: ignore[arg-type] # ours, or an operation's


def width(terminal: Terminal) -> int:
    """Give the width to write help at."""
    return min(terminal.size[0], MOST_READABLE) if terminal.shows_output else FOR_PIPES


def _show(app: App, text: str) -> None:
    try:
        pager = app.settings.pager
    except CogidError:  # help works where the configuration is broken
        pager = None
    with app.terminal.paged(pager) as write:
        write(text)


def group_help(model: Model, width: int) -> str:
    """Give the page of ``cogid -h``: the commands by purpose, and where to go next."""
    from cogid.help import group

    return group.short(model, width)


def group_manual(model: Model, width: int) -> str:
    """Give the page of ``cogid -h`` with all global flags and what the service is."""
    from cogid.help import group

    return group.full(model, width)


def operation_help(operation: Operation, width: int) -> str:
    """Give the page of ``cogid OPERATION -h``: a screen or two."""
    from cogid.help import operation as page

    return page.short(operation, width)


def operation_manual(operation: Operation, width: int) -> str:
    """Give the page of ``cogid OPERATION help``: everything there is to know."""
    from cogid.help import layout, manual

    return layout.plain(manual.of_operation(operation), width)


def topic(name: str, width: int) -> str:
    """Give the page of ``cogid help TOPIC``.

    Raises KeyError for a name that is not in ``TOPICS``.
    """
    from cogid.help.topics import page

    return page(name, width)
