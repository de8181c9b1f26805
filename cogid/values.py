"""One flag's words in, the typed value that its shape wants out.

JSON where the word looks like JSON, shorthand for structures and maps, ``file://`` for any;
constraints are not looked at here: botocore and the service have the say on those.
"""

from __future__ import annotations

import json
from functools import partial
from typing import TYPE_CHECKING, Any

from cogid import paramfile
from cogid.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable

    from cogid.model import Shape

DEEPEST = 64  # levels; no value of the service has more than six
_GROWTH = 10  # items for each character: more than that only aliases of YAML can make
SCALARS = {"integer", "long", "string", "boolean", "timestamp"}


def number(text: str, flag: str) -> int:
    """Read a whole number.

    Raises UsageError: the reference takes --max-results unread and crashes on it later.
    """
    try:
        return int(text)
    except ValueError:
        raise UsageError(f"argument {flag}: invalid int value: {text!r}", usage=True) from None


def typed(shape: Shape, words: str | list[str], flag: str) -> Any:
    """Turn the words given to a flag into the value its shape wants.

    Raises UsageError naming the flag when the words cannot be read as that.
    """
    word = _only_word(words)
    content = word if word is None else paramfile.read(word, flag)
    try:
        if isinstance(content, bytes):
            return _binary(shape, content, flag)
        if shape.type == "list":
            return _list(shape, list(words) if content is None else [content], flag)
        return _single(shape, content or "", flag)
    except UsageError as error:
        from cogid import secrets  # few lines are wrong

        text = content if isinstance(content, str) else ""
        error.secrets += [text[start:end] for start, end in secrets.spans(text, shape)]
        raise


def _only_word(words: str | list[str]) -> str | None:
    if isinstance(words, str):
        return words
    return words[0] if len(words) == 1 else None


def _binary(shape: Shape, content: bytes, flag: str) -> bytes:
    # As the reference: bytes go on to the validation, which says what it wants instead.
    if shape.type == "string":
        return content
    raise UsageError(
        f"Error parsing parameter '{flag}': fileb:// gives bytes, which a {shape.type} cannot "
        "take; use file:// for text."
    )


def _single(shape: Shape, text: str, flag: str) -> Any:
    if shape.type in ("integer", "long"):
        return number(text, flag)
    if shape.type in SCALARS:
        return text
    if text.strip()[:1] in ("{", "["):
        return _json_object(text, flag)
    return _shorthand(shape, text, flag)


def _list(shape: Shape, words: list[str], flag: str) -> list[Any]:
    if len(words) == 1 and words[0].strip().startswith("["):
        items: list[Any] = _json(words[0], flag)
        return items
    return [_single(shape.element, word, flag) for word in words]


def parsed(parse: Callable[[str], Any], text: str, flag: str) -> Any:
    """Read a text, and refuse what could exhaust the stack or the memory of who looks at it.

    Raises what the parser raises, and UsageError.
    """
    deep = UsageError(f"Error parsing parameter '{flag}': nested more than {DEEPEST} levels deep")
    try:
        value = parse(text)
    except RecursionError:
        raise deep from None
    level, items = [value], 0
    for _ in range(DEEPEST + 1):
        holders = [each for each in level if isinstance(each, (dict, list))]
        if not holders:
            return value
        level = [
            item for each in holders for item in (each.values() if isinstance(each, dict) else each)
        ]
        items += len(level)
        if items > _GROWTH * (len(text) + 100):
            raise UsageError(
                f"Error parsing parameter '{flag}': its aliases stand for too many items"
            )
    raise deep


def _json(text: str, flag: str) -> Any:
    try:
        return parsed(json.loads, text, flag)
    except ValueError as error:
        raise UsageError(
            f"Error parsing parameter '{flag}': Invalid JSON: {error}\nJSON received: {text}"
        ) from None


def _json_object(text: str, flag: str) -> Any:
    if text.strip().startswith("["):
        raise UsageError(f"Error parsing parameter '{flag}': Invalid JSON:\n{text}")
    return _json(text, flag)


def _shorthand(shape: Shape, text: str, flag: str) -> Any:
    from cogid import shorthand

    try:
        read_file = partial(paramfile.read, flag=flag)
        value = parsed(lambda word: shorthand.parse(word, read_file), text, flag)
    except shorthand.ShorthandError as error:
        raise UsageError(f"Error parsing parameter '{flag}': {error}") from None
    return converted(shape, value)


def converted(shape: Shape, value: Any) -> Any:
    """Give strings out of shorthand the types of the shape: numbers, booleans, lists of one.

    What does not fit is left as it is, for the validation to complain about by its full path.
    """
    if isinstance(value, dict):
        return _converted_dict(shape, value)
    if shape.type == "list":
        items = value if isinstance(value, list) else [value]
        return [converted(shape.element, item) for item in items]
    if isinstance(value, str):
        return _converted_text(shape, value)
    return value


def _converted_dict(shape: Shape, value: dict[str, Any]) -> dict[str, Any]:
    if shape.type == "map":
        return {key: converted(shape.value, item) for key, item in value.items()}
    members = shape.members if shape.type == "structure" else {}
    return {
        key: converted(members[key], item) if key in members else item
        for key, item in value.items()
    }


def _converted_text(shape: Shape, text: str) -> Any:
    if shape.type == "boolean":
        return {"true": True, "false": False}.get(text.lower(), text)
    if shape.type in ("integer", "long"):
        try:
            return int(text)
        except ValueError:
            return text
    return text
