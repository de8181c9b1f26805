"""Man pages as roff: ``cogid.1`` and a ``cogid-OPERATION.1`` for every operation.

The same blocks as the full pages of help, written as roff instead of text. Loaded by the script
that generates the pages (``docs/generate.py``) and by nothing else.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cogid import commands, prose, wording
from cogid.help import TOPICS, group, layout, manual, topics
from cogid.help.layout import Block

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cogid.model import Model, Operation

_ESCAPES = str.maketrans(
    {
        "\\": r"\(rs",
        "-": r"\-",
        "'": r"\(aq",
        "`": r"\(ga",
        "^": r"\(ha",
        "~": r"\(ti",
        '"': r"\(dq",
    }
)
_LONG_WORD = 50  # a word of so many characters may break after punctuation
_WIDTH = 72  # of commands and syntax, whose lines roff is not to fill


def man_pages(model: Model, version: str, date: str) -> dict[str, str]:
    """Give every man page by its file name; ``date`` is ISO 8601."""
    pages = {"cogid.1": group_page(model, version, date)}
    for each in model.operations.values():
        pages[f"cogid-{each.command}.1"] = operation_page(each, version, date)
    return pages


def operation_page(this: Operation, version: str, date: str) -> str:
    """Give the man page of one operation."""
    name, *blocks = manual.of_operation(this)[1:]
    named = name._replace(text=f"cogid-{this.command} - {wording.summary(this)}")
    blocks = [Block("heading", "NAME"), named, *blocks]
    return man_page(f"cogid-{this.command}", blocks, version, date)


def group_page(model: Model, version: str, date: str) -> str:
    """Give the man page of the whole command, topics included."""
    blocks = [
        Block("heading", "NAME"),
        Block("text", f"cogid - {group.TAGLINE}"),
        Block("heading", "SYNOPSIS"),
        Block("synopsis", "cogid [GLOBAL FLAGS] COMMAND [FLAGS]"),
        Block("heading", "DESCRIPTION"),
        *(Block("text", text) for text, _ in prose.paragraphs(model.documentation)[1:]),
    ]
    for title, found in group.groups(model).items():
        blocks.append(Block("heading", title.upper()))
        for each in found:
            blocks += [
                Block("term", f"cogid-{each.command}(1)"),
                Block("text", wording.summary(each) + ".", 6),
            ]
    blocks.append(Block("heading", "OTHER COMMANDS"))
    for name in commands.NAMES:
        text = commands.load(name).summary
        blocks += [Block("term", f"cogid {name}"), Block("text", f"{text}.", 6)]
    blocks.append(Block("heading", "GLOBAL FLAGS"))
    blocks += manual.global_flags()
    for name in TOPICS:
        blocks += [Block("heading", name.upper()), *topics.blocks(name)]
    return man_page("cogid", blocks, version, date)


def man_page(title: str, blocks: list[Block], version: str, date: str) -> str:
    """Write blocks as the roff of section 1."""
    head = [
        f'.TH "{_escaped(title.upper())}" "1" "{_escaped(date)}" "cogid {version}" "cogid"',
        r".nh",
        r".ad l",
    ]
    return "\n".join([*head, *_roff(blocks)]) + "\n"


def _roff(blocks: list[Block]) -> Iterator[str]:
    """Give the lines; ``.RS`` and ``.RE`` follow how deep a block is set in."""
    deep = [2]
    before = ""
    for kind, text, indent in blocks:
        while indent < deep[-1]:
            deep.pop()
            yield ".RE"
        if indent > deep[-1]:
            yield f".RS {indent - deep[-1]}"
            deep.append(indent)
        # What explains a term stands right below it, without the blank line of a paragraph.
        if kind in ("text", "term", "verbatim", "command", "synopsis", "syntax"):
            yield from [".PP"] if before != "term" else []
        yield from _block(kind, text)
        before = kind
    for _ in deep[1:]:
        yield ".RE"


def _block(kind: str, text: str) -> Iterator[str]:
    if kind == "heading":
        yield f'.SH "{_escaped(text)}"'
    elif kind == "subheading":
        yield f'.SS "{_escaped(text)}"'
    elif kind == "bullet":
        yield from (r".IP \(bu 2", _line(text))
    elif kind == "text":
        yield _line(text)
    elif kind == "term":
        yield rf"\fB{_escaped(text)}\fR"
    else:
        yield ".nf"
        yield from (_line(line) for line in layout.lines_of(kind, text, _WIDTH))
        yield ".fi"


def _line(text: str) -> str:
    """Escape a line of text, and keep a leading dot or quote from being a request."""
    escaped = re.sub(rf"\S{{{_LONG_WORD},}}", _breakable, _escaped(text))
    return r"\&" + escaped if escaped.startswith((".", "'")) else escaped


def _breakable(word: re.Match[str]) -> str:
    return re.sub(r"(?<=[/:,=])(?=\w)", r"\\:", word[0])


def _escaped(text: str) -> str:
    return re.sub(
        r"[^\x00-\x7f]", lambda found: f"\\[u{ord(found[0]):04X}]", text.translate(_ESCAPES)
    )
