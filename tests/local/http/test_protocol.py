"""One request, one answer: headers, JSON and CORS, with a stand-in for the service."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from typing import Any

import pytest

from cogid.local.faults import Fault
from cogid.local.http.protocol import (
    LONGEST_HEADER,
    Answer,
    answer,
    concerns,
    longest_body,
    read_scope,
)

POOL = "eu-west-1:11a86fa8-fc2c-46da-a38b-e46762e447ed"
SIGNATURE = (
    "AWS4-HMAC-SHA256 Credential=AK/20250101/ap-southeast-2/cognito-identity/aws4_request,"
    " SignedHeaders=host, Signature=00"
)


class Service:
    """Remembers what it was asked and answers what it was told."""

    def __init__(self, result: Any = None) -> None:
        self.result = result
        self.calls: list[tuple[str, dict[str, Any], str]] = []

    def handle(self, operation: str, parameters: dict[str, Any], region: str) -> Any:
        """Give, or raise, what it was made with."""
        self.calls.append((operation, parameters, region))
        if isinstance(self.result, Exception):
            raise self.result
        return self.result

    def jwks(self) -> dict[str, Any]:
        """Give a key set."""
        return {"keys": [{"kid": "us-east-11"}]}

    def discovery(self, base_url: str) -> dict[str, Any]:
        """Give a document."""
        return {"jwks_uri": f"{base_url}/.well-known/jwks_uri"}


def post(
    service: Service, operation: str, body: bytes | str | None = b"{}", **headers: str | bytes
) -> Answer:
    """Call an operation on the service."""
    target = {"X-Amz-Target": f"AWSCognitoIdentityService.{operation}"}
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return answer(service, "POST", "/", {**target, **named}, body)


def error(result: Answer) -> tuple[int, str]:
    """Give an answer's status and error type."""
    return result.status, json.loads(result.body)["__type"]


def test_a_reply_is_compact_json_with_the_headers_of_the_service() -> None:
    """A body has no blanks, and says its type and the request's id."""
    result = post(Service({"IdentityId": POOL, "Logins": ["a", "b"]}), "GetId")

    assert result.status == 200
    assert result.body == f'{{"IdentityId":"{POOL}","Logins":["a","b"]}}'.encode()
    assert result.headers["Content-Type"] == "application/x-amz-json-1.1"
    assert len(result.headers["x-amzn-RequestId"]) == 36


def test_text_beyond_ascii_goes_out_as_utf_8() -> None:
    """A body is UTF-8, not escaped."""
    assert post(Service({"a": "Zoë ☂"}), "GetId").body == '{"a":"Zoë ☂"}'.encode()


def test_an_operation_without_a_result_has_an_empty_body() -> None:
    """DeleteIdentityPool and its like answer nothing at all, not {}."""
    result = post(Service(None), "DeleteIdentityPool", authorization=SIGNATURE)

    assert (result.status, result.body) == (200, b"")


def test_an_empty_result_is_an_empty_object() -> None:
    """TagResource has an output without members: {}."""
    assert post(Service({}), "TagResource", authorization=SIGNATURE).body == b"{}"


def test_a_fault_is_in_the_body_and_in_the_headers() -> None:
    """The type's header ends in a colon, and the message is there twice."""
    result = post(Service(Fault("NotAuthorizedException", "No.")), "GetId")

    assert result.status == 400
    assert result.body == b'{"__type":"NotAuthorizedException","message":"No."}'
    assert result.headers["x-amzn-ErrorType"] == "NotAuthorizedException:"
    assert result.headers["x-amzn-ErrorMessage"] == "No."


def test_a_fault_keeps_its_status() -> None:
    """InternalErrorException is the one that answers 500."""
    result = post(Service(Fault("InternalErrorException", "Oh", 500)), "GetId")

    assert error(result) == (500, "InternalErrorException")


