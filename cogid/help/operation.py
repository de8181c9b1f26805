"""The short page of one operation: ``cogid OPERATION -h``."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from cogid import examples, options, wording
from cogid.help import layout, shapes
from cogid.model import kebab
from cogid.options import MAYBE, NONE

if TYPE_CHECKING:
    from cogid.model import Operation, Shape
    from cogid.options import Flag

PAGE_SIZE_LIMITS = f"1 to {options.PAGE_SIZE}; {options.PAGE_SIZE} if not given"
_OUTLINE = 110  # characters of a reply's outline, beyond which its inner names are left out
_IDS = frozenset({"IdentityPoolId", "IdentityId", "ResourceArn", "IdentityIdsToDelete"})


class Parameter(NamedTuple):
    """A member of the request as a flag: its spelling with placeholder, name and shape."""

    spelling: str
    name: str
    shape: Shape


def short(operation: Operation, width: int) -> str:
    """Give the page as text."""
    width = layout.fitting(width)
    required, optional = parameters(operation)
    sections = [
        ("REQUIRED", [_row(operation, each) for each in required]),
        ("OPTIONAL", [_row(operation, each) for each in optional]),
        ("PAGING", paging_rows(operation)),
    ]
    start = layout.column([left for _, rows in sections for left, _ in rows])
    lines = [*layout.wrap(f"cogid {operation.command} - {wording.summary(operation)}", width), ""]
    lines += layout.paragraph(wording.about(operation), width, indent=0)
    lines += ["", "USAGE", *layout.command(usage(operation), width, 2, end="")]
    for title, rows in sections:
        if rows:
            lines += ["", title, *layout.table(rows, width, start)]
    lines += ["", "EVERY COMMAND TAKES", *layout.paragraph(_common_flags(), width)]
    lines += ["", "REPLY", *layout.paragraph(reply(operation), width)]
    shown = examples.EXAMPLES.get(operation.command, ())
    if shown:
        lines += ["", "EXAMPLES"]
    for example in shown:
        lines += layout.paragraph(f"# {example[0]}", width)
        lines += layout.command(example[1], width)
    lines += ["", "EXIT CODES", *layout.table(exit_codes(operation), width, start=7)]
    lines += ["", *layout.wrap(f"Full text: cogid {operation.command} help", width)]
    return layout.joined(lines)


def usage(operation: Operation) -> str:
    """Give the command with the flags that it needs."""
    required, _ = parameters(operation)
    return " ".join(["cogid", operation.command, *map(_used, required), "[FLAGS]"])


def synopsis(operation: Operation) -> str:
    """Give the command with every flag that it takes, the global ones left out."""
    required, optional = parameters(operation)
    own = [left for left, _ in paging_rows(operation)] + [spelled(each) for each in options.INPUT]
    return " ".join(
        [
            "cogid",
            operation.command,
            *map(_used, required),
            *(f"[{each.spelling.replace(' / ', ' | ')}]" for each in optional),
            *(f"[{each}]" for each in own),
            "[GLOBAL FLAGS]",
        ]
    )


def _used(parameter: Parameter) -> str:
    if " / " in parameter.spelling:
        return f"({parameter.spelling.replace(' / ', ' | ')})"
    return parameter.spelling


def parameters(operation: Operation) -> tuple[list[Parameter], list[Parameter]]:
    """Give the members of the request, required ones first; paging is cogid's business."""
    required: list[Parameter] = []
    optional: list[Parameter] = []
    for name, shape in operation.input.members.items():
        if operation.items and name in ("MaxResults", "NextToken"):
            continue
        parameter = Parameter(_spelling(name, shape), name, shape)
        (required if name in operation.input.required else optional).append(parameter)
    return required, optional


def _spelling(name: str, shape: Shape) -> str:
    flag = kebab(name)
    if shape.type == "boolean":
        return f"--{flag} / --no-{flag}"
    return f"--{flag} {shapes.placeholder(shape)}"


def spelled(flag: Flag) -> str:
    """Give one of cogid's own flags with the placeholder of its value."""
    if flag.takes == NONE:
        return flag.spelling
    kind = "<integer>" if flag.number else "<string>"
    return f"{flag.spelling} [{kind}]" if flag.takes == MAYBE else f"{flag.spelling} {kind}"


def _row(operation: Operation, parameter: Parameter) -> tuple[str, list[str]]:
    shape = parameter.shape
    told = [shapes.shorthand(shape, depth=2), limits(operation, parameter)]
    constraint = shapes.capitalized("; ".join(each for each in told if each))
    return parameter.spelling, [wording.parameter(operation, parameter.name), constraint]


def _common_flags() -> str:
    """Name the flags that stand in for a request, and where the global ones are told."""
    json, yaml, skeleton = (spelled(flag) for flag in options.INPUT)
    return (
        f"{json} or {yaml}: the whole request, as text or file://FILE; {skeleton}: print a "
        f"sample of it ({', '.join(options.INPUT[2].choices)}); --region, --output, --query, "
        "...: cogid -h"
    )


def limits(operation: Operation, parameter: Parameter) -> str:
    """Say what cogid takes for the parameter."""
    told = shapes.limits(parameter.shape)
    own = wording.COUNTS.get((operation.command, parameter.name))
    return "; ".join([own, *told[1:]] if own else told)


def paging_rows(operation: Operation) -> list[tuple[str, list[str]]]:
    """Give the flags of an operation that lists, cogid's own first."""
    if not operation.items:
        return []
    rows = []
    for flag in reversed(options.PAGING):
        told = [PAGE_SIZE_LIMITS] if flag.spelling == "--page-size" else []
        rows.append((spelled(flag), [flag.help, *told]))
    for name in ("MaxResults", "NextToken"):
        shape = operation.input.members[name]
        rows.append(_row(operation, Parameter(_spelling(name, shape), name, shape)))
    return rows


def reply(operation: Operation) -> str:
    """Outline what is printed, in the words that ``--query`` takes."""
    for depth in (4, 3, 2, 1):
        text = shapes.outline(operation.output, depth)
        if len(text) <= _OUTLINE:
            break
    return text or "Nothing is printed."


def exit_codes(operation: Operation) -> list[tuple[str, list[str]]]:
    """Give the exit codes that matter for the operation."""
    rows = [("0", ["done"])]
    if "UnprocessedIdentityIds" in operation.output.members:
        rows.append(("1", ["some ids were not deleted: they are in the reply"]))
    rows.append(("252", ["a flag is missing, unknown or wrong; nothing was sent"]))
    if not operation.public:
        region = "" if _IDS & set(operation.input.required) else " or no region"
        rows.append(("253", [f"no credentials{region} found"]))
    special = [error for error in operation.errors if error not in wording.EVERYWHERE]
    named = ": " + ", ".join(special) if special else ""
    return [*rows, ("254", [f"the service refused{named}"])]
