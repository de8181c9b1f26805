"""Sections 6.6, 6.10 to 6.12, 6.18 and 7 of the facts: linking, merging and disabling."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    Call = Callable[..., Any]
    Refusal = Callable[..., tuple[str, str]]


USERS = "cognito-idp.us-east-1.amazonaws.com/us-east-1_Users"
ROLE = "arn:aws:iam::123456789012:role/"
FACEBOOK = "graph.facebook.com"
AMAZON = "www.amazon.com"
DIFFER = (
    "NotAuthorizedException",
    (
        "Logins don't match. Please include at least one valid login for this identity or identity"
        " pool."
    ),
)


def forbidden(identity: str) -> tuple[str, str]:
    """Word the refusal of an identity without login."""
    return "NotAuthorizedException", f"Access to Identity '{identity}' is forbidden."


@pytest.fixture
def get_id(call: Call, pool: str) -> Any:
    """Get the identity of logins in the pool."""

    def get_id(**logins: str) -> str:
        return call("GetId", IdentityPoolId=pool, Logins=logins)["IdentityId"]

    return lambda logins=None: get_id(**(logins or {}))


@pytest.fixture
def act(call: Call, pool: str) -> Any:
    """Act as an identity and give the id that comes back, by both public ways."""
    roles = {"authenticated": f"{ROLE}a", "unauthenticated": f"{ROLE}u"}
    call("SetIdentityPoolRoles", IdentityPoolId=pool, Roles=roles)

    def act(identity: str, logins: Any = None, operation: str = "GetCredentialsForIdentity") -> Any:
        given = {"Logins": logins} if logins else {}
        return call(operation, IdentityId=identity, **given)["IdentityId"]

    return act


@pytest.fixture
def logins_of(call: Call) -> Any:
    """Give the names of an identity's providers."""
    return lambda identity: call("DescribeIdentity", IdentityId=identity).get("Logins")


def test_a_guest_is_described_without_logins(call: Call, get_id: Call) -> None:
    """Dates have milliseconds and are equal on a fresh identity; the pool is not told."""
    described = call("DescribeIdentity", IdentityId=get_id())

    assert set(described) == {"IdentityId", "CreationDate", "LastModifiedDate"}
    assert described["CreationDate"] == described["LastModifiedDate"]
    assert isinstance(described["CreationDate"], float)
    assert round(described["CreationDate"], 3) == described["CreationDate"]


def test_an_authenticated_identity_is_described_with_its_providers(
    call: Call, get_id: Call, tokens: Any
) -> None:
    """Names of providers, not users; fresh ones have equal dates, too."""
    described = call("DescribeIdentity", IdentityId=get_id({USERS: tokens(USERS)}))

    assert described["Logins"] == [USERS]
    assert described["CreationDate"] == described["LastModifiedDate"]


def test_an_unknown_identity_is_not_found(refusal: Refusal) -> None:
    """Amplify waits for these very words."""
    unknown = "us-east-1:00000000-0000-0000-0000-000000000000"
    said = ("ResourceNotFoundException", f"Identity '{unknown}' not found.")

    assert refusal("DescribeIdentity", IdentityId=unknown) == said
    assert refusal("GetCredentialsForIdentity", IdentityId=unknown) == said
    assert refusal("GetOpenIdToken", IdentityId=unknown) == said
    assert refusal("UnlinkIdentity", IdentityId=unknown, Logins={}, LoginsToRemove=[]) == said


def test_an_identity_of_another_region_is_not_found(refusal: Refusal, get_id: Call) -> None:
    """Identities are found by their id alone, but within one region."""
    identity = get_id()
    assert refusal("DescribeIdentity", region="eu-west-1", IdentityId=identity) == (
        "ResourceNotFoundException",
        f"Identity '{identity}' not found.",
    )


