"""``cogid completion SHELL``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from cogid.completion import SHELLS, script
from cogid.errors import UsageError

if TYPE_CHECKING:
    from cogid.invocation import Invocation


@click.command()
@click.argument("shell", required=False)
@click.pass_obj
def completion(invocation: Invocation, shell: str | None) -> None:
    """Print the script that teaches a shell to complete cogid: bash, zsh, fish or powershell.

    \b
    bash        source <(cogid completion bash)
    zsh         source <(cogid completion zsh)
    fish        cogid completion fish | source
    powershell  cogid completion powershell | Out-String | Invoke-Expression

    Put the line into the file that the shell starts with.
    """
    if shell not in SHELLS:
        known = ", ".join(SHELLS)
        problem = f"there is no completion for {shell!r}" if shell else "a shell is missing"
        raise UsageError(f"{problem}; choose from {known}")
    invocation.terminal.write(script(shell))
