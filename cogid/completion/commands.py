"""``cogid completion SHELL``, and what the scripts ask when TAB is pressed."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from cogid import completion as scripts
from cogid.errors import UsageError

if TYPE_CHECKING:
    from cogid.invocation import Invocation


@click.command()
@click.argument("shell", required=False)
@click.option("--values", "source", hidden=True)
@click.pass_obj
def completion(invocation: Invocation, shell: str | None, source: str | None) -> None:
    """Print the script that teaches a shell to complete cogid: bash, zsh, fish or powershell.

    \b
    bash        source <(cogid completion bash)
    zsh         source <(cogid completion zsh)
    fish        cogid completion fish | source
    powershell  cogid completion powershell | Out-String | Invoke-Expression

    Put the line into the file that the shell starts with.
    """
    if source is not None:
        from cogid.completion import answer

        answer.run([source], sys.stdin.buffer, invocation.terminal, invocation.environ)
        return
    if shell not in scripts.FILES:
        known = ", ".join(scripts.FILES)
        problem = f"there is no completion for {shell!r}" if shell else "a shell is missing"
        raise UsageError(f"{problem}; choose from {known}")
    invocation.terminal.write(scripts.script(shell))
