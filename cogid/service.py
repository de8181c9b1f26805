"""The only door to AWS, and to the local service behind the same door.

``call`` asks one thing and gives the reply; ``send`` carries a request, of whatever length, and
gives the replies as they come. One botocore session serves all calls of a run, a client for each
region; what belongs to sending (retries, batches, progress) is done behind the door. What it
costs to load is said in ``docs/architecture.md``: import it only when something is really sent.
"""

from __future__ import annotations

import json
from contextlib import nullcontext
from functools import partial
from pathlib import Path
from threading import Thread
from types import NoneType
from typing import TYPE_CHECKING, Any

from cogid import batches, model, session
from cogid.errors import CogidError, ConfigError, ServiceError, UsageError
from cogid.request import Request
from cogid.session import UNSIGNED, Config, Paginator, exceptions

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from cogid.app import App
    from cogid.pages import Document
    from cogid.request import Paging
    from cogid.settings import Settings

PATIENT = 10  # attempts of each call, when there are many
WHOLE_READ = 3  # read time-outs, for a whole reply
UNKNOWN_EFFECT = "whether the call took effect is unknown."
_REDIRECTION = 300
_KEYS = ("aws_access_key_id", "aws_secret_access_key", "aws_session_token")
_NOBODY = "00000000-0000-0000-0000-000000000000"
NO_CREDENTIALS = (
    'Unable to locate credentials. You can configure credentials by running "aws login".'
)


class Service:
    """The service as one run sees it: with its settings, for its terminal."""

    def __init__(self, app: App) -> None:
        self._app = app
        self._settings = app.settings
        self._session: Any = None
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

    def ask(
        self,
        service: str,
        operation: str,
        *,
        region: str | None,
        signed: bool,
        keys: tuple[str, str, str] | None = None,
        **parameters: Any,
    ) -> Document:
        """Make one call to another service, ``ask("sts", "GetCallerIdentity", …)``.

        ``keys`` are credentials to sign with instead of the caller's.
        """
        try:
            client = self.client(str(region), service, signed=signed, keys=keys)
            method = getattr(client, model.kebab(operation).replace("-", "_"))
            reply: Document = method(**parameters)
        except CogidError:
            raise
        except Exception as error:
            made = _worded(error, None, str(region))
            made.secrets += [str(v) for k, v in parameters.items() if k.endswith("Token")]
            raise made from error
        return reply

    def send(
        self,
        request: Request,
        *,
        region: str | None = None,
        signed: bool | None = None,
        quiet: bool = False,
    ) -> Replies:
        """Give the replies to a request; nothing goes out before they are asked for.

        ``region`` and ``signed`` are decided by settings, ids and operation when not given.
        ``quiet``: the replies are shown as they come, so that no progress is.
        Raises ConfigError when no region is known, and CogidError for settings that botocore
        refuses.
        """
        paging = request.paging
        if paging and paging.max_items is not None and paging.max_items <= 0:
            # The reference warns and sends all the same (2.36.7).
            self._app.terminal.say(
                "warning: Non-positive values for --max-items may result in undefined behavior."
            )
        calls = [request]
        if request.operation.name in batches.BATCHED:
            calls = batches.cut(request)
        region = region or self._settings.region
        if region is None:
            from cogid import resolve

            region = resolve.region(
                self._settings,
                request,
                lambda: session.region_of_instance(self._settings),
            )
        # Before the client is made: botocore logs while it looks for credentials.
        if self._settings.debug:
            self._app.redactor.hide_in(request.operation.input, request.parameters)
        if signed is None:
            signed = not (request.operation.public or self._settings.no_sign_request)
        try:
            client = self.client(region, signed=signed, patient=len(calls) > 1)
        except CogidError:
            raise
        except Exception as error:
            raise _translated(error, request, region) from error
        # All is loaded that this command will need.
        replies = Replies(self._app, client, request, calls, region, quiet=quiet)
        self._app.settled()
        return replies

    def client(
        self,
        region: str,
        service: str = model.SERVICE,
        *,
        signed: bool,
        patient: bool = False,
        keys: tuple[str, str, str] | None = None,
    ) -> Any:
        """Give the botocore client for a region, made once; with ``keys``, one that signs so."""
        key = (region, service, signed, patient, keys)
        if key not in self._clients:
            settings = self._settings
            retries = _retries(settings, patient=patient)
            self._session = self._session or session.make(settings)
            # An endpoint that was named is a simulator's, which has STS and IAM on it as well.
            client = self._clients[key] = self._session.create_client(
                service,
                region_name=region,
                endpoint_url=settings.endpoint_url,
                verify=settings.verify,
                config=Config(
                    retries=retries,
                    read_timeout=settings.read_timeout or None,
                    connect_timeout=settings.connect_timeout or None,
                    signature_version=None if signed else UNSIGNED,
                ),
                **dict(zip(_KEYS, keys or (), strict=False)),
            )
            client.meta.events.register("before-parse.cognito-identity", _refuse_broken)
            # Inside botocore's retries, so that what fails here is tried again.
            http = client._endpoint.http_session  # noqa: SLF001 - botocore has no other way in
            http.send = _guarded(http.send, settings)
            if settings.local_db is not None:
                from cogid.local.http import in_process

                if service == model.SERVICE:
                    in_process.mount(client, Path(settings.local_db), region)
                else:
                    in_process.mount_other(client, service)
            if self._app.terminal.shows_errors:
                from cogid.retries import watch

                watch(client.meta.events, self._app.terminal)
        return self._clients[key]

    def reach(self, region: str) -> tuple[str, str | None]:
        """Ask the service for what it refuses to everybody, unsigned: whether it answers, and when.

        Gives its URL and the Date of its answer. Nothing is changed and nothing is told. Raises
        CogidError where no answer comes.
        """
        try:
            client = self.client(region, signed=False)
            try:
                reply = client.describe_identity_pool(IdentityPoolId=f"{region}:{_NOBODY}")
            except exceptions.ClientError as refusal:
                reply = refusal.response
        except CogidError:
            raise
        except Exception as error:
            raise _worded(error, None, region) from error
        headers = reply.get("ResponseMetadata", {}).get("HTTPHeaders", {})
        return client.meta.endpoint_url, headers.get("date")

    def credentials(self) -> tuple[str, str] | None:
        """Give where the caller's credentials come from, in botocore's words, and their key's id.

        None where there are none. Raises CogidError where they cannot be had.
        """
        try:
            self._session = self._session or session.make(self._settings)
            found = self._session.get_credentials()
            return found and (str(found.method), str(found.access_key))
        except CogidError:
            raise
        except Exception as error:
            raise _worded(error, None, "") from error


