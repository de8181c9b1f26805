"""A login token in, what there is to say of it for an identity pool out.

Each finding stands on what the token says of itself; the signature is judged only where keys were
at hand. Nobody is asked, and no part of a token is told that ``secrets`` would not show.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cogid import arns, secrets
from cogid.findings import Finding, ok, unknown, wrong

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cogid.claims import Token

SLACK = 300  # seconds that two clocks may differ
_LONGEST = 100 * 365 * 86400
_NEW_ONE = "sign in again for a new one"
_RENAMED = (
    "the app must hand over the id token, not the access or refresh token; the reply to a sign-in "
    "has both"
)


def of(token: Token, now: float, *, verified: Finding | None = None) -> list[Finding]:
    """Judge a token; ``verified`` is the finding on its signature, where keys were at hand."""
    if not token.is_jwt:
        return [_form(token)]
    found = [_form(token), _kind(token), _expiry(token, now), _issuer(token)]
    found += [_audience(token), *_party(token), *_subject(token), *_rights(token)]
    return [*found, verified or _signature(token)]


def provider(token: Token) -> str | None:
    """Give the key of ``--logins`` that a token goes under, if it may be shown."""
    name = arns.without_scheme(token.issuer) if token.issuer else ""
    return secrets.show_name(name) if name else None


def audience(token: Token) -> str | None:
    """Give the first audience that may be shown."""
    return next(filter(None, map(secrets.show_audience, token.audiences)), None)


def span(seconds: float) -> str:
    """Word a span of time: ``3 h 12 min``."""
    if seconds > _LONGEST:
        return "more than 100 years"
    minutes, hours, days = int(seconds // 60), int(seconds // 3600), int(seconds // 86400)
    if days:
        return f"{days} d {hours % 24} h"
    if hours:
        return f"{hours} h {minutes % 60} min"
    return f"{minutes} min" if minutes else f"{int(seconds)} s"


def _form(token: Token) -> Finding:
    flaw = next(token.flaws, None)
    if flaw is None:
        return ok("form", "a signed JWT")
    if token.is_jwt and "white space" in flaw:
        return wrong("form", f"the token {flaw}", "take it off: the service wants the bare token")
    cure = "pass the id token whole, without quotes and without Bearer before it"
    if "is no JWT" in flaw:
        cure = (
            "OpenID Connect providers give a JWT, the id token; of Facebook, Amazon and Twitter "
            "the token can be read by them alone, and goes with --login facebook=SRC"
        )
    elif "encrypted" in flaw:
        cure = _RENAMED
    return wrong("form", f"the token {flaw}", cure)


def _kind(token: Token) -> Finding:
    if token.use == "access" or str(token.header.get("typ", "")).lower() == "at+jwt":
        return wrong("kind", "an access token; identity pools take id tokens", _RENAMED)
    if arns.is_service(token.issuer or ""):
        return ok("kind", "a token of identity pools themselves, made for one identity")
    return ok("kind", "an id token" if token.use == "id" else "an id token, as far as it says")


def _expiry(token: Token, now: float) -> Finding:
    expires, begins = token.expires, token.not_before
    if expires is None:
        return wrong("time", "it says no expiry (exp)", "the provider must put exp into its tokens")
    if now >= expires:
        return wrong("time", f"expired {span(now - expires)} ago", _NEW_ONE)
    if begins is not None and begins > now:
        return wrong(
            "time",
            f"not valid yet, for another {span(begins - now)} (nbf)",
            "wait, or set the clock that is wrong: the provider's or this machine's",
        )
    if token.issued is not None and token.issued > now + SLACK:
        return unknown(
            "time",
            f"issued {span(token.issued - now)} from now: a clock is wrong",
            "set the clock that is wrong: the provider's or this machine's",
        )
    return ok("time", f"valid for another {span(expires - now)}")


def _issuer(token: Token) -> Finding:
    if token.issuer is None:
        return wrong(
            "issuer", "it names no issuer (iss)", "pass the id token of an OpenID provider"
        )
    name = provider(token)
    if name is None:
        return wrong("issuer", "its issuer is no name of a provider", "pass a provider's id token")
    if token.issuer.startswith("http://"):
        return wrong(
            "issuer", f"{name}, by http://", "IAM and identity pools know issuers by https:// only"
        )
    if arns.is_service(name):
        return ok("issuer", f"{name}: with get-credentials-for-identity it goes under that key")
    return ok("issuer", f"in --logins it goes under {name}")


def _audience(token: Token) -> Finding:
    for_whom = audience(token)
    if for_whom is None and token.audiences:
        return unknown("audience", "of a form that no client id has")
    if for_whom is None:
        return wrong("audience", "it is for nobody (no aud), as access tokens are", _RENAMED)
    named = ", ".join(filter(None, map(secrets.show_audience, token.audiences)))
    name = provider(token) or ""
    if arns.is_service(name):
        return ok("audience", f"pool {named}")
    if arns.region_of_user_pool(name):
        place = "with the user pool among the pool's CognitoIdentityProviders"
    elif name in arns.PUBLIC.values():
        place = "for that provider among the pool's SupportedLoginProviders"
    else:
        place = "in the IAM OIDC provider that is among the pool's OpenIdConnectProviderARNs"
    return ok("audience", f"{named}; it must be listed {place}")


def _party(token: Token) -> Iterator[Finding]:
    party = token.authorized_party and secrets.show_audience(token.authorized_party)
    if party and party not in token.audiences:
        yield ok("azp", f"asked for by {party}, another client than the audience")


def _subject(token: Token) -> Iterator[Finding]:
    if token.subject is None:
        yield wrong("subject", "it is about nobody (no sub)", "pass an id token: it has sub")


def _rights(token: Token) -> Iterator[Finding]:
    """Say what a role mapping of type Token would make of it."""
    if token.groups:
        yield ok("groups", _listed(token.groups))
    if token.roles:
        yield ok("roles", _listed(token.roles))
    if token.preferred_role:
        yield ok("preferred", _listed([token.preferred_role]))
    elif len(token.roles) > 1:
        yield unknown(
            "preferred",
            f"{len(token.roles)} roles and none preferred: ambiguous for a mapping of type Token",
            "choose one with --custom-role-arn, or give the groups a precedence",
        )


def _listed(names: list[str]) -> str:
    return ", ".join(map(secrets.clean, names))


def _signature(token: Token) -> Finding:
    algorithm = secrets.show_name(str(token.header.get("alg", "")))
    if not token.public_key:
        return wrong(
            "signature",
            f"by {algorithm or 'an unknown algorithm'}, not with a key pair",
            "the provider must sign with RS256 or the like",
        )
    return unknown("signature", f"{algorithm}, not verified (--keys FILE or --fetch-keys does)")
