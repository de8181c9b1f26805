"""Man pages as roff: ``cogid.1``, and a ``cogid-COMMAND.1`` for every command of the tree.

The same blocks as the full pages of help, written as roff instead of text. Loaded by the script
that generates the pages (``docs/generate.py``) and by nothing else.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cogid.help import TOPICS, group, layout, page, topics
from cogid.help.layout import Block

if TYPE_CHECKING:
    from collections.abc import Iterator

    import click

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


def man_pages(root: click.Group, version: str, date: str) -> dict[str, str]:
    """Give every man page by its file name; ``date`` is ISO 8601."""
    blocks = group.full(root)
    at = blocks.index(page.SEE_ALSO)
    blocks[at:at] = _all_topics()
    pages = {"cogid.1": man_page("cogid", [*blocks, _page("cogid-COMMAND")], version, date)}
    for name, command in page.walk(root):
        title = f"cogid-{name.replace(' ', '-')}"
        heading, named, *blocks = page.full(command, name)
        named = named._replace(text=f"{title} - {command.summary}")
        told = [heading, named, *blocks, _page("cogid")]
        pages[f"{title}.1"] = man_page(title, told, version, date)
    return pages


def _page(name: str) -> Block:
    return Block("text", f"{name}(1)")


def _all_topics() -> Iterator[Block]:
    for name in TOPICS:
        yield Block("heading", name.upper())
        for block in topics.content(name):
            yield block._replace(kind="subheading") if block.kind == "heading" else block


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
    for block in blocks:
        kind, _, indent, *_ = block
        while indent < deep[-1] and len(deep) > 1:
            deep.pop()
            yield ".RE"
        if indent > deep[-1]:
            yield f".RS {indent - deep[-1]}"
            deep.append(indent)
        # What explains a term stands right below it, without the blank line of a paragraph.
        close = before == "term" or kind == before == "command"
        if kind not in ("heading", "subheading", "bullet", "row") and not close:
            yield ".PP"
        yield from _block(block)
        before = kind
    for _ in deep[1:]:
        yield ".RE"


def _block(block: Block) -> Iterator[str]:
    kind, text, *_ = block
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
    elif kind == "row":
        yield from (f".TP {layout.DEEPER}", rf"\fB{_escaped(text)}\fR")
        yield "\n.IP\n".join(map(_line, block.about))
    else:
        yield ".nf"
        yield from map(_line, layout.lines_of(block._replace(indent=0), _WIDTH))
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
