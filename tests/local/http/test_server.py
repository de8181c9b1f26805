"""The service over HTTP: what clients of every kind see of it."""

from __future__ import annotations

import http.client
import json
import time
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest

from cogid.errors import CogidError
from cogid.local import handle, running
from cogid.local.store.shared import close_shared
from cogid.local.store.transaction import StoreError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    import boto3

    from cogid.local import Url

SIGNATURE = (
    "AWS4-HMAC-SHA256 Credential=AK/20250101/us-east-1/cognito-identity/aws4_request,"
    " SignedHeaders=host, Signature=00"
)


class Caller:
    """One connection, kept, and the headers of the last answer."""

    def __init__(self, url: str) -> None:
        self.connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=5)

    def ask(
        self, method: str, path: str, body: str | None = None, **headers: str
    ) -> tuple[http.client.HTTPResponse, bytes]:
        """Send a request; gives the response and its body."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        self.connection.request(method, path, body, named)
        response = self.connection.getresponse()
        return response, response.read()

    def call(
        self, operation: str, parameters: dict[str, Any], *, signed: bool = False
    ) -> tuple[http.client.HTTPResponse, bytes]:
        """Call an operation of the service."""
        signature = {"authorization": SIGNATURE} if signed else {}
        target = f"AWSCognitoIdentityService.{operation}"
        content_type = "application/x-amz-json-1.1"
        return self.ask(
            "POST",
            "/",
            json.dumps(parameters),
            x_amz_target=target,
            content_type=content_type,
            **signature,
        )


@pytest.fixture
def caller(url: Url) -> Iterator[Caller]:
    """Connect to the run's server."""
    made = Caller(url)
    yield made
    made.connection.close()


def test_an_unsigned_call_gets_an_identity(caller: Caller, pool: str) -> None:
    """GetId without a signature, as a browser makes it."""
    response, body = caller.call("GetId", {"IdentityPoolId": pool})

    assert response.status == 200
    assert response.headers["Content-Type"] == "application/x-amz-json-1.1"
    assert len(response.headers["x-amzn-RequestId"]) == 36
    assert response.headers["Date"].endswith(" GMT")
    assert len(body) == len('{"IdentityId":"us-east-1:"}') + 36


def test_an_unsigned_call_reaches_the_region_of_its_pool(
    caller: Caller, client: Callable[..., Any]
) -> None:
    """Nothing but the pool's id says the region of an unsigned call."""
    pool = client(region_name="ap-south-1").create_identity_pool(
        IdentityPoolName="far", AllowUnauthenticatedIdentities=True
    )["IdentityPoolId"]
    response, body = caller.call("GetId", {"IdentityPoolId": pool})

    assert response.status == 200
    assert json.loads(body)["IdentityId"].startswith("ap-south-1:")


def test_an_operation_without_a_result_sends_no_body(caller: Caller, pool: str) -> None:
    """Void operations answer 200 and nothing."""
    response, body = caller.call("DeleteIdentityPool", {"IdentityPoolId": pool}, signed=True)

    assert (response.status, body) == (200, b"")
    assert response.headers["Content-Length"] == "0"


def test_an_error_names_its_type_in_header_and_body(caller: Caller) -> None:
    """The header's type ends in a colon; the body is compact."""
    missing = "us-east-1:00000000-0000-4000-8000-000000000000"
    response, body = caller.call("GetId", {"IdentityPoolId": missing})
    message = f"IdentityPool '{missing}' not found."

    assert response.status == 400
    assert response.headers["x-amzn-ErrorType"] == "ResourceNotFoundException:"
    assert response.headers["x-amzn-ErrorMessage"] == message
    assert body == f'{{"__type":"ResourceNotFoundException","message":"{message}"}}'.encode()


def test_a_signed_operation_wants_a_signature(caller: Caller) -> None:
    """ListIdentityPools cannot be called by a passer-by."""
    response, body = caller.call("ListIdentityPools", {"MaxResults": 1})

    assert response.status == 400
    assert response.headers["x-amzn-ErrorType"] == "MissingAuthenticationTokenException:"
    assert json.loads(body)["message"] == "Missing Authentication Token"


def test_a_broken_body_is_refused_and_the_connection_lives_on(caller: Caller, pool: str) -> None:
    """An error is an answer like any other: the connection is kept."""
    target = "AWSCognitoIdentityService.GetId"
    response, _ = caller.ask("POST", "/", "{", x_amz_target=target)
    socket = caller.connection.sock

    assert response.headers["x-amzn-ErrorType"] == "SerializationException:"
    assert caller.call("GetId", {"IdentityPoolId": pool})[0].status == 200
    assert caller.connection.sock is socket


