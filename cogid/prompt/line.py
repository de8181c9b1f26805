"""A command line while it is made: words that were typed, and answers, in; words to run out.

Every answer goes through the stages that it would go through at the shell (``words``,
``options``, ``values``), so that the line which is shown in the end is the line that runs.
"""

from __future__ import annotations

import re
import shlex
from typing import TYPE_CHECKING, NamedTuple

from cogid import argv, model, options, request, secrets, values
from cogid.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cogid.model import Operation, Shape
    from cogid.options import Flag

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

    def __init__(self, line: argv.Line) -> None:
        self.words = [word for word in line.words if not _asks(word)]
        self.root = line.root
        self.operation: Operation | None = getattr(line.command, "operation", None)
        self.flags = dict(line.flags)

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

    def flag(self, spelling: str) -> Flag | None:
        """Find a flag by its spelling, or by that of its opposite."""
        return next((each for each in self.all_flags if spelling in _spellings(each)), None)

    def shape(self, spelling: str) -> Shape | None:
        """Give the shape of the member that a flag sets; None for a flag that sets none."""
        flag = self.flag(spelling)
        return flag.shape if flag else None

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
        parsed = argv.parse(typed, self.root)
        line = Line(parsed)
        if line.operation is None:
            name = parsed.name
            raise UsageError(f"{name!r} is no operation" if name else "the command is missing")
        if missing := line.missing():
            raise UsageError(f"--{model.kebab(missing[0])} is missing")
        self.words, self.operation, self.flags = line.words, line.operation, line.flags

    def edit_problem(self, text: str) -> str | None:
        """Say why a line cannot run, if it cannot."""
        try:
            Line(argv.Line(self.root, self.root, "", {})).edit(text)
        except UsageError as error:
            return error.message.partition("\n")[0]
        return None

    def _split(self, flag: str, text: str) -> tuple[list[str], options.Flags]:
        known = self.flag(flag)
        assert known is not None  # noqa: S101 - for mypy: only flags of the line are asked for
        if known.takes == options.NONE and text:
            raise UsageError(f"{flag} takes no value")
        given = _words_of(known.takes, text)
        added = [flag, *given]
        if known.takes == options.ONE and text.startswith("-"):
            added = [f"{flag}={text}"]
        flags, rest = argv.split(added, self.all_flags)
        if rest or list(flags) != [known.name]:
            raise UsageError("a value that begins with a dash cannot stand here")
        self._try(flag, given)
        return added, flags

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
        names = [name for each in self.all_flags for name in _spellings(each)]
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


def _spellings(flag: Flag) -> list[str]:
    return [*flag.opts, *flag.secondary_opts]


def _words_of(takes: str, text: str) -> list[str]:
    """Split an answer into words as a shell would, where there can be several."""
    if takes == options.NONE or (takes != options.ONE and not text):
        return []
    if takes != options.MANY or text.startswith(_WHOLE):
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
