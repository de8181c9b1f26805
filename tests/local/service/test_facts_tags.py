"""Sections 6.19 to 6.23 of the facts: tags of pools, and principal tags."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    Call = Callable[..., Any]
    Refusal = Callable[..., tuple[str, str]]


USERS = "cognito-idp.us-east-1.amazonaws.com/us-east-1_Users"
UNKNOWN = "us-east-1:00000000-0000-0000-0000-000000000000"


def arn(pool_id: Any, region: Any = "us-east-1") -> Any:
    """Give a pool's ARN."""
    return f"arn:aws:cognito-identity:{region}:123456789012:identitypool/{pool_id}"


def test_tags_of_a_new_pool(call: Call, make_pool: Call) -> None:
    """None, or those given with it."""
    bare, tagged = make_pool(), make_pool(IdentityPoolTags={"team": "a"})

    assert call("ListTagsForResource", ResourceArn=arn(bare)) == {"Tags": {}}
    assert call("ListTagsForResource", ResourceArn=arn(tagged)) == {"Tags": {"team": "a"}}


def test_there_is_one_set_of_tags(call: Call, make_pool: Call) -> None:
    """TagResource merges into what the pool was made with, and describe shows it."""
    pool_id = make_pool(IdentityPoolTags={"team": "a", "stage": "test"})

    assert call("TagResource", ResourceArn=arn(pool_id), Tags={"team": "b", "x": ""}) == {}

    expected = {"team": "b", "stage": "test", "x": ""}
    described = call("DescribeIdentityPool", IdentityPoolId=pool_id)
    assert described["IdentityPoolTags"] == expected
    assert call("ListTagsForResource", ResourceArn=arn(pool_id)) == {"Tags": expected}


def test_untagging_passes_over_what_is_not_there(call: Call, make_pool: Call) -> None:
    """The other tags stay."""
    pool_id = make_pool(IdentityPoolTags={"a": "1", "b": "2"})

    assert call("UntagResource", ResourceArn=arn(pool_id), TagKeys=["a", "absent"]) == {}

    described = call("DescribeIdentityPool", IdentityPoolId=pool_id)
    assert described["IdentityPoolTags"] == {"b": "2"}


def test_keys_are_case_sensitive(call: Call, make_pool: Call) -> None:
    """Two keys may differ in case alone."""
    pool_id = make_pool(IdentityPoolTags={"Team": "1", "team": "2"})
    assert call("ListTagsForResource", ResourceArn=arn(pool_id))["Tags"] == {
        "Team": "1",
        "team": "2",
    }


BAD_TAGS = [{"aws:team": "a"}, {"AWS:x": "a"}, {"a!": "b"}, {"a": "b*"}]


@pytest.mark.parametrize("tags", [*BAD_TAGS, {f"k{n}": "v" for n in range(51)}])
def test_tags_that_break_the_documented_limits(
    call: Call,
    refusal: Refusal,
    make_pool: Call,
    tags: Any,
) -> None:
    """Fifty tags of certain characters; aws: is reserved (code and text are choices)."""
    pool_id = make_pool()
    parameters = {"IdentityPoolName": "p", "AllowUnauthenticatedIdentities": True}

    assert refusal("TagResource", ResourceArn=arn(pool_id), Tags=tags)[0] == (
        "InvalidParameterException"
    )
    assert refusal("CreateIdentityPool", **parameters, IdentityPoolTags=tags)[0] == (
        "InvalidParameterException"
    )
    assert call("ListTagsForResource", ResourceArn=arn(pool_id)) == {"Tags": {}}


def test_fifty_tags_are_allowed(call: Call, refusal: Refusal, make_pool: Call) -> None:
    """Over several calls, too."""
    pool_id = make_pool(IdentityPoolTags={f"k{n}": "é _.:/=+-@" for n in range(49)})

    call("TagResource", ResourceArn=arn(pool_id), Tags={"k49": "v"})
    assert refusal("TagResource", ResourceArn=arn(pool_id), Tags={"k50": "v"})[0] == (
        "InvalidParameterException"
    )


