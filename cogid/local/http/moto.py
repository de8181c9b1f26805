"""All other services of AWS on the same port: moto, loaded when a request first needs it.

Requests in, replies out. Also what cogid and moto tell each other: which keys moto's user pools
sign with, and whose the credentials are that cogid issued, so that STS and IAM know them. Loading
takes moto a third of a second, which a client of identity pools alone never waits for.
"""

from __future__ import annotations

import io
import json
import sys
import threading
import time
from collections import OrderedDict
from datetime import datetime, timezone
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote_to_bytes, urlsplit

from cogid import install
from cogid.errors import CogidError
from cogid.local.http.connection import Reply, Request
from cogid.local.http.protocol import read_scope
from cogid.local.service.credentials import read
from cogid.local.service.providers import USER_POOL
from cogid.local.service.roles import ROLE_ARN

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from cogid.local.service.call import IssuedCredentials


def require() -> None:
    """Fail early and clearly where moto or its server's parts are not installed."""
    if not all(map(find_spec, ("moto", "flask", "flask_cors"))):
        raise CogidError(f"The local server needs moto; run: {install.command('moto[server]')}")


class Moto:
    """Every AWS service that moto has, next to cogid's own."""

    def __init__(self, server_address: tuple[str, int]) -> None:
        self._server_address = server_address
        self._loading = threading.Lock()
        self._remembering = threading.Lock()
        self._application: Any = None
        self._issued: OrderedDict[str, IssuedCredentials] = OrderedDict()

    def respond(self, request: Request) -> Reply:
        """Let moto answer, knowing the caller if it was cogid that gave out the credentials."""
        application = self._loaded()
        self._introduce(request)
        try:
            return _run(application, _environ(request, self._server_address))
        except NotImplementedError as gap:  # how moto says that it lacks an operation
            return _not_there(f"moto: {gap}")

    def issued(self, credentials: IssuedCredentials) -> None:
        """Remember credentials for as long as they live.

        moto is told only when they are used: it looks through its list one by one, and most
        credentials never reach it.
        """
        with self._remembering:
            self._issued[credentials.access_key_id] = credentials
            while next(iter(self._issued.values())).expiration < time.time():
                self._issued.popitem(last=False)

    def keys(self, issuer: str) -> list[dict[str, Any]] | None:
        """Give the keys with which moto signs the tokens of one of its user pools.

        None for every other issuer, real user pools among them. While moto is not loaded it has
        no user pools.
        """
        named = USER_POOL.fullmatch(issuer)
        models = sys.modules.get("moto.cognitoidp.models")
        if named is None or models is None:
            return None
        region, pool = named.groups()
        for account in list(models.cognitoidp_backends.values()):
            # Asking for a region makes its backend, or fails for one that moto does not know.
            if region in account and pool in account[region].user_pools:
                return _moto_keys()
        return None

    def _loaded(self) -> Callable[..., Iterable[bytes]]:
        with self._loading:
            if self._application is None:
                from moto.moto_server.werkzeug_app import (
                    DomainDispatcherApplication,
                    create_backend_app,
                )

                self._application = DomainDispatcherApplication(create_backend_app)
        application: Callable[..., Iterable[bytes]] = self._application
        return application

    def _introduce(self, request: Request) -> None:
        """Tell moto's STS and IAM whose credentials sign this request."""
        scope = read_scope(request.headers.get("authorization", ""))
        if scope is None:
            return
        credentials = self._issued.get(scope[0]) or read(
            scope[0], request.headers.get("x-amz-security-token", "")
        )
        role = ROLE_ARN.fullmatch(credentials.role_arn) if credentials else None
        if credentials and role and credentials.expiration > time.time():
            with self._loading:
                _register(credentials, partition=role[1], account=role[2])


def _moto_keys() -> list[dict[str, Any]]:
    from moto.cognitoidp.responses import CognitoIdpJsonWebKeyResponse

    keys: list[dict[str, Any]] = json.loads(CognitoIdpJsonWebKeyResponse.json_web_key)["keys"]
    return keys


