"""Log lines in, log lines without secrets out (``--debug``).

Hides what the model marks as sensitive, the credentials that sign, and whatever looks like a
token. Of a long secret its first and last four characters stay, so that two can be told apart.
"""

from __future__ import annotations

import logging
import re
from typing import TYPE_CHECKING, Any, TextIO

if TYPE_CHECKING:
    from cogid.model import Model, Shape

SHORTEST = 6  # a shorter secret stands in too many innocent words
LONG = 24
_QUOTE = r"\\?[\"']"

# Secrets of other services and of HTTP, which the model of this one does not know: AWS's query
# and JSON protocols, SSO, and the headers of a signed request.
_NAMES = (
    "SecretAccessKey|SessionToken|AccessToken|RefreshToken|IdToken|ClientSecret|"
    "WebIdentityToken|SAMLAssertion"
)
_PATTERNS = (
    rf"(?i)(?<=<)(?:{_NAMES})>([^<]+)<",
    rf"(?i)(?:{_NAMES}){_QUOTE}?\s*[:=]\s*b?{_QUOTE}?((?:[^\"'&,\s}}\\]|\\+/)+)",
    r"(?i)authorization[\"']?\s*[:=]\s*(b?[\"'][^\"']*[\"']|[^\n]*)",
    r"(?i)x-amz-security-token[\"']?\s*[:=]\s*b?[\"']?([^\"'\s,]+)",
    r"(?i)signature[\"']?\s*[:=]\s*b?[\"']?([0-9a-f]{64})",
    r"(eyJ[\w-]{8,}\.[\w-]{8,}(?:\.[\w-]*)?)",
)


class Redactor:
    """Knows what must not be shown."""

    def __init__(self, model: Model) -> None:
        self._known: set[str] = set()
        patterns = [*_PATTERNS, *_of_model(model)]
        self._patterns = [re.compile(pattern) for pattern in patterns]

    def hide(self, secret: str | None) -> None:
        """Remember a secret by its value."""
        if secret and len(secret) >= SHORTEST:
            self._known.add(secret)

    def hide_in(self, shape: Shape, value: Any) -> None:
        """Remember every value that stands where the model says it is sensitive."""
        if shape.sensitive and isinstance(value, str):
            self.hide(value)
        elif isinstance(value, dict):
            for key, item in value.items():
                inner = shape.value if shape.type == "map" else shape.members.get(key)
                if inner is not None:
                    self.hide_in(inner, item)
        elif isinstance(value, list) and shape.type == "list":
            for item in value:
                self.hide_in(shape.element, item)

    def clean(self, text: str) -> str:
        """Give the text with every secret shortened."""
        for secret in sorted(self._known, key=len, reverse=True):
            text = text.replace(secret, shortened(secret))
        for pattern in self._patterns:
            text = pattern.sub(_without_group, text)
        return text


def shortened(secret: str) -> str:
    """Show of a secret what is needed to recognise it, and of a short one nothing."""
    return f"{secret[:4]}…{secret[-4:]}" if len(secret) >= LONG else "…"


def start_logging(stream: TextIO, redactor: Redactor) -> None:
    """Log everything that cogid, botocore and urllib3 do to a stream."""
    handler = logging.StreamHandler(stream)
    handler.setFormatter(_Formatter(redactor))
    for name in ("cogid", "boto3", "botocore", "urllib3"):
        logger = logging.getLogger(name)
        logger.setLevel(logging.DEBUG)
        logger.addHandler(handler)


class _Formatter(logging.Formatter):
    def __init__(self, redactor: Redactor) -> None:
        super().__init__("%(asctime)s - %(threadName)s - %(name)s - %(levelname)s - %(message)s")
        self._redactor = redactor

    def format(self, record: logging.LogRecord) -> str:
        return self._redactor.clean(super().format(record))


def _without_group(found: re.Match[str]) -> str:
    """Shorten the one group of a match, unless it is shortened already."""
    whole, secret = found.group(), found.group(1)
    if "…" in secret:
        return whole
    start = found.start(1) - found.start()
    return whole[:start] + shortened(secret) + whole[start + len(secret) :]


def _of_model(model: Model) -> list[str]:
    """Make patterns for the members that hold something sensitive, in JSON or in Python."""
    scalars: set[str] = {"SessionToken"}  # of temporary credentials; the model does not mark it
    maps: set[str] = set()
    for raw in model.shapes.values():
        for name, use in raw.get("members", {}).items():
            shape = model.shapes[use["shape"]]
            if shape.get("sensitive"):
                scalars.add(name)
            elif shape["type"] == "map" and model.shapes[shape["value"]["shape"]].get("sensitive"):
                maps.add(name)
    named = "|".join(sorted(scalars))
    patterns = [rf"{_QUOTE}(?:{named}){_QUOTE}\s*:\s*{_QUOTE}((?:[^\"'\\]|\\+/)+)"]
    if maps:
        mapped = "|".join(sorted(maps))
        patterns.append(rf"{_QUOTE}(?:{mapped}){_QUOTE}\s*:\s*\{{([^}}]*)\}}")
    return patterns
