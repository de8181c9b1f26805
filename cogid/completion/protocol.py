"""What a shell's script sends when TAB is pressed in, the lines that it reads out.

``cogid completion SHELL --complete 1 ...`` gets on standard input, each ended by NUL: the line up
to the cursor, the rest of it, what the shell will put a candidate in the place of, and NAME=VALUE
of variables that stand on the line. The line is not among the arguments, which everybody on the
machine can see: tokens stand on it. Nothing ever fails, because a shell would show that in the
middle of what is being typed.
"""

from __future__ import annotations

TYPE_CHECKING = False  # as typing's; loading typing takes a fifth of a TAB's time
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from typing import Any, BinaryIO

    from cogid.completion.candidates import Row
    from cogid.completion.line import Line

    Writer = Callable[[list[Row], Line, str, Sequence[str]], list[str]]

VERSION = "1"  # a script of another version asks in vain, and is told nothing wrong
_LISTING = ("33", "63", "64")  # bash's COMP_TYPE where candidates are shown, not inserted
_POSIX_SAFE = frozenset("_./:=@%+,-")
_POWERSHELL_SAFE = frozenset("_./:=+-")


def run(words: Sequence[str], stdin: BinaryIO, stdout: BinaryIO, environ: Mapping[str, str]) -> int:
    """Answer what stands after ``cogid completion``; whatever happens, the exit code is 0."""
    try:
        text = stdin.read().decode("utf-8", "surrogateescape")
        stdout.write(answer(words, text, environ).encode())
        stdout.flush()
    except Exception:  # noqa: BLE001, S110 - as said above
        pass
    return 0


def answer(words: Sequence[str], text: str, environ: Mapping[str, str]) -> str:
    """Give the lines that the shell reads out."""
    shell, _, version, *arguments = words
    if version != VERSION:
        return ""
    head, tail, word, *variables = text.split("\0")[:-1]
    known = dict(each.partition("=")[::2] for each in variables)
    rows, line = _candidates(shell, head, tail, known, environ)
    return "".join(f"{each}\n" for each in _WRITERS[shell](rows, line, word, arguments))


def _candidates(
    shell: str, head: str, tail: str, variables: Mapping[str, str], environ: Mapping[str, str]
) -> tuple[list[Row], Line]:
    from cogid.completion import candidates, line, table

    def look_up(source: str, typed: str, flags: dict[str, Any]) -> list[Row]:
        from cogid.completion import live

        return live.values(source, typed, flags, environ)

    cut = line.split(head, tail, shell, variables)
    rows = candidates.find(table.load(environ), cut, look_up)
    return [row for row in rows if row[0].isprintable()], cut


def _bash(rows: list[Row], line: Line, word: str, arguments: Sequence[str]) -> list[str]:
    """Give what readline inserts; what it only lists is followed by what it is about."""
    raw = word.removeprefix(line.quote)
    written = [
        (raw + quoted, about)
        for text, about in rows
        if text.startswith(line.current)
        and (quoted := _posix(text[len(line.current) :], line.quote)) is not None
    ]
    kind, columns = arguments
    if len(written) == 1 or kind not in _LISTING:
        return [text for text, _ in written]
    width = max((len(text) for text, _ in written), default=0)
    room = int(columns or 80) - width - 4
    return [f"{text:{width}}  ({_cut(about, room)})" if about else text for text, about in written]


def _cut(text: str, room: int) -> str:
    return text if len(text) <= room else text[: max(room - 3, 0)] + "..."


def _zsh(rows: list[Row], line: Line, word: str, _: Sequence[str]) -> list[str]:
    """Give what is inserted, as zsh's ``_describe`` reads it, and what it is about."""
    lines = []
    for text, about in rows:
        typed = len(line.current) if text.startswith(line.current) else 0
        quoted = _posix(text[typed:], line.quote)
        if quoted is not None:
            inserted = word + quoted if typed else quoted
            escaped = inserted.replace("\\", "\\\\").replace(":", "\\:")
            lines.append(f"{escaped}\t{about}")
    return lines


def _fish(rows: list[Row], *_: Any) -> list[str]:
    """Give text and about: fish compares and quotes by itself."""
    return [f"{text}\t{about}" for text, about in rows]


def _powershell(rows: list[Row], line: Line, *_: Any) -> list[str]:
    """Give what is inserted, what is shown, and what it is about, which must not be empty."""
    return [
        f"{_single_quoted(text)}\t{text}\t{about or text}"
        for text, about in rows
        if text.startswith(line.current)
    ]


_WRITERS: dict[str, Writer] = {
    "bash": _bash,
    "zsh": _zsh,
    "fish": _fish,
    "powershell": _powershell,
}


def _posix(text: str, quote: str) -> str | None:
    """Write text so that bash and zsh read it as that, in an open quote; None if they cannot."""
    if quote == "'":
        return None if "'" in text else text
    if quote:
        # Inside double quotes nothing keeps ! from calling up an old line.
        return None if "!" in text else _escaped(text, lambda sign: sign not in '\\"$`')
    home = "~/" if text.startswith("~/") else ""
    return home + _escaped(text[len(home) :], lambda sign: sign.isalnum() or sign in _POSIX_SAFE)


def _escaped(text: str, is_safe: Callable[[str], bool]) -> str:
    return "".join(sign if is_safe(sign) else f"\\{sign}" for sign in text)


def _single_quoted(text: str) -> str:
    if all(sign.isalnum() or sign in _POWERSHELL_SAFE for sign in text):
        return text
    for sign in "'\u2018\u2019\u201a\u201b":  # PowerShell takes every one of them for a quote
        text = text.replace(sign, sign * 2)
    return f"'{text}'"