def test_a_message_cannot_break_the_headers() -> None:
    """Line breaks and letters beyond ASCII stay in the body and are replaced in the header."""
    result = post(Service(Fault("ValidationException", "a\r\nSet-Cookie: b\x00 Zoë")), "GetId")

    assert result.headers["x-amzn-ErrorMessage"] == "a Set-Cookie: b  Zo?"
    assert json.loads(result.body)["message"] == "a\r\nSet-Cookie: b\x00 Zoë"


def test_a_long_message_is_cut_in_the_header_only() -> None:
    """A refused token of 50,000 characters must not make a header that clients refuse to read."""
    result = post(Service(Fault("ValidationException", "x" * 50_000)), "GetId")

    assert len(result.headers["x-amzn-ErrorMessage"]) == LONGEST_HEADER
    assert len(json.loads(result.body)["message"]) == 50_000


@pytest.mark.parametrize(
    "operation", ["ListIdentityPools", "DescribeIdentity", "UnlinkDeveloperIdentity"]
)
def test_a_signed_operation_refuses_an_unsigned_call(operation: str) -> None:
    """All but four operations want a signature."""
    service = Service({})
    result = post(service, operation)

    assert error(result) == (400, "MissingAuthenticationTokenException")
    assert json.loads(result.body)["message"] == "Missing Authentication Token"
    assert service.calls == []


@pytest.mark.parametrize("authorization", ["Bearer x", "AWS AK:x", "Basic eDp5"])
def test_another_kind_of_authorization_is_no_signature(authorization: str) -> None:
    """Only signatures of version 4 count, whatever is in them."""
    result = post(Service({}), "ListIdentityPools", authorization=authorization)

    assert error(result) == (400, "MissingAuthenticationTokenException")


@pytest.mark.parametrize(
    "operation", ["GetId", "GetCredentialsForIdentity", "GetOpenIdToken", "UnlinkIdentity"]
)
@pytest.mark.parametrize("headers", [{}, {"authorization": SIGNATURE}])
def test_a_public_operation_takes_both(operation: str, headers: dict[str, Any]) -> None:
    """The four public operations need no signature and tolerate one."""
    assert post(Service({}), operation, **headers).status == 200


@pytest.mark.parametrize("operation", ["NoSuchThing", "getId", "", "GetId.x"])
def test_an_unknown_operation_is_refused(operation: str) -> None:
    """A target that the model does not have, by letter case too."""
    assert error(post(Service({}), operation)) == (400, "UnknownOperationException")


def test_only_post_runs_an_operation() -> None:
    """A target on another method runs nothing."""
    service = Service({})
    headers = {"x-amz-target": "AWSCognitoIdentityService.GetId"}

    assert error(answer(service, "PUT", "/", headers, b"{}"))[0] == 400
    assert service.calls == []


@pytest.mark.parametrize(
    "body",
    [
        b"{",
        b"[]",
        b"null",
        b'"text"',
        b"3",
        b"{'a':1}",
        b'{"MaxResults":NaN}',
        b'{"MaxResults":-Infinity}',
        b'{"a":"\xff"}',
        b'{"a":"\\ud800"}',
        b"[" * 100_000,
        b'{"a":' * 100_000,
        b'{"a":' + b"9" * 5000 + b"}",
    ],
    ids=lambda body: repr(body[:20]),
)
def test_a_body_that_is_no_json_object_is_refused(body: Any) -> None:
    """Broken JSON, other JSON, JSON that Python alone takes, and text that nothing can store."""
    service = Service({})

    assert error(post(service, "GetId", body)) == (400, "SerializationException")
    assert service.calls == []


@pytest.mark.parametrize("body", [b"", "", None])
def test_no_body_is_no_parameters(body: Any) -> None:
    """An empty body is taken for {}."""
    service = Service({})
    post(service, "GetId", body)

    assert service.calls == [("GetId", {}, "us-east-1")]


