"""A command line while it is made: words that were typed, and answers, in; words to run out.

Every answer goes through the stages that it would go through at the shell (``words``,
``options``, ``values``), so that the line which is shown in the end is the line that runs.
"""

from __future__ import annotations

import re
import shlex
from typing import TYPE_CHECKING, NamedTuple

from cogid import model, options, request, secrets, values, words
from cogid.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cogid.model import Operation, Shape
    from cogid.options import Flag, Flags

_PROMPTS = "--cli-auto-prompt"
_SHORTEST = len("--cli-a")  # as far as it may be shortened
_FILE = re.compile("fileb?://")
_WHOLE = ("{", "[", "file://", "fileb://")
_BREAK = " \\"
_INPUT = ("--cli-input-json", "--cli-input-yaml")


class _Value(NamedTuple):
    """A word that is no flag's name: the flag it belongs to, and what joins it to that flag."""

    flag: str
    joint: str
    text: str


class Line:
    """The words so far, the operation, and the values of the flags that are given."""

    def __init__(self, typed: Sequence[str], operation: Operation | None, flags: Flags) -> None:
        self.words = [word for word in typed if not _asks(word)]
        self.operation = operation
        self.flags = dict(flags)

    def choose(self, operation: Operation) -> None:
        """Take the command."""
        self.operation = operation
        self.words.append(operation.command)

    @property
    def all_flags(self) -> list[Flag]:
        """Every flag that can be given: the operation's, then the global ones."""
        own = options.of_operation(self.operation) if self.operation else []
        return [*own, *options.GLOBAL]

    def missing(self) -> list[str]:
        """Name the members that are required and not given."""
        return request.missing(self.operation, self.flags) if self.operation else []

    def member(self, flag: str) -> str | None:
        """Name the member that a flag sets; None for a flag that sets none."""
        members = self.operation.input.members if self.operation else {}
        return next((name for name in members if f"--{model.kebab(name)}" == flag), None)

    def shape(self, flag: str) -> Shape | None:
        """Give the shape of the member that a flag sets."""
        name = self.member(flag)
        return self.operation.input.members[name] if self.operation and name else None

    def problem(self, flag: str, text: str) -> str | None:
        """Say what is wrong with the answer to a flag, if anything is."""
        try:
            self._split(flag, text)
        except (UsageError, ValueError) as error:
            told = str(error).partition("\n")[0]
            return re.sub(r"^(argument|Error parsing parameter) \S+: ", "", told)
        return None

    def add(self, flag: str, text: str = "") -> None:
        """Take a flag with its value. Raises UsageError for one that it cannot have."""
        added, flags = self._split(flag, text)
        self.words += added
        self.flags.update(flags)

    def edit(self, text: str) -> None:
        """Take a whole line instead. Raises UsageError for one that cannot run."""
        typed = shell_words(text)
        if typed[:1] == ["cogid"]:
            del typed[0]
        before, rest = words.until_command(typed, options.takes(options.GLOBAL))
        operations = model.load().operations
        if not rest or rest[0] not in operations:
            raise UsageError(f"{rest[0]!r} is no command" if rest else "the command is missing")
        line = Line(typed, operations[rest[0]], options.checked(options.GLOBAL, before.given))
        flags = line.all_flags
        after = words.split(rest[1:], options.takes(flags))
        if unknown := before.rest + after.rest:
            raise UsageError(f"unknown: {' '.join(unknown)}")
        line.flags.update(options.checked(flags, after.given))
        if missing := line.missing():
            raise UsageError(f"--{model.kebab(missing[0])} is missing")
        self.words, self.operation, self.flags = line.words, line.operation, line.flags

    def edit_problem(self, text: str) -> str | None:
        """Say why a line cannot run, if it cannot."""
        try:
            Line(self.words, self.operation, self.flags).edit(text)
        except UsageError as error:
            return error.message.partition("\n")[0]
        return None

    def _split(self, flag: str, text: str) -> tuple[list[str], Flags]:
        flags = self.all_flags
        takes = options.takes(flags)
        if takes[flag] == words.NONE and text:
            raise UsageError(f"{flag} takes no value")
        given = _words_of(takes[flag], text)
        added = [flag, *given]
        if takes[flag] == words.ONE and text.startswith("-"):
            added = [f"{flag}={text}"]
        split = words.split(added, takes)
        if split.rest or list(split.given) != [flag]:
            raise UsageError("a value that begins with a dash cannot stand here")
        self._try(flag, given)
        return added, options.checked(flags, split.given)

    def _try(self, flag: str, given: list[str]) -> None:
        """Read the value as running would, unless that means reading a file."""
        shape = self.shape(flag)
        if shape is None or not given or any(_FILE.search(each) for each in given):
            return
        values.typed(shape, given if shape.type == "list" else given[0], flag)
        pattern = (shape.element if shape.type == "list" else shape).pattern
        for each in given:
            if pattern and not each.startswith("[") and not _matches(pattern, each):
                raise UsageError(f"{each!r} is none: it must match {pattern}")

    def text(self) -> str:
        """Give the line as it can be typed."""
        return shlex.join(self.words)

    def shown(self, width: int) -> str:
        """Give the line without its secrets, broken before flags where it is too long."""
        redactor = secrets.Redactor(model.load())
        groups = ["cogid"]
        for value in self._values():
            text = secrets.shorten(value.text, self._secrets(value))
            if value.flag in _INPUT:
                text = redactor.clean(value.text)
            word = shlex.quote(value.joint + text)
            if value.joint:
                groups.append(word)
            else:
                groups[-1] += f" {word}"
        lines = groups[:1]
        for group in groups[1:]:
            if len(lines[-1]) + 1 + len(group) <= width - len(_BREAK):
                lines[-1] += f" {group}"
            else:
                lines.append(f"    {group}")
        return f"{_BREAK}\n".join(lines)

    def hidden_in(self, text: str) -> secrets.Spans:
        """Give the parts of the edited line that are secrets of this one, or tokens."""
        known = [
            value.text[start:end] for value in self._values() for start, end in self._secrets(value)
        ]
        return secrets.without_beginnings(secrets.spans(text, known=known))

    def _secrets(self, value: _Value) -> secrets.Spans:
        return secrets.spans(value.text, self.shape(value.flag))

    def _values(self) -> Iterator[_Value]:
        """Give every word; a flag's name is a value of no flag."""
        names = options.takes(self.all_flags)
        flag = ""
        for word in self.words:
            if not word.startswith("--"):
                yield _Value(flag, "", word)
                continue
            name, equals, text = word.partition("=")
            meant = [each for each in names if each.startswith(name)]
            flag = name if name in names else meant[0] if meant else ""
            yield _Value(flag, name + equals, text)


def _asks(word: str) -> bool:
    return len(word) >= _SHORTEST and _PROMPTS.startswith(word)


def _words_of(takes: str, text: str) -> list[str]:
    """Split an answer into words as a shell would, where there can be several."""
    if takes == words.NONE or (takes != words.ONE and not text):
        return []
    if takes != words.MANY or text.startswith(_WHOLE):
        return [text]
    return shell_words(text)


def shell_words(text: str) -> list[str]:
    """Split as a shell does. Raises UsageError for a quote that is not closed."""
    try:
        return shlex.split(text)
    except ValueError as error:
        raise UsageError(f"{error}".lower()) from None


def _matches(pattern: str, text: str) -> bool:
    try:
        return re.fullmatch(pattern, text) is not None
    except re.error:
        return True  # the service's grammar is Java's, not Python's: let the service say
