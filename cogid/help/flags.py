"""A command's flags on its page: how they are spelled, sorted and described.

Comes in: the flags of the command tree; goes out: blocks.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cogid import options, prose, wording
from cogid.help import shapes
from cogid.help.layout import Block, aligned, row
from cogid.options import MAYBE, NONE, Flag

if TYPE_CHECKING:
    import click

    from cogid.model import Operation

WHOLE = "WHOLE REQUESTS"
_PAGED = ("MaxResults", "NextToken")  # of lists, which cogid pages by itself


def by_section(command: click.Command, operation: Operation | None) -> dict[str, list[Flag]]:
    """Sort a command's flags by the headings under which they stand on its page."""
    flags = [each for each in command.params if isinstance(each, Flag)]
    if operation is None:
        return {"FLAGS": flags} if flags else {}
    titles = ("REQUIRED", "OPTIONAL", "PAGING", WHOLE)
    found: dict[str, list[Flag]] = {title: [] for title in titles}
    for flag in flags:
        if flag in options.INPUT:
            found[WHOLE].append(flag)
        elif not flag.member:
            found["PAGING"].insert(0, flag)  # cogid's own, before the service's
        elif operation.items and flag.member in _PAGED:
            found["PAGING"].append(flag)
        else:
            needed = flag.member in operation.input.required
            found["REQUIRED" if needed else "OPTIONAL"].append(flag)
    return {title: flags for title, flags in found.items() if flags}


def spell(flag: Flag, between: str = " / ") -> str:
    """Spell a flag with what stands for its value; ``between`` parts ``--x`` from ``--no-x``."""
    if flag.takes == NONE:
        return between.join([", ".join(flag.opts), *flag.secondary_opts])
    kind = "<integer>" if flag.number else "<string>"
    value = flag.metavar or (shapes.placeholder(flag.shape) if flag.shape else kind)
    return f"{flag.spelling} [{value}]" if flag.takes == MAYBE else f"{flag.spelling} {value}"


def describe(flag: Flag, *, full: bool = False) -> str:
    """Say what a flag is, with its choices; in full also what these mean."""
    text, _, default = flag.description.partition("  [")
    if flag.choices:
        told = [
            f"{choice} ({said})" if full and said.lower() not in ("", choice) else choice
            for choice, said in flag.choices.items()
        ]
        text = f"{text.rstrip('.')}: {', '.join(told)}."
    return f"{text} [{default}" if default else text


def limits(flag: Flag) -> str:
    """Say what the value of a member's flag may be."""
    if flag.operation is None or flag.shape is None:
        return ""
    told = shapes.limits(flag.shape)
    own = wording.COUNTS.get((flag.operation.command, flag.member))
    return shapes.capitalized("; ".join([own, *told[1:]] if own else told))


def as_row(flag: Flag, *, full: bool = False) -> Block:
    """Give the row of a flag: what it is, and the form of its value where that is not plain."""
    form = limits(flag) if flag.number else ""
    if flag.shape and not shapes.is_plain(flag.shape):
        form = shapes.shorthand(flag.shape, depth=2)
    return row(spell(flag), describe(flag, full=full), form)


def in_full(sections: dict[str, list[Flag]]) -> list[Block]:
    """Describe the flags of an operation, those of members with all that their shapes say."""
    blocks: list[Block] = []
    for title, flags in sections.items():
        blocks.append(Block("heading", title))
        if title == "PAGING":
            text = "Without any of these flags, everything is fetched, page after page."
            blocks.append(Block("text", text))
        if title in ("PAGING", WHOLE):
            blocks += aligned(as_row(flag, full=True) for flag in flags)
        else:
            blocks += [block for flag in flags for block in _member(flag)]
    return [*blocks, *all_global()]


def all_global() -> list[Block]:
    """Give the flags that every command takes."""
    rows = (as_row(flag, full=True) for flag in options.GLOBAL)
    return [Block("heading", "GLOBAL FLAGS"), *aligned(rows)]


def _member(flag: Flag) -> list[Block]:
    assert flag.shape is not None  # noqa: S101 - for mypy
    shape = flag.shape
    blocks = [Block("term", spell(flag))]
    if flag.description != prose.first_sentence(shape.documentation):
        blocks.append(Block("text", flag.description, 6))
    blocks += shapes.documentation(shape.documentation, 6)
    if told := limits(flag):
        blocks.append(Block("text", told, 6))
    if shape.type in shapes.SCALARS:
        return blocks
    blocks += shapes.tree(shape, 6)
    if not shapes.is_plain(shape):
        blocks.append(Block("term", "Shorthand", 6))
        blocks.append(Block("syntax", f"{flag.spelling} {shapes.shorthand(shape)}", 10))
    blocks.append(Block("term", "JSON", 6))
    blocks.append(Block("verbatim", shapes.json_text(shape), 10))
    return blocks
