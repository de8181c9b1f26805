"""What TAB proposes: a script for each shell, and the values that only cogid can look up.

``table`` says what can follow what; ``bash``, ``zsh``, ``fish`` and ``powershell`` write it as
scripts, which are kept in ``completions/`` and answer without Python whatever does not change.
For pools, identities, profiles and the like a script asks ``cogid completion SHELL --values
SOURCE``: ``live`` finds them, ``cache`` keeps them for a minute.
"""

from __future__ import annotations

FILES = {
    "bash": "cogid.bash",
    "zsh": "_cogid",
    "fish": "cogid.fish",
    "powershell": "cogid.ps1",
}
"""The shells, each with the file in ``completions/``."""


def script(shell: str) -> str:
    """Write the script for a shell, one of ``FILES``."""
    from importlib import import_module

    from cogid.completion import table

    text: str = import_module(f"cogid.completion.{shell}").script(table.load())
    return text
