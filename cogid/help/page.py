"""A command in, its page as blocks out: the short one of ``-h``, or the full one of ``help``.

Both are read from the command: its name, summary, about, examples and flags, and what its
operation's model says, where it has one. How blocks look on a terminal is ``layout``'s.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from cogid import options, prose, wording
from cogid.help import TOPICS, flags, shapes
from cogid.help.layout import Block, aligned, row

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import TypeAlias

    from cogid.cli import OperationCommand
    from cogid.model import Operation
    from cogid.options import Command, CommandGroup

    AnyCommand: TypeAlias = Command | CommandGroup | OperationCommand

SEE_ALSO = Block("heading", "SEE ALSO")
_OUTLINE = 110  # characters of a reply's outline, beyond which its inner names are left out
_WRONG = "wrong flags: one is missing, unknown or cannot be read; nothing was done"
_IDS = frozenset({"IdentityPoolId", "IdentityId", "ResourceArn", "IdentityIdsToDelete"})


def short(command: AnyCommand, name: str, examples: int) -> list[Block]:
    """Give the page of ``-h``: what it is for, its flags, and the first ``examples``."""
    operation = operation_of(command)
    return [
        Block("text", f"cogid {name} - {command.summary}", 0),
        *([Block("text", command.about, 0)] if command.about else []),
        *_section("USAGE", Block("synopsis", usage(command, name))),
        *_tables(command),
        *(_section("REPLY", Block("text", reply(operation))) if operation else []),
        *_section(
            "EXAMPLES",
            *(Block("command", f"# {why}\n{line}") for why, line in command.examples[:examples]),
        ),
        *_further(command, name),
    ]


def full(command: AnyCommand, name: str) -> list[Block]:
    """Give the page of ``help``, which is the man page too: everything there is to know."""
    operation = operation_of(command)
    sections = flags.by_section(command, operation)
    examples = (
        block
        for why, line in command.examples
        for block in (Block("term", f"{why}:"), Block("command", line, 6))
    )
    return [
        *_section("NAME", Block("text", f"cogid {name} - {command.summary}")),
        *_section("SYNOPSIS", Block("synopsis", synopsis(command, name))),
        *_section("DESCRIPTION", *_description(command)),
        *(flags.in_full(sections) if operation else _tables(command, full=True)),
        *(_section("REPLY", *_reply(operation)) if operation else []),
        *_section("EXAMPLES", *examples),
        *(_section("ERRORS", *_errors(operation)) if operation else []),
        *_section("EXIT CODES", *_exit_codes(command)),
        *_see_also(command, name),
    ]


def _section(title: str, *blocks: Block) -> list[Block]:
    return [Block("heading", title), *blocks] if blocks else []


# The tree


def operation_of(command: click.Command) -> Operation | None:
    """Give the operation that a command stands for, if it does."""
    found: Operation | None = getattr(command, "operation", None)
    return found


def commands_of(group: click.Group) -> dict[str, AnyCommand]:
    """Give the commands of a group by name."""
    context = click.Context(group)
    names = group.list_commands(context)
    return {name: group.get_command(context, name) for name in names}  # type: ignore[misc]


def walk(group: click.Group, name: str = "") -> Iterator[tuple[str, AnyCommand]]:
    """Give every command below a group with what it is called by: ``local serve``."""
    for last, command in commands_of(group).items():
        path = f"{name} {last}".strip()
        yield path, command
        if isinstance(command, click.Group):
            yield from walk(command, path)


# How it is used


def usage(command: AnyCommand, name: str) -> str:
    """Give the command with the words that it needs."""
    sections = flags.by_section(command, operation_of(command))
    needed = (
        f"--[no-]{flag.spelling[2:]}" if flag.off else flags.spell(flag)
        for flag in sections.get("REQUIRED", [])
    )
    more = ["[FLAGS]"] if sections or isinstance(command, click.Group) else []
    return " ".join(["cogid", name, *needed, *_words(command), *more])


def synopsis(command: AnyCommand, name: str) -> str:
    """Give the command with every flag that it takes, the global ones left out."""
    sections = flags.by_section(command, operation_of(command))
    required = sections.pop("REQUIRED", [])
    needed = (flags.spell(flag, " | ") for flag in required)
    others = (flags.spell(flag, " | ") for rest in sections.values() for flag in rest)
    words = [f"({each})" if " | " in each else each for each in needed]
    words += [*_words(command), *(f"[{each}]" for each in others)]
    return " ".join(["cogid", name, *words, "[GLOBAL FLAGS]"])


def _words(command: AnyCommand) -> list[str]:
    return ["COMMAND"] if isinstance(command, click.Group) else list(_arguments(command))


def _arguments(command: AnyCommand) -> dict[str, click.Argument]:
    """Give a command's arguments by what stands for them."""
    context = click.Context(command)
    found = (each for each in command.params if isinstance(each, click.Argument))
    return {each.make_metavar(context): each for each in found}


