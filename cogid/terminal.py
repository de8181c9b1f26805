"""Where text goes: standard output and error, as a terminal or as a pipe.

Knows width, colour, paging, closed pipes and full disks. A ``Terminal`` is made of two
streams and an environment, so a test makes one of two ``StringIO``.
"""

from __future__ import annotations

import codecs
import os
import re
import sys
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any, NamedTuple, TextIO, cast

from cogid.errors import CogidError, ConfigError

if TYPE_CHECKING:
    import io
    from collections.abc import Callable, Iterator, Mapping

# DEL, C1, ends of lines, and marks that turn the direction of text: with C0, what a tag or a user
# name could rewrite with what the person sees.
_STEERING = "\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u206f"
_CONTROL = re.compile(f"[\x00-\x1f{_STEERING}]")
_MARKS = re.compile(f"[{_STEERING}]")
# The last line of defence, whoever made a text: of what goes to a terminal only colours are cogid's
# own, and clearing the line before a note.
_FOREIGN = f"[\x00-\x08\x0b-\x1f{_STEERING}]"
_COLOR = re.compile("\x1b\\[[0-9;]*m")
_WRITTEN = re.compile(f"(?P<own>{_COLOR.pattern})|{_FOREIGN}")
_SAID = re.compile(f"(?P<own>\\A\r\x1b\\[K)|{_FOREIGN}")
# Where the C locale is set by LANG or not at all, Python sets LC_CTYPE to one of these.
_COERCED = ("C.UTF-8", "C.utf8", "UTF-8")
OUTPUT_ENCODING = "AWS_CLI_OUTPUT_ENCODING"
# As AWS CLI sets it: leave a short text on the screen, and let colours through.
DEFAULT_PAGER, LESS = "less", "FRX"
_RAW = re.compile(r"(?:^|\s)(?:-?[A-Za-z]*[Rr]|--RAW-CONTROL-CHARS)", re.ASCII)
_SHORT = {"\n": "\\n", "\r": "\\r", "\t": "\\t"}


class ClosedPipe(Exception):
    """The reader of standard output went away: end quietly with exit code 141."""


def escaped(text: str) -> str:
    r"""Show control characters as ``\n``, ``\x1b``, ``\u202e``."""
    return _CONTROL.sub(lambda found: _escape(found.group()), text)


def _escape(character: str) -> str:
    code = ord(character)
    short = f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"  # noqa: PLR2004
    return _SHORT.get(character, short)


def harmless(text: str) -> str:
    r"""Show as ``\u202e`` what JSON and YAML, which escape C0 themselves, would let through."""
    return _MARKS.sub(lambda found: f"\\u{ord(found.group()):04x}", text)


def _escape_as_json(error: UnicodeError) -> tuple[str, int]:
    """Escape what an encoding has not, half a surrogate pair among it, so that JSON stays JSON."""
    import json

    assert isinstance(error, UnicodeEncodeError)  # noqa: S101 - for mypy: nothing is read with it
    return json.dumps(error.object[error.start : error.end])[1:-1], error.end


_ESCAPING = "cogid.escape"
codecs.register_error(_ESCAPING, _escape_as_json)


def _is_codec(name: str) -> bool:
    try:
        "".encode(name)
    except LookupError:
        return False
    return True


