"""What is said of a login token: each flaw, and that nothing secret is."""

import base64
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cogid import verdicts
from cogid.claims import Token
from cogid.findings import first_wrong, ok

NOW = 1_700_000_000
USER_POOL = "cognito-idp.eu-west-1.amazonaws.com/eu-west-1_A"
MARKER = "TheMarkerThatNobodyMayEverSee"


def encoded(value):
    """Make a part of a token."""
    return base64.urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")


def token(header=None, **claims):
    """Make a user's token; a claim of None is left out."""
    usual = {
        "iss": f"https://{USER_POOL}",
        "aud": "client1",
        "sub": "jane",
        "exp": NOW + 3600,
        "token_use": "id",
    }
    payload = {name: value for name, value in {**usual, **claims}.items() if value is not None}
    return f"{encoded(header or {'alg': 'RS256'})}.{encoded(payload)}.{MARKER}"


def found(text, **more):
    """Judge a token, by the names of the findings."""
    return {each.name: each for each in verdicts.of(Token(text), NOW, **more)}


def test_a_good_token_has_nothing_wrong():
    """Only its signature is not known."""
    states = {name: each.state for name, each in found(token()).items()}

    assert states == {
        "form": "ok",
        "kind": "ok",
        "time": "ok",
        "issuer": "ok",
        "audience": "ok",
        "signature": "unknown",
    }


WRONG = [
    # token, finding, what is told, part of the cure
    (token(token_use="access"), "kind", "an access token; identity pools take id tokens", "id tok"),
    (token({"alg": "RS256", "typ": "at+JWT"}), "kind", "an access token; identity", "id token"),
    (token(exp=NOW - 11_520), "time", "expired 3 h 12 min ago", "sign in again"),
    (token(exp=NOW), "time", "expired 0 s ago", "sign in again"),
    (token(exp=None), "time", "it says no expiry (exp)", "exp"),
    (token(nbf=NOW + 120), "time", "not valid yet, for another 2 min (nbf)", "wait"),
    (token(iss=None), "issuer", "it names no issuer (iss)", "id token"),
    (token(iss="http://a.example"), "issuer", "a.example, by http://", "https://"),
    (token(aud=None), "audience", "it is for nobody (no aud)", "id token"),
    (token(sub=None), "subject", "it is about nobody (no sub)", "sub"),
    (token({"alg": "HS256"}), "signature", "by HS256, not with a key pair", "RS256"),
    (token({"alg": "none"}), "signature", "by none, not with a key pair", "RS256"),
    ("foo", "form", "is no JWT", "--login facebook=SRC"),
    ("eyJhbGciOiJSUzI1NiJ9.eyJ", "form", "is cut off in its part 2 of 3", "whole"),
    ("a.b.c.d.e", "form", "is encrypted", "id token"),
    (f"Bearer {token()}", "form", "begins with Bearer", "without Bearer"),
]


@pytest.mark.parametrize(("text", "name", "told", "cure"), WRONG)
def test_what_is_wrong_is_told_with_a_cure(text, name, told, cure):
    """Each flaw under the name of what was looked at."""
    finding = found(text)[name]

    assert finding.state == "wrong"
    assert told in finding.told
    assert cure in finding.cure


TOLD = [
    # claims, finding, what is told
    ({}, "time", "valid for another 1 h 0 min"),
    ({}, "issuer", f"in --logins it goes under {USER_POOL}"),
    ({}, "audience", "client1; it must be listed with the user pool among"),
    ({"iss": "accounts.google.com"}, "audience", "among the pool's SupportedLoginProviders"),
    ({"iss": "https://a.example"}, "audience", "in the IAM OIDC provider"),
    ({"iss": "https://cognito-identity.amazonaws.com", "aud": "p"}, "audience", "pool p"),
    ({"azp": "phone"}, "azp", "asked for by phone, another client than the audience"),
    ({"cognito:groups": ["a", "b"]}, "groups", "a, b"),
    ({"cognito:roles": ["r"], "cognito:preferred_role": "r"}, "preferred", "r"),
    ({"exp": 1e300}, "time", "valid for another more than 100 years"),
]


@pytest.mark.parametrize(("claims", "name", "told"), TOLD)
def test_what_a_token_says_is_told(claims, name, told):
    """Times, names and rights."""
    finding = found(token(**claims))[name]

    assert (finding.state, told in finding.told) == ("ok", True)


def test_several_roles_without_a_preferred_one_are_told_to_be_ambiguous():
    """It is wrong for some pools only."""
    finding = found(token(**{"cognito:roles": ["r", "s"]}))["preferred"]

    assert (finding.state, finding.told[:29]) == ("unknown", "2 roles and none preferred: a")


def test_a_token_from_the_future_is_told_to_be_a_clocks_fault():
    """Whose clock it is nobody can see."""
    assert found(token(iat=NOW + 301))["time"].told == "issued 5 min from now: a clock is wrong"
    assert found(token(iat=NOW + 300))["time"].state == "ok"


def test_the_signature_is_what_was_found_of_it():
    """Who had keys says so."""
    finding = ok("signature", "verified")

    assert found(token(), verified=finding)["signature"] is finding


def test_a_preferred_role_that_looks_like_a_token_is_not_shown():
    """Claims come from outside."""
    secret = token()

    assert secret not in found(token(**{"cognito:preferred_role": secret}))["preferred"].told


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=5,
)
names = st.sampled_from(["iss", "aud", "azp", "sub", "exp", "nbf", "iat", "token_use"])


@given(claims=st.dictionaries(names, anything), header=st.dictionaries(st.just("alg"), anything))
def test_any_claims_are_judged_without_a_word_of_the_signature(claims, header):
    """Nothing makes it stumble, and what is wrong always has a cure."""
    text = f"{encoded(header)}.{encoded(claims)}.{MARKER}"
    all_found = verdicts.of(Token(text), NOW)

    assert MARKER not in str(all_found)
    bad = first_wrong(all_found)
    assert bad is None or bad.cure


@given(st.text(max_size=200))
def test_any_text_is_judged(text):
    """People paste anything."""
    assert verdicts.of(Token(text), NOW)
