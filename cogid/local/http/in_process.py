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
