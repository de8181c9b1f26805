"""The four operations that anyone may call unsigned: an id, a token, credentials, unlinking."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cogid import arns
from cogid.local.faults import (
    bad_token,
    forbidden_identity,
    invalid,
    logins_differ,
    no_guests,
    no_public_provider,
)
from cogid.local.service import (
    credentials,
    identities,
    linking,
    pools,
    principal_tags,
    roles,
    tokens,
)
from cogid.local.service.logins import Login, proofs, read_logins

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cogid.local.service.call import Call, Json
    from cogid.local.service.identities import Identity
    from cogid.local.service.pools import Pool

TOKEN_SECONDS = 600


def get_id(call: Call, parameters: Json) -> Json:
    """Give the identity of the logins, made if they are new; without logins, a new guest."""
    pool = pools.find(call, parameters["IdentityPoolId"])
    if not parameters.get("Logins"):
        if not pool.allows_guests:
            raise no_guests()
        return {"IdentityId": identities.create(call, pool, authenticated=False).id}
    logins = read_logins(call, pool, parameters["Logins"])
    return {"IdentityId": linking.settle(call, pool, logins).id}


def get_open_id_token(call: Call, parameters: Json) -> Json:
    """Give a token for an identity: the basic flow, which a pool may have turned off.

    A pool that never set AllowClassicFlow takes part in it; one with role mappings never does.
    """
    identity = identities.find(call, parameters["IdentityId"])
    pool = pools.of_number(call, identity.pool)
    if pool.role_mappings:
        raise invalid(
            "Basic (classic) flow is not supported with RoleMappings, please use enhanced flow."
        )
    if pool.settings.get("AllowClassicFlow") is False:
        raise invalid("Basic (classic) flow is not enabled, please use enhanced flow.")
    if any(
        key in pool.settings.get("SamlProviderARNs", []) for key in parameters.get("Logins", {})
    ):
        # SAML logins are for the enhanced flow only; the text is a choice.
        raise no_public_provider()
    identity, logins = _admit(call, pool, identity, parameters.get("Logins"))
    tags = principal_tags.of_logins(call, pool, logins)
    token = tokens.issue(call, pool.id, identity.id, proofs(logins), tags, seconds=TOKEN_SECONDS)
    return {"IdentityId": identity.id, "Token": token}


def get_credentials_for_identity(call: Call, parameters: Json) -> Json:
    """Give credentials for an identity: the enhanced flow."""
    identity = identities.find(call, parameters["IdentityId"])
    pool = pools.of_number(call, identity.pool)
    given = parameters.get("Logins", {})
    cognito = [given[key] for key in given if arns.SERVICE.fullmatch(key)]
    others = {key: given[key] for key in given if not arns.SERVICE.fullmatch(key)}
    if cognito:
        authenticated = _check_own_token(call, identity, cognito[0])
        logins = read_logins(call, pool, others)
        if logins:
            identity = linking.settle(call, pool, logins, identity, vouched=True)
            authenticated = True
    else:
        identity, logins = _admit(call, pool, identity, others)
        authenticated = bool(logins)
    role = roles.choose_role(
        pool, logins, authenticated=authenticated, custom=parameters.get("CustomRoleArn")
    )
    return {"IdentityId": identity.id, "Credentials": credentials.make(call, identity, role)}


def unlink_identity(call: Call, parameters: Json) -> None:
    """Take public logins off an identity, on the word of one of its logins.

    Names that are not linked are passed over: a choice. A developer's users are unlinked by
    UnlinkDeveloperIdentity only.
    """
    identity = identities.find(call, parameters["IdentityId"])
    pool = pools.of_number(call, identity.pool)
    logins = read_logins(call, pool, parameters["Logins"])
    if not any(identities.of_login(call, pool, each) == identity for each in logins):
        raise logins_differ()
    names = parameters["LoginsToRemove"]
    if pool.developer_provider in names:
        raise no_public_provider()
    rows = call.store.rows(
        "SELECT number, provider FROM logins WHERE identity = ? AND developer = 0",
        identity.number,
    )
    linking.unlink(call, identity, [number for number, provider in rows if provider in names])


def _admit(
    call: Call, pool: Pool, identity: Identity, given: Mapping[str, str] | None
) -> tuple[Identity, list[Login]]:
    """Find out as whom the caller may act: a guest by the id alone, anyone else by a login."""
    if given:
        logins = read_logins(call, pool, given)
        return linking.settle(call, pool, logins, identity), logins
    if identity.authenticated or identity.disabled:
        raise forbidden_identity(identity.id)
    if not pool.allows_guests:
        raise no_guests()
    return identity, []


def _check_own_token(call: Call, identity: Identity, token: str) -> bool:
    """Take a token that this service issued for the identity; tell whether by a login."""
    claims = tokens.read_own(call, token)
    if claims is None:
        raise bad_token("Not a Cognito token.")
    now, expiry = int(call.moment), int(claims["exp"])
    if now >= expiry:
        raise bad_token(f"Token expired: {now} >= {expiry}")
    if claims["sub"] != identity.id:
        raise logins_differ()
    authenticated = "authenticated" in claims["amr"]
    if identity.disabled or (identity.authenticated and not authenticated):
        raise forbidden_identity(identity.id)
    return authenticated
