"""Where tokens come from, what is said on the way, and under which names they go."""

import base64
import io
import json
import os

import pytest

from cogid import token_source
from cogid.app import App
from cogid.argv import Line
from cogid.errors import CogidError, ConfigError, UsageError
from cogid.terminal import Terminal

USER_POOL = "cognito-idp.us-east-1.amazonaws.com/us-east-1_abc"


def token(**claims):
    """Make a token that nobody signed."""
    parts = [{"alg": "RS256"}, claims]
    told = [
        base64.urlsafe_b64encode(json.dumps(each).encode()).decode().rstrip("=") for each in parts
    ]
    return ".".join([*told, "c2lnbmF0dXJl"])


JWT = token(iss=f"https://{USER_POOL}", sub="ann")


class Stream(io.StringIO):
    """A stream that is a terminal if told so."""

    def __init__(self, tty):
        super().__init__()
        self._tty = tty

    def isatty(self):
        """Say what was told."""
        return self._tty


@pytest.fixture
def app():
    """Make a run with its environment; what it says stands in ``app.terminal.err``."""

    def make(flags=None, *, tty=False, **environ):
        made = App(Terminal(Stream(tty), Stream(tty), environ), environ)
        made.line = Line(None, None, "creds", flags or {})
        return made

    return make


def said(app):
    """Give what was said to the person."""
    return app.terminal.err.getvalue()


@pytest.mark.parametrize("prefix", ["@", "file://"])
def test_a_file_is_named_in_two_ways(app, tmp_path, prefix):
    """Its token is read without the white space around it."""
    path = tmp_path / "token"
    path.write_text(f" {JWT}\n")
    path.chmod(0o600)
    run = app()

    assert token_source.read(f"{prefix}{path}", run) == JWT
    assert said(run) == ""


def test_a_file_that_everybody_can_read_is_told(app, tmp_path):
    """The word names the file, not what is in it."""
    path = tmp_path / "token"
    path.write_text(JWT)
    path.chmod(0o644)
    run = app()

    assert token_source.read(f"@{path}", run) == JWT
    assert str(path) in said(run)
    assert JWT not in said(run)


@pytest.mark.parametrize("word", ["-", "@-", "file://-"])
def test_standard_input_is_read(app, monkeypatch, word):
    """A token on a pipe leaves no trace anywhere."""
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(f"{JWT}\n".encode())))

    assert token_source.read(word, app()) == JWT


def test_a_variable_is_read_from_the_run(app):
    """The environment is the one that was passed in."""
    assert token_source.read("env:ID_TOKEN", app(ID_TOKEN=JWT)) == JWT


def test_a_token_in_the_command_line_is_told_to_a_person(app):
    """A script knows what it does; a person learns who can read it."""
    person, script = app(tty=True), app()

    assert token_source.read(JWT, person) == token_source.read(JWT, script) == JWT
    assert "history" in said(person)
    assert JWT not in said(person)
    assert said(script) == ""


EMPTY = [("env:NONE", "NONE is not set"), ("env:BLANK", "env:BLANK is empty"), ("", "is empty")]


@pytest.mark.parametrize(("word", "told"), EMPTY)
def test_nothing_is_no_token(app, word, told):
    """What is missing is named, with the flag."""
    with pytest.raises(UsageError, match=f"argument --token: .*{told}"):
        token_source.read(word, app(BLANK="\n"))


def test_a_file_that_is_not_there_is_named(app):
    """The flag and the file stand in the error."""
    with pytest.raises(UsageError, match=r"--token.*/no/such"):
        token_source.read("@/no/such", app())


def test_github_gives_the_token_of_the_job(app, service):
    """The audience is asked for, with the key of the job."""
    service.replies = [{"value": JWT}]
    run = app(
        ACTIONS_ID_TOKEN_REQUEST_URL=f"{service.url}/?v=2", ACTIONS_ID_TOKEN_REQUEST_TOKEN="key"
    )

    assert token_source.read("github:a b&c", run) == JWT
    assert service.requests[0].headers["Authorization"] == "bearer key"
    assert service.requests[0].operation == "/?v=2&audience=a%20b%26c"


