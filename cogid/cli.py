"""The command line: a click group with a command per operation, and what stands beside them.

The tree of commands is click's, and everything that is said of a command line (help, man pages,
completion, the prompt) is read from it. Splitting words is not click's grammar: ``argv`` does
that, once, for the whole line. Operations come from the service's model, so that a newer
botocore brings its new operations along; what stands beside them is in ``commands``.
"""

from __future__ import annotations

from functools import cached_property
from importlib import import_module
from typing import TYPE_CHECKING

import click

from cogid import __version__, argv, commands, model, options
from cogid import help as pages
from cogid.app import App
from cogid.errors import CogidError, UsageError

if TYPE_CHECKING:
    from cogid.model import Operation


class OperationCommand(click.Command):
    """The command of one operation of the service; ``options.Command`` says what it tells."""

    def __init__(self, operation: Operation) -> None:
        super().__init__(
            operation.command,
            # Loaded when it is run: help and mistakes do without the stages of a request.
            callback=lambda flags, app: import_module("cogid.run").run(operation, flags, app),
            params=[*options.of_operation(operation)],
            add_help_option=False,
        )
        self.operation = operation

    @cached_property
    def summary(self) -> str:
        """What the operation does, in one line."""
        from cogid import wording

        return wording.summary(self.operation)

    @cached_property
    def about(self) -> str:
        """What to know before using it."""
        from cogid import wording

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
        try:
            app.line = argv.parse(args, self)
        except CogidError:
            app.line = argv.scan(args, self)
            raise
        return []

    def invoke(self, ctx: click.Context) -> None:
        """Show the version or help, or run the command."""
        app: App = ctx.obj
        line = app.line
        if "version" in line.flags:
            app.terminal.write(_version())
        elif line.help:
            pages.show(app, line.command, line.name, full=line.help == "full")
        # Loads nothing of the prompt where nobody can answer and nobody asked for it.
        elif (app.terminal.shows_output or "cli_auto_prompt" in line.flags) and _prompted(app):
            return
        elif isinstance(line.command, click.Group):
            # A newcomer's first try: an error, as in the reference, but it shows what there is.
            page = pages.fitted(app, app.terminal.err, line.command, line.name)
            raise UsageError("the following arguments are required: operation", usage=page)
        elif line.command.callback is not None:
            line.command.callback(line.flags, app)


def _version() -> str:
    import platform

    system = f"{platform.system()}/{platform.release()}"
    return f"cogid/{__version__} Python/{platform.python_version()} {system}\n"


def _prompted(app: App) -> bool:
    """Ask for the rest of the command line, if that is wanted, and run what comes of it."""
    from cogid import prompt

    finished = prompt.finished(app)
    if finished is None:
        return False
    Cogid().main(finished, "cogid", standalone_mode=False, obj=app.again())
    return True
