"""Sections 6.8 and 6.15 to 6.17 of the facts: users whom the pool's owner vouches for."""

from __future__ import annotations

import base64
import json
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    Call = Callable[..., Any]
    Refusal = Callable[..., tuple[str, str]]


DEVELOPER = "login.example.org"
FACEBOOK = "graph.facebook.com"
AMAZON = "www.amazon.com"
UNKNOWN = "us-east-1:00000000-0000-0000-0000-000000000000"
DIFFER = (
    "NotAuthorizedException",
    (
        "Logins don't match. Please include at least one valid login for this identity or identity"
        " pool."
    ),
)
NO_DEVELOPER = (
    "InvalidParameterException",
    "This identity pool does not support the specified developer provider",
)


@pytest.fixture
def asked(pool: str) -> Any:
    """Give the parameters for a token of a user."""

    def asked(user: str, identity: str | None = None, **public: Any) -> Any:
        named = {"IdentityId": identity} if identity else {}
        return {"IdentityPoolId": pool, "Logins": {DEVELOPER: user, **public}, **named}

    return asked


@pytest.fixture
def user(call: Call, asked: Any) -> Any:
    """Get the identity of a developer's user."""

    def user(name: str, identity: str | None = None, public: Any = None) -> Any:
        parameters = asked(name, identity, **(public or {}))
        return call("GetOpenIdTokenForDeveloperIdentity", **parameters)["IdentityId"]

    return user


@pytest.fixture
def get_id(call: Call, pool: str) -> Any:
    """Get the identity of public logins, or a guest."""
    return lambda **logins: call("GetId", IdentityPoolId=pool, Logins=logins)["IdentityId"]


def claims_of(token: Any) -> Any:
    """Read a token's claims, unverified."""
    text = token.split(".")[1]
    return json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))


def test_no_identity_new_user(call: Call, user: Call) -> None:
    """The truth table, row 1: a new identity with the user linked to it."""
    described = call("DescribeIdentity", IdentityId=user("ann"))
    assert described["Logins"] == [DEVELOPER]
    assert user("ann") != user("bob")


def test_no_identity_known_user(user: Call) -> None:
    """Row 2: the user's identity."""
    assert user("ann") == user("ann")


def test_guest_new_user(
    call: Call,
    refusal: Refusal,
    user: Call,
    get_id: Call,
) -> None:
    """Row 3: the guest keeps its id and becomes authenticated."""
    guest = get_id()

    assert user("ann", guest) == guest
    assert call("DescribeIdentity", IdentityId=guest)["Logins"] == [DEVELOPER]
    assert refusal("GetOpenIdToken", IdentityId=guest)[1].endswith("is forbidden.")


def test_authenticated_identity_new_user(
    refusal: Refusal,
    asked: Any,
    user: Call,
    get_id: Call,
) -> None:
    """Row 4: refused without a login of the identity."""
    operation = "GetOpenIdTokenForDeveloperIdentity"
    assert refusal(operation, **asked("new", get_id(**{FACEBOOK: "f"}))) == DIFFER
    assert refusal(operation, **asked("new", user("ann"))) == DIFFER


def test_authenticated_identity_new_user_with_its_login(
    call: Call, user: Call, get_id: Call
) -> None:
    """Row 5: linked when a login of the identity comes along."""
    identity = get_id(**{FACEBOOK: "f"})

    assert user("ann", identity, {FACEBOOK: "f"}) == identity
    assert user("ann") == identity
    assert call("DescribeIdentity", IdentityId=identity)["Logins"] == [FACEBOOK, DEVELOPER]


def test_identity_and_its_user(user: Call) -> None:
    """Row 6: the same identity, as often as asked."""
    identity = user("ann")
    assert user("ann", identity) == user("ann", identity) == identity


