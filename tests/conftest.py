"""One way to run the program, and a scripted service for it to talk to."""

from __future__ import annotations

import contextlib
import io
import json
import logging
import os
import pty
import re
import subprocess
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer  # noqa: TID253 - the service
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import botocore.session  # noqa: TID253 - tests may
import pytest
from hypothesis import HealthCheck, settings

from cogid.__main__ import main
from cogid.terminal import Terminal

if TYPE_CHECKING:
    from collections.abc import Iterator

CHECKS = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
settings.register_profile("quick", deadline=None, max_examples=50, suppress_health_check=CHECKS)
settings.register_profile("thorough", settings.get_profile("quick"), max_examples=2000)
settings.load_profile("quick")  # or: pytest --hypothesis-profile thorough

ROOT = Path(__file__).parent.parent
KEPT = ("PATH", "VIRTUAL_ENV", "LD_LIBRARY_PATH", "SYSTEMROOT")


class Result(NamedTuple):
    """What a run of the program came to."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The output read as JSON."""
        return json.loads(self.out)


class Tty(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        """Say so."""
        return True


class Asked(NamedTuple):
    """One request as the service saw it; ``region`` is the one it was signed for."""

    operation: str
    body: Any
    signed: bool
    region: str | None
    key: str | None
    headers: dict[str, str]


class Service:
    """A scripted endpoint: replays ``replies``, the last one for ever, and keeps ``requests``.

    A reply is the body of a 200, or a dict made by ``reply`` to say more.
    """

    def __init__(self, url: str) -> None:
        self.url = url
        self.replies: list[Any] = []
        self.requests: list[Asked] = []
        self.lock = threading.Lock()

    @property
    def asked(self) -> list[tuple[str, Any]]:
        """Operation and body of each request."""
        return [(each.operation, each.body) for each in self.requests]

    @staticmethod
    def reply(body: Any = None, status: int = 200, **more: Any) -> dict[str, Any]:
        """Make a reply; ``raw`` replaces the body; ``cut``, ``drip``, ``sleep`` spoil it.

        ``sent`` is how many bytes are sent in all, head included, before the connection ends.
        """
        return {"<reply>": True, "body": {} if body is None else body, "status": status, **more}

    @classmethod
    def error(cls, code: str, message: str, status: int = 400, **members: Any) -> dict[str, Any]:
        """Make a reply that says no."""
        return cls.reply({"__type": code, "message": message, **members}, status)

    def answer(self, asked: Asked) -> dict[str, Any]:
        """Note a request and give the reply to it."""
        with self.lock:
            self.requests.append(asked)
            if not self.replies:
                return self.reply()
            found = self.replies[min(len(self.requests), len(self.replies)) - 1]
        return found if isinstance(found, dict) and "<reply>" in found else self.reply(found)


class _Handler(BaseHTTPRequestHandler):
    """HTTP/1.0, so that no connection outlives its request."""

    service: Service

    def do_POST(self) -> None:
        """Note the request and answer as scripted."""
        raw = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        signature = self.headers.get("Authorization", "")
        scope = re.search(r"Credential=([^/]+)/\d+/([^/]+)/", signature)
        asked = Asked(
            self.headers.get("X-Amz-Target", self.path).rpartition(".")[2],
            json.loads(raw) if raw.startswith(b"{") else raw.decode(),
            bool(signature),
            scope and scope.group(2),
            scope and scope.group(1),
            dict(self.headers),
        )
        reply = self.service.answer(asked)
        time.sleep(reply.get("sleep", 0))
        data = reply.get("raw", json.dumps(reply["body"]).encode())
        if "sent" in reply:
            head = f"HTTP/1.1 {reply['status']} OK\r\nContent-Length: {len(data)}\r\nX-Amz: a\r\n"
            self.wfile.write((f"{head}\r\n".encode() + data)[: reply["sent"]])
            return
        self.send_response(reply["status"])
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        whole = data[: len(data) - reply.get("cut", 0)]
        if reply.get("drip"):
            for byte in whole:
                self.wfile.write(bytes([byte]))
                time.sleep(reply["drip"])
            return
        self.wfile.write(whole)

    do_GET = do_PUT = do_POST  # noqa: N815 - names of http.server

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_: Any) -> None:
        """Say nothing of clients that hang up early."""


@pytest.fixture(scope="session")
def _endpoint():
    server = _Server(("127.0.0.1", 0), _Handler)
    service = _Handler.service = Service(f"http://127.0.0.1:{server.server_address[1]}")
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    yield service
    server.shutdown()
    server.server_close()


@pytest.fixture
def service(_endpoint):
    """Give the scripted service, with nothing asked and nothing scripted."""
    _endpoint.replies, _endpoint.requests = [], []
    return _endpoint


@pytest.fixture
def environ(tmp_path, service):
    """Give the environment that runs get: made-up keys, a region, and a home of their own."""
    return {
        **{name: os.environ[name] for name in KEPT if name in os.environ},
        "HOME": str(tmp_path),
        "LC_ALL": "C.UTF-8",
        "TERM": "xterm",
        "AWS_ACCESS_KEY_ID": "AKIATESTEXAMPLE",
        "AWS_SECRET_ACCESS_KEY": "test/secret/key/EXAMPLE",
        "AWS_REGION": "us-east-1",
        "AWS_EC2_METADATA_DISABLED": "true",
        "AWS_ENDPOINT_URL": service.url,
        "NO_PROXY": "*",
    }