def test_a_new_login_beside_a_known_one_is_linked(get_id: Call, logins_of: Call) -> None:
    """GetId with one known and one new login links the new one."""
    known = get_id({FACEBOOK: "f"})

    assert get_id({FACEBOOK: "f", AMAZON: "a"}) == known
    assert get_id({AMAZON: "a"}) == known
    assert logins_of(known) == [FACEBOOK, AMAZON]


def test_linking_changes_the_modification_date(call: Call, get_id: Call, clock: Any) -> None:
    """The date of making stays."""
    identity = get_id({FACEBOOK: "f"})
    clock.forward(10)
    get_id({FACEBOOK: "f", AMAZON: "a"})

    described = call("DescribeIdentity", IdentityId=identity)
    assert described["LastModifiedDate"] >= described["CreationDate"] + 10


def test_two_known_logins_merge_their_identities(get_id: Call, logins_of: Call) -> None:
    """The older one stays (choice) with all logins; the other is disabled."""
    older, younger = get_id({FACEBOOK: "f"}), get_id({AMAZON: "a"})

    assert get_id({AMAZON: "a", FACEBOOK: "f"}) == older
    assert get_id({AMAZON: "a"}) == older
    assert logins_of(older) == [FACEBOOK, AMAZON]
    assert logins_of(younger) is None


def test_a_second_login_of_one_provider_is_a_conflict(
    refusal: Refusal, get_id: Call, pool: str
) -> None:
    """An identity has one user of each public provider."""
    get_id({FACEBOOK: "f1", AMAZON: "a"})

    code, _ = refusal("GetId", IdentityPoolId=pool, Logins={FACEBOOK: "f2", AMAZON: "a"})
    assert code == "ResourceConflictException"


def test_merging_different_users_of_one_provider_is_a_conflict(
    refusal: Refusal, get_id: Call, pool: str, tokens: Any
) -> None:
    """Nothing is merged then."""
    first = get_id({FACEBOOK: "f1", AMAZON: "a1"})
    second = get_id({FACEBOOK: "f2", USERS: tokens(USERS)})

    code, _ = refusal("GetId", IdentityPoolId=pool, Logins={AMAZON: "a1", USERS: tokens(USERS)})

    assert code == "ResourceConflictException"
    assert get_id({FACEBOOK: "f1"}) == first
    assert get_id({FACEBOOK: "f2"}) == second


