"""Sections 6.1 to 6.5, 6.13 and 6.14 of the facts: pools and their roles."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest

from cogid.local.faults import Fault
from cogid.local.service.operations import Service
from cogid.local.store.database import open_store

if TYPE_CHECKING:
    from collections.abc import Callable

    Call = Callable[..., Any]
    Refusal = Callable[..., tuple[str, str]]


USERS = "cognito-idp.us-east-1.amazonaws.com/us-east-1_Users"
ROLE = "arn:aws:iam::123456789012:role/"
UNKNOWN = "us-east-1:00000000-0000-0000-0000-000000000000"
NOT_FOUND = ("ResourceNotFoundException", f"IdentityPool '{UNKNOWN}' not found.")
TOKEN = {"Type": "Token", "AmbiguousRoleResolution": "Deny"}


def test_a_minimal_pool_answers_four_members(call: Call) -> None:
    """What was not given is left out; only the tags are always there."""
    made = call("CreateIdentityPool", IdentityPoolName="p", AllowUnauthenticatedIdentities=False)

    assert re.fullmatch(
        r"us-east-1:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", made["IdentityPoolId"]
    )
    del made["IdentityPoolId"]
    assert made == {
        "IdentityPoolName": "p",
        "AllowUnauthenticatedIdentities": False,
        "IdentityPoolTags": {},
    }


def test_describe_answers_as_create_did(call: Call, pool: str) -> None:
    """All that was given comes back, with ServerSideTokenCheck false where it was left out."""
    described = call("DescribeIdentityPool", IdentityPoolId=pool)

    assert described["DeveloperProviderName"] == "login.example.org"
    assert described["SupportedLoginProviders"]["graph.facebook.com"] == "app1"
    assert described["CognitoIdentityProviders"] == [
        {"ProviderName": USERS, "ClientId": "client1", "ServerSideTokenCheck": False},
    ]
    assert described["SamlProviderARNs"] == ["arn:aws:iam::123456789012:saml-provider/Company"]
    assert "AllowClassicFlow" not in described


@pytest.mark.parametrize("flow", [True, False])
def test_allow_classic_flow_comes_back_once_set(call: Call, make_pool: Call, flow: Any) -> None:
    """Never set is left out (above); both other states are told."""
    pool_id = make_pool(AllowClassicFlow=flow)
    assert call("DescribeIdentityPool", IdentityPoolId=pool_id)["AllowClassicFlow"] is flow


def test_two_pools_may_have_the_same_name(make_pool: Call) -> None:
    """Names need not be unique."""
    assert make_pool(IdentityPoolName="same") != make_pool(IdentityPoolName="same")


@pytest.mark.parametrize(
    "provider",
    [
        {"ClientId": "c"},
        {"ProviderName": "users", "ClientId": "c"},
        {"ProviderName": f"https://{USERS}", "ClientId": "c"},
    ],
)
def test_a_user_pool_without_a_proper_name(refusal: Refusal, provider: Any) -> None:
    """A user pool's ProviderName is needed, though the model has it optional."""
    assert refusal(
        "CreateIdentityPool",
        IdentityPoolName="p",
        AllowUnauthenticatedIdentities=True,
        CognitoIdentityProviders=[provider],
    ) == ("InvalidParameterException", "Invalid Cognito Identity Provider")


@pytest.mark.parametrize("member", ["OpenIdConnectProviderARNs", "SamlProviderARNs"])
def test_a_provider_arn_of_no_provider(refusal: Refusal, member: str) -> None:
    """Choice: an ARN that is none of its kind is an invalid parameter."""
    code, _ = refusal(
        "CreateIdentityPool",
        IdentityPoolName="p",
        AllowUnauthenticatedIdentities=True,
        **{member: ["arn:aws:iam::123456789012:role/not-a-provider"]},
    )
    assert code == "InvalidParameterException"


def test_update_resets_what_is_left_out(call: Call, pool: str) -> None:
    """All but the developer provider's name goes back to its default."""
    updated = call(
        "UpdateIdentityPool",
        IdentityPoolId=pool,
        IdentityPoolName="renamed",
        AllowUnauthenticatedIdentities=False,
    )

    assert updated == {
        "IdentityPoolId": pool,
        "IdentityPoolName": "renamed",
        "AllowUnauthenticatedIdentities": False,
        "DeveloperProviderName": "login.example.org",
        "IdentityPoolTags": {},
    }
    assert call("DescribeIdentityPool", IdentityPoolId=pool) == updated