def test_moto_keeps_the_connection_too(caller: Caller, pool: str) -> None:
    """One connection may go to identity pools, STS and back."""
    caller.call("GetId", {"IdentityPoolId": pool})
    socket = caller.connection.sock
    form = "application/x-www-form-urlencoded"
    response, body = caller.ask(
        "POST",
        "/",
        "Action=GetCallerIdentity&Version=2011-06-15",
        content_type=form,
        authorization=SIGNATURE.replace("cognito-identity", "sts"),
    )
    caller.call("GetId", {"IdentityPoolId": pool})

    assert response.status == 200
    assert b"<GetCallerIdentityResult>" in body
    assert caller.connection.sock is socket


def test_a_browser_may_ask_first_and_read_the_answer(caller: Caller, pool: str) -> None:
    """The preflight allows what SDKs send, and the answer exposes what they read."""
    wanted = "amz-sdk-invocation-id,content-type,x-amz-target,x-amz-user-agent"
    response, body = caller.ask(
        "OPTIONS",
        "/",
        origin="http://localhost:3000",
        access_control_request_method="POST",
        access_control_request_headers=wanted,
    )

    assert (response.status, body) == (200, b"")
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert response.headers["Access-Control-Allow-Headers"] == wanted

    response, _ = caller.call("GetId", {"IdentityPoolId": pool})
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert "x-amzn-ErrorType" in response.headers["Access-Control-Expose-Headers"]


def test_a_token_verifies_against_the_published_keys(
    caller: Caller, client: Callable[..., Any], pool: str
) -> None:
    """Any JWT library, given the discovery document, checks what the service signed."""
    from joserfc import jwt
    from joserfc.jwk import KeySet

    anyone = client(signed=False)
    identity = anyone.get_id(IdentityPoolId=pool)["IdentityId"]
    token = anyone.get_open_id_token(IdentityId=identity)["Token"]
    discovery = json.loads(caller.ask("GET", "/.well-known/openid-configuration")[1])
    keys = json.loads(caller.ask("GET", urlsplit(discovery["jwks_uri"]).path)[1])
    read = jwt.decode(token, KeySet.import_key_set(keys), algorithms=["RS512"])

    assert read.header["kid"] in {key["kid"] for key in keys["keys"]}
    assert read.claims["iss"] == discovery["issuer"]
    assert (read.claims["sub"], read.claims["aud"]) == (identity, pool)
    assert all("d" not in key for key in keys["keys"])


def test_boto3_works_signed_and_unsigned(client: Callable[..., Any]) -> None:
    """A pool's life through the real SDK; Expiration is a time again when it arrives."""
    service, anyone = client(), client(signed=False)
    made = service.create_identity_pool(
        IdentityPoolName="life", AllowUnauthenticatedIdentities=True
    )
    name = {"IdentityPoolId": made["IdentityPoolId"]}
    service.set_identity_pool_roles(
        **name, Roles={"unauthenticated": "arn:aws:iam::123456789012:role/Guest"}
    )
    identity = anyone.get_id(**name)["IdentityId"]
    credentials = anyone.get_credentials_for_identity(IdentityId=identity)["Credentials"]
    service.delete_identity_pool(**name)

    assert credentials["AccessKeyId"].startswith("ASIA")
    assert credentials["Expiration"].year > 2000
    with pytest.raises(service.exceptions.ResourceNotFoundException, match="not found"):
        service.describe_identity_pool(**name)


def test_running_starts_empty_and_ends(session: boto3.Session) -> None:
    """Each ``running`` without a file has a state of its own, and frees its port."""
    with running() as url:
        service = session.client("cognito-identity", endpoint_url=url)
        service.create_identity_pool(IdentityPoolName="a", AllowUnauthenticatedIdentities=True)

        assert len(service.list_identity_pools(MaxResults=1)["IdentityPools"]) == 1
        assert url.db.exists()
        service.close()
    with running() as second:
        again = session.client("cognito-identity", endpoint_url=second)

        assert again.list_identity_pools(MaxResults=1)["IdentityPools"] == []
        again.close()
    assert not url.db.exists()


def test_running_gives_the_variables_for_other_programs() -> None:
    """A test can start a program of its own against the server."""
    with running() as url:
        assert url.environment["AWS_ENDPOINT_URL_COGNITO_IDENTITY"] == url
        assert url.startswith("http://127.0.0.1:")


def test_a_named_state_is_kept_and_shared_with_handle(
    tmp_path: Path, session: boto3.Session
) -> None:
    """A server and the function see the same state file."""
    db = tmp_path / "state.db"
    with running(db=db) as url:
        service = session.client("cognito-identity", endpoint_url=url)
        pool = service.create_identity_pool(
            IdentityPoolName="kept", AllowUnauthenticatedIdentities=True
        )["IdentityPoolId"]
        service.close()

    found = handle("DescribeIdentityPool", {"IdentityPoolId": pool}, db=db)
    assert found["IdentityPoolName"] == "kept"