@pytest.mark.parametrize("operation", ["GetCredentialsForIdentity", "GetOpenIdToken"])
class TestActing:
    """The same rules of both public operations that act as an identity."""

    def test_a_guest_acts_by_id_alone(self, act: Call, get_id: Call, operation: str) -> None:
        """The id is all a guest has."""
        guest = get_id()
        assert act(guest, operation=operation) == guest

    def test_an_authenticated_identity_needs_a_login(
        self, act: Call, refusal: Refusal, get_id: Call, operation: str
    ) -> None:
        """Its id alone is not enough."""
        identity = get_id({FACEBOOK: "f"})

        assert refusal(operation, IdentityId=identity) == forbidden(identity)
        assert act(identity, {FACEBOOK: "f"}, operation) == identity

    def test_a_login_of_somebody_else_does_not_match(
        self, refusal: Refusal, get_id: Call, operation: str
    ) -> None:
        """Neither a known login of another nor an unknown one opens an identity."""
        identity = get_id({FACEBOOK: "f"})
        get_id({AMAZON: "a"})

        assert refusal(operation, IdentityId=identity, Logins={AMAZON: "a"}) == DIFFER
        assert refusal(operation, IdentityId=identity, Logins={AMAZON: "new"}) == DIFFER

    def test_a_guest_with_a_login_becomes_authenticated(
        self,
        act: Call,
        refusal: Refusal,
        get_id: Call,
        logins_of: Call,
        operation: str,
    ) -> None:
        """It keeps its id and is never a guest again."""
        guest = get_id()

        assert act(guest, {FACEBOOK: "f"}, operation) == guest
        assert logins_of(guest) == [FACEBOOK]
        assert refusal(operation, IdentityId=guest) == forbidden(guest)
        assert get_id({FACEBOOK: "f"}) == guest

    def test_a_guest_with_a_known_login_gives_way(
        self, act: Call, refusal: Refusal, get_id: Call, operation: str
    ) -> None:
        """The login's identity is answered, the guest is disabled."""
        known, guest = get_id({FACEBOOK: "f"}), get_id()

        assert act(guest, {FACEBOOK: "f"}, operation) == known
        assert refusal(operation, IdentityId=guest) == forbidden(guest)

    def test_a_disabled_identity_leads_to_the_one_that_stayed(
        self, act: Call, get_id: Call, operation: str
    ) -> None:
        """Choice: with the survivor's login, the survivor's id comes back."""
        known, guest = get_id({FACEBOOK: "f"}), get_id()
        act(guest, {FACEBOOK: "f"}, operation)

        assert act(guest, {FACEBOOK: "f"}, operation) == known

    def test_an_extra_login_is_linked(
        self,
        act: Call,
        get_id: Call,
        logins_of: Call,
        operation: str,
    ) -> None:
        """The same id comes back, and the new login finds it from now on."""
        identity = get_id({FACEBOOK: "f"})

        assert act(identity, {FACEBOOK: "f", AMAZON: "a"}, operation) == identity
        assert logins_of(identity) == [FACEBOOK, AMAZON]

    def test_an_extra_login_of_another_identity_merges(
        self,
        act: Call,
        refusal: Refusal,
        get_id: Call,
        logins_of: Call,
        operation: str,
    ) -> None:
        """The identity asked for stays (choice), though the other is older."""
        older, asked = get_id({AMAZON: "a"}), get_id({FACEBOOK: "f"})

        assert act(asked, {FACEBOOK: "f", AMAZON: "a"}, operation) == asked
        assert logins_of(asked) == [AMAZON, FACEBOOK]
        assert refusal(operation, IdentityId=older) == forbidden(older)

    def test_guests_are_shut_out_when_the_pool_closes(
        self,
        call: Call,
        refusal: Refusal,
        pool: str,
        get_id: Call,
        operation: str,
    ) -> None:
        """Choice: a pool that no longer allows guests refuses those it has."""
        guest = get_id()
        call(
            "UpdateIdentityPool",
            IdentityPoolId=pool,
            IdentityPoolName="p",
            AllowUnauthenticatedIdentities=False,
        )
        assert refusal(operation, IdentityId=guest) == (
            "NotAuthorizedException",
            "Unauthenticated access is not supported for this identity pool.",
        )


def test_an_unlinked_login_is_a_new_user_next_time(
    call: Call, get_id: Call, logins_of: Call
) -> None:
    """UnlinkIdentity answers nothing; the other login stays."""
    identity = get_id({FACEBOOK: "f", AMAZON: "a"})

    answer = call(
        "UnlinkIdentity", IdentityId=identity, Logins={FACEBOOK: "f"}, LoginsToRemove=[AMAZON]
    )

    assert answer is None
    assert logins_of(identity) == [FACEBOOK]
    assert get_id({FACEBOOK: "f"}) == identity
    assert get_id({AMAZON: "a"}) != identity


def test_an_identity_without_its_last_login_is_inaccessible(
    call: Call, refusal: Refusal, get_id: Call, logins_of: Call
) -> None:
    """It does not go back to being a guest, and its login is a new user."""
    identity = get_id({FACEBOOK: "f"})
    call("UnlinkIdentity", IdentityId=identity, Logins={FACEBOOK: "f"}, LoginsToRemove=[FACEBOOK])

    assert logins_of(identity) is None
    assert refusal("GetCredentialsForIdentity", IdentityId=identity) == forbidden(identity)
    assert get_id({FACEBOOK: "f"}) != identity


