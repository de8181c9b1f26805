"""A command in, its page as blocks out: the short one of ``-h``, or the full one of ``help``.

Both are read from the command: its name, summary, about, examples and flags, and what its
operation's model says, where it has one. How blocks look on a terminal is ``layout``'s.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from cogid import options, prose, wording
from cogid.help import TOPICS, shapes
from cogid.help.layout import SEE_ALSO, Block, aligned, row
from cogid.options import MAYBE, NONE, Flag

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import TypeAlias

    from cogid.cli import OperationCommand
    from cogid.model import Operation
    from cogid.options import Command, CommandGroup

    AnyCommand: TypeAlias = Command | CommandGroup | OperationCommand

_OUTLINE = 110  # characters of a reply's outline, beyond which its inner names are left out
_PAGED = ("MaxResults", "NextToken")
_IDS = frozenset({"IdentityPoolId", "IdentityId", "ResourceArn", "IdentityIdsToDelete"})


def short(command: AnyCommand, name: str, examples: int) -> list[Block]:
    """Give the page of ``-h``: what it is for, its flags, and the first ``examples``."""
    operation = operation_of(command)
    return [
        Block("text", f"cogid {name} - {command.summary}", 0),
        *_texts(command.about, indent=0),
        Block("heading", "USAGE"),
        Block("synopsis", usage(command, name)),
        *_tables(command),
        *(_outline(operation) if operation else ()),
        *([Block("heading", "EXAMPLES")] if command.examples else []),
        *(Block("command", f"# {why}\n{line}") for why, line in command.examples[:examples]),
        *_further(command, name),
    ]


def full(command: AnyCommand, name: str) -> list[Block]:
    """Give the page of ``help``, which is the man page too: everything there is to know."""
    operation = operation_of(command)
    return [
        Block("heading", "NAME"),
        Block("text", f"cogid {name} - {command.summary}"),
        Block("heading", "SYNOPSIS"),
        Block("synopsis", synopsis(command, name)),
        *([Block("heading", "DESCRIPTION")] if command.about else []),
        *_texts(command.about),
        *(_said_by_service(operation) if operation else ()),
        *_flags_in_full(command),
        *(_reply(operation) if operation else ()),
        *([Block("heading", "EXAMPLES")] if command.examples else []),
        *(
            block
            for why, line in command.examples
            for block in (Block("term", f"{why}:"), Block("command", line, 6))
        ),
        *(_errors(operation) if operation else ()),
        Block("heading", "EXIT CODES"),
        *aligned(row(code, text) for code, text in exit_codes(operation).items()),
        Block("text", "The others are those of every command: cogid help exit-codes"),
        *_see_also(command, name),
    ]


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


# Usage


def usage(command: AnyCommand, name: str) -> str:
    """Give the command with the words that it needs."""
    sections = flags_by_section(command)
    needed = map(spelled, sections.get("REQUIRED", []))
    flags = ["[FLAGS]"] if sections or isinstance(command, click.Group) else []
    return " ".join(["cogid", name, *needed, *_words(command), *flags])


def synopsis(command: AnyCommand, name: str) -> str:
    """Give the command with every flag that it takes, the global ones left out."""
    sections = flags_by_section(command)
    needed = sections.pop("REQUIRED", [])
    others = [f"[{spelled(flag, ' | ')}]" for flags in sections.values() for flag in flags]
    words = [f"({spelled(flag, ' | ')})" if flag.off else spelled(flag) for flag in needed]
    words += [*_words(command), *others]
    return " ".join(["cogid", name, *words, "[GLOBAL FLAGS]"])


def _words(command: AnyCommand) -> list[str]:
    return ["COMMAND"] if isinstance(command, click.Group) else list(arguments(command))


def arguments(command: AnyCommand) -> dict[str, click.Argument]:
    """Give a command's arguments by what stands for them."""
    context = click.Context(command)
    found = (each for each in command.params if isinstance(each, click.Argument))
    return {each.make_metavar(context): each for each in found}


def spelled(flag: Flag, between: str = "") -> str:
    """Spell a flag with what stands for its value; ``between`` parts ``--x`` from ``--no-x``."""
    if flag.off and not between:
        return f"--[no-]{flag.spelling[2:]}"
    if flag.takes == NONE:
        return (between or ", ").join([*flag.opts, *flag.secondary_opts])
    kind = "<integer>" if flag.number else "<string>"
    value = flag.metavar or (shapes.placeholder(flag.shape) if flag.shape else kind)
    return f"{flag.spelling} [{value}]" if flag.takes == MAYBE else f"{flag.spelling} {value}"


