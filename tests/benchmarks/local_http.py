"""Requests per second over HTTP: cogid's local server and plain moto_server, in turn.

Run it with ``python tests/benchmarks/local_http.py``; it takes about half a minute. Each server is
a process of its own on a free port of this machine, and is asked the same two questions over
connections that are kept open where the server keeps them: get-id (which makes an identity) and
describe-identity-pool. The client sends prepared bytes over plain sockets, since an SDK would
take longer than the servers do.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import socket
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

SIGNED = (
    "Authorization: AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20250101/us-east-1/cognito-identity/"
    "aws4_request, SignedHeaders=host;x-amz-date;x-amz-target, Signature=" + "0" * 64 + "\r\n"
    "X-Amz-Date: 20250101T000000Z\r\n"
)
SDK = (
    "Accept-Encoding: identity\r\n"
    "User-Agent: Boto3/1.44.5 md/Botocore#1.44.5 ua/2.1 os/linux lang/python#3.11\r\n"
    "amz-sdk-invocation-id: 7a4c2dbd-33ed-4fa5-a05b-7c7cae10ad4c\r\n"
    "amz-sdk-request: attempt=1\r\n"
)


class Client:
    """One HTTP connection that is opened again when the server closes it."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.opened = 0
        self.socket: socket.socket | None = None

    def ask(self, request: bytes) -> bytes:
        """Send a prepared request and give the body of its answer."""
        if self.socket is None:
            self.socket = socket.create_connection(("127.0.0.1", self.port))
            self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self.opened += 1
        self.socket.sendall(request)
        head, body = self._answer()
        if b"connection: close" in head.lower():
            self.socket.close()
            self.socket = None
        if not head.startswith(b"HTTP/1.1 200"):
            raise SystemExit(f"Refused: {head!r} {body!r}")
        return body

    def _answer(self) -> tuple[bytes, bytes]:
        data = b""
        while (end := data.find(b"\r\n\r\n")) < 0:
            data += self._more()
        length = re.search(rb"(?i)content-length: (\d+)", data[:end])
        total = end + 4 + int(length[1]) if length else end + 4
        while len(data) < total:
            data += self._more()
        return data[:end], data[end + 4 :]

    def _more(self) -> bytes:
        data = self.socket.recv(65536) if self.socket else b""
        if not data:
            raise SystemExit("The server closed the connection in the middle of an answer")
        return data


def prepared(port: int, operation: str, parameters: dict[str, object], headers: str = "") -> bytes:
    """Write a request as an SDK would send it."""
    body = json.dumps(parameters).encode()
    head = (
        f"POST / HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n"
        f"X-Amz-Target: AWSCognitoIdentityService.{operation}\r\n"
        f"Content-Type: application/x-amz-json-1.1\r\n{SDK}{headers}"
        f"Content-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


@contextmanager
def served(command: list[str], port: int) -> Iterator[float]:
    """Run a server for the length of the block; gives the seconds until it listened."""
    begin = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        while True:
            try:
                socket.create_connection(("127.0.0.1", port), timeout=1).close()
                break
            except OSError:
                if process.poll() is not None or time.perf_counter() - begin > 20:
                    raise SystemExit(f"Did not start: {' '.join(command)}") from None
                time.sleep(0.01)
        yield time.perf_counter() - begin
    finally:
        process.terminate()
        process.wait(10)


def rate(port: int, request: bytes, seconds: float, connections: int) -> float:
    """Ask the same over and over, on several connections at once; gives answers per second."""
    clients = [Client(port) for _ in range(connections)]
    counts = [0] * connections
    for client in clients:
        client.ask(request)
    begin = time.perf_counter()

    def ask(number: int) -> None:
        while time.perf_counter() - begin < seconds:
            clients[number].ask(request)
            counts[number] += 1

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(connections)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(counts) / (time.perf_counter() - begin)


def measure(name: str, command: list[str], port: int, options: argparse.Namespace) -> list[float]:
    """Give the start-up time and the rates of one server."""
    with served(command, port) as started:
        pool = {"IdentityPoolName": "bench", "AllowUnauthenticatedIdentities": True}
        made = json.loads(Client(port).ask(prepared(port, "CreateIdentityPool", pool, SIGNED)))
        subject = {"IdentityPoolId": made["IdentityPoolId"]}
        get_id = prepared(port, "GetId", subject)
        describe = prepared(port, "DescribeIdentityPool", subject, SIGNED)
        figures = [started]
        for request in (get_id, describe):
            for connections in (1, 4):
                best = max(
                    rate(port, request, options.seconds, connections) for _ in range(options.rounds)
                )
                figures.append(best)
    sys.stderr.write(f"measured {name}\n")
    return figures


def free_port() -> int:
    """Find a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


SERVE = "import sys; from cogid.local import serve; serve(port=int(sys.argv[1]), db=sys.argv[2])"


def main() -> None:
    """Measure both and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=1.2, help="length of one measurement")
    parser.add_argument("--rounds", type=int, default=2, help="measurements, the best counts")
    options = parser.parse_args()
    os.environ.pop("PYTHONPROFILEIMPORTTIME", None)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        port, other = free_port(), free_port()
        state = str(Path(folder) / "bench.db")
        ours = measure("cogid", [sys.executable, "-c", SERVE, str(port), state], port, options)
        theirs = [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(other)]
        plain = measure("moto_server", theirs, other, options)
    rows = [
        "get-id, 1 connection",
        "get-id, 4 connections",
        "describe-identity-pool, 1 connection",
        "describe-identity-pool, 4 connections",
    ]
    print(f"{'requests per second':38} {'moto_server':>12} {'cogid':>9} {'ratio':>7}")
    for row, old, new in zip(rows, plain[1:], ours[1:], strict=True):
        print(f"{row:38} {old:12.0f} {new:9.0f} {new / old:6.1f}x")
    print(f"{'seconds until it listens':38} {plain[0]:12.2f} {ours[0]:9.2f}")


if __name__ == "__main__":
    main()
