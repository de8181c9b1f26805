"""Documents to YAML text and back, byte for byte as the reference writes and reads them.

Comes in: a JSON document, or the text of ``--cli-input-yaml``; goes out: text, or a value. The
only module that imports PyYAML; knows nothing of pages, flags or streams.

AWS CLI 2.36.7 writes through libyaml's C emitter but reads with ruamel.yaml's Python parser, both
under YAML 1.2 rules. PyYAML's emitter folds, quotes and escapes otherwise, and its loader follows
YAML 1.1: hence the overrides in the two halves below.
"""

from __future__ import annotations

import re
from typing import Any, TypeAlias

import yaml

Json: TypeAlias = "dict[str, Json] | list[Json] | str | int | float | bool | None"

_INT = "tag:yaml.org,2002:int"
_MERGE = "tag:yaml.org,2002:merge"


class _Resolver(yaml.resolver.BaseResolver):
    """What unquoted text means under YAML 1.2: ``yes`` and ``1:30`` are strings, ``012`` is 12."""

    # Null, dates, ``=`` and ``<<`` mean the same in both versions: PyYAML's own entries serve.
    yaml_implicit_resolvers = {  # noqa: RUF012
        first: [entry for entry in entries if not entry[0].endswith((":bool", ":float", ":int"))]
        for first, entries in yaml.SafeDumper.yaml_implicit_resolvers.items()
    }


_Resolver.add_implicit_resolver(
    "tag:yaml.org,2002:bool", re.compile(r"(?:true|True|TRUE|false|False|FALSE)\Z"), list("tTfF")
)
# Underscores are no part of YAML 1.2, but ruamel.yaml takes `1_000` and even `-_` for numbers.
_Resolver.add_implicit_resolver(
    "tag:yaml.org,2002:float",
    re.compile(
        r"""(?: [-+]?[0-9][0-9_]*(?:\.[0-9_]*)?[eE][-+]?[0-9]+
        | [-+]?[0-9][0-9_]*\.[0-9_]*
        | [-+]?\.[0-9_]+(?:[eE][-+][0-9]+)?
        | [-+]?\.(?:inf|Inf|INF)
        | \.(?:nan|NaN|NAN) )\Z""",
        re.VERBOSE,
    ),
    list("-+.0123456789"),
)
_Resolver.add_implicit_resolver(
    _INT,
    re.compile(r"[-+]?(?:0b[01_]+|0o[0-7_]+|0x[0-9a-fA-F_]+|[0-9_]+)\Z"),
    list("-+0123456789"),
)


def dump(document: Json) -> str:
    """Give a mapping or list as block-style text, keys sorted, lines folded after column 80.

    A list or mapping that occurs twice (``--query '[@, @]'``) is written once, with an anchor.
    """
    return str(yaml.dump(document, Dumper=_Dumper))


# Line breaks in libyaml's eyes, as in YAML 1.1.
_BREAK = re.compile(r"[\r\n\x85\u2028\u2029]")
_BREAKS = re.compile(r"([\n\u2028\u2029]+)")
# What only double quotes can hold: characters that libyaml takes for unprintable (tab, BOM and all
# beyond the basic plane among them), and spaces beside a line break, lost between single quotes.
_ONLY_DOUBLE = re.compile(
    r"[^\n\x20-\x7e\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd]| [\n\u2028\u2029]|[\n\u2028\u2029] "
)
# What would not read back as this very text without quotes.
_NOT_PLAIN = re.compile(
    r"""\A(?: --- | \.\.\. | [ #,\[\]{}&*!|>'"%@`] | [-?:](?:[ ]|\Z) )
        | :(?:[ ]|\Z) | [ ](?:\#|\Z) | [\n\u2028\u2029]""",
    re.VERBOSE,
)
_ESCAPED = re.compile(r'[^\x20-\x7e\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd]|["\\\u2028\u2029]')
# The spaces at which a line may be folded: those standing alone, and between double quotes also
# the first of several.
_GAP = re.compile(r"(?<=[^ ]) (?=[^ ])")
_DOUBLE_GAP = re.compile(r"(?<=[^ ]) (?!\Z)")
_LONGEST_SIMPLE_KEY = 128


