"""``cogid profile add``: a profile of the AWS configuration that gets its credentials here."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import click

from cogid import arns, profile
from cogid.commands import creds
from cogid.errors import CogidError, UsageError
from cogid.options import NONE, Command, CommandGroup, Flag

if TYPE_CHECKING:
    from cogid.app import App
    from cogid.options import Flags

# Of the flags that hold on the whole line, those that say where and how to ask.
_CARRIED = (
    "profile",
    "endpoint_url",
    "ca_bundle",
    "no_verify_ssl",
    "cli_read_timeout",
    "cli_connect_timeout",
)


def add(flags: Flags, app: App) -> None:
    """Write a profile with ``credential_process``, when it was shown and agreed to."""
    from cogid import config_file, resolve

    name = flags.get("name", "")
    _check(name, flags)
    pool_id = resolve.pool(flags["pool"], app)
    settings = {
        "credential_process": _quoted(_line(flags, app, pool_id)),
        "region": app.settings.region or str(arns.region_of(pool_id)),
    }
    file = config_file.ConfigFile(profile.path(profile.CONFIG, app.environ))
    if file.has(name) and not flags.get("force"):
        raise CogidError(f"There is a profile {name} in {file.path}; --force changes it")
    written = file.with_profile(name, settings)
    app.terminal.write_line(config_file.header(name))
    for key, value in settings.items():
        app.terminal.write_line(f"{key} = {value}")
    if not flags.get("yes"):
        _confirm(file.path)
    file.write(written)
    app.terminal.say(f"Wrote profile {name} to {file.path}")
    if "aws_access_key_id" in profile.credentials_of(name, app.environ):
        app.terminal.say(
            f"warning: the credentials file has keys of {name}, which come first: remove them there"
        )


def _check(name: str, flags: Flags) -> None:
    from cogid import token_source

    if not name or not name.isprintable() or any(letter in name for letter in "[]\"'\\#;"):
        raise UsageError(
            "argument NAME: a profile's name has no quotes, brackets, # or ;", usage=not name
        )
    if flags.get("no_cache"):
        raise UsageError("argument --no-cache: SDKs ask often; a profile needs what is kept")
    once = [s for s in token_source.sources(flags) if not token_source.can_be_read_again(s)]
    if once:
        what = "standard input" if once[0] in ("-", "@-", "file://-") else "a token"
        raise UsageError(
            f"argument --token: {what} cannot be read again when an SDK asks for credentials; "
            "use env:NAME, @FILE or github, or leave it out for a guest"
        )
    if "developer" in flags and flags.get("profile") in (None, name):
        raise UsageError(
            "argument --developer: it takes your AWS credentials, and they cannot be those of "
            "this very profile; name another with --profile"
        )


def _line(flags: Flags, app: App, pool_id: str) -> list[str]:
    """Give the words of the command that the SDKs run."""
    from cogid.endpoint import MIN_TTL

    words = [*_program(app), "creds", "--pool", pool_id, "--format", "process"]
    for flag in creds.SIGN_IN:
        key = str(flag.name)
        if key in flags and key not in ("pool", "min_ttl"):
            words += _words(flag.spelling, flags[key])
    words += ["--min-ttl", str(flags.get("min_ttl", MIN_TTL))]
    for key in _CARRIED:
        if key in flags:
            words += _words(f"--{key.replace('_', '-')}", flags[key])
    if app.settings.local_db:
        words += ["--local", "--local-db", app.settings.local_db]
    return words


def _words(flag: str, value: object) -> list[str]:
    from cogid import token_source

    if value is True:
        return [flag]
    words: list[str] = []
    for each in value if isinstance(value, list) else [value]:
        word = str(each)
        if flag == "--token":
            word = token_source.with_absolute_path(word)
        elif flag == "--login":
            provider, _, source = word.partition("=")
            word = f"{provider}={token_source.with_absolute_path(source)}"
        words += [flag, word]
    return words


def _program(app: App) -> list[str]:
    """Say how to run this program from anywhere."""
    import shutil

    found = shutil.which("cogid", path=app.environ.get("PATH"))
    return [os.path.abspath(found)] if found else [sys.executable, "-m", "cogid"]  # noqa: PTH100


def _quoted(words: list[str]) -> str:
    """Write words as SDKs split them: as a shell would, or on Windows as a program does."""
    if sys.platform == "win32":
        import subprocess

        return subprocess.list2cmdline(words)
    import shlex

    return shlex.join(words)


def _confirm(path: str) -> None:
    if not sys.stdin.isatty():
        raise UsageError(f"This changes {path}; without a terminal to ask on, add --yes")
    if not click.confirm(f"Write this to {path}?", err=True):
        raise CogidError("Nothing was written")


command = CommandGroup(
    "profile",
    [
        Command(
            "add",
            add,
            summary="Write a profile that gets its credentials from a pool",
            about="Every AWS SDK, and aws itself, can use the profile: they run cogid creds by "
            "themselves when they need credentials. The rest of the file stays as it is.",
            params=[
                click.Argument(["name"], required=True, metavar="NAME"),
                *(flag for flag in creds.SIGN_IN if flag.name != "no_cache"),
                Flag("--force", NONE, "Change a profile that is there."),
                Flag("--yes", NONE, "Do not ask."),
            ],
            examples=[
                ("As a guest", "cogid profile add shop --pool shop"),
                ("With a token that a file keeps", "cogid profile add me --pool shop --token @id"),
            ],
        )
    ],
    summary="Let profiles of the AWS configuration use a pool",
)
