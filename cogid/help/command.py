"""The page of a command beside the operations: ``cogid local serve -h``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from cogid.help import layout, operation
from cogid.options import Flag

if TYPE_CHECKING:
    from cogid.options import Command, CommandGroup


def page(command: Command | CommandGroup, name: str, width: int) -> str:
    """Give the page as text."""
    width = layout.fitting(width)
    context = click.Context(command)
    flags = [each for each in command.params if isinstance(each, Flag)]
    words = [
        each.make_metavar(context) for each in command.params if isinstance(each, click.Argument)
    ]
    group = command if isinstance(command, click.Group) else None
    words += ["COMMAND"] if group else []
    usage = " ".join(["cogid", name, *words, "[FLAGS]"])
    lines = [*layout.wrap(f"cogid {name} - {command.summary}", width), ""]
    if command.about:
        lines += [*layout.paragraph(command.about, width, indent=0), ""]
    lines += ["USAGE", *layout.command(usage, width, 2, end="")]
    sections = {
        "COMMANDS": [
            (each, [group.commands[each].summary]) for each in (group.commands if group else ())
        ],
        "FLAGS": [(operation.spelled(each), [_about(each)]) for each in flags],
    }
    start = layout.column([left for rows in sections.values() for left, _ in rows])
    for title, rows in sections.items():
        if rows:
            lines += ["", title, *layout.table(rows, width, start)]
    if command.examples:
        lines += ["", "EXAMPLES"]
    for purpose, line in command.examples:
        lines += layout.paragraph(f"# {purpose}", width)
        lines += layout.command(line, width)
    lines += ["", *layout.wrap("The global flags: cogid -h", width)]
    return layout.joined(lines)


def _about(flag: Flag) -> str:
    choices = ", ".join(flag.choices)
    return flag.description.replace("  [", f" {choices}  [" if choices else " [")
