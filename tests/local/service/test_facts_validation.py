"""Section 2 of the facts: constraint failures, in the service's words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    Call = Callable[..., Any]
    Refusal = Callable[..., tuple[str, str]]


NAME = {"IdentityPoolName": "pool", "AllowUnauthenticatedIdentities": True}
POOL = "us-east-1:00000000-0000-0000-0000-000000000000"
ROLE = "arn:aws:iam::123456789012:role/a"
LONG = "x" * 129


def one(value: str, where: str, failure: str) -> str:
    """Word a single failure."""
    return (
        f"1 validation error detected: Value {value} at '{where}' failed to satisfy constraint:"
        f" {failure}"
    )


def rule(**changes: Any) -> dict[str, Any]:
    """Make role mappings of one rule."""
    usual = {"Claim": "c", "MatchType": "Equals", "Value": "v", "RoleARN": ROLE}
    given = {name: value for name, value in {**usual, **changes}.items() if value is not None}
    mapping = {
        "Type": "Rules",
        "AmbiguousRoleResolution": "Deny",
        "RulesConfiguration": {"Rules": [given]},
    }
    return {"IdentityPoolId": POOL, "Roles": {}, "RoleMappings": {"p": mapping}}


FAILURES = [
    (
        "GetId",
        {},
        one("null", "identityPoolId", "Member must not be null"),
    ),
    (
        "GetId",
        {"IdentityPoolId": None},
        one("null", "identityPoolId", "Member must not be null"),
    ),
    (
        "CreateIdentityPool",
        {**NAME, "IdentityPoolName": LONG},
        one(f"'{LONG}'", "identityPoolName", "Member must have length less than or equal to 128"),
    ),
    (
        "CreateIdentityPool",
        {**NAME, "IdentityPoolName": "no!"},
        one(
            "'no!'",
            "identityPoolName",
            r"Member must satisfy regular expression pattern: [\w\s+=,.@-]+",
        ),
    ),
    (
        "GetId",
        {"IdentityPoolId": "EU:ABC"},
        one(
            "'EU:ABC'",
            "identityPoolId",
            r"Member must satisfy regular expression pattern: [\w-]+:[0-9a-f-]+",
        ),
    ),
    (
        "GetId",
        {"IdentityPoolId": POOL, "AccountId": "abc"},
        one("'abc'", "accountId", r"Member must satisfy regular expression pattern: \d+"),
    ),
    (
        "ListIdentityPools",
        {"MaxResults": 0},
        one("'0'", "maxResults", "Member must have value greater than or equal to 1"),
    ),
    (
        "ListIdentityPools",
        {"MaxResults": 61},
        one("'61'", "maxResults", "Member must have value less than or equal to 60"),
    ),
    (
        "ListIdentityPools",
        {"MaxResults": 5, "NextToken": "a b"},
        one("'a b'", "nextToken", r"Member must satisfy regular expression pattern: [\S]+"),
    ),
    (
        "GetId",
        {"IdentityPoolId": POOL, "Logins": {"a": "1", "b": ""}},
        one(
            "'{a=1, b=}'",
            "logins",
            "Map value must satisfy constraint: [Member must have length less than or equal to"
            " 50000, Member must have length greater than or equal to 1]",
        ),
    ),
    (
        "SetIdentityPoolRoles",
        {"IdentityPoolId": POOL, "Roles": {"guest": ROLE}},
        one(
            f"'{{guest={ROLE}}}'",
            "roles",
            "Map keys must satisfy constraint: [Member must have length less than or equal to 128,"
            " Member must have length greater than or equal to 1, Member must satisfy regular"
            " expression pattern: (un)?authenticated]",
        ),
    ),
    (
        "GetId",
        {"IdentityPoolId": POOL, "Logins": dict.fromkeys("abcdefghijk", "t")},
        one(
            "'{" + ", ".join(f"{each}=t" for each in "abcdefghijk") + "}'",
            "logins",
            "Member must have length less than or equal to 10",
        ),
    ),
    (
        "DeleteIdentities",
        {"IdentityIdsToDelete": []},
        one("'[]'", "identityIdsToDelete", "Member must have length greater than or equal to 1"),
    ),
    (
        "SetIdentityPoolRoles",
        {"IdentityPoolId": POOL, "Roles": {}, "RoleMappings": {"p": {"Type": "X"}}},
        one(
            "'X'",
            "roleMappings.p.member.type",
            "Member must satisfy enum value set: [Token, Rules]",
        ),
    ),
    (
        "SetIdentityPoolRoles",
        rule(MatchType="Like"),
        one(
            "'Like'",
            "roleMappings.p.member.rulesConfiguration.rules.1.member.matchType",
            "Member must satisfy enum value set: [Equals, Contains, StartsWith, NotEqual]",
        ),
    ),
    (
        "SetIdentityPoolRoles",
        rule(Claim=None),
        one(
            "null",
            "roleMappings.p.member.rulesConfiguration.rules.1.member.claim",
            "Member must not be null",
        ),
    ),
    (
        "SetIdentityPoolRoles",
        rule(Claim="two words"),
        one(
            "'two words'",
            "roleMappings.p.member.rulesConfiguration.rules.1.member.claim",
            r"Member must satisfy regular expression pattern: [\p{L}\p{M}\p{S}\p{N}\p{P}]+",
        ),
    ),
    (
        "GetOpenIdTokenForDeveloperIdentity",
        {"IdentityPoolId": POOL, "Logins": {"d": "u"}, "TokenDuration": 86401},
        one("'86401'", "tokenDuration", "Member must have value less than or equal to 86400"),
    ),
]


@pytest.mark.parametrize(("operation", "parameters", "message"), FAILURES)
def test_a_broken_constraint_is_a_validation_exception(
    refusal: Refusal, operation: str, parameters: dict[str, Any], message: str
) -> None:
    """Each kind of constraint is told in the framework's words, with the member in camel case."""
    assert refusal(operation, **parameters) == ("ValidationException", message)


