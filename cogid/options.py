"""Every flag, declared once: the global ones, and those that an operation's model asks for.

A ``Flag`` is a click option that also knows what the command line's other readers ask: the
member it sets and its shape, its choices with their meanings, and who completes it. Help, man
pages, completion and the prompt read these, ``argv`` splits words by them. Knows no settings.
"""

from __future__ import annotations

from argparse import ArgumentTypeError
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from cogid.app import App
    from cogid.model import Operation

ONE, MANY, EACH, NONE, MAYBE = "one", "many", "each", "none", "maybe"

PAGE_SIZE = 60  # the most that the service gives at once
MOST = 2**31 - 1  # of seconds, items and the like: more than a clock or a list can have

Flags = dict[str, Any]
"""A flag's value by its key (``max_items``); a flag that was not given is absent.

ONE holds a string or, for numbers, an int; MANY (several words) and EACH (one word, several
times) a list of strings; NONE a bool; MAYBE a string or True.
"""


class Flag(click.Option):
    """One flag. ``takes`` says how many words: ONE, MANY, ONE in EACH use, NONE or MAYBE one.

    ``ours`` marks what the reference (AWS CLI 2.36.7) does not have: such a flag is never
    abbreviated, so that it makes no abbreviation ambiguous that works there.
    """

    def __init__(  # noqa: PLR0913 - what there is to know of a flag
        self,
        spelling: str,
        takes: str,
        help: str = "",  # noqa: A002 - click's name for it
        *,
        choices: Mapping[str, str] | None = None,
        number: bool = False,
        off: str = "",
        member: str = "",
        operation: Operation | None = None,
        completer: str = "",
        metavar: str | None = None,
        ours: bool = False,
        short: str = "",
    ) -> None:
        switch = takes == NONE
        super().__init__(
            [
                spelling.lstrip("-").replace("-", "_"),
                *([short] if short else []),
                f"{spelling}/{off}" if off else spelling,
            ],
            is_flag=switch,
            default=None,
            multiple=takes in (MANY, EACH),
            type=None if switch else click.Choice(list(choices)) if choices else click.UNPROCESSED,
            help=help,
            metavar=metavar,
        )
        self.spelling = spelling
        self.off = off  # --no-x, which says False where the flag itself says True
        self.takes = takes
        self.choices = dict(choices or {})
        self.number = number
        self.member = member
        self.operation = operation
        self.shape = operation.input.members[member] if operation else None
        self.completer = completer
        self.ours = ours

    @property
    def description(self) -> str:
        """What the flag is, in a sentence."""
        if self.operation is None:
            return self.help or ""
        from cogid import wording

        return wording.parameter(self.operation, self.member)

    def read(self, word: str) -> Any:
        """Read the flag's word, as far as that is done while words are split.

        Raises argparse's ArgumentTypeError, worded as the reference words it (2.36.7).
        """
        if self.choices and word not in self.choices:
            wanted = ", ".join(self.choices)
            raise ArgumentTypeError(f"Found invalid choice {word!r}; choose from {wanted}")
        # A member's number may stand in a file; the flags of cogid itself take no files.
        if not self.number or (self.shape and word.startswith(("file://", "fileb://"))):
            return word
        try:
            number = int(word)
        except ValueError:
            raise ArgumentTypeError(f"invalid int value: {word!r}") from None
        if abs(number) > MOST and not self.shape:
            raise ArgumentTypeError(f"{word} is out of range: at most {MOST}")
        return number


