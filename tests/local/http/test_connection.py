"""HTTP/1.1 spoken by hand, to a server that answers with what it understood."""

from __future__ import annotations

import json
import socket
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pytest

from cogid.local.http.connection import Reply, Request, Server

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

SEEN = b'["POST", "/x", "body"]'


def echo(request: Request) -> Reply:
    """Answer with what was understood."""
    said = [request.method, request.target, request.body.decode("latin-1")]
    return Reply(200, [("Content-Type", "application/json")], json.dumps(said).encode())


@contextmanager
def serving(respond: Callable[[Request], Reply] = echo) -> Iterator[Server]:
    """Serve for the length of the block."""
    server = Server("127.0.0.1", 0, respond)
    server.start()
    try:
        yield server
    finally:
        server.stop()


@contextmanager
def connected(server: Server) -> Iterator[socket.socket]:
    """Connect for the length of the block."""
    with socket.create_connection(server.address, timeout=5) as client:
        yield client


def answer(client: socket.socket) -> tuple[bytes, bytes]:
    """Read one response: its head, and as many bytes as it announces."""
    stream = client.makefile("rb")
    head = b"".join(iter(stream.readline, b"\r\n"))
    length = [line for line in head.split(b"\r\n") if line.lower().startswith(b"content-length")]
    return head, stream.read(int(length[0].split(b":")[1]) if length else 0)


def rest(client: socket.socket) -> bytes:
    """Read until the server closes the connection."""
    return b"".join(iter(lambda: client.recv(65536), b""))


def said(*lines: str, body: bytes = b"") -> bytes:
    """Write a request: its lines, and a body."""
    return "\r\n".join([*lines, "", ""]).encode() + body


def test_a_connection_answers_again_and_again() -> None:
    """HTTP/1.1 keeps the connection, whatever the body was."""
    with serving() as server, connected(server) as client:
        for number in range(3):
            client.sendall(said(f"POST /{number} HTTP/1.1", "Content-Length: 2", body=b"hi"))
            head, body = answer(client)

            assert head.startswith(b"HTTP/1.1 200 OK\r\n")
            assert b"Connection: keep-alive" in head
            assert b"\r\nDate: " in head
            assert body == f'["POST", "/{number}", "hi"]'.encode()


def test_requests_sent_together_are_answered_in_turn() -> None:
    """A client may send the next request before it read the answer."""
    with serving() as server, connected(server) as client:
        client.sendall(said("GET /a HTTP/1.1") + said("GET /b HTTP/1.1", "Connection: close"))

        assert [b'"/a"' in part for part in rest(client).split(b"HTTP/1.1 200")[1:]] == [
            True,
            False,
        ]


@pytest.mark.parametrize(
    ("line", "header", "kept"),
    [
        ("GET / HTTP/1.1", "X: y", b"keep-alive"),
        ("GET / HTTP/1.1", "Connection: close", b"close"),
        ("GET / HTTP/1.0", "X: y", b"close"),
        ("GET / HTTP/1.0", "Connection: Keep-Alive", b"keep-alive"),
    ],
)
def test_the_client_chooses_how_long(line: str, header: str, kept: Any) -> None:
    """The version and the Connection header decide what follows the answer."""
    with serving() as server, connected(server) as client:
        client.sendall(said(line, header))

        assert b"Connection: " + kept in answer(client)[0]


def test_a_body_in_chunks_is_put_together() -> None:
    """S3 uploads come in chunks, with extensions and trailers."""
    chunks = b"2;sig=1\r\nbo\r\n02\r\ndy\r\n0\r\nX-Trailer: 1\r\n\r\n"
    with serving() as server, connected(server) as client:
        client.sendall(said("POST /x HTTP/1.1", "Transfer-Encoding: chunked", body=chunks) * 2)
        stream = client.makefile("rb")

        for _ in range(2):
            assert b"HTTP/1.1 200" in stream.readline()
            while stream.readline() != b"\r\n":
                pass
            assert stream.read(len(SEEN)) == SEEN


def test_a_client_that_waits_for_100_gets_it() -> None:
    """Boto3 asks before it sends an S3 object."""
    with serving() as server, connected(server) as client:
        client.sendall(said("POST /x HTTP/1.1", "Content-Length: 4", "Expect: 100-continue"))

        assert client.recv(65536) == b"HTTP/1.1 100 Continue\r\n\r\n"

        client.sendall(b"body")
        assert answer(client)[1] == SEEN


