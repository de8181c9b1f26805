"""``cogid explain``: what is found in an error of Amplify's, an SDK's or a log's."""

from __future__ import annotations

import base64
import json
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cogid.hints import causes, elsewhere

ROOT = Path(__file__).parent.parent
POOL = "us-east-1:11a86fa8-fc2c-46da-a38b-e46762e447ed"
USER_POOL = "cognito-idp.eu-west-1.amazonaws.com/eu-west-1_A"
MARKER = "TheMarkerThatNobodyMayEverSee"
GUESTS = "Unauthenticated access is not supported for this identity pool."
EXPIRED = "Invalid login token. Token expired: 1589092400 >= 1589092129"


def encoded(value: object) -> str:
    """Make a part of a token."""
    return base64.urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")


TOKEN = ".".join(
    [
        encoded({"alg": "RS256"}),
        encoded({"iss": "https://a.example", "sub": MARKER, "aud": "b", "exp": 5}),
        MARKER,
    ]
)

MET = [
    # text, code, operation, page
    (GUESTS, "", "", "unauthenticated-access-is-not-supported"),
    (
        f"NotAuthorizedException: {GUESTS}",
        "NotAuthorizedException",
        "",
        "unauthenticated-access-is-not-supported",
    ),
    (
        f"An error occurred (NotAuthorizedException) when calling the GetId operation: {GUESTS}",
        "NotAuthorizedException",
        "GetId",
        "unauthenticated-access-is-not-supported",
    ),
    (
        f'{{"__type":"NotAuthorizedException","message":"{EXPIRED}"}}',
        "NotAuthorizedException",
        "",
        "token-expired",
    ),
    (
        (
            "{ code: 'NotAuthorizedException', message: \"Logins don't match. Please\", "
            "statusCode: 400 } at GetCredentialsForIdentityCommand"
        ),
        "NotAuthorizedException",
        "GetCredentialsForIdentity",
        "logins-dont-match",
    ),
    (
        (
            "Error Domain=com.amazonaws.AWSCognitoIdentityErrorDomain Code=8 UserInfo={"
            "__type=NotAuthorizedException, message=Access to Identity 'us-east-1:x' is forbidden.}"
        ),
        "NotAuthorizedException",
        "",
        "access-to-identity-is-forbidden",
    ),
    (
        (
            "com.amazonaws.services.cognitoidentity.model."
            "InvalidIdentityPoolConfigurationException: Invalid identity pool configuration. "
            "(Service: AmazonCognitoIdentity; Status Code: 400)"
        ),
        "InvalidIdentityPoolConfigurationException",
        "",
        "invalid-identity-pool-configuration",
    ),
    (
        "botocore.errorfactory.TooManyRequestsException: Rate exceeded in client.get_id(",
        "TooManyRequestsException",
        "GetId",
        "toomanyrequests",
    ),
    (
        (
            "An error occurred (AccessDenied) when calling the AssumeRoleWithWebIdentity "
            "operation: Not authorized to perform sts:AssumeRoleWithWebIdentity"
        ),
        "AccessDenied",
        "",
        "not-authorized-to-perform-stsassumerolewithwebidentity",
    ),
    (
        (
            "GraphQLAPI - ensure credentials error No Cognito Identity pool provided for "
            "unauthenticated access"
        ),
        "",
        "",
        "errors-of-amplify",
    ),
]


@pytest.mark.parametrize(("text", "code", "operation", "page"), MET)
def test_code_operation_and_cause_are_found_wherever_they_stand(text, code, operation, page):
    """Each SDK words an error in its own way."""
    met = elsewhere.read(text)
    hint = elsewhere.explain(met)

    assert (met.code, met.operation) == (code, operation)
    assert hint is not None
    assert hint.page == page


