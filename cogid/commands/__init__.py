"""What can be typed beside the operations: a command a file, named here.

To add one, write ``commands/NAME.py`` with a ``command`` in it (``options.Command`` or
``options.CommandGroup``) and put its name into ``NAMES``: help, man pages, completion and errors
follow. A module is loaded when its command is named or when all are listed, so it imports what
is heavy where it is used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cogid.options import Command, CommandGroup

NAMES = (
    *("creds", "exec", "profile"),
    *("doctor", "token", "which-role", "explain"),
    *("help", "local", "completion"),
)


def load(name: str) -> Command | CommandGroup:
    """Give the command of that name, one of ``NAMES``."""
    found: Command | CommandGroup = import_module(
        f"cogid.commands.{name.replace('-', '_')}"
    ).command
    return found
