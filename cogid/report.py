"""An error in, the text for standard error out, in the format that was asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cogid import output, secrets
from cogid.errors import ServiceError, UnknownOptions, UsageError

if TYPE_CHECKING:
    from cogid.errors import CogidError

PROGRAM = "cogid"


def error_text(
    error: CogidError, error_format: str, *, command: str | None = None, style: output.Style
) -> str:
    """Word an error; ``command`` names the operation in the usage lines.

    Structured formats print the error's members and nothing else; the others print the
    sentence, and the enhanced one, for people, what may help them as well.
    """
    if error_format in ("json", "yaml", "text", "table"):
        return output.writer(error_format).render(_without_secrets(error.details(), error), style)
    sentence = _without_secrets(error.sentence().rstrip(), error)
    text = f"\n{PROGRAM}: [ERROR]: {_shown(sentence, style)}\n"
    if isinstance(error, UsageError) and (error.usage or isinstance(error, UnknownOptions)):
        text += f"\n{error.usage if isinstance(error.usage, str) else usage(command)}"
    if error_format == "enhanced":
        text += _further_members(error, style)
        if error.hint:
            text += f"hint: {_shown(error.hint, style)}\n"
    return text


def usage(command: str | None) -> str:
    """Say in three lines how a command line is built and where more is said."""
    if not command:
        line = f"usage: {PROGRAM} [global flags] COMMAND [flags]"
        more = f"{PROGRAM} help"
    else:
        line = f"usage: {PROGRAM} {command} [flags]"
        more = f"{PROGRAM} {command} -h"
    return f"{line}\nTo see what it takes, run: {more}\n"


def _further_members(error: CogidError, style: output.Style) -> str:
    """Give the members of the service's error beyond code and message, a line each."""
    if not isinstance(error, ServiceError):
        return ""
    known = {"code", "message"}
    further = {k: v for k, v in error.fields.items() if k.lower() not in known}
    further = _without_secrets(further, error)
    lines = (f"{name}: {_shown(str(value), style)}" for name, value in further.items())
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


def _shown(text: str, style: output.Style) -> str:
    """Show control characters on a terminal, apart from the line breaks of our own messages."""
    if not style.escape:
        return text
    from cogid.terminal import escaped

    return "\n".join(map(escaped, text.split("\n")))
