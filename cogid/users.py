"""A pool's settings and a login in, the user that the pool's role mappings see out.

Who a provider is and whom a token must be for is decided by the local service's own code; what
the service would refuse is told with its cure. No signature is checked here, and nobody is asked.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cogid import arns, secrets
from cogid.claims import Token
from cogid.local.service import logins, providers, saml
from cogid.roles import User

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cogid.local.service.providers import Provider

_SETTING = {
    "user pool": "CognitoIdentityProviders",
    "opaque": "SupportedLoginProviders",
    "openid": "SupportedLoginProviders",
}


class NotTakenError(Exception):
    """The pool takes no login like this: what is wrong, and the cure."""

    def __init__(self, told: str, cure: str) -> None:
        super().__init__(told)
        self.told = told
        self.cure = cure


def settings_of(mappings: Mapping[str, Any]) -> dict[str, Any]:
    """Give the settings that a pool with these role mappings must have at least."""
    found: dict[str, Any] = {
        "CognitoIdentityProviders": [],
        "SupportedLoginProviders": {},
        "OpenIdConnectProviderARNs": [],
        "SamlProviderARNs": [],
    }
    for key in mappings:
        arn = arns.PROVIDER.fullmatch(key)
        if arn:
            kind = "OpenIdConnect" if arn.group(2) == "oidc" else "Saml"
            found[f"{kind}ProviderARNs"].append(key)
        elif client := arns.client_of(key):
            name = key.removesuffix(f":{client}")
            found["CognitoIdentityProviders"].append({"ProviderName": name, "ClientId": client})
        else:
            found["SupportedLoginProviders"][key] = ""
    return found


def provider(key: str, settings: Mapping[str, Any]) -> Provider:
    """Find the provider that a key of logins names. Raises NotTakenError for one that is none."""
    shown = secrets.show_name(key) or "that name"
    found = providers.recognise(key, dict(settings))
    if found is None:
        raise NotTakenError(
            f"the pool has no provider {shown}",
            f"add the IAM OIDC provider's ARN, arn:aws:iam::ACCOUNT:oidc-provider/{shown}, to the "
            "pool's OpenIdConnectProviderARNs with update-identity-pool; or pass the token of a "
            f"provider that it has: {listed(settings)}",
        )
    if not found.configured:
        raise NotTakenError(
            f"the pool does not list {shown}",
            f"add it to the pool's {_SETTING[found.kind]} with update-identity-pool; the pool "
            f"has: {listed(settings)}",
        )
    return found


def user(found: Provider, claims: Mapping[str, Any]) -> User:
    """Give the user of a login. Raises NotTakenError for an audience that is not the pool's."""
    if found.kind in ("opaque", "saml"):
        return User(found.mapping_key(None), claims)
    audiences = _texts(claims.get("aud"))
    client = found.client(audiences)
    if client is None:
        whom = ", ".join(filter(None, map(secrets.show_audience, audiences)))
        raise NotTakenError(
            f"the token is for {whom}, which the pool does not list for {found.title}"
            if whom
            else "the token is for nobody (no aud)",
            f"add that client to the pool's {_SETTING.get(found.kind, 'providers')} with "
            f"update-identity-pool, or sign in with one that it lists: {_listed(found.clients)}"
            if whom
            else "pass the id token: access tokens have no aud",
        )
    return User(found.mapping_key(client), claims)


def claims_of(found: Provider, token: str) -> dict[str, Any]:
    """Give what a login says of its user; tokens that only their provider can read say nothing."""
    if found.kind == "saml":
        return saml.read(token) or {}
    return {} if found.kind == "opaque" else Token(token).claims


def amr(found: list[tuple[Provider, User]]) -> list[str]:
    """Give what the token for STS says of how somebody signed in."""
    words = []
    for each, known in found:
        subject = known.claims.get("sub")
        if each.kind in ("user pool", "oidc", "openid") and isinstance(subject, str):
            client = each.client(_texts(known.claims.get("aud"))) or ""
            words.append(logins.openid_login(each, dict(known.claims), client))
    return logins.proofs(words) if words else ["authenticated"]


def _texts(value: Any) -> list[str]:
    return [
        each for each in (value if isinstance(value, list) else [value]) if isinstance(each, str)
    ]


def listed(settings: Mapping[str, Any]) -> str:
    """Name the providers that a pool has."""
    names = [each.get("ProviderName") for each in settings.get("CognitoIdentityProviders", [])]
    names += settings.get("SupportedLoginProviders", {})
    names += settings.get("OpenIdConnectProviderARNs", [])
    names += settings.get("SamlProviderARNs", [])
    return _listed(list(dict.fromkeys(filter(None, names))))


def _listed(names: list[str] | None) -> str:
    return ", ".join(names or ()) or "none"
