"""What is read from login tokens and names, and that nothing at all makes it stumble or tell."""

from __future__ import annotations

import base64
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cogid import model
from cogid.errors import ServiceError
from cogid.hints import hint_for, names
from cogid.hints.login_tokens import ago, flaw, read
from cogid.request import Request

USER_POOL = "cognito-idp.eu-west-1.amazonaws.com/eu-west-1_A"
SECRET = "EAACEdEose0cBAx7Qm2Rk9Zt4Lw8Vp3Hn6"


def token(claims: Any, header: Any = None) -> str:
    """Make a token of anything that JSON can hold."""
    parts = (json.dumps(each).encode() for each in (header or {"alg": "RS256"}, claims))
    encoded = [base64.urlsafe_b64encode(part).decode().rstrip("=") for part in parts]
    return ".".join([*encoded, "c2lnbmF0dXJl"])


def test_a_token_is_read_without_its_signature() -> None:
    """Issuer, audience, expiry and use come out as they stand."""
    claims = read(token({"iss": "https://a.example", "aud": "b", "exp": 7, "token_use": "id"}))

    assert claims is not None
    assert (claims.issuer, claims.audiences, claims.expires, claims.use) == (
        "https://a.example",
        ("b",),
        7.0,
        "id",
    )


ODD = [
    {"iss": 1, "aud": {"a": 1}, "exp": "soon", "token_use": []},
    {"iss": None, "aud": [1, None], "exp": True},
    {"exp": 10**400},
    {"exp": float("inf")},
    {"exp": float("nan")},
]


@pytest.mark.parametrize("claims", ODD)
def test_claims_of_wrong_types_count_as_missing(claims: Any) -> None:
    """A claim that is not what it should be is as good as none."""
    found = read(token(claims))

    assert found is not None
    assert found[:5] == (None, (), None, None, None)


NO_TOKENS = ["", ".", "..", "a.b", "a.b.c", "eyJhbGciOiJSUzI1NiJ9.W10.x", "é.é.é", "." * 99]


@pytest.mark.parametrize("text", [*NO_TOKENS, token([]), token("x"), token({}, "x")])
def test_what_is_no_token_is_none(text: str) -> None:
    """Anything but two JSON objects with a third part reads as None."""
    assert read(text) is None


def test_a_deeply_nested_payload_is_none() -> None:
    """JSON beyond the interpreter's depth is refused without a traceback."""
    payload = base64.urlsafe_b64encode(b"[" * 100_000).decode().rstrip("=")

    assert read(f"e30.{payload}.x") is None


@pytest.mark.parametrize("roles", [["a", "b"], "a,b", " a , b ,"])
def test_roles_are_counted_in_both_forms(roles: Any) -> None:
    """The claim is an array in real tokens and a comma-separated string in the guide."""
    claims = read(token({"cognito:roles": roles}))

    assert claims is not None
    assert claims.roles == 2


FLAWS = [
    (token({}), None),
    (token({}) + " ", "has white space around it"),
    ("bearer " + token({}), "begins with Bearer, which is no part of it"),
    (f"'{token({})}", "has quotes around it"),
    ("a.b.c.d.e", "is encrypted, as a user pool's refresh token is"),
    ("ya29.x", "is no JWT (three parts with dots between)"),
    ("a.b.c", "is damaged: its parts cannot be read"),
]


@pytest.mark.parametrize(("text", "said"), FLAWS)
def test_the_flaw_of_a_token_is_said(text: str, said: str | None) -> None:
    """What people paste wrongly is told apart."""
    assert flaw(text) == said


AGO = [
    (0, "0 s"),
    (59.9, "59 s"),
    (60, "1 min"),
    (3599, "59 min"),
    (11520, "3 h 12 min"),
    (86400, "1 d 0 h"),
    (9 * 86400 + 3 * 3600, "9 d 3 h"),
]


@pytest.mark.parametrize(("seconds", "worded"), AGO)
def test_how_long_ago_is_worded_in_two_units(seconds: float, worded: str) -> None:
    """The larger unit decides what is left out."""
    assert ago(seconds) == worded


RESPELLED = [
    ("https://accounts.google.com", "accounts.google.com"),
    ("Facebook", "graph.facebook.com"),
    ("www.google.com", "accounts.google.com"),
    ("eu-west-1_A", USER_POOL),
    (USER_POOL, USER_POOL),
    (f"https://{USER_POOL}", USER_POOL),
    (f"https://{USER_POOL}/.well-known/jwks.json", USER_POOL),
    (f"{USER_POOL}/", USER_POOL),
    (f"{USER_POOL}:client1", USER_POOL),
    ("cognito-idp.us-east-1.amazonaws.com/eu-west-1_A", USER_POOL),
    ("arn:aws:cognito-idp:eu-west-1:123456789012:userpool/eu-west-1_A", USER_POOL),
    ("cn-north-1_A", "cognito-idp.cn-north-1.amazonaws.com.cn/cn-north-1_A"),
    ("us-gov-west-1_A", "cognito-idp.us-gov-west-1.amazonaws.com/us-gov-west-1_A"),
    ("tenant.auth0.com/", "tenant.auth0.com/"),
    ("login.example", "login.example"),
]