def test_a_hint_names_what_the_text_says_of_the_request():
    """Ids with their region, the host that was asked, a value that was refused."""
    lost = f"ResourceNotFoundException: IdentityPool '{POOL}' not found."
    asked = "POST https://cognito-identity.eu-west-1.amazonaws.com/"
    refused = f"ValidationException: Value '{POOL.upper()}' at 'identityPoolId' failed to satisfy"

    assert explained(f"{asked} {lost}") == (
        "the id is of us-east-1, but eu-west-1 was asked; try --region us-east-1"
    )
    assert "an account in us-east-1" in explained(lost)
    assert explained(refused).endswith(f"in lower case: {POOL}")


def explained(text):
    """Give the hint's text."""
    hint = elsewhere.explain(elsewhere.read(text))
    return hint and hint.text


@pytest.mark.parametrize("form", ["'{}': '{}'", '"{}":"{}"', '\\"{}\\": \\"{}\\"', "{}={}"])
def test_a_token_in_a_log_is_read_but_not_shown(form):
    """What it says of itself is the best hint."""
    logins = form.format(USER_POOL, TOKEN)
    hint = explained(f"{logins} Invalid login token. Issuer doesn't match providerName")

    assert hint == (f"the token under {USER_POOL} was issued by a.example; pass it under that name")


def test_it_is_printed_with_the_name_of_its_page(cogid):
    """For a person, and as JSON for a program."""
    text = f"NotAuthorizedException: {EXPIRED}"
    result = cogid("explain", text)

    assert (result.code, result.err) == (0, "")
    assert result.out == (
        "NotAuthorizedException\n"
        "hint: the token expired 4 min ago; sign in again for a new one\n"
        "more: docs/errors.md#token-expired\n"
    )
    assert cogid("explain", text, "--output", "json").json["Page"] == "errors.md#token-expired"
    assert cogid("explain", text, "--query", "Code").json == "NotAuthorizedException"


def test_a_log_is_read_from_standard_input(cogid):
    """Without a message, and for -."""
    first = cogid("explain", stdin=f"12:00 {GUESTS}\n").out

    assert "this is a guest's call" in first
    assert cogid("explain", "-", stdin=f"12:00 {GUESTS}\n").out == first
    assert cogid("explain", *GUESTS.split()).out == first


def test_a_code_alone_is_given_its_meaning(cogid):
    """Where there is no better hint."""
    assert cogid("explain", "LimitExceededException").out == (
        "LimitExceededException: The account has as many pools or identities as it may have.\n"
    )


@pytest.mark.parametrize("text", ["TypeError: x is undefined", "", "Error 500"])
def test_what_is_not_known_is_told(cogid, text):
    """With exit code 1, so that a script can tell."""
    result = cogid("explain", text, stdin=text)

    assert (result.code, result.out) == (1, "")
    assert "Nothing is known of this message" in result.err


def test_every_page_is_there():
    """Hints and pages are linked by the names of the headings, as mkdocs and GitHub make them."""
    lines = (ROOT / "docs" / "errors.md").read_text("utf-8").splitlines()
    headings = {slug(line.lstrip("# ")) for line in lines if line.startswith("#")}

    assert {*causes.PAGES, "errors-of-amplify"} - headings == set()


def slug(heading):
    """Make the name of a heading: letters, digits and dashes."""
    kept = "".join(each for each in heading.lower() if each.isalnum() or each in " -_")
    return kept.strip().replace(" ", "-")


@given(st.text(max_size=300))
def test_any_text_is_read(text):
    """People paste anything, and no token of it comes out."""
    met = elsewhere.read(f"{text} {TOKEN} {text}")
    hint = elsewhere.explain(met)

    assert hint is None or MARKER not in hint.text


@pytest.mark.parametrize(
    "text",
    [
        "message" + " " * 20_000,
        "a=" * 10_000,
        "'" * 20_000,
        ": Access to Identity '" * 900,
        "eyJ" * 7_000,
        "a" * 20_000 + "=eyJ",
        "us-east-1:" * 2_000,
    ],
)
def test_long_texts_take_no_long_time(text):
    """Every search is linear."""
    begun = time.perf_counter()
    elsewhere.explain(elsewhere.read(text))

    assert time.perf_counter() - begun < 1
