"""Identities of users whom the pool's owner vouches for: tokens, look-up, merging, unlinking."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cogid import arns
from cogid.local.faults import (
    Fault,
    bad_token,
    conflict,
    forbidden_identity,
    invalid,
    missing,
    no_developer_provider,
)
from cogid.local.service import identities, linking, paging, pools, principal_tags, tokens
from cogid.local.service.logins import developer_login, proofs, read_logins
from cogid.local.service.providers import recognise

if TYPE_CHECKING:
    from cogid.local.service.call import Call, Json
    from cogid.local.service.identities import Identity
    from cogid.local.service.logins import Login
    from cogid.local.service.pools import Pool

TOKEN_SECONDS = 900
LOOKUP_PAGE = 60


def get_open_id_token_for_developer_identity(call: Call, parameters: Json) -> Json:
    """Register or find a developer's user and give a token for the identity.

    Not subject to AllowClassicFlow, and open to pools without guests.
    """
    pool = pools.find(call, parameters["IdentityPoolId"])
    asked = parameters.get("IdentityId")
    named = None if asked is None else identities.find(call, asked, pool)
    user, public = _split(pool, parameters["Logins"])
    given_tags = parameters.get("PrincipalTags", {})
    principal_tags.check_size(given_tags)
    logins = [user, *read_logins(call, pool, public)]
    if named is not None:
        _check_registration(call, pool, named, user)
    identity = linking.settle(call, pool, logins, named)
    seconds = parameters.get("TokenDuration", TOKEN_SECONDS)
    token = tokens.issue(call, pool.id, identity.id, proofs(logins), given_tags, seconds=seconds)
    return {"IdentityId": identity.id, "Token": token}


def _split(pool: Pool, logins: dict[str, str]) -> tuple[Login, dict[str, str]]:
    """Tell the developer's user from the public logins."""
    public = dict(logins)
    user = public.pop(pool.developer_provider or "", None)
    for key in public:
        if arns.SERVICE.fullmatch(key):
            raise bad_token("Can't pass in a Cognito token.")
        if recognise(key, pool.settings) is None:
            raise no_developer_provider()
    if user is None:
        raise no_developer_provider()
    return developer_login(pool, user), public


def _check_registration(call: Call, pool: Pool, named: Identity, user: Login) -> None:
    """Refuse a user who is registered under another identity than the one asked for."""
    owner = identities.of_login(call, pool, user)
    if owner is not None and owner.number != named.number:
        raise Fault(
            "DeveloperUserAlreadyRegisteredException",
            f"Developer user '{user.subject}' is already registered with another identity.",
        )
    if named.disabled:
        raise forbidden_identity(named.id)


def lookup_developer_identity(call: Call, parameters: Json) -> Json:
    """Give the users of an identity, the identity of a user, or check the pair."""
    pool = pools.find(call, parameters["IdentityPoolId"])
    identity_id = parameters.get("IdentityId")
    user = parameters.get("DeveloperUserIdentifier")
    if user is None:
        if identity_id is None:
            raise invalid("Please provide an IdentityId or a DeveloperUserIdentifier.")
        return _users(call, identities.find(call, identity_id, pool), parameters)
    owner = identities.of_login(call, pool, developer_login(pool, user))
    if identity_id is not None and (owner is None or owner.id != identity_id):
        raise conflict(f"Developer user '{user}' is not linked to identity '{identity_id}'.")
    if owner is None:
        raise _no_user(user)
    return {"IdentityId": owner.id, "DeveloperUserIdentifierList": [user]}


def _users(call: Call, identity: Identity, parameters: Json) -> Json:
    listing = f"LookupDeveloperIdentity {identity.id}"
    size = parameters.get("MaxResults", LOOKUP_PAGE)
    rows = call.store.rows(
        "SELECT number, subject FROM logins WHERE identity = ? AND developer = 1 AND number > ?"
        " ORDER BY number LIMIT ?",
        identity.number,
        paging.row_after(parameters.get("NextToken"), listing),
        size + 1,
    )
    answer: Json = {
        "IdentityId": identity.id,
        "DeveloperUserIdentifierList": [row[1] for row in rows[:size]],
    }
    if len(rows) > size:
        answer["NextToken"] = paging.token_after(rows[size - 1][0], listing)
    return answer


def merge_developer_identities(call: Call, parameters: Json) -> Json:
    """Move the source user's identity, with all its logins, into the destination's."""
    pool = _pool_of(call, parameters)
    source, destination = (
        _identity_of(call, pool, parameters[f"{which}UserIdentifier"])
        for which in ("Source", "Destination")
    )
    if source.number != destination.number:  # else they are merged already
        linking.merge(call, source, destination)
    return {"IdentityId": destination.id}


def unlink_developer_identity(call: Call, parameters: Json) -> None:
    """Take a user off an identity; next time the user is a new one."""
    pool = _pool_of(call, parameters)
    identity = identities.find(call, parameters["IdentityId"], pool)
    user = parameters["DeveloperUserIdentifier"]
    if _identity_of(call, pool, user).number != identity.number:
        raise conflict(f"Developer user '{user}' is not linked to identity '{identity.id}'.")
    rows = call.store.rows(
        "SELECT number FROM logins WHERE identity = ? AND developer = 1 AND subject = ?",
        identity.number,
        user,
    )
    linking.unlink(call, identity, [row[0] for row in rows])


def _pool_of(call: Call, parameters: Json) -> Pool:
    pool = pools.find(call, parameters["IdentityPoolId"])
    if pool.developer_provider != parameters["DeveloperProviderName"]:
        raise no_developer_provider()
    return pool


def _identity_of(call: Call, pool: Pool, user: str) -> Identity:
    identity = identities.of_login(call, pool, developer_login(pool, user))
    if identity is None:
        raise _no_user(user)
    return identity


def _no_user(user: str) -> Fault:
    return missing(f"Developer user '{user}' not found.")