def test_handle_uses_the_default_state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without ``db`` it is the file that COGID_LOCAL_DB names; deleted, it starts afresh."""
    db = tmp_path / "new" / "state.db"
    monkeypatch.setenv("COGID_LOCAL_DB", str(db))
    parameters = {"IdentityPoolName": "x", "AllowUnauthenticatedIdentities": False}
    first = handle("CreateIdentityPool", parameters, "eu-west-1")

    assert first["IdentityPoolId"].startswith("eu-west-1:")
    assert len(handle("ListIdentityPools", {"MaxResults": 9}, "eu-west-1")["IdentityPools"]) == 1
    assert handle("ListIdentityPools", {"MaxResults": 9}, "eu-west-2")["IdentityPools"] == []
    for file in db.parent.iterdir():
        file.unlink()
    assert handle("ListIdentityPools", {"MaxResults": 9}, "eu-west-1")["IdentityPools"] == []


def test_a_state_in_memory_is_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As everywhere with SQLite: it ends with the process, and no file of that name is made."""
    monkeypatch.chdir(tmp_path)
    parameters = {"IdentityPoolName": "x", "AllowUnauthenticatedIdentities": False}
    handle("CreateIdentityPool", parameters, db=":memory:")

    assert len(handle("ListIdentityPools", {"MaxResults": 9}, db=":memory:")["IdentityPools"]) == 1
    with running(db=":memory:") as url:
        assert str(url.db) == ":memory:"
    assert list(tmp_path.iterdir()) == []
    close_shared()


def test_a_file_that_is_no_state_is_refused_untouched(tmp_path: Path) -> None:
    """The server and the function name the file and leave it as it is."""
    db = tmp_path / "thesis.txt"
    db.write_text("a" * 500)

    with pytest.raises(CogidError, match=r"thesis\.txt is not a state file"), running(db=db):
        pass
    with pytest.raises(StoreError, match=r"thesis\.txt is not a state file"):
        handle("ListIdentityPools", {"MaxResults": 1}, db=db)
    assert db.read_text() == "a" * 500


def test_the_port_that_is_asked_for_is_taken() -> None:
    """``running(port=…)`` answers there, and a second one is refused."""
    with running() as url:
        port = urlsplit(url).port
        with pytest.raises(CogidError, match=f"Port {port} on 127.0.0.1 is in use"):  # noqa: SIM117
            with running(port=port):
                pass
    with running(port=port) as again:
        assert again == url


def test_an_issuer_without_keys_is_trusted_in_nothing(client: Callable[..., Any]) -> None:
    """``trust`` with an empty list must not mean that any signature will do."""
    from joserfc import jwt
    from joserfc.jwk import RSAKey

    claims = {"iss": "https://id.example", "aud": "app", "sub": "u", "exp": time.time() + 60}
    token = jwt.encode({"alg": "RS256"}, claims, RSAKey.generate_key(2048))
    with running(trust={"id.example": []}) as url:
        pool = client(endpoint_url=url).create_identity_pool(
            IdentityPoolName="x",
            AllowUnauthenticatedIdentities=False,
            OpenIdConnectProviderARNs=["arn:aws:iam::123456789012:oidc-provider/id.example"],
        )["IdentityPoolId"]
        anyone = client(signed=False, endpoint_url=url)

        with pytest.raises(anyone.exceptions.NotAuthorizedException, match="verify signed token"):
            anyone.get_id(IdentityPoolId=pool, Logins={"id.example": token})


def test_a_body_that_no_operation_takes_is_refused(url: Url, pool: str) -> None:
    """By its length, before it is read."""
    caller = Caller(url)
    response, body = caller.call(
        "GetId", {"IdentityPoolId": pool, "Logins": {"a": "x" * 2_000_000}}
    )
    caller.connection.close()

    assert response.status == 413
    assert b"1048576 bytes" in body


def test_many_at_once(url: Url, pool: str) -> None:
    """Threads with connections of their own are all answered, every identity once."""

    def some(_: int) -> list[str]:
        caller = Caller(url)
        bodies = [caller.call("GetId", {"IdentityPoolId": pool})[1] for _ in range(20)]
        caller.connection.close()
        return [json.loads(body)["IdentityId"] for body in bodies]

    with ThreadPoolExecutor(8) as threads:
        identities = [each for ids in threads.map(some, range(8)) for each in ids]

    assert len(set(identities)) == 160


def test_a_boto3_session_needs_only_the_variables(monkeypatch: pytest.MonkeyPatch) -> None:
    """What ``cogid local env`` prints is enough for any SDK."""
    import boto3

    with running() as url:
        for name, value in url.environment.items():
            monkeypatch.setenv(name, value)
        service = boto3.Session().client("cognito-identity")

        assert service.list_identity_pools(MaxResults=1)["IdentityPools"] == []
        service.close()
