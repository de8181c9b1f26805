"""Questions at the terminal until a command line is whole (``--cli-auto-prompt``).

The run so far in, the words to run out. ``dialogue`` asks, ``line`` takes the answers,
``proposals`` finds what could be answered, and ``screen`` puts one question: the only module that
imports prompt_toolkit, which is an extra.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from cogid import install, request
from cogid.errors import UsageError

if TYPE_CHECKING:
    from cogid.app import App


def finished(app: App) -> list[str] | None:
    """Ask for what is missing, show the line, and give its words; None where nobody is asked.

    Raises UsageError where the extra is not installed, and KeyboardInterrupt when the person
    does not want to go on.
    """
    if not _wanted(app):
        return None
    try:
        from cogid.prompt import screen
    except ModuleNotFoundError as error:
        if error.name not in ("prompt_toolkit", "wcwidth"):
            raise
        missing = f"prompting needs prompt_toolkit; run: {install.command('prompt_toolkit')}"
        if app.line.flags.get("cli_auto_prompt"):
            raise UsageError(missing) from None
        app.terminal.say(f"note: {missing}; going on without")
        return None
    from cogid.completion import live
    from cogid.prompt.dialogue import Dialogue
    from cogid.prompt.line import Line

    terminal = app.terminal
    line = Line(app.line)
    Dialogue(
        line,
        screen.on(
            sys.stdin,
            terminal.err,
            colors=terminal.colors(app.line.flags.get("color", "auto"), terminal.err),
        ).ask,
        terminal.say,
        lambda source, typed: live.values(source, typed, line.flags, app.environ),
        terminal.size[0],
    ).finish()
    return line.words


def _wanted(app: App) -> bool:
    """Decide whether to prompt: only where a person can answer, and once."""
    line, terminal = app.line, app.terminal
    asked = bool(line.flags.get("cli_auto_prompt"))
    if asked and line.flags.get("no_cli_auto_prompt"):
        raise UsageError(
            "Both --cli-auto-prompt and --no-cli-auto-prompt cannot be specified at the same time."
        )
    operation = getattr(line.command, "operation", None)
    if app.prompted or (operation is None and line.name):
        return False
    if not (terminal.shows_output and terminal.draws_errors and sys.stdin and sys.stdin.isatty()):
        if asked:
            terminal.say(
                "note: --cli-auto-prompt: there is no terminal to prompt on; going on without"
            )
        return False
    if app.environ.get("CI") and not asked:
        return False  # there is a terminal sometimes, but never a person
    wanted = "on" if asked else "off" if "no_cli_auto_prompt" in line.flags else ""
    incomplete = operation is None or bool(request.missing(operation, line.flags))
    return (wanted or app.settings.auto_prompt.lower()) in (
        "on",
        "on-partial" if incomplete else "on",
    )