# Flags


def flags_by_section(command: AnyCommand) -> dict[str, list[Flag]]:
    """Sort a command's flags by the headings under which they stand on its page."""
    flags = [each for each in command.params if isinstance(each, Flag)]
    operation = operation_of(command)
    if operation is None:
        return {"FLAGS": flags} if flags else {}
    found: dict[str, list[Flag]] = {"REQUIRED": [], "OPTIONAL": [], "PAGING": []}
    for flag in flags:
        if flag in options.PAGING or flag in options.OUR_PAGING:
            found["PAGING"].insert(0, flag)
        elif operation.items and flag.member in _PAGED:
            found["PAGING"].append(flag)
        elif flag.member:
            needed = flag.member in operation.input.required
            found["REQUIRED" if needed else "OPTIONAL"].append(flag)
    found["WHOLE REQUESTS"] = [flag for flag in flags if flag in options.INPUT]
    return {title: flags for title, flags in found.items() if flags}


def flag_row(flag: Flag, *, meanings: bool = False) -> Block:
    """Give the row of a flag: what it is and what it takes."""
    shape, form = flag.shape, ""
    if shape and flag.number:
        form = shapes.capitalized("; ".join(shapes.limits(shape)))
    elif shape and not shapes.is_plain(shape):
        form = shapes.shorthand(shape, depth=2)
    return row(spelled(flag), described(flag, meanings=meanings), form)


def described(flag: Flag, *, meanings: bool = False) -> str:
    """Say what a flag is, with its choices and, if wanted, what these mean."""
    text, _, default = flag.description.partition("  [")
    if flag.choices:
        known = {
            key: said if meanings and said.lower() != key else ""
            for key, said in flag.choices.items()
        }
        listed = ", ".join(f"{key} ({said})" if said else key for key, said in known.items())
        text = f"{text.rstrip('.')}: {listed}."
    return f"{text} [{default}" if default else text


def limits(flag: Flag) -> str:
    """Say what the value of a member's flag may be."""
    if flag.operation is None or flag.shape is None:
        return ""
    told = shapes.limits(flag.shape)
    own = wording.COUNTS.get((flag.operation.command, flag.member))
    return shapes.capitalized("; ".join([own, *told[1:]] if own else told))


def _tables(command: AnyCommand) -> list[Block]:
    """Give the flags, or a group's commands, in tables."""
    blocks = []
    if isinstance(command, click.Group):
        rows = (row(name, each.summary) for name, each in commands_of(command).items())
        blocks += [Block("heading", "COMMANDS"), *rows]
    for name, argument in arguments(command).items():
        if isinstance(argument.type, click.Choice):
            choices = ", ".join(argument.type.choices)
            blocks += [Block("heading", "ARGUMENTS"), row(name, f"One of {choices}.")]
    for title, flags in flags_by_section(command).items():
        if title != "WHOLE REQUESTS":
            blocks += [Block("heading", title), *map(flag_row, flags)]
    return aligned(blocks)


def _flags_in_full(command: AnyCommand) -> list[Block]:
    if operation_of(command) is None:
        return _tables(command)
    blocks: list[Block] = []
    for title, flags in flags_by_section(command).items():
        blocks.append(Block("heading", title))
        if title == "PAGING":
            text = "Without any of these flags, everything is fetched, page after page."
            blocks.append(Block("text", text))
        if title in ("REQUIRED", "OPTIONAL"):
            blocks += [block for flag in flags for block in _details(flag)]
        else:
            blocks += aligned(flag_row(flag, meanings=True) for flag in flags)
    return [*blocks, *global_flags()]


def global_flags() -> list[Block]:
    """Give the flags that every command takes."""
    rows = (flag_row(flag, meanings=True) for flag in options.GLOBAL)
    return [Block("heading", "GLOBAL FLAGS"), *aligned(rows)]


