"""The pages of the whole command: ``cogid -h`` and ``cogid help``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cogid import commands, options, prose, wording
from cogid.help import TOPICS, layout, operation

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cogid.model import Model, Operation
    from cogid.options import Flag

TAGLINE = "Amazon Cognito identity pools, a fast drop-in for aws cognito-identity"
COMMON = ("--region", "--output", "--query", "--local")
TRY = "cogid --local list-identity-pools"


def short(model: Model, width: int) -> str:
    """Give the page of ``cogid -h``."""
    width = layout.fitting(width)
    common = [flag for name in COMMON for flag in options.GLOBAL if flag.spelling == name]
    others = ", ".join(flag.spelling for flag in options.GLOBAL if flag not in common)
    lines = _head(width) + _commands(model, width) + _flags(common, width)
    lines += layout.paragraph(f"Also: {others}", width)
    return layout.joined(lines + _tail(width))


def full(model: Model, width: int) -> str:
    """Give the page of ``cogid help``: what the service is, and every global flag."""
    width = layout.fitting(width)
    lines = _head(width)
    title = "DESCRIPTION"
    for text, _ in prose.paragraphs(model.documentation)[1:]:  # the first is only the name
        lines += ["", *([title] if title else []), *layout.paragraph(text, width)]
        title = ""
    lines += _commands(model, width) + _flags(options.GLOBAL, width)
    return layout.joined(lines + _tail(width))


def groups(model: Model) -> dict[str, list[Operation]]:
    """Sort the operations by what they are for; those of a newer model come under "other"."""
    sorted_ = {
        title: [model.operations[name] for name in commands if name in model.operations]
        for title, commands in wording.GROUPS.items()
    }
    sorted_["other"] = [
        each for name, each in model.operations.items() if name not in wording.COMMANDS
    ]
    return {title: found for title, found in sorted_.items() if found}


def _head(width: int) -> list[str]:
    start = layout.column(["cogid COMMAND [FLAGS]"])
    usage = [
        ("cogid COMMAND [FLAGS]", ["global flags may also stand before COMMAND"]),
        ("cogid COMMAND -h", ["its flags and examples (* needs no AWS credentials)"]),
    ]
    return [
        *layout.wrap(f"cogid - {TAGLINE}", width),
        "",
        "USAGE",
        *layout.table(usage, width, start),
    ]


def _commands(model: Model, width: int) -> list[str]:
    listed = {
        title: [(each.command, [_summary(each)]) for each in found]
        for title, found in groups(model).items()
    }
    listed["more"] = [(name, [commands.load(name).summary]) for name in commands.NAMES]
    start = layout.column([left for rows in listed.values() for left, _ in rows])
    lines: list[str] = []
    for title, rows in listed.items():
        lines += ["", title.upper(), *layout.table(rows, width, start)]
    return lines


def _summary(each: Operation) -> str:
    return wording.summary(each) + (" *" if each.public else "")


def _flags(flags: Iterable[Flag], width: int) -> list[str]:
    rows = [(operation.spelled(flag), flag_text(flag)) for flag in flags]
    start = layout.column([left for left, _ in rows])
    return ["", "GLOBAL FLAGS", *layout.table(rows, width, start)]


def flag_text(flag: Flag) -> list[str]:
    """Say what a global flag is, with its choices."""
    if not flag.choices:
        return [flag.help]
    return [f"{flag.help.rstrip('.')}: {', '.join(flag.choices)}."]


def _tail(width: int) -> list[str]:
    topics = "cogid help " + " | ".join(TOPICS)
    return [
        "",
        *layout.table([("Topics:", [topics]), ("Try it:", [TRY])], width, 9, indent=0),
    ]
