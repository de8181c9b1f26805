"""What holds whatever is called: merging keeps its promises, pages lose and repeat nothing."""

from __future__ import annotations

import contextlib
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from cogid.local.faults import Fault
from cogid.local.service.operations import Service
from cogid.local.store.database import Store, open_store

PROVIDERS = ["graph.facebook.com", "www.amazon.com", "api.twitter.com"]
DEVELOPER = "login.example.org"

logins = st.dictionaries(st.sampled_from(PROVIDERS), st.sampled_from("ab"))
users = st.sampled_from(["u1", "u2", "u3"])
which = st.integers(0, 30)
actions = st.one_of(
    st.tuples(st.just("get"), logins),
    st.tuples(st.just("act"), which, logins),
    st.tuples(st.just("register"), users, st.none() | which, logins),
    st.tuples(st.just("merge"), users, users),
    st.tuples(st.just("unlink"), which, logins, st.lists(st.sampled_from(PROVIDERS))),
    st.tuples(st.just("unregister"), which, users),
    st.tuples(st.just("delete"), which),
)


class Pool:
    """A pool in memory, and the ids of all identities it ever answered."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self._service = Service(store)
        self.ids: dict[str, None] = {}
        self.id = self.call(
            "CreateIdentityPool",
            IdentityPoolName="p",
            AllowUnauthenticatedIdentities=True,
            SupportedLoginProviders=dict.fromkeys(PROVIDERS, "app"),
            DeveloperProviderName=DEVELOPER,
        )["IdentityPoolId"]
        role = "arn:aws:iam::123456789012:role/r"
        roles = {"authenticated": role, "unauthenticated": role}
        self.call("SetIdentityPoolRoles", IdentityPoolId=self.id, Roles=roles)

    def call(self, operation: str, **parameters: Any) -> Any:
        """Call an operation."""
        return self._service.handle(operation, parameters, "us-east-1")

    def identity(self, number: int) -> str:
        """Name one of the identities there are."""
        ids = list(self.ids)
        return ids[number % len(ids)]

    def listed(self) -> list[str]:
        """List all identities."""
        answer = self.call("ListIdentities", IdentityPoolId=self.id, MaxResults=60)
        return [each["IdentityId"] for each in answer["Identities"]]

    def do(self, action: tuple[Any, ...]) -> None:
        """Carry out an action; a refusal is fine, as long as nothing else gives way."""
        with contextlib.suppress(Fault):
            answer = getattr(self, f"_{action[0]}")(*action[1:])
            if answer:
                self.ids[answer["IdentityId"]] = None

    def _get(self, given: dict[str, str]) -> Any:
        return self.call("GetId", IdentityPoolId=self.id, Logins=given)

    def _act(self, number: int, given: dict[str, str]) -> Any:
        if not self.ids:
            return None
        identity = self.identity(number)
        return self.call("GetCredentialsForIdentity", IdentityId=identity, Logins=given)

    def _register(self, user: str, number: int | None, given: dict[str, str]) -> Any:
        named = {} if number is None or not self.ids else {"IdentityId": self.identity(number)}
        given = {DEVELOPER: user, **given}
        operation = "GetOpenIdTokenForDeveloperIdentity"
        return self.call(operation, IdentityPoolId=self.id, Logins=given, **named)

    def _merge(self, source: str, destination: str) -> Any:
        return self.call(
            "MergeDeveloperIdentities",
            IdentityPoolId=self.id,
            DeveloperProviderName=DEVELOPER,
            SourceUserIdentifier=source,
            DestinationUserIdentifier=destination,
        )

    def _unlink(self, number: int, given: dict[str, str], names: list[str]) -> None:
        if self.ids:
            identity = self.identity(number)
            self.call("UnlinkIdentity", IdentityId=identity, Logins=given, LoginsToRemove=names)

    def _unregister(self, number: int, user: str) -> None:
        if self.ids:
            self.call(
                "UnlinkDeveloperIdentity",
                IdentityPoolId=self.id,
                IdentityId=self.identity(number),
                DeveloperProviderName=DEVELOPER,
                DeveloperUserIdentifier=user,
            )

    def _delete(self, number: int) -> None:
        if self.ids:
            identity = self.identity(number)
            self.call("DeleteIdentities", IdentityIdsToDelete=[identity])
            del self.ids[identity]

    def check(self) -> None:
        """See that every promise holds."""
        with self.store.reading() as opened:
            kinds = opened.rows(
                "SELECT authenticated, disabled, count(l.number) FROM identities i"
                " LEFT JOIN logins l ON l.identity = i.number GROUP BY i.number"
            )
            doubles = opened.rows(
                "SELECT 1 FROM logins WHERE developer = 0 GROUP BY identity, provider"
                " HAVING count(*) > 1"
            )
        assert set(self.listed()) == set(self.ids), "an id was lost"
        assert doubles == [], "an identity has two users of one provider"
        for authenticated, disabled, count in kinds:
            assert bool(count) == bool(authenticated and not disabled)


@settings(max_examples=60, deadline=None)
@given(st.lists(actions, max_size=25))
def test_identities_keep_their_promises(steps: list[tuple[Any, ...]]) -> None:
    """A login belongs to one identity, an enabled user has a login, no id is ever lost."""
    store = open_store(":memory:")
    pool = Pool(store)
    for step in steps:
        pool.do(step)
        pool.check()
    store.close()


@settings(max_examples=60, deadline=None)
@given(
    start=st.integers(0, 12),
    size=st.integers(1, 5),
    between=st.lists(st.tuples(st.booleans(), which), max_size=12),
)
def test_pages_show_everything_once(start: int, size: int, between: list[tuple[bool, int]]) -> None:
    """Whatever is added or deleted between pages, what stays is seen once, in order."""
    store = open_store(":memory:")
    pool = Pool(store)
    for _ in range(start):
        pool.do(("get", {}))
    present = list(pool.ids)

    seen: list[str] = []
    token: dict[str, str] = {}
    while True:
        page = pool.call("ListIdentities", IdentityPoolId=pool.id, MaxResults=size, **token)
        assert len(page["Identities"]) <= size
        seen += [each["IdentityId"] for each in page["Identities"]]
        if "NextToken" not in page:
            break
        token = {"NextToken": page["NextToken"]}
        if between:
            added, number = between.pop()
            pool.do(("get", {}) if added else ("delete", number))

    assert len(seen) == len(set(seen))
    assert [each for each in seen if each in present] == [
        each for each in present if each in pool.ids or each in seen
    ]
    assert set(pool.ids) <= set(seen)
    store.close()
