import io

from cogid.invocation import Invocation
from cogid.output import View
from cogid.terminal import Terminal


class Tty(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self):
        """Say so."""
        return True


def test_a_pipe_is_drawn_for_without_width_escapes_or_colour():
    """Nobody looks at a pipe, so nothing is fitted or hidden."""
    terminal = Terminal(io.StringIO(), Tty(), {"TERM": "xterm"})

    assert Invocation(terminal, {}).view("GetId") == View("GetId")


def test_a_terminal_is_drawn_for_as_wide_as_it_is():
    """A person gets the terminal's width, escaped control characters and colour."""
    environ = {"TERM": "xterm", "COLUMNS": "90", "LINES": "20"}
    view = Invocation(Terminal(Tty(), io.StringIO(), environ), environ).view("GetId")

    assert view == View("GetId", width=90, escape=True, color=True)


def test_errors_are_drawn_for_who_looks_at_standard_error():
    """Standard error has a view of its own, whatever stands at standard output."""
    terminal = Terminal(io.StringIO(), Tty(), {"TERM": "xterm"})

    assert Invocation(terminal, {}).view("error", of_errors=True).escape


def test_the_settings_look_on_while_flags_are_read():
    """A flag that becomes known later counts in the settings that were there before."""
    invocation = Invocation(Terminal(io.StringIO(), io.StringIO(), {}), {})
    settings = invocation.settings
    invocation.flags["region"] = "eu-west-1"

    assert settings.region == "eu-west-1"
