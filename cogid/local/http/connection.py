"""HTTP/1.1 on a socket, with connections kept alive: bytes in, ``Request``; ``Reply``, bytes out.

Knows nothing of Cognito, moto or WSGI. It is our own because werkzeug's server, which moto uses,
closes the connection after every response, and ``http.server`` takes up to half as much CPU again
for a small request. What could be understood in two ways (RFC 9112) is refused.
"""

from __future__ import annotations

import os
import re
import socketserver
import sys
import threading
import time
import traceback
from contextlib import suppress
from email.utils import formatdate
from functools import lru_cache
from http import HTTPStatus
from io import BytesIO
from socket import AF_INET, AF_INET6, SHUT_RD, SHUT_WR, create_connection
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from io import BufferedIOBase
    from socket import socket

LONGEST_LINE = 65536
MOST_HEADERS = 200
LONGEST_BODY = 1 << 28
PIECE = 1 << 20
IDLE_SECONDS = 600
DRAIN_SECONDS = 5

_NAME = re.compile(rb"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_CONTROL = re.compile(rb"[\x00-\x08\x0a-\x1f\x7f]")
_REQUEST_LINE = re.compile(rb"([A-Z]+) ([^\x00-\x20\x7f]+) HTTP/1\.([01])\r?\n")
_LENGTH = re.compile(r"[0-9]{1,18}")
_CHUNK = re.compile(rb"([0-9A-Fa-f]{1,15})[ \t]*(?:;[^\x00-\x08\x0a-\x1f\x7f]*)?\r\n")
_NO_BODY = {204, 304}


class Request(NamedTuple):
    """A request as it came: ``fields`` in order and spelling, ``headers`` by lower-case name."""

    method: str
    target: str
    fields: list[tuple[str, str]]
    headers: dict[str, str]
    body: bytes
    client: tuple[str, int]
    keep_alive: bool


class Reply(NamedTuple):
    """A response, without the headers that only the connection knows."""

    status: int
    fields: Iterable[tuple[str, str]]
    body: bytes


class BadRequest(Exception):
    """The bytes are no request that can be answered; the connection is closed after saying so."""

    def __init__(self, status: HTTPStatus, reason: str) -> None:
        super().__init__(reason)
        self.status = status


class Connection(socketserver.StreamRequestHandler):
    """Answers the requests of one connection until either side closes it."""

    server: Server
    timeout = IDLE_SECONDS
    disable_nagle_algorithm = True

    def handle(self) -> None:
        """Read, answer, and again."""
        try:
            while (request := self._next()) is not None:
                reply = self._reply(request)
                keep = request.keep_alive and not self.server.stopping
                self.wfile.write(serialise(reply, keep_alive=keep, head=request.method == "HEAD"))
                if not keep:
                    return
        except BadRequest as problem:
            with suppress(OSError):
                self._refuse(problem)
        except (OSError, EOFError):
            pass  # the client went away, or kept silent for too long

    def _next(self) -> Request | None:
        longest_body = self.server.longest_body
        return read_request(self.rfile, self.wfile, self.client_address, longest_body)

    def _refuse(self, problem: BadRequest) -> None:
        """Say no, and take what is still coming: a client that is cut off would not read it."""
        reply = Reply(problem.status, [("Content-Type", "text/plain")], f"{problem}\n".encode())
        self.wfile.write(serialise(reply, keep_alive=False))
        self.connection.shutdown(SHUT_WR)
        give_up = time.monotonic() + DRAIN_SECONDS
        self.connection.settimeout(1)
        while time.monotonic() < give_up and self.connection.recv(PIECE):
            pass

    def _reply(self, request: Request) -> Reply:
        try:
            return self.server.respond(request)
        except Exception:  # noqa: BLE001, one failing request must not end the connection
            traceback.print_exc(file=sys.stderr)
            return Reply(500, [("Content-Type", "text/plain")], b"Internal Server Error\n")


class Server(socketserver.ThreadingMixIn, socketserver.TCPServer):
    """Listens, and gives each connection a thread; ``respond`` turns a request into a reply.

    ``longest_body`` tells from the headers how many bytes may follow them.
    """

    daemon_threads = True
    request_queue_size = 128
    # Elsewhere it only skips the wait after a close; on Windows it would share a port in use.
    allow_reuse_address = os.name != "nt"

    def __init__(
        self,
        host: str,
        port: int,
        respond: Callable[[Request], Reply],
        longest_body: Callable[[Mapping[str, str]], int] = lambda _: LONGEST_BODY,
    ) -> None:
        """Listen on the address at once; OSError says that it cannot be had."""
        self.address_family = AF_INET6 if ":" in host else AF_INET
        self.respond = respond
        self.longest_body = longest_body
        self.stopping = False
        self._open: dict[socket, threading.Thread] = {}
        self._lock = threading.Lock()
        super().__init__((host, port), Connection)
        bound = self.socket.getsockname()
        self.address: tuple[str, int] = bound[0], bound[1]
        self._accepting = threading.Thread(target=self._accept, daemon=True)

    @property
    def reachable(self) -> tuple[str, int]:
        """The address at which this machine finds the server: one on all addresses has many."""
        host = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104, only compared
        return host.get(self.address[0], self.address[0]), self.address[1]

    def start(self) -> None:
        """Accept connections from now on, in a thread."""
        self._accepting.start()

    def _accept(self) -> None:
        while not self.stopping:
            self.handle_request()

    def stop(self) -> None:
        """Stop listening, let running requests finish, close what is idle."""
        self.stopping = True
        if self._accepting.is_alive():
            with suppress(OSError):  # one more connection, for the loop to look up
                create_connection(self.reachable, timeout=DRAIN_SECONDS).close()
            self._accepting.join(DRAIN_SECONDS)
        self.server_close()
        with self._lock:
            still_open = dict(self._open)
        for connection in still_open:
            _end_of_input(connection)
        deadline = time.monotonic() + DRAIN_SECONDS
        for thread in still_open.values():
            thread.join(max(0.0, deadline - time.monotonic()))

    def process_request_thread(self, request: Any, client_address: Any) -> None:
        """Note which connections are open, so that stop() can end them."""
        with self._lock:
            self._open[request] = threading.current_thread()
        try:
            super().process_request_thread(request, client_address)
        finally:
            with self._lock:
                del self._open[request]


def read_request(
    stream: BufferedIOBase,
    out: BufferedIOBase,
    client: Any,
    longest_body: Callable[[Mapping[str, str]], int] = lambda _: LONGEST_BODY,
) -> Request | None:
    """Read one request; None when the client closed the connection instead.

    ``out`` takes the interim answer to ``Expect: 100-continue``. Raises BadRequest.
    """
    line = _line(stream)
    if line in {b"\r\n", b"\n"}:  # RFC 9112 2.2: an empty line before a request is skipped
        line = _line(stream)
    if not line:
        return None
    start = _REQUEST_LINE.fullmatch(line)
    if start is None:
        raise BadRequest(HTTPStatus.BAD_REQUEST, "Not an HTTP/1.1 request")
    method, target, is_newer = start[1].decode(), start[2].decode("latin-1"), start[3] == b"1"
    fields = list(_fields(stream))
    headers: dict[str, str] = {}
    for name, value in fields:
        key = name.lower()
        if key == "host" and key in headers:
            raise BadRequest(HTTPStatus.BAD_REQUEST, "There are two Host headers")
        headers[key] = f"{headers[key]},{value}" if key in headers else value
    if is_newer and "host" not in headers:
        raise BadRequest(HTTPStatus.BAD_REQUEST, "There is no Host header")
    length = _length(headers, may_be_chunked=is_newer)
    most = longest_body(headers)
    if length is not None and length > most:
        raise _too_long(most)
    if headers.get("expect", "").lower() == "100-continue":
        out.write(b"HTTP/1.1 100 Continue\r\n\r\n")
    whole = BytesIO()
    whole.writelines(_chunks(stream, most) if length is None else _exactly(stream, length))
    body = whole.getvalue()
    return Request(
        method, target, fields, headers, body, client[:2], _stays(headers, is_newer=is_newer)
    )


def serialise(reply: Reply, *, keep_alive: bool, head: bool = False) -> bytes:
    """Give a response as the bytes to send, so that one packet carries a small one."""
    lines = [_status_line(reply.status), _date(int(time.time()))]
    length = len(reply.body)
    for name, value in reply.fields:
        lowered = name.lower()
        if lowered == "content-length":
            # To HEAD the application says the length of a body that it does not give.
            length = int(value) if head and not reply.body else length
        elif lowered not in {"connection", "transfer-encoding", "date"}:
            lines.append(f"{name}: {value}\r\n")
    if reply.status not in _NO_BODY:
        lines.append(f"Content-Length: {length}\r\n")
    lines.append("Connection: keep-alive\r\n\r\n" if keep_alive else "Connection: close\r\n\r\n")
    start = "".join(lines).encode("latin-1", "replace")
    return start if head or reply.status in _NO_BODY else start + reply.body


@lru_cache(maxsize=64)
def _status_line(status: int) -> str:
    try:
        reason = HTTPStatus(status).phrase
    except ValueError:
        reason = "Unknown"
    return f"HTTP/1.1 {status} {reason}\r\n"


@lru_cache(maxsize=1)
def _date(second: int) -> str:
    return f"Date: {formatdate(second, usegmt=True)}\r\n"


def _end_of_input(connection: socket) -> None:
    with suppress(OSError):  # already closed
        connection.shutdown(SHUT_RD)  # its thread reads the end, after the response it is writing


def _line(stream: BufferedIOBase) -> bytes:
    line = stream.readline(LONGEST_LINE + 1)
    if len(line) > LONGEST_LINE:
        raise BadRequest(HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE, "A header is too long")
    if line and not line.endswith(b"\n"):
        raise EOFError
    return line


def _fields(stream: BufferedIOBase) -> Iterable[tuple[str, str]]:
    for _ in range(MOST_HEADERS):
        line = _line(stream)
        if line in {b"\r\n", b"\n"}:
            return
        if not line:
            raise EOFError
        name, colon, value = line[: -2 if line.endswith(b"\r\n") else -1].partition(b":")
        if not colon or not _NAME.fullmatch(name) or _CONTROL.search(value):
            raise BadRequest(HTTPStatus.BAD_REQUEST, "A header line is malformed")
        yield name.decode(), value.strip(b" \t").decode("latin-1")
    raise BadRequest(HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE, "There are too many headers")


def _stays(headers: dict[str, str], *, is_newer: bool) -> bool:
    options = headers.get("connection", "").lower()
    return "close" not in options and (is_newer or "keep-alive" in options)


def _length(headers: dict[str, str], *, may_be_chunked: bool) -> int | None:
    """Tell how many bytes the body has; None for one in chunks, whose end shows when it comes."""
    length = headers.get("content-length")
    encoding = headers.get("transfer-encoding")
    if encoding is not None:
        if encoding.lower() != "chunked" or length is not None or not may_be_chunked:
            raise BadRequest(HTTPStatus.BAD_REQUEST, "The length of the body is ambiguous")
        return None
    if length is None:
        return 0
    if not _LENGTH.fullmatch(length):
        raise BadRequest(HTTPStatus.BAD_REQUEST, "Content-Length is not a number")
    return int(length)


def _too_long(most: int) -> BadRequest:
    return BadRequest(
        HTTPStatus.REQUEST_ENTITY_TOO_LARGE, f"The body has more than {most} bytes, the most here"
    )


def _chunks(stream: BufferedIOBase, most: int) -> Iterable[bytes]:
    left = most
    while True:
        start = _CHUNK.fullmatch(_line(stream))
        if start is None:
            raise BadRequest(HTTPStatus.BAD_REQUEST, "A chunk's size is malformed")
        size = int(start[1], 16)
        if size == 0:
            break
        left -= size
        if left < 0:
            raise _too_long(most)
        yield from _exactly(stream, size)
        if _line(stream) != b"\r\n":
            raise BadRequest(HTTPStatus.BAD_REQUEST, "A chunk does not end where it says")
    for _ in _fields(stream):
        pass  # trailers: read over


def _exactly(stream: BufferedIOBase, length: int) -> Iterable[bytes]:
    """Read so many bytes, in pieces: asking for all at once would set aside what was announced."""
    while length:
        piece = stream.read(min(length, PIECE))
        if not piece:
            raise EOFError
        yield piece
        length -= len(piece)
