"""The full page of one operation, ``cogid OPERATION help``, as blocks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cogid import examples, options, prose, wording
from cogid.help import group, operation, shapes
from cogid.help.layout import Block
from cogid.model import kebab

if TYPE_CHECKING:
    from cogid.help.operation import Parameter
    from cogid.model import Operation


def of_operation(this: Operation) -> list[Block]:
    """Give the blocks of the page."""
    required, optional = operation.parameters(this)
    return [
        Block("heading", "NAME"),
        Block("text", f"cogid {this.command} - {wording.summary(this)}"),
        Block("heading", "SYNOPSIS"),
        Block("synopsis", operation.synopsis(this)),
        Block("heading", "DESCRIPTION"),
        Block("text", wording.about(this)),
        *_documentation(this),
        *_flags("REQUIRED FLAGS", this, required),
        *_flags("OPTIONAL FLAGS", this, optional),
        *_paging(this),
        Block("heading", "WHOLE REQUESTS"),
        *_own_flags(options.INPUT),
        Block("heading", "GLOBAL FLAGS"),
        *global_flags(),
        *_reply(this),
        *_examples(this),
        *_errors(this),
        Block("heading", "EXIT CODES"),
        *(
            Block("bullet", f"{code}: {text}")
            for code, texts in operation.exit_codes(this)
            for text in texts
        ),
        Block("text", "The others are those of every command: cogid help exit-codes"),
        *_see_also(this),
    ]


def _documentation(this: Operation) -> list[Block]:
    if not this.documentation:
        return []
    return [Block("text", "The service's own words:"), *shapes.documentation(this.documentation, 2)]


def _flags(title: str, this: Operation, parameters: list[Parameter]) -> list[Block]:
    blocks = [Block("heading", title)] if parameters else []
    for each in parameters:
        blocks += _flag(this, each)
    return blocks


def _flag(this: Operation, each: Parameter) -> list[Block]:
    own = wording.parameter(this, each.name)
    blocks = [Block("term", each.spelling)]
    if own != prose.first_sentence(each.shape.documentation):
        blocks.append(Block("text", own, 6))
    blocks += shapes.documentation(each.shape.documentation, 6)
    if told := operation.limits(this, each):
        blocks.append(Block("text", shapes.capitalized(told), 6))
    if each.shape.type in shapes.SCALARS:
        return blocks
    blocks += shapes.tree(each.shape, 6)
    blocks.append(Block("term", "Shorthand", 6))
    blocks.append(Block("syntax", f"--{kebab(each.name)} {shapes.shorthand(each.shape)}", 10))
    blocks.append(Block("term", "JSON", 6))
    blocks.append(Block("verbatim", shapes.json_text(each.shape), 10))
    return blocks


def _paging(this: Operation) -> list[Block]:
    rows = operation.paging_rows(this)
    if not rows:
        return []
    return [
        Block("heading", "PAGING"),
        Block("text", "Without any of these flags, everything is fetched, page after page."),
        *_terms(rows),
    ]


def _terms(rows: list[tuple[str, list[str]]]) -> list[Block]:
    blocks = []
    for left, texts in rows:
        blocks.append(Block("term", left))
        blocks += [Block("text", text, 6) for text in texts if text]
    return blocks


def global_flags() -> list[Block]:
    """Give the flags that every command takes."""
    return _own_flags(options.GLOBAL)


def _own_flags(flags: tuple[options.Flag, ...]) -> list[Block]:
    return _terms([(operation.spelled(flag), group.flag_text(flag)) for flag in flags])


def _reply(this: Operation) -> list[Block]:
    inside = shapes.tree(this.output, 2, kinds=False)
    return [
        Block("heading", "REPLY"),
        *(inside or [Block("text", "Nothing is printed.")]),
    ]


def _examples(this: Operation) -> list[Block]:
    blocks = []
    for example in examples.EXAMPLES.get(this.command, ()):
        blocks.append(Block("term", f"{example[0]}:"))
        blocks.append(Block("command", example[1], 6))
    return [Block("heading", "EXAMPLES"), *blocks] if blocks else []


def _errors(this: Operation) -> list[Block]:
    beyond = ["ValidationException", *([] if this.public else ["AccessDeniedException"])]
    blocks = [
        Block("heading", "ERRORS"),
        Block("text", "The service's errors, all with exit code 254:"),
    ]
    for name in sorted({*this.errors, *beyond}):
        blocks.append(Block("term", name))
        if name in wording.ERRORS:
            blocks.append(Block("text", wording.ERRORS[name], 6))
    return blocks


def _see_also(this: Operation) -> list[Block]:
    near = [
        each
        for commands in wording.GROUPS.values()
        if this.command in commands
        for each in commands
        if each != this.command
    ]
    members = this.input.members.values()
    links = prose.links(this.documentation + "".join(each.documentation for each in members))
    topics = "Topics: cogid help query, output, paging, credentials, exit-codes, shorthand"
    return [
        Block("heading", "SEE ALSO"),
        *([Block("text", "cogid " + ", ".join(near))] if near else []),
        Block("text", topics),
        *(Block("text", link) for link in links),
    ]
