"""Sections 3.1, 3.2 and 7 of the facts: which logins are taken, and what is said of others."""

from __future__ import annotations

import base64
import json
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    Call = Callable[..., Any]
    Refusal = Callable[..., tuple[str, str]]


USERS = "cognito-idp.us-east-1.amazonaws.com/us-east-1_Users"
OTHER_USERS = "cognito-idp.us-east-1.amazonaws.com/us-east-1_Other"
TRUSTED = "trusted.example.com"
COMPANY = "arn:aws:iam::123456789012:saml-provider/Company"
DIFFER = (
    "NotAuthorizedException",
    (
        "Logins don't match. Please include at least one valid login for this identity or identity"
        " pool."
    ),
)
NO_PUBLIC = ("InvalidParameterException", "Please provide a valid public provider")
FOREIGN = (
    "NotAuthorizedException",
    "Token is not from a supported provider of this identity pool.",
)


def bad(reason: str) -> tuple[str, str]:
    """Word a refusal of a token."""
    return "NotAuthorizedException", f"Invalid login token. {reason}"


OWN = bad("Can't pass in a Cognito token.")


@pytest.mark.parametrize("logins", [{}, {"Logins": {}}])
def test_a_guest_is_new_on_every_call(call: Call, pool: str, logins: Any) -> None:
    """Without logins, absent or empty, each call makes an identity; no role is needed."""
    first, second = (call("GetId", IdentityPoolId=pool, **logins) for _ in range(2))
    assert first["IdentityId"].startswith("us-east-1:")
    assert set(first) == {"IdentityId"}
    assert first != second


def test_a_pool_without_guests(refusal: Refusal, make_pool: Call) -> None:
    """AllowUnauthenticatedIdentities false closes GetId to them."""
    assert refusal("GetId", IdentityPoolId=make_pool(AllowUnauthenticatedIdentities=False)) == (
        "NotAuthorizedException",
        "Unauthenticated access is not supported for this identity pool.",
    )


@pytest.mark.parametrize("issuer", [USERS, "accounts.google.com", "openid.example.com/tenant"])
def test_an_openid_login_has_one_identity(call: Call, pool: str, tokens: Any, issuer: str) -> None:
    """A second token of the same user finds the same identity; another user gets another."""
    first = call("GetId", IdentityPoolId=pool, Logins={issuer: tokens(issuer, "ann")})
    second = call("GetId", IdentityPoolId=pool, Logins={issuer: tokens(issuer, "ann", seconds=9)})
    other = call("GetId", IdentityPoolId=pool, Logins={issuer: tokens(issuer, "bob")})

    assert first == second
    assert first != other


@pytest.mark.parametrize("provider", ["graph.facebook.com", "www.amazon.com"])
def test_an_opaque_token_is_one_user(call: Call, pool: str, provider: Any) -> None:
    """Nothing in it can be read, so the token itself stands for the user."""
    first, second, other = (
        call("GetId", IdentityPoolId=pool, Logins={provider: token})["IdentityId"]
        for token in ("token1", "token1", "token2")
    )
    assert first == second != other


DTD = "<!DOCTYPE a [<!ENTITY b 'ann'>]><a><NameID>ann</NameID></a>"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_an_assertion_with_a_dtd_is_refused(refusal: Refusal, pool: str, encoding: str) -> None:
    """Its entities could grow without end, in any encoding."""
    logins = {COMPANY: base64.b64encode(DTD.encode(encoding)).decode()}

    assert refusal("GetId", IdentityPoolId=pool, Logins=logins) == bad(
        "Not a valid SAML assertion."
    )


@pytest.mark.parametrize("expiry", ["4000000000", True, [4000000000], 1e400])
def test_an_expiry_that_is_no_time_is_refused(
    refusal: Refusal, pool: str, tokens: Any, expiry: Any
) -> None:
    """Text, a boolean, a list, infinity."""
    logins = {USERS: tokens(USERS, exp=expiry)}

    assert refusal("GetId", IdentityPoolId=pool, Logins=logins) == bad(
        "Not a valid OpenId Connect identity token."
    )


def test_a_token_ends_with_the_second_that_it_names(
    refusal: Refusal, pool: str, tokens: Any
) -> None:
    """At that very moment it is expired."""
    code, text = refusal("GetId", IdentityPoolId=pool, Logins={USERS: tokens(USERS, seconds=0)})

    assert (code, text[:36]) == ("NotAuthorizedException", "Invalid login token. Token expired: ")