def test_update_unsets_allow_classic_flow(call: Call, make_pool: Call) -> None:
    """Choice: the third state comes back when an update leaves the flag out."""
    pool_id = make_pool(AllowClassicFlow=False)
    call(
        "UpdateIdentityPool",
        IdentityPoolId=pool_id,
        IdentityPoolName="p",
        AllowUnauthenticatedIdentities=True,
    )
    assert "AllowClassicFlow" not in call("DescribeIdentityPool", IdentityPoolId=pool_id)


def test_update_takes_empty_collections_as_none(call: Call, pool: str) -> None:
    """Terraform sends them empty."""
    updated = call(
        "UpdateIdentityPool",
        IdentityPoolId=pool,
        IdentityPoolName="p",
        AllowUnauthenticatedIdentities=True,
        SupportedLoginProviders={},
        OpenIdConnectProviderARNs=[],
        CognitoIdentityProviders=[],
        SamlProviderARNs=[],
    )
    assert set(updated) == {
        "IdentityPoolId",
        "IdentityPoolName",
        "AllowUnauthenticatedIdentities",
        "DeveloperProviderName",
        "IdentityPoolTags",
    }


def test_update_keeps_tags_that_it_does_not_mention(call: Call, make_pool: Call) -> None:
    """Terraform changes tags elsewhere and expects them back."""
    pool_id = make_pool(IdentityPoolTags={"team": "a"})
    parameters = {"IdentityPoolName": "p", "AllowUnauthenticatedIdentities": True}

    kept = call("UpdateIdentityPool", IdentityPoolId=pool_id, **parameters)
    replaced = call(
        "UpdateIdentityPool", IdentityPoolId=pool_id, **parameters, IdentityPoolTags={"x": "1"}
    )

    assert kept["IdentityPoolTags"] == {"team": "a"}
    assert replaced["IdentityPoolTags"] == {"x": "1"}


def test_a_developer_provider_can_be_set_once(
    call: Call, make_pool: Call, refusal: Refusal
) -> None:
    """The first update may set it, none may change it."""
    pool_id = make_pool()
    parameters = {
        "IdentityPoolId": pool_id,
        "IdentityPoolName": "p",
        "AllowUnauthenticatedIdentities": True,
    }

    first = call("UpdateIdentityPool", **parameters, DeveloperProviderName="one")
    again = call("UpdateIdentityPool", **parameters, DeveloperProviderName="one")

    assert first["DeveloperProviderName"] == again["DeveloperProviderName"] == "one"
    code, _ = refusal("UpdateIdentityPool", **parameters, DeveloperProviderName="two")
    assert code == "InvalidParameterException"


UNKNOWN_POOL = [
    ("DescribeIdentityPool", {}),
    ("UpdateIdentityPool", {"IdentityPoolName": "p", "AllowUnauthenticatedIdentities": True}),
    ("DeleteIdentityPool", {}),
    ("GetId", {}),
    ("ListIdentities", {"MaxResults": 1}),
    ("GetIdentityPoolRoles", {}),
    ("SetIdentityPoolRoles", {"Roles": {}}),
    ("GetOpenIdTokenForDeveloperIdentity", {"Logins": {"d": "u"}}),
    ("LookupDeveloperIdentity", {"DeveloperUserIdentifier": "u"}),
    ("GetPrincipalTagAttributeMap", {"IdentityProviderName": "p"}),
    ("SetPrincipalTagAttributeMap", {"IdentityProviderName": "p"}),
    (
        "MergeDeveloperIdentities",
        {
            "SourceUserIdentifier": "a",
            "DestinationUserIdentifier": "b",
            "DeveloperProviderName": "d",
        },
    ),
    (
        "UnlinkDeveloperIdentity",
        {"IdentityId": UNKNOWN, "DeveloperProviderName": "d", "DeveloperUserIdentifier": "u"},
    ),
]