def test_identity_and_the_user_of_another(
    refusal: Refusal,
    asked: Any,
    user: Call,
    get_id: Call,
) -> None:
    """Row 7: a user is registered once."""
    user("ann")
    for identity in (user("bob"), get_id()):
        code, _ = refusal("GetOpenIdTokenForDeveloperIdentity", **asked("ann", identity))
        assert code == "DeveloperUserAlreadyRegisteredException"


def test_identity_of_another_pool(
    call: Call,
    refusal: Refusal,
    asked: Any,
    make_pool: Call,
) -> None:
    """Row 8: not found, whether unknown or foreign."""
    foreign = call("GetId", IdentityPoolId=make_pool())["IdentityId"]
    for identity in (UNKNOWN, foreign):
        assert refusal("GetOpenIdTokenForDeveloperIdentity", **asked("ann", identity)) == (
            "ResourceNotFoundException",
            f"Identity '{identity}' not found.",
        )


def test_public_logins_are_linked(call: Call, user: Call, get_id: Call) -> None:
    """A token of a public provider may come with the user."""
    identity = user("ann", public={FACEBOOK: "f"})

    assert get_id(**{FACEBOOK: "f"}) == identity
    assert call("DescribeIdentity", IdentityId=identity)["Logins"] == [DEVELOPER, FACEBOOK]


@pytest.mark.parametrize(
    "logins", [{"other.example.org": "ann"}, {FACEBOOK: "f"}, {DEVELOPER: "a", "other": "b"}]
)
def test_another_developer_provider(refusal: Refusal, pool: str, logins: Any) -> None:
    """The pool's own name is needed, and no other is taken."""
    parameters = {"IdentityPoolId": pool, "Logins": logins}
    assert refusal("GetOpenIdTokenForDeveloperIdentity", **parameters) == NO_DEVELOPER


def test_a_pool_without_developer_provider(refusal: Refusal, make_pool: Call) -> None:
    """There is no name that it takes."""
    parameters = {"IdentityPoolId": make_pool(), "Logins": {DEVELOPER: "ann"}}
    assert refusal("GetOpenIdTokenForDeveloperIdentity", **parameters) == NO_DEVELOPER


def test_guests_and_the_classic_flow_do_not_matter(call: Call, make_pool: Call) -> None:
    """A pool without either still takes its owner's word."""
    pool_id = make_pool(
        AllowUnauthenticatedIdentities=False, AllowClassicFlow=False, DeveloperProviderName="d"
    )
    assert call("GetOpenIdTokenForDeveloperIdentity", IdentityPoolId=pool_id, Logins={"d": "u"})


@pytest.mark.parametrize(
    ("duration", "seconds"),
    [({}, 900), ({"TokenDuration": 1}, 1), ({"TokenDuration": 86400}, 86400)],
)
def test_the_token_lives_a_quarter_hour_or_as_asked(
    call: Call, asked: Any, duration: Any, seconds: Any
) -> None:
    """From a second to a day."""
    answer = call("GetOpenIdTokenForDeveloperIdentity", **asked("ann"), **duration)
    claims = claims_of(answer["Token"])
    assert claims["exp"] - claims["iat"] == seconds


def test_the_amr_names_provider_pool_and_user(call: Call, pool: str, asked: Any) -> None:
    """The answer's identity is the token's subject."""
    answer = call("GetOpenIdTokenForDeveloperIdentity", **asked("ann"))
    claims = claims_of(answer["Token"])

    assert set(answer) == {"IdentityId", "Token"}
    assert claims["sub"] == answer["IdentityId"]
    assert claims["amr"] == ["authenticated", DEVELOPER, f"{DEVELOPER}:{pool}:ann"]


def test_principal_tags_go_into_the_token(call: Call, asked: Any) -> None:
    """As they are, without looking for claims."""
    answer = call(
        "GetOpenIdTokenForDeveloperIdentity", **asked("ann"), PrincipalTags={"team": "blue"}
    )
    tags = claims_of(answer["Token"])["https://aws.amazon.com/tags"]
    assert tags == {"principal_tags": {"team": ["blue"]}}


