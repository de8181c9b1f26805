"""argv in, exit code out: the one place where an error becomes text and a number."""

from __future__ import annotations

import gc
import os
import sys

TYPE_CHECKING = False  # as typing's; loading typing takes a fifth of a TAB's time
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from cogid.errors import CogidError
    from cogid.invocation import Invocation
    from cogid.terminal import Terminal

INTERRUPTED, PIPE_CLOSED = 130, 141  # as a shell counts SIGINT and SIGPIPE


def main(argv: Sequence[str], terminal: Terminal, environ: Mapping[str, str]) -> int:
    """Run one command line and give its exit code; nothing is raised."""
    from cogid.cli import Cogid  # a TAB does without click: see ``script``
    from cogid.invocation import Invocation

    invocation = Invocation(terminal, environ)
    try:
        try:
            Cogid().main(list(argv), "cogid", standalone_mode=False, obj=invocation)
        finally:
            terminal.flush()
    except (Exception, KeyboardInterrupt) as error:  # noqa: BLE001 - a script needs an exit code
        return _ended(error, invocation)
    return 0


def _ended(error: BaseException, invocation: Invocation) -> int:
    """Say what is to be said of an error, and give its exit code."""
    import click

    from cogid.errors import CogidError, UsageError
    from cogid.terminal import ClosedPipe

    if isinstance(error, (KeyboardInterrupt, click.Abort)):
        return INTERRUPTED
    if isinstance(error, ClosedPipe):
        return PIPE_CLOSED
    if isinstance(error, CogidError):
        return _report(error, invocation)
    if isinstance(error, click.exceptions.NoArgsIsHelpError):
        invocation.terminal.say(error.format_message())
        return UsageError.exit_code
    if isinstance(error, click.ClickException):
        context = getattr(error, "ctx", None)
        invocation.command = context and context.command_path.partition(" ")[2]
        return _report(UsageError(error.format_message(), usage=True), invocation)
    if invocation.flags.get("debug"):
        import traceback

        invocation.terminal.say("".join(traceback.format_exception(error)))
    return _report(CogidError(str(error) or type(error).__name__), invocation)


def _report(error: CogidError, invocation: Invocation) -> int:
    from cogid import report
    from cogid.errors import CogidError

    try:
        wanted = invocation.settings.error_format
    except CogidError:
        wanted = "enhanced"  # the configuration may be what is broken
    style = invocation.style("error", of_errors=True)
    text = report.error_text(error, wanted, command=invocation.command, style=style)
    invocation.terminal.say(text.removesuffix("\n"))
    return error.exit_code


def _run(argv: Sequence[str]) -> int:
    """Run as ``main`` does, but answer a TAB without loading the command line for it."""
    if argv[:1] == ["completion"] and argv[2:3] == ["--complete"]:
        from cogid.completion import protocol

        return protocol.run(argv[1:], sys.stdin.buffer, sys.stdout.buffer, os.environ)
    from cogid.terminal import Terminal

    if os.name == "nt":
        for stream in (sys.stdout, sys.stderr):
            stream.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    return main(argv, Terminal(sys.stdout, sys.stderr, os.environ), os.environ)


def script() -> None:
    """Run as a program, and end as soon as everything is written.

    Of a process that lives for a tenth of a second, collecting garbage and taking a few hundred
    modules apart at the end are a fifth of its time, and the system does the latter anyway.
    """
    gc.disable()
    try:
        code = _run(sys.argv[1:])
    except KeyboardInterrupt:  # while modules are loaded
        code = INTERRUPTED
    if sys.gettrace() or sys.getprofile():
        sys.exit(code)  # whoever looks on has something to say at the end
    try:  # noqa: SIM105 - contextlib would be loaded at every TAB
        sys.stderr.flush()
    except OSError:
        pass
    os._exit(code)


if __name__ == "__main__":
    script()
