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

_TYPES: dict[str, Any] = {  # tuples of types
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
    if not isinstance(value, types):
        yield (
            f"Invalid type for parameter {name}, value: {value}, type: {type(value)}, "
            f"valid types: {', '.join(map(str, types))}"
        )
        return
    yield from _of_size(shape, value, name)
    if shape.type == "structure":
        yield from _of_structure(shape, value, path, name)
    elif shape.type == "list":
        for index, item in enumerate(value):
            yield from complaints(shape.element, item, f"{path}[{index}]")
    elif shape.type == "map":
        for key, item in value.items():
            yield from complaints(shape.key, key, f"{path} (key: {key})")
            yield from complaints(shape.value, item, f"{path}.{key}")


def _of_size(shape: Shape, value: Any, name: str) -> Iterator[str]:
    """Complain of what is too small; of a map botocore does not check how much is in it."""
    if shape.min is None:
        return
    if shape.type in ("integer", "long") and value < shape.min:
        yield f"Invalid value for parameter {name}, value: {value}, valid min value: {shape.min}"
    if shape.type in ("string", "list") and len(value) < shape.min:
        yield (
            f"Invalid length for parameter {name}, value: {len(value)}, "
            f"valid min length: {shape.min}"
        )


def _of_structure(shape: Shape, value: dict[str, Any], path: str, name: str) -> Iterator[str]:
    for required in shape.required:
        if required not in value:
            yield f'Missing required parameter in {name}: "{required}"'
    members = shape.members
    for member in value:
        if member not in members:
            known = ", ".join(members)
            yield f'Unknown parameter in {name}: "{member}", must be one of: {known}'
    for member, item in value.items():
        if member in members:
            yield from complaints(members[member], item, f"{path}.{member}")
