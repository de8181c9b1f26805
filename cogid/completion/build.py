"""The model and the flags in, the table of all that can be typed out. Loads click and the help.

The table is made of plain dicts, which JSON can hold:

``commands``  by name, ``"local serve"`` for one under another. Each has ``about``, its own
              ``flags``, the ``words`` that can follow it, and ``global`` if it takes those flags
``flags``     the global ones. A flag has ``about``; ``takes``: one, many (words), each (one word,
              several times), none or maybe (one); ``values`` with their meanings; the ``source``
              of those that are looked up (``live``); ``files``: file:// may or is likely to stand
              for the value; and ``places``: what can stand where in shorthand, at a depth of
              braces (``"1"``) or after a key (``"Type="``, ``"*="`` is any key)
``made_from`` the files it is made of (``table.sources``)
"""

from __future__ import annotations

import json
import re
from importlib.machinery import PathFinder
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cogid import model, options
from cogid.completion import SHELLS, table
from cogid.completion.candidates import FILES
from cogid.help import TOPICS, operation, prose, shapes
from cogid.model import kebab
from cogid.words import NONE, ONE

if TYPE_CHECKING:
    from collections.abc import Iterator

    import click

    from cogid.model import Operation, Shape

    Entry = dict[str, Any]

_LONGEST = 76  # of descriptions: what is read at a glance, and fits beside a flag's name

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
    "--profile": "profiles",
    "--ca-bundle": FILES,
    "--local-db": FILES,
}
_NOT_THERE_YET = {("CreateIdentityPool", "DeveloperProviderName")}

_PLACES: dict[str, Entry] = {
    "Logins": {"0": {"source": "login-keys"}},
    "RoleMappings": {"0": {"source": "mapping-keys"}},
    "Roles": {
        "0": {"values": {"authenticated=": "for users", "unauthenticated=": "for guests"}},
        "*=": {"source": "roles"},
    },
    "SupportedLoginProviders": {
        "0": {
            "values": {
                "accounts.google.com=": "Google",
                "api.twitter.com=": "Twitter",
                "appleid.apple.com=": "Apple",
                "graph.facebook.com=": "Facebook",
                "www.amazon.com=": "Amazon",
            }
        }
    },
}
"""The keys of maps, which the model leaves open, and what follows them."""

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

HELP = {"--help": {"about": "Show help", "takes": NONE}}


def build() -> Entry:
    """Make the table from the installed model."""
    operations = model.load().operations
    topics = {name: short(about) for name, about in TOPICS.items()}
    summaries = {name: short(operation.summary(each)) for name, each in operations.items()}
    shells = dict.fromkeys(SHELLS, "")
    help_ = {"about": "Show help on a command or topic", "words": {**topics, **summaries}}
    completion = {"about": "Print the completion script of a shell", "flags": HELP, "words": shells}
    return {
        "made_from": table.sources(),
        "flags": {**{each.name: _own(each) for each in options.GLOBAL}, **HELP},
        "commands": {
            **{
                name: {"about": summaries[name], "flags": flags(each), "global": True}
                for name, each in operations.items()
            },
            "help": help_,
            "completion": completion,
            **dict(_clicks(_local())),
        },
    }


def short(text: str) -> str:
    """Cut a description to its first sentence, and that to what is read at a glance."""
    text = re.split(r"(?<=[.;])\s", " ".join(text.split()), maxsplit=1)[0].rstrip(".;:")
    return text if len(text) <= _LONGEST else text[: _LONGEST - 3].rsplit(" ", 1)[0] + "..."


def flags(told: Operation) -> Entry:
    """Describe the flags of one operation."""
    found = {}
    for each in options.of_operation(told):
        found[each.name] = describe(each, told)
        if each.off_name:
            found[each.off_name] = {"about": f"The opposite of {each.name}", "takes": NONE}
    return found