def test_all_failures_are_told_at_once_logins_before_identity_id(refusal: Refusal) -> None:
    """Two broken constraints of one member are two items, length before pattern."""
    code, message = refusal("GetCredentialsForIdentity", IdentityId="", Logins={"xx": ""})

    assert code == "ValidationException"
    assert message == (
        "3 validation errors detected: Value '{xx=}' at 'logins' failed to satisfy constraint: Map"
        " value must satisfy constraint: [Member must have length less than or equal to 50000,"
        " Member must have length greater than or equal to 1]; Value '' at 'identityId' failed to"
        " satisfy constraint: Member must have length greater than or equal to 1; Value '' at"
        " 'identityId' failed to satisfy constraint: Member must satisfy regular expression"
        r" pattern: [\w-]+:[0-9a-f-]+"
    )


@pytest.mark.parametrize("name", ["tab\tnew\nline", "a_b+c=d,e.f@g-h", "x" * 128])
def test_pool_names_that_the_pattern_admits(call: Call, name: str) -> None:
    """White space of any kind and the listed signs make a good pool name."""
    parameters = {**NAME, "IdentityPoolName": name}
    assert call("CreateIdentityPool", **parameters)["IdentityPoolName"] == name


@pytest.mark.parametrize("name", ["é", "名", "a\u00a0b", "pool\n!"])
def test_word_characters_are_ascii_as_in_java(refusal: Refusal, name: str) -> None:
    """A letter beyond ASCII is no word character, and a match is of the whole value."""
    code, _ = refusal("CreateIdentityPool", **{**NAME, "IdentityPoolName": name})
    assert code == "ValidationException"


@pytest.mark.parametrize("claim", ["é", "名", "a:b", "x" * 64, "€5"])
def test_claim_names_may_be_letters_of_any_script(refusal: Refusal, claim: str) -> None:
    """What passes the constraints fails later, for want of the pool."""
    assert refusal("SetIdentityPoolRoles", **rule(Claim=claim))[0] == "ResourceNotFoundException"


@pytest.mark.parametrize(
    ("parameters", "message"),
    [
        ({"IdentityPoolId": 5}, "NUMBER_VALUE can not be converted to a String"),
        ({"IdentityPoolId": POOL, "Logins": []}, "START_ARRAY can not be converted to a Map"),
        (
            {"IdentityPoolId": POOL, "Logins": {"a": None}},
            "NULL_VALUE can not be converted to a String",
        ),
    ],
)
def test_a_wrong_json_type_is_a_serialization_exception(
    refusal: Refusal, parameters: dict[str, Any], message: str
) -> None:
    """Choice: types are checked before constraints, as in other services of the framework."""
    assert refusal("GetId", **parameters) == ("SerializationException", message)


def test_an_unknown_member_is_passed_over(call: Call) -> None:
    """What the model does not know changes nothing."""
    assert "Colour" not in call("CreateIdentityPool", **NAME, Colour="red")


def test_an_unknown_operation(refusal: Refusal) -> None:
    """Choice: UnknownOperationException, as other JSON services answer."""
    assert refusal("GetIdentity")[0] == "UnknownOperationException"
