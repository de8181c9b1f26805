"""Help shown: the page of a command or a topic, as wide as the terminal, through the pager.

``page`` and ``group`` make the blocks of a command's page, ``topics`` those of a topic,
``layout`` sets them. Nothing here loads boto3, botocore, rich or yaml. ``wording`` and
``examples`` hold what cogid says in its own words; everything else comes from the installed
model, so an operation of a newer model has help too.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TextIO, cast

import click

from cogid.errors import CogidError

if TYPE_CHECKING:
    from cogid.app import App
    from cogid.help.layout import Block

FOR_PIPES = 80  # columns
TWO_SCREENS = 46  # lines: a pager's prompt takes one of 24

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
    """Show the page of a command; ``name`` is what it is called by, "" for all of cogid."""
    _page(app, fitted(app, app.terminal.out, command, name, full=full))


def show_topic(app: App, name: str) -> None:
    """Show the page of a topic."""
    from cogid.help import layout, topics

    width, color = _look(app, app.terminal.out)
    _page(app, layout.text(topics.page(name), width, color=color))


def fitted(
    app: App, stream: TextIO, command: click.Command, name: str, *, full: bool = False
) -> str:
    """Set the page of a command for who looks at a stream."""
    width, color = _look(app, stream)
    return text(command, name, width, full=full, color=color)


def text(
    command: click.Command, name: str, width: int, *, full: bool = False, color: bool = False
) -> str:
    """Set the page of a command: a short one has the examples that fit on two screens."""
    from cogid.help import layout, page

    def set_(blocks: list[Block]) -> str:
        return layout.text(blocks, width, color=color)

    if isinstance(command, click.Group) and not name:
        from cogid.help import group

        return set_((group.full if full else group.short)(command))
    told = cast("page.AnyCommand", command)
    if full:
        return set_(page.full(told, name))
    tries = (set_(page.short(told, name, many)) for many in range(len(told.examples), 1, -1))
    fitting = (each for each in tries if each.count("\n") <= TWO_SCREENS)
    return next(fitting, None) or set_(page.short(told, name, 1))


def _look(app: App, stream: TextIO) -> tuple[int, bool]:
    """Say how wide text is to be on a stream, and whether in colour."""
    width = app.terminal.size[0] if stream.isatty() else FOR_PIPES
    return width, app.terminal.colors(app.line.flags.get("color", "auto"), stream)


def _page(app: App, text: str) -> None:
    try:
        pager = app.settings.pager
    except CogidError:  # help works where the configuration is broken
        pager = None
    with app.terminal.paged(pager) as write:
        write(text)