def test_lookup_by_identity_lists_its_users(
    call: Call, pool: str, user: Call, get_id: Call
) -> None:
    """All users of the identity, in pages if asked."""
    identity = get_id(**{FACEBOOK: "f"})
    for name in ("ann", "bob", "cid"):
        user(name, identity, {FACEBOOK: "f"})
    parameters = {"IdentityPoolId": pool, "IdentityId": identity}

    whole = call("LookupDeveloperIdentity", **parameters)
    first = call("LookupDeveloperIdentity", **parameters, MaxResults=2)
    second = call(
        "LookupDeveloperIdentity", **parameters, MaxResults=2, NextToken=first["NextToken"]
    )

    assert whole == {
        "IdentityId": identity,
        "DeveloperUserIdentifierList": ["ann", "bob", "cid"],
    }
    assert first["DeveloperUserIdentifierList"] == ["ann", "bob"]
    assert second == {"IdentityId": identity, "DeveloperUserIdentifierList": ["cid"]}


def test_lookup_by_user_finds_the_identity(call: Call, pool: str, user: Call) -> None:
    """Choice: the list holds the user asked for."""
    identity = user("ann")
    answer = {"IdentityId": identity, "DeveloperUserIdentifierList": ["ann"]}

    asked = {"IdentityPoolId": pool, "DeveloperUserIdentifier": "ann"}
    assert call("LookupDeveloperIdentity", **asked) == answer
    assert call("LookupDeveloperIdentity", **asked, IdentityId=identity) == answer


LOOKUPS = [
    ({}, "InvalidParameterException"),
    ({"DeveloperUserIdentifier": "nobody"}, "ResourceNotFoundException"),
    ({"IdentityId": UNKNOWN}, "ResourceNotFoundException"),
    ({"IdentityId": UNKNOWN, "DeveloperUserIdentifier": "ann"}, "ResourceConflictException"),
]


@pytest.mark.parametrize(("parameters", "code"), LOOKUPS)
def test_lookups_that_fail(
    refusal: Refusal,
    pool: str,
    user: Call,
    parameters: dict[str, Any],
    code: Any,
) -> None:
    """Neither given, nobody there, or a pair that does not belong together."""
    user("ann")
    assert refusal("LookupDeveloperIdentity", IdentityPoolId=pool, **parameters)[0] == code


@pytest.fixture
def merge(pool: str) -> Any:
    """Give the parameters for merging two users."""
    return lambda source, destination, provider=DEVELOPER: {
        "IdentityPoolId": pool,
        "DeveloperProviderName": provider,
        "SourceUserIdentifier": source,
        "DestinationUserIdentifier": destination,
    }


def test_merging_moves_the_source_to_the_destination(
    call: Call,
    refusal: Refusal,
    user: Call,
    get_id: Call,
    merge: Any,
) -> None:
    """With all its logins; the source's identity is disabled, though it is older."""
    source, destination = user("ann", public={FACEBOOK: "f"}), user("bob", public={AMAZON: "a"})

    answer = call("MergeDeveloperIdentities", **merge("ann", "bob"))

    assert answer == {"IdentityId": destination}
    assert user("ann") == user("bob") == get_id(**{FACEBOOK: "f"}) == destination
    assert "Logins" not in call("DescribeIdentity", IdentityId=source)
    assert refusal("GetOpenIdToken", IdentityId=source)[1].endswith("is forbidden.")


def test_merging_merged_users_changes_nothing(call: Call, user: Call, merge: Any) -> None:
    """Choice: the state asked for is there already."""
    identity = user("bob")
    user("ann")
    call("MergeDeveloperIdentities", **merge("ann", "bob"))
    assert call("MergeDeveloperIdentities", **merge("ann", "bob")) == {"IdentityId": identity}


def test_merging_users_with_different_public_logins_is_a_conflict(
    refusal: Refusal, user: Call, merge: Any
) -> None:
    """Two users of one public provider cannot be one."""
    user("ann", public={FACEBOOK: "f1"})
    user("bob", public={FACEBOOK: "f2"})
    assert refusal("MergeDeveloperIdentities", **merge("ann", "bob"))[0] == (
        "ResourceConflictException"
    )


