"""Requests in, pages out: the only door to AWS.

Makes one client, sends a ``Request``, yields its pages as plain JSON (timestamps already text)
and translates botocore's errors into ours. What it costs to load is said in
``docs/architecture.md``; import it only when something is really sent.
"""

from __future__ import annotations

import json
import time
from contextlib import contextmanager
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import TYPE_CHECKING, Any

import botocore.session
from botocore import UNSIGNED, exceptions
from botocore.awsrequest import AWSResponse, HeadersDict
from botocore.config import Config
from botocore.paginate import Paginator
from botocore.utils import parse_timestamp

from cogid import __version__, loader
from cogid.errors import CogidError, ConfigError, ServiceError, UsageError
from cogid.model import SERVICE, Operation
from cogid.request import Request, region_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cogid.pages import Document
    from cogid.settings import Settings

LOCAL_REGION = "us-east-1"
NO_REGION = (
    'You must specify a region. You can also configure your region by running "aws configure".'
)
NO_CREDENTIALS = (
    'Unable to locate credentials. You can configure credentials by running "aws login".'
)


class Client:
    """A client for the service, made once for all calls of one command.

    Made by the botocore session that a boto3 session is made of: the same client, without
    importing boto3's resources and transfer manager, which no command of cogid uses.

    Raises ConfigError when no region is configured and none stands in the parameters.
    """

    def __init__(self, settings: Settings, request: Request, *, patient: bool = False) -> None:
        self.region = _region(settings, request)
        with _translated(request.operation.name):
            self._client = _make(settings, request.operation, self.region, patient=patient)

    @property
    def events(self) -> Any:
        """What botocore tells while it sends, retries and receives."""
        return self._client.meta.events

    def pages(self, request: Request) -> Pages:
        """Send the request; nothing goes out before the pages are asked for."""
        return Pages(self._client, request)


class Pages:
    """The replies to one request: see ``pages.Replies``."""

    def __init__(self, client: Any, request: Request) -> None:
        self._client = client
        self._request = request
        self.items = request.operation.items if request.paging else None
        self.by_page = request.paging is not None and request.paging.by_page
        self.order = list(request.operation.output.members)
        self.resume_token: str | None = None

    def __iter__(self) -> Iterator[Document]:
        operation = self._request.operation
        method = getattr(self._client, operation.command.replace("-", "_"))
        with _translated(operation.name):
            if self._request.paging is None:
                yield _plain(method(**self._request.parameters))
                return
            replies = self._paginated(method)
            for reply in replies:
                yield _plain(reply)
            self.resume_token = replies.resume_token

    def _paginated(self, method: Any) -> Any:
        operation, paging = self._request.operation, self._request.paging
        assert paging is not None  # noqa: S101 - for mypy: the caller has looked
        config = {
            "PageSize": paging.page_size,
            "MaxItems": paging.max_items,
            "StartingToken": paging.starting_token,
        }
        shape = self._client.meta.service_model.operation_model(operation.name)
        paginator = Paginator(method, operation.paginator, shape)
        return paginator.paginate(**self._request.parameters, PaginationConfig=config)


def _region(settings: Settings, request: Request) -> str:
    """Give the configured region, else the one that stands in the request's ids."""
    region = settings.region or region_in(request.parameters)
    if region is None and settings.local_db is not None:
        return LOCAL_REGION
    if region is None:
        raise ConfigError(NO_REGION, code="NoRegion")
    return region


def _make(settings: Settings, operation: Operation, region: str, *, patient: bool) -> Any:
    session = botocore.session.Session()
    session.register_component("data_loader", loader.make(session.get_config_variable("data_path")))
    session.user_agent_name, session.user_agent_version = "cogid", __version__
    if settings.profile:
        # Only a profile that was named: it also turns off credentials from the environment.
        session.set_config_variable("profile", settings.profile)
    _print_timestamps(session, settings.timestamp_format)
    if settings.local_db is not None:
        session.set_credentials("LOCAL", "local")  # any do, and none are looked for
    unsigned = operation.public or not settings.sign
    client = session.create_client(
        SERVICE,
        region_name=region,
        endpoint_url=settings.endpoint_url,
        verify=settings.verify,
        config=Config(
            retries=settings.retries(patient=patient),
            read_timeout=settings.timeout("read"),
            connect_timeout=settings.timeout("connect"),
            signature_version=UNSIGNED if unsigned else None,
        ),
    )
    client.meta.events.register("before-parse.cognito-identity", _refuse_broken)
    if settings.local_db is not None:
        _answer_locally(client, settings.local_db, region)
    endpoint = getattr(client, "_endpoint", None)
    if endpoint is not None:
        endpoint.http_session = _WholeReplies(endpoint.http_session)
    return client


