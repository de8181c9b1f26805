"""Which web pages may use a server on this machine."""

from __future__ import annotations

import http.client
import json
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest

from cogid.errors import UsageError
from cogid.local import running
from cogid.local.http.origins import Origins

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cogid.local import Url

HERE = "127.0.0.1:4599"
EVIL = "https://evil.example"

LET_IN = [
    {},
    {"origin": "http://localhost:3000"},
    {"origin": "https://localhost"},
    {"origin": "http://127.0.0.1:8080"},
    {"origin": "http://127.1.2.3"},
    {"origin": "http://[::1]:3000"},
    {"origin": "http://app.localhost:3000"},
    {"origin": "http://localhost.:3000"},
    {"origin": "capacitor://localhost"},
    {"origin": f"http://{HERE}"},
    {"host": "192.168.1.5:4599", "origin": "http://192.168.1.5:4599"},
    {"host": "localhost:4599"},
    {"host": "LOCALHOST:4599"},
    {"host": "localhost"},
    {"host": "[::1]:4599"},
    {"host": "192.168.1.5:4599"},
    {"host": "cogid:4599"},
    {"host": "host.docker.internal:4599"},
    {"host": "cognito.test:4599"},
    {"host": "bucket.s3.amazonaws.com"},
    {"host": "cognito-identity.cn-north-1.amazonaws.com.cn"},
    {"host": ""},
    {"sec-fetch-site": "none"},
    {"sec-fetch-site": "same-origin"},
    {"sec-fetch-site": "same-site"},
    {"sec-fetch-site": "cross-site", "referer": "http://localhost:3000/app/"},
]

SHUT_OUT = [
    {"origin": EVIL},
    {"origin": "http://evil.example:4599"},
    {"origin": "null"},
    {"origin": ""},
    {"origin": "localhost"},
    {"origin": "http://localhost.evil.example"},
    {"origin": "http://127.0.0.1.evil.example"},
    {"origin": "http://127.0.0.1@evil.example"},
    {"origin": "http://evil.example@127.0.0.1"},
    {"origin": "http://localhost,https://evil.example"},
    {"origin": "http://127.0.0.1:notaport"},
    {"origin": "http://192.168.1.9:4599"},
    {"origin": "http://cogid"},
    {"origin": "chrome-extension://abcdefgh"},
    {"host": "192.168.1.5:4599", "origin": "http://192.168.1.5:80"},
    {"host": "evil.example"},
    {"host": "evil.example:4599"},
    {"host": "127.0.0.1.nip.io:4599"},
    {"host": "localhost.evil.example:4599"},
    {"host": "evilamazonaws.com"},
    {"host": "amazonaws.com.evil.example"},
    {"host": "127.0.0.1@evil.example"},
    {"host": "evil.example", "origin": "http://evil.example"},
    {"host": "evil.example", "origin": "http://localhost"},
    {"sec-fetch-site": "cross-site"},
    {"sec-fetch-site": "cross-site", "referer": f"{EVIL}/page"},
]


@pytest.mark.parametrize("headers", LET_IN, ids=str)
def test_pages_and_names_of_this_machine_are_let_in(headers: dict[str, str]) -> None:
    """Applications on localhost, and tools under any name that nobody else can have."""
    assert Origins().refuse("/", {"host": HERE, **headers}) is None


@pytest.mark.parametrize("headers", SHUT_OUT, ids=str)
def test_pages_and_names_of_others_are_not(headers: dict[str, str]) -> None:
    """Whatever they look like; the reason says which flag lets them in."""
    assert "--allow-origin" in (Origins().refuse("/", {"host": HERE, **headers}) or "")


def test_the_name_in_the_target_counts_too() -> None:
    """A request in the form for proxies names the host once more."""
    assert Origins().refuse("http://evil.example/", {"host": HERE})
    assert Origins().refuse("http://sts.amazonaws.com/", {"host": "sts.amazonaws.com"}) is None


