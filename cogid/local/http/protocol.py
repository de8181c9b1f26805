"""The service's HTTP, without a socket: one request in, one response out.

Knows headers, JSON and CORS; knows nothing of what an operation does. Used twice: on a socket
(``server.py``) and in-process through botocore's ``before-send`` event, which is why it imports
neither moto nor botocore.
"""

from __future__ import annotations

import json
import re
import uuid
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from cogid import model
from cogid.local.faults import Fault

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

PREFIX = "AWSCognitoIdentityService."
DEFAULT_REGION = "us-east-1"
CONTENT_TYPE = "application/x-amz-json-1.1"
CORS = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "x-amzn-RequestId,x-amzn-ErrorType,x-amzn-ErrorMessage,Date",
}

# No operation takes more: ten logins of 50,000 letters each are half of it.
LONGEST_OPERATION = 1 << 20

# Objects of S3, code of functions: more than that comes in parts.
LONGEST_OTHER = 1 << 28

# Validation messages repeat the value they refuse, up to 50,000 characters of it; node gives up
# on a response with more than 16 KB of headers.
LONGEST_HEADER = 1024

_REGION = re.compile(r"[a-z0-9-]+")
_HOST = re.compile(r"cognito-identity(?:-fips)?\.([a-z0-9-]+)\.amazonaws\.com")
_ID = re.compile(r"([a-z0-9-]+):")
_HEADER_NAMES = re.compile(r"[\w!#$%&'*+.^`|~, \t-]+", re.ASCII)
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f]+")

_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


class Answer(NamedTuple):
    """An HTTP response; who sends it adds Date, Content-Length and Connection."""

    status: int
    headers: dict[str, str]
    body: bytes


class Handler(Protocol):
    """What is asked of the service behind it."""

    def handle(self, operation: str, parameters: dict[str, Any], region: str) -> Any:
        """Run one operation; None stands for an empty body."""

    def jwks(self) -> Any:
        """Give the public keys of the tokens it signs."""

    def discovery(self, base_url: str) -> Any:
        """Give the OpenID discovery document."""


def concerns(method: str, path: str, headers: Mapping[str, str]) -> bool:
    """Tell whether a request is for this service rather than for moto's on the same port.

    Expects header names in lower case. A preflight does not say which service it is for, but all
    of them take theirs at ``/`` and the answer is the same.
    """
    if headers.get("x-amz-target", "").startswith(PREFIX):
        return True
    path = path.partition("?")[0]
    if method == "OPTIONS":
        return path == "/" and "access-control-request-method" in headers
    return method in {"GET", "HEAD"} and path in _DOCUMENTS


def answer(  # noqa: PLR0913, each is a part of the one request
    service: Handler,
    method: str,
    path: str,
    headers: Mapping[str, str | bytes],
    body: bytes | str | None,
    *,
    region: str | None = None,
) -> Answer:
    """Answer one request of this service.

    ``region`` is for a caller who knows it; else it is read from the request. Raises only what
    is not the caller's fault: a broken state file, an error in the service itself.
    """
    fields = {name.lower(): _text(value) for name, value in headers.items()}
    if method == "OPTIONS":
        return _preflight(fields)
    if method in {"GET", "HEAD"} and (document := _DOCUMENTS.get(path.partition("?")[0])):
        return _document(document(service, fields))
    try:
        result = _call(service, method, fields, body or b"", region)
    except Fault as fault:
        return refusal(fault.code, fault.message, fault.status)
    return _reply(200, b"" if result is None else _encode(result).encode())


def refusal(code: str, message: str, status: int = 400) -> Answer:
    """Word an error as the service does, once in the headers and once in the body."""
    reply = _reply(status, _encode({"__type": code, "message": message}).encode())
    reply.headers["x-amzn-ErrorType"] = f"{code}:"
    reply.headers["x-amzn-ErrorMessage"] = _header_safe(message)
    return reply


def shut_out(message: str) -> Answer:
    """Refuse a page that may not use the server, in words that it cannot even read."""
    body = _encode({"__type": "AccessDeniedException", "message": message}).encode()
    return Answer(403, {"Content-Type": CONTENT_TYPE}, body)


