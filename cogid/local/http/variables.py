"""The environment variables that lead an SDK to the local service, worded for each shell.

A URL in, lines out. Never sets a variable itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cogid.shells import assignment

if TYPE_CHECKING:
    from collections.abc import Mapping

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
    lines = [assignment(name, value, shell) for name, value in values.items()]
    return "\n".join([*lines, _HOW[shell]])