REGIONS = [
    # headers, parameters, region
    ({"authorization": SIGNATURE}, {"IdentityPoolId": POOL}, "ap-southeast-2"),
    ({"authorization": SIGNATURE.encode()}, {}, "ap-southeast-2"),
    ({"authorization": SIGNATURE.replace("AK/", "A/K=/")}, {}, "ap-southeast-2"),
    ({"authorization": "AWS4-HMAC-SHA256 nonsense"}, {"IdentityPoolId": POOL}, "eu-west-1"),
    ({"host": "cognito-identity.sa-east-1.amazonaws.com"}, {"IdentityId": POOL}, "sa-east-1"),
    ({"host": "127.0.0.1:4599"}, {"IdentityPoolId": POOL}, "eu-west-1"),
    ({}, {"IdentityId": POOL}, "eu-west-1"),
    ({}, {"IdentityId": 3}, "us-east-1"),
    ({}, {"IdentityId": "Not An Id:x"}, "us-east-1"),
    ({}, {}, "us-east-1"),
]


@pytest.mark.parametrize(("headers", "parameters", "region"), REGIONS)
def test_the_region_comes_from_the_request(
    headers: dict[str, Any], parameters: dict[str, Any], region: str
) -> None:
    """The signature names the region, else the host, else the id; else it is us-east-1."""
    service = Service({})
    post(service, "GetId", json.dumps(parameters), **headers)

    assert service.calls == [("GetId", parameters, region)]


SCOPES = [
    (SIGNATURE, ("AK", "ap-southeast-2")),
    ("AWS4-HMAC-SHA256 Credential=A/K=/20250101/eu-west-1/sts/aws4_request", ("A/K=", "eu-west-1")),
    ("Credential=AK/20250101/eu-west-1/sts/aws4_request , x", ("AK", "eu-west-1")),
    ("Credential=AK/20250101/eu west/sts/aws4_request", None),
    ("Credential=AK/20250101/eu-west-1/sts/aws3_request", None),
    ("Credential=AK/aws4_request", None),
    ("Bearer x", None),
    ("", None),
    ("Credential=" * 100_000, None),
    ("Credential=" + "/20250101/a/a" * 100_000, None),
]


@pytest.mark.parametrize(("authorization", "scope"), SCOPES, ids=lambda value: str(value)[:60])
def test_a_signature_names_key_and_region(authorization: str, scope: Any) -> None:
    """Read from its end, since a key may hold anything; at once, however long it is."""
    start = time.perf_counter()

    assert read_scope(authorization) == scope
    assert time.perf_counter() - start < 0.5


def test_a_caller_who_knows_the_region_says_so() -> None:
    """A given region goes before everything in the request."""
    service = Service({})
    headers = {"x-amz-target": "AWSCognitoIdentityService.GetId"}
    answer(service, "POST", "/", headers, b"{}", region="eu-north-1")

    assert service.calls == [("GetId", {}, "eu-north-1")]


def test_a_browser_may_read_every_answer() -> None:
    """Replies and errors carry the CORS headers that browser SDKs depend on."""
    for result in (post(Service({}), "GetId"), post(Service({}), "NoSuchThing")):
        assert result.headers["Access-Control-Allow-Origin"] == "*"
        assert result.headers["Access-Control-Expose-Headers"] == (
            "x-amzn-RequestId,x-amzn-ErrorType,x-amzn-ErrorMessage,Date"
        )


def test_a_preflight_allows_the_headers_asked_for() -> None:
    """SDKs send headers of their own; a browser asks about them first."""
    headers = {
        "Origin": "http://localhost:3000",
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "amz-sdk-request,content-type,x-amz-target",
    }
    result = answer(Service(), "OPTIONS", "/", headers, b"")

    assert (result.status, result.body) == (200, b"")
    assert result.headers["Access-Control-Allow-Origin"] == "*"
    assert "POST" in result.headers["Access-Control-Allow-Methods"]
    assert result.headers["Access-Control-Allow-Headers"] == (
        "amz-sdk-request,content-type,x-amz-target"
    )


