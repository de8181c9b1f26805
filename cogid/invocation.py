"""One run of cogid: who it talks to, and what was understood of its words so far."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cogid.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from cogid.options import Flags
    from cogid.terminal import Terminal, View


class Invocation:
    """The surroundings of one run, passed along instead of reached for."""

    def __init__(self, terminal: Terminal, environ: Mapping[str, str]) -> None:
        self.terminal = terminal
        self.environ = environ
        self.prompted = False  # whether the words were completed at a prompt
        self.read([])

    def read(self, words: Sequence[str]) -> None:
        """Begin to read words, with nothing understood of them."""
        self.words = list(words)
        self.flags: Flags = {}  # filled while words are read; the settings look on
        self.settings = Settings(self.flags, self.environ)
        self.command: str | None = None

    def view(self, title: str, items: str | None = None, *, of_errors: bool = False) -> View:
        """Say how text is to be drawn for who looks at standard output, or error.

        ``items`` is the member that holds a list operation's items.
        """
        return self.terminal.view(title, items, color=self.settings.color, of_errors=of_errors)
