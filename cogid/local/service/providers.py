"""Which identity provider a key of Logins names, and whether the pool is configured with it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from cogid.arns import OPAQUE, PUBLIC

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cogid.local.service.call import Json

OPENID = set(PUBLIC.values()) - OPAQUE

USER_POOL = re.compile(
    r"cognito-idp\.([a-z0-9-]+)\.amazonaws\.com(?:\.cn)?/([\w-]+_[0-9a-zA-Z]+)", re.ASCII
)
"""A user pool as the name of a provider. Groups: region and user pool id."""


class Provider(NamedTuple):
    """An identity provider as one pool knows it.

    ``name`` is the key of Logins; ``title`` is how amr, principal tags and role mappings call
    it, which differs for IAM OIDC providers (their ARN). ``clients`` are the audiences taken,
    None for all: an IAM OIDC provider's are kept in IAM, which this service cannot ask.
    """

    name: str
    kind: str
    title: str
    clients: list[str] | None = None
    configured: bool = True

    def client(self, audiences: Sequence[str]) -> str | None:
        """Give the first of a token's audiences that the pool takes, None where it takes none."""
        taken = self.clients
        return next((each for each in audiences if taken is None or each in taken), None)

    def mapping_key(self, client: str | None) -> str:
        """Give the key under which role mappings have the provider, for tokens of that client."""
        return f"{self.title}:{client}" if self.kind == "user pool" else self.title


def recognise(key: str, settings: Json) -> Provider | None:
    """Find out whom a Logins key names; None when it is no public provider.

    A key with ``https://`` before it still names its provider. That it is wrong shows when the
    token's issuer is compared with it, as in the service (amazon-cognito-identity-js#40).
    """
    bare = key.removeprefix("https://")
    for arn in settings.get("OpenIdConnectProviderARNs", []):
        if bare.rstrip("/") == arn.partition(":oidc-provider/")[2].rstrip("/"):
            return Provider(key, "oidc", arn)
    if key in settings.get("SamlProviderARNs", []):
        return Provider(key, "saml", key)
    if bare in OPENID or key in OPAQUE:
        return _social(key, bare, settings)
    if USER_POOL.fullmatch(bare):
        pools = settings.get("CognitoIdentityProviders", [])
        clients = [each.get("ClientId", "") for each in pools if each.get("ProviderName") == bare]
        return Provider(key, "user pool", bare, clients, configured=bool(clients))
    return None


def _social(key: str, bare: str, settings: Json) -> Provider:
    apps = settings.get("SupportedLoginProviders", {})
    clients = [apps[bare]] if bare in apps else []
    kind = "opaque" if key in OPAQUE else "openid"
    return Provider(key, kind, bare, clients, configured=bool(clients))


def has_any(settings: Json) -> bool:
    """Tell whether a pool has any authentication provider, the developer's own included."""
    return any(
        settings.get(name)
        for name in (
            "SupportedLoginProviders",
            "DeveloperProviderName",
            "OpenIdConnectProviderARNs",
            "CognitoIdentityProviders",
            "SamlProviderARNs",
        )
    )


def mapping_keys(settings: Json) -> set[str]:
    """List what RoleMappings may be keyed by; a user pool's key needs ``:CLIENTID``."""
    user_pools = settings.get("CognitoIdentityProviders", [])
    return {
        *settings.get("SupportedLoginProviders", {}),
        *settings.get("OpenIdConnectProviderARNs", []),
        *settings.get("SamlProviderARNs", []),
        *(f"{each['ProviderName']}:{each.get('ClientId')}" for each in user_pools),
    }