def _details(flag: Flag) -> list[Block]:
    """Give everything there is to know of a member's flag."""
    assert flag.shape is not None  # noqa: S101 - for mypy
    shape = flag.shape
    blocks = [Block("term", spelled(flag, " / "))]
    if flag.description != prose.first_sentence(shape.documentation):
        blocks.append(Block("text", flag.description, 6))
    blocks += shapes.documentation(shape.documentation, 6)
    blocks += _texts(limits(flag), indent=6)
    if shape.type in shapes.SCALARS:
        return blocks
    blocks += shapes.tree(shape, 6)
    if not shapes.is_plain(shape):
        blocks.append(Block("term", "Shorthand", 6))
        blocks.append(Block("syntax", f"{flag.spelling} {shapes.shorthand(shape)}", 10))
    blocks.append(Block("term", "JSON", 6))
    blocks.append(Block("verbatim", shapes.json_text(shape), 10))
    return blocks


# What an operation's model says


def _said_by_service(operation: Operation) -> list[Block]:
    said = shapes.documentation(operation.documentation, 2)
    return [Block("text", "The service's own words:"), *said] if said else []


def reply(operation: Operation) -> str:
    """Outline what is printed, in the words that ``--query`` takes."""
    outlines = (shapes.outline(operation.output, depth) for depth in (4, 3, 2, 1))
    text = next((each for each in outlines if len(each) <= _OUTLINE), None)
    return shapes.outline(operation.output, 1) if text is None else text or "Nothing is printed."


def _outline(operation: Operation) -> list[Block]:
    return [Block("heading", "REPLY"), Block("text", reply(operation))]


def _reply(operation: Operation) -> list[Block]:
    inside = shapes.tree(operation.output, 2, kinds=False)
    return [Block("heading", "REPLY"), *(inside or [Block("text", "Nothing is printed.")])]


def _errors(operation: Operation) -> list[Block]:
    return [
        Block("heading", "ERRORS"),
        Block("text", "The service's errors, all with exit code 254:"),
        *aligned(row(name, wording.ERRORS.get(name, "")) for name in errors(operation)),
    ]


def errors(operation: Operation) -> list[str]:
    """Name the errors that the service may answer with, also those that its model leaves out."""
    beyond = ["ValidationException", *([] if operation.public else ["AccessDeniedException"])]
    return sorted({*operation.errors, *beyond})


def exit_codes(operation: Operation | None) -> dict[str, str]:
    """Give the exit codes that matter, with what they mean: in short, and more after a colon."""
    codes = {"0": "done", "252": "wrong flags: one is missing, unknown or cannot be read"}
    if operation is None:
        return codes
    codes["252"] += "; nothing was sent"
    if "UnprocessedIdentityIds" in operation.output.members:
        codes = {"1": "some ids were not deleted: they are in the reply", **codes}
    if not operation.public:
        codes["253"] = (
            "no credentials" if _IDS & set(operation.input.required) else "no credentials or region"
        )
    special = [error for error in operation.errors if error not in wording.EVERYWHERE]
    codes["254"] = ": ".join(["refused", *filter(None, [", ".join(special)])])
    return dict(sorted(codes.items()))


# Where more is said


def _further(command: AnyCommand, name: str) -> list[Block]:
    """Say at the end of a short page, in few words, what only the full one has."""
    codes = exit_codes(operation_of(command)).items()
    whole = [flag.spelling for flag in command.params if flag in options.INPUT]
    pages = ["global flags: cogid -h", f"all of it: cogid {name} help"]
    if isinstance(command, click.Group):
        pages.insert(0, f"cogid {name} COMMAND -h")
    rows = [
        row(
            "Exit codes:",
            "; ".join(f"{code} {text.partition(':')[0]}" for code, text in codes),
            indent=0,
        ),
        *([row("Also:", ", ".join(whole), indent=0)] if whole else []),
        row("More:", "; ".join(pages), indent=0),
    ]
    return aligned(rows)


def _see_also(command: AnyCommand, name: str) -> list[Block]:
    operation = operation_of(command)
    if operation is None:
        first = name.partition(" ")[0]
        seen = ["Global flags: cogid help", *([f"cogid help {first}"] if first in TOPICS else [])]
    else:
        near = next((names for names in wording.GROUPS.values() if name in names), {name: None})
        others = [other for other in near if other != name]
        topics = [topic for topic in TOPICS if topic not in ("local", "environment")]
        members = operation.input.members.values()
        html = operation.documentation + "".join(each.documentation for each in members)
        seen = [f"cogid {', '.join(others)}"] if others else []
        seen += [f"Topics: cogid help {', '.join(topics)}", *prose.links(html)]
    return [SEE_ALSO, *(Block("text", each) for each in seen)]


def _texts(*texts: str, indent: int = 2) -> list[Block]:
    return [Block("text", each, indent) for each in texts if each]
