"""The command line: a click group, and a command per operation.

Commands are made when they are named, from the service's model, so that a newer botocore brings
its new operations along. What a command does is ``run.run``.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click

from cogid import __version__, model, options, request, words
from cogid.errors import UnknownOptions, UsageError
from cogid.run import run

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from cogid.invocation import Invocation
    from cogid.model import Operation
    from cogid.options import Flags
    from cogid.terminal import Terminal

HELP_FLAGS = ("-h", "--help")
MOST_READABLE = 100  # columns; longer lines are hard to follow
FOR_PIPES = 80


class OperationCommand(click.Command):
    """The command of one operation; its words are split as the reference splits them."""

    def __init__(self, operation: Operation) -> None:
        self.operation = operation
        self.flags = [*options.of_operation(operation), *options.GLOBAL]
        super().__init__(
            operation.command,
            params=options.click_options(self.flags),
            add_help_option=False,
        )

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Split the words, then let click take the values as if it had split them itself."""
        invocation: Invocation = ctx.obj
        invocation.command = self.name
        takes = {**options.takes(self.flags), **dict.fromkeys(HELP_FLAGS, words.NONE)}
        split = words.split(args, takes)
        given = {name: value for name, value in split.given.items() if name not in HELP_FLAGS}
        ctx.meta["cogid.help"] = _help_wanted(split)
        if split.rest and not ctx.meta["cogid.help"]:
            raise UnknownOptions(_unknown(split.rest, takes))
        invocation.flags.update(options.checked(self.flags, given))
        for parameter in self.params:
            if parameter.name in invocation.flags:
                parameter.handle_parse_result(ctx, invocation.flags, [])
        return []

    def invoke(self, ctx: click.Context) -> None:
        """Show help, or run."""
        invocation: Invocation = ctx.obj
        flags: Flags = ctx.params
        if ctx.meta["cogid.help"]:
            from cogid import help as texts

            show = (
                texts.operation_help if ctx.meta["cogid.help"] == "-h" else texts.operation_manual
            )
            _show(lambda width: show(self.operation, width), invocation)
        elif flags.get("version"):
            _show_version(invocation)
        elif not _prompted(invocation, self.operation):
            run(self.operation, flags, invocation)


class Cogid(click.Group):
    """All operations of the service, and what cogid has beside them."""

    def __init__(self) -> None:
        super().__init__(
            "cogid",
            params=options.click_options(options.GLOBAL),
            invoke_without_command=True,
            add_help_option=False,
            context_settings={"help_option_names": list(HELP_FLAGS)},  # of what stands beside
        )

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Take the global flags before the command; those after it are the command's to take."""
        invocation: Invocation = ctx.obj
        invocation.read(args)
        takes = {**options.takes(options.GLOBAL), **dict.fromkeys(HELP_FLAGS, words.NONE)}
        split, rest = words.until_command(args, takes)
        if split.rest:
            raise UnknownOptions(_unknown(split.rest, takes))
        ctx.meta["cogid.help"] = _help_wanted(split)
        given = {name: value for name, value in split.given.items() if name not in HELP_FLAGS}
        invocation.flags.update(options.checked(options.GLOBAL, given))
        ctx.meta["cogid.command"] = bool(rest)
        if rest[:1] == ["local"] and rest[-1] == "help":
            rest[-1] = "--help"
        super().parse_args(ctx, [*words.joined(given), "--", *rest])
        return rest

    def invoke(self, ctx: click.Context) -> Any:
        """Show help or the version, or hand over to the command."""
        invocation: Invocation = ctx.obj
        if ctx.meta["cogid.help"]:
            from cogid import help as texts

            _show(lambda width: texts.group_help(model.load(), width), invocation)
            return None
        if "version" in invocation.flags:
            _show_version(invocation)
            return None
        if ctx.meta["cogid.command"]:
            return super().invoke(ctx)
        if not _prompted(invocation, None):
            from cogid import help as texts

            # A newcomer's first try: it is an error, as in the reference, but shows what there is.
            raise UsageError(
                "the following arguments are required: operation",
                usage=texts.group_help(model.load(), _width(invocation.terminal)),
            )
        return None

    def list_commands(self, _ctx: click.Context) -> list[str]:
        """Name every command."""
        return [*model.load().operations, *_OTHER]

    def get_command(self, _ctx: click.Context, name: str) -> click.Command | None:
        """Make the command of that name."""
        if name in _OTHER:
            return _OTHER[name]()
        operation = model.load().operations.get(name)
        return OperationCommand(operation) if operation else None

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command, or say which ones are spelled nearly so."""
        command = self.get_command(ctx, args[0])
        if command is None:
            meant = _nearest(args[0], self.list_commands(ctx))
            raise UsageError(
                f"argument operation: Found invalid choice {args[0]!r}\n{meant}", usage=True
            )
        return args[0], command, args[1:]


class HelpCommand(click.Command):
    """``cogid help``, ``cogid help TOPIC`` and ``cogid help COMMAND``."""

    def __init__(self) -> None:
        super().__init__("help", add_help_option=False)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Take one word, a topic or a command; further words are of no use."""
        ctx.meta["cogid.topic"] = next((word for word in args if not word.startswith("-")), None)
        return []

    def invoke(self, ctx: click.Context) -> None:
        """Show the text."""
        from cogid import help as texts

        name, invocation = ctx.meta["cogid.topic"], ctx.obj
        operations = model.load().operations
        if name is None:
            _show(lambda width: texts.group_manual(model.load(), width), invocation)
        elif name in texts.TOPICS:
            _show(lambda width: texts.topic(name, width), invocation)
        elif name in operations:
            _show(lambda width: texts.operation_manual(operations[name], width), invocation)
        else:
            meant = _nearest(name, [*texts.TOPICS, *operations])
            topics = ", ".join(texts.TOPICS)
            raise UsageError(f"no help on {name!r}; the topics are {topics}\n{meant}")