def test_twenty_logins_are_the_most_an_identity_has(
    call: Call,
    refusal: Refusal,
    user: Call,
    merge: Any,
) -> None:
    """Twenty may be reached by merging, not passed."""
    for name in range(21):
        user(f"u{name}")
    for name in range(1, 20):
        call("MergeDeveloperIdentities", **merge(f"u{name}", "u0"))

    code, _ = refusal("MergeDeveloperIdentities", **merge("u20", "u0"))
    assert code == "ResourceConflictException"


@pytest.mark.parametrize(
    ("parameters", "code"),
    [
        (("ann", "nobody"), "ResourceNotFoundException"),
        (("nobody", "ann"), "ResourceNotFoundException"),
        (("ann", "ann", "other.example.org"), "InvalidParameterException"),
    ],
)
def test_merges_that_fail(
    refusal: Refusal,
    user: Call,
    merge: Any,
    parameters: dict[str, Any],
    code: Any,
) -> None:
    """Only users of the pool's developer provider can be merged."""
    user("ann")
    assert refusal("MergeDeveloperIdentities", **merge(*parameters))[0] == code


@pytest.fixture
def unlinking(pool: str) -> Any:
    """Give the parameters for unlinking a user."""
    return lambda identity, user, provider=DEVELOPER: {
        "IdentityPoolId": pool,
        "IdentityId": identity,
        "DeveloperProviderName": provider,
        "DeveloperUserIdentifier": user,
    }


def test_an_unlinked_user_is_new_next_time(
    call: Call,
    refusal: Refusal,
    user: Call,
    unlinking: Any,
) -> None:
    """Without its last login the identity is inaccessible."""
    identity = user("ann")

    assert call("UnlinkDeveloperIdentity", **unlinking(identity, "ann")) is None

    assert user("ann") != identity
    assert refusal("GetOpenIdToken", IdentityId=identity) == (
        "NotAuthorizedException",
        f"Access to Identity '{identity}' is forbidden.",
    )


def test_unlinking_one_of_several_logins(
    call: Call, user: Call, get_id: Call, unlinking: Any
) -> None:
    """The others still open the identity."""
    identity = user("ann", public={FACEBOOK: "f"})
    call("UnlinkDeveloperIdentity", **unlinking(identity, "ann"))

    assert get_id(**{FACEBOOK: "f"}) == identity
    assert call("DescribeIdentity", IdentityId=identity)["Logins"] == [FACEBOOK]


def test_unlinkings_that_fail(refusal: Refusal, user: Call, unlinking: Any) -> None:
    """A wrong pair, an unknown user or identity, another provider."""
    ann, bob = user("ann"), user("bob")
    cases = [
        (unlinking(ann, "bob"), "ResourceConflictException"),
        (unlinking(bob, "nobody"), "ResourceNotFoundException"),
        (unlinking(UNKNOWN, "ann"), "ResourceNotFoundException"),
        (unlinking(ann, "ann", "other.example.org"), "InvalidParameterException"),
    ]
    assert [refusal("UnlinkDeveloperIdentity", **parameters)[0] for parameters, _ in cases] == [
        code for _, code in cases
    ]


def test_a_developers_user_is_not_unlinked_in_public(
    call: Call, refusal: Refusal, user: Call
) -> None:
    """UnlinkIdentity is for public providers; the owner's word stays."""
    identity = user("ann", public={FACEBOOK: "f"})
    parameters = {"Logins": {FACEBOOK: "f"}, "LoginsToRemove": [DEVELOPER]}

    assert refusal("UnlinkIdentity", IdentityId=identity, **parameters) == (
        "InvalidParameterException",
        "Please provide a valid public provider",
    )
    assert call("DescribeIdentity", IdentityId=identity)["Logins"] == [DEVELOPER, FACEBOOK]