ALLOWED = [
    # what is allowed, headers, let in
    ([EVIL], {"origin": EVIL}, True),
    (EVIL, {"origin": EVIL}, True),
    ([f"{EVIL}/"], {"origin": f"{EVIL}:443"}, True),
    ([EVIL], {"origin": "https://other.example"}, False),
    ([EVIL], {"origin": "http://evil.example"}, False),
    ([EVIL], {"origin": f"{EVIL}:444"}, False),
    ([EVIL], {"host": "evil.example:4599"}, True),
    ([EVIL], {"host": "www.evil.example:4599"}, False),
    ([EVIL], {"sec-fetch-site": "cross-site", "referer": f"{EVIL}/page"}, True),
    (["null"], {"origin": "null"}, True),
    (["null"], {"origin": EVIL}, False),
    (["http://a.example", EVIL], {"origin": EVIL}, True),
    (["*"], {"origin": EVIL, "host": "evil.example"}, True),
    ("*", {"origin": "null"}, True),
]


@pytest.mark.parametrize(("allowed", "headers", "let_in"), ALLOWED)
def test_others_are_let_in_by_name(allowed: Any, headers: dict[str, str], *, let_in: bool) -> None:
    """An origin is scheme, host and port; the server may have its host's name, too."""
    assert (Origins(allowed).refuse("/", {"host": HERE, **headers}) is None) is let_in


@pytest.mark.parametrize("word", ["evil.example", "", "https://", "https://a:b", "localhost:3000"])
def test_what_is_no_origin_cannot_be_allowed(word: str) -> None:
    """A scheme forgotten would let nobody in, without a word."""
    with pytest.raises(UsageError, match="--allow-origin takes an origin"):
        Origins([word])


def ask(
    url: Url, method: str, path: str, headers: dict[str, str], body: str = ""
) -> tuple[int, dict[str, str], bytes]:
    """Send a request; gives status, headers and body of the response."""
    connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=5)
    connection.request(method, path, body, headers)
    response = connection.getresponse()
    found = response.status, dict(response.headers), response.read()
    connection.close()
    return found


LIST = {
    "X-Amz-Target": "AWSCognitoIdentityService.ListIdentityPools",
    "Authorization": "AWS4-x",
}
PREFLIGHT = {"Access-Control-Request-Method": "POST"}

REQUESTS = [
    ("POST", "/", LIST, '{"MaxResults":1}'),
    ("OPTIONS", "/", PREFLIGHT, ""),
    ("OPTIONS", "/bucket/key", PREFLIGHT, ""),
    ("GET", "/.well-known/jwks_uri", {}, ""),
    ("POST", "/moto-api/reset", {}, ""),
    ("POST", "/", {"Content-Type": "text/plain"}, "Action=ListTopics&Version=2010-03-31"),
]


@pytest.mark.parametrize("who", [{"Origin": EVIL}, {"Host": "evil.example"}], ids=str)
@pytest.mark.parametrize(("method", "path", "headers", "body"), REQUESTS)
def test_a_foreign_page_reaches_neither_half_of_the_server(
    url: Url, method: str, path: str, headers: dict[str, str], body: str, who: dict[str, str]
) -> None:
    """Not cogid's service, not moto's, and not by asking first."""
    status, answered, said = ask(url, method, path, {**headers, **who}, body)

    assert status == 403
    assert not [each for each in answered if each.lower().startswith("access-control")]
    assert json.loads(said)["__type"] == "AccessDeniedException"
    assert "--allow-origin" in json.loads(said)["message"]


@pytest.fixture(scope="module")
def open_to_one() -> Iterator[Url]:
    """Serve for one foreign page, too."""
    with running(allow_origin=[EVIL]) as started:
        yield started


def test_an_allowed_page_uses_the_server(open_to_one: Url) -> None:
    """It may ask first, and read the answer."""
    page = {"Origin": EVIL}

    assert ask(open_to_one, "OPTIONS", "/", {**PREFLIGHT, **page})[0] == 200
    status, answered, _ = ask(open_to_one, "POST", "/", {**LIST, **page}, '{"MaxResults":1}')
    assert (status, answered["Access-Control-Allow-Origin"]) == (200, "*")
    assert ask(open_to_one, "POST", "/", {**LIST, "Origin": "https://b.example"})[0] == 403


def test_running_takes_only_origins() -> None:
    """Said before anything is served."""
    with pytest.raises(UsageError, match="--allow-origin"), running(allow_origin="evil.example"):
        pass