def argument_rows(command: AnyCommand) -> list[Block]:
    """Give the rows of the arguments that have choices."""
    return [
        row(name, f"One of {', '.join(each.type.choices)}.")
        for name, each in _arguments(command).items()
        if isinstance(each.type, click.Choice)
    ]


def _tables(command: AnyCommand, *, full: bool = False) -> list[Block]:
    """Give what can follow a command's name: commands, arguments with choices, and flags."""
    group = commands_of(command) if isinstance(command, click.Group) else {}
    blocks = _section("COMMANDS", *(row(name, each.summary) for name, each in group.items()))
    blocks += _section("ARGUMENTS", *argument_rows(command))
    for title, found in flags.by_section(command, operation_of(command)).items():
        if title != flags.WHOLE:
            blocks += _section(title, *(flags.as_row(flag, full=full) for flag in found))
    return aligned(blocks)


# What it does


def _description(command: AnyCommand) -> list[Block]:
    operation = operation_of(command)
    said = shapes.documentation(operation.documentation, 2) if operation else []
    own = [Block("text", command.about)] if command.about else []
    return [*own, *([Block("text", "The service's own words:")] if said else []), *said]


def reply(operation: Operation) -> str:
    """Outline what is printed, in the words that ``--query`` takes."""
    for depth in (4, 3, 2, 1):
        text = shapes.outline(operation.output, depth)
        if len(text) <= _OUTLINE:
            break
    return text or "Nothing is printed."


def _reply(operation: Operation) -> list[Block]:
    inside = shapes.tree(operation.output, 2, kinds=False)
    return inside or [Block("text", "Nothing is printed.")]


def errors(operation: Operation) -> list[str]:
    """Name the errors that the service may answer with, also those that its model leaves out."""
    beyond = ["ValidationException", *([] if operation.public else ["AccessDeniedException"])]
    return sorted({*operation.errors, *beyond})


def _errors(operation: Operation) -> list[Block]:
    rows = (row(name, wording.ERRORS.get(name, "")) for name in errors(operation))
    return [Block("text", "The service's errors, all with exit code 254:"), *aligned(rows)]


def exit_codes(command: AnyCommand) -> dict[str, str]:
    """Give the exit codes that matter, with what they mean: in short, and more after a colon."""
    operation = operation_of(command)
    if operation is None:
        return {"0": "done", "252": _WRONG, **getattr(command, "exit_codes", {})}
    codes = {"0": "done"}
    if "UnprocessedIdentityIds" in operation.output.members:
        codes["1"] = "some ids were not deleted: they are in the reply"
    codes["252"] = _WRONG
    if not operation.public:
        region = "" if _IDS & set(operation.input.required) else " or region"
        codes["253"] = f"no credentials{region}"
    special = [error for error in operation.errors if error not in wording.EVERYWHERE]
    return {**codes, "254": f"refused: {', '.join(special)}" if special else "refused"}


def _exit_codes(command: AnyCommand) -> list[Block]:
    rows = (row(code, text) for code, text in exit_codes(command).items())
    others = "The others are those of every command: cogid help exit-codes"
    return [*aligned(rows), Block("text", others)]


# Where more is said


def _further(command: AnyCommand, name: str) -> list[Block]:
    """Say at the end of a short page, in few words, what only the full one has."""
    codes = exit_codes(command).items()
    whole = (flag.spelling for flag in command.params if flag in options.INPUT)
    pages = [f"global flags: cogid -h; all of it: cogid {name} help"]
    if isinstance(command, click.Group):
        pages.insert(0, f"cogid {name} COMMAND -h")
    rows = {
        "Exit codes:": "; ".join(f"{code} {text.partition(':')[0]}" for code, text in codes),
        "Also:": ", ".join(whole),
        "More:": "; ".join(pages),
    }
    return aligned(row(left, right, indent=0) for left, right in rows.items() if right)


def _see_also(command: AnyCommand, name: str) -> list[Block]:
    operation = operation_of(command)
    if operation is None:
        first = name.partition(" ")[0]
        seen = ["Global flags: cogid help", f"cogid help {first}" if first in TOPICS else ""]
    else:
        near = next((names for names in wording.GROUPS.values() if name in names), {})
        others = ", ".join(other for other in near if other != name)
        topics = ", ".join(topic for topic in TOPICS if topic not in ("local", "environment"))
        members = operation.input.members.values()
        html = operation.documentation + "".join(each.documentation for each in members)
        seen = [f"cogid {others}" if others else "", f"Topics: cogid help {topics}"]
        seen += prose.links(html)
    return [SEE_ALSO, *(Block("text", each) for each in seen if each)]
