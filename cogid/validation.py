"""Parameters in, complaints about them out: what botocore would say, without loading it.

Types, required and unknown members, and minima are checked, as botocore does before it sends;
everything else (maxima, patterns) is for the service to say. ``tests/test_validation.py`` compares
every complaint with botocore's own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cogid.model import Shape

_TYPES: dict[str, tuple[type, ...]] = {
    "string": (str,),
    "integer": (int,),
    "long": (int,),
    "boolean": (bool,),
    "list": (list, tuple),
    "map": (dict,),
    "structure": (dict,),
}


def complaints(shape: Shape, value: Any, path: str = "") -> Iterator[str]:
    """Say all that is wrong with a value, a line each; ``path`` leads to it from the input."""
    name = path.removeprefix(".") or "input"
    types = _TYPES.get(shape.type)
    if types is None:  # of a newer model: left to botocore
        return
    fits = isinstance(value, types)
    if not fits:
        yield (
            f"Invalid type for parameter {name}, value: {value}, type: {type(value)}, "
            f"valid types: {', '.join(map(str, types))}"
        )
        return
    if shape.type == "structure":
        yield from _about_members(shape, value, name)
    if shape.min is not None and shape.type in ("integer", "long") and value < shape.min:
        yield f"Invalid value for parameter {name}, value: {value}, valid min value: {shape.min}"
    # Of a map botocore checks keys and values, but not how many there are.
    if shape.min is not None and shape.type in ("string", "list") and len(value) < shape.min:
        yield (
            f"Invalid length for parameter {name}, value: {len(value)}, "
            f"valid min length: {shape.min}"
        )
    for of, part, further in _parts(shape, value):
        yield from complaints(of, part, path + further)


def _about_members(shape: Shape, value: dict[str, Any], name: str) -> Iterator[str]:
    for required in shape.required:
        if required not in value:
            yield f'Missing required parameter in {name}: "{required}"'
    for member in value:
        if member not in shape.members:
            known = ", ".join(shape.members)
            yield f'Unknown parameter in {name}: "{member}", must be one of: {known}'


def _parts(shape: Shape, value: Any) -> Iterator[tuple[Shape, Any, str]]:
    """Give what a value holds, each with its shape and how its path goes on."""
    if shape.type == "structure":
        for member, item in value.items():
            if member in shape.members:
                yield shape.members[member], item, f".{member}"
    elif shape.type == "list":
        for index, item in enumerate(value):
            yield shape.element, item, f"[{index}]"
    elif shape.type == "map":
        for key, item in value.items():
            yield shape.key, key, f" (key: {key})"
            yield shape.value, item, f".{key}"
