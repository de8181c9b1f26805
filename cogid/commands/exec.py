"""``cogid exec``: a command with temporary credentials of a pool in its environment."""

from __future__ import annotations

import os
import signal
import sys
from typing import TYPE_CHECKING

import click

from cogid import arns
from cogid.commands import creds
from cogid.errors import CannotRun, UsageError
from cogid.options import NONE, Command, Flag

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable, Mapping
    from typing import NoReturn

    from cogid.app import App
    from cogid.options import Flags

NOT_EXECUTABLE, NOT_FOUND = 126, 127  # as shells count it
# Of other credentials: an SDK could take them instead.
OTHERS = (
    "AWS_ACCESS_KEY_ID",
    "AWS_SECRET_ACCESS_KEY",
    "AWS_SESSION_TOKEN",
    "AWS_SECURITY_TOKEN",
    "AWS_CREDENTIAL_EXPIRATION",
    "AWS_ACCOUNT_ID",
    "AWS_PROFILE",
    "AWS_DEFAULT_PROFILE",
    "AWS_ROLE_ARN",
    "AWS_ROLE_SESSION_NAME",
    "AWS_WEB_IDENTITY_TOKEN_FILE",
    "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI",
    "AWS_CONTAINER_CREDENTIALS_FULL_URI",
    "AWS_CONTAINER_AUTHORIZATION_TOKEN",
    "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE",
)


def run(flags: Flags, app: App) -> None:
    """Become the command, or serve it with credentials as long as it runs."""
    from cogid import credentials

    command = _command(flags, app)
    if flags.get("serve"):
        from cogid import endpoint, resolve

        if "pool" in flags:
            flags = {**flags, "pool": resolve.pool(flags["pool"], app)}
        with endpoint.serving(flags, app) as served:
            region = arns.region_of(served.credentials.identity_id)
            code = _wait_for(command, {**_environment(app, region), **served.variables})
        raise click.exceptions.Exit(code)
    found = credentials.obtain(flags, app)
    environ = {**_environment(app, arns.region_of(found.identity_id)), **creds.variables(found)}
    app.terminal.write("")
    _become(command, environ)


def _command(flags: Flags, app: App) -> list[str]:
    """Give the words behind ``--``: only there nothing is taken for a flag of cogid's."""
    words = list(app.line.words)
    command = words[words.index("--") + 1 :] if "--" in words else []
    if not command or command != flags.get("command"):
        raise UsageError(
            "the command to run stands behind --: cogid exec ... -- COMMAND", usage=True
        )
    return command


def _environment(app: App, region: str | None) -> dict[str, str]:
    """Give the environment without other credentials, and with a region."""
    environ = {name: value for name, value in app.environ.items() if name not in OTHERS}
    region = app.settings.region or region
    if region:
        # Some SDKs read one of them, some the other.
        for name in ("AWS_REGION", "AWS_DEFAULT_REGION"):
            if not environ.get(name) or app.settings.sources["region"] == "--region":
                environ[name] = region
    return environ


def _become(command: list[str], environ: Mapping[str, str]) -> None:
    if sys.platform == "win32":
        raise click.exceptions.Exit(_wait_for(command, environ))
    for number in (signal.SIGPIPE, signal.SIGXFSZ):
        signal.signal(number, signal.SIG_DFL)  # Python ignores these, and that would be passed on
    try:
        os.execvpe(command[0], command, environ)  # noqa: S606 - what was asked for
    except (OSError, ValueError) as error:
        _refuse(command[0], error)


def _wait_for(command: list[str], environ: Mapping[str, str]) -> int:
    """Run the command, pass signals on to it, and give its exit code as a shell counts it."""
    import shutil
    import subprocess

    program = shutil.which(command[0], path=environ.get("PATH")) or command[0]
    try:
        process = subprocess.Popen([program, *command[1:]], env=environ)  # noqa: S603
    except (OSError, ValueError) as error:
        _refuse(command[0], error)
    earlier = {number: signal.signal(number, _passing_to(process)) for number in _passed_on()}
    try:
        code = process.wait()
    finally:
        for number, handler in earlier.items():
            signal.signal(number, handler)
    return code if code >= 0 else 128 - code


def _passed_on() -> list[signal.Signals]:
    names = ("SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT", "SIGUSR1", "SIGUSR2", "SIGBREAK")
    return [getattr(signal, name) for name in names if hasattr(signal, name)]


def _passing_to(process: subprocess.Popen[bytes]) -> Callable[[int, object], None]:
    def pass_on(number: int, _: object) -> None:
        # What a person types, the terminal itself sends to both of us.
        typed = number in (signal.SIGINT, getattr(signal, "SIGQUIT", None)) and _in_foreground()
        if not typed and process.poll() is None:
            process.send_signal(number)

    return pass_on


def _in_foreground() -> bool:
    """Tell whether a terminal's Ctrl-C goes to the group of this process."""
    if sys.platform == "win32":
        return True
    try:
        terminal = os.open("/dev/tty", os.O_RDONLY | os.O_NOCTTY)
    except OSError:
        return False
    try:
        return os.tcgetpgrp(terminal) == os.getpgrp()
    except OSError:
        return False
    finally:
        os.close(terminal)


def _refuse(name: str, error: Exception) -> NoReturn:
    if isinstance(error, FileNotFoundError):
        raise CannotRun(f"{name}: command not found", NOT_FOUND) from None
    reason = getattr(error, "strerror", None) or str(error)
    raise CannotRun(f"{name}: {reason}", NOT_EXECUTABLE) from None


command = Command(
    "exec",
    run,
    summary="Run a command with temporary credentials of a pool",
    about="The command stands behind --. It finds the credentials in its environment, where "
    "those of other sources are removed, and a region if none is set. cogid becomes the command: "
    "signals and the exit code are its own.",
    params=[
        *creds.SIGN_IN,
        Flag(
            "--serve",
            NONE,
            "Serve new credentials to the command as long as it runs, for work that takes longer "
            "than they live.",
        ),
        click.Argument(["command"], nargs=-1, metavar="-- COMMAND [ARGUMENT]..."),
    ],
    exit_codes={
        **creds.EXIT_CODES,
        "126": "the command cannot be run",
        "127": "it is not found",
    },
    examples=[
        ("As a guest", "cogid exec --pool shop -- aws sts get-caller-identity"),
        ("For work of many hours", "cogid exec --pool shop --token @id-token --serve -- ./import"),
    ],
)
