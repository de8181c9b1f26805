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
from contextlib import suppress
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple, NoReturn

import click

from cogid.errors import UnknownOptions, UsageError
from cogid.options import EACH, MANY, MAYBE, NONE, Flag, Flags

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_ANYWHERE = ("cli_error_format", "debug")  # count on a line that is wrong, too


class Line(NamedTuple):
    """What a command line says: the command, its name (``local serve``), and its flags.

    ``command`` is a group when none of its commands is named. ``help`` asks for a page instead:
    the "short" one (``-h``) or the "full" one (a last word ``help``).
    """

    root: click.Group
    command: click.Command
    name: str
    flags: Flags
    help: str = ""


def parse(words: Sequence[str], group: click.Group) -> Line:
    """Parse a command line.

    Raises UsageError for a command that is none, a flag without its word, a switch with one, an
    ambiguous abbreviation, and a value that a flag cannot have.
    """
    command: click.Command = group
    flags: Flags = {}
    name = ""
    rest, after = _parted(words)
    try:
        rest = _take(command, rest, flags)
        while isinstance(command, click.Group) and "version" not in flags:
            word = next((word for word in [*rest, *after] if word[:1] != "-" or word == "-"), None)
            if word is None or (word == "help" and name):
                break
            (rest if word in rest else after).remove(word)
            command = _subcommand(command, word)
            name = f"{name} {word}".strip()
            rest = _take(command, rest, flags)
        asked = "short" if flags.pop("help", False) else "full" if rest == ["help"] else ""
        if not asked and "version" not in flags:
            _take_arguments(command, [*rest, *after], flags)
    except UsageError as error:
        error.command = name
        raise
    return Line(group, command, name, flags, asked)


def scan(words: Sequence[str], group: click.Group) -> Line:
    """Give the little of a line that counts when it is wrong: how errors are to be shown."""
    found: Flags = {}
    for flag in group.params:
        if isinstance(flag, Flag) and flag.key in _ANYWHERE:
            with suppress(UsageError):
                found.update(split(words, [flag])[0])
    return Line(group, group, "", found)


def split(words: Sequence[str], flags: Iterable[Flag]) -> tuple[Flags, list[str]]:
    """Split words by one set of flags: the values of those given, and all other words."""
    found: Flags = {}
    rest = list(words)
    for ours, some in groupby(sorted(flags, key=_not_ours), _not_ours):
        given, rest = _Parser(some, abbreviated=ours).split(rest)
        found.update(given)
    return found, rest


def _not_ours(flag: Flag) -> bool:
    return not flag.ours


def nearest(word: str, known: Iterable[str]) -> str:
    """Give the known words most like this one, as a list for the person; nothing like: nothing."""
    import difflib

    near = difflib.get_close_matches(word.lower(), list(known), n=3, cutoff=0.7)
    listed = "".join(f"\n  * {each}" for each in near)
    return f"\nMaybe you meant:\n{listed}\n" if near else ""


def _take(command: click.Command, words: list[str], flags: Flags) -> list[str]:
    """Move the words of a command's flags from ``words`` to ``flags``; give what is left."""
    found, rest = split(words, [flag for flag in command.params if isinstance(flag, Flag)])
    flags.update(found)
    return rest


def _take_arguments(command: click.Command, words: list[str], flags: Flags) -> None:
    """Give a command's arguments their words. Raises UnknownOptions for words that stay over."""
    for argument in command.params:
        if isinstance(argument, click.Argument):
            count = len(words) if argument.nargs < 0 else 1
            if words:
                flags[str(argument.name)] = words[:count] if argument.nargs < 0 else words[0]
            elif argument.required:
                name = argument.make_metavar(click.Context(command))
                raise UsageError(f"the following arguments are required: {name}", usage=True)
            words = words[count:]
    if words:
        known = [name for flag in command.params for name in (*flag.opts, *flag.secondary_opts)]
        dashed = [word.partition("=")[0] for word in words if word[:1] == "-"]
        meant = "".join(nearest(word, known) for word in dashed)
        raise UnknownOptions(
            f"Unknown options: {', '.join(words)}" + (f"\n{meant}" if meant else "")
        )


def _subcommand(group: click.Group, name: str) -> click.Command:
    context = click.Context(group)
    found = group.get_command(context, name)
    if found is None:
        meant = nearest(name, group.list_commands(context))
        raise UsageError(f"argument operation: Found invalid choice {name!r}\n{meant}", usage=True)
    return found


def _parted(words: Sequence[str]) -> tuple[list[str], list[str]]:
    """Part the words at ``--``, behind which nothing is a flag."""
    at = list(words).index("--") if "--" in words else len(words)
    return list(words[:at]), list(words[at + 1 :])


class _Parser(argparse.ArgumentParser):
    """argparse's parser for flags of ours; it raises what ``__main__`` prints."""

    def __init__(self, flags: Iterable[Flag], *, abbreviated: bool) -> None:
        super().__init__(
            add_help=False,
            allow_abbrev=abbreviated,
            argument_default=argparse.SUPPRESS,
            usage=argparse.SUPPRESS,
            formatter_class=_formatter,
        )
        for flag in flags:
            self._add(flag)

    def _add(self, flag: Flag) -> None:
        if flag.takes == NONE:
            self.add_argument(*flag.opts, dest=flag.key, action="store_true")
            if flag.off:
                self.add_argument(flag.off, dest=flag.key, action="store_false")
        elif flag.takes == MAYBE:
            self.add_argument(flag.spelling, dest=flag.key, nargs="?", const=True, type=flag.read)
        elif flag.takes == MANY:
            self.add_argument(flag.spelling, dest=flag.key, nargs="*", type=flag.read)
        else:
            action = "append" if flag.takes == EACH else "store"
            self.add_argument(flag.spelling, dest=flag.key, action=action, type=flag.read)

    def split(self, words: Sequence[str]) -> tuple[Flags, list[str]]:
        found, rest = self.parse_known_args(list(words))
        return vars(found), rest

    def error(self, message: str) -> NoReturn:
        raise UsageError(message, usage=True)


def _formatter(prog: str) -> argparse.HelpFormatter:
    """Make what argparse asks for at every flag; with a width it does not measure the terminal."""
    return argparse.HelpFormatter(prog, width=80)