@pytest.mark.parametrize("wanted", ["a\rb", "a\nSet-Cookie: b", "a\x0bc", "a\x00", 'a"b', "ü", ""])
def test_a_preflight_does_not_repeat_what_is_no_header_name(wanted: str) -> None:
    """Least of all a line break."""
    headers = {"Access-Control-Request-Headers": wanted}

    assert (
        "Access-Control-Allow-Headers"
        not in answer(Service(), "OPTIONS", "/", headers, b"").headers
    )


def test_the_public_keys_are_at_the_address_of_the_service() -> None:
    """/.well-known/jwks_uri gives the keys, as JSON, to browsers too."""
    result = answer(Service(), "GET", "/.well-known/jwks_uri", {}, b"")

    assert result.body == b'{"keys":[{"kid":"us-east-11"}]}'
    assert result.headers["Content-Type"] == "application/json"
    assert result.headers["Access-Control-Allow-Origin"] == "*"


def test_discovery_names_addresses_on_the_host_that_was_asked() -> None:
    """A client in another container or behind a name finds the keys under that name."""
    headers = {"Host": "cognito.test:8080"}
    result = answer(Service(), "GET", "/.well-known/openid-configuration", headers, b"")

    assert json.loads(result.body) == {
        "jwks_uri": "http://cognito.test:8080/.well-known/jwks_uri",
    }


CONCERNS = [
    ("POST", "/", {"x-amz-target": "AWSCognitoIdentityService.GetId"}, True),
    ("POST", "/", {"x-amz-target": "AWSCognitoIdentityProviderService.SignUp"}, False),
    ("POST", "/", {}, False),
    ("GET", "/.well-known/jwks_uri", {}, True),
    ("GET", "/.well-known/openid-configuration?x=1", {}, True),
    ("GET", "/us-east-1_a/.well-known/openid-configuration", {}, False),
    ("OPTIONS", "/", {"access-control-request-method": "POST"}, True),
    ("OPTIONS", "/bucket/key", {"access-control-request-method": "PUT"}, False),
    ("GET", "/", {}, False),
]


@pytest.mark.parametrize(("method", "path", "headers", "ours"), CONCERNS)
def test_moto_keeps_its_requests(
    method: str, path: str, headers: dict[str, Any], *, ours: bool
) -> None:
    """Only what is plainly for identity pools is answered here."""
    assert concerns(method, path, headers) is ours


def test_an_operation_is_short_and_an_object_of_s3_is_not() -> None:
    """Ten logins of the longest kind are half a megabyte."""
    assert longest_body({"x-amz-target": "AWSCognitoIdentityService.GetId"}) == 1_048_576
    assert longest_body({"x-amz-target": "DynamoDB_20120810.PutItem"}) == 268_435_456
    assert longest_body({}) == 268_435_456


@pytest.mark.parametrize(
    "module", ["cogid.local", "cogid.local.http.protocol", "cogid.commands.local"]
)
def test_importing_loads_nothing_heavy(module: str) -> None:
    """The in-process mount and the command group must not cost a command its start."""
    program = f"import sys, {module}; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)
    loaded = {name.partition(".")[0] for name in done.stdout.decode().split()}

    heavy = {"moto", "boto3", "botocore", "flask", "werkzeug", "urllib3", "cryptography", "joserfc"}
    assert loaded & (heavy | {"sqlite3", "socketserver"}) == set()


def test_the_door_itself_loads_nothing() -> None:
    """Importing cogid.local must cost nothing."""
    program = (
        "import __future__, contextlib, typing, cogid, sys; before = set(sys.modules);"
        "import cogid.local; print(*set(sys.modules) - before)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)

    assert done.stdout.decode().split() == ["cogid.local"]
