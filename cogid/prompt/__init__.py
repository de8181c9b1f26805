"""Questions at the terminal until a command line is whole (``--cli-auto-prompt``).

The words that were typed in, the words to run out. ``dialogue`` asks, ``line`` takes the answers,
``proposals`` finds what could be answered, ``secrets`` says what must not be shown, and ``screen``
puts one question: the only module that imports prompt_toolkit, which is an extra.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from cogid.errors import UsageError

if TYPE_CHECKING:
    from cogid.invocation import Invocation
    from cogid.model import Operation

MISSING = "prompting needs prompt_toolkit; run: pip install 'cogid[prompt]'"


class NotInstalled(UsageError):
    """The extra is not there."""


def finished(invocation: Invocation, operation: Operation | None) -> list[str]:
    """Ask for what is missing, show the line, and give its words.

    Raises NotInstalled, and KeyboardInterrupt when the person does not want to go on.
    """
    try:
        from cogid.prompt import screen
    except ModuleNotFoundError as error:
        if error.name not in ("prompt_toolkit", "wcwidth"):
            raise
        raise NotInstalled(MISSING) from None
    from cogid.completion import live
    from cogid.prompt.dialogue import Dialogue
    from cogid.prompt.line import Line

    terminal = invocation.terminal
    colors = terminal.colors(invocation.settings.color, terminal.err)
    line = Line(invocation.words, operation, invocation.flags)
    Dialogue(
        line,
        screen.on(sys.stdin, terminal.err, colors=colors).ask,
        terminal.say,
        lambda source, typed: live.values(source, typed, line.flags, invocation.environ),
        terminal.size[0],
    ).finish()
    return line.words
