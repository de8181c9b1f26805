"""What is read from login tokens, and that nothing at all makes it stumble."""

from __future__ import annotations

import base64
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cogid.claims import LONGEST, Token


def token(claims: Any, header: Any = None, signature: str = "c2lnbmF0dXJl") -> str:
    """Make a token of anything that JSON can hold."""
    parts = (json.dumps(each).encode() for each in (header or {"alg": "RS256"}, claims))
    encoded = [base64.urlsafe_b64encode(part).decode().rstrip("=") for part in parts]
    return ".".join([*encoded, signature])


def test_a_token_is_read_without_its_signature() -> None:
    """What a token says of itself comes out as it stands."""
    claims = {
        "iss": "https://a.example",
        "aud": "b",
        "azp": "c",
        "sub": "d",
        "iat": 6,
        "exp": 7,
        "token_use": "id",
        "cognito:groups": ["e", "f"],
        "cognito:roles": ["g"],
        "cognito:preferred_role": "g",
    }
    found = Token(token(claims, {"alg": "RS256", "kid": "h"}))

    assert (found.issuer, found.audiences, found.authorized_party) == (
        "https://a.example",
        ["b"],
        "c",
    )
    assert (found.subject, found.issued, found.expires, found.use) == ("d", 6.0, 7.0, "id")
    assert (found.groups, found.roles, found.preferred_role) == (["e", "f"], ["g"], "g")
    assert (found.header, found.claims) == ({"alg": "RS256", "kid": "h"}, claims)
    assert found.signature == b"signature"


ODD = [
    {"iss": 1, "aud": {"a": 1}, "exp": "soon", "token_use": []},
    {"iss": None, "aud": [1, None], "exp": True, "azp": ["a"], "iat": None},
    {"exp": 10**400, "cognito:roles": 1, "cognito:groups": {"a": "b"}},
    {"exp": float("inf"), "cognito:roles": [1, ["a"], ""], "cognito:preferred_role": ""},
    {"exp": float("nan"), "iss": "", "aud": ""},
]


@pytest.mark.parametrize("claims", ODD)
def test_claims_of_wrong_types_count_as_missing(claims: Any) -> None:
    """A claim that is not what it should be is as good as none."""
    found = Token(token(claims))

    assert (found.issuer, found.audiences, found.expires, found.use) == (None, [], None, None)
    assert (found.subject, found.issued, found.authorized_party) == (None, None, None)
    assert (found.groups, found.roles, found.preferred_role) == ([], [], None)


NO_TOKENS = ["", ".", "..", "a.b", "a.b.c", "eyJhbGciOiJSUzI1NiJ9.W10.x", "é.é.é", "." * 99]


@pytest.mark.parametrize("text", [*NO_TOKENS, token([]), token("x"), token({}, "x")])
def test_what_is_no_token_has_no_claims(text: str) -> None:
    """Anything but two JSON objects with a third part is none."""
    found = Token(text)

    assert (found.is_jwt, found.header, found.claims) == (False, {}, {})
    assert (found.issuer, found.audiences, found.signature) == (None, [], None)


def test_a_deeply_nested_payload_is_none() -> None:
    """JSON beyond the interpreter's depth is refused without a traceback."""
    payload = base64.urlsafe_b64encode(b"[" * 30_000).decode().rstrip("=")

    assert len(payload) < LONGEST
    assert not Token(f"e30.{payload}.x").is_jwt


def test_a_token_that_the_service_would_not_take_for_its_length_is_not_read() -> None:
    """The bound is the service's own."""
    room = LONGEST - len(token({}, signature=""))

    longer = Token(token({}, signature="x" * (room + 1)))

    assert Token(token({}, signature="x" * room)).is_jwt
    assert not longer.is_jwt
    assert list(longer.flaws) == ["is longer than 50000 characters"]


@pytest.mark.parametrize("roles", [["a", "b"], "a,b", " a , b ,"])
def test_roles_are_read_in_both_forms(roles: Any) -> None:
    """The claim is an array in real tokens and a comma-separated string in the guide."""
    claims = Token(token({"cognito:roles": roles}))

    assert claims.roles == ["a", "b"]


ALGORITHMS = [
    ({"alg": "RS256"}, True),
    ({"alg": "ES512"}, True),
    ({"alg": "PS384"}, True),
    ({"alg": "HS256"}, False),
    ({"alg": "none"}, False),
    ({"alg": ["RS256"]}, False),
    ({"typ": "JWT"}, False),
]


@pytest.mark.parametrize(("header", "public"), ALGORITHMS)
def test_a_signature_is_checked_with_a_public_key_or_a_secret(
    header: dict[str, Any], *, public: bool
) -> None:
    """The header says which."""
    found = Token(token({}, header))

    assert found.public_key is public


def test_a_signature_that_is_no_base64_is_none() -> None:
    """The claims are read all the same."""
    found = Token(token({"iss": "a"}, signature="ab*d"))

    assert (found.issuer, found.signature) == ("a", None)


FLAWS = [
    (token({}), []),
    (token({}) + " ", ["has white space around it"]),
    (
        "bearer " + token({}),
        [
            "begins with Bearer, which is no part of it",
            "is damaged: its parts cannot be read",
        ],
    ),
    (f"'{token({})}'", ["has quotes around it", "is damaged: its parts cannot be read"]),
    ("a.b.c.d.e", ["is encrypted, as a user pool's refresh token is"]),
    ("ya29.x", ["is no JWT (three parts with dots between)"]),
    ("", ["is no JWT (three parts with dots between)"]),
    ("a.b.c", ["is damaged: its parts cannot be read"]),
    (token({"a": "b"})[:-14], ["is cut off in its part 2 of 3"]),
    (token({})[:10], ["is cut off in its part 1 of 3"]),
    (token({}, signature=""), ["has no signature: it was cut off, or never signed"]),
]


@pytest.mark.parametrize(("text", "said"), FLAWS)
def test_the_flaws_of_a_token_are_said(text: str, said: list[str]) -> None:
    """What people paste wrongly is told apart."""
    assert list(Token(text).flaws) == said


@given(st.text() | st.binary().map(lambda raw: raw.decode("latin-1")))
def test_any_text_is_read_or_none(text: str) -> None:
    """No text makes reading or judging stumble, and what reads well has its three parts."""
    found = Token(text)

    assert found.is_jwt or list(found.flaws)
    assert not found.is_jwt or text.count(".") == 2
