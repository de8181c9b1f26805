"""Which identity some logins belong to: found, linked, merged, or made.

The rules are those of the developer guide's page on the authentication flow. A login belongs to
one identity; an identity has at most one login of each public provider, and at most twenty in
all; merging moves the logins of one identity to another and disables the first.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cogid.local.faults import conflict, logins_differ
from cogid.local.service import identities

if TYPE_CHECKING:
    from cogid.local.service.call import Call
    from cogid.local.service.identities import Identity
    from cogid.local.service.logins import Login
    from cogid.local.service.pools import Pool

MAX_LOGINS = 20


def settle(
    call: Call,
    pool: Pool,
    logins: list[Login],
    named: Identity | None = None,
    *,
    vouched: bool = False,
) -> Identity:
    """Make all logins belong to one identity, and give that.

    ``named`` is the identity that the call asks for; a login must be its own if it is
    authenticated, unless it is ``vouched`` for otherwise.
    """
    owners = [identities.of_login(call, pool, each) for each in logins]
    found = list({owner.number: owner for owner in owners if owner}.values())
    if named is not None and not vouched:
        named = _admitted(call, named, found)
    parent = _parent(named, found, vouched=vouched)
    if parent is None:
        parent = identities.create(call, pool, authenticated=True)
    for other in [*found, named]:
        if other is not None and other.number != parent.number:
            merge(call, other, parent)
    for login, owner in zip(logins, owners, strict=True):
        if owner is None:
            _link(call, pool, parent, login)
    return parent


def _admitted(call: Call, named: Identity, found: list[Identity]) -> Identity:
    """Let the logins speak for the identity asked for, or for the one it was merged into.

    That a disabled identity's id leads on to the one that took its logins is a choice: clients
    adopt the id that comes back.
    """
    survivor: Identity | None = named
    while survivor is not None and survivor.disabled:
        survivor = identities.of_number(call, survivor.merged_into)
    is_guest = survivor is named and not named.authenticated
    if survivor is None or not (is_guest or survivor in found):
        raise logins_differ()
    return survivor


def _parent(named: Identity | None, found: list[Identity], *, vouched: bool) -> Identity | None:
    """Choose which identity stays when several meet (a choice; AWS does not say).

    The one asked for, if its login was given; else the oldest that has one of the logins; else
    the guest asked for, who then becomes authenticated.
    """
    if named is not None and (vouched or named in found):
        return named
    return min(found, key=lambda each: each.number, default=named)


def merge(call: Call, source: Identity, target: Identity) -> None:
    """Move all logins of an identity to another, and disable it.

    ResourceConflictException and its texts are choices; that these cases fail is documented.
    """
    twice = call.store.row(
        "SELECT s.provider FROM logins s JOIN logins t ON t.provider = s.provider"
        " WHERE s.identity = ? AND t.identity = ? AND s.developer = 0 AND t.developer = 0",
        source.number,
        target.number,
    )
    if twice is not None:
        raise _second_login(target, twice[0])
    _check_room(call, target, _login_count(call, source))
    moved = call.store.write(
        "UPDATE logins SET identity = ? WHERE identity = ?", target.number, source.number
    )
    if moved.rowcount:
        touch(call, target)
    disable(call, source, merged_into=target)


def disable(call: Call, identity: Identity, merged_into: Identity | None = None) -> None:
    """Make an identity without logins inaccessible; it does not go back to being a guest."""
    call.store.write(
        "UPDATE identities SET disabled = 1, merged_into = ?, modified = ? WHERE number = ?",
        merged_into.number if merged_into else None,
        call.now,
        identity.number,
    )


def unlink(call: Call, identity: Identity, login_numbers: list[int]) -> None:
    """Take logins off an identity; without the last one it is inaccessible."""
    for number in login_numbers:
        call.store.write("DELETE FROM logins WHERE number = ?", number)
    if not login_numbers:
        return
    if _login_count(call, identity):
        touch(call, identity)
    else:
        disable(call, identity)


def touch(call: Call, identity: Identity) -> None:
    """Note that an identity's logins changed."""
    call.store.write(
        "UPDATE identities SET authenticated = 1, modified = ? WHERE number = ?",
        call.now,
        identity.number,
    )


def _link(call: Call, pool: Pool, identity: Identity, login: Login) -> None:
    if not login.developer:
        same = call.store.row(
            "SELECT 1 FROM logins WHERE identity = ? AND developer = 0 AND provider = ?",
            identity.number,
            login.provider,
        )
        if same is not None:
            raise _second_login(identity, login.provider)
    _check_room(call, identity, 1)
    call.store.write(
        "INSERT INTO logins (pool, identity, developer, provider, subject) VALUES (?, ?, ?, ?, ?)",
        pool.number,
        identity.number,
        int(login.developer),
        login.provider,
        login.subject,
    )
    touch(call, identity)


def _login_count(call: Call, identity: Identity) -> int:
    row = call.store.row("SELECT count(*) FROM logins WHERE identity = ?", identity.number)
    return row[0] if row else 0


def _check_room(call: Call, identity: Identity, more: int) -> None:
    if _login_count(call, identity) + more > MAX_LOGINS:
        raise conflict(f"Identity '{identity.id}' can have at most {MAX_LOGINS} linked logins.")


def _second_login(identity: Identity, provider: str) -> Exception:
    return conflict(f"Identity '{identity.id}' already has a login of {provider}.")
