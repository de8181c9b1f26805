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
    return issuer, read_file(f"--trust {words}", file)


def read_file(what: str, file: str) -> Keys:
    """Read a key set, a list of keys, or one key; ``what`` begins the error."""
    try:
        document = json.loads(Path(file).expanduser().read_bytes())
    except OSError as problem:
        raise UsageError(f"{what}: cannot read {file}: {problem.strerror}") from problem
    except (ValueError, RecursionError) as problem:
        raise UsageError(f"{what}: {file} is not JSON: {problem}") from problem
    keys = in_document(document)
    if keys is None:
        raise UsageError(f'{what}: {file} is no JWKS ({{"keys": [{{"kty": …}}]}})')
    return keys


def in_document(document: Any) -> Keys | None:
    """Give the keys of a key set, a list of keys, or one key; None for anything else."""
    keys = document.get("keys", [document]) if isinstance(document, dict) else document
    return keys if _are_keys(keys) else None


def strip_scheme(issuer: str) -> str:
    """Name an issuer as tokens are compared with it, however it was spelled."""
    return issuer.removeprefix("https://").rstrip("/")


def _are_keys(keys: Any) -> bool:
    return (
        isinstance(keys, list)
        and bool(keys)
        and all(isinstance(key, dict) and "kty" in key for key in keys)
    )