def _unless_own(found: re.Match[str]) -> str:
    return found["own"] or _escape(found.group())


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

    def __init__(self, out: TextIO, err: TextIO, environ: Mapping[str, str]) -> None:
        self.out = out
        self.err = err
        self._environ = environ
        self._encode()
        # Whether a person looks at a terminal.
        self.shows_output = out.isatty()
        self.shows_errors = err.isatty()

    def _encode(self) -> None:
        """Write in AWS_CLI_OUTPUT_ENCODING, if it is one, and escape what the encoding has not."""
        wanted = self._environ.get(OUTPUT_ENCODING)
        encoding = wanted if wanted is not None and _is_codec(wanted) else None
        for stream in (self.out, self.err):
            if hasattr(stream, "reconfigure"):
                chosen = stream.errors in ("replace", "ignore", "xmlcharrefreplace", "namereplace")
                stream.reconfigure(encoding=encoding, errors=stream.errors if chosen else _ESCAPING)

    @property
    def draws_errors(self) -> bool:
        """Whether something that moves can be drawn on standard error."""
        return self.shows_errors and self._environ.get("TERM") != "dumb"

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

    @classmethod
    def of_process(cls, environ: Mapping[str, str]) -> Terminal:
        """Give the terminal of the process; Windows gets UTF-8, whatever its code page."""
        if os.name == "nt":
            for stream in (sys.stdout, sys.stderr):
                cast("io.TextIOWrapper", stream).reconfigure(encoding="utf-8")
        return cls(sys.stdout, sys.stderr, environ)

    def view(
        self, title: str, items: str | None = None, *, color: str = "auto", of_errors: bool = False
    ) -> View:
        """Say how text is to be drawn for who looks at standard output, or error.

        ``items`` is the member that holds a list operation's items, ``color`` the flag. Raises
        CogidError for an AWS_CLI_OUTPUT_ENCODING that is none, before anything is sent.
        """
        stream = self.err if of_errors else self.out
        looks = self.shows_errors if of_errors else self.shows_output
        wanted = self._environ.get(OUTPUT_ENCODING, "ascii")
        if not of_errors and not _is_codec(wanted):
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
        if self._environ.get("FORCE_COLOR"):
            return True
        return stream.isatty() and self._environ.get("TERM") != "dumb"

    def write(self, text: str) -> None:
        """Print to standard output; a terminal gets no control characters but colours.

        Raises ClosedPipe when nobody reads it any more, CogidError when it cannot be written.
        """
        try:
            self.out.write(_WRITTEN.sub(_unless_own, text) if self.shows_output else text)
            self.out.flush()  # a page is seen when it is there, not when the last one is
        except BrokenPipeError:
            raise ClosedPipe from None
        except OSError as error:
            raise CogidError(f"Cannot write the output: {error.strerror}") from None

    def write_line(self, text: str) -> None:
        """Print a line without colours, like a file's name, which may hold anything."""
        self.write(f"{escaped(text) if self.shows_output else text}\n")

    def flush(self) -> None:
        """Make sure that all was written, by whomever; raises as ``write`` does."""
        self.write("")

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
        screen = _Screen(self, pager, {"LESS": LESS, **self._environ}, colored=color == "on")
        try:
            yield screen.write
        except _PagerLeft:
            return
        finally:
            screen.close()
        if screen.problem:
            raise ConfigError(
                "Unable to redirect output to pager. Received the following error when opening "
                f"pager:\n{screen.problem}\n\nLearn more about configuring the output pager by "
                'running "aws help config-vars".',
                code="Pager",
            )

    def say(self, text: str) -> None:
        """Print a line to standard error; where that fails there is nobody left to tell."""
        try:
            text = _SAID.sub(_unless_own, text) if self.shows_errors else text
            self.err.write(f"{text}\n")
            self.err.flush()
        except OSError:
            return


class _PagerLeft(Exception):
    """The pager was quit before the text ended."""


class _Screen:
    """Holds text back until it is more than a screenful, then hands it all to the pager."""

    def __init__(
        self, terminal: Terminal, pager: str, environ: Mapping[str, str], *, colored: bool
    ) -> None:
        self.problem = ""
        self._terminal = terminal
        self._pager = pager
        self._environ = environ
        self._colored = colored
        self._held: list[str] = []
        self._started = False
        self._process: Any = None
        self._left = terminal.size[1] - 1

    def write(self, text: str) -> None:
        self._held.append(text)
        if not self._started:
            self._left -= _rows(text, self._terminal.size[0])
            if self._left >= 0:
                return
            self._start()
        self._release()

    def close(self) -> None:
        if not self._started and any(self._held) and not self._can_start():
            self._start()  # to hear why not, as the reference does for short texts, too
        with suppress(_PagerLeft):
            self._release()
        if self._process is None:
            return
        with suppress(BrokenPipeError):
            self._process.stdin.close()
        while True:
            try:
                self._process.wait()
            except KeyboardInterrupt:
                continue  # Ctrl-C belongs to the pager while it runs
            return

    def _can_start(self) -> bool:
        if self._pager == DEFAULT_PAGER:
            return True  # or is done without
        import shlex
        import shutil

        try:
            program = shlex.split(self._pager)[0]
            return shutil.which(program, path=self._environ.get("PATH")) is not None
        except ValueError:
            return False

    def _start(self) -> None:
        import shlex
        import subprocess

        self._started = True
        try:
            words = shlex.split(self._pager)
            self._process = subprocess.Popen(  # noqa: S603 - the user's own pager
                words,
                stdin=subprocess.PIPE,
                env=self._environ,
                encoding=getattr(self._terminal.out, "encoding", None) or "utf-8",
                errors=_ESCAPING,
            )
        except (OSError, ValueError) as error:
            if self._pager != DEFAULT_PAGER:  # small containers have none, and nobody named it
                self.problem = str(error)
            return
        options = f"{self._environ['LESS']} {' '.join(words[1:])}"
        takes_colors = words[0].rpartition("/")[2] == "less" and _RAW.search(options)
        self._colored = self._colored or bool(takes_colors)

    def _release(self) -> None:
        text = "".join(self._held)
        self._held = []
        if self._process is None:
            self._terminal.write(text)
            return
        text = _WRITTEN.sub(_unless_own, text)
        try:
            self._process.stdin.write(text if self._colored else _COLOR.sub("", text))
            self._process.stdin.flush()
        except BrokenPipeError:
            raise _PagerLeft from None


def _rows(text: str, columns: int) -> int:
    """Count the rows that a text takes on the screen."""
    lines = _COLOR.sub("", text).split("\n")
    return sum(1 + max(_width(line) - 1, 0) // columns for line in lines) - 1


def _width(line: str) -> int:
    if line.isascii():
        return len(line)
    from unicodedata import east_asian_width

    return sum(1 + (east_asian_width(letter) in "WF") for letter in line)
