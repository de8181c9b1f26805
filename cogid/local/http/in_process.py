"""The service where a client's socket would be: ``--local`` without a server.

Everything before and after the socket (botocore's checks, signing, retries, parsing) stays what
it is.
"""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from cogid import install
from cogid.errors import CogidError
from cogid.local.http import protocol
from cogid.local.service.operations import Service
from cogid.local.store.shared import open_shared

if TYPE_CHECKING:
    from pathlib import Path


def mount(client: Any, db: Path, region: str) -> None:
    """Make a botocore client ask the service on that state file.

    Raises CogidError, at a call, where the packages for tokens are not installed.
    """
    from botocore.awsrequest import AWSResponse, HeadersDict

    service = Service(open_shared(db))

    def answer(request: Any, **_: Any) -> Any:
        try:
            reply = protocol.answer(
                service, request.method, "/", request.headers, request.body, region=region
            )
        except ModuleNotFoundError as error:
            cure = install.command("joserfc")
            raise CogidError(
                f"The local service needs {error.name} for tokens; run: {cure}"
            ) from error
        raw = SimpleNamespace(stream=lambda: iter([reply.body]))
        return AWSResponse(request.url, reply.status, HeadersDict(reply.headers), raw)

    client.meta.events.register("before-send.cognito-identity", answer)


def mount_other(client: Any, service: str) -> None:
    """Make a botocore client of another service, such as STS, ask moto in this process.

    Raises CogidError where moto is not installed.
    """
    from urllib.parse import urlsplit

    from botocore.awsrequest import AWSResponse, HeadersDict

    from cogid.local.http import moto
    from cogid.local.http.connection import Request

    moto.require()
    neighbours = moto.Moto(("127.0.0.1", 80))

    def answer(request: Any, **_: Any) -> Any:
        url = urlsplit(request.url)
        named = {name: _text(value) for name, value in request.headers.items()}
        headers = {name.lower(): value for name, value in {"Host": url.netloc, **named}.items()}
        target = f"{url.path or '/'}{'?' if url.query else ''}{url.query}"
        body = request.body or b""
        data = body.encode() if isinstance(body, str) else body
        sender = ("127.0.0.1", 0)
        reply = neighbours.respond(
            Request(
                request.method, target, list(named.items()), headers, data, sender, keep_alive=False
            )
        )
        raw = SimpleNamespace(stream=lambda: iter([reply.body]))
        return AWSResponse(request.url, reply.status, HeadersDict(dict(reply.fields)), raw)

    client.meta.events.register(f"before-send.{service}", answer)


def _text(value: Any) -> str:
    return value.decode("latin-1") if isinstance(value, bytes) else str(value)
