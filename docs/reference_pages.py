"""The command reference as Markdown: the command tree in, a page for each command out.

Says what ``cogid COMMAND -h`` says, from the same sources. The example in the middle of a page is
written by hand and kept; what it prints is ``sessions``' business.
"""

from __future__ import annotations

import hashlib
import html
import json
from typing import TYPE_CHECKING

import click

from cogid import model, options, wording
from cogid.help import TOPICS, flags, group, layout, page, shapes, topics

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cogid.help.page import AnyCommand
    from cogid.model import Model, Operation
    from cogid.options import Flag

WIDTH = 80
BEGINS, ENDS = "<!-- example: written by hand -->\n", "<!-- end of example -->\n"
NO_EXAMPLE = "\n## Example\n\nThere is none yet.\n\n"

_INDEX = """\
# Command reference

<!-- made by docs/generate.py from service model {fingerprint} -->

A page for each command: what it takes, what it gives, and a run of it. `cogid COMMAND -h` says the
same on a terminal, `cogid COMMAND help` and `man cogid-COMMAND` say more.

The examples were run against an empty [local service](../local.md), each page in a new terminal,
and work as pasted. What they print is shown as it was, but for what is new in every run: ids, dates
and keys are replaced by made-up ones, and long tokens are cut with `…`. To keep the pools that they
make apart from yours, `export COGID_LOCAL_DB=FILE` first.

{groups}

\\* needs no AWS credentials

## What all of them share

[Global flags](flags.md) · [Topics](topics.md) · [Exit codes](../exit-codes.md) ·
[Errors](../errors.md)
"""

_PAGE = """\
# {name}

{summary}.

{about}```text
{usage}
```

{tables}Beside these, the flags that [every command takes](flags.md).

{begins}{example}{ends}{service}
## See also

{near}
"""

_SERVICE = """
## Reply

{reply}

## Errors

All of these end with exit code 254. See also [what is behind the common ones](../errors.md) and
[the other exit codes](../exit-codes.md).

| error | what it means |
|---|---|
{errors}
"""

_FLAGS = """\
# Global flags

<!-- made by docs/generate.py -->

They may stand before or after the command; the last one counts. Variables and profile keys that
stand for some of them: [environment](topics.md#environment).

{flags}"""

_TOPICS = """\
# Topics

<!-- made by docs/generate.py -->

What `cogid help TOPIC` prints.
"""


def fingerprint(known: Model) -> str:
    """Give a short name of the service model that texts were made from."""
    operations = [
        [each.name, each.documentation, each.errors, each.input.name, each.output.name, each.public]
        for each in known.operations.values()
    ]
    whole = json.dumps([known.documentation, known.shapes, operations], sort_keys=True)
    return hashlib.sha256(whole.encode()).hexdigest()[:16]


def example(text: str) -> str:
    """Give the part of a command's page that is written by hand."""
    return text.partition(BEGINS)[2].partition(ENDS)[0] or NO_EXAMPLE


def made(root: click.Group, kept: dict[str, str]) -> dict[str, str]:
    """Give all pages by file name; ``kept`` are the examples by file name."""
    found = {"index.md": _index(root), "flags.md": _flags(root), "topics.md": _topics()}
    near = _near(root)
    for name, command in page.walk(root):
        by_hand = kept.get(_file(name), NO_EXAMPLE)
        found[_file(name)] = _page(name, command, by_hand, near[name])
    return found


def _file(name: str) -> str:
    return f"{name.replace(' ', '-')}.md"


def _link(name: str) -> str:
    return f"[{name}]({_file(name)})"


def _near(root: click.Group) -> dict[str, list[str]]:
    """Name the commands beside each: of its purpose, or of its group."""
    together = [list(found) for found in group.by_purpose(root).values()]
    names = [name for name, _ in page.walk(root)]
    for name in names:
        inner = [other for other in names if other.startswith(f"{name} ")]
        together += [[name, *inner]] if inner else []
    return {name: [other for other in near if other != name] for near in together for name in near}


def _index(root: click.Group) -> str:
    parts = []
    for title, found in group.by_purpose(root).items():
        rows = []
        for name, command in found.items():
            operation = page.operation_of(command)
            star = " \\*" if operation and operation.public else ""
            rows.append((_link(name), f"{_escaped(command.summary)}{star}"))
        parts.append(_table(title.capitalize(), "command", rows))
    return _INDEX.format(
        fingerprint=fingerprint(model.load()), groups="\n".join(parts).rstrip("\n")
    )


