"""Which shell is asking, and that its lines set exactly the value: tried in those at hand."""

from __future__ import annotations

import shutil
import subprocess

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cogid.errors import CogidError
from cogid.shells import assignment, guess

SHELLS = [
    # environment, parent, windows, shell
    ({"SHELL": "/bin/bash"}, "fish", False, "fish"),
    ({"SHELL": "/usr/bin/zsh"}, "make", False, "zsh"),
    ({"SHELL": "/usr/bin/zsh"}, "", False, "zsh"),
    ({"SHELL": "/bin/bash"}, "pwsh", False, "powershell"),
    ({"SHELL": "/bin/sh"}, "", False, "bash"),
    ({"SHELL": "/bin/csh"}, "-zsh", False, "zsh"),
    ({}, "", False, "bash"),
    ({"PROMPT": "$P$G"}, "", True, "cmd"),
    ({}, "", True, "powershell"),
]


@pytest.mark.parametrize(("environ", "parent", "windows", "shell"), SHELLS)
def test_the_shell_in_use_is_guessed(
    environ: dict[str, str], parent: str, *, windows: bool, shell: str
) -> None:
    """The parent process says it best, then the login shell."""
    assert guess(environ, parent, windows=windows) == shell


ANYTHING = st.text(st.characters(codec="utf-8", exclude_characters="\0"))
NASTY = [
    "a'b",
    'a"b',
    "a\\\\b\\",
    "$(touch x)`id`",
    "a\nb",
    "\u2018\u2019",
    "!!",
    "%PATH%",
    "a;b & c | d",
]
# How a shell runs lines and prints the variable.
RUN = {
    "bash": ["bash", "--norc", "-c", 'eval "$1"; printf %s "$A"', "-"],
    "zsh": ["zsh", "-f", "-c", 'eval "$1"; printf %s "$A"', "-"],
    "fish": ["fish", "--no-config", "-c", "eval $argv[1]; printf %s $A"],
}


@pytest.mark.parametrize("shell", RUN)
@given(value=ANYTHING)
def test_a_shell_sets_the_very_value(shell: str, value: str) -> None:
    """Whatever a value holds, nothing of it is run and nothing is lost."""
    _tried(shell, value)


@pytest.mark.parametrize("shell", RUN)
@pytest.mark.parametrize("value", NASTY)
def test_a_value_that_wants_to_be_run_is_not(shell: str, value: str) -> None:
    """Quotes, expansions and ends of lines stay what they are."""
    _tried(shell, value)


def _tried(shell: str, value: str) -> None:
    if shutil.which(shell) is None:
        pytest.skip(f"{shell} is not installed")
    line = assignment("A", value, shell)
    found = subprocess.run([*RUN[shell], line], check=True, capture_output=True)
    assert found.stdout.decode() == value
    assert found.stderr == b""


def test_powershell_has_five_single_quotes() -> None:
    """Each ends a text in single quotes unless it is doubled."""
    line = assignment("A", "'\u2018\u2019\u201a\u201b", "powershell")

    assert line == "$Env:A = '''\u2018\u2018\u2019\u2019\u201a\u201a\u201b\u201b'"


def test_cmd_gets_its_quotes() -> None:
    """What would end the command stands between them."""
    assert assignment("A", "a&b|c<d>e^f", "cmd") == 'set "A=a&b|c<d>e^f"'


@pytest.mark.parametrize("letter", ['"', "%", "!", "\n", "\r"])
def test_cmd_is_refused_what_it_cannot_quote(letter: str) -> None:
    """No line at all is better than one that runs something."""
    with pytest.raises(CogidError, match="cmd cannot be given the value of A"):
        assignment("A", f"a{letter}b", "cmd")
