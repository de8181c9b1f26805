"""A command line's words in, its command and flags out: the one parse.

argparse splits the words, because the reference's parser is argparse and its rules are what
scripts rely on: flags may be shortened as long as they stay unambiguous, the last of several
wins, list flags take every word up to the next flag. As there (AWS CLI 2.36.7), the global flags
are taken from the whole line first, then the command, then the flags of that command. The flags
that the reference does not have are taken before all of them and only when spelled out, so that
they make no abbreviation ambiguous that works there.
"""

from __future__ import annotations

import argparse
import re
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, NamedTuple, NoReturn

import click

from cogid.errors import UnknownOptions, UsageError
from cogid.options import EACH, MANY, MAYBE, NONE, Flag, Flags

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

# Its messages stay in English, as the reference's do; to find that nobody translated them takes
# argparse as long as to split a line.
argparse._ = str  # type: ignore[attr-defined]

_ANYWHERE = ("cli_error_format", "debug")  # count on a line that is wrong, too


class Line(NamedTuple):
    """What a command line says: the command, its name (``local serve``), and its flags.

    ``command`` is a group when none of its commands is named. ``help`` asks for a page instead:
    the "short" one (``-h``) or the "full" one (a last word ``help``). ``words`` are all, as typed.
    """

    root: click.Group
    command: click.Command
    name: str
    flags: Flags
    help: str = ""
    words: Sequence[str] = ()


def parse(words: Sequence[str], root: click.Group) -> Line:
    """Parse a command line.

    Raises UsageError for a command that is none, a flag without its word, a switch with one, an
    ambiguous abbreviation, and a value that a flag cannot have.
    """
    end = list(words).index("--") if "--" in words else len(words)
    rest, after = list(words[:end]), list(words[end + 1 :])  # behind -- nothing is a flag
    command: click.Command = root
    name = ""
    try:
        flags, rest = split(rest, command.params)
        while isinstance(command, click.Group) and "version" not in flags:
            # The first word that is no flag, as argparse finds its positional one.
            word = next((word for word in [*rest, *after] if word[:1] != "-" or word == "-"), None)
            if word is None or (word == "help" and name):
                break
            before = rest[: rest.index(word)] if word in rest else []
            (rest if word in rest else after).remove(word)
            found = command.get_command(click.Context(command), word)
            if found is None:
                raise _no_command(command, word, before)
            command = found
            name = f"{name} {word}".strip()
            given, rest = split(rest, command.params)
            flags.update(given)
        asked = "short" if flags.pop("help", False) else "full" if rest == ["help"] else ""
        every = [*root.params, *command.params]
        if not asked and "version" not in flags:
            arguments = [each for each in command.params if isinstance(each, click.Argument)]
            if any(map(_is_flag, rest)) and all(each.nargs == 1 for each in arguments):
                plain = [word for word in rest if not _is_flag(word)][: len(arguments)]
                raise _unknown([word for word in [*rest, *after] if word not in plain], every)
            rest = [*rest, *after]
            if arguments:
                rest = _take_arguments(command, rest, flags)
            if rest:
                raise _unknown(rest, every)
    except UsageError as error:
        error.command = name
        raise
    return Line(root, command, name, flags, asked, words)


def scan(words: Sequence[str], root: click.Group) -> Line:
    """Give the little of a line that counts when it is wrong: how errors are to be shown."""
    found: Flags = {}
    for flag in root.params:
        if flag.name in _ANYWHERE:
            with suppress(UsageError):
                found.update(split(words, [flag])[0])
    return Line(root, root, "", found, "", words)


def split(words: Sequence[str], params: Iterable[click.Parameter]) -> tuple[Flags, list[str]]:
    """Split words by one set of flags: the values of those given, and all other words."""
    found = argparse.Namespace()
    rest = list(words)
    flags = [each for each in params if isinstance(each, Flag)]
    # Ours first, and spelled out: what is left is what the reference would be given.
    if ours := [flag for flag in flags if flag.ours]:
        found, rest = _parser(ours, abbreviated=False).parse_known_args(rest)
    if theirs := [flag for flag in flags if not flag.ours]:
        found, rest = _parser(theirs, abbreviated=True).parse_known_args(rest, found)
    return vars(found), rest


class _Parser(argparse.ArgumentParser):
    """argparse's parser, but it raises what ``__main__`` prints."""

    def error(self, message: str) -> NoReturn:
        raise UsageError(message, usage=True)