def describe(flag: options.Flag, told: Operation | None) -> Entry:
    """Describe one flag, which sets a member of the operation, or none."""
    members = told.input.members if told else {}
    name = next((name for name in members if f"--{kebab(name)}" == flag.name), "")
    return _member(told, name, flag) if told and name else _own(flag)


def _member(told: Operation, name: str, flag: options.Flag) -> Entry:
    shape = told.input.members[name]
    about = short(shapes.said(told, name, shape))
    if flag.takes == NONE:
        return {"about": about, "takes": NONE}
    element = shape.element if shape.type == "list" else shape
    scalar = element.type in shapes.SCALARS
    source = "" if (told.name, name) in _NOT_THERE_YET else _SOURCES.get(name, "")
    return _entry(
        about=about,
        takes=flag.takes,
        values=dict.fromkeys(element.enum, ""),
        source=source,
        files="" if flag.is_number else "may" if scalar else "likely",
        places={} if scalar else {**_inside(shape, 0), **_PLACES.get(name, {})},
    )


def _own(flag: options.Flag) -> Entry:
    """Describe a flag that sets no member."""
    values = {each: _CHOICES.get((flag.name, each), "") for each in flag.choices}
    return _entry(
        about=short(flag.help),
        takes=flag.takes,
        values=regions() if flag.name == "--region" else values,
        source=_SOURCES.get(flag.name, ""),
        files="likely" if flag.name.startswith("--cli-input-") else "",
    )


def _entry(**told: Any) -> Entry:
    return {name: value for name, value in told.items() if value}


def _inside(shape: Shape, depth: int) -> Entry:
    """Find the keys inside a value and, where they are known, what may follow each."""
    if shape.type == "list":
        return _inside(shape.element, depth)
    if shape.type == "map":
        return _inside(shape.value, depth + 1)
    if shape.type != "structure":
        return {}
    keys = {
        f"{key}=": short(prose.first_sentence(part.documentation))
        for key, part in shape.members.items()
    }
    places: Entry = {str(depth): {"values": keys}}
    for key, part in shape.members.items():
        values = part.enum or (["true", "false"] if part.type == "boolean" else [])
        if values:
            places[f"{key}="] = {"values": dict.fromkeys(values, "")}
        places.update(_inside(part, depth + 1))
    return places


def regions() -> dict[str, str]:
    """Give the regions that have the service, with the places they stand for."""
    found = PathFinder.find_spec("botocore")
    folders = found and found.submodule_search_locations
    if not folders:
        return {}
    file = Path(folders[0], "data", "endpoints.json")
    partitions = json.loads(file.read_text(encoding="utf-8"))["partitions"]
    return {
        region: partition["regions"][region]["description"]
        for partition in partitions
        for region in sorted(partition["services"].get(model.SERVICE, {}).get("endpoints", ()))
        if region in partition["regions"]
    }


def _local() -> click.Command:
    from cogid.local import commands

    return commands.local


def _clicks(command: click.Command, parent: str = "") -> Iterator[tuple[str, Entry]]:
    """Describe a command that click reads itself, and those under it."""
    import click

    name = f"{parent} {command.name}".strip()
    own = {each.opts[0]: _click(each) for each in command.params if isinstance(each, click.Option)}
    under = list(command.commands.values()) if isinstance(command, click.Group) else []
    words = {each.name: short(each.help or "") for each in under}
    yield name, _entry(about=short(command.help or ""), flags={**own, **HELP}, words=words)
    for each in under:
        yield from _clicks(each, name)


def _click(option: click.Option) -> Entry:
    import click

    choices = option.type.choices if isinstance(option.type, click.Choice) else ()
    return _entry(
        about=short((option.help or "").partition("  [")[0]),
        takes=NONE if option.is_flag else "each" if option.multiple else ONE,
        values={str(each): "" for each in choices},
        source=FILES if option.metavar == "PATH" else "",
        places={"*=": {"source": FILES}} if option.metavar == "ISSUER=FILE" else {},
    )