def _register(credentials: IssuedCredentials, partition: str, account: str) -> None:
    from moto.iam.models import iam_backends
    from moto.sts.models import AssumedRole, sts_backends

    if partition not in iam_backends[account]:
        return
    known = iam_backends[account][partition].access_keys
    if credentials.access_key_id in known:  # asked each time: a reset makes moto forget
        return
    key = iam_backends[account][partition].create_temp_access_key()
    del known[key.access_key_id]  # made under an id of moto's, kept under the one given out
    key.access_key_id = credentials.access_key_id
    key.secret_access_key = credentials.secret_key
    key.role_arn = credentials.role_arn
    role = AssumedRole(
        account_id=account,
        region_name=credentials.identity_id.partition(":")[0],
        access_key=key,
        role_session_name=credentials.session_name,
        role_arn=credentials.role_arn,
        policy="",
        duration=0,
        external_id="",
    )
    role.session_token = credentials.session_token
    role.expiration = datetime.fromtimestamp(credentials.expiration, timezone.utc)
    known[key.access_key_id] = key
    sts_backends[account][partition].assumed_roles.append(role)


def _not_there(message: str) -> Reply:
    body = json.dumps({"__type": "UnknownOperationException", "message": message})
    fields = [("Content-Type", "application/x-amz-json-1.1"), ("Access-Control-Allow-Origin", "*")]
    return Reply(501, fields, body.encode())


def _run(application: Any, environ: dict[str, Any]) -> Reply:
    from werkzeug.test import run_wsgi_app

    body, status, headers = run_wsgi_app(application, environ, buffered=True)
    return Reply(int(status.partition(" ")[0]), headers.items(), b"".join(body))


def _environ(request: Request, server_address: tuple[str, int]) -> dict[str, Any]:
    """Describe a request as PEP 3333 wants it, and moto: with the target as it was sent."""
    target = urlsplit(request.target) if "://" in request.target else None
    path, _, query = request.target.partition("?")
    environ: dict[str, Any] = {
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(request.body),
        "wsgi.input_terminated": True,
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
        "REQUEST_METHOD": request.method,
        "SCRIPT_NAME": "",
        "PATH_INFO": unquote_to_bytes(target.path if target else path).decode("latin-1"),
        "QUERY_STRING": target.query if target else query,
        "REQUEST_URI": request.target,
        "RAW_URI": request.target,
        "REMOTE_ADDR": request.client[0],
        "REMOTE_PORT": request.client[1],
        "SERVER_NAME": server_address[0],
        "SERVER_PORT": str(server_address[1]),
        "SERVER_PROTOCOL": "HTTP/1.1",
        **_header_variables(request),
    }
    if target:
        environ["HTTP_HOST"] = target.netloc
    return environ


def _header_variables(request: Request) -> dict[str, Any]:
    variables: dict[str, Any] = {
        _variable(name): value for name, value in request.headers.items() if "_" not in name
    }
    variables.pop("HTTP_TRANSFER_ENCODING", None)  # the body is already in one piece
    if "HTTP_CONTENT_TYPE" in variables:
        variables["CONTENT_TYPE"] = variables.pop("HTTP_CONTENT_TYPE")
    # S3 metadata may be spelled with underscores. WSGI cannot say so and moto 5.2 keeps a note of
    # its own; the other underscored names are dropped, as everywhere, since they pass for dashed.
    underscored = {
        _variable(name): name
        for name, _ in request.fields
        if "_" in name
        and name.lower().startswith("x-amz-meta-")
        and _variable(name) not in variables
    }
    for variable, name in underscored.items():
        variables[variable] = request.headers[name.lower()]
    variables["moto.preserved_header_names"] = underscored
    variables["CONTENT_LENGTH"] = str(len(request.body))
    return variables


def _variable(name: str) -> str:
    return f"HTTP_{name.upper().replace('-', '_')}"
