"""The command line: a click group, a command per operation, and ``run``, the whole journey.

Read ``run`` first. Commands are made when they are named, from the service's model, so that a
newer botocore brings its new operations along.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from cogid import __version__, model, options, query, request, words
from cogid.errors import ServiceError, UnknownOptions, UsageError
from cogid.output import AS_SENT, FROM_ITEMS, WHOLE, Style, writer
from cogid.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from cogid.client import Client
    from cogid.model import Operation
    from cogid.options import Flags
    from cogid.pages import Document, Pages
    from cogid.request import Request
    from cogid.terminal import Terminal

HELP_FLAGS = ("-h", "--help")
MOST_READABLE = 100  # columns; longer lines are hard to follow
FOR_PIPES = 80


class Invocation:
    """One run of cogid: its surroundings, and what was understood of its words so far."""

    def __init__(self, terminal: Terminal, environ: Mapping[str, str]) -> None:
        self.terminal = terminal
        self.environ = environ
        self.flags: Flags = {}  # filled while words are read; the settings look on
        self.settings = Settings(self.flags, environ)
        self.command: str | None = None

    def style(self, title: str, *, of_errors: bool = False) -> Style:
        """Say how text is to be drawn for who looks at standard output, or error."""
        terminal = self.terminal
        stream = terminal.err if of_errors else terminal.out
        looks = terminal.shows_errors if of_errors else terminal.shows_output
        return Style(
            title,
            width=terminal.size[0] if looks else None,
            escape=looks,
            ascii_only=not _takes_unicode(stream),
            color=terminal.colors(self.settings.color, stream),
        )


def run(operation: Operation, flags: Flags, invocation: Invocation) -> None:
    """Carry one command from its flags to printed text."""
    terminal, settings = invocation.terminal, invocation.settings
    sample = flags.get("generate_cli_skeleton")
    if sample in (True, "input", "yaml-input"):
        terminal.write(_empty_request(operation, sample))
        return
    search = query.compiled(flags.get("query"))  # a typo fails here, before anything is sent
    write_as = writer(settings.output)
    style = invocation.style(operation.name)
    wanted = None if sample else request.build(operation, flags)
    if wanted is not None and wanted.paging is not None:
        _warn_of_max_items(wanted.paging, terminal)

    documents = (
        _sample(operation) if wanted is None else _documents(wanted, invocation, write_as.pages)
    )
    with terminal.paged(settings.pager) as write:
        for document in documents:
            found = document if search is None else search(document)
            write(write_as.render(found, style))
            if write_as.pages != WHOLE:
                terminal.flush()  # a page is seen when it is there, not when the last one is


def _documents(wanted: Request, invocation: Invocation, style: str) -> Iterator[Document]:
    """Send the request and give what is to be printed of its replies, then what is to be said."""
    from cogid import batches, client, hints  # boto3 costs a quarter second: only for a real call

    if invocation.settings.debug:
        _start_debugging(wanted, invocation)
    caller = client.Client(invocation.settings, wanted)
    try:
        for document in _replies(wanted, caller, style):
            yield document
            _say_what_remains(document, wanted, invocation.terminal)
            batches.complain(document, wanted)
    except ServiceError as error:
        error.hint = hints.hint_for(error, wanted, caller.region)
        raise


def _replies(wanted: Request, caller: Client, style: str) -> Iterator[Document]:
    from cogid import batches, pages

    calls = batches.cut(wanted)
    if len(calls) == 1:
        return _printed(caller.pages(wanted), style, list(wanted.operation.output.members))
    replies = (pages.whole(caller.pages(call), []) for call in calls)
    return batches.joined(replies, wanted)


def _printed(pages: Pages, style: str, order: list[str]) -> Iterator[Document]:
    from cogid import pages as joining

    if style == AS_SENT:
        yield from pages
    elif style == FROM_ITEMS:
        yield from joining.one_by_one(pages)
    else:
        yield joining.whole(pages, order)


def _sample(operation: Operation) -> Iterator[Document]:
    from cogid import skeleton

    yield skeleton.reply(operation)


def _empty_request(operation: Operation, kind: Any) -> str:
    from cogid import skeleton

    return skeleton.as_yaml(operation) if kind == "yaml-input" else skeleton.as_json(operation)


def _start_debugging(wanted: Request, invocation: Invocation) -> None:
    from cogid import redaction

    redactor = redaction.Redactor(model.load())
    redactor.hide_in(wanted.operation.input, wanted.parameters)
    for variable in ("AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "AWS_SECURITY_TOKEN"):
        redactor.hide(invocation.environ.get(variable))
    redaction.start_logging(invocation.terminal.err, redactor)


def _warn_of_max_items(paging: request.Paging, terminal: Terminal) -> None:
    if paging.max_items is not None and paging.max_items <= 0:
        terminal.say(
            "warning: Non-positive values for --max-items may result in undefined behavior."
        )


def _say_what_remains(document: Document, wanted: Request, terminal: Terminal) -> None:
    """Tell a person who fetched one page that there are more, which the reference does not."""
    single = wanted.operation.items is not None and wanted.paging is None
    if single and document.get("NextToken") and terminal.shows_errors:
        terminal.say(
            "note: more remain; leave out --max-results and --next-token to fetch them all"
        )


def _takes_unicode(stream: Any) -> bool:
    try:
        "─│é".encode(getattr(stream, "encoding", None) or "utf-8")
    except (UnicodeEncodeError, LookupError):
        return False
    return True


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
        else:
            _prompt(flags, invocation.terminal)
            run(self.operation, flags, invocation)


class Cogid(click.Group):
    """All operations of the service, and what cogid has beside them."""

    def __init__(self) -> None:
        super().__init__(
            "cogid",
            params=options.click_options(options.GLOBAL),
            invoke_without_command=True,
            add_help_option=False,
        )

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Take the global flags before the command; those after it are the command's to take."""
        invocation: Invocation = ctx.obj
        takes = {**options.takes(options.GLOBAL), **dict.fromkeys(HELP_FLAGS, words.NONE)}
        split, rest = words.until_command(args, takes)
        if split.rest:
            raise UnknownOptions(_unknown(split.rest, takes))
        ctx.meta["cogid.help"] = _help_wanted(split)
        given = {name: value for name, value in split.given.items() if name not in HELP_FLAGS}
        invocation.flags.update(options.checked(options.GLOBAL, given))
        if not (rest or ctx.meta["cogid.help"] or "version" in invocation.flags):
            raise UsageError("the following arguments are required: operation", usage=True)
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
        return super().invoke(ctx)

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


