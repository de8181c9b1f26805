"""The pages of cogid as a whole: ``cogid -h`` and ``cogid help``.

They list every command of the tree, operations by what they are for; comes in: the root of the
tree, goes out: blocks.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cogid import model, options, prose, wording
from cogid.help import TOPICS, flags, page, shapes
from cogid.help.layout import Block, aligned, row

if TYPE_CHECKING:
    import click

    from cogid.help.page import AnyCommand

TAGLINE = "Amazon Cognito identity pools, a fast drop-in for aws cognito-identity"
COMMON = ("--region", "--output", "--query", "--local")
TRY = "cogid --local list-identity-pools"


def short(root: click.Group) -> list[Block]:
    """Give the page of ``cogid -h``: the commands by purpose, and where to go next."""
    common = [flag for name in COMMON for flag in options.GLOBAL if flag.spelling == name]
    others = ", ".join(flag.spelling for flag in options.GLOBAL if flag not in common)
    usage = [
        row("cogid COMMAND [FLAGS]", "global flags may also stand before COMMAND"),
        row("cogid COMMAND -h", "its flags and examples (* needs no AWS credentials)"),
    ]
    further = [
        row("Topics:", f"cogid help {' | '.join(TOPICS)}", indent=0),
        row("Try it:", TRY, indent=0),
    ]
    return [
        Block("text", f"cogid - {TAGLINE}", 0),
        Block("heading", "USAGE"),
        *aligned(usage),
        *_commands(root),
        Block("heading", "GLOBAL FLAGS"),
        *aligned([*map(flags.as_row, common), row("Also:", others)]),
        *aligned(further),
    ]


def full(root: click.Group) -> list[Block]:
    """Give the page of ``cogid help``: what the service is, and every global flag."""
    html = model.load().documentation
    return [
        Block("heading", "NAME"),
        Block("text", f"cogid - {TAGLINE}"),
        Block("heading", "SYNOPSIS"),
        Block("synopsis", "cogid [GLOBAL FLAGS] COMMAND [FLAGS]"),
        Block("heading", "DESCRIPTION"),
        *shapes.documentation(html, 2)[1:],  # the first is only the name
        Block("text", "The commands with a * need no AWS credentials."),
        *_commands(root),
        *flags.all_global(),
        page.SEE_ALSO,
        Block("text", f"Topics: cogid help {', '.join(TOPICS)}"),
        *(Block("text", link) for link in prose.links(html)),
    ]


def by_purpose(root: click.Group) -> dict[str, dict[str, AnyCommand]]:
    """Sort the commands by what they are for.

    Operations of a newer model come under "other", commands that are none under "more".
    """
    titles = {name: title for title, names in wording.GROUPS.items() for name in names}
    found: dict[str, dict[str, AnyCommand]] = {title: {} for title in wording.GROUPS}
    every = page.commands_of(root)
    for name in sorted(every, key=[*titles, *every].index):
        other = "other" if page.operation_of(every[name]) else "more"
        found.setdefault(titles.get(name, other), {})[name] = every[name]
    return {title: commands for title, commands in found.items() if commands}


def _commands(root: click.Group) -> list[Block]:
    blocks = []
    for title, commands in by_purpose(root).items():
        blocks.append(Block("heading", title.upper()))
        for name, command in commands.items():
            operation = page.operation_of(command)
            star = " *" if operation and operation.public else ""
            blocks.append(row(name, f"{command.summary}{star}"))
    return aligned(blocks)