class Command(click.Command):
    """A command beside the operations: what it is for, its flags and arguments, what it runs.

    ``summary`` is one line, ``about`` what to know before using it, ``examples`` are pairs of a
    purpose and a command line, ``exit_codes`` are those beside 0 and 252, with their meanings.
    ``run`` is called with the line's flags, in which an argument stands under its name, and the
    run's ``App``.
    """

    def __init__(  # noqa: PLR0913 - what there is to know of a command
        self,
        name: str,
        run: Callable[[Flags, App], None],
        *,
        summary: str,
        about: str = "",
        params: Sequence[click.Parameter] = (),
        examples: Sequence[tuple[str, str]] = (),
        exit_codes: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(name, callback=run, params=list(params), add_help_option=False)
        self.summary = summary
        self.about = about
        self.examples = tuple(examples)
        self.exit_codes = dict(exit_codes or {})


class CommandGroup(click.Group):
    """Commands under one name, such as ``cogid local``."""

    def __init__(
        self, name: str, commands: Sequence[click.Command], *, summary: str, about: str = ""
    ) -> None:
        super().__init__(name, commands, add_help_option=False)
        self.summary = summary
        self.about = about
        self.examples: tuple[tuple[str, str], ...] = ()

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """Name the commands in the order in which they were given, which click would sort."""
        return list(self.commands)


OUTPUT_FORMATS = {
    "json": "JSON, indented",
    "text": "lines with tabs, for grep and cut",
    "table": "a drawn table",
    "yaml": "YAML",
    "yaml-stream": "YAML, page by page",
    "csv": "comma-separated, with a header",
    "jsonl": "JSON, one item a line",
    "off": "nothing",
}
ERROR_FORMATS = {
    "enhanced": "a line, with details and hints",
    "legacy": "a line",
    "json": "",
    "yaml": "",
    "text": "",
    "table": "",
}

HELP = Flag("--help", NONE, "Show help.", short="-h", ours=True)

GLOBAL = (
    Flag("--debug", NONE, "Log what is done to stderr, secrets left out."),
    Flag("--endpoint-url", ONE, "Send requests to this URL."),
    Flag("--no-verify-ssl", NONE, "Do not verify TLS certificates."),
    Flag("--no-paginate", NONE, "Fetch the first page only."),
    Flag("--output", ONE, "How to print the reply.", choices=OUTPUT_FORMATS),
    Flag("--query", ONE, "A JMESPath expression that picks from the reply."),
    Flag("--profile", ONE, "The profile to use from the AWS configuration.", completer="profiles"),
    Flag("--region", ONE, "The region to call.", completer="regions"),
    Flag("--version", NONE, "Print the version and stop."),
    Flag(
        "--color",
        ONE,
        "When to colour.",
        choices={"on": "always", "off": "never", "auto": "on a terminal"},
    ),
    Flag("--no-sign-request", NONE, "Send the request unsigned, without credentials."),
    Flag("--ca-bundle", ONE, "The CA certificates to verify TLS with.", completer="files"),
    Flag(
        "--cli-read-timeout",
        ONE,
        "Seconds of silence to wait for a reply; 0 waits for ever.",
        number=True,
    ),
    Flag(
        "--cli-connect-timeout", ONE, "Seconds to wait to connect; 0 waits for ever.", number=True
    ),
    Flag(
        "--cli-binary-format",
        ONE,
        "How blobs are written.",
        choices={"base64": "", "raw-in-base64-out": ""},
    ),
    Flag("--no-cli-pager", NONE, "Do not page the output."),
    Flag("--cli-auto-prompt", NONE, "Prompt for flags."),
    Flag("--no-cli-auto-prompt", NONE, "Do not prompt for flags."),
    Flag("--cli-error-format", ONE, "How to print errors.", choices=ERROR_FORMATS),
    Flag("--local", NONE, "Use the local service: no account, no server.", ours=True),
    Flag("--local-db", ONE, "The local service's state file.", completer="files", ours=True),
    HELP,
)

INPUT = (
    Flag("--cli-input-json", ONE, "Parameters as JSON, or a file:// of it; flags override it."),
    Flag("--cli-input-yaml", ONE, "Parameters as YAML, or a file:// of it; flags override it."),
    Flag(
        "--generate-cli-skeleton",
        MAYBE,
        "Print a sample and send nothing.",
        choices={
            "input": "the request as JSON",
            "yaml-input": "the request as YAML",
            "output": "a made-up reply",
        },
    ),
)

PAGING, OUR_PAGING = (
    (
        Flag(
            "--starting-token",
            ONE,
            "Where to start: the NextToken of an earlier reply.",
            ours=ours,
        ),
        Flag(
            "--page-size",
            ONE,
            f"How many items to ask for at a time, 1 to {PAGE_SIZE}; {PAGE_SIZE} if not given.",
            number=True,
            ours=ours,
        ),
        Flag("--max-items", ONE, "How many items to print in all.", number=True, ours=ours),
    )
    for ours in (False, True)
)
"""Of lists for which the model declares a paginator, and of those that only cogid pages."""

POOL = Flag("--pool", ONE, "The pool: its id, name or ARN.", completer="pools", metavar="POOL")
TOKEN = Flag(
    "--token",
    ONE,
    "The login token: - (standard input), @FILE, env:NAME, github[:AUDIENCE], or the token itself.",
    metavar="SRC",
)
LOGIN = Flag(
    "--login",
    EACH,
    "A login token with its provider, which no issuer tells; may be repeated. Names for short: "
    "google, facebook, apple, amazon, twitter.",
    metavar="PROVIDER=SRC",
    completer="login-keys",
)
"""Of commands that ask a pool; ``token_source`` reads what the last two name."""

_COMPLETERS = {
    "IdentityPoolId": "pools",
    "IdentityId": "identities",
    "IdentityIdsToDelete": "identities",
    "ResourceArn": "pool-arns",
    "TagKeys": "tag-keys",
    "LoginsToRemove": "linked-logins",
    "DeveloperProviderName": "developer-provider",
    "IdentityProviderName": "providers",
    "CustomRoleArn": "roles",
}
_NEW_THERE = ("CreateIdentityPool", "DeveloperProviderName")  # nothing to look up yet


def of_operation(operation: Operation) -> list[Flag]:
    """Give the flags of one operation: its members in the model's order, then cogid's."""
    flags = []
    for name, shape in operation.input.members.items():
        spelling = f"--{shape.spelling}"
        takes = {"boolean": NONE, "list": MANY}.get(shape.type, ONE)
        flag = Flag(
            spelling,
            takes,
            number=shape.type in ("integer", "long"),
            off=f"--no-{spelling[2:]}" if takes == NONE else "",
            member=name,
            operation=operation,
            completer="" if (operation.name, name) == _NEW_THERE else _COMPLETERS.get(name, ""),
        )
        flags.append(flag)
    flags.extend(INPUT)
    if operation.items:
        flags.extend(PAGING if operation.declares_paginator else OUR_PAGING)
    return flags
