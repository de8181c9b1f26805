"""What must not be shown of a word: what the model calls sensitive, and whatever is a token.

Of a secret the first four characters are shown, enough to see that the right one was pasted.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cogid.model import Shape

    Spans = list[tuple[int, int]]

SHOWN = 4
_TOKEN = re.compile(r"()(eyJ[\w-]{8,}(?:\.[\w-]*)*)")
_IN_JSON = re.compile(r"(:\s*\")((?:[^\"\\]|\\.)*)")
_IN_SHORTHAND = re.compile(r"((?:^|,)[^=,]*=[\"']?)(?!fileb?://)([^,]*)")


def is_secret(shape: Shape) -> bool:
    """Tell whether the model calls a value, or what is in it, sensitive."""
    if shape.type == "map":
        return is_secret(shape.value)
    if shape.type == "list":
        return is_secret(shape.element)
    return shape.sensitive


def hidden(text: str, shape: Shape | None) -> Spans:
    """Give the parts of a value that must not be shown; None is the shape of anything else."""
    if shape is None or not is_secret(shape) or text.startswith(("file://", "fileb://")):
        return _beyond_beginning(_TOKEN.finditer(text))
    if shape.type != "map":
        return [(SHOWN, len(text))] if len(text) > SHOWN else []
    inside = _IN_JSON if text.lstrip().startswith("{") else _IN_SHORTHAND
    return _beyond_beginning(inside.finditer(text))


def hidden_of(known: Iterable[str], text: str) -> Spans:
    """Give the parts of a text that are known to be hidden somewhere else, and the tokens."""
    spans = hidden(text, None)
    for secret in known:
        spans += [found.span() for found in re.finditer(re.escape(secret), text)]
    return spans


def shortened(text: str, spans: Spans) -> str:
    """Write three dots for what is hidden."""
    for start, end in sorted(spans, reverse=True):
        text = f"{text[:start]}...{text[end:]}"
    return text


def _beyond_beginning(found: Iterable[re.Match[str]]) -> Spans:
    spans = [(each.start(2) + SHOWN, each.end(2)) for each in found]
    return [(start, end) for start, end in spans if start < end]
