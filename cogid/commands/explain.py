"""``cogid explain MESSAGE``: the hint for an error that was met elsewhere."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from cogid.commands.printing import documents
from cogid.errors import CheckFailed, UsageError
from cogid.options import Command

if TYPE_CHECKING:
    from cogid.app import App
    from cogid.options import Flags

STDIN = "-"


def run(flags: Flags, app: App) -> None:
    """Say what is behind an error's text."""
    from cogid.hints import elsewhere

    show = documents(flags, app)
    text = _text(flags.get("message", []))
    met = elsewhere.read(text)
    hint = elsewhere.explain(met)
    meaning = _meaning(met.code)
    if hint is None and not meaning:
        raise CheckFailed(
            f"Nothing is known of {'this ' + met.code if met.code else 'this message'}: it is "
            "none that identity pools are known to answer with",
            hint="give the whole line of the log: the error's code and its message",
        )
    if show:
        found = {"Code": met.code, "Operation": met.operation, "Meaning": meaning}
        found |= {"Hint": hint.text, "Page": f"errors.md#{hint.page}"} if hint else {}
        show({key: value for key, value in found.items() if value})
        return
    what = " of ".join(filter(None, (met.code, met.operation)))
    if what:
        app.terminal.write_line(what if hint else f"{what}: {meaning}")
    if hint:
        app.terminal.write_line(f"hint: {hint.text}")
        app.terminal.write_line(f"more: docs/errors.md#{hint.page}")


def _text(words: list[str]) -> str:
    """Give the words, or what comes in from standard input for ``-`` or for none."""
    if words and words != [STDIN]:
        return " ".join(words)
    if not words and sys.stdin.isatty():
        raise UsageError('the following arguments are required: MESSAGE (or "-", to read it)')
    return sys.stdin.buffer.read().decode(errors="replace")


def _meaning(code: str) -> str:
    from cogid import wording

    return wording.ERRORS.get(code, "")


command = Command(
    "explain",
    run,
    summary="Explain an error that identity pools gave elsewhere",
    about="Takes the text of an error as Amplify, an SDK or a log has it, and says what is usually "
    "behind it. Code, operation, ids and tokens in it are looked for; tokens are not shown. "
    "Nothing is sent. The exit code is 1 when nothing is known of it.",
    params=[click.Argument(["message"], nargs=-1, metavar="[MESSAGE | -]")],
    examples=[
        (
            "An error of Amplify's",
            (
                'cogid explain "NotAuthorizedException: Unauthenticated access is not supported '
                'for this identity pool."'
            ),
        ),
        ("The end of a log", "tail -n 20 app.log | cogid explain"),
    ],
)
