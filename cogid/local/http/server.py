"""The local service on HTTP, moto's services on the same port.

Requests go to cogid's service straight from the socket, and everything else goes to moto, which
is loaded when first needed. ``serve`` runs until a signal, ``running`` for the length of a
``with`` block; both come in through ``cogid.local``.
"""

from __future__ import annotations

import errno
import os
import signal
import threading
import traceback
from contextlib import contextmanager
from ipaddress import ip_address
from pathlib import Path
from socket import SOCK_STREAM, gaierror, getaddrinfo, socketpair
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING
from uuid import uuid4

from cogid.errors import CogidError, UsageError
from cogid.local.http import address, moto, protocol
from cogid.local.http.connection import Reply, Request, Server
from cogid.local.http.origins import Origins
from cogid.local.http.trust import strip_scheme
from cogid.local.service.operations import Service
from cogid.local.store.database import open_store
from cogid.local.store.transaction import StoreError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from cogid.local.http.trust import Keys


class LocalServer:
    """cogid's service and moto's on one port, over one state file."""

    def __init__(
        self,
        host: str,
        port: int,
        db: Path,
        trust: Mapping[str, Keys],
        allow_origin: str | Iterable[str] = (),
    ) -> None:
        """Open the state and take the port; nothing is answered before ``start``."""
        moto.require()
        self._origins = Origins(allow_origin)
        self.db = db
        self.word = uuid4().hex
        self._trust = {strip_scheme(issuer): keys for issuer, keys in trust.items()}
        self._store = open_store(str(db))
        try:
            self._http = _listen(host, port, self._respond)
        except BaseException:
            self._store.close()
            raise
        self._moto = moto.Moto(self._http.address)
        self._service = Service(self._store, trust=self._keys, issued=self._moto.issued)

    @property
    def url(self) -> str:
        """Where a client on this machine finds the server."""
        host, port = self._http.reachable
        return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"

    def start(self) -> None:
        """Answer from now on, in threads."""
        self._http.start()

    def stop(self) -> None:
        """Finish what is being answered, free the port, close the state."""
        self._http.stop()
        self._store.close()

    def _keys(self, issuer: str) -> Keys | None:
        keys = self._trust.get(strip_scheme(issuer))
        return self._moto.keys(issuer) if keys is None else keys  # no key at all: trust nobody

    def _respond(self, request: Request) -> Reply:
        if reason := self._origins.refuse(request.target, request.headers):
            return _reply(protocol.shut_out(reason))
        if request.target == address.PATH:
            return Reply(200, [("Content-Type", "text/plain")], self.word.encode())
        if not protocol.concerns(request.method, request.target, request.headers):
            return self._moto.respond(request)
        return _reply(self._answer(request))

    def _answer(self, request: Request) -> protocol.Answer:
        try:
            return protocol.answer(
                self._service, request.method, request.target, request.headers, request.body
            )
        except StoreError as problem:
            return protocol.refusal("InternalErrorException", problem.message, 500)
        except Exception:  # noqa: BLE001, the service's own word for a bug in it
            traceback.print_exc()
            return protocol.refusal("InternalErrorException", "An internal error occurred", 500)


def _reply(answer: protocol.Answer) -> Reply:
    return Reply(answer.status, answer.headers.items(), answer.body)


def serve(  # noqa: PLR0913  # everything that a server is given
    host: str,
    port: int,
    db: Path,
    trust: Mapping[str, Keys],
    ready: Callable[[LocalServer], None],
    *,
    allow_origin: str | Iterable[str] = (),
) -> None:
    """Serve until Ctrl-C or SIGTERM; ``ready`` is called once the server answers."""
    server = LocalServer(host, port, db, trust, allow_origin)
    # Parts of moto call moto's own server, and look for its port here.
    os.environ.setdefault("MOTO_PORT", server.url.rpartition(":")[2])
    try:
        with _stop_signals() as wait:
            server.start()
            address.write(db, server.url, server.word)
            ready(server)
            wait()
    finally:
        server.stop()
        address.remove(db, server.url, server.word)


@contextmanager
def running(
    db: Path | None, port: int, trust: Mapping[str, Keys], allow_origin: str | Iterable[str] = ()
) -> Iterator[LocalServer]:
    """Serve from a thread for the length of the block, on a temporary state if none is named."""
    with TemporaryDirectory(prefix="cogid-") as folder:
        db = db or Path(folder) / "local.db"
        server = LocalServer("127.0.0.1", port, db, trust, allow_origin)
        server.start()
        try:
            yield server
        finally:
            server.stop()


def check_host(host: str, *, allow_remote: bool) -> bool:
    """Tell whether other machines reach a server on that host; refuse that unless allowed."""
    if all(ip_address(each).is_loopback for each in _addresses(host)):
        return False
    if not allow_remote:
        raise UsageError(
            f"--host {host} lets other machines in; nothing here asks for a password."
            " Add --allow-remote if you want that"
        )
    return True


def _addresses(host: str) -> list[str]:
    try:
        # A zone (fe80::1%eth0) says which interface, not which kind of address.
        return [
            str(each[4][0]).partition("%")[0] for each in getaddrinfo(host, 0, type=SOCK_STREAM)
        ]
    except (gaierror, UnicodeError) as problem:
        raise CogidError(f"Cannot find the host {host}; name another with --host") from problem


def _listen(host: str, port: int, respond: Callable[[Request], Reply]) -> Server:
    try:
        return Server(_addresses(host)[0], port, respond, protocol.longest_body)
    except OSError as problem:
        raise CogidError(_why_not(problem, host, port)) from problem


def _why_not(problem: OSError, host: str, port: int) -> str:
    if problem.errno == errno.EADDRINUSE:
        return (
            f"Port {port} on {host} is in use; "
            "choose another with --port, or let --port 0 find a free one"
        )
    if problem.errno == errno.EACCES:
        return f"Port {port} needs more rights than yours; choose one above 1023 with --port"
    return f"Cannot listen on {host}, port {port}: {problem.strerror}; see --host and --port"


@contextmanager
def _stop_signals() -> Iterator[Callable[[], object]]:
    """Give a function that waits for Ctrl-C or SIGTERM; after the block a further one kills.

    The system may hand a signal to any thread, and then neither a sleep nor a wait of the main
    thread, which alone runs Python's handlers, would end. Python's own note of the signal, a byte
    written to a socket, wakes it on every system.
    """
    if threading.current_thread() is not threading.main_thread():
        yield threading.Event().wait  # handling signals is the main thread's right
        return
    numbers = (signal.SIGINT, signal.SIGTERM)
    notes, writer = socketpair()
    with notes, writer:
        writer.settimeout(0)  # Python insists

        def wait() -> None:
            while notes.recv(1)[0] not in numbers:
                pass  # some other signal's

        before = {number: signal.signal(number, lambda *_: None) for number in numbers}
        earlier = signal.set_wakeup_fd(writer.fileno(), warn_on_full_buffer=False)
        try:
            yield wait
        finally:
            signal.set_wakeup_fd(earlier)
            for number, handler in before.items():
                signal.signal(number, handler)
