"""The only door to AWS, and to the local service behind the same door.

``call`` asks one thing and gives the reply; ``send`` carries a request, of whatever length, and
gives the replies as they come. One botocore session serves all calls of a run, a client for each
region; what belongs to sending (retries, batches, progress) is done behind the door. What it
costs to load is said in ``docs/architecture.md``: import it only when something is really sent.
"""

from __future__ import annotations

import json
import time
from datetime import datetime, timedelta, timezone
from functools import cached_property, partial
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import botocore.session
from botocore import UNSIGNED, exceptions
from botocore.awsrequest import AWSResponse, HeadersDict
from botocore.config import Config
from botocore.paginate import Paginator
from botocore.utils import parse_timestamp

from cogid import __version__, batches, loader, model
from cogid.errors import CogidError, ConfigError, ServiceError, UsageError
from cogid.request import Request

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from cogid.app import App
    from cogid.pages import Document
    from cogid.settings import Settings

PATIENT = 10  # attempts of each call, when there are many
NO_CREDENTIALS = (
    'Unable to locate credentials. You can configure credentials by running "aws login".'
)
TIMESTAMP_FORMATS = ("wire", "iso8601")
_SECRET_VARIABLES = ("AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "AWS_SECURITY_TOKEN")


class Service:
    """The service as one run sees it: with its settings, for its terminal."""

    def __init__(self, app: App) -> None:
        self._app = app
        self._settings = app.settings
        self._clients: dict[tuple[Any, ...], Any] = {}

    def call(
        self,
        operation: str,
        *,
        region: str | None = None,
        signed: bool | None = None,
        **parameters: Any,
    ) -> Document:
        """Make one call, ``call("GetId", IdentityPoolId=…)``, and give its reply.

        Raises what ``send`` raises.
        """
        told = model.load().operations[model.kebab(operation)]
        return next(iter(self.send(Request(told, parameters), region=region, signed=signed)))

    def send(
        self, request: Request, *, region: str | None = None, signed: bool | None = None
    ) -> Replies:
        """Give the replies to a request; nothing goes out before they are asked for.

        ``region`` and ``signed`` are decided by settings, ids and operation when not given.
        Raises ConfigError when no region is known, and CogidError for settings that botocore
        refuses.
        """
        if (
            request.paging
            and request.paging.max_items is not None
            and request.paging.max_items <= 0
        ):
            self._app.terminal.say(
                "warning: Non-positive values for --max-items may result in undefined behavior."
            )
        calls = [request]
        if request.operation.name in batches.BATCHED:
            calls = batches.cut(request)
        region = region or self._settings.region
        if region is None:
            from cogid import resolve

            region = resolve.region(self._settings, request.parameters)
        if self._settings.debug:
            self._log(request)
        if signed is None:
            signed = not (request.operation.public or self._settings.no_sign_request)
        try:
            client = self.client(region, signed=signed, patient=len(calls) > 1)
        except CogidError:
            raise
        except Exception as error:
            raise _translated(error, request, region) from error
        self._app.settled()
        return Replies(self._app, client, request, calls, region)

    def client(
        self, region: str, service: str = model.SERVICE, *, signed: bool, patient: bool = False
    ) -> Any:
        """Give the botocore client for a region, made once."""
        key = (region, service, signed, patient)
        if key not in self._clients:
            settings = self._settings
            client = self._clients[key] = self._session.create_client(
                service,
                region_name=region,
                endpoint_url=settings.endpoint_url,
                verify=settings.verify,
                config=Config(
                    retries=_retries(settings, patient=patient),
                    read_timeout=settings.read_timeout or None,
                    connect_timeout=settings.connect_timeout or None,
                    signature_version=None if signed else UNSIGNED,
                ),
            )
            client.meta.events.register("before-parse.cognito-identity", _refuse_broken)
            endpoint = client._endpoint  # noqa: SLF001 - botocore has no other way in
            endpoint.http_session.send = _refusing_cut(endpoint.http_session.send)
            if settings.local_db is not None:
                _answer_locally(client, settings.local_db, region)
            if self._app.terminal.shows_errors:
                from cogid import retries

                retries.watch(client.meta.events, self._app.terminal)
        return self._clients[key]

    @cached_property
    def _session(self) -> Any:
        """The session that a boto3 session is made of, without boto3's resources and transfers."""
        settings = self._settings
        session = botocore.session.Session()
        folders = session.get_config_variable("data_path")
        session.register_component("data_loader", loader.make(folders))
        session.user_agent_name, session.user_agent_version = "cogid", __version__
        if settings.profile:
            # Only a profile that was named: it also turns off credentials from the environment.
            session.set_config_variable("profile", settings.profile)
        if settings.local_db is not None:
            session.set_credentials("LOCAL", "local")  # any do, and none are looked for
        if settings.timestamp_format not in TIMESTAMP_FORMATS:
            raise ConfigError(
                f"Unknown cli_timestamp_format value: {settings.timestamp_format}, valid values "
                'are "wire" or "iso8601"'
            )
        parser = _iso8601 if settings.timestamp_format == "iso8601" else lambda value: value
        parsers = session.get_component("response_parser_factory")
        parsers.set_parser_defaults(timestamp_parser=parser)
        return session

    def _log(self, request: Request) -> None:
        """Log what is done from here on, without the request's secrets."""
        from cogid import redaction

        redactor = redaction.Redactor(model.load())
        redactor.hide_in(request.operation.input, request.parameters)
        for variable in _SECRET_VARIABLES:
            redactor.hide(self._app.environ.get(variable))
        redaction.start_logging(self._app.terminal.err, redactor)


class Replies:
    """The replies to one request, in order: plain JSON, timestamps already text.

    ``items`` is the member that holds the items of a list that is paged through; ``order`` are
    the reply's members in the model's order. When all were taken, ``resume_token`` says where
    ``--starting-token`` goes on, and ``last`` is the last one.
    """

    def __init__(
        self, app: App, client: Any, request: Request, calls: list[Request], region: str
    ) -> None:
        self._app = app
        self._client = client
        self._calls = calls
        self._region = region
        self.request = request
        self.items = request.operation.items if request.paging else None
        self.resume_token: str | None = None
        self.last: Document = {}

    @property
    def order(self) -> list[str]:
        """The reply's members in the model's order."""
        return list(self.request.operation.output.members)

    def __iter__(self) -> Iterator[Document]:
        try:
            for reply in self._sent():
                self.last = {k: v for k, v in reply.items() if k != "ResponseMetadata"}
                yield self.last
        except CogidError:
            raise
        except Exception as error:
            raise _translated(error, self.request, self._region) from error

    def _sent(self) -> Iterator[Document]:
        """Send, and give the replies as botocore gives them."""
        operation, paging = self.request.operation, self.request.paging
        method = getattr(self._client, operation.command.replace("-", "_"))
        if len(self._calls) > 1:
            yield self._side_by_side(method)
        elif paging is None:
            yield method(**self.request.parameters)
        else:
            shape = self._client.meta.service_model.operation_model(operation.name)
            pages = Paginator(method, operation.paginator, shape).paginate(
                **self.request.parameters,
                PaginationConfig={
                    "PageSize": paging.page_size,
                    "MaxItems": paging.max_items,
                    "StartingToken": paging.starting_token,
                },
            )
            with self._progress(f"{self.items}: fetched", None) as advance:
                for page in pages:
                    advance(len(page.get(self.items) or []))
                    yield page
            self.resume_token = pages.resume_token

    def _side_by_side(self, method: Callable[..., Document]) -> Document:
        """Send the calls of a request that was cut; a person sees how far they came."""
        total = sum(map(batches.size, self._calls))
        with self._progress("deleting", total) as advance:
            return batches.send(self._calls, partial(self._sent_one, method), advance)

    def _sent_one(self, method: Callable[..., Document], call: Request) -> Document:
        try:
            return method(**call.parameters)
        except Exception as error:
            raise _translated(error, call, self._region) from error

    def _progress(self, what: str, total: int | None) -> Any:
        from cogid import progress

        return progress.shown(self._app.terminal, what, total, self._app.clock)

    def complain(self, *, items_only: bool) -> None:
        """Tell what remains, and raise SomeFailed for what the service left undone.

        ``items_only``: the format had no place for the NextToken.
        """
        terminal = self._app.terminal
        token = self.last.get("NextToken") if self.items is None else None
        if self.resume_token and items_only:
            terminal.say(f"note: more remain; go on with --starting-token {self.resume_token}")
        elif token and items_only:
            terminal.say(f"note: more remain; go on with --next-token {token}")
        elif token and terminal.shows_errors:
            terminal.say(
                "note: more remain; leave out --max-results and --next-token to fetch them all"
            )
        if self.request.operation.name in batches.BATCHED:
            batches.complain(self.last, self.request)


def _retries(settings: Settings, *, patient: bool) -> dict[str, Any]:
    """Decide how to retry: as configured, else as AWS CLI v2 does.

    Many calls at once are ``patient`` instead: botocore's adaptive mode slows all of them down
    when the service says that there are too many.
    """
    mode, attempts = settings.retry_mode, settings.max_attempts
    if attempts and not attempts.isdecimal():
        raise ConfigError(
            f"AWS_MAX_ATTEMPTS and the profile's max_attempts take a number, not {attempts!r}"
        )
    if mode or not patient:
        return {"mode": mode or "standard"}
    return {"mode": "adaptive", **({} if attempts else {"total_max_attempts": PATIENT})}


def _refusing_cut(send: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """Make a reply that was cut short a connection that closed.

    Botocore asks urllib3 not to look; as an error of the connection it is retried like others.
    """

    def send_whole(request: Any) -> Any:
        response = send(request)
        promised = response.headers.get("Content-Length", "")
        if promised.isdecimal() and len(response.content) < int(promised):
            raise exceptions.ConnectionClosedError(endpoint_url=request.url)
        return response

    return send_whole


def _answer_locally(client: Any, db: str, region: str) -> None:
    """Put the local service where the socket would be; all before and after stays as it is."""
    from cogid.local.http import protocol
    from cogid.local.service.operations import Service
    from cogid.local.store.shared import open_shared

    service = Service(open_shared(Path(db)))

    def answer(request: Any, **_: Any) -> AWSResponse:
        try:
            reply = protocol.answer(
                service, request.method, "/", request.headers, request.body, region=region
            )
        except ModuleNotFoundError as error:
            raise CogidError(
                f"The local service needs {error.name} for tokens; run: pip install 'cogid[local]'"
            ) from error
        raw = SimpleNamespace(stream=lambda: iter([reply.body]))
        return AWSResponse(request.url, reply.status, HeadersDict(reply.headers), raw)

    client.meta.events.register("before-send.cognito-identity", answer)


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


def _translated(error: Exception, request: Request, region: str) -> CogidError:
    """Make botocore's error cogid's, worded as the reference words it."""
    operation = request.operation.name
    if isinstance(error, exceptions.ClientError):
        refused = _service_error(operation, error.response)
        refused.request, refused.region = request, region
        return refused
    if isinstance(error, exceptions.ParamValidationError):
        return UsageError(str(error))
    if isinstance(error, exceptions.NoCredentialsError):
        return ConfigError(NO_CREDENTIALS, code="NoCredentials")
    if isinstance(error, (AttributeError, LookupError, TypeError)):
        return CogidError(
            f"The reply to {operation} is not of the form that the service's model says: {error}"
        )
    if isinstance(error, (exceptions.BotoCoreError, ValueError)):
        return CogidError(str(error))
    raise error


def _service_error(operation: str, response: dict[str, Any]) -> ServiceError:
    metadata = response.get("ResponseMetadata", {})
    retries = ""
    if metadata.get("MaxAttemptsReached"):
        retries = f" (reached max retries: {metadata.get('RetryAttempts', 0)})"
    members = {k: v for k, v in response.items() if k not in ("Error", "ResponseMetadata")}
    return ServiceError(operation, {**response["Error"], **members}, retries=retries)
