"""A line as it was typed in, the words that the program would get out.

One reading for every shell: blanks part words, quotes and escapes are taken off, a variable is
looked up in what the shell passed along. Nothing is ever run: ``$(...)`` stays as it was typed.
"""

from __future__ import annotations

TYPE_CHECKING = False  # as typing's; loading typing takes a fifth of a TAB's time
if TYPE_CHECKING:
    from collections.abc import Mapping

# For each shell, its escape and what that escapes inside either quote.
_POSIX = ("\\", {"'": "", '"': '"\\$`\n'})
_ESCAPES = {
    "bash": _POSIX,
    "zsh": _POSIX,
    "fish": ("\\", {"'": "'\\", '"': '"\\$\n'}),
    "powershell": ("`", {"'": "", '"': '"`$'}),
}


class Line:
    """The words before the cursor and after it, and what was typed of the one between.

    ``quote`` is the one that is open at the cursor, or "".
    """

    def __init__(
        self, before: list[str], current: str, after: list[str] | None = None, quote: str = ""
    ) -> None:
        self.before = before
        self.current = current
        self.after = after or []
        self.quote = quote


def split(head: str, tail: str, shell: str, variables: Mapping[str, str]) -> Line:
    """Cut a line into words, given what stands before the cursor and what after it."""
    reader = _Reader(shell, variables)
    reader.take(head)
    line = Line(reader.words[1:], reader.word, quote=reader.quote)  # the first is the program
    following = len(reader.words) + reader.inside
    reader.take(tail)
    reader.end()
    line.after = reader.words[following:]
    return line


class _Reader:
    """Reads on and on; ``inside`` tells whether it stands in a word or between two."""

    def __init__(self, shell: str, variables: Mapping[str, str]) -> None:
        self.words: list[str] = []
        self.word = ""
        self.inside = False
        self.quote = ""
        self._depth = 0  # of parentheses: blanks inside a substitution part nothing
        self._escape, self._escaped = _ESCAPES[shell]
        self._variables = variables

    def take(self, text: str) -> None:
        """Read a piece of the line."""
        at = 0
        while at < len(text):
            if not self.quote and not self._depth and text[at] in " \t\n":
                self.end()
                at += 1
            else:
                self.inside = True
                at += self._read(text, at)

    def end(self) -> None:
        """End the word, if there is one."""
        if self.inside:
            self.words.append(self.word)
        self.word, self.inside = "", False

    def _read(self, text: str, at: int) -> int:
        """Read what stands inside a word, and give the number of characters that it takes."""
        sign, following = text[at], text[at + 1 : at + 2]
        if sign == self.quote:
            self.quote = ""
        elif sign == self._escape and self._is_escaped(following):
            self.word += following.strip("\n")
            return 2
        elif sign == "$" and self.quote != "'":
            return self._variable(text, at)
        elif not self.quote and sign in "'\"":
            self.quote = sign
        else:
            if not self.quote:
                self._depth = max(self._depth + (sign == "(") - (sign == ")"), 0)
            self.word += sign
        return 1

    def _is_escaped(self, sign: str) -> bool:
        return sign != "" and (not self.quote or sign in self._escaped[self.quote])

    def _variable(self, text: str, at: int) -> int:
        """Read ``$name`` or ``${name}``; the sign alone, where nothing is known by that name."""
        braces = text.startswith("{", at + 1)
        start = end = at + 1 + braces
        while end < len(text) and (text[end].isalnum() or text[end] == "_"):
            end += 1
        name = text[start:end]
        if name not in self._variables or (braces and not text.startswith("}", end)):
            self.word += "$"
            return 1
        self.word += self._variables[name]
        return end + braces - at
