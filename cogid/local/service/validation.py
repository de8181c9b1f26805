"""Parameters against the model: the service's constraint failures, in its own words.

An operation's input shape and the parameters come in; the parameters that the service knows
come out, or a Fault. Failures have the code ``ValidationException``, not
``InvalidParameterException`` (getmoto/moto#4415, aws-amplify/amplify-swift#2864), and are told
all at once (aws/aws-sdk-cpp#1085).

A value of the wrong JSON type is a ``SerializationException``: a choice, made as other services
of the same framework do.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from cogid.local.faults import Fault

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from cogid.model import Shape

_NAMES = {
    "string": "a String",
    "boolean": "a Boolean",
    "integer": "an Integer",
    "long": "a Long",
    "list": "a List",
    "map": "a Map",
    "structure": "a Structure",
}


_HALF_PAIR = re.compile("[\ud800-\udfff]")


def validate(parameters: Any, shape: Shape) -> dict[str, Any]:
    """Give the parameters as the service takes them, or raise the Fault that they deserve.

    A null counts as left out, and members that the model does not know are passed over.
    """
    _check_types(parameters, shape)
    known: dict[str, Any] = _known(parameters, shape)
    failures = list(_structure(known, shape, ""))
    if failures:
        errors = "error" if len(failures) == 1 else "errors"
        text = f"{len(failures)} validation {errors} detected: {'; '.join(failures)}"
        raise Fault("ValidationException", text)
    return known


def _known(value: Any, shape: Shape) -> Any:
    if shape.type == "structure":
        return {
            name: _known(value[name], member)
            for name, member in shape.members.items()
            if value.get(name) is not None
        }
    if shape.type == "list":
        return [_known(element, shape.element) for element in value]
    if shape.type == "map":
        return {key: _known(element, shape.value) for key, element in value.items()}
    return value


def _check_types(value: Any, shape: Shape) -> None:
    if not _fits(value, shape.type):
        raise Fault(
            "SerializationException",
            f"{_json_type(value)} can not be converted to {_NAMES.get(shape.type, shape.type)}",
        )
    if shape.type == "structure":
        for name, member in shape.members.items():
            if value.get(name) is not None:
                _check_types(value[name], member)
    elif shape.type == "list":
        for element in value:
            _check_types(element, shape.element)
    elif shape.type == "map":
        for key, element in value.items():
            _check_types(key, shape.key)
            _check_types(element, shape.value)


def _fits(value: Any, kind: str) -> bool:
    if kind == "string":
        # Half a surrogate pair is no text: it could be neither stored nor sent back.
        return isinstance(value, str) and (value.isascii() or not _HALF_PAIR.search(value))
    if kind in {"integer", "long"}:
        return isinstance(value, int) and not isinstance(value, bool)
    if kind == "boolean":
        return isinstance(value, bool)
    return isinstance(value, list if kind == "list" else dict)


def _json_type(value: Any) -> str:
    if value is None:
        return "NULL_VALUE"
    if isinstance(value, bool):
        return "TRUE_VALUE" if value else "FALSE_VALUE"
    kinds = {str: "STRING_VALUE", int: "NUMBER_VALUE", float: "DECIMAL_VALUE", list: "START_ARRAY"}
    return kinds.get(type(value), "START_OBJECT")


def _structure(value: dict[str, Any], shape: Shape, path: str) -> Iterator[str]:
    # Last member first: in the one log with failures of two members (aws-sdk-cpp#1085), logins
    # stood before identityId.
    for name, member in reversed(shape.members.items()):
        where = f"{path}{name[:1].lower()}{name[1:]}"
        if name in value:
            yield from _member(value[name], member, where)
        elif name in shape.required:
            yield _item(None, where, "Member must not be null")


def _member(value: Any, shape: Shape, where: str) -> Iterator[str]:
    if shape.type == "structure":
        yield from _structure(value, shape, f"{where}.")
        return
    if shape.type == "map":
        yield from _map(value, shape, where)
    elif shape.type == "list":
        yield from _list(value, shape, where)
    for failure in _bounds(value, shape):
        yield _item(value, where, failure)


def _map(value: dict[str, Any], shape: Shape, where: str) -> Iterator[str]:
    if any(_bounds(key, shape.key) for key in value):
        constraints = ", ".join(_constraints(shape.key))
        yield _item(value, where, f"Map keys must satisfy constraint: [{constraints}]")
    if shape.value.type == "structure":
        for key, element in value.items():
            yield from _member(element, shape.value, f"{where}.{key}.member")
    elif any(_bounds(element, shape.value) for element in value.values()):
        constraints = ", ".join(_constraints(shape.value))
        yield _item(value, where, f"Map value must satisfy constraint: [{constraints}]")


def _list(value: list[Any], shape: Shape, where: str) -> Iterator[str]:
    if shape.element.type == "structure":
        for position, element in enumerate(value, start=1):
            yield from _member(element, shape.element, f"{where}.{position}.member")
    elif any(_bounds(element, shape.element) for element in value):
        constraints = ", ".join(_constraints(shape.element))
        yield _item(value, where, f"Member must satisfy constraint: [{constraints}]")


def _item(value: Any, where: str, failure: str) -> str:
    shown = "null" if value is None else f"'{_java_text(value)}'"
    return f"Value {shown} at '{where}' failed to satisfy constraint: {failure}"


def _java_text(value: Any) -> str:
    """Write a value as Java's toString does: ``{k=v, k2=v2}``, ``[a, b]``."""
    if isinstance(value, dict):
        inner = ", ".join(f"{key}={_java_text(element)}" for key, element in value.items())
        return f"{{{inner}}}"
    if isinstance(value, list):
        return f"[{', '.join(_java_text(element) for element in value)}]"
    return str(value).lower() if isinstance(value, bool) else str(value)


