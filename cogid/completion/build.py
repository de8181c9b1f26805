"""The tree of commands in, the table of all that can be typed out. Loads click and the help.

The table is made of plain dicts, which JSON can hold:

``commands``  by name, ``"local serve"`` for one under another. Each has ``about``, its own
              ``flags`` and the ``words`` that can follow it
``flags``     the global ones. A flag has ``about``; ``takes``: one, many (words), each (one word,
              several times), none or maybe (one); ``values`` with their meanings; the ``source``
              of those that are looked up (``live``); ``files``: file:// may or is likely to stand
              for the value; and ``places``: what can stand where in shorthand, at a depth of
              braces (``"1"``) or after a key (``"Type="``, ``"*="`` is any key)
``made_from`` the files it is made of (``table.sources``)
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import click

from cogid import model, prose
from cogid.cli import Cogid
from cogid.completion import table
from cogid.help import TOPICS, shapes
from cogid.options import NONE, Flag

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cogid.model import Shape

    Entry = dict[str, Any]

_LONGEST = 76  # of descriptions: what is read at a glance, and fits beside a flag's name

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


def build() -> Entry:
    """Make the table from the tree, whose operations are those of the installed model."""
    root = Cogid()
    return {
        "made_from": table.sources(),
        "flags": flags(root),
        "commands": dict(_commands(root)),
    }


def short(text: str) -> str:
    """Cut a description to its first sentence, and that to what is read at a glance."""
    text = re.split(r"(?<=[.;])\s", " ".join(text.split()), maxsplit=1)[0].rstrip(".;:")
    return text if len(text) <= _LONGEST else text[: _LONGEST - 3].rsplit(" ", 1)[0] + "..."


def flags(command: click.Command) -> Entry:
    """Describe the flags of one command."""
    found = {}
    for flag in command.params:
        if isinstance(flag, Flag):
            found[flag.spelling] = describe(flag)
            if flag.off:
                found[flag.off] = {"about": f"The opposite of {flag.spelling}", "takes": NONE}
    return found


def describe(flag: Flag) -> Entry:
    """Describe one flag."""
    shape, places, files = flag.shape, {}, ""
    values = model.regions() if flag.completer == "regions" else flag.choices
    if shape is not None and flag.takes != NONE:
        element = shape.element if shape.type == "list" else shape
        values = dict.fromkeys(element.enum, "")
        scalar = element.type in shapes.SCALARS
        files = "" if flag.number else "may" if scalar else "likely"
        places = {} if scalar else {**_inside(shape, 0), **_PLACES.get(flag.member, {})}
    elif flag.spelling.startswith("--cli-input-"):
        files = "likely"
    elif flag.completer == "key=file":
        places = {"*=": {"source": "files"}}
    return _entry(
        about=short(flag.description.partition("  [")[0]),
        takes=flag.takes,
        values=values,
        source=flag.completer if flag.completer not in ("regions", "key=file") else "",
        files=files,
        places=places,
    )


def _commands(parent: click.Group, name: str = "") -> Iterator[tuple[str, Entry]]:
    context = click.Context(parent)
    for each in parent.list_commands(context):
        command: Any = parent.get_command(context, each)
        full = f"{name} {each}".strip()
        about = short(command.summary)
        yield full, _entry(about=about, flags=flags(command), words=_words(command, parent))
        if isinstance(command, click.Group):
            yield from _commands(command, full)


def _words(command: click.Command, root: click.Group) -> Entry:
    """Give the words that can follow a command: those under it, or what its argument can be."""
    if isinstance(command, click.Group):
        under: dict[str, Any] = dict(command.commands)
        return {name: short(each.summary) for name, each in under.items()}
    for argument in command.params:
        if isinstance(argument, click.Argument) and isinstance(argument.type, click.Choice):
            return dict.fromkeys(map(str, argument.type.choices), "")
        if argument.name == "topic":
            context = click.Context(root)
            names = root.list_commands(context)
            found: list[Any] = [root.get_command(context, name) for name in names]
            told = {each.name: short(each.summary) for each in found}
            return {**{topic: short(about) for topic, about in TOPICS.items()}, **told}
    return {}


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
