"""Where text goes: standard output and error, as a terminal or as a pipe.

Knows width, colour, paging, closed pipes and full disks. A ``Terminal`` is made of two
streams and an environment, so a test makes one of two ``StringIO``.
"""

from __future__ import annotations

import codecs
import os
from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple, TextIO

from cogid.errors import ClosedPipe, CogidError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

# Where the C locale is set by LANG or not at all, Python sets LC_CTYPE to one of these.
_COERCED = ("C.UTF-8", "C.utf8", "UTF-8")
OUTPUT_ENCODING = "AWS_CLI_OUTPUT_ENCODING"
ESCAPING = "cogid.escape"  # a handler of errors
_CHOSEN = ("replace", "ignore", "xmlcharrefreplace", "namereplace")  # by PYTHONIOENCODING


class View(NamedTuple):
    """How to draw, and for whom: for a pipe nothing is cut, escaped or coloured.

    ``items`` is the member that holds a list operation's items, None for what is no list;
    ``width`` is the terminal's, in columns; ``escape`` shows control characters instead of
    sending them on; ``ascii_only`` draws lines of plain characters.
    """

    title: str
    items: str | None = None
    width: int | None = None
    escape: bool = False
    ascii_only: bool = False
    color: bool = False


class Terminal:
    """Standard output and error, and what the environment says of them."""

    escaping = ESCAPING

    def __init__(self, out: TextIO, err: TextIO, environ: Mapping[str, str]) -> None:
        self.out = out
        self.err = err
        self._environ = environ
        self._said: set[str] = set()
        # Windows gets UTF-8, whatever its code page; what an encoding has not is escaped.
        wanted = environ.get(OUTPUT_ENCODING)
        encoding = "utf-8" if os.name == "nt" else None
        encoding = wanted if wanted and _is_codec(wanted) else encoding
        for stream in (out, err):
            if hasattr(stream, "reconfigure"):
                errors = stream.errors if stream.errors in _CHOSEN else ESCAPING
                stream.reconfigure(encoding=encoding, errors=errors)
        # Whether a person looks at a terminal.
        self.shows_output = out.isatty()
        self.shows_errors = err.isatty()

    @property
    def draws_errors(self) -> bool:
        """Whether something that moves can be drawn on standard error."""
        return self.shows_errors and self._environ.get("TERM") != "dumb"

    @property
    def shows_progress(self) -> bool:
        """Whether somebody looks on; the terminal of a CI system is a file that is read later."""
        return self.draws_errors and not self._environ.get("CI")

    @property
    def size(self) -> tuple[int, int]:
        """Columns and lines: COLUMNS and LINES, then the terminal's own, then 80 by 24."""
        columns, lines = self._number("COLUMNS"), self._number("LINES")
        if columns and lines:
            return columns, lines
        try:
            real = os.get_terminal_size(self.out.fileno())
        except (OSError, ValueError, AttributeError):
            return columns or 80, lines or 24
        return columns or real.columns or 80, lines or real.lines or 24

    def _number(self, variable: str) -> int:
        value = self._environ.get(variable, "")
        return int(value) if value.isdecimal() else 0

    def view(
        self, title: str, items: str | None = None, *, color: str = "auto", of_errors: bool = False
    ) -> View:
        """Say how text is to be drawn for who looks at standard output, or error.

        ``items`` is the member that holds a list operation's items, ``color`` the flag. Raises
        CogidError for an AWS_CLI_OUTPUT_ENCODING that is none, before anything is sent.
        """
        stream = self.err if of_errors else self.out
        looks = self.shows_errors if of_errors else self.shows_output
        wanted = self._environ.get(OUTPUT_ENCODING)
        if wanted is not None and not of_errors and not _is_codec(wanted):
            raise CogidError(f"Unknown codec `{wanted}` specified for {OUTPUT_ENCODING}.")
        return View(
            title,
            items,
            width=self.size[0] if looks else None,
            escape=looks,
            ascii_only=not self._draws_lines(stream),
            color=self.colors(color, stream),
        )

    def _draws_lines(self, stream: TextIO) -> bool:
        """Say whether a stream takes more than ASCII lines, and the locale wants more."""
        get = self._environ.get
        locale = get("LC_ALL") or get("LC_CTYPE") or get("LANG")
        if locale in _COERCED and not get("LC_ALL"):
            locale = get("LANG") or locale
        asked = get("PYTHONUTF8") == "1" or get("PYTHONIOENCODING") or get(OUTPUT_ENCODING)
        if locale in ("C", "POSIX") and not asked:
            return False
        try:
            "─│".encode(getattr(stream, "encoding", None) or "utf-8")
        except (UnicodeEncodeError, LookupError):
            return False
        return True

    def colors(self, wanted: str, stream: TextIO) -> bool:
        """Decide on colour: the flag, NO_COLOR, FORCE_COLOR, then the stream itself."""
        if wanted in ("on", "off"):
            return wanted == "on"
        if self._environ.get("NO_COLOR"):
            return False
        if forced := self._environ.get("FORCE_COLOR"):
            return forced.lower() not in ("0", "false")
        return stream.isatty() and self._environ.get("TERM") != "dumb"

    def write(self, text: str) -> None:
        """Print to standard output; a terminal gets no control characters but colours.

        Raises ClosedPipe when nobody reads it any more, CogidError when it cannot be written.
        """
        if self.shows_output:
            from cogid.controls import without_controls

            text = without_controls(text)
        try:
            self.out.write(text)
            self.out.flush()  # a page is seen when it is there, not when the last one is
        except BrokenPipeError:
            raise ClosedPipe from None
        except OSError as error:
            raise CogidError(f"Cannot write the output: {error.strerror}") from None

    def write_line(self, text: str) -> None:
        """Print a line without colours, like a file's name, which may hold anything."""
        if self.shows_output:
            from cogid.controls import escaped

            text = escaped(text)
        self.write(f"{text}\n")

    @contextmanager
    def paged(self, pager: str | None, *, color: str = "auto") -> Iterator[Callable[[str], None]]:
        """Give a function that prints, through the pager once it is more than a screenful.

        Without a person at the terminal, a pager or need for one it prints at once. ``color`` is
        the flag. Raises ConfigError, when all is printed, for a pager that cannot be started.
        """
        quiet = self._environ.get("CI") or self._environ.get("TERM") == "dumb"
        if not pager or pager.isspace() or quiet or not self.shows_output:
            yield self.write
            return
        from cogid.pager import paged

        with paged(self, pager, self._environ, colored=color == "on") as write:
            yield write

    def say_once(self, text: str) -> None:
        """Print a line to standard error, unless this run has done so before."""
        if text not in self._said:
            self._said.add(text)
            self.say(text)

    def say(self, text: str) -> None:
        """Print a line to standard error; where that fails there is nobody left to tell."""
        if self.shows_errors:
            from cogid.controls import without_controls

            text = without_controls(text, note=True)
        try:
            self.err.write(f"{text}\n")
            self.err.flush()
        except OSError:
            return


def _escape_as_json(error: UnicodeError) -> tuple[str, int]:
    """Escape what an encoding has not, half a surrogate pair among it, so that JSON stays JSON."""
    import json

    assert isinstance(error, UnicodeEncodeError)  # noqa: S101 - for mypy: nothing is read with it
    return json.dumps(error.object[error.start : error.end])[1:-1], error.end


codecs.register_error(ESCAPING, _escape_as_json)


def _is_codec(name: str) -> bool:
    try:
        "".encode(name)
    except LookupError:
        return False
    return True