@pytest.mark.parametrize("logins", [{}, {AMAZON: "other"}])
def test_unlinking_needs_a_login_of_the_identity(
    refusal: Refusal, get_id: Call, logins: Any
) -> None:
    """Nobody takes logins off an identity that is not theirs."""
    identity = get_id({FACEBOOK: "f"})
    parameters = {"IdentityId": identity, "Logins": logins, "LoginsToRemove": [FACEBOOK]}
    assert refusal("UnlinkIdentity", **parameters) == DIFFER


def test_unlinking_a_name_that_is_not_linked_changes_nothing(
    call: Call, get_id: Call, logins_of: Call
) -> None:
    """Choice: the state asked for is there already."""
    identity = get_id({FACEBOOK: "f"})
    call("UnlinkIdentity", IdentityId=identity, Logins={FACEBOOK: "f"}, LoginsToRemove=[AMAZON])
    assert logins_of(identity) == [FACEBOOK]


def test_the_list_shows_identities_as_describe_does(call: Call, pool: str, get_id: Call) -> None:
    """With the pool's id beside them, and no NextToken on the last page."""
    made = [get_id(), get_id({FACEBOOK: "f"})]

    listed = call("ListIdentities", IdentityPoolId=pool, MaxResults=60)

    assert listed == {
        "IdentityPoolId": pool,
        "Identities": [call("DescribeIdentity", IdentityId=each) for each in made],
    }


def test_disabled_identities_are_listed_unless_hidden(call: Call, pool: str, get_id: Call) -> None:
    """HideDisabled is the only way to be rid of them."""
    older, younger = get_id({FACEBOOK: "f"}), get_id({AMAZON: "a"})
    get_id({FACEBOOK: "f", AMAZON: "a"})

    def listed(**hide: bool) -> list[str]:
        answer = call("ListIdentities", IdentityPoolId=pool, MaxResults=60, **hide)
        return [each["IdentityId"] for each in answer["Identities"]]

    assert listed() == listed(HideDisabled=False) == [older, younger]
    assert listed(HideDisabled=True) == [older]


def test_deleted_identities_are_gone(call: Call, refusal: Refusal, get_id: Call) -> None:
    """Their logins are new users; unknown and repeated ids count as deleted (choice)."""
    identity = get_id({FACEBOOK: "f"})
    unknown = "us-east-1:00000000-0000-0000-0000-000000000000"

    answer = call("DeleteIdentities", IdentityIdsToDelete=[identity, unknown, identity])

    assert answer == {"UnprocessedIdentityIds": []}
    assert refusal("GetCredentialsForIdentity", IdentityId=identity) == (
        "ResourceNotFoundException",
        f"Identity '{identity}' not found.",
    )
    assert get_id({FACEBOOK: "f"}) != identity


def test_identities_of_another_region_are_not_deleted(call: Call, get_id: Call) -> None:
    """They count as deleted, as unknown ones do (choice)."""
    identity = get_id()
    answer = call("DeleteIdentities", region="eu-west-1", IdentityIdsToDelete=[identity])

    assert answer == {"UnprocessedIdentityIds": []}
    assert call("DescribeIdentity", IdentityId=identity)["IdentityId"] == identity


def test_deleting_the_identity_that_stayed_leaves_the_merged_one_disabled(
    call: Call, get_id: Call, refusal: Refusal
) -> None:
    """Its logins are gone with the one that had taken them."""
    older, younger = get_id({FACEBOOK: "f"}), get_id({AMAZON: "a"})
    get_id({FACEBOOK: "f", AMAZON: "a"})
    call("DeleteIdentities", IdentityIdsToDelete=[older])

    parameters = {"IdentityId": younger, "Logins": {AMAZON: "a"}}
    assert refusal("GetCredentialsForIdentity", **parameters) == DIFFER
    assert get_id({AMAZON: "a"}) not in {older, younger}