class _WholeReplies:
    """Botocore's HTTP session, but a reply that was cut short is a connection that closed.

    Botocore asks urllib3 not to look; as an error of the connection it is retried like others.
    """

    def __init__(self, session: Any) -> None:
        self._session = session

    def __getattr__(self, name: str) -> Any:
        return getattr(self._session, name)

    def send(self, request: Any) -> Any:
        response = self._session.send(request)
        promised = response.headers.get("Content-Length", "")
        if promised.isdecimal() and len(response.content) < int(promised):
            raise exceptions.ConnectionClosedError(endpoint_url=request.url)
        return response


def _answer_locally(client: Any, db: str, region: str) -> None:
    """Put the local service where the socket would be; all before and after stays as it is."""
    from cogid.local import inline, wire
    from cogid.local.store import StoreError

    service = inline.service(Path(db))

    def answer(request: Any, **_: Any) -> AWSResponse:
        try:
            reply = wire.answer(
                service, request.method, "/", request.headers, request.body, region=region
            )
        except StoreError as error:
            raise CogidError(str(error)) from error
        except ModuleNotFoundError as error:
            raise CogidError(
                f"The local service needs {error.name} for tokens; run: pip install 'cogid[local]'"
            ) from error
        return AWSResponse(request.url, reply.status, HeadersDict(reply.headers), _Raw(reply.body))

    client.meta.events.register("before-send.cognito-identity", answer)


class _Raw:
    """What botocore reads a reply's body from."""

    def __init__(self, body: bytes) -> None:
        self._body = body

    def stream(self) -> Iterator[bytes]:
        yield self._body


def _print_timestamps(session: Any, wanted: str) -> None:
    parser = (lambda value: value) if wanted == "wire" else _iso8601
    session.get_component("response_parser_factory").set_parser_defaults(timestamp_parser=parser)


def _iso8601(value: Any) -> str:
    """Write a timestamp in local time, as botocore's parser and ``isoformat`` would.

    For numbers, which is how the service writes them, in a fifth of the time: a list of 100,000
    identities has 200,000 timestamps. Like dateutil, this knows only today's offsets.
    """
    try:
        offset = time.altzone if time.localtime(value).tm_isdst > 0 else time.timezone
        return datetime.fromtimestamp(value, timezone(timedelta(seconds=-offset))).isoformat()
    except (TypeError, ValueError, OverflowError, OSError):
        return str(parse_timestamp(value).isoformat())


def _refuse_broken(operation_model: Any, response_dict: dict[str, Any], **_: Any) -> None:
    """Raise where botocore would take a broken reply for an empty one."""
    output = operation_model.output_shape
    if response_dict["status_code"] >= 301 or output is None or not output.members:  # noqa: PLR2004
        return
    try:
        whole = isinstance(json.loads(response_dict["body"]), dict)
    except ValueError:
        whole = False
    if not whole:
        size = len(response_dict["body"])
        raise CogidError(
            f"The reply to {operation_model.name} is broken: {size} bytes that are no JSON "
            "object, although the status says 200. Check what stands between you and the "
            "service (a proxy, --endpoint-url); whether the call took effect is unknown."
        )


def _plain(reply: dict[str, Any]) -> Document:
    return {name: value for name, value in reply.items() if name != "ResponseMetadata"}


@contextmanager
def _translated(operation: str) -> Iterator[None]:
    """Turn botocore's errors into cogid's, worded as the reference words them."""
    try:
        yield
    except exceptions.ClientError as error:
        raise _service_error(operation, error.response) from error
    except exceptions.ParamValidationError as error:
        raise UsageError(str(error)) from error
    except exceptions.NoCredentialsError as error:
        raise ConfigError(NO_CREDENTIALS, code="NoCredentials") from error
    except (exceptions.BotoCoreError, ValueError) as error:
        raise CogidError(str(error)) from error
    except (AttributeError, LookupError, TypeError) as error:
        raise CogidError(
            f"The reply to {operation} is not of the form that the service's model says: {error}"
        ) from error


def _service_error(operation: str, response: dict[str, Any]) -> ServiceError:
    metadata = response.get("ResponseMetadata", {})
    retries = ""
    if metadata.get("MaxAttemptsReached"):
        retries = f" (reached max retries: {metadata.get('RetryAttempts', 0)})"
    members = {k: v for k, v in response.items() if k not in ("Error", "ResponseMetadata")}
    return ServiceError(operation, {**response["Error"], **members}, retries=retries)
