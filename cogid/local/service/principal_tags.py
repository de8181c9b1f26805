"""Attributes for access control: which claims of a provider's tokens become session tags.

The developer guide's page of that name is the source; where it is silent (never set, defaults
together with tags) the answers are choices.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from cogid.local.faults import invalid
from cogid.local.service import pools

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cogid.local.service.call import Call, Json
    from cogid.local.service.logins import Login
    from cogid.local.service.pools import Pool

MAX_BYTES = 460

DEFAULTS = {"username": "sub", "client": "aud"}


def set_principal_tag_attribute_map(call: Call, parameters: Json) -> Json:
    """Keep a provider's map. With UseDefaults the tags given are kept but not used: a choice."""
    pool = pools.find(call, parameters["IdentityPoolId"])
    tags = parameters.get("PrincipalTags", {})
    check_size(tags)
    call.store.write(
        "REPLACE INTO principal_tags (pool, provider, use_defaults, tags) VALUES (?, ?, ?, ?)",
        pool.number,
        parameters["IdentityProviderName"],
        int(parameters.get("UseDefaults", False)),
        json.dumps(tags),
    )
    return get_principal_tag_attribute_map(call, parameters)


def get_principal_tag_attribute_map(call: Call, parameters: Json) -> Json:
    """Give a provider's map; one never set is an empty map without defaults: a choice."""
    pool = pools.find(call, parameters["IdentityPoolId"])
    provider = parameters["IdentityProviderName"]
    use_defaults, tags = _stored(call, pool, provider)
    return {
        "IdentityPoolId": pool.id,
        "IdentityProviderName": provider,
        "UseDefaults": use_defaults,
        "PrincipalTags": tags,
    }


def of_logins(call: Call, pool: Pool, logins: list[Login]) -> dict[str, str]:
    """Give the session tags that the logins' claims amount to, later logins overriding."""
    found: dict[str, str] = {}
    for login in logins:
        use_defaults, tags = _stored(call, pool, login.title)
        for key, claim in (DEFAULTS if use_defaults else tags).items():
            value = login.claims.get(claim)
            if isinstance(value, (str, int, float)):
                found[key] = json.dumps(value) if not isinstance(value, str) else value
    return found


def check_size(tags: Mapping[str, str]) -> None:
    """Refuse more than the documented 460 bytes; code and text are choices."""
    if sum(len(text.encode()) for pair in tags.items() for text in pair) > MAX_BYTES:
        raise invalid(f"PrincipalTags can have at most {MAX_BYTES} bytes in keys and values.")


def _stored(call: Call, pool: Pool, provider: str) -> tuple[bool, dict[str, str]]:
    row = call.store.row(
        "SELECT use_defaults, tags FROM principal_tags WHERE pool = ? AND provider = ?",
        pool.number,
        provider,
    )
    return (False, {}) if row is None else (bool(row[0]), json.loads(row[1]))
