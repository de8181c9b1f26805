"""A question of a script in, the lines that it reads out.

The words of the line come on standard input, ended by NUL (or by newline, from PowerShell); a
proposal goes out as its text, a tab, and what it is about. Nothing ever fails: a shell shows
what goes wrong in the middle of what is being typed.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from cogid.terminal import Terminal


def run(
    sources: Sequence[str], stdin: BinaryIO, terminal: Terminal, environ: Mapping[str, str]
) -> int:
    """Answer ``cogid completion SHELL --values SOURCE``, whatever happens with exit code 0."""
    with suppress(Exception):
        for source in sources[:1]:
            terminal.write(answer(source, stdin, environ))
        pass
    return 0


def answer(source: str, stdin: BinaryIO, environ: Mapping[str, str]) -> str:
    """Give the lines for a source, none if anything goes wrong."""
    try:
        from cogid.completion import live

        text = stdin.read().decode("utf-8", "surrogateescape")
        words = text.split("\0") if "\0" in text else text.replace("\r", "").split("\n")
        rows = live.values(source, words, environ)
        return "".join(f"{value}\t{about}\n" for value, about in rows)
    except Exception:  # noqa: BLE001 - see above
        return ""
