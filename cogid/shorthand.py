"""AWS shorthand in, nested dicts, lists and strings out: ``a=b,c=[d,e],f={g=h}``.

The grammar, as the AWS CLI user guide gives it and the recorded cases confirm it:

    parameter = pair *("," pair)
    pair      = key ("=" / "@=") [list / map / values]
    key       = 1*(ASCII letter / digit / one of -_.#/:) / quoted
    values    = value *("," value)          more than one makes a list
    list      = "[" [item *("," item)] "]"
    map       = "{" [pair *("," pair)] "}"  whose values are items
    item      = list / map / value
    value     = quoted / plain              in plain, "\\," is a comma

A word after a comma is another value, unless ``=`` follows it: then it is the next key. ``@=``
asks for the content of the file that the value names. Quoted keys are cogid's own addition.
Knows nothing of flags, files or shapes: every scalar is a string.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

_KEY = re.compile(r"[A-Za-z0-9\-_.#/:]*")
_QUOTED = re.compile(r"""'(?:\\\\|\\'|[^'])*'|"(?:\\\\|\\"|[^"])*\"""")
# The first value after "=" may hold "=", and ends a list or map; a later one may not hold "=",
# because that makes it a key.
_FIRST = re.compile(r"""(?:\\,|[^\s"',=\[{])(?:\\,|[^"',\]}])*""")
_LATER = re.compile(r"""(?:\\,|[^\s"',=\[{])(?:\\,|[^"',=])*""")
_SPACE = re.compile(r"\s*")


class ShorthandError(ValueError):
    """The text is no shorthand; ``position`` is where it stops being one."""

    def __init__(self, complaint: str, text: str, position: int, advice: str = "") -> None:
        line, caret = _line_at(text, position)
        super().__init__(f"{complaint} for input:\n{line}\n{caret}{advice}")
        self.position = position


def parse(text: str, read_file: Callable[[str], Any] | None = None) -> dict[str, Any]:
    """Parse one shorthand word; ``read_file`` turns the values of ``key@=`` into content.

    Raises ShorthandError.
    """
    return _Parser(text, read_file or (lambda value: value)).parameter()


def write(value: dict[str, Any]) -> str:
    """Write a dict of strings, lists and dicts as shorthand that parses to it again."""
    return ",".join(f"{_write_key(key)}={_write_item(item)}" for key, item in value.items())


def _write_key(key: str) -> str:
    return key if key and _KEY.fullmatch(key) else _quote(key)


def _write_item(item: Any) -> str:
    if isinstance(item, dict):
        return "{" + write(item) + "}"
    if isinstance(item, list):
        return "[" + ",".join(map(_write_item, item)) + "]"
    return item if re.fullmatch(r"[\w.:/+-]+", item) else _quote(item)


def _quote(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _line_at(text: str, position: int) -> tuple[str, str]:
    """Give the line of the text that holds the position, and a line with a caret under it."""
    start = text.rfind("\n", 0, position) + 1
    line = text[start:].split("\n", 1)[0]
    return line, " " * (position - start) + "^"


class _Parser:
    """A walk along the text from left to right; ``at`` is the next character's position."""

    def __init__(self, text: str, read_file: Callable[[str], Any]) -> None:
        self.text = text
        self.read_file = read_file
        self.at = 0

    def parameter(self) -> dict[str, Any]:
        result: dict[str, Any] = {}
        while True:
            start = self.at
            key, value = self.pair(self.values)
            if key in result:
                raise ShorthandError(
                    f'Second instance of key "{key}" encountered',
                    self.text,
                    start,
                    '\nThis is often because there is a preceding "," instead of a space.',
                )
            result[key] = value
            if self.at == len(self.text):
                return result
            self.expect(",")

    def pair(self, value_of: Callable[[], Any]) -> tuple[str, Any]:
        key = self.key()
        from_file = self.peek() == "@"
        if from_file:
            self.at += 1
        self.skip_space()
        self.expect("=")
        value = value_of()
        return key, self.content(value) if from_file else value

    def key(self) -> str:
        if self.peek() in ("'", '"'):
            return self.quoted()
        found = _KEY.match(self.text, self.at)
        assert found is not None  # noqa: S101 - the pattern matches nothing at all, too
        self.at = found.end()
        return found.group()

    def values(self) -> Any:
        """Read what follows a top-level ``=``."""
        if self.at == len(self.text):
            return ""
        if self.peek() in ("[", "{"):
            return self.item()
        first = self.first_value()
        found = [first]
        while self.peek() == ",":
            comma = self.at
            self.expect(",")
            if self.starts_pair():
                self.at = comma
                break
            found.append(self.value(_LATER, "<second>"))
        return found if len(found) > 1 else first

    def starts_pair(self) -> bool:
        """Tell whether a key and its ``=`` come next, and not one more value."""
        rest = self.text[self.at :]
        quoted = _QUOTED.match(rest)
        key = quoted or _KEY.match(rest)
        return bool(key and re.match(r"@?\s*=", rest[key.end() :]))

    def item(self) -> Any:
        if self.peek() == "[":
            return self.sequence()
        if self.peek() == "{":
            return self.mapping()
        return self.first_value()

    def first_value(self) -> str:
        """Read a value; as in the reference, nothing before a comma is an empty one."""
        return "" if self.peek() == "," else self.value(_FIRST, "<first>")

    def sequence(self) -> list[Any]:
        items: list[Any] = []
        self.expect("[")
        while self.peek() != "]":
            items.append(self.item())
            if self.peek() != "]":
                self.expect(",")
        self.expect("]")
        return items

    def mapping(self) -> dict[str, Any]:
        pairs: dict[str, Any] = {}
        self.expect("{")
        while self.peek() != "}":
            key, value = self.pair(self.item)
            pairs[key] = value
            if self.peek() != "}":
                self.expect(",")
        self.expect("}")
        return pairs

    def value(self, plain: re.Pattern[str], name: str) -> str:
        if self.peek() in ("'", '"'):
            text = self.quoted()
        else:
            found = plain.match(self.text, self.at)
            if not found:
                received = self.peek() or "<none>"
                raise ShorthandError(
                    f"Expected: '{name}', received: '{received}'", self.text, self.at
                )
            self.at = found.end()
            text = found.group().replace("\\,", ",").rstrip()
        self.skip_space()
        return text

    def quoted(self) -> str:
        found = _QUOTED.match(self.text, self.at)
        if not found:
            raise ShorthandError("Expected: a closing quote", self.text, self.at)
        self.at = found.end()
        quote, body = found.group()[0], found.group()[1:-1]
        return re.sub(rf"\\([\\{quote}])", r"\1", body)

    def content(self, value: Any) -> Any:
        if isinstance(value, list):
            return [self.content(each) for each in value]
        return self.read_file(value) if isinstance(value, str) else value

    def peek(self) -> str:
        return self.text[self.at : self.at + 1]

    def skip_space(self) -> None:
        found = _SPACE.match(self.text, self.at)
        self.at = found.end() if found else self.at

    def expect(self, wanted: str) -> None:
        received = self.peek()
        if received != wanted:
            raise ShorthandError(
                f"Expected: '{wanted}', received: '{received or 'EOF'}'", self.text, self.at
            )
        self.at += 1
        self.skip_space()
