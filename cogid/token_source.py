"""Where a login token comes from in, the token out; and the logins that a command line names.

A source is ``-`` (standard input), ``@FILE`` or ``file://FILE``, ``env:NAME``, ``github`` or
``github:AUDIENCE`` (the job's own OIDC token), or the token itself. What a token is worth is for
the service to say. No token is ever part of a message.
"""

from __future__ import annotations

import os
import stat
import sys
from typing import TYPE_CHECKING

from cogid import arns, paramfile
from cogid.claims import Token
from cogid.errors import CogidError, ConfigError, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from cogid.app import App
    from cogid.options import Flags

SOURCES = "- (standard input), @FILE, env:NAME, github[:AUDIENCE] or the token itself"
_VARIABLES = ("ACTIONS_ID_TOKEN_REQUEST_URL", "ACTIONS_ID_TOKEN_REQUEST_TOKEN")
_GITHUB_SECONDS = 10
_GITHUB_ATTEMPTS = 3


def logins(flags: Flags, app: App) -> dict[str, str]:
    """Read the tokens of ``--token`` and ``--login``, by the names that ``--logins`` knows.

    The name of a ``--token`` is taken from its issuer. Without either there are none: a guest.
    Raises UsageError for a token whose provider is not known, or is given twice, and what
    ``read`` raises.
    """
    found: dict[str, str] = {}
    for flag, provider, source in _named(flags):
        token = read(source, app, flag)
        name = arns.respell(provider) if provider else _issuer(token, source)
        if name in found:
            raise UsageError(f"two tokens are given for {name}; one login takes one token")
        found[name] = token
    return found


def read(source: str, app: App, flag: str = "--token") -> str:
    """Read the token from its source, white space around it taken off; ``flag`` is for errors.

    Raises UsageError where nothing is there, ConfigError for ``github`` outside of a job, and
    CogidError when GitHub gives none.
    """
    kind, _, name = source.partition(":")
    if path := _file(source):
        token = _read_file(path, app, flag)
    elif kind == "env":
        if name not in app.environ:
            raise UsageError(f"argument {flag}: the variable {name} is not set")
        token = app.environ[name]
    elif kind == "github":
        token = _ask_github(name, app.environ)
    else:
        token = source
        if source and app.terminal.shows_errors:
            app.terminal.say_once(
                "note: other users of this machine can read a token in a command line, and the "
                f"shell keeps it in its history; {flag} also takes -, @FILE or env:NAME"
            )
    token = token.strip()
    if not token:
        where = f"from {source} " if token != source else ""
        raise UsageError(f"argument {flag}: the token {where}is empty")
    if app.line.flags.get("debug"):
        app.redactor.hide(token)
    return token


def can_be_read_again(source: str) -> bool:
    """Tell whether a source gives a token another time, later: a file, a variable, GitHub."""
    path = _file(source)
    return path not in ("-", "/dev/stdin") if path else source.startswith(("env:", "github"))


def sources(flags: Flags) -> list[str]:
    """List the sources that a line names."""
    return [source for _, _, source in _named(flags)]


def with_absolute_path(source: str) -> str:
    """Give the source as it can be read from any folder."""
    path = _file(source)
    if path in (None, "-", "/dev/stdin"):
        return source
    return f"@{os.path.abspath(_expanded(str(path)))}"  # noqa: PTH100 - the text of a path


def _named(flags: Flags) -> Iterator[tuple[str, str, str]]:
    """Give flag, provider (empty if not named) and source of each token on the line."""
    if "token" in flags:
        yield "--token", "", flags["token"]
    for login in flags.get("login", []):
        provider, equals, source = login.partition("=")
        if not (provider.strip() and equals):
            raise UsageError(f"argument --login: PROVIDER=SRC is wanted, where SRC is {SOURCES}")
        yield "--login", provider.strip(), source


def _file(source: str) -> str | None:
    """Give the path that a source names."""
    if source == "-":
        return source
    if source.startswith("@"):
        return source[1:]
    return source[len(paramfile.TEXT) :] if source.startswith(paramfile.TEXT) else None


def _read_file(path: str, app: App, flag: str) -> str:
    if path == "-":
        if sys.stdin.isatty():
            from getpass import getpass

            return getpass("Token: ")
    elif os.name == "posix" and _is_world_readable(_expanded(path)):
        app.terminal.say_once(
            f"warning: every user of this machine can read {path}; run: chmod 600"
        )
    return str(paramfile.read(f"{paramfile.TEXT}{path}", flag))


def _expanded(path: str) -> str:
    return os.path.expandvars(os.path.expanduser(path))  # noqa: PTH111 - as paramfile does


def _is_world_readable(path: str) -> bool:
    try:
        mode = os.stat(path).st_mode  # noqa: PTH116
    except (OSError, ValueError):
        return False  # reading it says better what is wrong
    return stat.S_ISREG(mode) and bool(mode & stat.S_IROTH)


def _issuer(text: str, source: str) -> str:
    token = Token(text)
    if token.issuer:
        return arns.without_scheme(token.issuer)
    if source == text and os.path.exists(text):  # noqa: PTH110
        raise UsageError("argument --token: a file is named with an @ before it: --token @FILE")
    flaw = next(token.flaws, "names no issuer (iss)")
    raise UsageError(
        f"argument --token: the token {flaw}, so that nothing says whose it is; name its provider "
        "with --login PROVIDER=SRC, where PROVIDER is google, facebook, apple, amazon, twitter or "
        "a key of --logins"
    )


def _ask_github(audience: str, environ: Mapping[str, str]) -> str:
    """Ask GitHub for the token of the job that this runs in."""
    from urllib.parse import quote

    url, key = (environ.get(each) for each in _VARIABLES)
    if not url or not key:
        raise ConfigError(
            "github gives tokens to the jobs of its Actions only, and to those that have "
            "`permissions: id-token: write`: ACTIONS_ID_TOKEN_REQUEST_URL is not set"
        )
    if not url.startswith(("https://", "http://127.0.0.1:", "http://localhost:")):
        raise ConfigError("ACTIONS_ID_TOKEN_REQUEST_URL is no https:// URL")
    if audience:
        url += f"{'&' if '?' in url else '?'}audience={quote(audience, safe='')}"
    for attempt in range(1, _GITHUB_ATTEMPTS + 1):
        token, problem = _fetch(url, key)
        if token:
            return token
        if attempt == _GITHUB_ATTEMPTS or problem.startswith("HTTP 4"):
            break
    raise CogidError(f"GitHub gave no token: {problem}")


def _fetch(url: str, key: str) -> tuple[str, str]:
    """Give the token, or what went wrong."""
    import json
    from http.client import HTTPException
    from urllib.error import HTTPError
    from urllib.request import Request, urlopen

    request = Request(url, headers={"Authorization": f"bearer {key}"})  # noqa: S310 - see above
    try:
        with urlopen(request, timeout=_GITHUB_SECONDS) as reply:  # noqa: S310
            found = json.loads(reply.read())
    except HTTPError as error:
        error.close()
        return "", f"HTTP {error.code}"
    except (OSError, HTTPException) as error:
        return "", str(getattr(error, "reason", error))
    except ValueError:
        return "", "its reply is no JSON"
    value = found.get("value") if isinstance(found, dict) else None
    return (value, "") if isinstance(value, str) else ("", "there is none in its reply")
