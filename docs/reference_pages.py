"""The command reference as Markdown: the model in, a page for each operation out.

Says what ``cogid COMMAND -h`` says, from the same sources. The example in the middle of a page is
written by hand and kept; what it prints is ``sessions``' business.
"""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

from cogid import help as texts
from cogid import options
from cogid.help import group, layout, operation, shapes, wording

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cogid.help.operation import Parameter
    from cogid.model import Model, Operation

WIDTH = 80
BEGINS, ENDS = "<!-- example: written by hand -->\n", "<!-- end of example -->\n"
NO_EXAMPLE = "\n## Example\n\nThere is none yet.\n\n"

_INDEX = """\
# Command reference

<!-- made by docs/generate.py from service model {fingerprint} -->

A page for each operation: what it takes, what it gives, and a run of it. `cogid COMMAND -h` says
the same on a terminal, `cogid COMMAND help` and `man cogid-COMMAND` say more.

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
# {command}

{summary}.

{about}

```text
{usage}
```

{flags}
Beside these, the flags that [every command takes](flags.md).

{begins}{example}{ends}
## Reply

{reply}

## Errors

All of these end with exit code 254. See also [what is behind the common ones](../errors.md) and
[the other exit codes](../exit-codes.md).

| error | |
|---|---|
{errors}

## See also

{near}
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


def example(page: str) -> str:
    """Give the part of an operation's page that is written by hand."""
    return page.partition(BEGINS)[2].partition(ENDS)[0] or NO_EXAMPLE


def made(known: Model, kept: dict[str, str]) -> dict[str, str]:
    """Give all pages by file name; ``kept`` are the examples by file name."""
    found = {"index.md": _index(known), "flags.md": _flags(), "topics.md": _topics()}
    for each in known.operations.values():
        name = f"{each.command}.md"
        found[name] = _page(known, each, kept.get(name, NO_EXAMPLE))
    return found


def _index(known: Model) -> str:
    parts = []
    for title, found in group.groups(known).items():
        lines = [f"## {title.capitalize()}", "", "| command | |", "|---|---|"]
        for each in found:
            star = " \\*" if each.public else ""
            lines.append(f"| [{each.command}]({each.command}.md) | {_summary(each)}{star} |")
        parts.append("\n".join(lines))
    return _INDEX.format(fingerprint=fingerprint(known), groups="\n\n".join(parts))


def _page(known: Model, each: Operation, by_hand: str) -> str:
    required, optional = operation.parameters(each)
    return _PAGE.format(
        command=each.command,
        summary=_summary(each),
        about=_escaped(operation.about(each)),
        usage="\n".join(layout.command(operation.usage(each), WIDTH, 0, end="")),
        flags=_table("Required flags", [_row(each, one) for one in required])
        + _table("Optional flags", [_row(each, one) for one in optional])
        + _table("Paging", operation.paging_rows(each)),
        begins=BEGINS,
        example=by_hand,
        ends=ENDS,
        reply=_reply(each),
        errors="\n".join(_errors(each)),
        near=" · ".join(f"[{name}]({name}.md)" for name in _near(known, each)),
    )


def _summary(each: Operation) -> str:
    return _escaped(operation.summary(each))


def _row(each: Operation, parameter: Parameter) -> tuple[str, list[str]]:
    shape = parameter.shape
    short = shapes.shorthand(shape, depth=2)
    limits = shapes.capitalized(operation.limits(each, parameter))
    said = shapes.said(each, parameter.name, shape)
    return parameter.spelling, [said, *([f"`{short}`"] if short else []), limits]


def _table(title: str, rows: Iterable[tuple[str, list[str]]]) -> str:
    lines = []
    for left, said in rows:
        right = "<br>".join(_cell(text) for text in said if text)
        lines.append(f"| `{left.replace(' / ', '`<br>`')}` | {right} |\n")
    return f"## {title}\n\n| flag | |\n|---|---|\n{''.join(lines)}\n" if lines else ""


def _cell(text: str) -> str:
    """Set a text in a table, patterns as code."""
    if not text.startswith("`"):
        parts = [part.partition(" matching ") for part in text.split("; ")]
        text = "; ".join(
            _escaped(before) + (f"{matching}`{pattern}`" if matching else "")
            for before, matching, pattern in parts
        )
    return text.replace("|", "\\|")


def _escaped(text: str) -> str:
    for character in "\\*_<[":
        text = text.replace(character, f"\\{character}")
    return text


def _reply(each: Operation) -> str:
    outline = shapes.outline(each.output, 4)
    if not outline:
        return "Nothing is printed."
    lines = "\n".join(layout.wrap(outline, WIDTH))
    return f"In the words of `--query`:\n\n```text\n{lines}\n```"


def _errors(each: Operation) -> list[str]:
    beyond = ["ValidationException", *([] if each.public else ["AccessDeniedException"])]
    return [
        f"| {name} | {_escaped(wording.ERRORS.get(name, ''))} |"
        for name in sorted({*each.errors, *beyond})
    ]


def _near(known: Model, each: Operation) -> list[str]:
    found = next(found for found in group.groups(known).values() if each in found)
    return [other.command for other in found if other is not each] or ["index"]


def _flags() -> str:
    kinds = {
        "Of every command": options.GLOBAL,
        "Of every operation": options.INPUT,
        "Of lists": options.PAGING,
    }
    return _FLAGS.format(
        flags="".join(
            _table(title, [(operation.spelled(flag), group.flag_text(flag)) for flag in flags])
            for title, flags in kinds.items()
        ).rstrip("\n")
        + "\n"
    )


def _topics() -> str:
    parts = [f"\n## {name}\n\n```text\n{texts.topic(name, WIDTH)}```\n" for name in texts.TOPICS]
    return _TOPICS + "".join(parts)