_OTHER: dict[str, Callable[[], click.Command]] = {"help": HelpCommand, "local": _local_command}


def _help_wanted(split: words.Split) -> str | None:
    if any(flag in split.given for flag in HELP_FLAGS):
        return "-h"
    return "help" if split.rest == ["help"] else None


def _show(text: Callable[[int], str], invocation: Invocation) -> None:
    """Print help, through the pager when a person looks at it and it is long."""
    terminal = invocation.terminal
    width = min(terminal.size[0], MOST_READABLE) if terminal.shows_output else FOR_PIPES
    with terminal.paged(invocation.settings.pager) as write:
        write(text(width))


def _show_version(invocation: Invocation) -> None:
    import platform

    invocation.terminal.write(
        f"cogid/{__version__} Python/{platform.python_version()} "
        f"{platform.system()}/{platform.release()}\n"
    )


def _prompt(flags: Flags, terminal: Terminal) -> None:
    """Answer the auto-prompt flags of the reference."""
    if flags.get("cli_auto_prompt") and flags.get("no_cli_auto_prompt"):
        raise UsageError(
            "Both --cli-auto-prompt and --no-cli-auto-prompt cannot be specified at the same time."
        )
    if flags.get("cli_auto_prompt"):
        terminal.say("note: --cli-auto-prompt: there is nothing to prompt on; going on without")


def _unknown(rest: list[str], takes: Mapping[str, str]) -> str:
    """Name the words that no flag takes, and the flags that were perhaps meant."""
    dashed = [word.partition("=")[0] for word in rest if word.startswith("-")]
    meant = "".join(_nearest(word, takes) for word in dashed)
    return f"Unknown options: {', '.join(rest)}" + (f"\n{meant}" if meant else "")


def _nearest(word: str, known: Iterable[str]) -> str:
    """Give the known words most like this one, as a list for the person; nothing like: nothing."""
    import difflib

    near = difflib.get_close_matches(word.lower(), list(known), n=3, cutoff=0.7)
    listed = "".join(f"\n  * {each}" for each in near)
    return f"\nMaybe you meant:\n{listed}\n" if near else ""