def _bounds(value: Any, shape: Shape) -> list[str]:
    """Tell which constraints of its shape the value breaks, in the order they stand in a list."""
    return [text for text, holds in _tests(shape) if not holds(value)]


def _constraints(shape: Shape) -> list[str]:
    return [text for text, _ in _tests(shape)]


def _tests(shape: Shape) -> list[tuple[str, Callable[[Any], bool]]]:
    return _tests_of(shape.type, shape.min, shape.max, shape.pattern, tuple(shape.enum))


@lru_cache(maxsize=256)
def _tests_of(
    kind: str, low: int | None, high: int | None, pattern: str | None, enum: tuple[str, ...]
) -> list[tuple[str, Callable[[Any], bool]]]:
    """Give each constraint's wording and test; the upper bound first, as the service lists them."""
    number = kind in {"integer", "long"}
    measure: Callable[[Any], int] = int if number else _length
    what = "value" if number else "length"
    tests: list[tuple[str, Callable[[Any], bool]]] = []
    if high is not None:
        text = f"Member must have {what} less than or equal to {high}"
        tests.append((text, lambda value: measure(value) <= high))
    if low is not None:
        text = f"Member must have {what} greater than or equal to {low}"
        tests.append((text, lambda value: measure(value) >= low))
    if pattern is not None:
        matches = _matcher(pattern)
        tests.append((f"Member must satisfy regular expression pattern: {pattern}", matches))
    if enum:
        text = f"Member must satisfy enum value set: [{', '.join(enum)}]"
        tests.append((text, lambda value: value in enum))
    return tests


def _length(value: Any) -> int:
    """Count as Java does: a character outside the basic plane is two."""
    if isinstance(value, str) and not value.isascii():
        return len(value.encode("utf-16-le")) // 2
    return len(value)


def _matcher(pattern: str) -> Callable[[str], bool]:
    r"""Read a Java pattern: a full match, with ``\w``, ``\d`` and ``\s`` for ASCII only.

    Python's ``re`` has no ``\p{L}``; the one pattern with such classes is nothing else than a
    run of them, so it is answered from the characters' categories.
    """
    if classes := set(re.findall(r"\\p\{(\w)\}", pattern)):
        return lambda value: (
            bool(value) and all(unicodedata.category(each)[0] in classes for each in value)
        )
    compiled = re.compile(pattern, re.ASCII)
    return lambda value: compiled.fullmatch(value) is not None
