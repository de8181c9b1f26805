"""JSON web tokens: those that the service issues, and reading those that others issued.

The service signs with one RSA key per region, made when first needed and kept in the store.
Knows claims and signatures; knows nothing of pools' settings or of identities. joserfc costs a
twentieth of a second, so only what signs or verifies loads it.
"""

from __future__ import annotations

import base64
import json
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from cogid.arns import partition, pool_arn

if TYPE_CHECKING:
    from joserfc.jwk import RSAKey

    from cogid.local.service.call import Call, Json
    from cogid.local.store.transaction import Transaction

ALGORITHM = "RS512"

# What an identity provider may sign with. Never "none" or HS256: a public key is no secret.
_INCOMING = [f"{family}{bits}" for family in ("RS", "PS", "ES") for bits in (256, 384, 512)]

_POOL_ARN_CLAIM = "https://cognito-identity.amazonaws.com/identity-pool-arn"
TAGS_CLAIM = "https://aws.amazon.com/tags"


class Jwt(NamedTuple):
    """A token taken apart, nothing of it verified."""

    header: Json
    claims: Json


def read(token: str) -> Jwt | None:
    """Take a JWT apart; None for anything that is not one."""
    parts = token.split(".")
    if len(parts) != 3:  # noqa: PLR2004
        return None
    try:
        header, claims = (json.loads(_decoded(part)) for part in parts[:2])
        _decoded(parts[2])
    except (ValueError, RecursionError):
        return None
    if not isinstance(header, dict) or not isinstance(claims, dict):
        return None
    return Jwt(header, claims)


def _decoded(part: str) -> bytes:
    return base64.b64decode(part + "=" * (-len(part) % 4), altchars=b"-_", validate=True)


def verified(token: str, keys: list[Json]) -> bool:
    """Tell whether one of an issuer's keys signed the token."""
    jwt = read(token)
    kid = jwt.header.get("kid") if jwt else None
    return any(
        _signed_by(key, token) for key in keys if kid is None or key.get("kid") in (kid, None)
    )


def _signed_by(key: Json, token: str) -> bool:
    from joserfc import jws
    from joserfc.errors import JoseError
    from joserfc.jwk import import_key

    registry = jws.JWSRegistry(algorithms=_INCOMING)
    # The constraint on tokens has bounded them already, above joserfc's own bounds.
    registry.max_header_length = registry.max_payload_length = len(token)
    try:
        jws.deserialize_compact(token, import_key(key), registry=registry)
    except (JoseError, ValueError, TypeError, KeyError):
        return False
    return True


def issuer(region: str) -> str:
    """Give the ``iss`` of the service's tokens: one for all commercial regions."""
    if partition(region) == "aws":
        return "https://cognito-identity.amazonaws.com"
    suffix = ".cn" if partition(region) == "aws-cn" else ""
    return f"https://cognito-identity.{region}.amazonaws.com{suffix}"


def issue(  # noqa: PLR0913  # what a token says
    call: Call,
    pool_id: str,
    identity_id: str,
    amr: list[str],
    tags: dict[str, str],
    *,
    seconds: int,
) -> str:
    """Sign an OpenID token for an identity. The claims and their order are those seen."""
    claims: Json = {
        "sub": identity_id,
        "aud": pool_id,
        "amr": amr,
        _POOL_ARN_CLAIM: pool_arn(call.region, call.account, pool_id),
    }
    if tags:
        claims[TAGS_CLAIM] = {"principal_tags": {key: [value] for key, value in tags.items()}}
    now = int(call.moment)
    claims |= {"iss": issuer(call.region), "exp": now + seconds, "iat": now}
    return _sign(call, claims)


def _sign(call: Call, claims: Json) -> str:
    from joserfc import jws

    key = _signing_key(call)
    header = {"kid": key.kid, "typ": "JWS", "alg": ALGORITHM}
    payload = json.dumps(claims, separators=(",", ":")).encode()
    return jws.serialize_compact(header, payload, key, algorithms=[ALGORITHM])


def read_own(call: Call, token: str) -> Json | None:
    """Give the claims of a token that this service issued in this region; None for any other."""
    jwt = read(token)
    row = call.store.row("SELECT jwk FROM signing_keys WHERE region = ?", call.region)
    if jwt is None or row is None or not verified(token, [_public(row[0])]):
        return None
    return jwt.claims if jwt.claims.get("iss") == issuer(call.region) else None


def _signing_key(call: Call) -> RSAKey:
    """Give the region's key, made and kept when there is none yet."""
    row = call.store.row("SELECT jwk FROM signing_keys WHERE region = ?", call.region)
    if row is not None:
        return _loaded(row[0])
    call.store.need_write()
    jwk = make_key(call.region)
    call.store.write("INSERT INTO signing_keys (region, jwk) VALUES (?, ?)", call.region, jwk)
    return _loaded(jwk)


def make_key(region: str) -> str:
    """Make a region's key, as the JWK that is kept."""
    from joserfc.jwk import RSAKey

    # The kid is the region's name and a digit: us-east-11.
    about = {"alg": ALGORITHM, "use": "sig", "kid": f"{region}1"}
    key = RSAKey.generate_key(2048)
    return json.dumps({**key.as_dict(private=True), **about})


@lru_cache(maxsize=64)
def _loaded(jwk: str) -> RSAKey:
    from joserfc.jwk import RSAKey

    return RSAKey.import_key(json.loads(jwk))


def _public(jwk: str) -> Json:
    key = json.loads(jwk)
    return {name: key[name] for name in ("kty", "alg", "use", "kid", "n", "e")}


def jwks(transaction: Transaction) -> Json:
    """Give the key set: one public key for each region that has issued a token."""
    rows = transaction.rows("SELECT jwk FROM signing_keys ORDER BY region")
    return {"keys": [_public(row[0]) for row in rows]}


def discovery(base_url: str) -> dict[str, Any]:
    """Give the OpenID configuration. Its content is a choice: no copy of the real one was found.

    The issuer is the real service's, since that is what the tokens say.
    """
    return {
        "issuer": issuer("us-east-1"),
        "jwks_uri": f"{base_url.rstrip('/')}/.well-known/jwks_uri",
        "response_types_supported": ["token"],
        "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": [ALGORITHM],
    }
