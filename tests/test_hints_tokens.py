"""That no tokens, names or parameters make a hint stumble or tell a secret."""

from __future__ import annotations

import base64
import json
import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cogid import model
from cogid.errors import ServiceError
from cogid.hints import hint_for
from cogid.request import Request
from cogid.verdicts import span as ago

USER_POOL = "cognito-idp.eu-west-1.amazonaws.com/eu-west-1_A"
SECRET = "EAACEdEose0cBAx7Qm2Rk9Zt4Lw8Vp3Hn6"


def token(claims: Any, header: Any = None) -> str:
    """Make a token of anything that JSON can hold."""
    parts = (json.dumps(each).encode() for each in (header or {"alg": "RS256"}, claims))
    encoded = [base64.urlsafe_b64encode(part).decode().rstrip("=") for part in parts]
    return ".".join([*encoded, "c2lnbmF0dXJl"])


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


# A message that begins as one that is known, and what it goes on with for ever.
ENDLESS = [
    ("AccessDeniedException: not authorized to perform: a:b on resource: c ", "because no a "),
    ("AccessDeniedException: not authorized to perform: a:b ", " explicit deny in a because no a"),
    ("AccessDeniedException: ", "not authorized to perform: "),
    ("ValidationException: Value 'x' at '", "a"),
    ("ValidationException: ", " at 'a"),
    ("InvalidParameterException", ": ("),
    ("NotAuthorizedException", ": Access to Role '"),
    ("NotAuthorizedException", ": Access to Identity '"),
    ("NotAuthorizedException", ": Identity '"),
    ("NotAuthorizedException", ": Invalid login token. Token expired: 1 >= "),
    ("NotAuthorizedException: Invalid login token. Token expired: ", "1"),
]


@pytest.mark.parametrize(("begin", "piece"), ENDLESS)
def test_no_message_takes_long(begin: str, piece: str) -> None:
    """A service can say as much as it likes; what is quadratic takes a minute for as much."""
    message = begin + piece * (200_000 // len(piece))
    started = time.process_time()
    explained(message, {"IdentityId": "us-east-1:x"})

    assert time.process_time() - started < 2