def _local_command() -> click.Command:
    from cogid.local import commands

    return commands.local


def _completion_command() -> click.Command:
    from cogid.completion import commands

    return commands.completion


_OTHER: dict[str, Callable[[], click.Command]] = {
    "help": HelpCommand,
    "local": _local_command,
    "completion": _completion_command,
}


def _help_wanted(split: words.Split) -> str | None:
    if any(flag in split.given for flag in HELP_FLAGS):
        return "-h"
    return "help" if split.rest == ["help"] else None


def _show(text: Callable[[int], str], invocation: Invocation) -> None:
    """Print help, through the pager when a person looks at it and it is long."""
    with invocation.terminal.paged(invocation.settings.pager) as write:
        write(text(_width(invocation.terminal)))


def _width(terminal: Terminal) -> int:
    return min(terminal.size[0], MOST_READABLE) if terminal.shows_output else FOR_PIPES


def _show_version(invocation: Invocation) -> None:
    import platform

    invocation.terminal.write(
        f"cogid/{__version__} Python/{platform.python_version()} "
        f"{platform.system()}/{platform.release()}\n"
    )


def _prompted(invocation: Invocation, operation: Operation | None) -> bool:
    """Ask for the rest of the command line, if that is wanted, and run what comes of it."""
    if not _prompts(invocation, operation):
        return False
    from cogid import prompt

    try:
        finished = prompt.finished(invocation, operation)
    except prompt.NotInstalled as error:
        if invocation.flags.get("cli_auto_prompt"):
            raise
        invocation.terminal.say(f"note: {error.message}; going on without")
        return False
    invocation.prompted = True
    Cogid().main(finished, "cogid", standalone_mode=False, obj=invocation)
    return True


def _prompts(invocation: Invocation, operation: Operation | None) -> bool:
    """Decide whether to prompt: only where a person can answer, and once."""
    flags, terminal = invocation.flags, invocation.terminal
    asked = bool(flags.get("cli_auto_prompt"))
    if asked and flags.get("no_cli_auto_prompt"):
        raise UsageError(
            "Both --cli-auto-prompt and --no-cli-auto-prompt cannot be specified at the same time."
        )
    if invocation.prompted:
        return False
    if not (terminal.shows_output and terminal.draws_errors and sys.stdin and sys.stdin.isatty()):
        if asked:
            terminal.say(
                "note: --cli-auto-prompt: there is no terminal to prompt on; going on without"
            )
        return False
    if invocation.environ.get("CI") and not asked:
        return False  # there is a terminal sometimes, but never a person
    incomplete = operation is None or bool(request.missing(operation, flags))
    return invocation.settings.auto_prompt in ("on", "on-partial" if incomplete else "on")


def _unknown(rest: list[str], takes: Mapping[str, str]) -> str:
    """Name the words that no flag takes, and the flags that were perhaps meant."""
    dashed = [word.partition("=")[0] for word in rest if word[:1] == "-" and word not in takes]
    meant = "".join(_nearest(word, takes) for word in dashed)
    return f"Unknown options: {', '.join(rest)}" + (f"\n{meant}" if meant else "")


def _nearest(word: str, known: Iterable[str]) -> str:
    """Give the known words most like this one, as a list for the person; nothing like: nothing."""
    import difflib

    near = difflib.get_close_matches(word.lower(), list(known), n=3, cutoff=0.7)
    listed = "".join(f"\n  * {each}" for each in near)
    return f"\nMaybe you meant:\n{listed}\n" if near else ""
