"""``cogid local``: serve the local service, empty it, say where it is and how to reach it."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cogid.errors import CogidError, UsageError
from cogid.local import paths, variables
from cogid.options import EACH, NONE, ONE, Command, CommandGroup, Flag

if TYPE_CHECKING:
    from cogid.app import App
    from cogid.options import Flags

HOST = "127.0.0.1"
PORT = 4599
LAST_PORT = 65535

DB = Flag(
    "--db",
    ONE,
    "State file.  [default: $COGID_LOCAL_DB, or see `local path`]",
    metavar="PATH",
    completer="files",
)


def serve(flags: Flags, app: App) -> None:
    """Serve over HTTP until Ctrl-C."""
    keys = dict(_trusted(each) for each in flags.get("trust", []))
    host, port = flags.get("host", HOST), flags.get("port", PORT)
    if not 0 <= port <= LAST_PORT:
        raise UsageError(
            f"argument --port: {port} is not in the range 0 to {LAST_PORT}", usage=True
        )

    from cogid.local import neighbours, server

    neighbours.require()
    if not server.is_loopback(host):
        _warn_of_remote(app, host, allowed=bool(flags.get("allow_remote")))
    app.settled()
    server.serve(host, port, _state(app, flags), keys, lambda started: _announce(app, started))


def reset(flags: Flags, app: App) -> None:
    """Delete all local pools, identities and keys."""
    path = _state(app, flags)
    files = [each for each in (path, *paths.beside(path)) if each.exists()]
    if not files:
        app.terminal.write(f"Nothing to delete: there is no {path}\n")
        return
    if not flags.get("yes"):
        _confirm(path)
    _refuse_if_used(path)
    try:
        for file in files:
            file.unlink(missing_ok=True)  # SQLite removes its own when the check above closes
    except OSError as problem:
        raise CogidError(f"Cannot delete {problem.filename}: {problem.strerror}") from problem
    app.terminal.write(f"Deleted {path}\n")


def path(flags: Flags, app: App) -> None:
    """Print where the state is kept."""
    app.terminal.write(f"{_state(app, flags)}\n")


def env(flags: Flags, app: App) -> None:
    """Print the variables that lead any AWS SDK to a running server."""
    from cogid.local import notice

    shell = flags.get("shell")
    if shell is None:
        parent = variables.parent_program(os.getppid())
        shell = variables.shell_in_use(app.environ, parent, windows=sys.platform == "win32")
    url = notice.running_at(_state(app, flags))
    if url is None:
        app.terminal.say("No server is running on this state; start one: cogid local serve")
    region = app.environ.get("AWS_REGION") or app.environ.get("AWS_DEFAULT_REGION") or "us-east-1"
    found = variables.variables(url or f"http://{HOST}:{PORT}", region)
    app.terminal.write(variables.script(found, shell) + "\n")


command = CommandGroup(
    "local",
    [
        Command(
            "serve",
            serve,
            summary="Serve over HTTP until Ctrl-C",
            about="Any AWS SDK can use it. STS, IAM, Cognito user pools and moto's other services "
            "answer on the same port.",
            params=[
                Flag("--host", ONE, f"Address to listen on.  [default: {HOST}]"),
                Flag(
                    "--port",
                    ONE,
                    f"Port to listen on; 0 picks a free one.  [default: {PORT}]",
                    number=True,
                ),
                DB,
                Flag(
                    "--trust",
                    EACH,
                    "Check this issuer's tokens against the keys (JWKS) in a file; may be "
                    "repeated.",
                    metavar="ISSUER=FILE",
                    completer="key=file",
                ),
                Flag("--allow-remote", NONE, "Let other machines connect (see --host)."),
            ],
            examples=[("Serve a state of its own", "cogid local serve --db ./shop.db")],
        ),
        Command(
            "env",
            env,
            summary="Print the variables that lead any AWS SDK to a running server",
            about="The credentials in them are made up; the region is the one already set, else "
            "us-east-1.",
            params=[
                DB,
                Flag(
                    "--shell",
                    ONE,
                    "Shell to word them for.  [default: the one in use]",
                    choices=dict.fromkeys(variables.SHELLS, ""),
                ),
            ],
            examples=[("In bash or zsh", 'eval "$(cogid local env)"')],
        ),
        Command("path", path, summary="Print where the state is kept", params=[DB]),
        Command(
            "reset",
            reset,
            summary="Delete all local pools, identities and keys",
            params=[DB, Flag("--yes", NONE, "Do not ask.")],
        ),
    ],
    summary="Run Cognito identity pools on this machine, without an account",
    about="cogid --local COMMAND answers without a server; these are for a server that any SDK "
    "can use, and for the state that both keep.",
)


def _state(flags: Flags, app: App) -> Path:
    return paths.state_path(app.environ, flags.get("db") or flags.get("local_db"))


def _announce(app: App, server: Any) -> None:
    app.terminal.write(f"cogid serves identity pools, and moto the rest of AWS, at {server.url}\n")
    app.terminal.write(f"export AWS_ENDPOINT_URL_COGNITO_IDENTITY={server.url}\n")
    app.terminal.flush()  # a program that waits for these lines gets them at once
    app.terminal.say(f"State: {server.db}  (all variables: cogid local env; stop: Ctrl-C)")
    app.terminal.say(
        "Note: tokens of issuers whose keys are not known are accepted without a check of their"
        " signature (give keys with --trust ISSUER=FILE)"
    )


def _warn_of_remote(app: App, host: str, *, allowed: bool) -> None:
    if not allowed:
        raise UsageError(
            f"--host {host} lets other machines in; nothing here asks for a password."
            " Add --allow-remote if you want that"
        )
    app.terminal.say(f"Warning: any machine that reaches {host} can read and change this state")


def _trusted(words: str) -> tuple[str, list[dict[str, Any]]]:
    issuer, separator, file = words.partition("=")
    if not (issuer and separator and file):
        raise UsageError(f"--trust takes ISSUER=FILE, not {words!r}")
    try:
        document = json.loads(Path(file).expanduser().read_bytes())
    except OSError as problem:
        raise UsageError(f"--trust {words}: cannot read {file}: {problem.strerror}") from problem
    except ValueError as problem:
        raise UsageError(f"--trust {words}: {file} is not JSON: {problem}") from problem
    keys = document.get("keys", [document]) if isinstance(document, dict) else document
    if not _are_keys(keys):
        raise UsageError(f'--trust {words}: {file} is no JWKS ({{"keys": [{{"kty": …}}]}})')
    return issuer, keys


def _are_keys(keys: Any) -> bool:
    return (
        isinstance(keys, list)
        and bool(keys)
        and all(isinstance(key, dict) and "kty" in key for key in keys)
    )


def _confirm(path: Path) -> None:
    if not sys.stdin.isatty():
        raise UsageError(f"This deletes {path}; without a terminal to ask on, add --yes")
    if not click.confirm(f"Delete {path} and everything in it?", err=True):
        raise CogidError("Nothing was deleted")


def _refuse_if_used(path: Path) -> None:
    from cogid.local import notice

    url = notice.running_at(path)
    if url or notice.is_open_elsewhere(path):
        raise CogidError(
            f"{path} is in use by {f'the server at {url}' if url else 'another process'};"
            " stop it first"
        )
