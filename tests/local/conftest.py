"""What the tests share: a service on a file, tokens, a clock to move, one server for the run.

The conformance tests (``test_facts_*.py``) use ``call``, ``tokens``, ``jwks`` and ``role_of``, and
what is made of them, and so run twice: on the service as a function, and over HTTP.
"""

from __future__ import annotations

import base64
import json
import time
from functools import cache
from http import HTTPStatus
from http.client import HTTPConnection
from typing import TYPE_CHECKING, Any, Protocol

import pytest
from joserfc import jws
from joserfc.jwk import RSAKey

from cogid.local import running
from cogid.local.faults import Fault
from cogid.local.http import protocol
from cogid.local.http.connection import Reply, Request, Server
from cogid.local.service import tokens as own_tokens
from cogid.local.service.operations import Service
from cogid.local.store.database import Store, open_store

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    import boto3

    from cogid.local import Url
    from cogid.local.service.call import IssuedCredentials

ONCE = {"retries": {"total_max_attempts": 1}}
TRUSTED = "trusted.example.com"


class Clock:
    """The present, which a test may move."""

    def __init__(self) -> None:
        self._moved = 0.0

    def __call__(self) -> float:
        """Tell the time."""
        return time.time() + self._moved

    def forward(self, seconds: float) -> None:
        """Let time pass."""
        self._moved += seconds


class Call(Protocol):
    """Calls an operation; the region is not a parameter of any."""

    def __call__(self, operation: str, *, region: str = "us-east-1", **parameters: Any) -> Any:
        """Give the answer's members, None for an empty body; raise code, message and status."""


class Tokens:
    """Makes the tokens of identity providers."""

    def __init__(self, clock: Clock, key: RSAKey, other_key: RSAKey) -> None:
        self._clock = clock
        self._key = key
        self._other_key = other_key

    def __call__(self, issuer: str, subject: str = "user", **claims: Any) -> str:
        """Make a token whose signature nobody can check; a claim of None is left out."""
        body = json.dumps(self._claims(issuer, subject, claims)).encode()
        header = b'{"alg":"RS256"}'
        return ".".join(_encoded(part) for part in (header, body, b"signature"))

    def signed(self, issuer: str = TRUSTED, subject: str = "user", **claims: Any) -> str:
        """Make a token signed with the key that is known for the trusted issuer."""
        return self._sign(self._key, issuer, subject, claims)

    def forged(self, issuer: str = TRUSTED, subject: str = "user", **claims: Any) -> str:
        """Make a token with somebody else's signature."""
        return self._sign(self._other_key, issuer, subject, claims)

    def _sign(self, key: RSAKey, issuer: str, subject: str, claims: dict[str, Any]) -> str:
        body = json.dumps(self._claims(issuer, subject, claims)).encode()
        return jws.serialize_compact({"alg": "RS256"}, body, key, algorithms=["RS256"])

    def _claims(self, issuer: str, subject: str, claims: dict[str, Any]) -> dict[str, Any]:
        """Default to a user of client1 and an hour; ``seconds`` is the time left."""
        left = claims.pop("seconds", 3600)
        usual = {
            "iss": f"https://{issuer}",
            "sub": subject,
            "aud": "client1",
            "exp": int(self._clock()) + left,
        }
        return {name: value for name, value in {**usual, **claims}.items() if value is not None}


def _encoded(part: bytes) -> str:
    return base64.urlsafe_b64encode(part).decode().rstrip("=")


@pytest.fixture(scope="session")
def keys() -> tuple[RSAKey, RSAKey]:
    """Give the trusted issuer's key and another, made once: each takes a twentieth of a second."""
    return RSAKey.generate_key(2048), RSAKey.generate_key(2048)


@pytest.fixture(scope="session", autouse=True)
def _signing_keys() -> Iterator[None]:
    """Make the service's own key of a region once a run: each test has a store of its own."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("cogid.local.service.tokens.make_key", cache(own_tokens.make_key))
        yield


@pytest.fixture
def clock() -> Clock:
    """Give a clock that a test may move."""
    return Clock()


@pytest.fixture
def issued() -> list[IssuedCredentials]:
    """Collect the credentials that were announced."""
    return []


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """Give a new store."""
    opened = open_store(str(tmp_path / "state.db"))
    yield opened
    opened.close()


@pytest.fixture
def service(
    store: Store, clock: Clock, issued: list[IssuedCredentials], keys: tuple[RSAKey, RSAKey]
) -> Service:
    """Give a service that knows the trusted issuer's key."""
    known = {TRUSTED: [keys[0].as_dict(private=False)]}
    return Service(store, clock=clock, trust=known.get, issued=issued.append)


@pytest.fixture(params=["handle", "http"])
def call(request: pytest.FixtureRequest) -> Call:
    """Call the service: once as a function, and once over a socket."""
    made: Call = request.getfixturevalue(f"call_by_{request.param}")
    return made


