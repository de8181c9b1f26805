"""argv in, exit code out: the one place where an error becomes text and a number."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import click

from cogid.cli import Cogid, Invocation
from cogid.errors import CogidError, UsageError
from cogid.terminal import ClosedPipe, Terminal

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

INTERRUPTED, PIPE_CLOSED = 130, 141  # as a shell counts SIGINT and SIGPIPE


def main(argv: Sequence[str], terminal: Terminal, environ: Mapping[str, str]) -> int:
    """Run one command line and give its exit code; nothing is raised."""
    invocation = Invocation(terminal, environ)
    try:
        try:
            Cogid().main(list(argv), "cogid", standalone_mode=False, obj=invocation)
        finally:
            terminal.flush()
    except (KeyboardInterrupt, click.Abort):
        return INTERRUPTED
    except ClosedPipe:
        return PIPE_CLOSED
    except CogidError as error:
        return _report(error, invocation)
    except click.ClickException as error:
        return _report(UsageError(error.format_message(), usage=True), invocation)
    except Exception as error:  # noqa: BLE001 - whatever it is, a script needs an exit code
        if invocation.flags.get("debug"):
            import traceback

            terminal.say(traceback.format_exc())
        return _report(CogidError(str(error) or type(error).__name__), invocation)
    return 0


def _report(error: CogidError, invocation: Invocation) -> int:
    from cogid import report

    try:
        wanted = invocation.settings.error_format
    except CogidError:
        wanted = "enhanced"  # the configuration may be what is broken
    style = invocation.style("error", of_errors=True)
    text = report.error_text(error, wanted, command=invocation.command, style=style)
    invocation.terminal.say(text.removesuffix("\n"))
    return error.exit_code


def script() -> None:
    """Run as a program."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None and os.name == "nt":
            reconfigure(encoding="utf-8")
    code = main(sys.argv[1:], Terminal(sys.stdout, sys.stderr, os.environ), os.environ)
    if code:
        _abandon_output()
    sys.exit(code)


def _abandon_output() -> None:
    """Point a standard output that failed elsewhere, or Python complains of it at the end."""
    try:
        sys.stdout.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


if __name__ == "__main__":
    script()
