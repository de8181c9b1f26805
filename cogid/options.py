"""Every flag, declared once: the global ones and those of an operation.

A flag says how it is spelled, how many words it takes and what it may hold; ``click_options``
turns flags into the options of a click command. Types are ``values``' business, because some
of the reference's errors come before and some after a flag is typed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import click

from cogid.errors import UsageError
from cogid.model import Operation, Shape, kebab
from cogid.values import number
from cogid.words import MANY, MAYBE, NONE, ONE, Words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

OUTPUT_FORMATS = ("json", "text", "table", "yaml", "yaml-stream", "csv", "jsonl", "off")
ERROR_FORMATS = ("enhanced", "legacy", "json", "yaml", "text", "table")
SKELETONS = ("input", "yaml-input", "output")

PAGE_SIZE = 60  # the most that the service gives at once


class Flag(NamedTuple):
    """One flag: ``--max-items`` takes ONE word, which is a whole number."""

    name: str
    takes: str
    help: str
    choices: tuple[str, ...] = ()
    is_number: bool = False
    off_name: str = ""  # --no-x, which says False where the flag itself says True

    @property
    def key(self) -> str:
        """The name of the flag's value in ``Flags``: ``max_items``."""
        return self.name.lstrip("-").replace("-", "_")


Flags = dict[str, Any]
"""A flag's value by its key; a flag that was not given is absent.

ONE holds a string or, for numbers, an int; MANY a list of strings; NONE a bool; MAYBE a string
or True.
"""

GLOBAL = (
    Flag("--debug", NONE, "Log what is done to stderr, secrets left out."),
    Flag("--endpoint-url", ONE, "Send requests to this URL."),
    Flag("--no-verify-ssl", NONE, "Do not verify TLS certificates."),
    Flag("--no-paginate", NONE, "Fetch the first page only."),
    Flag("--output", ONE, "How to print the reply.", OUTPUT_FORMATS),
    Flag("--query", ONE, "A JMESPath expression that picks from the reply."),
    Flag("--profile", ONE, "The profile to use from the AWS configuration."),
    Flag("--region", ONE, "The region to call."),
    Flag("--version", NONE, "Print the version and stop."),
    Flag("--color", ONE, "When to colour.", ("on", "off", "auto")),
    Flag("--no-sign-request", NONE, "Send the request unsigned, without credentials."),
    Flag("--ca-bundle", ONE, "The CA certificates to verify TLS with."),
    Flag(
        "--cli-read-timeout", ONE, "Seconds to wait for a reply; 0 waits for ever.", is_number=True
    ),
    Flag(
        "--cli-connect-timeout",
        ONE,
        "Seconds to wait to connect; 0 waits for ever.",
        is_number=True,
    ),
    Flag("--cli-binary-format", ONE, "How blobs are written.", ("base64", "raw-in-base64-out")),
    Flag("--no-cli-pager", NONE, "Do not page the output."),
    Flag("--cli-auto-prompt", NONE, "Prompt for flags."),
    Flag("--no-cli-auto-prompt", NONE, "Do not prompt for flags."),
    Flag("--cli-error-format", ONE, "How to print errors.", ERROR_FORMATS),
    Flag("--local", NONE, "Use the local service: no account, no server."),
    Flag("--local-db", ONE, "The local service's state file."),
)

INPUT = (
    Flag("--cli-input-json", ONE, "Parameters as JSON, or a file:// of it; flags override it."),
    Flag("--cli-input-yaml", ONE, "Parameters as YAML, or a file:// of it; flags override it."),
    Flag("--generate-cli-skeleton", MAYBE, "Print a sample and send nothing.", SKELETONS),
)

PAGING = (
    Flag("--starting-token", ONE, "Where to start: the NextToken of an earlier reply."),
    Flag("--page-size", ONE, "How many items to ask for at a time.", is_number=True),
    Flag("--max-items", ONE, "How many items to print in all.", is_number=True),
)


def of_operation(operation: Operation) -> list[Flag]:
    """Give the flags of one operation: its members in the model's order, then cogid's."""
    flags = [_of_member(name, shape) for name, shape in operation.input.members.items()]
    flags.extend(INPUT)
    if operation.items:
        flags.extend(PAGING)
    return flags


def _of_member(name: str, shape: Shape) -> Flag:
    spelled = kebab(name)
    if shape.type == "boolean":
        return Flag(f"--{spelled}", NONE, "", off_name=f"--no-{spelled}")
    takes = MANY if shape.type == "list" else ONE
    return Flag(f"--{spelled}", takes, "", is_number=shape.type in ("integer", "long"))


def takes(flags: Iterable[Flag]) -> dict[str, str]:
    """Map every spelling to the number of words it takes."""
    spelled: dict[str, str] = {}
    for flag in flags:
        spelled[flag.name] = flag.takes
        if flag.off_name:
            spelled[flag.off_name] = flag.takes
    return spelled


def checked(flags: Iterable[Flag], given: Mapping[str, Words]) -> Flags:
    """Turn the words of flags into their values.

    Raises UsageError for a choice that is none and a number that is none.
    """
    values: Flags = {}
    by_name = {flag.name: flag for flag in flags}
    off = {flag.off_name: flag for flag in by_name.values() if flag.off_name}
    for name, words in given.items():
        flag = by_name.get(name) or off[name]
        # Of --x and --no-x the last one counts: ``given`` is in the order of last use.
        values[flag.key] = _value(flag, words, on=name in by_name)
    return values


def _value(flag: Flag, words: Words, *, on: bool) -> Any:
    if words is None:
        return on
    if isinstance(words, str) and flag.choices and words not in flag.choices:
        wanted = ", ".join(flag.choices)
        raise UsageError(
            f"argument {flag.name}: Found invalid choice {words!r}; choose from {wanted}",
            usage=True,
        )
    if isinstance(words, str) and flag.is_number and not words.startswith("file"):
        return number(words, flag.name)
    return words


def click_options(flags: Iterable[Flag]) -> list[click.Parameter]:
    """Declare flags as click's options; their words come typed from ``checked``."""
    return [_click_option(flag) for flag in flags]


def _click_option(flag: Flag) -> click.Option:
    if flag.takes == NONE:
        names = [flag.key, f"{flag.name}/{flag.off_name}" if flag.off_name else flag.name]
        return click.Option(names, is_flag=True, default=None, help=flag.help)
    return click.Option([flag.key, flag.name], type=click.UNPROCESSED, help=flag.help)