@pytest.fixture
def call_by_handle(service: Service) -> Call:
    """Call the service as a function."""

    def call(operation: str, *, region: str = "us-east-1", **parameters: Any) -> Any:
        return service.handle(operation, parameters, region)

    return call


@pytest.fixture
def call_by_http(service: Service) -> Iterator[Call]:
    """Call the service as any client does, over HTTP."""

    def respond(request: Request) -> Reply:
        answer = protocol.answer(
            service, request.method, request.target, request.headers, request.body
        )
        return Reply(answer.status, answer.headers.items(), answer.body)

    server = Server("127.0.0.1", 0, respond)
    server.start()
    connection = HTTPConnection(*server.address)

    def call(operation: str, *, region: str = "us-east-1", **parameters: Any) -> Any:
        scope = f"Credential=AKIA/20260101/{region}/cognito-identity/aws4_request"
        headers = {
            "X-Amz-Target": f"AWSCognitoIdentityService.{operation}",
            "Content-Type": "application/x-amz-json-1.1",
            "Authorization": f"AWS4-HMAC-SHA256 {scope}, SignedHeaders=host, Signature=0",
        }
        connection.request("POST", "/", json.dumps(parameters).encode(), headers)
        response = connection.getresponse()
        body = response.read()
        answer = json.loads(body) if body else None
        if response.status != HTTPStatus.OK:
            raise Fault(answer["__type"], answer["message"], response.status)
        return answer

    yield call
    connection.close()
    server.stop()


@pytest.fixture
def jwks(service: Service) -> Callable[[], dict[str, Any]]:
    """Give the service's published keys."""
    return service.jwks


@pytest.fixture
def role_of(issued: list[IssuedCredentials]) -> Callable[[dict[str, Any]], str]:
    """Tell the ARN of the role that credentials are for, as whoever honours them is told."""
    return lambda credentials: next(
        each.role_arn for each in issued if each.access_key_id == credentials["AccessKeyId"]
    )


@pytest.fixture
def tokens(clock: Clock, keys: tuple[RSAKey, RSAKey]) -> Tokens:
    """Make tokens of identity providers."""
    return Tokens(clock, *keys)


@pytest.fixture
def refusal(call: Call) -> Callable[..., tuple[str, str]]:
    """Call an operation that must fail and give the code and message."""

    def refusal(operation: str, **parameters: Any) -> tuple[str, str]:
        try:
            answer = call(operation, **parameters)
        except Exception as error:
            if getattr(error, "status", None) != 400:
                raise
            return error.code, error.message
        pytest.fail(f"{operation} answered {answer}")

    return refusal


@pytest.fixture
def make_pool(call: Call) -> Callable[..., str]:
    """Make a pool, with guests unless said otherwise, and give its id."""

    def make_pool(**settings: Any) -> str:
        usual = {"IdentityPoolName": "pool", "AllowUnauthenticatedIdentities": True}
        pool_id: str = call("CreateIdentityPool", **{**usual, **settings})["IdentityPoolId"]
        return pool_id

    return make_pool


@pytest.fixture
def pool(make_pool: Callable[..., str]) -> str:
    """Make a pool with a provider of each kind and both roles."""
    return make_pool(
        SupportedLoginProviders={
            "graph.facebook.com": "app1",
            "accounts.google.com": "client1",
            "www.amazon.com": "app2",
        },
        DeveloperProviderName="login.example.org",
        OpenIdConnectProviderARNs=[
            "arn:aws:iam::123456789012:oidc-provider/openid.example.com/tenant",
            "arn:aws:iam::123456789012:oidc-provider/trusted.example.com",
        ],
        CognitoIdentityProviders=[
            {
                "ProviderName": "cognito-idp.us-east-1.amazonaws.com/us-east-1_Users",
                "ClientId": "client1",
            },
        ],
        SamlProviderARNs=["arn:aws:iam::123456789012:saml-provider/Company"],
    )


@pytest.fixture(scope="session")
def session() -> boto3.Session:
    """One session a run: a new one takes a quarter second to make a client."""
    import boto3

    return boto3.Session("local", "local", region_name="us-east-1")


@pytest.fixture(scope="session")
def url() -> Iterator[Url]:
    """Where the run's server answers."""
    with running() as started:
        yield started


@pytest.fixture(scope="session")
def client(session: boto3.Session, url: Url) -> Iterator[Callable[..., Any]]:
    """Give a client for one of the services on the server, or on another."""
    from botocore import UNSIGNED
    from botocore.config import Config

    made: list[Any] = []

    def make(service: str = "cognito-identity", *, signed: bool = True, **settings: Any) -> Any:
        config = Config(**ONCE) if signed else Config(signature_version=UNSIGNED, **ONCE)
        found = session.client(service, **{"endpoint_url": str(url), "config": config, **settings})
        made.append(found)
        return found

    yield make
    for each in made:
        each.close()
