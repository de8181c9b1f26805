"""The keys with which issuers sign: ``ISSUER=FILE`` in, the issuer and its keys (JWKs) out."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from cogid.errors import UsageError

Keys = list[dict[str, Any]]


def read_keys(words: str) -> tuple[str, Keys]:
    """Read the file that a ``--trust`` names: a key set, a list of keys, or one key."""
    issuer, separator, file = words.partition("=")
    if not (issuer and separator and file):
        raise UsageError(f"--trust takes ISSUER=FILE, not {words!r}")
    try:
        document = json.loads(Path(file).expanduser().read_bytes())
    except OSError as problem:
        raise UsageError(f"--trust {words}: cannot read {file}: {problem.strerror}") from problem
    except ValueError as problem:
        raise UsageError(f"--trust {words}: {file} is not JSON: {problem}") from problem
    keys = document.get("keys", [document]) if isinstance(document, dict) else document
    if not _are_keys(keys):
        raise UsageError(f'--trust {words}: {file} is no JWKS ({{"keys": [{{"kty": …}}]}})')
    return issuer, keys


def strip_scheme(issuer: str) -> str:
    """Name an issuer as tokens are compared with it, however it was spelled."""
    return issuer.removeprefix("https://").rstrip("/")


def _are_keys(keys: Any) -> bool:
    return (
        isinstance(keys, list)
        and bool(keys)
        and all(isinstance(key, dict) and "kty" in key for key in keys)
    )