def test_a_slash_after_the_issuer_makes_no_difference(call: Call, pool: str, tokens: Any) -> None:
    """Choice: Auth0's issuers end with one."""
    provider = "openid.example.com/tenant"
    first, second = (
        call("GetId", IdentityPoolId=pool, Logins={provider: tokens(issuer)})["IdentityId"]
        for issuer in (provider, f"{provider}/")
    )
    assert first == second


@pytest.mark.parametrize("kid", [{}, [], 5, None])
def test_a_key_id_of_any_type_is_read(refusal: Refusal, pool: str, tokens: Any, kid: Any) -> None:
    """It names no key, or is passed over; the signature is what counts."""
    head, body, signature = tokens.forged().split(".")
    del head
    header = base64.urlsafe_b64encode(json.dumps({"alg": "RS256", "kid": kid}).encode())
    token = f"{header.decode().rstrip('=')}.{body}.{signature}"

    assert refusal("GetId", IdentityPoolId=pool, Logins={TRUSTED: token}) == bad(
        "Couldn't verify signed token."
    )


def test_a_saml_assertion_is_taken(call: Call, pool: str) -> None:
    """Choice: an assertion's NameID is its user, its signature is not checked."""

    def assertion(name: str) -> str:
        xml = f"<a:Assertion xmlns:a='urn:oasis:names:tc:SAML:2.0:assertion'><a:Subject><a:NameID>{name}</a:NameID></a:Subject></a:Assertion>"  # noqa: E501
        return base64.b64encode(xml.encode()).decode()

    first, second, other = (
        call("GetId", IdentityPoolId=pool, Logins={COMPANY: assertion(name)})["IdentityId"]
        for name in ("ann", "ann", "bob")
    )
    assert first == second != other


def test_an_identity_belongs_to_one_pool(
    call: Call, pool: str, make_pool: Call, tokens: Any
) -> None:
    """The same user is somebody else in another pool."""
    users = [{"ProviderName": USERS, "ClientId": "client1"}]
    other = make_pool(CognitoIdentityProviders=users)
    logins = {USERS: tokens(USERS)}

    one, two = (call("GetId", IdentityPoolId=each, Logins=logins) for each in (pool, other))

    assert one != two


NOT_OPENID = bad("Not a valid OpenId Connect identity token.")
OTHER_ISSUER = bad("Issuer doesn't match providerName")
NOT_VERIFIED = bad("Couldn't verify signed token.")

REFUSED = {
    "developer provider": (lambda _: {"login.example.org": "ann"}, NO_PUBLIC),
    "unknown provider": (lambda t: {"x.example.com": t("x.example.com")}, NO_PUBLIC),
    "own token": (lambda _: {"cognito-identity.amazonaws.com": "x"}, OWN),
    "opaque for a user pool": (lambda _: {USERS: "opaque"}, NOT_OPENID),
    "opaque for Google": (lambda _: {"accounts.google.com": "a.b.c"}, NOT_OPENID),
    "access token": (lambda t: {USERS: t(USERS, aud=None)}, bad("Missing a required claim: aud")),
    "other issuer": (lambda t: {USERS: t(OTHER_USERS)}, OTHER_ISSUER),
    "key with a scheme": (lambda t: {f"https://{USERS}": t(USERS)}, OTHER_ISSUER),
    "other client": (lambda t: {USERS: t(USERS, aud="other")}, FOREIGN),
    "other user pool": (lambda t: {OTHER_USERS: t(OTHER_USERS)}, FOREIGN),
    "other app": (lambda t: {"accounts.google.com": t("accounts.google.com", aud="x")}, FOREIGN),
    "no Apple here": (lambda t: {"appleid.apple.com": t("appleid.apple.com")}, FOREIGN),
    "no Twitter here": (lambda _: {"api.twitter.com": "token;secret"}, FOREIGN),
    "forged": (lambda t: {"trusted.example.com": t.forged()}, NOT_VERIFIED),
    "unsigned": (lambda t: {"trusted.example.com": t("trusted.example.com")}, NOT_VERIFIED),
    "no assertion": (lambda _: {COMPANY: "not base64!"}, bad("Not a valid SAML assertion.")),
}


