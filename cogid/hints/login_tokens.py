"""A login token in, what it says of itself out.

Nothing is verified and nothing is shown: the callers take issuer, audience, expiry and use, and
for the rest only whether it is there. Anything at all may come in, since people paste.
"""

from __future__ import annotations

import base64
import json
import math
from typing import Any, NamedTuple

_SIGNED_PARTS, _ENCRYPTED_PARTS = 3, 5


class Claims(NamedTuple):
    """What a token says; a claim that is not there or is of the wrong type is None or empty."""

    issuer: str | None
    audiences: tuple[str, ...]
    expires: float | None
    use: str | None
    subject: str | None
    roles: int  # how many it names
    prefers_a_role: bool
    public_key: bool  # whether the signature is of a kind that anyone can check


def read(token: str) -> Claims | None:
    """Take a JWT apart; None for anything else."""
    parts = token.strip().split(".")
    if len(parts) != _SIGNED_PARTS:
        return None
    header, claims = _decoded(parts[0]), _decoded(parts[1])
    if header is None or claims is None:
        return None
    audience = claims.get("aud")
    audiences = audience if isinstance(audience, list) else [audience]
    return Claims(
        issuer=_text(claims.get("iss")),
        audiences=tuple(each for each in audiences if isinstance(each, str)),
        expires=_time(claims.get("exp")),
        use=_text(claims.get("token_use")),
        subject=_text(claims.get("sub")),
        roles=_count(claims.get("cognito:roles")),
        prefers_a_role=bool(claims.get("cognito:preferred_role")),
        public_key=str(header.get("alg", "")).startswith(("RS", "PS", "ES")),
    )


def flaw(token: str) -> str | None:
    """Say what is wrong with a token's form, None when it is a JWT by the look of it."""
    bare = token.strip()
    parts = bare.count(".") + 1
    faults = (
        (bare != token, "has white space around it"),
        (bare.lower().startswith("bearer "), "begins with Bearer, which is no part of it"),
        (bare[:1] in ('"', "'") or bare[-1:] in ('"', "'"), "has quotes around it"),
        (parts == _ENCRYPTED_PARTS, "is encrypted, as a user pool's refresh token is"),
        (parts != _SIGNED_PARTS, "is no JWT (three parts with dots between)"),
        (read(token) is None, "is damaged: its parts cannot be read"),
    )
    return next((text for wrong, text in faults if wrong), None)


def ago(seconds: float) -> str:
    """Word how long ago something was: ``3 h 12 min``."""
    minutes, hours, days = int(seconds // 60), int(seconds // 3600), int(seconds // 86400)
    if not minutes:
        return f"{int(seconds)} s"
    if not hours:
        return f"{minutes} min"
    if not days:
        return f"{hours} h {minutes % 60} min"
    return f"{days} d {hours % 24} h"


def _decoded(part: str) -> dict[str, Any] | None:
    try:
        raw = base64.b64decode(part + "=" * (-len(part) % 4), altchars=b"-_", validate=True)
        value = json.loads(raw)
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) else None


def _text(value: Any) -> str | None:
    return value if isinstance(value, str) and value else None


def _time(value: Any) -> float | None:
    if not isinstance(value, (int, float)) or isinstance(value, bool):
        return None
    try:
        moment = float(value)
    except OverflowError:
        return None
    return moment if math.isfinite(moment) else None


def _count(value: Any) -> int:
    """Count roles: an array in real tokens, a comma-separated string in the guide."""
    if isinstance(value, str):
        value = [each for each in value.split(",") if each.strip()]
    return len(value) if isinstance(value, list) else 0