class Replies:
    """The replies to one request, in order: plain JSON, timestamps already text.

    ``items`` is the member that holds the items of a list that is paged through, ``by_page``
    whether the reference pages through it as well; ``order`` are
    the reply's members in the model's order. When all were taken, ``resume_token`` says where
    ``--starting-token`` goes on, and ``last`` is the last one.
    """

    def __init__(  # noqa: PLR0913 - what one sending has to do with
        self,
        app: App,
        client: Any,
        request: Request,
        calls: list[Request],
        region: str,
        *,
        quiet: bool = False,
    ) -> None:
        self._app = app
        self._client = client
        self._calls = calls
        self._region = region
        self._quiet = quiet
        self.request = request
        self.items = request.operation.items if request.paging else None
        self.by_page = request.paging is not None and request.paging.by_page
        self.resume_token: str | None = None
        self.last: Document = {}

    @property
    def order(self) -> list[str]:
        """The reply's members in the model's order."""
        return list(self.request.operation.output.members)

    def __iter__(self) -> Iterator[Document]:
        method = getattr(self._client, self.request.operation.command.replace("-", "_"))
        # A consumer's error never gets here: it is raised outside of the generator.
        try:
            if len(self._calls) > 1:
                replies = self._side_by_side(method)
            elif self.request.paging:
                replies = self._paged(method, self.request.paging)
            else:
                replies = iter([method(**self.request.parameters)])
            for reply in replies:
                self.last = {k: v for k, v in reply.items() if k != "ResponseMetadata"}
                yield self.last
        except CogidError:
            raise
        except Exception as error:
            raise _translated(error, self.request, self._region) from error

    def _paged(self, method: Callable[..., Document], paging: Paging) -> Iterator[Document]:
        """Follow the tokens as botocore's paginator does, so that they interchange with it."""
        operation = self.request.operation
        shape = self._client.meta.service_model.operation_model(operation.name)
        pages = Paginator(method, operation.paginator, shape).paginate(
            **self.request.parameters,
            PaginationConfig={
                "PageSize": paging.page_size,
                "MaxItems": paging.max_items,
                "StartingToken": paging.starting_token,
            },
        )
        from cogid import progress

        with self._progress(f"{progress.words(self.items or '')} fetched", None) as advance:
            for page in pages:
                advance(len(page.get(self.items) or []))
                yield page
        self.resume_token = pages.resume_token

    def _side_by_side(self, method: Callable[..., Document]) -> Iterator[Document]:
        """Send the calls of a request that was cut; a person sees how far they came.

        What the service left undone is given even when something ends it early.
        """
        total = sum(map(batches.size, self._calls))
        with self._progress("identities deleted", total) as advance:
            reply, error = batches.send(self._calls, partial(self._send_one, method), advance)
        # In this order, so that the reply is printed before the error ends the command.
        if reply:
            yield reply
        if error:
            raise error

    def _send_one(self, method: Callable[..., Document], call: Request) -> Document:
        try:
            return method(**call.parameters)
        except CogidError:
            raise
        except Exception as error:
            raise _translated(error, call, self._region) from error

    def _progress(self, what: str, total: int | None) -> Any:
        from cogid import progress

        if self._quiet:
            return nullcontext(lambda _more: None)
        return progress.shown(self._app.terminal, what, total)

    def complain(self, *, items_only: bool) -> None:
        """Tell what remains, and raise SomeFailed for what the service left undone.

        ``items_only``: the format had no place for the NextToken.
        """
        from cogid.controls import escaped  # tokens are the service's words

        terminal = self._app.terminal
        # Of a list that cogid paged through, the token stands in what was printed.
        token = self.last.get("NextToken") if self.items is None else None
        if self.resume_token and items_only:
            shown = escaped(self.resume_token)
            terminal.say(f"note: more remain; go on with --starting-token {shown}")
        elif token and items_only:
            terminal.say(f"note: more remain; go on with --next-token {escaped(token)}")
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
    patient = patient and not mode
    try:
        most = int(attempts) if attempts else PATIENT if patient else None
    except ValueError:
        raise CogidError(  # 255, as in the reference
            f"AWS_MAX_ATTEMPTS and the profile's max_attempts take a number, not {attempts!r}"
        ) from None
    mode = mode or ("adaptive" if patient else "standard")  # standard as AWS CLI v2
    return {"mode": mode} if most is None else {"mode": mode, "total_max_attempts": most}


