"""``cogid completion SHELL``: the script that makes TAB work."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from cogid import completion
from cogid.errors import UsageError
from cogid.options import Command

if TYPE_CHECKING:
    from cogid.app import App
    from cogid.options import Flags


def run(flags: Flags, app: App) -> None:
    """Print the script for a shell."""
    shell = flags.get("shell")
    if shell not in completion.SHELLS:
        known = ", ".join(completion.SHELLS)
        problem = f"there is no completion for {shell!r}" if shell else "a shell is missing"
        raise UsageError(f"{problem}; choose from {known}")
    app.terminal.write(completion.script(shell))


command = Command(
    "completion",
    run,
    summary="Print the script that makes TAB work in a shell",
    about="Put the line for your shell into the file that it starts with.",
    params=[
        click.Argument(
            ["shell"], required=False, type=click.Choice(list(completion.SHELLS)), metavar="SHELL"
        )
    ],
    examples=[
        ("bash", "source <(cogid completion bash)"),
        ("zsh", "source <(cogid completion zsh)"),
        ("fish", "cogid completion fish | source"),
        ("PowerShell", "cogid completion powershell | Out-String | Invoke-Expression"),
    ],
)