def _parser(flags: Iterable[Flag], *, abbreviated: bool) -> _Parser:
    parser = _Parser(
        add_help=False,
        allow_abbrev=abbreviated,
        argument_default=argparse.SUPPRESS,
        formatter_class=_FORMATTER,
        usage=argparse.SUPPRESS,
    )
    for flag in flags:
        if flag.takes == NONE:
            parser.add_argument(*flag.opts, dest=flag.name, action="store_true")
            if flag.off:
                parser.add_argument(flag.off, dest=flag.name, action="store_false")
        elif flag.takes == MAYBE:
            parser.add_argument(
                flag.spelling, dest=flag.name, nargs="?", const=True, type=flag.read
            )
        elif flag.takes == MANY:
            parser.add_argument(flag.spelling, dest=flag.name, nargs="*", type=flag.read)
        else:
            action = "append" if flag.takes == EACH else "store"
            parser.add_argument(flag.spelling, dest=flag.name, action=action, type=flag.read)
    return parser


# argparse makes one for every flag; with a width of its own it does not measure the terminal.
_FORMATTER = partial(argparse.HelpFormatter, width=80)


def _is_flag(word: str) -> bool:
    return word[:1] == "-" and word != "-"


def _take_arguments(command: click.Command, words: list[str], flags: Flags) -> list[str]:
    """Move words to a command's arguments; give those that stay over."""
    for argument in command.params:
        if isinstance(argument, click.Argument):
            count = len(words) if argument.nargs < 0 else 1
            if words:
                flags[str(argument.name)] = words[:count] if argument.nargs < 0 else words[0]
            elif argument.required:
                name = argument.make_metavar(click.Context(command))
                raise UsageError(f"the following arguments are required: {name}", usage=True)
            words = words[count:]
    return words


def _unknown(words: Sequence[str], params: Iterable[click.Parameter]) -> UnknownOptions:
    """Name the words that no flag takes, and the flags that were perhaps meant."""
    known = [name for flag in params for name in (*flag.opts, *flag.secondary_opts)]
    dashed = [word.partition("=")[0] for word in words if word[:1] == "-"]
    meant = "".join(nearest(word, known) for word in dashed)
    return UnknownOptions(f"Unknown options: {', '.join(words)}" + (f"\n{meant}" if meant else ""))


def _no_command(group: click.Group, name: str, before: list[str]) -> UsageError:
    """Word the complaint; ``before`` are words before the name that belong to no flag of ours."""
    if before:  # an unknown flag whose value was taken for the command
        return _unknown(before, group.params)
    meant = nearest(name, group.list_commands(click.Context(group)))
    hint = None
    if not meant and (found := _by_words(name, group.list_commands(click.Context(group)))):
        hint = f"perhaps {', '.join(found)}"
    return UsageError(
        f"argument operation: Found invalid choice {name!r}\n{meant}", usage=True, hint=hint
    )


# What people call it, as other tools do: the word that is in the names of commands.
_WORDS = {
    "add": "create",
    "cat": "describe",
    "change": "update",
    "edit": "update",
    "find": "list",
    "info": "describe",
    "ls": "list",
    "make": "create",
    "new": "create",
    "remove": "delete",
    "rm": "delete",
    "show": "describe",
    "users": "identities",
}
_MOST = 4


def _by_words(name: str, known: Iterable[str]) -> list[str]:
    """Give the commands that share the most words with a name, those that only look first."""
    words = {_stem(_WORDS.get(word, word)) for word in re.split(r"[-_ ]", name.lower()) if word}
    shared = {each: len(words & {*map(_stem, each.split("-"))}) for each in known}
    most = max(shared.values(), default=0)
    found = [each for each in shared if shared[each] == most > 0]
    return sorted(found, key=lambda each: (each[:4] != "list", each[:8] != "describe"))[:_MOST]


def _stem(word: str) -> str:
    """Take off what tells one from many: ``identity`` and ``identities`` are one word here."""
    return word.removesuffix("ies").removesuffix("y").removesuffix("s")


def nearest(word: str, known: Iterable[str]) -> str:
    """Give the known words most like this one, as a list for the person; nothing like: nothing."""
    import difflib

    near = difflib.get_close_matches(word.lower(), list(known), n=3, cutoff=0.7)
    listed = "".join(f"\n  * {each}" for each in near)
    return f"\nMaybe you meant:\n{listed}\n" if near else ""
