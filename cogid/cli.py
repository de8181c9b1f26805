"""The command line: a click group with a command per operation, and what stands beside them.

The tree of commands is click's, and everything that is said of a command line (help, man pages,
completion, the prompt) is read from it. Splitting words is not click's grammar: ``argv`` does
that, once, for the whole line. Operations come from the service's model, so that a newer
botocore brings its new operations along; what stands beside them is in ``commands``.
"""

from __future__ import annotations

import sys
from functools import cached_property
from typing import TYPE_CHECKING

import click

from cogid import __version__, argv, commands, model, options, request, wording
from cogid import help as pages
from cogid.app import App
from cogid.errors import UsageError
from cogid.run import run

if TYPE_CHECKING:
    from cogid.model import Operation
    from cogid.options import Flags


class OperationCommand(click.Command):
    """The command of one operation of the service; ``options.Command`` says what it tells."""

    def __init__(self, operation: Operation) -> None:
        super().__init__(
            operation.command,
            callback=self.run,
            params=[*options.of_operation(operation)],
            add_help_option=False,
        )
        self.operation = operation

    def run(self, app: App, flags: Flags) -> None:
        """Carry the operation out, the rest of its line asked for first if that is wanted."""
        if not _prompted(app, self.operation):
            run(self.operation, flags, app)

    @cached_property
    def summary(self) -> str:
        """What the operation does, in one line."""
        return wording.summary(self.operation)

    @cached_property
    def about(self) -> str:
        """What to know before using it."""
        return wording.about(self.operation)

    @cached_property
    def examples(self) -> tuple[tuple[str, str], ...]:
        """Pairs of a purpose and a command line."""
        from cogid import examples

        return tuple(examples.EXAMPLES.get(self.operation.command, {}).items())


class Cogid(click.Group):
    """All operations of the service, and what cogid has beside them."""

    def __init__(self) -> None:
        super().__init__("cogid", params=[*options.GLOBAL], add_help_option=False)

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """Name every command."""
        return [*model.load().operations, *commands.NAMES]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Make the command of that name; the others are not made."""
        if cmd_name in commands.NAMES:
            return commands.load(cmd_name)
        operation = model.load().operations.get(cmd_name)
        return OperationCommand(operation) if operation else None

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Parse the whole line, the command's part of it included."""
        app = ctx.ensure_object(App)
        app.begin(args, argv.scan(args, self))  # for the errors of a line that is wrong
        app.begin(args, argv.parse(args, self))
        return []

    def invoke(self, ctx: click.Context) -> None:
        """Show the version or help, or run the command."""
        app: App = ctx.obj
        line = app.line
        if "version" in line.flags:
            app.terminal.write(_version())
        elif line.help:
            pages.show(app, line.command, line.name, full=line.help == "full")
        elif isinstance(line.command, click.Group):
            if line.command is not self or not _prompted(app, None):
                # A newcomer's first try: an error, as in the reference, but it shows what there is.
                page = pages.fitted(app, app.terminal.err, line.command, line.name)
                raise UsageError("the following arguments are required: operation", usage=page)
        else:
            line.command.callback(app, line.flags)


def _version() -> str:
    import platform

    system = f"{platform.system()}/{platform.release()}"
    return f"cogid/{__version__} Python/{platform.python_version()} {system}\n"


def _prompted(app: App, operation: Operation | None) -> bool:
    """Ask for the rest of the command line, if that is wanted, and run what comes of it."""
    if not _prompts(app, operation):
        return False
    from cogid import prompt

    try:
        finished = prompt.finished(app, operation)
    except prompt.NotInstalled as error:
        if app.line.flags.get("cli_auto_prompt"):
            raise
        app.terminal.say(f"note: {error.message}; going on without")
        return False
    app.prompted = True
    Cogid().main(finished, "cogid", standalone_mode=False, obj=app)
    return True


def _prompts(app: App, operation: Operation | None) -> bool:
    """Decide whether to prompt: only where a person can answer, and once."""
    flags, terminal = app.line.flags, app.terminal
    asked = bool(flags.get("cli_auto_prompt"))
    if asked and flags.get("no_cli_auto_prompt"):
        raise UsageError(
            "Both --cli-auto-prompt and --no-cli-auto-prompt cannot be specified at the same time."
        )
    if app.prompted:
        return False
    if not (terminal.shows_output and terminal.draws_errors and sys.stdin and sys.stdin.isatty()):
        if asked:
            terminal.say(
                "note: --cli-auto-prompt: there is no terminal to prompt on; going on without"
            )
        return False
    if app.environ.get("CI") and not asked:
        return False  # there is a terminal sometimes, but never a person
    incomplete = operation is None or bool(request.missing(operation, flags))
    return app.settings.auto_prompt in ("on", "on-partial" if incomplete else "on")
