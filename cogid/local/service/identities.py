"""Identities: made, found, described, listed and deleted.

A guest has no login. An authenticated identity has at least one. A disabled one had some and
lost them all, to another identity or to unlinking; it is never used again, but stays listed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from cogid.local.faults import no_identity
from cogid.local.service import paging, pools

if TYPE_CHECKING:
    from cogid.local.service.call import Call, Json
    from cogid.local.service.logins import Login
    from cogid.local.service.pools import Pool
    from cogid.local.store.transaction import Transaction

_COLUMNS = (
    "i.number, i.id, i.pool, i.created, i.modified, i.authenticated, i.disabled, i.merged_into"
)


class Identity(NamedTuple):
    """One identity as stored; dates are milliseconds since the epoch."""

    number: int
    id: str
    pool: int
    created: int
    modified: int
    authenticated: int
    disabled: int
    merged_into: int | None


def create(call: Call, pool: Pool, *, authenticated: bool) -> Identity:
    """Make an identity; one that is to be authenticated gets its logins next."""
    identity_id = call.new_id()
    call.store.write(
        "INSERT INTO identities (id, pool, created, modified, authenticated)"
        " VALUES (?, ?, ?, ?, ?)",
        identity_id,
        pool.number,
        call.now,
        call.now,
        int(authenticated),
    )
    return find(call, identity_id)


def find(call: Call, identity_id: str, pool: Pool | None = None) -> Identity:
    """Read an identity of the call's region, of one pool if that is given."""
    identity = _where(call.store, "i.id = ?", identity_id)
    here = identity_id.startswith(f"{call.region}:")
    if identity is None or not here or (pool is not None and identity.pool != pool.number):
        raise no_identity(identity_id)
    return identity


def of_number(call: Call, number: int | None) -> Identity | None:
    """Read the identity that a row of a table points to."""
    return None if number is None else _where(call.store, "i.number = ?", number)


def of_login(call: Call, pool: Pool, login: Login) -> Identity | None:
    """Read the identity that a login is linked to."""
    return _where(
        call.store,
        "i.number = (SELECT identity FROM logins"
        " WHERE pool = ? AND developer = ? AND provider = ? AND subject = ?)",
        pool.number,
        int(login.developer),
        login.provider,
        login.subject,
    )


def _where(store: Transaction, condition: str, *values: Any) -> Identity | None:
    row = store.row(f"SELECT {_COLUMNS} FROM identities i WHERE {condition}", *values)  # noqa: S608
    return None if row is None else Identity(*row)


def describe_identity(call: Call, parameters: Json) -> Json:
    """Describe an identity; a guest's answer has no Logins."""
    return _described(call.store, [find(call, parameters["IdentityId"])])[0]


def list_identities(call: Call, parameters: Json) -> Json:
    """List a pool's identities in the order they were made, the disabled ones unless hidden."""
    pool = pools.find(call, parameters["IdentityPoolId"])
    listing = f"ListIdentities {pool.id}"
    size = parameters["MaxResults"]
    hidden = "AND i.disabled = 0" if parameters.get("HideDisabled") else ""
    rows = call.store.rows(
        f"SELECT {_COLUMNS} FROM identities i WHERE i.pool = ? AND i.number > ? {hidden}"  # noqa: S608
        " ORDER BY i.number LIMIT ?",
        pool.number,
        paging.row_after(parameters.get("NextToken"), listing),
        size + 1,
    )
    page = [Identity(*row) for row in rows[:size]]
    answer: Json = {"IdentityPoolId": pool.id, "Identities": _described(call.store, page)}
    if len(rows) > size:
        answer["NextToken"] = paging.token_after(page[-1].number, listing)
    return answer


def delete_identities(call: Call, parameters: Json) -> Json:
    """Delete identities. Ids that are not there count as deleted: a choice."""
    for identity_id in parameters["IdentityIdsToDelete"]:
        if identity_id.startswith(f"{call.region}:"):
            call.store.write("DELETE FROM identities WHERE id = ?", identity_id)
    return {"UnprocessedIdentityIds": []}


def _described(store: Transaction, identities: list[Identity]) -> list[Json]:
    """Describe identities with the names of their providers, each named once."""
    marks = ",".join("?" * len(identities))
    rows = store.rows(
        f"SELECT identity, provider FROM logins WHERE identity IN ({marks}) ORDER BY number",  # noqa: S608
        *(each.number for each in identities),
    )
    providers: dict[int, dict[str, None]] = {}
    for identity, provider in rows:
        providers.setdefault(identity, {})[provider] = None
    return [_description(each, list(providers.get(each.number, {}))) for each in identities]


def _description(identity: Identity, providers: list[str]) -> Json:
    return {
        "IdentityId": identity.id,
        **({"Logins": providers} if providers else {}),
        "CreationDate": identity.created / 1000,
        "LastModifiedDate": identity.modified / 1000,
    }
