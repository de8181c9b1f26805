"""An operation in, a sample of its request or reply out (``--generate-cli-skeleton``).

Knows the model only, so a sample costs neither boto3 nor a YAML library.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cogid.model import Operation, Shape

KEY = "KeyName"
EPOCH = "1970-01-01T00:00:00"


def request(operation: Operation, kind: str | bool) -> str:  # noqa: FBT001 - of a MAYBE flag
    """Write a sample request: as YAML for ``yaml-input``, else as JSON."""
    if kind == "yaml-input":
        return "".join(f"{line}\n" for line in _members(operation.input, ""))
    return json.dumps(_empty(operation.input), indent=4) + "\n"


def replies(operation: Operation) -> Replies:
    """Make a sample reply: every string says the name of its member."""
    return Replies(_sample(operation.output, ""))


class Replies:
    """One made-up reply, to be printed as ``service.Replies`` are."""

    items: str | None = None
    by_page = False
    resume_token: str | None = None

    def __init__(self, sample: dict[str, Any]) -> None:
        self._sample = sample
        self.order = list(sample)

    def __iter__(self) -> Iterator[dict[str, Any]]:
        yield self._sample

    def complain(self, *, items_only: bool) -> None:
        """Say nothing: nothing remains of a sample."""


def _empty(shape: Shape) -> Any:
    if shape.type == "structure":
        return {name: _empty(member) for name, member in shape.members.items()}
    if shape.type == "list":
        return [_empty(shape.element)]
    if shape.type == "map":
        return {KEY: _empty(shape.value)}
    # The reference's choices (2.36.7); scripts fill them in by name.
    if shape.enum:
        return shape.enum[0]
    return {"boolean": True, "integer": 0, "long": 0, "timestamp": EPOCH}.get(shape.type, "")


def _sample(shape: Shape, name: str) -> Any:
    if shape.type == "structure":
        return {each: _sample(member, each) for each, member in shape.members.items()}
    if shape.type == "list":
        return [_sample(shape.element, shape.element.name)]
    if shape.type == "map":
        return {KEY: _sample(shape.value, "")}
    if shape.type == "string":
        return name
    return _empty(shape)


def _members(shape: Shape, indent: str) -> Iterator[str]:
    """Write the lines of a structure.

    Two blanks stand before the first member's comment and one before the others': the reference
    prints them so, and scripts compare.
    """
    for position, (name, member) in enumerate(shape.members.items()):
        gap = " " if position else "  "
        comment = f"{gap}# {_comment(member, required=name in shape.required)}"
        yield from _entry(name, member, indent, comment)


def _entry(name: str, shape: Shape, indent: str, comment: str) -> Iterator[str]:
    if shape.type == "structure":
        yield f"{indent}{name}:{comment}"
        yield from _members(shape, indent + "  ")
    elif shape.type == "list":
        yield f"{indent}{name}:{comment}"
        yield from _element(shape.element, indent)
    elif shape.type == "map":
        yield f"{indent}{name}:{comment}"
        yield from _entry(KEY, shape.value, indent + "  ", "")
    else:
        yield f"{indent}{name}: {_scalar(shape)}{comment}"


def _element(shape: Shape, indent: str) -> Iterator[str]:
    if shape.type != "structure":
        yield f"{indent}- {_scalar(shape)}"
        return
    lines = list(_members(shape, indent + "  "))
    yield f"{indent}- {lines[0].lstrip()}"
    yield from lines[1:]


def _scalar(shape: Shape) -> str:
    value = _empty(shape)
    # A bare word is a string in YAML, an empty one needs its quotes.
    return json.dumps(value) if not isinstance(value, str) else value or "''"


def _comment(shape: Shape, *, required: bool) -> str:
    parts = ["[REQUIRED]"] if required else []
    parts.append(_first_sentence(shape.documentation))
    if shape.enum:
        parts.append(f"Valid values are: {', '.join(shape.enum)}.")
    return " ".join(part for part in parts if part)


def _first_sentence(documentation: str) -> str:
    # Up to the first full stop or colon, wherever it stands: as the reference cuts (2.36.7).
    text = re.sub(r"\s+", " ", re.sub(r"<[^<>]*>", "", documentation)).strip()
    sentence = re.split(r"[.:](?:\s|$)|:", text, maxsplit=1)[0]
    return f"{sentence}." if sentence else ""
