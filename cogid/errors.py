"""Every way a command can fail, each with its exit code.

Raised close to the cause, caught only in ``__main__``. The codes are those of AWS CLI v2
(``docs/exit-codes.md`` lists them with examples).
"""

from __future__ import annotations

TYPE_CHECKING = False  # as typing's; loading typing takes a fifth of a TAB's time
if TYPE_CHECKING:
    from typing import Any

    from cogid.request import Request


class CogidError(Exception):
    """Something failed that has no better class: exit code 255.

    ``code`` is the short name in ``An error occurred (code): …``, or None where the reference
    prints the bare message. ``hint`` is a further line for the person at the terminal.
    ``secrets`` are what the message may repeat and must not show.
    """

    exit_code = 255
    code: str | None = None

    def __init__(self, message: str, *, code: str | None = None, hint: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.code = code or type(self).code
        self.hint = hint
        self.secrets: list[str] = []

    def details(self) -> dict[str, Any]:
        """Give what structured error formats print of it."""
        return {"Code": self.code or "GeneralError", "Message": self.message}

    def sentence(self) -> str:
        """Give the message as the reference words it, without the program's name."""
        return f"An error occurred ({self.code}): {self.message}" if self.code else self.message


class UsageError(CogidError):
    """The command line is wrong: exit code 252, nothing was sent.

    ``usage`` asks for the usage lines under the message, or is a longer text to put there.
    ``command`` names the command that the line names, as far as it was read.
    """

    exit_code = 252
    code = "ParamValidation"

    def __init__(self, message: str, *, usage: bool | str = False, hint: str | None = None) -> None:
        super().__init__(message, hint=hint)
        self.usage = usage
        self.command: str | None = None


class UnknownOptions(UsageError):
    """Words that no flag takes: the reference prints these without an error code."""

    def sentence(self) -> str:
        """Give the bare message: the reference names no code here."""
        return self.message


class ConfigError(CogidError):
    """No region, no credentials, or a setting that cannot be read: exit code 253."""

    exit_code = 253
    code = "Configuration"


class ServiceError(CogidError):
    """The service answered with an error: exit code 254.

    ``fields`` is the error as the service sent it: Code, Message and the modelled members.
    ``request`` and ``region`` say what was asked, and where: hints are made of them.
    """

    exit_code = 254

    def __init__(
        self, operation: str, fields: dict[str, Any], *, retries: str = "", hint: str | None = None
    ) -> None:
        super().__init__(fields.get("Message", ""), code=fields.get("Code", "Unknown"), hint=hint)
        self.operation = operation
        self.fields = fields
        self.retries = retries
        self.request: Request | None = None
        self.region = ""

    def details(self) -> dict[str, Any]:
        """Give the members of the service's error."""
        return self.fields

    def sentence(self) -> str:
        """Give the message as the reference words it, with operation and retries."""
        return (
            f"An error occurred ({self.code}) when calling the {self.operation} operation"
            f"{self.retries}: {self.message}"
        )


class SomeFailed(CogidError):
    """The call went through but left items undone: exit code 1, the reply is on stdout."""

    exit_code = 1


class CheckFailed(CogidError):
    """What was looked at is wrong, and standard output says how: exit code 1."""

    exit_code = 1
    code = "CheckFailed"

    def sentence(self) -> str:
        """Give the bare message: it is no error that occurred."""
        return self.message


class CannotRun(CogidError):
    """A program cannot be run: the exit code is the shell's for it, 126 or 127."""

    def __init__(self, message: str, exit_code: int) -> None:
        super().__init__(message)
        self.exit_code = exit_code


class Interrupted(CogidError):
    """A signal ended work of which something was done: the exit code is the shell's for it."""

    def __init__(self, number: int) -> None:
        super().__init__("Interrupted")
        self.exit_code = 128 + number


class ClosedPipe(Exception):
    """The reader of standard output went away: end quietly with exit code 141."""
