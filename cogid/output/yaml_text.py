"""Documents to YAML text and back, byte for byte as the reference writes and reads them.

Comes in: a JSON document, or the text of ``--cli-input-yaml``; goes out: text, or a value. The
only module that imports PyYAML; knows nothing of pages, flags or streams.

AWS CLI 2.36.7 writes with libyaml's emitter but reads with ruamel.yaml's Python parser, both under
YAML 1.2 rules, where PyYAML follows YAML 1.1: hence the overrides in the two halves below.
"""

from __future__ import annotations

import re
from typing import Any, TypeAlias

import yaml

try:
    from yaml import CSafeDumper as Dumper
except ImportError:  # a PyYAML built without libyaml folds and quotes some texts otherwise
    from yaml import SafeDumper as Dumper  # type: ignore[assignment]

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
    return str(yaml.dump(document, Dumper=_Dumper, allow_unicode=True))


class _Dumper(_Resolver, Dumper):
    """What differs from PyYAML's way to represent values: two scalars."""

    def represent_float(self, number: float) -> yaml.ScalarNode:
        """Write ``1e+20`` as it is: PyYAML makes it ``1.0e+20``, which only YAML 1.1 needs."""
        text = {"inf": ".inf", "-inf": "-.inf", "nan": ".nan"}.get(repr(number), repr(number))
        return self.represent_scalar("tag:yaml.org,2002:float", text)

    def represent_str(self, text: str) -> yaml.ScalarNode:
        r"""Write half a surrogate pair, which no encoding has, as ``\ud800``."""
        text = text.encode(errors="backslashreplace").decode()
        return self.represent_scalar("tag:yaml.org,2002:str", text)


_Dumper.add_representer(float, _Dumper.represent_float)
_Dumper.add_representer(str, _Dumper.represent_str)


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
