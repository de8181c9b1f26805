"""The model and the flags in, what can be typed where out: the one source of all scripts.

A flag's values are words that are known when the scripts are made, files, or a source: the name
of something that is looked up when TAB is pressed (see ``live``). Inside shorthand, ``places``
says what can stand where: at a depth of braces (``"1"``) or after a key (``"Type="``; ``"*="``
is any key).
"""

from __future__ import annotations

import json
import re
from importlib.machinery import PathFinder
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from cogid import completion, model, options
from cogid.help import TOPICS, operation, prose, shapes
from cogid.model import kebab
from cogid.options import MANY, MAYBE, NONE, ONE

if TYPE_CHECKING:
    from collections.abc import Iterable

    import click

    from cogid.model import Operation, Shape

FILES_SOURCE = "files"
PLACES = "places"
_LONGEST = 76  # of descriptions: what is read at a glance, and fits beside a flag's name


class Word(NamedTuple):
    """One word to propose, and what it means."""

    text: str
    about: str = ""


class Place(NamedTuple):
    """What can stand at one place inside shorthand: these words, or those of a source."""

    words: tuple[Word, ...] = ()
    source: str = ""


class Flag(NamedTuple):
    """One flag. ``files`` tells whether ``file://`` may stand for the value, and is likely to."""

    name: str
    about: str
    takes: str
    words: tuple[Word, ...] = ()
    source: str = ""
    files: str = ""  # MAY, LIKELY, or ""
    places: tuple[tuple[str, Place], ...] = ()


MAY, LIKELY = "may", "likely"


class Command(NamedTuple):
    """One command: its flags, and the words that may follow it."""

    name: str
    about: str
    flags: tuple[Flag, ...]
    words: tuple[Word, ...] = ()


class Kind(NamedTuple):
    """What a script must know of a flag at once: ``takes`` is 0, 1, + (several) or ? (perhaps)."""

    takes: str
    source: str
    files: str


class Table(NamedTuple):
    """All of it; ``flags`` are those before the command."""

    flags: tuple[Flag, ...]
    commands: tuple[Command, ...]

    def own(self, command: Command) -> list[Flag]:
        """Give the flags that are a command's own: an operation takes the global ones as well."""
        if not self.is_operation(command):
            return list(command.flags)
        return [flag for flag in command.flags if flag not in self.flags]

    def is_operation(self, command: Command) -> bool:
        """Tell whether the command takes the global flags after its name."""
        return self.flags[0] in command.flags

    def others(self) -> list[str]:
        """Name the commands that are no operations."""
        return [
            each.name
            for each in self.commands
            if " " not in each.name and not self.is_operation(each)
        ]

    def top(self) -> list[Word]:
        """Give the commands that can be typed first."""
        return [Word(each.name, each.about) for each in self.commands if " " not in each.name]

    def kinds(self) -> list[tuple[Kind, list[str]]]:
        """Give the flags of each kind, as patterns of ``COMMAND FLAG``, the special ones first.

        A flag that is of one kind everywhere is there once, as ``* FLAG``.
        """
        found: dict[str, dict[str, Kind]] = {}
        for command in self.commands:
            for flag in command.flags:
                kind = Kind(_TAKES[flag.takes], flag.source, flag.files)
                found.setdefault(flag.name, {})[command.name] = kind
        special: dict[Kind, list[str]] = {}
        general: dict[Kind, list[str]] = {}
        for name, kinds in found.items():
            usual = max(kinds.values(), key=list(kinds.values()).count)
            general.setdefault(usual, []).append(f"* {name}")
            for command_name, kind in kinds.items():
                if kind != usual:
                    special.setdefault(kind, []).append(f"{command_name} {name}")
        return [*special.items(), *general.items()]

    def values(self) -> dict[str, Place]:
        """Give what can stand for a flag's value: by ``FLAG``, or ``FLAG PLACE`` in shorthand."""
        found: dict[str, Place] = {}
        for flag in (flag for command in self.commands for flag in command.flags):
            if flag.words:
                found[flag.name] = Place(flag.words)
            for name, place in flag.places:
                found[f"{flag.name} {name}"] = place
        return dict(sorted(found.items(), key=lambda each: "*" in each[0]))


