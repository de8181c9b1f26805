"""``cogid creds``: temporary credentials of a pool, printed for whoever wants them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from cogid import arns, shells
from cogid.errors import CogidError, ConfigError, UsageError
from cogid.options import LOGIN, NONE, ONE, POOL, TOKEN, Command, Flag

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from cogid.app import App
    from cogid.credentials import Credentials
    from cogid.options import Flags

SIGN_IN = (
    POOL,
    TOKEN,
    LOGIN,
    Flag(
        "--developer",
        ONE,
        "Sign in this user of the pool's developer provider, with your AWS credentials.",
        metavar="[PROVIDER=]USER",
    ),
    Flag("--identity-id", ONE, "The identity to use.", completer="identities"),
    Flag("--role-arn", ONE, "The role to take, of those that the token allows.", completer="roles"),
    Flag("--classic", NONE, "Take the role of --role-arn from STS (basic, or classic, flow)."),
    Flag("--duration", ONE, "Seconds that credentials of --classic live.", number=True),
    Flag("--session-name", ONE, "The session's name with --classic.  [default: cogid]"),
    Flag(
        "--min-ttl",
        ONE,
        "Seconds that kept credentials must still live to be used again.  [default: 300]",
        number=True,
    ),
    Flag("--no-cache", NONE, "Ask for new credentials, and keep none."),
)
"""Whose credentials, of which pool: what ``exec`` and ``profile add`` take as well."""

EXIT_CODES = {
    "253": "no credentials or region: a pool's name and --developer need them",
    "254": "refused",
}

FORMATS = {
    "env": "lines that set variables in the shell in use",
    "bash": "export lines for bash, zsh and sh",
    "fish": "lines for fish",
    "powershell": "lines for PowerShell",
    "cmd": "lines for cmd.exe",
    "dotenv": "NAME=VALUE lines, as docker takes them from a file",
    "ini": "a section for ~/.aws/credentials",
    "json": "JSON",
    "process": "JSON for credential_process",
    "github": "variables and outputs of a job of GitHub Actions, masked in its log",
}


def run(flags: Flags, app: App) -> None:
    """Print credentials, or forget those that are kept."""
    from cogid import credentials, resolve

    for flag in ("output", "query"):
        if flag in flags:
            raise UsageError(f"argument --{flag}: creds prints as --format says")
    if flags.get("forget"):
        pool = resolve.pool(flags["pool"], app) if "pool" in flags else None
        count = credentials.forget(app, pool)
        app.terminal.write_line(f"Forgot {count} kept {'entry' if count == 1 else 'entries'}")
        return
    found = credentials.obtain(flags, app)
    wanted = flags.get("format", "env")
    if wanted == "env":
        wanted = shells.in_use(app.environ)
    if wanted == "github":
        _give_to_github(found, app)
    else:
        write = _WRITERS.get(wanted) or (lambda each: _lines(each, wanted))
        app.terminal.write(write(found))


def variables(found: Credentials) -> dict[str, str]:
    """Name the variables that SDKs read credentials from."""
    return {
        "AWS_ACCESS_KEY_ID": found.access_key_id,
        "AWS_SECRET_ACCESS_KEY": found.secret_access_key,
        "AWS_SESSION_TOKEN": found.session_token,
        "AWS_CREDENTIAL_EXPIRATION": found.expiration,
    }


def _lines(found: Credentials, shell: str) -> str:
    each = variables(found).items()
    return "".join(f"{shells.assignment(name, value, shell)}\n" for name, value in each)


def _dotenv(found: Credentials) -> str:
    return _pairs(variables(found), "=")


def _ini(found: Credentials) -> str:
    keys = {
        "aws_access_key_id": found.access_key_id,
        "aws_secret_access_key": found.secret_access_key,
        "aws_session_token": found.session_token,
    }
    return f"[default]\n{_pairs(keys, ' = ')}"


def _json(found: Credentials) -> str:
    told = {"IdentityId": found.identity_id, **_told(found)}
    return f"{json.dumps(told, indent=4)}\n"


def _process(found: Credentials) -> str:
    return f"{json.dumps({'Version': 1, **_told(found)})}\n"


_WRITERS: dict[str, Callable[[Credentials], str]] = {
    "dotenv": _dotenv,
    "ini": _ini,
    "json": _json,
    "process": _process,
}


def _told(found: Credentials) -> dict[str, str]:
    return {
        "AccessKeyId": found.access_key_id,
        "SecretAccessKey": found.secret_access_key,
        "SessionToken": found.session_token,
        "Expiration": found.expiration,
    }


def _pairs(values: Mapping[str, str], equals: str) -> str:
    """Write a pair a line: these formats know no quotes, so that a line must be a line."""
    for name, value in values.items():
        if not value.isprintable():
            raise CogidError(f"The value of {name} holds what this format cannot have in a line")
    return "".join(f"{name}{equals}{value}\n" for name, value in values.items())


def _give_to_github(found: Credentials, app: App) -> None:
    """Mask the secrets in the job's log, then hand them to its next steps."""
    files = {name: app.environ.get(name) for name in ("GITHUB_ENV", "GITHUB_OUTPUT")}
    missing = [name for name, path in files.items() if not path]
    if missing:
        raise ConfigError(f"--format github is for jobs of GitHub Actions: {missing[0]} is not set")
    values = variables(found)
    outputs = {
        **{name.lower().replace("_", "-"): value for name, value in values.items()},
        "identity-id": found.identity_id,
    }
    region = app.settings.region or arns.region_of(found.identity_id)
    values = {**values, **({"AWS_REGION": region} if region else {})}
    texts = {"GITHUB_ENV": _pairs(values, "="), "GITHUB_OUTPUT": _pairs(outputs, "=")}
    for secret in (found.access_key_id, found.secret_access_key, found.session_token):
        app.terminal.write(f"::add-mask::{secret}\n")
    try:
        for name, text in texts.items():
            with open(str(files[name]), "a", encoding="utf-8") as file:  # noqa: PTH123
                file.write(text)
    except OSError as error:
        raise CogidError(f"Cannot write to {error.filename}: {error.strerror}") from None


command = Command(
    "creds",
    run,
    summary="Print temporary credentials of a pool",
    about="Without a token you are a guest of the pool, always the same one. Credentials are kept "
    "in the cache folder, readable to you alone, until shortly before they expire; login tokens "
    "never are.",
    params=[
        *SIGN_IN,
        Flag("--format", ONE, "How to print them.  [default: env]", choices=FORMATS),
        Flag(
            "--forget",
            NONE,
            "Forget what is kept, of one --pool or of all; next comes a new guest.",
        ),
    ],
    exit_codes=EXIT_CODES,
    examples=[
        ("Into this shell", 'eval "$(cogid creds --pool shop --token @id-token)"'),
        ("The same in fish", "cogid creds --pool shop --token @id-token | source"),
        ("As a guest, into a container", "cogid creds --pool shop --format dotenv > guest.env"),
        (
            "In a job of GitHub Actions",
            "cogid creds --pool shop --token github:cognito-identity.amazonaws.com --format github",
        ),
    ],
)
