"""Sections 6.7, 8 and 10 of the facts: the tokens that the service issues."""

from __future__ import annotations

import base64
import json
import time
from typing import TYPE_CHECKING, Any

import pytest
from joserfc import jws
from joserfc.errors import BadSignatureError
from joserfc.jwk import KeySet

if TYPE_CHECKING:
    from collections.abc import Callable

    Call = Callable[..., Any]
    Refusal = Callable[..., tuple[str, str]]


USERS = "cognito-idp.us-east-1.amazonaws.com/us-east-1_Users"
OPENID = "openid.example.com/tenant"
OPENID_ARN = f"arn:aws:iam::123456789012:oidc-provider/{OPENID}"
DEVELOPER = "login.example.org"
TAGS = "https://aws.amazon.com/tags"


def part(token: Any, position: Any) -> Any:
    """Read one part of a token, unverified."""
    text = token.split(".")[position]
    return json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))


@pytest.fixture
def token_for(call: Call, pool: str) -> Any:
    """Get a token for the identity of logins, or for a guest."""

    def token_for(logins: Any = None, region: Any = "us-east-1") -> Any:
        given = {"Logins": logins} if logins else {}
        identity = call("GetId", region=region, IdentityPoolId=pool, **given)["IdentityId"]
        return call("GetOpenIdToken", region=region, IdentityId=identity, **given)["Token"]

    return token_for


def test_the_header_is_that_of_the_service(token_for: Call) -> None:
    """The kid is the region and a digit, typ is JWS, not JWT."""
    assert part(token_for(), 0) == {"kid": "us-east-11", "typ": "JWS", "alg": "RS512"}


def test_the_claims_of_a_guest(call: Call, pool: str) -> None:
    """Ten minutes, for the pool, by the global issuer, and nothing else."""
    identity = call("GetId", IdentityPoolId=pool)["IdentityId"]
    answer = call("GetOpenIdToken", IdentityId=identity)
    claims = part(answer["Token"], 1)

    assert set(answer) == {"IdentityId", "Token"}
    assert answer["IdentityId"] == identity
    assert abs(claims["iat"] - time.time()) < 60
    assert claims["exp"] - claims["iat"] == 600
    del claims["iat"], claims["exp"]
    assert claims == {
        "sub": identity,
        "aud": pool,
        "amr": ["unauthenticated"],
        "https://cognito-identity.amazonaws.com/identity-pool-arn": (
            f"arn:aws:cognito-identity:us-east-1:123456789012:identitypool/{pool}"
        ),
        "iss": "https://cognito-identity.amazonaws.com",
    }


def test_the_amr_of_a_user_pool(token_for: Call, tokens: Any) -> None:
    """The provider, then the provider with CognitoSignIn and the user."""
    token = token_for({USERS: tokens(USERS, "ann")})
    assert part(token, 1)["amr"] == ["authenticated", USERS, f"{USERS}:CognitoSignIn:ann"]


def test_the_amr_of_an_openid_provider(token_for: Call, tokens: Any) -> None:
    """The issuer, then the provider's ARN with OIDC and the user."""
    token = token_for({OPENID: tokens(OPENID, "ann")})
    assert part(token, 1)["amr"] == ["authenticated", OPENID, f"{OPENID_ARN}:OIDC:ann"]


def test_the_amr_of_google_names_the_client(token_for: Call, tokens: Any) -> None:
    """As it was seen of Facebook: provider, client, user."""
    google = "accounts.google.com"
    token = token_for({google: tokens(google, "ann")})
    assert part(token, 1)["amr"] == ["authenticated", google, f"{google}:client1:ann"]


def test_the_amr_of_facebook_names_the_app(token_for: Call) -> None:
    """The user's id is a hash here, never the token itself."""
    amr = part(token_for({"graph.facebook.com": "secret-token"}), 1)["amr"]

    assert amr[:2] == ["authenticated", "graph.facebook.com"]
    assert amr[2].startswith("graph.facebook.com:app1:")
    assert "secret-token" not in amr[2]


def test_the_amr_of_several_logins_has_a_pair_for_each(token_for: Call, tokens: Any) -> None:
    """In the order in which they were given."""
    token = token_for({OPENID: tokens(OPENID, "ann"), USERS: tokens(USERS, "ann")})
    assert part(token, 1)["amr"] == [
        "authenticated",
        OPENID,
        f"{OPENID_ARN}:OIDC:ann",
        USERS,
        f"{USERS}:CognitoSignIn:ann",
    ]


def test_tokens_verify_against_the_published_keys(token_for: Call, jwks: Call) -> None:
    """The key set has what a verifier needs and nothing private."""
    token = token_for()
    keys = jwks()

    entry = next(each for each in keys["keys"] if each["kid"] == "us-east-11")
    assert set(entry) == {"kty", "alg", "use", "kid", "n", "e"}
    assert (entry["kty"], entry["alg"], entry["use"]) == ("RSA", "RS512", "sig")
    jws.deserialize_compact(token, KeySet.import_key_set(keys), algorithms=["RS512"])
    with pytest.raises(BadSignatureError):
        jws.deserialize_compact(
            token[:-20] + "A" * 20, KeySet.import_key_set(keys), algorithms=["RS512"]
        )