_TAKES = {NONE: "0", ONE: "1", MANY: "+", MAYBE: "?"}


_SOURCES = {
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

_NOT_THERE_YET = {("CreateIdentityPool", "DeveloperProviderName")}

_KEYS = {
    "Logins": Place(source="login-keys"),
    "RoleMappings": Place(source="mapping-keys"),
    "Roles": Place((Word("authenticated=", "for users"), Word("unauthenticated=", "for guests"))),
    "SupportedLoginProviders": Place(
        (
            Word("accounts.google.com=", "Google"),
            Word("api.twitter.com=", "Twitter"),
            Word("appleid.apple.com=", "Apple"),
            Word("graph.facebook.com=", "Facebook"),
            Word("www.amazon.com=", "Amazon"),
        )
    ),
}
"""The keys of maps, which the model leaves open."""

_AFTER_KEYS = {"Roles": Place(source="roles")}

_CHOICES = {
    ("--output", "json"): "JSON, indented",
    ("--output", "text"): "lines with tabs, for grep and cut",
    ("--output", "table"): "a drawn table",
    ("--output", "yaml"): "YAML",
    ("--output", "yaml-stream"): "YAML, page by page",
    ("--output", "csv"): "comma-separated, with a header",
    ("--output", "jsonl"): "JSON, one item a line",
    ("--output", "off"): "nothing",
    ("--color", "on"): "always",
    ("--color", "off"): "never",
    ("--color", "auto"): "on a terminal",
    ("--generate-cli-skeleton", "input"): "the request as JSON",
    ("--generate-cli-skeleton", "yaml-input"): "the request as YAML",
    ("--generate-cli-skeleton", "output"): "a made-up reply",
    ("--cli-error-format", "enhanced"): "a line, with details and hints",
    ("--cli-error-format", "legacy"): "a line",
}

HELP = Flag("--help", "Show help", NONE)


def load() -> Table:
    """Make the table from the installed model."""
    before = (*map(_global, options.GLOBAL), HELP)
    operations = model.load().operations
    shells = tuple(Word(shell) for shell in completion.FILES)
    others = (
        Command("help", "Show help on a command or topic", (), _help_words(operations.values())),
        Command("completion", "Print the completion script of a shell", (HELP,), shells),
        *_click_commands(_local()),
    )
    made = [_command(each, before) for each in operations.values()]
    return Table(before, (*made, *others))


def _help_words(operations: Iterable[Operation]) -> tuple[Word, ...]:
    topics = [Word(name, short(about)) for name, about in TOPICS.items()]
    return (*topics, *(Word(each.command, operation.summary(each)) for each in operations))


def short(text: str) -> str:
    """Cut a description to its first sentence, and that to what is read at a glance."""
    text = re.split(r"(?<=[.;])\s", " ".join(text.split()), maxsplit=1)[0].rstrip(".;:")
    return text if len(text) <= _LONGEST else text[: _LONGEST - 3].rsplit(" ", 1)[0] + "..."


def _command(told: Operation, before: tuple[Flag, ...]) -> Command:
    flags: list[Flag] = []
    for flag in options.of_operation(told):
        member = next((name for name in told.input.members if f"--{kebab(name)}" == flag.name), "")
        if not member:
            flags.append(_input(flag))
            continue
        flags.append(_member(told, member, flag))
        if flag.off_name:
            flags.append(Flag(flag.off_name, f"The opposite of {flag.name}", NONE))
    return Command(told.command, short(operation.summary(told)), (*flags, *before))


def _member(told: Operation, name: str, flag: options.Flag) -> Flag:
    shape = told.input.members[name]
    about = short(shapes.said(told, name, shape))
    if flag.takes == NONE:
        return Flag(flag.name, about, NONE)
    scalar = (shape.element if shape.type == "list" else shape).type in shapes.SCALARS
    source = "" if (told.name, name) in _NOT_THERE_YET else _SOURCES.get(name, "")
    places = {} if scalar else _places(name, shape)
    return Flag(
        flag.name,
        about,
        flag.takes,
        tuple(Word(value) for value in (shape.element if shape.type == "list" else shape).enum),
        PLACES if places else source,
        "" if flag.is_number else MAY if scalar else LIKELY,
        tuple(places.items()),
    )


def _places(name: str, shape: Shape) -> dict[str, Place]:
    """Find the keys inside a value and, where they are known, what may follow each."""
    places = _inside(shape, 0)
    if name in _KEYS:
        places["0"] = _KEYS[name]
    if name in _AFTER_KEYS:
        places["*="] = _AFTER_KEYS[name]
    return places


def _inside(shape: Shape, depth: int) -> dict[str, Place]:
    if shape.type == "list":
        return _inside(shape.element, depth)
    if shape.type == "map":
        return _inside(shape.value, depth + 1)
    if shape.type != "structure":
        return {}
    keys = [
        Word(f"{key}=", short(prose.first_sentence(part.documentation)))
        for key, part in shape.members.items()
    ]
    places = {str(depth): Place(tuple(keys))}
    for key, part in shape.members.items():
        values = part.enum or (["true", "false"] if part.type == "boolean" else [])
        if values:
            places[f"{key}="] = Place(tuple(Word(value) for value in values))
        places.update(_inside(part, depth + 1))
    return places


def _input(flag: options.Flag) -> Flag:
    return _own(flag, files=LIKELY if flag.name.startswith("--cli-input-") else "")


def _global(flag: options.Flag) -> Flag:
    if flag.name == "--profile":
        return _own(flag, source="profiles")
    if flag.name == "--region":
        return _own(flag, words=tuple(regions()))
    if flag.name in ("--ca-bundle", "--local-db"):
        return _own(flag, source=FILES_SOURCE)
    return _own(flag)


def _own(
    flag: options.Flag, *, words: tuple[Word, ...] = (), source: str = "", files: str = ""
) -> Flag:
    choices = tuple(Word(each, _CHOICES.get((flag.name, each), "")) for each in flag.choices)
    return Flag(flag.name, short(flag.help), flag.takes, words or choices, source, files)


def regions() -> list[Word]:
    """Give the regions that have the service, with the places they stand for."""
    found = PathFinder.find_spec("botocore")
    folders = found and found.submodule_search_locations
    if not folders:
        return []
    file = Path(folders[0], "data", "endpoints.json")
    partitions = json.loads(file.read_text(encoding="utf-8"))["partitions"]
    return [
        Word(region, partition["regions"][region]["description"])
        for partition in partitions
        for region in sorted(partition["services"].get(model.SERVICE, {}).get("endpoints", ()))
        if region in partition["regions"]
    ]


def _local() -> click.Command:
    from cogid.local import commands

    return commands.local


def _click_commands(command: click.Command, parent: str = "") -> list[Command]:
    """Describe a command that click reads itself, and those under it."""
    import click

    name = f"{parent} {command.name}".strip()
    flags = [_click_flag(each) for each in command.params if isinstance(each, click.Option)]
    under = list(command.commands.values()) if isinstance(command, click.Group) else []
    words = tuple(Word(each.name or "", short(each.help or "")) for each in under)
    made = Command(name, short(command.help or ""), (*flags, HELP), words)
    return [made, *(found for each in under for found in _click_commands(each, name))]


def _click_flag(option: click.Option) -> Flag:
    import click

    choices = option.type.choices if isinstance(option.type, click.Choice) else ()
    about = short((option.help or "").partition("  [")[0])
    takes = NONE if option.is_flag else ONE
    if option.metavar == "PATH":
        return Flag(option.opts[0], about, takes, source=FILES_SOURCE)
    if option.metavar == "ISSUER=FILE":
        places = (("*=", Place(source=FILES_SOURCE)),)
        return Flag(option.opts[0], about, takes, source=PLACES, places=places)
    return Flag(option.opts[0], about, takes, tuple(Word(str(each)) for each in choices))
