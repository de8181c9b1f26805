"""What must not be shown: a text in, the parts of it that are secrets out, as spans.

A secret is known by the shape of its value, by the name before it, by its look, or because it was
met before. Texts are written with their secrets shortened to ``eyJh…last``. Knows nothing of
logs, errors or terminals. Every pattern is linear on any text: what a service sends is logged.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from cogid.model import Model, Shape

    Spans = list[tuple[int, int]]

BEGINNING = 4  # characters of a secret that may be seen
LONG = 24  # of a longer one, its end may be seen as well
SHORTEST = 6  # a shorter one stands in too many innocent words to be looked for

_FILES = ("file://", "fileb://")

# JWTs, and the tokens of Facebook, Google and Amazon. Base64 of {" alone is no sign: tokens for
# the next page ({"NextToken…, {"boto_truncate…) begin so, too.
_TOKEN = re.compile(
    r"(?:eyJ(?!OZXh0VG9r|ib3RvX3Ry)[\w-]{8,}|(?:EAA|ya29\.|Atz[ar]\|)[\w-]{20,})"
    r"(?:\.{1,2}[\w-]+)*",
    re.ASCII,
)
# A word of a JSON object, or of Python's way to write one, and what says that it is a key. Holds
# for text with mistakes in it, too: what is neither punctuation nor a key is a value.
_WORD = re.compile(r"""([^\s"'{}\[\],\\]+)(["'\\]*\s*:)?""")
_AROUND = " \t\n\"'@[]{}"  # a word of shorthand
_SHOWABLE = re.compile(
    r"(?:https?://)?(?:"
    r"[\w-]{1,20}"  # shorter than any token
    r"|[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63})*\.[a-z]{2,24}(?:/[\w.~/-]{0,80})?(?::[\w.-]{1,80})?"
    r"|arn:aws[\w-]*:[\w-]+:[\w-]*:\d*:[\w./:-]{1,100}"
    r")",
    re.ASCII,
)
_AUDIENCE = re.compile(r"[\w.:/@+~-]{1,128}", re.ASCII)

_CARET = re.compile(r"\n(.*)\n( *)\^")

# In logs: secrets of other services and of HTTP, which the model of this one does not know.
_QUOTE = r"\\?[\"']"
_NAMES = (
    "SecretAccessKey|SessionToken|AccessToken|RefreshToken|IdToken|ClientSecret|"
    "WebIdentityToken|SAMLAssertion|TokenCode"
)
_HEADERS = "x-amz-security-token|x-amz-sso_bearer_token|x-aws-ec2-metadata-token"
_NAMED = (
    rf"(?i)(?<=<)(?:{_NAMES})>([^<]+)<",
    rf"(?i)(?:{_NAMES}){_QUOTE}?\s*[:=]\s*b?{_QUOTE}?((?:[^\"'&,\s}}\\]|\\+/)+)",
    r"(?i)authorization[\"']?\s*[:=]\s*(b?[\"'][^\"']*[\"']|[^\n]*)",
    rf"(?i)(?:{_HEADERS})[\"']?\s*[:=]\s*b?[\"']?([^\"'\s,]+)",
    r"(?i)signature[\"']?\s*[:=]\s*b?[\"']?([0-9a-f]{64})",
)


def spans(text: str, shape: Shape | None = None, known: Iterable[str] = ()) -> Spans:
    """Give the secret parts of a text, in order.

    ``shape`` is what the text is a value of, None for any other text; ``known`` are secrets that
    may stand in it.
    """
    found = [each.span() for each in _TOKEN.finditer(text)]
    for secret in known:
        if secret and secret in text:
            found += [each.span() for each in re.finditer(re.escape(secret), text)]
    if shape is not None and _is_sensitive(shape) and not text.startswith(_FILES):
        if shape.type != "map":
            found.append((0, len(text)))
        else:  # a token is shortened to its own ends, not to those of the word it stands in
            rest = _TOKEN.sub(lambda token: " " * len(token.group()), text)
            found += (_in_json if text.lstrip()[:1] in ("{", "[") else _in_shorthand)(rest)
    return _merged(found)


def clean(text: str, known: Iterable[str] = ()) -> str:
    """Give a message with its secrets shortened, and a caret under a line where it belongs then."""
    forms = {form for secret in known for form in written(secret)}

    def cleaned(found: re.Match[str]) -> str:
        line, at = found.group(1), len(found.group(2))
        hidden = spans(line, known=forms)
        before = shorten(line[:at], [(start, min(end, at)) for start, end in hidden if start < at])
        return f"\n{shorten(line, hidden)}\n{' ' * len(before)}^"

    text = _CARET.sub(cleaned, text)
    return shorten(text, spans(text, known=forms))


def shorten(text: str, found: Spans) -> str:
    """Write a text with its secrets shortened."""
    pieces, end = [], 0
    for start, stop in found:
        pieces += [text[end:start], _short(text[start:stop])]
        end = stop
    return "".join([*pieces, text[end:]])


def without_beginnings(found: Spans) -> Spans:
    """Leave the first characters of each secret to be seen: enough to know which one it is."""
    return [(start + BEGINNING, end) for start, end in found if start + BEGINNING < end]


def in_value(shape: Shape, value: Any) -> Iterator[str]:
    """Give every text that stands where the model says it is sensitive, whatever else is there."""
    if _is_sensitive(shape):
        yield from _texts(value)
    elif isinstance(value, dict):
        for key, item in value.items():
            inner = shape.value if shape.type == "map" else shape.members.get(key)
            if inner is not None:
                yield from in_value(inner, item)
    elif isinstance(value, list) and shape.type == "list":
        for item in value:
            yield from in_value(shape.element, item)


def show_name(text: str) -> str | None:
    """Give a provider's name if it may be shown, None for what could be a secret or worse."""
    return text if _SHOWABLE.fullmatch(text) and "eyJ" not in text else None


def show_audience(text: str) -> str | None:
    """Give an audience if it has the form of a client id or a URL."""
    return text if _AUDIENCE.fullmatch(text) and "eyJ" not in text else None


def looks_random(word: str) -> bool:
    """Tell whether a word that belongs nowhere could be a token: long, and of all kinds of letters.

    Ids, ARNs, paths and flags are told by how they begin, or have no capitals.
    """
    kinds = (str.islower, str.isupper, str.isdigit)
    return (
        len(word) >= LONG
        and not word.startswith(("arn:", "--", "/", ".", "~", "file"))
        and all(any(map(kind, word)) for kind in kinds)
    )


class Redactor:
    """Knows the secrets of one run, and where others stand in what is logged."""

    def __init__(self, model: Model) -> None:
        self._known: set[str] = set()
        self._named = [*map(re.compile, _NAMED)]
        members = rf"{_QUOTE}(?:{_sensitive_members(model)}){_QUOTE}\s*:\s*"
        self._members = re.compile(rf"{members}(?:\{{([^}}]*)|{_QUOTE}((?:[^\"'\\]|\\+/)+))")

    def hide(self, secret: str | None) -> None:
        """Remember a secret by its value."""
        if secret and len(secret) >= SHORTEST:
            self._known |= written(secret)

    def hide_in(self, shape: Shape, value: Any) -> None:
        """Remember every value that stands where the model says it is sensitive."""
        for secret in in_value(shape, value):
            self.hide(secret)

    def clean(self, text: str) -> str:
        """Give the text with every secret shortened."""
        found = spans(text, known=self._known)
        for pattern in self._named:
            found += [each.span(1) for each in pattern.finditer(text)]
        for each in self._members.finditer(text):
            found += [each.span(2)] if each.group(2) else _in_json(text, *each.span(1))
        return shorten(text, _merged(found))


def written(secret: str) -> set[str]:
    """Give the ways in which messages quote a text: as it is, as Python and as JSON."""
    return {secret, repr(secret)[1:-1], json.dumps(secret)[1:-1]}


def _short(secret: str) -> str:
    """Show of a secret what is needed to recognise it, and of a short one nothing."""
    return f"{secret[:BEGINNING]}…{secret[-BEGINNING:]}" if len(secret) >= LONG else "…"


def _merged(found: Spans) -> Spans:
    """Sort spans, and make one of those that overlap."""
    merged: Spans = []
    for start, end in sorted(found):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        elif start < end:
            merged.append((start, end))
    return merged


def _in_json(text: str, start: int = 0, end: int | None = None) -> Spans:
    """Give the values of an object, and the keys that do not look like names."""
    words = _WORD.finditer(text, start, len(text) if end is None else end)
    return [each.span(1) for each in words if each.group(2) is None or not show_name(each.group(1))]


def _in_shorthand(text: str) -> Spans:
    """Give what stands after equals signs, and words that do not look like names."""
    found: Spans = []
    start = 0
    for pair in text.split(","):
        key, equals, value = pair.partition("=")
        at = start
        for word, is_key in ((key, True), (value, False)):
            bare = word.strip(_AROUND)
            first = at + word.find(bare)
            if not (show_name(bare) if is_key else bare.startswith(_FILES)):
                found.append((first, first + len(bare)))
            at += len(word) + len(equals)
        start += len(pair) + 1
    return found


def _texts(value: Any) -> Iterator[str]:
    """Give every text in a value, apart from keys."""
    remaining = [value]
    while remaining:
        each = remaining.pop()
        if isinstance(each, str):
            yield each
        elif isinstance(each, (dict, list)):
            remaining += each.values() if isinstance(each, dict) else each


def _is_sensitive(shape: Shape) -> bool:
    """Tell whether the model calls a value, or what is in it, sensitive."""
    if shape.type in ("map", "list"):
        return _is_sensitive(shape.value if shape.type == "map" else shape.element)
    return shape.sensitive


def _sensitive_members(model: Model) -> str:
    """Name the members that hold something sensitive, themselves or as a map, as alternatives."""
    names = {"SessionToken"}  # of temporary credentials; the model does not mark it
    for raw in model.shapes.values():
        for member, use in raw.get("members", {}).items():
            shape = model.shapes[use["shape"]]
            held = model.shapes[shape["value"]["shape"]] if shape["type"] == "map" else shape
            if held.get("sensitive"):
                names.add(member)
    return "|".join(sorted(names))
