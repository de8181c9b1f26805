"""A person's pager: text held back until it is more than a screenful, then handed over.

Knows which pagers take colours, and what to do without one. Loaded only for a terminal.
"""

from __future__ import annotations

import re
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any

from cogid.controls import COLOR, without_controls
from cogid.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from cogid.terminal import Terminal

# As AWS CLI sets it: leave a short text on the screen, and let colours through.
DEFAULT_PAGER, LESS = "less", "FRX"
_RAW = re.compile(r"(?:^|\s)(?:-?[A-Za-z]*[Rr]|--RAW-CONTROL-CHARS)", re.ASCII)


@contextmanager
def paged(
    terminal: Terminal, pager: str, environ: Mapping[str, str], *, colored: bool
) -> Iterator[Callable[[str], None]]:
    """Give a function that prints, through the pager once it is more than a screenful.

    ``colored`` tells to give colours to any pager. Raises ConfigError, when all is printed, for a
    pager that cannot be started.
    """
    screen = _Pager(terminal, pager, {"LESS": LESS, **environ}, colored=colored)
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


class _PagerLeft(Exception):
    """The pager was quit before the text ended."""


class _Pager:
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
                errors=self._terminal.escaping,
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
        text = without_controls(text)
        try:
            self._process.stdin.write(text if self._colored else COLOR.sub("", text))
            self._process.stdin.flush()
        except BrokenPipeError:
            raise _PagerLeft from None


def _rows(text: str, columns: int) -> int:
    """Count the rows that a text takes on the screen."""
    lines = COLOR.sub("", text).split("\n")
    return sum(1 + max(_width(line) - 1, 0) // columns for line in lines) - 1


def _width(line: str) -> int:
    if line.isascii():
        return len(line)
    from unicodedata import east_asian_width

    return sum(1 + (east_asian_width(letter) in "WF") for letter in line)