def test_each_region_has_its_key(call: Call, jwks: Call) -> None:
    """One document lists the keys of all regions that issued a token."""
    for region in ("us-east-1", "eu-west-1"):
        parameters = {"IdentityPoolName": "p", "AllowUnauthenticatedIdentities": True}
        made = call("CreateIdentityPool", region=region, **parameters)["IdentityPoolId"]
        identity = call("GetId", region=region, IdentityPoolId=made)["IdentityId"]
        token = call("GetOpenIdToken", region=region, IdentityId=identity)["Token"]
        assert part(token, 0)["kid"] == f"{region}1"
        assert part(token, 1)["iss"] == "https://cognito-identity.amazonaws.com"

    published = {each["kid"]: each["n"] for each in jwks()["keys"]}
    assert published["us-east-11"] != published["eu-west-11"]


ISSUERS = [
    # region, partition, issuer
    ("eu-west-1", "aws", "https://cognito-identity.amazonaws.com"),
    ("cn-north-1", "aws-cn", "https://cognito-identity.cn-north-1.amazonaws.com.cn"),
    ("us-gov-west-1", "aws-us-gov", "https://cognito-identity.us-gov-west-1.amazonaws.com"),
]


@pytest.mark.parametrize(("region", "partition", "issuer"), ISSUERS)
def test_a_partition_has_issuers_of_its_own(
    call: Call, region: str, partition: str, issuer: str
) -> None:
    """One for all commercial regions; the pool's ARN names the partition."""
    parameters = {"IdentityPoolName": "p", "AllowUnauthenticatedIdentities": True}
    made = call("CreateIdentityPool", region=region, **parameters)["IdentityPoolId"]
    identity = call("GetId", region=region, IdentityPoolId=made)["IdentityId"]
    claims = part(call("GetOpenIdToken", region=region, IdentityId=identity)["Token"], 1)

    assert claims["iss"] == issuer
    assert claims["https://cognito-identity.amazonaws.com/identity-pool-arn"] == (
        f"arn:{partition}:cognito-identity:{region}:123456789012:identitypool/{made}"
    )


def test_the_classic_flow_can_be_turned_off(refusal: Refusal, call: Call, make_pool: Call) -> None:
    """False refuses it; never set and true allow it, without any role."""
    for flow in ({}, {"AllowClassicFlow": True}):
        identity = call("GetId", IdentityPoolId=make_pool(**flow))["IdentityId"]
        assert call("GetOpenIdToken", IdentityId=identity)["Token"]

    identity = call("GetId", IdentityPoolId=make_pool(AllowClassicFlow=False))["IdentityId"]
    assert refusal("GetOpenIdToken", IdentityId=identity) == (
        "InvalidParameterException",
        "Basic (classic) flow is not enabled, please use enhanced flow.",
    )


@pytest.mark.parametrize("flow", [{}, {"AllowClassicFlow": True}, {"AllowClassicFlow": False}])
def test_role_mappings_turn_the_classic_flow_off(
    refusal: Refusal,
    call: Call,
    make_pool: Call,
    flow: Any,
) -> None:
    """Whatever AllowClassicFlow says."""
    pool_id = make_pool(SupportedLoginProviders={"graph.facebook.com": "app1"}, **flow)
    mapping = {"Type": "Token", "AmbiguousRoleResolution": "Deny"}
    call(
        "SetIdentityPoolRoles",
        IdentityPoolId=pool_id,
        Roles={},
        RoleMappings={"graph.facebook.com": mapping},
    )
    identity = call("GetId", IdentityPoolId=pool_id)["IdentityId"]

    assert refusal("GetOpenIdToken", IdentityId=identity) == (
        "InvalidParameterException",
        "Basic (classic) flow is not supported with RoleMappings, please use enhanced flow.",
    )


def test_without_principal_tags_there_is_no_tags_claim(token_for: Call, tokens: Any) -> None:
    """The claim is there with principal tags only."""
    assert TAGS not in part(token_for({USERS: tokens(USERS)}), 1)


def test_mapped_claims_become_principal_tags(
    call: Call, pool: str, token_for: Call, tokens: Any
) -> None:
    """Each value in a list; claims that the token lacks are passed over."""
    call(
        "SetPrincipalTagAttributeMap",
        IdentityPoolId=pool,
        IdentityProviderName=USERS,
        PrincipalTags={"team": "custom:team", "level": "level", "none": "absent"},
    )
    logins = {USERS: tokens(USERS, **{"custom:team": "blue", "level": 3})}
    assert part(token_for(logins), 1)[TAGS] == {
        "principal_tags": {"team": ["blue"], "level": ["3"]}
    }


@pytest.mark.parametrize("names", [(USERS, USERS), (OPENID, OPENID_ARN)])
def test_the_default_tags_are_user_and_client(
    call: Call,
    pool: str,
    token_for: Call,
    tokens: Any,
    names: tuple[str, str],
) -> None:
    """UseDefaults maps sub to username and aud to client; IAM providers go by their ARN."""
    login, provider = names
    call(
        "SetPrincipalTagAttributeMap",
        IdentityPoolId=pool,
        IdentityProviderName=provider,
        UseDefaults=True,
    )
    assert part(token_for({login: tokens(login, "ann")}), 1)[TAGS] == {
        "principal_tags": {"username": ["ann"], "client": ["client1"]}
    }
