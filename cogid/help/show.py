"""Help shown: the page of a command or a topic, as wide as the terminal, through the pager."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cogid import help as texts
from cogid.errors import CogidError

if TYPE_CHECKING:
    import click

    from cogid.app import App
    from cogid.terminal import Terminal

MOST_READABLE = 100  # columns; longer lines are hard to follow
FOR_PIPES = 80


def page(app: App, command: click.Command, name: str, *, full: bool) -> None:
    """Show what there is to know of a command; ``name`` is what it is called by, "" for all."""
    _show(app, text(command, name, width(app.terminal), full=full))


def topic(app: App, name: str) -> None:
    """Show the page of a topic."""
    _show(app, texts.topic(name, width(app.terminal)))


def text(command: click.Command, name: str, width: int, *, full: bool = False) -> str:
    """Give the page of a command."""
    from cogid import model

    operation = getattr(command, "operation", None)
    if operation is not None:
        return (texts.operation_manual if full else texts.operation_help)(operation, width)
    if not name:
        return (texts.group_manual if full else texts.group_help)(model.load(), width)
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
