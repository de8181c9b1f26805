"""argv in, exit code out: the one place where an error becomes text and a number."""

from __future__ import annotations

import gc
import os
import sys

from cogid.errors import ClosedPipe, CogidError

TYPE_CHECKING = False  # as typing's; loading typing takes a fifth of a TAB's time
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from cogid.app import App
    from cogid.terminal import Terminal

INTERRUPTED, PIPE_CLOSED = 130, 141  # as a shell counts SIGINT and SIGPIPE


def main(
    argv: Sequence[str],
    terminal: Terminal | None = None,
    environ: Mapping[str, str] | None = None,
) -> int:
    """Run one command line and give its exit code; nothing is raised.

    Terminal and environment are the process's own unless they are given.
    """
    from cogid.app import App  # a TAB does without: see ``script``

    app = App(terminal, environ, settled=_collect_garbage)
    terminal = app.terminal
    try:
        from cogid.cli import Cogid

        try:
            # A command that ran another ends with that one's code, as click's Exit.
            code = Cogid().main(list(argv), "cogid", standalone_mode=False, obj=app)
        finally:
            terminal.write("")  # all was written, or it is said here that it was not
    except (Exception, KeyboardInterrupt) as error:  # noqa: BLE001 - a script needs an exit code
        return _ended(error, app)
    return code if isinstance(code, int) else 0


def _ended(error: BaseException, app: App) -> int:
    """Say what is to be said of an error, and give its exit code."""
    from click import Abort

    if isinstance(error, (KeyboardInterrupt, Abort)):
        return INTERRUPTED
    if isinstance(error, ClosedPipe):
        return PIPE_CLOSED
    if app.line.flags.get("debug"):
        import logging

        app.redactor  # noqa: B018 - logging begins here if it has not begun yet
        logging.getLogger("cogid").debug("Ended by an error", exc_info=error)
    if not isinstance(error, CogidError):
        error = CogidError(str(error) or type(error).__name__)
    from cogid.output import errors

    app.terminal.say(errors.text(error, app).removesuffix("\n"))
    return error.exit_code


def _collect_garbage() -> None:
    """Collect garbage from here on, but not what is loaded by now: that stays to the end."""
    gc.freeze()
    gc.enable()


def _open_closed_streams() -> None:
    """Put /dev/null where a standard stream was closed (``>&-``), or a socket might get there."""
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:  # noqa: PERF203 - three times at most
            os.open(os.devnull, os.O_RDWR)  # the lowest number that is free: this one
    sys.stdin = sys.stdin or open(0)  # noqa: SIM115 - open as long as the process
    sys.stdout = sys.stdout or open(1, "w")  # noqa: SIM115
    sys.stderr = sys.stderr or open(2, "w")  # noqa: SIM115


def script() -> None:
    """Run as a program, and end as soon as everything is written.

    Of a process that lives for a tenth of a second, collecting garbage and taking a few hundred
    modules apart at the end are a fifth of its time, and the system does the latter anyway.
    """
    gc.disable()
    if None in (sys.stdin, sys.stdout, sys.stderr):
        _open_closed_streams()
    words = sys.argv[1:]
    try:
        if words[:1] == ["completion"] and words[2:3] == ["--complete"]:
            from cogid.completion import protocol  # loads no command line

            code = protocol.run(words[1:], sys.stdin.buffer, sys.stdout.buffer, os.environ)
        else:
            code = main(words)
    except KeyboardInterrupt:  # while modules are loaded
        code = INTERRUPTED
    if sys.gettrace() or sys.getprofile():
        sys.exit(code)  # whoever looks on has something to say at the end
    try:  # contextlib takes longer to load than a TAB may
        sys.stderr.flush()
    except OSError:
        pass
    os._exit(code)


if __name__ == "__main__":
    script()