@pytest.mark.parametrize(("operation", "parameters"), UNKNOWN_POOL)
def test_an_unknown_pool_is_not_found(
    refusal: Refusal, operation: str, parameters: dict[str, Any]
) -> None:
    """Every operation on a pool says so in the same words."""
    assert refusal(operation, IdentityPoolId=UNKNOWN, **parameters) == NOT_FOUND


def test_a_pool_of_another_region_is_not_found(
    call: Call, refusal: Refusal, make_pool: Call
) -> None:
    """A region knows its own pools only, and lists no others."""
    pool_id = make_pool()

    assert refusal("DescribeIdentityPool", region="eu-west-1", IdentityPoolId=pool_id) == (
        "ResourceNotFoundException",
        f"IdentityPool '{pool_id}' not found.",
    )
    listed = call("ListIdentityPools", region="eu-west-1", MaxResults=60)["IdentityPools"]
    assert pool_id not in [each["IdentityPoolId"] for each in listed]


def test_a_pool_of_another_region_has_its_prefix(call: Call) -> None:
    """Ids begin with the region they were made in."""
    made = call(
        "CreateIdentityPool",
        region="eu-west-1",
        IdentityPoolName="p",
        AllowUnauthenticatedIdentities=True,
    )
    assert made["IdentityPoolId"].startswith("eu-west-1:")


def test_the_list_has_ids_and_names_only(call: Call, make_pool: Call) -> None:
    """A new pool is listed at once, a deleted one no more."""
    pool_id = make_pool(IdentityPoolName="listed")
    entry = {"IdentityPoolId": pool_id, "IdentityPoolName": "listed"}

    before = call("ListIdentityPools", MaxResults=60)
    assert call("DeleteIdentityPool", IdentityPoolId=pool_id) is None
    after = call("ListIdentityPools", MaxResults=60)

    assert entry in before["IdentityPools"]
    assert "NextToken" not in before
    assert entry not in after["IdentityPools"]


def test_without_pools_the_list_is_empty(call: Call) -> None:
    """The member is there all the same."""
    assert call("ListIdentityPools", region="sa-east-1", MaxResults=1) == {"IdentityPools": []}


def test_a_deleted_pool_is_gone_with_its_identities(
    call: Call, refusal: Refusal, make_pool: Call
) -> None:
    """Choice: its identities are not found either."""
    pool_id = make_pool()
    identity = call("GetId", IdentityPoolId=pool_id)["IdentityId"]

    call("DeleteIdentityPool", IdentityPoolId=pool_id)

    assert refusal("DeleteIdentityPool", IdentityPoolId=pool_id) == (
        "ResourceNotFoundException",
        f"IdentityPool '{pool_id}' not found.",
    )
    gone = ("ResourceNotFoundException", f"Identity '{identity}' not found.")
    assert refusal("DescribeIdentity", IdentityId=identity) == gone
    assert refusal("GetCredentialsForIdentity", IdentityId=identity) == gone


def test_a_new_pool_has_no_roles(call: Call, make_pool: Call) -> None:
    """Choice: an empty map rather than none."""
    pool_id = make_pool()
    answer = call("GetIdentityPoolRoles", IdentityPoolId=pool_id)
    assert answer == {"IdentityPoolId": pool_id, "Roles": {}}


def test_setting_roles_replaces_roles_and_mappings(call: Call, pool: str) -> None:
    """What is not given again is gone, and an empty map clears."""
    mappings = {f"{USERS}:client1": TOKEN}
    roles = {"authenticated": f"{ROLE}a", "unauthenticated": f"{ROLE}u"}

    assert (
        call("SetIdentityPoolRoles", IdentityPoolId=pool, Roles=roles, RoleMappings=mappings)
        is None
    )
    both = call("GetIdentityPoolRoles", IdentityPoolId=pool)
    call("SetIdentityPoolRoles", IdentityPoolId=pool, Roles=roles)
    roles_only = call("GetIdentityPoolRoles", IdentityPoolId=pool)
    call("SetIdentityPoolRoles", IdentityPoolId=pool, Roles={})
    cleared = call("GetIdentityPoolRoles", IdentityPoolId=pool)

    assert both == {"IdentityPoolId": pool, "Roles": roles, "RoleMappings": mappings}
    assert roles_only == {"IdentityPoolId": pool, "Roles": roles}
    assert cleared == {"IdentityPoolId": pool, "Roles": {}}


