"""``cogid token SRC``: what a login token says of itself, and what an identity pool would say."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

import click

from cogid.errors import CheckFailed, UsageError
from cogid.options import NONE, ONE, Command, Flag

if TYPE_CHECKING:
    from cogid.app import App
    from cogid.claims import Token
    from cogid.findings import Finding
    from cogid.options import Flags

_TIMES = ("auth_time", "exp", "iat", "nbf")


def run(flags: Flags, app: App) -> None:
    """Take a token apart and judge it."""
    from cogid import findings, token_source, verdicts
    from cogid.claims import Token
    from cogid.commands import printing

    if "keys" in flags and "fetch_keys" in flags:
        raise UsageError("argument --fetch-keys: not allowed with argument --keys")
    show = printing.documents(flags, app, always=not app.terminal.shows_output)
    token = Token(token_source.read(flags.get("src", "-"), app, "SRC"))
    found = verdicts.of(token, time.time(), verified=_verified(token, flags, app))
    told = {
        "Header": _shown(token.header),
        "Claims": _shown(token.claims),
        "Provider": verdicts.provider(token),
        "Usable": findings.first_wrong(found) is None,
        "Findings": findings.document(found),
    }
    if show:
        show(told)
    else:
        color = app.terminal.colors(flags.get("color", "auto"), app.terminal.out)
        drawn = _drawn(told, app, color=color)
        printing.print_lines([drawn, *findings.lines(found, color=color)], app)
    if bad := findings.first_wrong(found):
        raise CheckFailed(f"An identity pool would not take the token: {bad.told}")


def _verified(token: Token, flags: Flags, app: App) -> Finding | None:
    """Judge the signature where keys are given or to be fetched."""
    if "keys" not in flags and "fetch_keys" not in flags:
        return None
    from cogid import issuer_keys
    from cogid.local.http import trust

    if "keys" in flags:
        keys = trust.read_file("argument --keys", flags["keys"])
    elif not token.issuer:
        return None
    else:
        keys = issuer_keys.of(token.issuer, app.settings, app.environ)
    return issuer_keys.judge(token, keys) if token.is_jwt else None


def _drawn(told: dict[str, Any], app: App, *, color: bool) -> str:
    """Draw header and claims as tables, numbers that are times with their dates."""
    from cogid import output

    claims = {
        name: f"{value}  ({_date(value)})" if name in _TIMES and _date(value) else value
        for name, value in told["Claims"].items()
    }
    if not claims:
        return ""
    view = app.terminal.view("token", color="on" if color else "off")
    tables = {"Header": told["Header"], "Claims": claims}
    return output.load("table").render(tables, view)


def _date(value: Any) -> str:
    try:
        return time.strftime("%Y-%m-%d %H:%M:%S %Z", time.localtime(value))
    except (TypeError, ValueError, OverflowError, OSError):
        return ""


def _shown(value: Any) -> Any:
    """Give claims with whatever looks like a token in them shortened."""
    from cogid import secrets

    if isinstance(value, dict):
        return {secrets.clean(key): _shown(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_shown(each) for each in value]
    return secrets.clean(value) if isinstance(value, str) else value


command = Command(
    "token",
    run,
    summary="Take a login token apart and say what is wrong with it",
    about="Prints header and claims, never the signature, and what an identity pool would say of "
    "them: whether it is an id token, whether it has expired, under which key of --logins it goes, "
    "whom it is for, which groups and roles it names. Nothing is sent, unless --fetch-keys is "
    "given. SRC is - (standard input, as without SRC), @FILE, env:NAME, github[:AUDIENCE] or the "
    "token itself. The exit code is 1 when the token could not be used.",
    params=[
        click.Argument(["src"], required=False, metavar="[SRC]"),
        Flag(
            "--keys",
            ONE,
            "Verify the signature with the keys (JWKS) in a file.",
            metavar="FILE",
            completer="files",
        ),
        Flag("--fetch-keys", NONE, "Verify the signature with the keys that the issuer publishes."),
    ],
    examples=[
        ("From a file", "cogid token @id.token"),
        (
            "Which groups a user is in",
            "cogid token env:ID_TOKEN --query 'Claims.\"cognito:groups\"'",
        ),
    ],
)
