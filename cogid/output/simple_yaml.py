"""A simple document in, YAML out; None for one that needs the YAML library.

Simple are words without blanks, ids, ARNs, dates, numbers and what is made of them, which is
most of what the service answers: written here in a tenth of the time, mostly without loading
the library, which is asked about one odd word at a time.
``tests/test_output_yaml.py`` holds every such text against ``yaml_text.dump``.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

# Reads back as itself without quotes, in every context, and has no blank to fold a line at.
_PLAIN = re.compile(r"[A-Za-z][\w./-]*(?::[\w./-]+)*", re.ASCII)
_WORD = re.compile(r"[!-~]{1,100}")  # a key of more than 128 characters is written otherwise
_DATE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?[+-]\d\d:\d\d", re.ASCII)
_CONSTANTS = {"null", "true", "false"}


class _NotSimple(Exception):
    """Something in the document needs the YAML library."""


def dump(document: Any) -> str | None:
    """Write a dict or list that is not empty, as ``yaml_text.dump`` would."""
    try:
        return "".join(f"{line}\n" for line in _lines(document, set()))
    except (_NotSimple, RecursionError):
        return None


def _lines(value: Any, seen: set[int]) -> list[str]:
    """Give the lines of a dict or list that is not empty."""
    if id(value) in seen:
        raise _NotSimple  # what occurs twice is written once, with an anchor
    seen.add(id(value))
    lines: list[str] = []
    if isinstance(value, dict):
        for key in sorted(value):
            lines.extend(_entry(_word(key), value[key], seen))
    else:
        for item in value:
            first, *rest = _lines(item, seen) if _nested(item) else [_scalar(item)]
            lines.append(f"- {first}")
            lines.extend(f"  {line}" for line in rest)
    return lines


def _entry(key: str, value: Any, seen: set[int]) -> list[str]:
    if not _nested(value):
        return [f"{key}: {_scalar(value)}"]
    lines = _lines(value, seen)
    indent = "  " if isinstance(value, dict) else ""  # a list stands at its key's own depth
    return [f"{key}:", *(f"{indent}{line}" for line in lines)]


def _nested(value: Any) -> bool:
    return isinstance(value, (dict, list)) and bool(value)


def _scalar(value: Any) -> str:
    if isinstance(value, str):
        return _word(value)
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    raise _NotSimple  # floats, and empty dicts and lists, which may occur twice as well


@lru_cache(maxsize=256)
def _word(text: str) -> str:
    if not _WORD.fullmatch(text):
        raise _NotSimple
    if _PLAIN.fullmatch(text) and text.lower() not in _CONSTANTS:
        return text
    if _DATE.fullmatch(text):
        return f"'{text}'"
    # Without a blank to fold at, a scalar is written alike wherever it stands.
    from cogid import yaml_text

    return yaml_text.dump([text]).removeprefix("- ").removesuffix("\n")