@pytest.mark.parametrize(
    ("operation", "parameters"),
    [
        ("ListTagsForResource", {}),
        ("TagResource", {"Tags": {}}),
        ("UntagResource", {"TagKeys": []}),
    ],
)
def test_arns_that_name_no_pool(
    refusal: Refusal,
    make_pool: Call,
    operation: str,
    parameters: dict[str, Any],
) -> None:
    """An unknown pool and one of another region are not found; no pool's ARN is invalid."""
    elsewhere = arn(make_pool(), region="eu-west-1")

    assert refusal(operation, ResourceArn=arn(UNKNOWN), **parameters) == (
        "ResourceNotFoundException",
        f"IdentityPool '{UNKNOWN}' not found.",
    )
    assert refusal(operation, ResourceArn=elsewhere, **parameters)[0] == "ResourceNotFoundException"
    assert refusal(operation, ResourceArn="not-an-arn-but-long-enough", **parameters)[0] == (
        "InvalidParameterException"
    )


def test_a_principal_tag_map_is_echoed(call: Call, pool: str) -> None:
    """All four members, by set and by get."""
    asked = {"IdentityPoolId": pool, "IdentityProviderName": USERS}
    answer = call("SetPrincipalTagAttributeMap", **asked, PrincipalTags={"team": "custom:team"})

    assert answer == {**asked, "UseDefaults": False, "PrincipalTags": {"team": "custom:team"}}
    assert call("GetPrincipalTagAttributeMap", **asked) == answer


def test_a_principal_tag_map_that_was_never_set_is_empty(call: Call, pool: str) -> None:
    """Choice: no tags and no defaults."""
    asked = {"IdentityPoolId": pool, "IdentityProviderName": USERS}
    assert call("GetPrincipalTagAttributeMap", **asked) == {
        **asked,
        "UseDefaults": False,
        "PrincipalTags": {},
    }


def test_terraform_deletes_a_map_by_going_back_to_defaults(call: Call, pool: str) -> None:
    """A second set replaces the first."""
    asked = {"IdentityPoolId": pool, "IdentityProviderName": USERS}
    call("SetPrincipalTagAttributeMap", **asked, PrincipalTags={"team": "x"})

    answer = call("SetPrincipalTagAttributeMap", **asked, UseDefaults=True, PrincipalTags={})
    assert answer == {**asked, "UseDefaults": True, "PrincipalTags": {}}


def test_maps_are_kept_for_each_provider(call: Call, pool: str) -> None:
    """Setting one provider's leaves another's alone."""
    one = {"IdentityPoolId": pool, "IdentityProviderName": USERS}
    other = {"IdentityPoolId": pool, "IdentityProviderName": "graph.facebook.com"}
    call("SetPrincipalTagAttributeMap", **one, PrincipalTags={"a": "b"})
    call("SetPrincipalTagAttributeMap", **other, UseDefaults=True)
    assert call("GetPrincipalTagAttributeMap", **one)["PrincipalTags"] == {"a": "b"}


@pytest.mark.parametrize(("length", "good"), [(204, True), (205, False)])
def test_principal_tags_have_460_bytes_together(
    call: Call,
    refusal: Refusal,
    pool: str,
    length: Any,
    good: Any,
) -> None:
    """Keys and values counted (code and text are choices)."""
    tags = {"k1": "a" * 252, "k2": "b" * length}
    asked = {"IdentityPoolId": pool, "IdentityProviderName": USERS, "PrincipalTags": tags}
    if good:
        assert call("SetPrincipalTagAttributeMap", **asked)["PrincipalTags"] == tags
    else:
        assert refusal("SetPrincipalTagAttributeMap", **asked)[0] == "InvalidParameterException"