@pytest.mark.parametrize("case", REFUSED)
def test_logins_that_are_refused(refusal: Refusal, pool: str, tokens: Any, case: str) -> None:
    """Each way in which a login can be wrong has its own words."""
    logins, said = REFUSED[case]
    assert refusal("GetId", IdentityPoolId=pool, Logins=logins(tokens)) == said


ORDER = {
    "provider before form": (
        lambda _: {USERS: "opaque", "login.example.org": "ann"},
        NO_PUBLIC,
    ),
    "audience claim before issuer": (
        lambda t: {USERS: t(OTHER_USERS, aud=None)},
        bad("Missing a required claim: aud"),
    ),
    "issuer before client": (lambda t: {USERS: t(OTHER_USERS, aud="other")}, OTHER_ISSUER),
    "client before expiry": (lambda t: {USERS: t(USERS, aud="other", seconds=-9)}, FOREIGN),
    "signature before expiry": (
        lambda t: {"trusted.example.com": t.forged(seconds=-9)},
        NOT_VERIFIED,
    ),
}


@pytest.mark.parametrize("case", ORDER)
def test_the_first_of_two_faults_is_told(
    refusal: Refusal, pool: str, tokens: Any, case: str
) -> None:
    """Provider, form, issuer, audience, signature, expiry: in this order."""
    logins, said = ORDER[case]
    assert refusal("GetId", IdentityPoolId=pool, Logins=logins(tokens)) == said


def test_an_expired_token_tells_both_times(refusal: Refusal, pool: str, tokens: Any) -> None:
    """The text gives the present and the expiry, in seconds."""
    logins = {USERS: tokens(USERS, exp=1589092129)}
    code, message = refusal("GetId", IdentityPoolId=pool, Logins=logins)

    start, _, expiry = message.rpartition(" >= ")
    assert code == "NotAuthorizedException"
    assert start.startswith("Invalid login token. Token expired: ")
    assert int(start.split()[-1]) > 1589092129
    assert expiry == "1589092129"


def test_a_signature_is_verified_where_the_keys_are_known(
    call: Call, pool: str, tokens: Any
) -> None:
    """A token that the trusted issuer signed is good."""
    assert call("GetId", IdentityPoolId=pool, Logins={"trusted.example.com": tokens.signed()})


def test_a_pool_without_providers_does_not_look_at_the_token(
    refusal: Refusal, make_pool: Call
) -> None:
    """Whatever the token is, no login can match."""
    assert refusal("GetId", IdentityPoolId=make_pool(), Logins={USERS: "anything"}) == DIFFER


def test_one_bad_token_fails_the_whole_call(
    call: Call, refusal: Refusal, pool: str, tokens: Any
) -> None:
    """Nothing is made or linked when one of several tokens is bad."""
    logins = {"graph.facebook.com": "t", USERS: tokens(USERS, aud="other")}

    assert refusal("GetId", IdentityPoolId=pool, Logins=logins) == FOREIGN
    assert call("ListIdentities", IdentityPoolId=pool, MaxResults=60)["Identities"] == []


def test_the_pool_comes_before_the_token(refusal: Refusal) -> None:
    """An unknown pool is told before anything about the logins."""
    unknown = "us-east-1:00000000-0000-0000-0000-000000000000"
    code, _ = refusal("GetId", IdentityPoolId=unknown, Logins={"x": "y"})
    assert code == "ResourceNotFoundException"


@pytest.mark.parametrize("operation", ["GetCredentialsForIdentity", "GetOpenIdToken"])
def test_a_developer_provider_is_no_key_of_public_operations(
    refusal: Refusal, call: Call, pool: str, operation: str
) -> None:
    """A developer's users come with the service's own token instead."""
    identity = call("GetId", IdentityPoolId=pool)["IdentityId"]
    assert refusal(operation, IdentityId=identity, Logins={"login.example.org": "ann"}) == NO_PUBLIC


def test_a_signed_audience_list_is_taken(call: Call, pool: str, tokens: Any) -> None:
    """A token may be for several clients, one of them the pool's."""
    logins = {USERS: tokens(USERS, aud=["other", "client1"])}
    assert call("GetId", IdentityPoolId=pool, Logins=logins)
