"""HTTP/1.1 spoken by hand, to a server that answers with what it understood."""

from __future__ import annotations

import io
import json
import socket
import threading
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import h11
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cogid.local.http.connection import BadRequest, Reply, Request, Server, read_request

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
    """Write a request: its lines, with a Host, and a body."""
    return "\r\n".join([lines[0], "Host: x", *lines[1:], "", ""]).encode() + body


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


HOST = b"Host: x\r\n"
POST = b"POST / HTTP/1.1\r\n" + HOST
CHUNKED = POST + b"Transfer-Encoding: chunked\r\n\r\n"

BAD = [
    # what is sent, the status that says no
    (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\n", b"400"),
    (b"GET /\r\n\r\n", b"400"),
    (b"GET / HTTP/2.0\r\n" + HOST + b"\r\n", b"400"),
    (b"GET / x HTTP/1.1\r\n" + HOST + b"\r\n", b"400"),
    (b"GET /\x7f HTTP/1.1\r\n" + HOST + b"\r\n", b"400"),
    (b"GET / HTTP/1.1\r\n\r\n", b"400"),
    (b"GET / HTTP/1.1\r\n" + HOST + HOST + b"\r\n", b"400"),
    (b"GET / HTTP/1.1\r\n" + HOST + b"no colon\r\n\r\n", b"400"),
    (b"GET / HTTP/1.1\r\nHost : x\r\n\r\n", b"400"),
    (b"GET / HTTP/1.1\r\n" + HOST + b": no name\r\n\r\n", b"400"),
    (b"GET / HTTP/1.1\r\n" + HOST + b"A: b\r\n folded\r\n\r\n", b"400"),
    (b"GET / HTTP/1.1\r\n" + HOST + b"A: b\rSet-Cookie: c\r\n\r\n", b"400"),
    (b"GET / HTTP/1.1\r\n" + HOST + b"A: b\x00\r\n\r\n", b"400"),
    (b"GET / HTTP/1.1\r\n" + HOST + b"A: b\x0bc\r\n\r\n", b"400"),
    (POST + b"Content-Length: -1\r\n\r\n", b"400"),
    (POST + b"Content-Length: +1\r\n\r\na", b"400"),
    (POST + b"Content-Length: 1_0\r\n\r\n0123456789", b"400"),
    (POST + b"Content-Length: 0x1\r\n\r\na", b"400"),
    (POST + b"Content-Length: \xb2\r\n\r\nab", b"400"),
    (POST + b"Content-Length: " + b"1" * 5000 + b"\r\n\r\n", b"400"),
    (POST + b"Content-Length: 1\r\nContent-Length: 2\r\n\r\nab", b"400"),
    (POST + b"Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", b"400"),
    (POST + b"Transfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n0\r\n\r\n", b"400"),
    (POST + b"Transfer-Encoding: gzip\r\n\r\n", b"400"),
    (POST + b"Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n", b"400"),
    (POST + b"Transfer-Encoding: chunked\r\n" * 2 + b"\r\n0\r\n\r\n", b"400"),
    (b"POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", b"400"),
    (CHUNKED + b"-1\r\n", b"400"),
    (CHUNKED + b"\r\n", b"400"),
    (CHUNKED + b" 1\r\na\r\n0\r\n\r\n", b"400"),
    (CHUNKED + b"0x1\r\na\r\n0\r\n\r\n", b"400"),
    (CHUNKED + b"1\na\r\n0\r\n\r\n", b"400"),
    (CHUNKED + b"1;a\rb\r\na\r\n0\r\n\r\n", b"400"),
    (CHUNKED + b"1\r\nab\r\n0\r\n\r\n", b"400"),
    (CHUNKED + b"1\r\na\n0\r\n\r\n", b"400"),
    (CHUNKED + b"1" * 20 + b"\r\n", b"400"),
    (CHUNKED + b"0\r\nno colon\r\n\r\n", b"400"),
    (CHUNKED + b"7fffffffffffff\r\n", b"413"),
    (POST + b"Content-Length: 1000000000000\r\n\r\n", b"413"),
    (b"GET / HTTP/1.1\r\nA: " + b"x" * 70_000 + b"\r\n\r\n", b"431"),
    (b"GET / HTTP/1.1\r\n" + b"A: b\r\n" * 300 + b"\r\n", b"431"),
]


@pytest.mark.parametrize(("sent", "status"), BAD, ids=lambda value: repr(value[-60:]))
def test_what_is_no_request_is_refused_and_the_connection_closed(
    sent: bytes, status: bytes
) -> None:
    """After bytes that cannot be read, nobody knows where the next request begins."""
    with serving() as server, connected(server) as client:
        client.sendall(sent)
        client.shutdown(socket.SHUT_WR)
        head = rest(client)

        assert head.startswith(b"HTTP/1.1 " + status)
        assert head.count(b"HTTP/1.1 4") == 1
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
    """A quarter of a gigabyte costs nothing before the bytes come."""
    with serving() as server, connected(server) as client:
        client.sendall(said("POST / HTTP/1.1", "Content-Length: 260000000"))
        client.shutdown(socket.SHUT_WR)

        assert rest(client) == b""


LONG = [
    (["Content-Length: 11"], b"01234567890", b"413"),
    (["Content-Length: 11", "Expect: 100-continue"], b"", b"413"),
    (["Transfer-Encoding: chunked"], b"6\r\n012345\r\n5\r\n67890\r\n0\r\n\r\n", b"413"),
    (["Content-Length: 10"], b"0123456789", b"200"),
    (["Transfer-Encoding: chunked"], b"6\r\n012345\r\n4\r\n6789\r\n0\r\n\r\n", b"200"),
    (["X-Long: yes", "Content-Length: 11"], b"01234567890", b"200"),
]


@pytest.mark.parametrize(("lines", "body", "status"), LONG)
def test_a_body_may_be_as_long_as_the_headers_allow(
    lines: list[str], body: bytes, status: bytes
) -> None:
    """What is longer is refused before it is read, and a client that waits is not told to go on."""
    server = Server("127.0.0.1", 0, echo, lambda headers: 20 if "x-long" in headers else 10)
    server.start()
    try:
        with connected(server) as client:
            client.sendall(said("POST / HTTP/1.1", *lines, body=body))

            assert client.recv(65536).startswith(b"HTTP/1.1 " + status)
    finally:
        server.stop()


def test_a_client_that_sends_too_much_still_reads_why() -> None:
    """What it goes on sending is taken and forgotten."""
    with serving() as server, connected(server) as client:
        client.sendall(said("POST / HTTP/1.1", f"Content-Length: {1 << 40}"))
        for _ in range(64):
            client.sendall(b"x" * (1 << 20))
        client.shutdown(socket.SHUT_WR)

        assert rest(client).startswith(b"HTTP/1.1 413 ")


def test_a_header_of_blanks_takes_no_time() -> None:
    """Quadratic patterns took 15 seconds for half of this."""
    line = b"A: x" + b" " * 65_000 + b"x\r\n"
    start = time.perf_counter()
    request = read_request(
        io.BytesIO(b"GET / HTTP/1.1\r\n" + HOST + line + b"\r\n"), io.BytesIO(), ("", 0)
    )

    assert request is not None
    assert len(request.headers["a"]) == 65_002
    assert time.perf_counter() - start < 0.5


def of_h11(data: bytes) -> tuple[Any, ...] | None:
    """Let h11 read a request; None when it refuses, or waits for more."""
    connection = h11.Connection(h11.SERVER, max_incomplete_event_size=1 << 20)
    connection.receive_data(data)
    connection.receive_data(b"")
    try:
        start = connection.next_event()
        body = b""
        while isinstance(event := connection.next_event(), h11.Data):
            body += event.data
    except h11.RemoteProtocolError:
        return None
    if not isinstance(start, h11.Request) or not isinstance(event, h11.EndOfMessage):
        return None
    headers = [(name.lower(), value.lower()) for name, value in start.headers]
    return start.method, start.target, headers, body


def of_ours(data: bytes) -> tuple[Any, ...] | None:
    """Read a request as the server does; None when it is refused or not whole."""
    try:
        request = read_request(io.BytesIO(data), io.BytesIO(), ("", 0))
    except (BadRequest, EOFError):
        return None
    if request is None:
        return None
    fields = [
        (name.lower().encode(), value.encode("latin-1").lower()) for name, value in request.fields
    ]
    return request.method.encode(), request.target.encode("latin-1"), fields, request.body


PARTS = st.sampled_from(
    [
        *(
            b"POST",
            b"GET",
            b" ",
            b"/",
            b"/x?y=z",
            b" HTTP/1.1",
            b" HTTP/1.0",
            b"\r\n",
            b"\n",
            b"\r",
        ),
        *(b"Host: x\r\n", b"Host: y\r\n", b"A: b\r\n", b"A:\tb \r\n", b"A : b\r\n", b" folded\r\n"),
        *(b"Content-Length: 3\r\n", b"content-length: 3\r\n", b"Content-Length: 0003\r\n"),
        *(b"Content-Length: 3, 3\r\n", b"Content-Length: 2\r\n", b"Content-Length: +3\r\n"),
        *(b"Transfer-Encoding: chunked\r\n", b"Transfer-Encoding: Chunked\r\n"),
        *(b"Transfer-Encoding: gzip, chunked\r\n", b"Transfer-Encoding: identity\r\n"),
        *(b"3\r\nabc\r\n", b"3;x=y\r\nabc\r\n", b"3 \r\nabc\r\n", b"03\r\nabc\r\n", b"3\nabc\n"),
        *(b"0\r\n\r\n", b"0\r\nT: t\r\n\r\n", b"abc", b"\x00", b"\x0b", b"\xff", b":", b""),
    ]
)
REQUESTS = st.tuples(
    st.sampled_from([b"POST / HTTP/1.1\r\n", b"GET /x?y HTTP/1.1\r\n", b"POST / HTTP/1.0\r\n"]),
    st.lists(PARTS, max_size=4).map(b"".join),
    st.sampled_from([b"Host: x\r\n", b"Host: x\r\n", b""]),
    st.lists(PARTS, max_size=4).map(b"".join),
    st.sampled_from([b"\r\n", b"\r\n", b"\n", b""]),
    st.lists(PARTS, max_size=4).map(b"".join),
).map(b"".join)


@settings(max_examples=400)
@given(REQUESTS)
def test_what_is_read_is_what_h11_reads(data: bytes) -> None:
    """A request is refused, or understood as another careful reader understands it."""
    ours = of_ours(data)

    assert ours is None or ours == of_h11(data)


WHOLE = [
    said("GET /a?b=c HTTP/1.1", "A: b", "A: c"),
    said("POST / HTTP/1.1", "Content-Length: 3", body=b"abc"),
    said("POST / HTTP/1.1", "Content-Length: 0003", body=b"abc"),
    said("POST / HTTP/1.1", "transfer-encoding: CHUNKED", body=b"3\r\nabc\r\n0\r\n\r\n"),
    said(
        "POST / HTTP/1.1", "Transfer-Encoding: chunked", body=b"3;x=y\r\nabc\r\n0\r\nT: t\r\n\r\n"
    ),
    said("GET / HTTP/1.1", "A:\tb c\t"),
    said("GET / HTTP/1.1", "A:"),
    b"GET / HTTP/1.0\r\n\r\n",
    b"GET / HTTP/1.1\nHost: x\n\n",
]


@pytest.mark.parametrize("data", WHOLE)
def test_what_clients_send_is_read(data: bytes) -> None:
    """Every form that RFC 9112 knows and clients use, as h11 reads it."""
    assert of_ours(data) is not None
    assert of_ours(data) == of_h11(data)


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
