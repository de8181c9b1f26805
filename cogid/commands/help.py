"""``cogid help``, ``cogid help TOPIC`` and ``cogid help COMMAND``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from cogid.argv import nearest
from cogid.errors import UsageError
from cogid.help import TOPICS, show, show_topic
from cogid.options import Command

if TYPE_CHECKING:
    from cogid.app import App
    from cogid.options import Flags


def run(flags: Flags, app: App) -> None:
    """Show the page that the words ask for."""
    words = flags.get("topic", [])
    if len(words) == 1 and words[0] in TOPICS:
        show_topic(app, words[0])
        return
    command: click.Command = app.line.root
    for word in words:
        context = click.Context(command)
        found = command.get_command(context, word) if isinstance(command, click.Group) else None
        if found is None:
            known = command.list_commands(context) if isinstance(command, click.Group) else []
            topics = ", ".join(TOPICS)
            raise UsageError(
                f"no help on {word!r}; the topics are {topics}\n{nearest(word, [*TOPICS, *known])}"
            )
        command = found
    show(app, command, " ".join(words), full=True)


command = Command(
    "help",
    run,
    summary="Show help on a command or topic",
    about="Without a word it shows all commands and what the service is. The topics: "
    f"{', '.join(TOPICS)}.",
    params=[click.Argument(["topic"], nargs=-1, metavar="[TOPIC | COMMAND]")],
    examples=[
        ("All of one command", "cogid help get-id"),
        ("How to pick from a reply", "cogid help query"),
    ],
)