def _page(name: str, command: AnyCommand, by_hand: str, near: list[str]) -> str:
    operation = page.operation_of(command)
    return _PAGE.format(
        name=name,
        summary=_escaped(command.summary),
        about=f"{_escaped(command.about)}\n\n" if command.about else "",
        usage="\n".join(layout.command(page.usage(command, name), WIDTH, 0, end="")),
        tables=_tables(name, command),
        begins=BEGINS,
        example=by_hand,
        ends=ENDS,
        service=_service(operation) if operation else "",
        near=" · ".join(map(_link, near or ["index"])),
    )


def _tables(name: str, command: AnyCommand) -> str:
    tables = []
    if isinstance(command, click.Group):
        inner = page.commands_of(command).items()
        rows = [(_link(f"{name} {last}"), _escaped(each.summary)) for last, each in inner]
        tables.append(_table("Commands", "command", rows))
    arguments = [
        (_code(each.text), _escaped(each.about[0])) for each in page.argument_rows(command)
    ]
    tables.append(_table("Arguments", "argument", arguments))
    for title, found in flags.by_section(command, page.operation_of(command)).items():
        if title != flags.WHOLE:
            heading = {"REQUIRED": "Required flags", "OPTIONAL": "Optional flags"}
            tables.append(_table(heading.get(title, title.capitalize()), "flag", map(_row, found)))
    return "".join(f"{each}\n" for each in tables if each)


def _row(flag: Flag) -> tuple[str, str]:
    names = "<br>".join(map(_code, flags.spell(flag, "\n").split("\n")))
    form = shapes.shorthand(flag.shape, depth=2) if flag.shape else ""
    told = [_escaped(flags.describe(flag, full=True))]
    if form and not shapes.is_plain(flag.shape):
        told.append(_code(form))
    told.append(_limits(flags.limits(flag)))
    return names, "<br>".join(filter(None, told))


def _limits(text: str) -> str:
    """Set limits in a table, patterns as code."""
    parts = [part.partition(" matching ") for part in text.split("; ")]
    return "; ".join(
        _escaped(before) + (f"{matching}{_code(pattern)}" if matching else "")
        for before, matching, pattern in parts
    )


def _table(title: str, column: str, rows: Iterable[tuple[str, str]]) -> str:
    lines = "".join(f"| {left} | {right} |\n" for left, right in rows)
    meaning = {"flag": "what it is", "argument": "what it is"}.get(column, "what it does")
    return f"## {title}\n\n| {column} | {meaning} |\n|---|---|\n{lines}" if lines else ""


def _code(text: str) -> str:
    """Set code in a table; a bar would end its cell, and not every reader takes a backslash."""
    if "|" in text:
        return f"<code>{html.escape(text).replace('|', '&#124;')}</code>"
    return f"`{text}`"


def _escaped(text: str) -> str:
    for character in "\\*_<[":
        text = text.replace(character, f"\\{character}")
    return text


def _service(operation: Operation) -> str:
    """Say what the service answers, and what may go wrong."""
    outline = shapes.outline(operation.output, 4)
    lines = "\n".join(layout.wrap(outline, WIDTH))
    rows = ((name, wording.ERRORS.get(name, "")) for name in page.errors(operation))
    return _SERVICE.format(
        reply=f"In the words of `--query`:\n\n```text\n{lines}\n```"
        if outline
        else "Nothing is printed.",
        errors="\n".join(f"| {name} | {_escaped(text)} |" for name, text in rows),
    )


def _flags(root: click.Group) -> str:
    a_list = page.commands_of(root)["list-identity-pools"]
    sections = flags.by_section(a_list, page.operation_of(a_list))
    kinds = {
        "Of every command": options.GLOBAL,
        "Of every operation": options.INPUT,
        "Of lists": [flag for flag in sections["PAGING"] if not flag.member],
    }
    tables = (_table(title, "flag", map(_row, found)) for title, found in kinds.items())
    return _FLAGS.format(flags="\n".join(tables))


def _topics() -> str:
    parts = (
        f"\n## {name}\n\n```text\n{layout.text(topics.page(name), WIDTH)}```\n" for name in TOPICS
    )
    return _TOPICS + "".join(parts)
