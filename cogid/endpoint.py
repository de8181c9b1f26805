"""Credentials over HTTP on loopback, as containers get them: SDKs ask again before they expire.

The flags of a line in; a server, and the variables that lead SDKs to it, out. Who does not know
its random token gets nothing.
"""

from __future__ import annotations

import json
import os
from contextlib import contextmanager
from threading import Lock
from typing import TYPE_CHECKING, NamedTuple

from cogid import credentials, profile
from cogid.errors import CogidError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cogid.app import App
    from cogid.credentials import Credentials
    from cogid.local.http.connection import Reply, Request
    from cogid.options import Flags

# SDKs ask again when less than 15 minutes are left, and at every call of theirs until they get
# credentials that live longer (botocore 1.44).
MIN_TTL = 960
# Where SDKs look before they ask a container's endpoint.
_SOONER = (
    "aws_access_key_id",
    "credential_process",
    "credential_source",
    "login_session",
    "role_arn",
    "sso_account_id",
    "web_identity_token_file",
)


class Served(NamedTuple):
    """The variables for the command, and the first credentials."""

    variables: dict[str, str]
    credentials: Credentials


@contextmanager
def serving(flags: Flags, app: App) -> Iterator[Served]:
    """Serve credentials for the length of the block. Raises what getting the first ones raises."""
    from hmac import compare_digest

    from cogid.local.http.connection import Server

    source = _Source({"min_ttl": MIN_TTL, **flags}, app)
    first = source.current()  # what is wrong is said before anything runs
    token = os.urandom(32).hex()

    def respond(request: Request) -> Reply:
        if not compare_digest(request.headers.get("authorization", "").encode(), token.encode()):
            return _reply(401, {"code": "Unauthorized", "message": "Another token is wanted"})
        if request.method != "GET":
            return _reply(405, {"code": "MethodNotAllowed", "message": "Only GET is"})
        try:
            found = source.current()
        except CogidError as error:
            from cogid import secrets
            from cogid.output import errors

            app.terminal.say(errors.text(error, app).removesuffix("\n"))
            message = secrets.clean(error.sentence(), error.secrets)
            return _reply(500, {"code": error.code or "Error", "message": message})
        return _reply(
            200,
            {
                "AccessKeyId": found.access_key_id,
                "SecretAccessKey": found.secret_access_key,
                "Token": found.session_token,
                "Expiration": found.expiration,
            },
        )

    server = Server("127.0.0.1", 0, respond)
    server.start()
    host, port = server.address
    variables = {
        "AWS_CONTAINER_CREDENTIALS_FULL_URI": f"http://{host}:{port}/",
        "AWS_CONTAINER_AUTHORIZATION_TOKEN": token,
        **_without_sooner_ones(app),
    }
    app.settled()
    try:
        yield Served(variables, first)
    finally:
        server.stop()


class _Source:
    """Credentials that live long enough, got anew when they do not; one thread at a time."""

    def __init__(self, flags: Flags, app: App) -> None:
        self._flags = flags
        self._app = app
        self._lock = Lock()
        self._found: Credentials | None = None

    def current(self) -> Credentials:
        """Give credentials. Raises what ``credentials.obtain`` raises."""
        with self._lock:
            least = self._app.now() + self._flags["min_ttl"]
            if self._found is None or self._found.expires <= least:
                self._found = credentials.obtain(self._flags, self._app)
            return self._found


def _without_sooner_ones(app: App) -> dict[str, str]:
    """Hide the configuration where its default profile has credentials: SDKs would take those."""
    environ = {name: v for name, v in app.environ.items() if name not in profile.VARIABLES}
    _, configured = profile.read(None, environ)
    if not any(key in configured for key in _SOONER):
        return {}
    return {"AWS_CONFIG_FILE": os.devnull, "AWS_SHARED_CREDENTIALS_FILE": os.devnull}


def _reply(status: int, body: dict[str, str]) -> Reply:
    from cogid.local.http.connection import Reply

    fields = [("Content-Type", "application/json"), ("Cache-Control", "no-store")]
    return Reply(status, fields, json.dumps(body).encode())
