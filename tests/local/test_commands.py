"""``cogid local …``: what each command prints, refuses and leaves behind."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner

from cogid.cli import Cogid
from cogid.errors import CogidError, UsageError
from cogid.local import handle, running
from cogid.local.http import address, server

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

PROGRAM = [sys.executable, "-m", "cogid", "local"]
EVERYWHERE = "0.0.0.0"  # noqa: S104, only tests that it is refused, or for a moment
POOL = {"IdentityPoolName": "x", "AllowUnauthenticatedIdentities": True}


@pytest.fixture(autouse=True)
def db(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make the state file one of the test's own, in a folder that is not there yet."""
    path = tmp_path / "state" / "local.db"
    monkeypatch.setenv("COGID_LOCAL_DB", str(path))
    monkeypatch.delenv("AWS_REGION", raising=False)
    monkeypatch.delenv("AWS_DEFAULT_REGION", raising=False)
    return path


def cogid_local(*words: str, **settings: Any) -> str:
    """Run a command and give what it printed; its errors are raised."""
    result = CliRunner().invoke(
        Cogid(), ["local", *words], standalone_mode=False, catch_exceptions=False, **settings
    )
    return result.output


class Serving:
    """A server in a process of its own."""

    def __init__(self, *words: str) -> None:
        self.process = subprocess.Popen(
            [*PROGRAM, "serve", "--port", "0", *words],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        assert self.process.stdout
        self.lines = [self.process.stdout.readline().rstrip() for _ in range(2)]
        self.url = self.lines[1].partition("=")[2]

    def ends(self, number: int) -> tuple[int, str]:
        """Send a signal; gives the exit code and all of stderr."""
        self.process.send_signal(number)
        out, err = self.process.communicate(timeout=10)
        assert out == ""
        return self.process.returncode, err


@contextmanager
def serving(*words: str) -> Iterator[Serving]:
    """Serve for the length of the block."""
    served = Serving(*words)
    try:
        yield served
    finally:
        served.process.kill()
        served.process.communicate()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_serve_says_where_it_is_and_stops_cleanly(db: Path, number: int) -> None:
    """The URL and the export line come first, on stdout; a signal ends it with 0."""
    with serving() as served:
        assert re.fullmatch(r".* at http://127\.0\.0\.1:\d+", served.lines[0])
        assert served.lines[0].endswith(served.url)
        assert re.fullmatch(
            r"export AWS_ENDPOINT_URL_COGNITO_IDENTITY=http://127\.0\.0\.1:\d+", served.lines[1]
        )
        idle = socket.create_connection(("127.0.0.1", int(served.url.rpartition(":")[2])))
        begin = time.monotonic()
        code, err = served.ends(number)
        idle.close()

    assert code == 0
    assert time.monotonic() - begin < 3
    assert err.count("accepted without a check of their signature") == 1
    assert "Traceback" not in err
    assert str(db) in err
    assert not list(db.parent.glob("*-url*"))


def test_serve_keeps_its_state(db: Path) -> None:
    """What one server made, the next process finds."""
    import urllib.request

    with serving() as served:
        call = urllib.request.Request(  # noqa: S310
            served.url,
            json.dumps(POOL).encode(),
            {
                "X-Amz-Target": "AWSCognitoIdentityService.CreateIdentityPool",
                "Authorization": "AWS4-HMAC-SHA256 Credential=A/20250101/eu-west-1/x/aws4_request",
            },
        )
        with urllib.request.urlopen(call, timeout=5) as answer:  # noqa: S310
            made = json.load(answer)
        served.ends(signal.SIGTERM)

    known = {"IdentityPoolId": made["IdentityPoolId"]}
    assert handle("DescribeIdentityPool", known, "eu-west-1", db=db)["IdentityPoolName"] == "x"


def test_serve_refuses_a_port_in_use(db: Path) -> None:
    """The error names the flag and the cure, and nothing is left behind."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(CogidError) as refused:
            cogid_local("serve", "--port", str(port))

    assert refused.value.exit_code == 255
    assert refused.value.message == (
        f"Port {port} on 127.0.0.1 is in use; "
        "choose another with --port, or let --port 0 find a free one"
    )
    assert not list(db.parent.glob("*-url*"))


@pytest.mark.parametrize("host", [EVERYWHERE, "::", "192.0.2.1"])
def test_serve_lets_other_machines_in_only_when_told(db: Path, host: str) -> None:
    """Any address but loopback takes --allow-remote."""
    with pytest.raises(UsageError, match="Add --allow-remote"):
        cogid_local("serve", "--host", host)
    assert not db.exists()


def test_serve_warns_when_other_machines_may_come_in(monkeypatch: pytest.MonkeyPatch) -> None:
    """With --allow-remote it says once what that means."""
    monkeypatch.setattr(server, "serve", lambda *_, **__: None)

    assert "Warning: any machine" in cogid_local("serve", "--host", EVERYWHERE, "--allow-remote")
    assert "Warning" not in cogid_local("serve", "--host", "localhost")


def test_serve_without_moto_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    """The server needs the extra that brings moto."""
    monkeypatch.setattr("cogid.local.http.moto.find_spec", lambda _: None)

    with pytest.raises(CogidError, match=r"pip install 'moto\[server\]'"):
        cogid_local("serve")


def test_serve_names_a_host_it_cannot_find() -> None:
    """A typo in --host is not a traceback."""
    with pytest.raises(CogidError, match="name another with --host"):
        cogid_local("serve", "--host", "no.such.host.invalid")


@pytest.mark.parametrize("issuer", ["id.example/", "https://id.example"])
def test_a_trusted_issuers_tokens_are_checked(
    tmp_path: Path, client: Callable[..., Any], issuer: str
) -> None:
    """A token signed with the key in the file is a login, any other is refused."""
    from botocore.exceptions import ClientError
    from joserfc import jwt
    from joserfc.jwk import RSAKey

    key, other = RSAKey.generate_key(2048), RSAKey.generate_key(2048)
    file = tmp_path / "keys.json"
    file.write_text(json.dumps({"keys": [key.as_dict(private=False)]}))
    claims = {"iss": "https://id.example", "aud": "app", "sub": "u", "exp": time.time() + 60}
    good, bad = (jwt.encode({"alg": "RS256"}, claims, each) for each in (key, other))

    with serving("--trust", f"{issuer}={file}") as served:
        pool = client(endpoint_url=served.url).create_identity_pool(
            **POOL,
            OpenIdConnectProviderARNs=["arn:aws:iam::123456789012:oidc-provider/id.example"],
        )["IdentityPoolId"]
        anyone = client(signed=False, endpoint_url=served.url)

        assert anyone.get_id(IdentityPoolId=pool, Logins={"id.example": good})["IdentityId"]
        with pytest.raises(ClientError, match="Couldn't verify signed token"):
            anyone.get_id(IdentityPoolId=pool, Logins={"id.example": bad})


def test_path_prints_where_the_state_is(db: Path, tmp_path: Path) -> None:
    """One line, for use in scripts."""
    assert cogid_local("path") == f"{db}\n"
    assert cogid_local("path", "--db", str(tmp_path / "x.db")) == f"{tmp_path / 'x.db'}\n"


def test_reset_deletes_the_state_and_what_is_beside_it(db: Path) -> None:
    """With --yes nothing is asked."""
    handle("CreateIdentityPool", POOL)
    forget()
    db.with_name("local.db-url").write_text("http://127.0.0.1:1\n")

    assert cogid_local("reset", "--yes") == f"Deleted {db}\n"
    assert list(db.parent.iterdir()) == []


def test_reset_of_nothing_is_no_error(db: Path) -> None:
    """A script may reset before the first use."""
    assert cogid_local("reset", "--yes") == f"Nothing to delete: there is no {db}\n"


def test_reset_without_a_terminal_wants_to_be_told(db: Path) -> None:
    """There is nobody to ask, so --yes must say it."""
    handle("CreateIdentityPool", POOL)
    forget()

    with pytest.raises(UsageError, match="add --yes"):
        cogid_local("reset")
    assert db.exists()


@pytest.mark.parametrize(("reply", "kept"), [("y\n", False), ("n\n", True), ("\n", True)])
def test_reset_asks_on_a_terminal(
    db: Path, monkeypatch: pytest.MonkeyPatch, reply: str, kept: Any
) -> None:
    """Only a yes deletes."""
    handle("CreateIdentityPool", POOL)
    forget()
    monkeypatch.setattr("cogid.commands.local._on_a_terminal", lambda: True)
    try:
        said = cogid_local("reset", input=reply)
    except CogidError as problem:
        said = problem.message

    assert db.exists() is kept
    assert ("Nothing was deleted" in said) is kept


def test_reset_refuses_while_a_server_runs(db: Path) -> None:
    """The error says which server to stop."""
    with serving() as served:
        with pytest.raises(CogidError, match=f"in use by the server at {served.url}"):
            cogid_local("reset", "--yes")
        assert db.exists()
        served.process.kill()
        served.process.wait()

    assert "Deleted" in cogid_local("reset", "--yes")


def test_env_names_the_running_server() -> None:
    """A server on a free port is found through the state that it serves."""
    with serving() as served:
        lines = cogid_local("env", "--shell", "bash").splitlines()

        assert f"export AWS_ENDPOINT_URL_COGNITO_IDENTITY={served.url}" in lines
        assert "export AWS_REGION=us-east-1" in lines


def test_env_without_a_server_says_how_to_start_one() -> None:
    """It prints nothing, since any address would lead to another state."""
    with pytest.raises(address.NotRunning, match="start one: cogid local serve") as caught:
        cogid_local("env", "--shell", "fish")

    assert caught.value.exit_code == 1


def test_env_keeps_the_region_that_is_set(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who works in a region goes on there."""
    monkeypatch.setenv("AWS_REGION", "eu-west-1")
    with serving():
        lines = cogid_local("env", "--shell", "fish").splitlines()

    assert "set -gx AWS_REGION eu-west-1" in lines


@pytest.mark.skipif(os.name == "nt", reason="a shell of Unix")
def test_the_shell_takes_what_env_prints() -> None:
    """The lines really set the variables in a shell."""
    with serving() as served:
        lines = cogid_local("env", "--shell", "bash")
    done = subprocess.run(
        ["sh", "-c", 'eval "$LINES"; echo "$AWS_ENDPOINT_URL"'],
        env={**os.environ, "LINES": lines.partition("\n")[2]},
        capture_output=True,
        check=True,
    )

    assert done.stdout.decode() == f"{served.url}\n"


@pytest.mark.parametrize("words", [[], ["serve"], ["reset"], ["path"], ["env"]])
def test_every_command_has_help(words: Any) -> None:
    """--help answers in a few lines."""
    said = cogid_local(*words, "--help")

    assert said.startswith(" ".join(["cogid local", *words]) + " - ")
    assert len(said.splitlines()) < 30


def test_the_address_for_clients_is_one_they_can_use(tmp_path: Path) -> None:
    """A server on all addresses is reached on loopback."""
    made = server.LocalServer(EVERYWHERE, 0, tmp_path / "x.db", {})
    made.start()
    try:
        assert made.url.startswith("http://127.0.0.1:")
    finally:
        made.stop()


def test_two_servers_share_a_state(tmp_path: Path, client: Callable[..., Any]) -> None:
    """What one makes, the other describes."""
    db = tmp_path / "x.db"
    with running(db=db) as one, running(db=db) as two:
        pool = client(endpoint_url=one).create_identity_pool(**POOL)["IdentityPoolId"]
        found = client(endpoint_url=two).describe_identity_pool(IdentityPoolId=pool)

        assert found["IdentityPoolName"] == "x"


def forget() -> None:
    """Close the state file that ``handle`` keeps open in this process."""
    from cogid.local.store.shared import close_shared

    close_shared()
