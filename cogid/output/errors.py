"""An error in, the text for standard error out, in the format that was asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cogid import output, secrets
from cogid.errors import CogidError, ServiceError, UnknownOptions, UsageError

if TYPE_CHECKING:
    from cogid.app import App

PROGRAM = "cogid"


def text(error: CogidError, app: App) -> str:
    """Word an error for who reads standard error, in the format that is set."""
    try:
        wanted = app.settings.error_format
    except CogidError:  # the configuration may be what is broken
        wanted = app.line.flags.get("cli_error_format", "enhanced")
    command = getattr(error, "command", None)
    command = app.line.name if command is None else command
    return error_text(
        error,
        wanted,
        command=command,
        view=app.terminal.view("error", color=app.line.flags.get("color", "auto"), of_errors=True),
        hint=_hint(error, app) if wanted == "enhanced" else None,
    )


def error_text(
    error: CogidError,
    error_format: str,
    *,
    command: str | None = None,
    view: output.View,
    hint: str | None = None,
) -> str:
    """Word an error; ``command`` names the command in the usage lines.

    Structured formats print the error's members and nothing else; the others print the
    sentence, and the enhanced one, for people, what may help them as well.
    """
    if error_format in ("json", "yaml", "text", "table"):
        return output.load(error_format).render(_without_secrets(error.details(), error), view)
    # Of errors that no service sent, the reference's older format has no code (2.36.7).
    bare = error_format == "legacy" and not isinstance(error, ServiceError)
    sentence = _without_secrets((error.message if bare else error.sentence()).rstrip(), error)
    text = f"\n{PROGRAM}: [ERROR]: {_shown(sentence, view)}\n"
    if isinstance(error, UsageError) and (error.usage or isinstance(error, UnknownOptions)):
        text += f"\n{error.usage if isinstance(error.usage, str) else usage(command)}"
    if error_format == "enhanced":
        text += _further_members(error, view)
        if hint := error.hint or hint:
            text += f"hint: {_shown(hint, view)}\n"
    return text


def _hint(error: CogidError, app: App) -> str | None:
    """Find advice on what the service said, or on why it was not reached."""
    if error.hint or isinstance(error, UsageError):
        return None
    from cogid import hints

    if not isinstance(error, ServiceError):
        return hints.hint_for_surroundings(error, app)
    return hints.hint_for(error, error.request, error.region) if error.request else None


def usage(command: str | None) -> str:
    """Say in three lines how a command line is built and where more is said."""
    if not command:
        line = f"usage: {PROGRAM} [global flags] COMMAND [flags]"
        more = f"{PROGRAM} help"
    else:
        line = f"usage: {PROGRAM} {command} [flags]"
        more = f"{PROGRAM} {command} -h"
    return f"{line}\nTo see what it takes, run: {more}\n"


def _further_members(error: CogidError, view: output.View) -> str:
    """Give the members of the service's error beyond code and message, a line each."""
    if not isinstance(error, ServiceError):
        return ""
    known = {"code", "message"}
    further = {k: v for k, v in error.fields.items() if k.lower() not in known}
    further = _without_secrets(further, error)
    lines = (_shown(f"{name}: {value}", view) for name, value in further.items())
    text = "".join(f"{line}\n" for line in lines)
    return f"\nAdditional error details:\n{text}" if text else ""


def _without_secrets(value: Any, error: CogidError) -> Any:
    """Shorten tokens, and what the error knows to be secret.

    What a service quotes may be a user's name: of that, only what is as long as a token.
    """
    if isinstance(value, str):
        shortest = secrets.LONG if isinstance(error, ServiceError) else secrets.SHORTEST
        known = [each for each in error.secrets if len(each) >= shortest]
        if isinstance(error, UnknownOptions):  # a token that was cut into words at a blank
            known += filter(secrets.looks_random, value.replace(",", " ").split())
        return secrets.clean(value, known)
    if isinstance(value, dict):
        return {name: _without_secrets(each, error) for name, each in value.items()}
    return value


def _shown(text: str, view: output.View) -> str:
    """Show control characters on a terminal, and indent further lines.

    Some messages have several; begun at the margin, they could pass for lines of cogid's own.
    """
    if not view.escape:
        return text
    from cogid.controls import escaped

    return "\n  ".join(map(escaped, text.split("\n")))
