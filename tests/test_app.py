import io

import pytest

from cogid import argv
from cogid.app import App
from cogid.cli import Cogid
from cogid.errors import CogidError
from cogid.output import View
from cogid.terminal import Terminal


class Tty(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self):
        """Say so."""
        return True


def started(terminal, environ, *words):
    """Begin a run on that terminal."""
    app = App(terminal, environ)
    app.line = argv.parse(words, Cogid())
    return app


def test_a_pipe_is_drawn_for_without_width_escapes_or_colour():
    """Nobody looks at a pipe, so nothing is fitted or hidden."""
    terminal = Terminal(io.StringIO(), Tty(), {"TERM": "xterm"})

    assert started(terminal, {}).view("GetId") == View("GetId")


def test_a_terminal_is_drawn_for_as_wide_as_it_is():
    """A person gets the terminal's width, escaped control characters and colour."""
    environ = {"TERM": "xterm", "COLUMNS": "90", "LINES": "20"}
    style = started(Terminal(Tty(), io.StringIO(), environ), environ).view("GetId")

    assert style == View("GetId", width=90, escape=True, color=True)


def test_errors_are_drawn_for_who_looks_at_standard_error():
    """Standard error has a style of its own, whatever stands at standard output."""
    terminal = Terminal(io.StringIO(), Tty(), {"TERM": "xterm"})

    assert started(terminal, {}).view("error", of_errors=True).escape


@pytest.mark.parametrize(
    ("encoding", "ascii_only"),
    [("utf-8", False), ("ascii", True), ("latin-1", True), ("no-such", True)],
)
def test_lines_are_drawn_only_where_they_can_be_written(encoding, ascii_only):
    """A stream that takes no line drawing gets ASCII."""

    class Encoded(io.StringIO):
        @property
        def encoding(self):
            return encoding

    terminal = Terminal(Encoded(), io.StringIO(), {})

    assert started(terminal, {}).view("GetId").ascii_only is ascii_only


def test_settings_are_made_when_they_are_asked_for(tmp_path):
    """A configuration file that is broken stops no command that needs none."""
    (tmp_path / ".aws").mkdir()
    (tmp_path / ".aws" / "config").write_text("broken")
    app = started(Terminal(io.StringIO(), io.StringIO(), {}), {"HOME": str(tmp_path)})

    assert app.view("GetId") == View("GetId")
    with pytest.raises(CogidError, match="Unable to parse config file"):
        app.settings  # noqa: B018 - it is made here


def test_another_line_is_a_run_of_its_own():
    """What was prompted for runs in the same surroundings, and is not prompted for again."""
    app = started(Terminal(io.StringIO(), io.StringIO(), {}), {})
    again = app.again()

    assert (again.terminal, again.environ) == (app.terminal, app.environ)
    assert again.prompted
