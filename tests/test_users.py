"""Which user a pool's role mappings see, and what the pool does not take."""

import pytest

from cogid import users
from cogid.roles import User

NAME = "cognito-idp.us-east-1.amazonaws.com/us-east-1_A"
OIDC = "arn:aws:iam::123456789012:oidc-provider/login.example"
SAML = "arn:aws:iam::123456789012:saml-provider/corp"
SETTINGS = {
    "CognitoIdentityProviders": [{"ProviderName": NAME, "ClientId": "app"}, {}],
    "SupportedLoginProviders": {"accounts.google.com": "web", "graph.facebook.com": "1"},
    "OpenIdConnectProviderARNs": [OIDC],
    "SamlProviderARNs": [SAML],
}

SEEN = [
    # key of logins, claims, key of the mapping, what amr begins with
    (NAME, {"aud": "app", "sub": "s"}, f"{NAME}:app", f"{NAME}:CognitoSignIn:s"),
    (NAME, {"aud": ["x", "app"], "sub": "s"}, f"{NAME}:app", f"{NAME}:CognitoSignIn:s"),
    ("accounts.google.com", {"aud": "web"}, "accounts.google.com", None),
    ("login.example", {"aud": "any", "sub": "s"}, OIDC, f"{OIDC}:OIDC:s"),
    ("graph.facebook.com", {}, "graph.facebook.com", None),
    (SAML, {"sub": "s"}, SAML, None),
]


@pytest.mark.parametrize(("key", "claims", "mapped", "proof"), SEEN)
def test_a_login_is_mapped_by_its_provider_and_client(key, claims, mapped, proof):
    """As the local service maps it, and STS is told of it."""
    provider = users.provider(key, SETTINGS)
    found = users.user(provider, claims)

    assert found == User(mapped, claims)
    assert users.amr([(provider, found)]) == (
        ["authenticated", key, proof] if proof else ["authenticated"]
    )


REFUSED = [
    # key of logins, claims, what is told, part of the cure
    (NAME, {"aud": "web"}, f"the token is for web, which the pool does not list for {NAME}", "app"),
    (NAME, {"aud": 5}, "the token is for nobody (no aud)", "access tokens have no aud"),
    (NAME.replace("_A", "_B"), {}, "the pool does not list cognito-idp.", "CognitoIdentityProv"),
    ("other.example", {}, "the pool has no provider other.example", f"it has: {NAME}, accounts.go"),
    ("appleid.apple.com", {}, "the pool does not list appleid.apple.com", "SupportedLoginProv"),
]


@pytest.mark.parametrize(("key", "claims", "told", "cure"), REFUSED)
def test_what_a_pool_does_not_take_is_told_with_its_cure(key, claims, told, cure):
    """The provider is looked at first, then the audience."""
    with pytest.raises(users.NotTakenError) as found:
        users.user(users.provider(key, SETTINGS), claims)

    assert told in found.value.told
    assert cure in found.value.cure


def test_a_token_in_the_place_of_a_provider_is_not_told():
    """Somebody swapped the two."""
    with pytest.raises(users.NotTakenError) as found:
        users.provider("eyJhbGciOiJSUzI1NiJ9", SETTINGS)

    assert "eyJ" not in found.value.told + found.value.cure


def test_role_mappings_say_which_providers_a_pool_has():
    """Their keys name all of them in their ways."""
    keys = [f"{NAME}:app", "accounts.google.com", OIDC, SAML]
    found = users.settings_of(dict.fromkeys(keys))

    assert found == {
        "CognitoIdentityProviders": [{"ProviderName": NAME, "ClientId": "app"}],
        "SupportedLoginProviders": {"accounts.google.com": ""},
        "OpenIdConnectProviderARNs": [OIDC],
        "SamlProviderARNs": [SAML],
    }
    assert users.listed({}) == "none"


def test_claims_are_those_of_the_token_or_the_assertion():
    """What only its provider can read says nothing."""
    facebook, google = (
        users.provider(key, SETTINGS) for key in ("graph.facebook.com", "accounts.google.com")
    )

    assert users.claims_of(facebook, "eyJhbGciOiJub25lIn0.eyJhIjoxfQ.eA") == {}
    assert users.claims_of(google, "eyJhbGciOiJub25lIn0.eyJhIjoxfQ.eA") == {"a": 1}
    assert users.claims_of(users.provider(SAML, SETTINGS), "no assertion") == {}