class _Dumper(_Resolver, yaml.SafeDumper):
    """PyYAML's dumper with the choices of libyaml 0.1.7, which ruamel.yaml.clib carries."""

    event: Any

    def represent_float(self, data: float) -> yaml.ScalarNode:
        """Write ``1e+20`` as it is: PyYAML makes it ``1.0e+20``, which only YAML 1.1 needs."""
        text = {"inf": ".inf", "-inf": "-.inf", "nan": ".nan"}.get(repr(data), repr(data))
        return self.represent_scalar("tag:yaml.org,2002:float", text)

    def process_tag(self) -> None:
        """Write no tag: every JSON value is known by its style. Leaving the question saves time."""

    def check_simple_key(self) -> bool:
        """Say whether the key stands on one line: PyYAML counts characters and bars empty keys."""
        key = self.event.value
        length = len(key.encode(errors="surrogatepass"))
        return length <= _LONGEST_SIMPLE_KEY and not _BREAK.search(key)

    def process_scalar(self) -> None:
        """Write one scalar in the simplest style that libyaml finds safe for it."""
        text = self.event.value
        if _ONLY_DOUBLE.search(text):
            self._write_double_quoted(text)
        elif not self.event.implicit[0] or _NOT_PLAIN.search(text):
            self._write_single_quoted(text)
        else:
            if not self.whitespace:
                self._write(" ")
            self._write_folding(text, _GAP)
            self.whitespace = self.indention = False

    def _write_double_quoted(self, text: str) -> None:
        # Unlike PyYAML's, these lines are never cut within a word.
        self.write_indicator('"', need_whitespace=True)
        self._write_folding(_ESCAPED.sub(_escape, text), _DOUBLE_GAP)
        self.write_indicator('"', need_whitespace=False)

    def _write_single_quoted(self, text: str) -> None:
        self.write_indicator("'", need_whitespace=True)
        line, *rest = _BREAKS.split(text.replace("'", "''"))
        self._write_folding(line, _GAP)
        for breaks, following in zip(rest[::2], rest[1::2], strict=True):
            # The reader takes one newline for a space, so one more is written.
            self.stream.write("\n" + breaks if breaks[0] == "\n" else breaks)
            self.column = 0
            self.whitespace = self.indention = True
            self.write_indent()
            self._write_folding(following, _GAP)
        self.write_indicator("'", need_whitespace=False)

    def _write_folding(self, text: str, gap: re.Pattern[str]) -> None:
        start = 0
        if self.column + len(text) > self.best_width and not self.simple_key_context:
            for space in gap.finditer(text):
                end = space.start()
                if self.column + end - start > self.best_width:
                    self._write(text[start:end])
                    self.write_indent()
                    start = end + 1
                    if text[start] == " ":  # the reader drops spaces that begin a line
                        self._write("\\")
        self._write(text[start:])

    def _write(self, text: str) -> None:
        self.column += len(text)
        self.stream.write(text)


_Dumper.add_representer(float, _Dumper.represent_float)


def _escape(match: re.Match[str]) -> str:
    short = yaml.emitter.Emitter.ESCAPE_REPLACEMENTS.get(match[0])
    code = ord(match[0])
    kind, digits = ("x", 2) if code <= 0xFF else ("u", 4) if code <= 0xFFFF else ("U", 8)  # noqa: PLR2004
    return f"\\{short}" if short else f"\\{kind}{code:0{digits}X}"


# PyYAML's constructors trip over tags that do not fit, `!!int x` or `!!float ''`, in these ways.
_MALFORMED = (
    yaml.YAMLError,
    ArithmeticError,
    AttributeError,
    LookupError,
    RecursionError,
    TypeError,
    ValueError,
)


def load(text: str) -> Any:
    """Read one YAML 1.2 document; None for an empty one. Raises ValueError on malformed text.

    As in the reference, an unquoted ``2021-01-01`` becomes a date and ``!!binary`` bytes, which
    no member of the service takes: the caller's check of types then names the flag and the type.
    """
    try:
        return _Loader(text).get_single_data()
    except _MALFORMED as error:
        raise ValueError(str(error)) from error


_FLOW_WORD = re.compile(
    r"(?:[^\0 \t\r\n\x85\u2028\u2029:,\[\]{}]|:(?![\0 \t\r\n\x85\u2028\u2029]))+"
)


class _Loader(_Resolver, yaml.SafeLoader):
    """PyYAML's safe loader with YAML 1.2 numbers, and without its patience with repeated keys."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self._with_merges: set[int] = set()

    def scan_to_next_token(self) -> None:
        """Skip tabs between brackets, which PyYAML refuses: JSON indented with them is YAML too."""
        super().scan_to_next_token()
        while self.flow_level and self.peek() == "\t":
            self.forward()
            super().scan_to_next_token()

    def scan_plain(self) -> yaml.ScalarToken:
        """Read unquoted text; between brackets ``?`` belongs to it, as in ``{u: http://x/?q}``."""
        if not self.flow_level:
            return super().scan_plain()
        start = end = self.get_mark()
        words: list[str] = []
        spaces: list[str] = []
        # A string is read whole, so that the buffer holds all that follows.
        while self.peek() != "#" and (word := _FLOW_WORD.match(self.buffer, self.pointer)):
            self.allow_simple_key = False
            words += [*spaces, word[0]]
            self.forward(len(word[0]))
            end = self.get_mark()
            spaces = self.scan_plain_spaces(0, start) or []
            if not spaces:
                break
        return yaml.ScalarToken("".join(words), True, start, end)  # noqa: FBT003

    def flatten_mapping(self, node: yaml.MappingNode) -> None:
        """Merge ``<<`` keys in, remembering where: what is merged may be overridden."""
        merges = sum(key.tag == _MERGE for key, _ in node.value)
        if merges > 1:
            raise yaml.constructor.ConstructorError(
                None, None, "found duplicate merge key", node.start_mark
            )
        if merges:
            self._with_merges.add(id(node))
        super().flatten_mapping(node)

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:  # noqa: FBT001, FBT002
        """Refuse a key given twice, of which PyYAML would keep the last."""
        mapping = super().construct_mapping(node, deep=deep)
        if len(mapping) < len(node.value) and id(node) not in self._with_merges:
            raise yaml.constructor.ConstructorError(
                None, None, "found duplicate key", node.start_mark
            )
        return mapping

    def construct_yaml_int(self, node: yaml.ScalarNode) -> int:
        """Read ``012`` as twelve and ``0o14`` too: YAML 1.2 has no other octal numbers."""
        text = str(self.construct_scalar(node)).replace("_", "")
        digits = text.lstrip("+-")
        base = {"0b": 2, "0o": 8, "0x": 16}.get(digits[:2], 10)
        return int(text, base)


_Loader.add_constructor(_INT, _Loader.construct_yaml_int)