REFUSALS = [
    # replies, requests, told
    ([({}, 403)], 1, "HTTP 403"),
    ([({}, 500)], 3, "HTTP 500"),
    ([({}, 200)], 3, "none in its reply"),
]


@pytest.mark.parametrize(("replies", "requests", "told"), REFUSALS)
def test_github_may_give_none(app, service, replies, requests, told):
    """What may pass is tried again; the key is not told."""
    service.replies = [service.reply(body, status) for body, status in replies]
    run = app(ACTIONS_ID_TOKEN_REQUEST_URL=service.url, ACTIONS_ID_TOKEN_REQUEST_TOKEN="key-1")

    with pytest.raises(CogidError, match=told) as raised:
        token_source.read("github", run)

    assert len(service.requests) == requests
    assert "key-1" not in str(raised.value)


def test_github_is_there_in_its_jobs_only(app):
    """The permission that is missing is named."""
    with pytest.raises(ConfigError, match="id-token: write"):
        token_source.read("github", app())


def test_the_issuer_names_the_login(app):
    """Nobody types the name of a provider that stands in the token."""
    assert token_source.logins({"token": JWT}, app()) == {USER_POOL: JWT}


LOGINS = [
    # --login                               name
    ("google=abc", "accounts.google.com"),
    ("facebook=abc", "graph.facebook.com"),
    ("us-east-1_abc=abc", USER_POOL),
    ("arn:aws:iam::123456789012:saml-provider/x=abc", "arn:aws:iam::123456789012:saml-provider/x"),
    ("id.example.com/realm=abc", "id.example.com/realm"),
]


@pytest.mark.parametrize(("login", "name"), LOGINS)
def test_a_login_names_its_provider(app, login, name):
    """By its name in --logins, or by what people call it."""
    assert token_source.logins({"login": [login]}, app()) == {name: "abc"}


def test_there_may_be_several_logins(app):
    """One of each provider, with the token's own among them."""
    flags = {"token": JWT, "login": ["google=a=b", "apple=env:T"]}

    assert token_source.logins(flags, app(T="c")) == {
        USER_POOL: JWT,
        "accounts.google.com": "a=b",
        "appleid.apple.com": "c",
    }


def test_nobody_is_a_guest(app):
    """Without a token there is no login."""
    assert token_source.logins({}, app()) == {}


WRONG = [
    # flags, told
    ({"token": "EAAopaque"}, "is no JWT.*--login PROVIDER=SRC"),
    ({"token": token(sub="x")}, "names no issuer"),
    ({"login": ["google"]}, "PROVIDER=SRC is wanted"),
    ({"login": ["=x"]}, "PROVIDER=SRC is wanted"),
    ({"login": ["google=a", "accounts.google.com=b"]}, "two tokens.*accounts.google.com"),
]


@pytest.mark.parametrize(("flags", "told"), WRONG)
def test_a_login_that_is_none_is_refused(app, flags, told):
    """The cure is named and the token is not."""
    with pytest.raises(UsageError, match=told) as raised:
        token_source.logins(flags, app())

    assert "EAAopaque" not in str(raised.value)


def test_a_forgotten_at_sign_is_told(app, tmp_path, monkeypatch):
    """The name of a file is no token."""
    (tmp_path / "token.txt").write_text(JWT)
    monkeypatch.chdir(tmp_path)

    with pytest.raises(UsageError, match="@FILE"):
        token_source.logins({"token": "token.txt"}, app())


AGAIN = [("-", False), ("@-", False), ("@t", True), ("file://t", True), ("env:T", True)]


@pytest.mark.parametrize(
    ("word", "again"), [*AGAIN, ("github", True), ("github:x", True), (JWT, False)]
)
def test_some_sources_can_be_read_again(word, again):
    """A pipe and a command line are gone when the next token is due."""
    assert token_source.can_be_read_again(word) is again


def test_a_file_keeps_its_place(tmp_path, monkeypatch):
    """A source that is written down is read from other folders."""
    monkeypatch.chdir(tmp_path)

    assert token_source.with_absolute_path("@t") == f"@{tmp_path}{os.sep}t"
    assert token_source.with_absolute_path("env:T") == "env:T"
    assert token_source.with_absolute_path("-") == "-"
