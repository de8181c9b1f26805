"""A login token in, what it says of itself out.

Nothing is verified and nobody is asked. Anything at all may come in, since people paste: a claim
that is not there, or of the wrong type, is None or empty. What may be shown of a token is for
``secrets`` to say. Imports nothing of cogid.
"""

from __future__ import annotations

import base64
import json
import math
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

LONGEST = 50_000  # characters: the service takes no longer token
_SIGNED_PARTS, _ENCRYPTED_PARTS = 3, 5


class Token:
    """A JWT taken apart; of what is none, header and claims are empty.

    White space around it is passed over. A signature that is no base64 is None.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        parts = text.strip().split(".") if len(text) <= LONGEST else []
        header, claims = map(_object, parts[:2]) if len(parts) == _SIGNED_PARTS else (None, None)
        self.is_jwt = header is not None and claims is not None
        self.header, self.claims = (header or {}, claims or {}) if self.is_jwt else ({}, {})
        self.signature = _bytes(parts[2]) if self.is_jwt else None
        self.issuer = _text(self.claims.get("iss"))
        self.audiences = _texts(self.claims.get("aud"))
        self.authorized_party = _text(self.claims.get("azp"))
        self.subject = _text(self.claims.get("sub"))
        self.issued = _time(self.claims.get("iat"))
        self.expires = _time(self.claims.get("exp"))
        self.not_before = _time(self.claims.get("nbf"))
        self.use = _text(self.claims.get("token_use"))  # "id" or "access"; only user pools say it
        self.groups = _texts(self.claims.get("cognito:groups"))
        self.roles = _roles(self.claims.get("cognito:roles"))
        self.preferred_role = _text(self.claims.get("cognito:preferred_role"))
        # Whether the signature is of a kind that anyone can check; else only who has the secret.
        self.public_key = str(self.header.get("alg", "")).startswith(("RS", "PS", "ES"))

    @property
    def flaws(self) -> Iterator[str]:
        """Say what is wrong with the form, each as it follows "the token"; nothing of a JWT's."""
        bare = self.text.strip()
        parts = bare.count(".") + 1
        if bare != self.text:
            yield "has white space around it"
        if bare.lower().startswith("bearer "):
            yield "begins with Bearer, which is no part of it"
        if bare[:1] in ('"', "'") or bare[-1:] in ('"', "'"):
            yield "has quotes around it"
        if len(self.text) > LONGEST:
            yield f"is longer than {LONGEST} characters"
        elif parts == _ENCRYPTED_PARTS:
            yield "is encrypted, as a user pool's refresh token is"
        elif parts < _SIGNED_PARTS and bare.startswith("eyJ"):  # base64 of {"
            yield f"is cut off in its part {parts} of {_SIGNED_PARTS}"
        elif parts != _SIGNED_PARTS:
            yield "is no JWT (three parts with dots between)"
        elif not self.is_jwt:
            yield "is damaged: its parts cannot be read"
        elif not self.signature and bare.endswith("."):
            yield "has no signature: it was cut off, or never signed"


def _object(part: str) -> dict[str, Any] | None:
    """Decode a part that is a JSON object."""
    try:
        value = json.loads(_bytes(part) or b"")
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) else None


def _bytes(part: str) -> bytes | None:
    try:
        return base64.b64decode(part + "=" * (-len(part) % 4), altchars=b"-_", validate=True)
    except ValueError:
        return None


def _text(value: Any) -> str | None:
    return value if isinstance(value, str) and value else None


def _texts(value: Any) -> list[str]:
    """Give the texts of a claim that is one or an array of them."""
    return [each for each in (value if isinstance(value, list) else [value]) if _text(each)]


def _roles(value: Any) -> list[str]:
    """Read roles: an array in real tokens, a comma-separated string in the developer guide."""
    given = value.split(",") if isinstance(value, str) else _texts(value)
    return [each.strip() for each in given if each.strip()]


def _time(value: Any) -> float | None:
    if not isinstance(value, (int, float)) or isinstance(value, bool):
        return None
    try:
        moment = float(value)
    except OverflowError:
        return None
    return moment if math.isfinite(moment) else None