def longest_body(headers: Mapping[str, str]) -> int:
    """Tell from a request's headers, by lower-case name, how long its body may be."""
    ours = headers.get("x-amz-target", "").startswith(PREFIX)
    return LONGEST_OPERATION if ours else LONGEST_OTHER


def read_scope(authorization: str) -> tuple[str, str] | None:
    """Give the access key and the region of a signature, version 4."""
    credential = authorization.partition("Credential=")[2].partition(",")[0].strip()
    key, *scope = credential.rsplit("/", 4)
    if len(scope) != 4 or scope[3] != "aws4_request" or not _REGION.fullmatch(scope[1]):  # noqa: PLR2004
        return None
    return key, scope[1]


def _call(
    service: Handler,
    method: str,
    fields: Mapping[str, str],
    body: bytes | str,
    region: str | None,
) -> Any:
    operation = fields.get("x-amz-target", "").removeprefix(PREFIX)
    public = _public_operations().get(operation)
    if method != "POST" or public is None:
        raise Fault("UnknownOperationException", f"{operation or method} is not an operation")
    authorization = fields.get("authorization", "")
    if not public and not authorization.startswith("AWS4-"):
        raise Fault("MissingAuthenticationTokenException", "Missing Authentication Token")
    parameters = _parameters(body)
    return service.handle(operation, parameters, region or _region(fields, parameters))


@lru_cache(maxsize=1)
def _public_operations() -> dict[str, bool]:
    """Say of each operation's API name whether it may be called unsigned."""
    return {each.name: each.public for each in model.load().operations.values()}


def _parameters(body: bytes | str) -> dict[str, Any]:
    """Read the body; no body at all is taken for no parameters."""
    try:
        parameters = json.loads(body, parse_constant=_refuse_constant) if body else {}
        # Half a surrogate pair is legal in JSON, but neither UTF-8 nor SQLite can hold it.
        _encode(parameters).encode()
    except (ValueError, RecursionError):
        parameters = None
    if not isinstance(parameters, dict):
        raise Fault("SerializationException", "The request body is not a JSON object")
    return parameters


def _refuse_constant(name: str) -> None:
    raise ValueError(name)  # NaN and Infinity: Python reads them, JSON has none


def _region(fields: Mapping[str, str], parameters: dict[str, Any]) -> str:
    """Find the region: the signature names it, and an unsigned call carries it in an id."""
    if scope := read_scope(fields.get("authorization", "")):
        return scope[1]
    found = _HOST.match(fields.get("host", ""))
    for name in ("IdentityPoolId", "IdentityId"):
        value = parameters.get(name)
        if found is None and isinstance(value, str):
            found = _ID.match(value)
    return found[1] if found else DEFAULT_REGION


def _reply(status: int, body: bytes, content_type: str = CONTENT_TYPE) -> Answer:
    headers = {"x-amzn-RequestId": str(uuid.uuid4()), "Content-Type": content_type, **CORS}
    return Answer(status, headers, body)


def _preflight(fields: Mapping[str, str]) -> Answer:
    """Let a browser send whatever headers it asks to send."""
    headers = {"Access-Control-Allow-Methods": "GET,POST,OPTIONS", **CORS}
    wanted = fields.get("access-control-request-headers", "")
    if _HEADER_NAMES.fullmatch(wanted):
        headers["Access-Control-Allow-Headers"] = wanted
    headers["Access-Control-Max-Age"] = "172800"
    return Answer(200, headers, b"")


def _document(document: Any) -> Answer:
    return _reply(200, _encode(document).encode(), "application/json")


def _base_url(fields: Mapping[str, str]) -> str:
    return f"http://{fields.get('host', 'localhost')}"


_DOCUMENTS: dict[str, Callable[[Handler, Mapping[str, str]], Any]] = {
    "/.well-known/jwks_uri": lambda service, _: service.jwks(),
    "/.well-known/openid-configuration": lambda service, fields: service.discovery(
        _base_url(fields)
    ),
}


def _text(value: str | bytes) -> str:
    return value if isinstance(value, str) else value.decode("latin-1")


def _header_safe(message: str) -> str:
    """Make a message fit one header line: it may hold what the caller sent, line breaks too."""
    line = _UNPRINTABLE.sub(" ", message).encode("ascii", "replace").decode()
    return line[:LONGEST_HEADER]
