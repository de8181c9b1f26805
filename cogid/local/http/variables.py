"""The environment variables that lead an SDK to the local service, worded for each shell.

A URL in, lines out. Knows which shell is asking; never sets a variable itself.
"""

from __future__ import annotations

import shlex
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

SHELLS = ["bash", "zsh", "fish", "powershell", "cmd"]

_NAMES = {"pwsh": "powershell", "powershell_ise": "powershell", "sh": "bash", "dash": "bash"}

_HOW = {
    "bash": '# To set them in this shell: eval "$(cogid local env)"',
    "zsh": '# To set them in this shell: eval "$(cogid local env)"',
    "fish": "# To set them in this shell: cogid local env | source",
    "powershell": "# To set them in this shell: cogid local env | Out-String | Invoke-Expression",
    "cmd": "REM To set them: FOR /F \"tokens=*\" %i IN ('cogid local env') DO %i",
}


def variables(url: str, region: str = "us-east-1") -> dict[str, str]:
    """Name what an SDK needs to be set to work against the service at that URL.

    ``AWS_ENDPOINT_URL`` takes the other services there as well: with made-up credentials they
    could not work anywhere else.
    """
    return {
        "AWS_ENDPOINT_URL_COGNITO_IDENTITY": str(url),
        "AWS_ENDPOINT_URL": str(url),
        "AWS_ACCESS_KEY_ID": "local",
        "AWS_SECRET_ACCESS_KEY": "local",
        "AWS_REGION": region,
        "AWS_DEFAULT_REGION": region,
    }


def script(values: Mapping[str, str], shell: str) -> str:
    """Word the assignments for a shell, with a last line that says how to run them."""
    lines = [_assignment(name, value, shell) for name, value in values.items()]
    return "\n".join([*lines, _HOW[shell]])


def shell_in_use(environ: Mapping[str, str], parent: str, *, windows: bool) -> str:
    """Guess the shell: the parent process if it is one, else the login shell.

    ``parent`` is the parent's program name, empty where it cannot be told.
    """
    if windows:
        # cmd exports PROMPT to what it starts, PowerShell does not.
        return "cmd" if "PROMPT" in environ else "powershell"
    for candidate in (parent, environ.get("SHELL", "")):
        name = PurePath(candidate.strip().lstrip("-")).name
        name = _NAMES.get(name, name)
        if name in SHELLS:
            return name
    return "bash"


def parent_program(parent_id: int) -> str:
    """Name the program of the parent process, where the system shows it as a file (Linux)."""
    try:
        return Path(f"/proc/{parent_id}/comm").read_text(encoding="utf-8").strip()
    except OSError:
        return ""


def _assignment(name: str, value: str, shell: str) -> str:
    if shell == "fish":
        return f"set -gx {name} {shlex.quote(value)}"
    if shell == "powershell":
        quoted = value.replace("'", "''")
        return f"$Env:{name} = '{quoted}'"
    if shell == "cmd":
        return f"set {name}={value}"
    return f"export {name}={shlex.quote(value)}"