BAD = [
    # what is sent, the status that says no
    (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\n", b"400"),
    (b"GET /\r\n\r\n", b"400"),
    (b"GET / HTTP/2.0\r\n\r\n", b"400"),
    (b"GET / x HTTP/1.1\r\n\r\n", b"400"),
    (b"GET / HTTP/1.1\r\nno colon\r\n\r\n", b"400"),
    (b"GET / HTTP/1.1\r\nHost : x\r\n\r\n", b"400"),
    (b"GET / HTTP/1.1\r\nA: b\r\n folded\r\n\r\n", b"400"),
    (b"POST / HTTP/1.1\r\nContent-Length: -1\r\n\r\n", b"400"),
    (b"POST / HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n", b"400"),
    (b"POST / HTTP/1.1\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n", b"400"),
    (b"POST / HTTP/1.1\r\nTransfer-Encoding: gzip\r\n\r\n", b"400"),
    (b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n-1\r\n", b"400"),
    (b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nab\r\n", b"400"),
    (b"GET / HTTP/1.1\r\nA: " + b"x" * 70_000 + b"\r\n\r\n", b"431"),
    (b"GET / HTTP/1.1\r\n" + b"A: b\r\n" * 300 + b"\r\n", b"431"),
]


@pytest.mark.parametrize(("sent", "status"), BAD, ids=lambda value: repr(value[:40]))
def test_what_is_no_request_is_refused_and_the_connection_closed(
    sent: bytes, status: bytes
) -> None:
    """After bytes that cannot be read, nobody knows where the next request begins."""
    with serving() as server, connected(server) as client:
        client.sendall(sent)
        client.shutdown(socket.SHUT_WR)
        try:
            head = client.recv(65536)
        except ConnectionResetError:  # closed with our bytes unread: as good a refusal
            return

        assert head.startswith(b"HTTP/1.1 " + status)
        assert b"Connection: close" in head


@pytest.mark.parametrize("sent", [b"", b"GET / HT", said("POST / HTTP/1.1", "Content-Length: 9")])
def test_a_client_may_leave_at_any_point(sent: bytes, capfd: pytest.CaptureFixture[str]) -> None:
    """A connection that ends early ends quietly."""
    with serving() as server, connected(server) as client:
        client.sendall(sent)
        client.shutdown(socket.SHUT_WR)

        assert rest(client) == b""
    assert capfd.readouterr().err == ""


def test_an_announced_length_is_not_set_aside() -> None:
    """A length of a terabyte costs nothing before the bytes come."""
    with serving() as server, connected(server) as client:
        client.sendall(said("POST / HTTP/1.1", "Content-Length: 1000000000000"))
        client.shutdown(socket.SHUT_WR)

        assert rest(client) == b""


def test_a_failing_request_does_not_end_the_connection(capfd: pytest.CaptureFixture[str]) -> None:
    """A bug is answered with 500, shown on stderr, and the next request is answered."""

    def respond(request: Request) -> Reply:
        if request.target == "/bug":
            raise RuntimeError("the bug")
        return echo(request)

    with serving(respond) as server, connected(server) as client:
        client.sendall(said("GET /bug HTTP/1.1"))
        assert answer(client)[0].startswith(b"HTTP/1.1 500")

        client.sendall(said("GET / HTTP/1.1"))
        assert answer(client)[0].startswith(b"HTTP/1.1 200")

    assert "the bug" in capfd.readouterr().err


def test_head_says_the_length_and_sends_no_body() -> None:
    """The next answer follows the headers at once."""
    reply = Reply(200, [("content-length", "7")], b"")
    with serving(lambda _: reply) as server, connected(server) as client:
        client.sendall(said("HEAD / HTTP/1.1", "Connection: close"))
        received = rest(client)

    assert b"Content-Length: 7" in received
    assert received.endswith(b"\r\n\r\n")


def test_stopping_finishes_what_was_begun() -> None:
    """stop() waits for the running request and closes the idle connections."""
    begun, go = threading.Event(), threading.Event()

    def respond(request: Request) -> Reply:
        begun.set()
        go.wait(5)
        return echo(request)

    server = Server("127.0.0.1", 0, respond)
    server.start()
    with connected(server) as idle, connected(server) as busy:
        busy.sendall(said("POST /x HTTP/1.1", "Content-Length: 4", body=b"body"))
        begun.wait(5)
        stopping = threading.Thread(target=server.stop)
        stopping.start()

        assert rest(idle) == b""
        go.set()
        head, body = answer(busy)
        stopping.join(5)

        assert body == SEEN
        assert b"Connection: close" in head
        assert not stopping.is_alive()


def test_ipv6_is_served_too() -> None:
    """--host ::1 listens on the other loopback."""
    try:
        server = Server("::1", 0, echo)
    except OSError:
        pytest.skip("this machine has no IPv6")
    server.start()
    try:
        with socket.create_connection(server.address, timeout=5) as client:
            client.sendall(said("GET / HTTP/1.1"))

            assert answer(client)[0].startswith(b"HTTP/1.1 200")
    finally:
        server.stop()
