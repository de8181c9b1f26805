"""Shapes in words: how a value is written, what limits it has, what is inside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cogid import prose
from cogid.help.layout import Block

if TYPE_CHECKING:
    from cogid.model import Shape

SCALARS = frozenset(
    {"string", "boolean", "integer", "long", "float", "double", "timestamp", "blob"}
)
_NUMBERS = frozenset({"integer", "long", "float", "double"})
_NARROW = 60  # JSON shorter than this stays on one line


def placeholder(shape: Shape) -> str:
    """Stand for a value: its shorthand where that is short, else its kind: ``<map>``."""
    if is_plain(shape) and shape.type not in SCALARS:
        return shorthand(shape)
    return f"<{'integer' if shape.type == 'long' else shape.type}>"


def is_plain(shape: Shape) -> bool:
    """Tell whether nothing is inside a value, or only words that have no names."""
    inner = {"list": "element", "map": "value"}.get(shape.type)
    return (getattr(shape, inner) if inner else shape).type in SCALARS


def limits(shape: Shape) -> list[str]:
    """Say what a value may be: its choices, length, range, pattern, and those of its parts."""
    if shape.type == "list":
        return [*_between(shape, "item"), *_each("each", limits(shape.element))]
    if shape.type == "map":
        keys, values = _each("keys", limits(shape.key)), _each("values", limits(shape.value))
        return [*_between(shape, "pair"), *keys, *values]
    if shape.enum:
        return ["one of " + ", ".join(shape.enum)]
    said = _between(shape, "" if shape.type in _NUMBERS else "character")
    return [" ".join([*said, f"matching {shape.pattern}"])] if shape.pattern else said


def _each(whose: str, said: list[str]) -> list[str]:
    return [f"{whose} {' '.join(said)}"] if said else []


def _between(shape: Shape, unit: str) -> list[str]:
    least, most = shape.min, shape.max
    if least is None and most is None:
        return []
    many = f" {unit}s" if unit else ""
    if most is None:
        return [f"at least {least}{many}"]
    if least is None or (least == 0 and unit):
        return [f"up to {most}{many}"]
    return [f"{least}-{most}{many}" if unit else f"{least} to {most}"]


def shorthand(shape: Shape, depth: int = 9) -> str:
    """Give the shorthand of a flag's value, cut short below ``depth``; "" for a plain word."""
    if shape.type == "list":
        element = shape.element
        inner = _pairs(element, depth) if element.members else _inner(element, depth)
        return f"{inner} ..."
    if shape.type in ("map", "structure"):
        return _pairs(shape, depth)
    return ""


def _pairs(shape: Shape, depth: int) -> str:
    if shape.type == "map":
        return f"KEY={_inner(shape.value, depth - 1)},..."
    return ",".join(f"{name}={_inner(part, depth - 1)}" for name, part in shape.members.items())


def _inner(shape: Shape, depth: int) -> str:
    if shape.type in SCALARS:
        return "|".join(shape.enum) or f"<{shape.type}>"
    opens, closes = "[]" if shape.type == "list" else "{}"
    if depth <= 0:
        return f"{opens}...{closes}"
    inner = _inner(shape.element, depth) + ",..." if shape.type == "list" else _pairs(shape, depth)
    return opens + inner + closes


def json_text(shape: Shape, indent: str = "") -> str:
    """Give the JSON of a value, kinds in place of values."""
    deeper = indent + "  "
    if shape.type == "list":
        opens, closes, parts = "[", "]", [json_text(shape.element, deeper), "..."]
    elif shape.type == "map":
        opens, closes = "{", "}"
        parts = [f'"KEY": {json_text(shape.value, deeper)}', "..."]
    elif shape.type == "structure":
        opens, closes = "{", "}"
        parts = [f'"{key}": {json_text(part, deeper)}' for key, part in shape.members.items()]
    elif shape.type == "boolean":
        return "true|false"
    elif shape.type in _NUMBERS:
        return f"<{shape.type}>"
    else:
        return "|".join(f'"{value}"' for value in shape.enum) or f'"<{shape.type}>"'
    short = opens + ", ".join(parts) + closes
    if len(short) + len(indent) <= _NARROW and "\n" not in short:
        return short
    lines = (",\n" + deeper).join(parts).replace(",\n" + deeper + "...", "\n" + deeper + "...")
    return f"{opens}\n{deeper}{lines}\n{indent}{closes}"


def outline(shape: Shape, depth: int = 3) -> str:
    """Give the names in a reply on one line: ``Identities[].{IdentityId, Logins[]}, NextToken``."""
    return ", ".join(_outline(name, part, depth - 1) for name, part in shape.members.items())


def _outline(name: str, shape: Shape, depth: int) -> str:
    if shape.type == "list":
        return _outline(f"{name}[]", shape.element, depth)
    if shape.type == "map":
        return _outline(f"{name}.*", shape.value, depth) if shape.value.members else f"{name}.*"
    if shape.members and depth > 0:
        return f"{name}.{{{outline(shape, depth)}}}"
    return name


def tree(shape: Shape, indent: int, *, kinds: bool = True) -> list[Block]:
    """Describe what is inside a value, each level set in deeper than the one around it.

    ``kinds`` adds the limits, which matter for what is sent and not for what comes back.
    """
    if shape.type == "list":
        return tree(shape.element, indent, kinds=kinds)
    if shape.type == "map":
        if shape.value.type in SCALARS:
            return []
        return [Block("term", "KEY", indent), *_described(shape.value, indent + 4, kinds=kinds)]
    blocks: list[Block] = []
    for name, part in shape.members.items():
        required = ", required" if kinds and name in shape.required else ""
        blocks.append(Block("term", f"{name} ({kind(part)}{required})", indent))
        blocks += _described(part, indent + 4, kinds=kinds)
    return blocks


def _described(shape: Shape, indent: int, *, kinds: bool) -> list[Block]:
    blocks = documentation(shape.documentation, indent)
    told = "; ".join(limits(shape)) if kinds or shape.enum else ""
    if told:
        blocks.append(Block("text", capitalized(told), indent))
    return [*blocks, *tree(shape, indent, kinds=kinds)]


def kind(shape: Shape) -> str:
    """Name the type of a value, with what a list or map holds: ``list of structures``."""
    if shape.type == "list":
        return f"list of {kind(shape.element)}s"
    if shape.type == "map":
        return f"map of {kind(shape.key)}s to {kind(shape.value)}s"
    return "integer" if shape.type == "long" else shape.type


def documentation(html: str, indent: int) -> list[Block]:
    """Set the model's text as paragraphs and list items."""
    return [
        Block("bullet" if bullet else "text", text, indent)
        for text, bullet in prose.paragraphs(html)
    ]


def capitalized(text: str) -> str:
    """Begin text with a capital, unless it begins with a placeholder or a key."""
    return text[:1].upper() + text[1:]