@pytest.mark.parametrize(
    "role", ["just-a-long-role-name", "arn:aws:iam::999999999999:role/other-account"]
)
def test_a_role_that_is_not_the_accounts_is_forbidden(
    refusal: Refusal, pool: str, role: str
) -> None:
    """A bare name and another account's role pass the length constraint and no further."""
    assert refusal("SetIdentityPoolRoles", IdentityPoolId=pool, Roles={"authenticated": role}) == (
        "NotAuthorizedException",
        f"Access to Role '{role}' is forbidden.",
    )


@pytest.mark.parametrize(
    "key",
    [
        "graph.facebook.com",
        f"{USERS}:client1",
        "arn:aws:iam::123456789012:oidc-provider/trusted.example.com",
        "arn:aws:iam::123456789012:saml-provider/Company",
    ],
)
def test_a_mapping_key_names_a_configured_provider(call: Call, pool: str, key: str) -> None:
    """Social keys, user pools with a client, and provider ARNs are good keys."""
    mappings = {key: TOKEN}
    call("SetIdentityPoolRoles", IdentityPoolId=pool, Roles={}, RoleMappings=mappings)
    assert call("GetIdentityPoolRoles", IdentityPoolId=pool)["RoleMappings"] == mappings


@pytest.mark.parametrize(
    "key", [USERS, f"https://{USERS}:client1", f"{USERS}:other", "api.twitter.com", "x"]
)
def test_a_mapping_key_that_names_none(refusal: Refusal, pool: str, key: str) -> None:
    """A user pool without client, a scheme, or a provider not configured is refused."""
    assert refusal(
        "SetIdentityPoolRoles", IdentityPoolId=pool, Roles={}, RoleMappings={key: TOKEN}
    ) == (
        "InvalidParameterException",
        f"({key}) is not a valid RoleMapping ProviderName or is not a configured provider.",
    )


def rules(count: int) -> dict[str, object]:
    """Make a number of rules."""
    each = {"Claim": "c", "MatchType": "Equals", "Value": "v", "RoleARN": f"{ROLE}r"}
    return {"Rules": [each] * count}


@pytest.mark.parametrize(
    "mapping",
    [
        {"Type": "Token"},
        {"Type": "Rules", "RulesConfiguration": rules(1)},
        {"Type": "Rules", "AmbiguousRoleResolution": "Deny"},
        {**TOKEN, "Type": "Rules", "RulesConfiguration": rules(26)},
    ],
)
def test_a_mapping_needs_what_the_prose_says(
    refusal: Refusal, pool: str, mapping: dict[str, Any]
) -> None:
    """AmbiguousRoleResolution always, RulesConfiguration for Rules, 25 rules at most."""
    code, _ = refusal(
        "SetIdentityPoolRoles",
        IdentityPoolId=pool,
        Roles={},
        RoleMappings={"graph.facebook.com": mapping},
    )
    assert code == "InvalidParameterException"


def test_twenty_five_rules_are_allowed(call: Call, pool: str) -> None:
    """The documented limit itself is good."""
    mapping = {**TOKEN, "Type": "Rules", "RulesConfiguration": rules(25)}
    call(
        "SetIdentityPoolRoles",
        IdentityPoolId=pool,
        Roles={},
        RoleMappings={"graph.facebook.com": mapping},
    )
    assert call("GetIdentityPoolRoles", IdentityPoolId=pool)["RoleMappings"]


def test_a_region_holds_a_thousand_pools() -> None:
    """Choice: the code is the model's, the text is ours."""
    store = open_store(":memory:")
    service = Service(store)
    asked = {"IdentityPoolName": "p", "AllowUnauthenticatedIdentities": True}
    with store.writing() as opened:
        row = "INSERT INTO pools (id, region, name, settings) VALUES (?, 'us-east-1', 'p', '{}')"
        for number in range(999):
            opened.write(row, str(number))

    assert service.handle("CreateIdentityPool", asked, "us-east-1")
    assert service.handle("CreateIdentityPool", asked, "eu-west-1")
    with pytest.raises(Fault, match="The limit of 1000 identity pools") as refused:
        service.handle("CreateIdentityPool", asked, "us-east-1")
    assert refused.value.code == "LimitExceededException"
    store.close()