@pytest.mark.parametrize(("written", "right"), RESPELLED)
def test_names_are_put_right(written: str, right: str) -> None:
    """The many ways to write a provider lead to its name."""
    assert names.respelled(written) == right


SECRETS = [
    SECRET,
    token({}),
    f"ya29.{SECRET}",
    f"https://{token({})}",
    f"x:{SECRET}",
    "12345|AbCdEfGhIjKlMnOpQrStUvWx",
    "a\nb.example",
    "\x1b[31m.example",
    "",
]


@pytest.mark.parametrize("name", SECRETS)
def test_what_may_be_a_secret_is_not_shown(name: str) -> None:
    """A token that stands where a name belongs is never repeated."""
    assert names.shown(name) is None


MESSAGES = [
    "NotAuthorizedException: Invalid login token. Issuer doesn't match providerName",
    "NotAuthorizedException: Invalid login token. Missing a required claim: aud",
    "NotAuthorizedException: Invalid login token. Token expired: 2 >= 1",
    "NotAuthorizedException: Invalid login token. Token is expired.",
    "NotAuthorizedException: Invalid login token. Couldn't verify signed token.",
    "NotAuthorizedException: Invalid login token. Not a valid OpenId Connect identity token.",
    "NotAuthorizedException: Invalid login token. Not a Cognito token.",
    "NotAuthorizedException: Token is not from a supported provider of this identity pool.",
    "NotAuthorizedException: Logins don't match. Please",
    "NotAuthorizedException: The ambiguous role mapping rules for: x denied this request.",
    "InvalidParameterException: Please provide a valid public provider",
    "ValidationException: 1 validation error detected: Value '' at 'logins' failed to satisfy",
    "ResourceNotFoundException: Identity 'x' not found.",
]
ANY_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=6,
)
CLAIM = st.sampled_from(["iss", "aud", "exp", "sub", "token_use", "cognito:roles", "x"])
TOKENS = (
    st.text()
    | st.binary(max_size=60).map(lambda raw: raw.decode("latin-1"))
    | st.builds(token, st.dictionaries(CLAIM, ANY_JSON))
    | st.builds(token, ANY_JSON, ANY_JSON)
    | st.builds(lambda text: f"{token({})[: len(text)]}{text}", st.text(max_size=40))
)
KEYS = st.text() | TOKENS | st.sampled_from(["google", USER_POOL, "cognito-identity.amazonaws.com"])


def explained(message: str, parameters: Any) -> str | None:
    """Give the hint for a message and the parameters of get-credentials-for-identity."""
    code, _, text = message.partition(": ")
    operation = model.load().operations["get-credentials-for-identity"]
    error = ServiceError(operation.name, {"Code": code, "Message": text})
    return hint_for(error, Request(operation, parameters), "us-east-1", now=lambda: 2e9)


@given(st.sampled_from(MESSAGES), st.dictionaries(KEYS, TOKENS, max_size=3))
def test_no_logins_make_a_hint_stumble(message: str, logins: dict[str, str]) -> None:
    """Whatever stands in --logins, a hint is one printable line."""
    hint = explained(message, {"IdentityId": "us-east-1:x", "Logins": logins}) or ""

    assert hint.isprintable()


@given(
    st.sampled_from(MESSAGES),
    st.dictionaries(CLAIM, ANY_JSON),
    st.sampled_from([USER_POOL, "graph.facebook.com", "cognito-identity.amazonaws.com", "google"]),
)
def test_no_hint_tells_a_token(message: str, claims: dict[str, Any], key: str) -> None:
    """No eight characters of the payload or the signature come out, on either side of the =."""
    whole = token({**claims, "name": SECRET})
    secrets = [*whole.split(".")[1:], SECRET]
    for logins in ({whole: key}, {key: f"{whole}{SECRET}"}):
        hint = explained(message, {"IdentityId": "us-east-1:x", "Logins": logins}) or ""

        assert not any(each[i : i + 8] in hint for each in secrets for i in range(len(each) - 7))


@given(ANY_JSON, st.text())
def test_no_parameters_and_no_message_make_a_hint_stumble(parameters: Any, text: str) -> None:
    """Parameters of any shape and messages of any words are passed over or explained."""
    members = ("Logins", "IdentityId", "ResourceArn", "Roles", "CognitoIdentityProviders")
    for message in [*MESSAGES, f"AccessDeniedException: {text}", f"X: Access to Role '{text}'"]:
        explained(message, dict.fromkeys(members, parameters))
