"""The Logins of a call: keys and tokens in, verified logins out.

Every token is checked, and one bad token fails the whole call. The order of the checks is the
one that logs suggest: provider, form, issuer, audience, signature, expiry.
"""

from __future__ import annotations

import hashlib
import math
from typing import TYPE_CHECKING, Any, NamedTuple

from cogid import arns
from cogid.local.faults import (
    bad_token,
    foreign_token,
    logins_differ,
    no_public_provider,
)
from cogid.local.service import providers, saml, tokens

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cogid.local.service.call import Call, Json
    from cogid.local.service.pools import Pool
    from cogid.local.service.providers import Provider

_ASSERTED = ("aud", "iss", "sub", "exp")


class Login(NamedTuple):
    """One user of one provider, as a checked token showed it.

    ``proof`` is what amr says of it; ``title`` and ``mapping`` are the provider's names in
    principal tags and role mappings.
    """

    provider: str
    subject: str
    proof: str
    title: str
    mapping: str
    claims: Json
    developer: bool = False


def read_logins(call: Call, pool: Pool, logins: Mapping[str, str]) -> list[Login]:
    """Check public logins against the pool's providers."""
    named = [_provider(key, pool) for key in logins]
    if named and not providers.has_any(pool.settings):
        # Said before any token is looked at (amazon-cognito-identity-js#68).
        raise logins_differ()
    return [_read(call, each, logins[each.name]) for each in named]


def developer_login(pool: Pool, user: str) -> Login:
    """Take a user on the word of the pool's owner."""
    provider = pool.developer_provider or ""
    return Login(
        provider,
        user,
        proof=f"{provider}:{pool.id}:{user}",
        title=provider,
        mapping=provider,
        claims={},
        developer=True,
    )


def proofs(logins: list[Login]) -> list[str]:
    """Give the amr claim of a token made for these logins."""
    if not logins:
        return ["unauthenticated"]
    return ["authenticated", *(word for each in logins for word in (each.provider, each.proof))]


def _provider(key: str, pool: Pool) -> Provider:
    if arns.SERVICE.fullmatch(key):
        raise bad_token("Can't pass in a Cognito token.")
    provider = providers.recognise(key, pool.settings)
    if provider is None:
        raise no_public_provider()
    return provider


def _read(call: Call, provider: Provider, token: str) -> Login:
    if provider.kind == "opaque":
        return _read_opaque(provider, token)
    if provider.kind == "saml":
        return _read_saml(provider, token)
    jwt = tokens.read(token)
    if jwt is None:
        raise bad_token("Not a valid OpenId Connect identity token.")
    client = _check_claims(provider, jwt.claims)
    keys = call.trust(provider.name.rstrip("/"))
    if keys is not None and not tokens.verified(token, keys):
        raise bad_token("Couldn't verify signed token.")
    now, expiry = int(call.moment), int(jwt.claims["exp"])
    if now >= expiry:
        raise bad_token(f"Token expired: {now} >= {expiry}")
    return openid_login(provider, jwt.claims, client)


def _check_claims(provider: Provider, claims: Json) -> str:
    """Check claims against the provider; give the audience that the pool takes."""
    for name in _ASSERTED:
        if claims.get(name) is None:
            raise bad_token(f"Missing a required claim: {name}")
    audiences = claims["aud"] if isinstance(claims["aud"], list) else [claims["aud"]]
    texts = [*audiences, claims["iss"], claims["sub"]]
    if not all(_is_text(each) for each in texts) or not _is_time(claims["exp"]):
        raise bad_token("Not a valid OpenId Connect identity token.")
    if claims["iss"].removeprefix("https://").rstrip("/") != provider.name.rstrip("/"):
        raise bad_token("Issuer doesn't match providerName")
    client = provider.client(audiences)
    if client is None:
        raise foreign_token()
    return client


def _is_text(value: Any) -> bool:
    # JSON can spell half a surrogate pair, which nothing can store.
    return isinstance(value, str) and not any("\ud800" <= each <= "\udfff" for each in value)


def _is_time(value: Any) -> bool:
    return type(value) is int or (type(value) is float and math.isfinite(value))


def openid_login(provider: Provider, claims: Json, client: str) -> Login:
    """Give the login of claims that were checked."""
    subject = claims["sub"]
    middle = {"user pool": "CognitoSignIn", "oidc": "OIDC"}.get(provider.kind, client)
    return Login(
        provider.name.rstrip("/"),
        subject,
        proof=f"{provider.title}:{middle}:{subject}",
        title=provider.title,
        mapping=provider.mapping_key(client),
        claims=claims,
    )


def _read_opaque(provider: Provider, token: str) -> Login:
    """Take a token that only its provider could read as it is: one token, one user.

    What is kept of it is its hash, which stands for the user's id.
    """
    if not provider.configured or provider.clients is None:
        raise foreign_token()
    subject = hashlib.sha256(token.encode()).hexdigest()
    proof = f"{provider.name}:{provider.clients[0]}:{subject}"
    return Login(provider.name, subject, proof, provider.title, provider.title, claims={})


def _read_saml(provider: Provider, assertion: str) -> Login:
    claims = saml.read(assertion)
    if claims is None:
        raise bad_token("Not a valid SAML assertion.")
    subject = str(claims["sub"])
    proof = f"{provider.name}:SAML:{subject}"
    return Login(provider.name, subject, proof, provider.title, provider.title, claims)
