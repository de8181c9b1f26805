"""Which shell is asking, and how it is told to set variables. It sets none itself.

Values may come from anywhere: whatever one holds, the line sets the variable to it and does
nothing else.
"""

from __future__ import annotations

import os
import re
import sys
from typing import TYPE_CHECKING

from cogid.errors import CogidError

if TYPE_CHECKING:
    from collections.abc import Mapping

SHELLS = ("bash", "zsh", "fish", "powershell", "cmd")

_NAMES = {"pwsh": "powershell", "powershell_ise": "powershell", "sh": "bash", "dash": "bash"}
_PLAIN = re.compile(r"[A-Za-z0-9_@%+=:,./-]+")
_QUOTES_OF_POWERSHELL = re.compile("['\u2018\u2019\u201a\u201b]")
_NOT_FOR_CMD = re.compile(r'["%!\r\n]')  # what no quotes keep from being read as something else


def in_use(environ: Mapping[str, str]) -> str:
    """Name the shell that runs this process."""
    return guess(environ, parent_program(os.getppid()), windows=sys.platform == "win32")


def guess(environ: Mapping[str, str], parent: str, *, windows: bool) -> str:
    """Guess the shell: the parent process if it is one, else the login shell.

    ``parent`` is the parent's program name, empty where it cannot be told.
    """
    if windows:
        # cmd exports PROMPT to what it starts, PowerShell does not.
        return "cmd" if "PROMPT" in environ else "powershell"
    for candidate in (parent, environ.get("SHELL", "")):
        name = candidate.strip().lstrip("-").rpartition("/")[2]
        name = _NAMES.get(name, name)
        if name in SHELLS:
            return name
    return "bash"


def parent_program(parent_id: int) -> str:
    """Name the program of the parent process, where the system shows it as a file (Linux)."""
    try:
        with open(f"/proc/{parent_id}/comm", encoding="utf-8") as file:  # noqa: PTH123
            return file.read().strip()
    except OSError:
        return ""


def assignment(name: str, value: str, shell: str) -> str:
    """Word the line that sets a variable and passes it on to what the shell starts.

    Raises CogidError for a value that cannot be written for that shell.
    """
    if shell == "fish":
        quoted = value.replace("\\", "\\\\").replace("'", "\\'")
        plain = _PLAIN.fullmatch(value)
        return f"set -gx {name} {value}" if plain else f"set -gx {name} '{quoted}'"
    if shell == "powershell":
        quoted = _QUOTES_OF_POWERSHELL.sub(lambda found: found.group() * 2, value)
        return f"$Env:{name} = '{quoted}'"
    if shell == "cmd":
        if _NOT_FOR_CMD.search(value):
            raise CogidError(f'cmd cannot be given the value of {name}: it holds one of " % !')
        return f'set "{name}={value}"'
    quoted = value.replace("'", "'\"'\"'")
    return f"export {name}={value}" if _PLAIN.fullmatch(value) else f"export {name}='{quoted}'"