class Replies:
    """Replies that no service gave: see ``pages.Replies``."""

    order = ["Pool", "Items", "NextToken"]  # noqa: RUF012

    def __init__(
        self,
        pages: list[Any],
        items: str | None = "Items",
        resume_token: str | None = None,
        error: Exception | None = None,
        *,
        by_page: bool = False,
    ) -> None:
        self.items = items
        self.by_page = by_page
        self.resume_token: str | None = None
        self._pages = pages
        self._last = resume_token, error

    def __iter__(self) -> Iterator[Any]:
        """Give the pages, then fail if asked to; the token is known only after the last."""
        yield from self._pages
        self.resume_token, error = self._last
        if error:
            raise error


@pytest.fixture(scope="session")
def replies():
    """Give what makes replies of pages: ``replies([{"Items": [1]}], resume_token="t")``."""
    return Replies


@pytest.fixture(scope="session")
def service_model():
    """Give the service's model as botocore reads it, the witness for cogid's own reading."""
    return botocore.session.Session().get_service_model("cognito-identity")


def _laid_over(environ, changes):
    both = {**environ, **(changes or {})}
    return {name: value for name, value in both.items() if value is not None}


def _write(folder, files):
    for name, content in (files or {}).items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())


@pytest.fixture
def cogid(tmp_path, environ, monkeypatch):
    """Run the program in this process: ``cogid("get-id", …) -> Result(code, out, err)``.

    ``env`` changes the environment (None removes), ``files`` are written to the home folder,
    which is also the working one; ``tty`` makes both streams terminals.
    """

    def run(*words, stdin="", env=None, files=None, tty=False):
        _write(tmp_path, files)
        surroundings = _laid_over(environ, env)
        out, err = (Tty(), Tty()) if tty else (io.StringIO(), io.StringIO())
        with monkeypatch.context() as patch:
            patch.chdir(tmp_path)
            for name in os.environ:
                patch.delenv(name)
            for name, value in surroundings.items():
                patch.setenv(name, value)
            data = stdin if isinstance(stdin, bytes) else stdin.encode()
            patch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
            try:
                code = main(words, Terminal(out, err, surroundings), surroundings)
            finally:
                _stop_logging()
        return Result(code, out.getvalue(), err.getvalue())

    return run


@pytest.fixture(autouse=True)
def _quiet():
    """Undo what --debug did to this process."""
    yield
    _stop_logging()


def _stop_logging():
    for name in ("cogid", "boto3", "botocore", "urllib3"):
        logger = logging.getLogger(name)
        logger.handlers.clear()
        logger.setLevel(logging.NOTSET)


class Program:
    """The program as one: for start-up, signals, pipes and streams of the system's own."""

    def __init__(self, folder: Path, environ: dict[str, str]) -> None:
        self._folder = folder
        self._environ = {**environ, "PYTHONPATH": str(ROOT)}

    def __call__(self, *words, stdin="", env=None, files=None, **more) -> Result:
        """Run it to its end."""
        _write(self._folder, files)
        more.setdefault("stdout", subprocess.PIPE)
        found = subprocess.run(
            [sys.executable, "-m", "cogid", *words],
            check=False,
            cwd=self._folder,
            env=_laid_over(self._environ, env),
            input=stdin.encode(),
            stderr=subprocess.PIPE,
            timeout=30,
            **more,
        )
        return Result(found.returncode, (found.stdout or b"").decode(), found.stderr.decode())

    def started(self, *words, env=None) -> subprocess.Popen[bytes]:
        """Start it, with pipes to all three streams."""
        return subprocess.Popen(
            [sys.executable, "-m", "cogid", *words],
            cwd=self._folder,
            env=_laid_over(self._environ, env),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )


@pytest.fixture
def program(tmp_path, environ):
    """Give the program, to be run in a folder and an environment of the test's own."""
    return Program(tmp_path, environ)


@pytest.fixture
def screen(tmp_path, environ):
    """Run the program on a pseudo terminal: all that it shows stands in ``out``.

    The pager is one that waits for no key, unless ``env`` names another. Standard output goes into
    a ``file`` when one is given.
    """

    def run(*words, env=None, file=None):
        ours, theirs = pty.openpty()
        process = subprocess.Popen(
            [sys.executable, "-m", "cogid", *words],
            cwd=tmp_path,
            env=_laid_over({**environ, "PYTHONPATH": str(ROOT), "PAGER": "cat"}, env),
            stdin=theirs,
            stdout=file or theirs,
            stderr=theirs,
            start_new_session=True,
        )
        os.close(theirs)
        shown = b""
        with contextlib.suppress(OSError):  # Linux ends a terminal that was closed with an error
            while read := os.read(ours, 65536):
                shown += read
        os.close(ours)
        return Result(process.wait(), shown.decode().replace("\r\n", "\n"), "")

    return run