def _guarded(send: Callable[[Any], Any], settings: Settings) -> Callable[[Any], Any]:
    """Make botocore's way to send take a limited time, and whole replies only.

    A reply that was cut short becomes a connection that closed, which botocore retries; it asks
    urllib3 not to look. What must not happen twice is not retried. The read time-out is that of
    a silence; a reply that drips must be there after ``WHOLE_READ`` such times all the same.
    """
    limit = settings.read_timeout * WHOLE_READ + settings.connect_timeout
    unlimited = not (settings.read_timeout and settings.connect_timeout)

    def send_guarded(request: Any) -> Any:
        response = send(request) if unlimited else _in_time(send, request, limit)
        promised = response.headers.get("Content-Length", "")
        # Without a length and without chunks the end of the connection is the end of the body;
        # where there is no body either, nothing tells a whole reply from its first line.
        framed = promised or "Transfer-Encoding" in response.headers
        if not (response.content or framed) or (
            promised.isdecimal() and len(response.content) < int(promised)
        ):
            if response.status_code < _REDIRECTION and _must_not_be_repeated(request):
                raise CogidError(f"The reply was cut short; {UNKNOWN_EFFECT}")
            raise exceptions.ConnectionClosedError(endpoint_url=request.url)
        return response

    return send_guarded


def _in_time(send: Callable[[Any], Any], request: Any, seconds: float) -> Any:
    """Send in a thread that is left behind when time is up, or when Ctrl-C is pressed."""
    found: list[Any] = []
    failed: list[BaseException] = []

    def attempt() -> None:
        try:
            found.append(send(request))
        except BaseException as error:  # noqa: BLE001 - raised again below
            failed.append(error)

    # Only a thread can be given up in the middle of a read; waiting for one can be interrupted.
    thread = Thread(target=attempt, daemon=True)
    thread.start()
    thread.join(seconds)
    if failed:
        raise failed[0]
    if not found:
        raise exceptions.ReadTimeoutError(endpoint_url=request.url)
    return found[0]


