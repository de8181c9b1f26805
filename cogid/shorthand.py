"""AWS shorthand in, nested dicts, lists and strings out: ``a=b,c=[d,e],f={g=h}``.

The grammar, as the AWS CLI user guide gives it and the recorded cases confirm it:

    parameter = pair *("," pair)
    pair      = key ("=" / "@=") [list / map / values]
    key       = 1*(letter / digit / one of -_.#/:) / quoted
    values    = value *("," value) [","]    more than one makes a list
    list      = "[" [item *("," item)] "]"
    map       = "{" [pair *("," pair)] "}"  whose values are items
    item      = list / map / value
    value     = quoted / plain              in plain, "\\," is a comma

A word after a comma is another value, unless ``=`` follows it: then it is the next key. ``@=``
asks for the content of the file that the value names. Quoted keys, and letters beyond ASCII in
others, are cogid's own addition. Knows nothing of flags, files or shapes: every scalar is a string.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

# Letters beyond ASCII, which aws 2.36.7 refuses, are taken after the first character: the recorded
# cases have one that begins with them and is an error.
_KEY = re.compile(r"(?:[A-Za-z0-9_.#/:-](?:[A-Za-z0-9_.#/:-]|[^\s\x00-\x7f])*)?")
_EQUALS = re.compile(r"\s*(?:@\s*)?=")
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
        key = self.quoted() if self.at_quote() else self.take(_KEY)
        self.skip_space()
        from_file = self.peek() == "@"
        if from_file:
            self.expect("@")
        self.expect("=")
        value = value_of()
        return key, self.content(value) if from_file else value

    def values(self) -> Any:
        """Read what follows a top-level ``=``."""
        if self.peek() in ("[", "{"):
            return self.item()
        found = [self.item()]
        while self.peek() == ",":
            comma = self.at
            self.expect(",")
            if self.peek() == ",":  # aws 2.36.7 passes over nothing between two commas
                break
            if self.starts_pair():
                self.at = comma
                break
            found.append(self.later_value())
        return found if len(found) > 1 else found[0]

    def starts_pair(self) -> bool:
        """Tell whether a key and its ``=`` come next, and not one more value."""
        start = self.at
        _ = self.quoted() if self.at_quote() else self.take(_KEY)
        found = _EQUALS.match(self.text, self.at)
        self.at = start
        return found is not None

    def item(self) -> Any:
        if self.peek() == "[":
            return self.sequence()
        if self.peek() == "{":
            return self.mapping()
        value = self.quoted() if self.at_quote() else self.plain(_FIRST)
        self.skip_space()
        return value

    def later_value(self) -> str:
        start = self.at
        value = self.quoted() if self.at_quote() else self.plain(_LATER)
        if self.at == start:
            received = self.peek() or "<none>"
            raise ShorthandError(f"Expected: '<second>', received: '{received}'", self.text, start)
        self.skip_space()
        return value

    def sequence(self) -> list[Any]:
        items: list[Any] = []
        self.expect("[")
        while self.peek() != "]":
            items.append(self.item())
            self.expect_comma_before("]")
        self.at += 1
        return items

    def mapping(self) -> dict[str, Any]:
        pairs: dict[str, Any] = {}
        self.expect("{")
        while self.peek() != "}":
            key, value = self.pair(self.item)
            pairs[key] = value
            self.expect_comma_before("}")
        self.at += 1
        return pairs

    def plain(self, pattern: re.Pattern[str]) -> str:
        """Read an unquoted value; where none is, it is empty."""
        return self.take(pattern).replace("\\,", ",").rstrip()

    def quoted(self) -> str:
        """Read up to the quote that closes.

        As in aws 2.36.7 that is the next one without a backslash before it, and if there is none,
        the last with one.
        """
        start, quote = self.at + 1, self.peek()
        end = self.text.find(quote, start)
        while end > start and self.text[end - 1] == "\\":
            end = self.text.find(quote, end + 1)
        if end < 0:
            end = self.text.rfind(quote, start)
        if end < 0:
            raise ShorthandError("Expected: a closing quote", self.text, self.at)
        self.at = end + 1
        return re.sub(rf"\\([\\{quote}])", r"\1", self.text[start:end])

    def content(self, value: Any) -> Any:
        if isinstance(value, list):
            return [self.content(each) for each in value]
        return self.read_file(value) if isinstance(value, str) else value

    def take(self, pattern: re.Pattern[str]) -> str:
        """Go behind what matches here, and give it."""
        found = pattern.match(self.text, self.at)
        self.at = found.end() if found else self.at
        return found.group() if found else ""

    def peek(self) -> str:
        return self.text[self.at : self.at + 1]

    def at_quote(self) -> bool:
        return self.peek() in ("'", '"')

    def skip_space(self) -> None:
        self.take(_SPACE)

    def expect_comma_before(self, end: str) -> None:
        """Go to the next item, or to the bracket that ends them."""
        self.skip_space()
        if self.peek() != end:
            self.expect(",")

    def expect(self, wanted: str) -> None:
        self.skip_space()
        received = self.peek()
        if received != wanted:
            raise ShorthandError(
                f"Expected: '{wanted}', received: '{received or 'EOF'}'", self.text, self.at
            )
        self.at += 1
        self.skip_space()