def _must_not_be_repeated(request: Any) -> bool:
    """Tell whether sending again makes one more: a pool, or an identity of a guest."""
    operation = str(request.headers.get("X-Amz-Target", "")).rpartition(".")[2].rstrip("'")
    return operation == "CreateIdentityPool" or (
        operation == "GetId" and b'"Logins"' not in (request.body or b"")
    )


def _refuse_broken(operation_model: Any, response_dict: dict[str, Any], **_: Any) -> None:
    """Raise where botocore would take another program's reply, or half of one, for the service's.

    Raises CogidError; botocore parses the reply after this.
    """
    status, body = response_dict["status_code"], response_dict["body"]
    output = model.load().operations[model.kebab(operation_model.name)].output
    failed = status >= _REDIRECTION
    if not body and not output.members:
        return
    try:
        said = json.loads(body.decode())
    except (ValueError, RecursionError) as error:
        # An error may come as a page of HTML, of a proxy.
        page = failed and isinstance(error, ValueError)
        wrong = None if page else "it is no JSON, or nested too deeply"
    else:
        if not isinstance(said, dict):
            wrong = "it is no JSON object"
        elif failed:
            wrong = _flaw_of_error(said)
        elif said and not said.keys() & output.members.keys():
            wrong = "none of its members belongs there"
        else:
            wrong = (output.flaw(said) or "").lstrip(".")
    if wrong:
        raise CogidError(
            f"The reply to {operation_model.name} is broken: {len(body)} bytes, {wrong}; "
            f"its status is {status}. Check what stands between "
            f"you and the service (a proxy, --endpoint-url); {UNKNOWN_EFFECT}"
        )


def _flaw_of_error(said: dict[str, Any]) -> str | None:
    """Say why botocore cannot read an error; None for what it can."""
    texts = ("__type", "code", "message", "Message")
    wrong = [each for each in texts if not isinstance(said.get(each), (str, NoneType))]
    return f"{wrong[0]} is no string" if wrong else None


def _translated(error: Exception, request: Request, region: str) -> CogidError:
    """Make botocore's error cogid's, which knows what of the request must not be shown."""
    from cogid import secrets

    made = _worded(error, request, region)
    made.secrets += secrets.in_value(request.operation.input, request.parameters)
    return made


def _worded(error: Exception, request: Request | None, region: str) -> CogidError:
    """Word an error as the reference does (2.36.7); of another service there is no request."""
    if isinstance(error, exceptions.ClientError):
        return _service_error(error, request, region)
    if isinstance(error, exceptions.ParamValidationError):
        return UsageError(str(error))
    if isinstance(error, exceptions.NoCredentialsError):
        return ConfigError(NO_CREDENTIALS, code="NoCredentials")
    # A broken JSON or text is a ValueError as well, and would be no more than "line 1 column 1".
    told = type(error) is ValueError or isinstance(
        error, (exceptions.BotoCoreError, OSError, RuntimeError)
    )
    if told and not isinstance(error, RecursionError):
        return CogidError(str(error))
    # Replies are checked before botocore reads them: what fails here is how credentials came, and
    # the error may hold a part of them.
    return CogidError(
        "What is configured to give credentials (a process, a cached session, a service) gave "
        "something else",
        hint="--debug shows what was asked, and how that failed",
    )


def _service_error(error: Any, request: Request | None, region: str) -> ServiceError:
    """Make an error of the service; of another service's (STS, SSO) only code and message."""
    said = error.response.get("Error", {})
    fields = {name: said[name] for name in ("Message", "Code") if name in said}
    fields = {"Message": "Unknown", "Code": "Unknown", **fields}
    metadata = error.response.get("ResponseMetadata", {})
    retries = ""
    if metadata.get("MaxAttemptsReached"):
        retries = f" (reached max retries: {metadata.get('RetryAttempts', 0)})"
    if request is None or error.operation_name != request.operation.name:
        return ServiceError(error.operation_name, fields, retries=retries)
    members = {k: v for k, v in error.response.items() if k not in ("Error", "ResponseMetadata")}
    refused = ServiceError(error.operation_name, {**fields, **members}, retries=retries)
    refused.request, refused.region = request, region
    return refused
