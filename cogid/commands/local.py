"""``cogid local``: serve the local service, empty it, say where it is and how to reach it."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click

from cogid import shells
from cogid.errors import CogidError, UsageError
from cogid.local.http import variables
from cogid.local.store import paths
from cogid.options import EACH, NONE, ONE, Command, CommandGroup, Flag

if TYPE_CHECKING:
    from pathlib import Path

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
    from cogid.local.http import moto, server
    from cogid.local.http.trust import read_keys

    host, port = flags.get("host", HOST), flags.get("port", PORT)
    if not 0 <= port <= LAST_PORT:
        raise UsageError(
            f"argument --port: {port} is not in the range 0 to {LAST_PORT}", usage=True
        )
    keys = dict(read_keys(each) for each in flags.get("trust", []))
    moto.require()
    if server.check_host(host, allow_remote=bool(flags.get("allow_remote"))):
        app.terminal.say(f"Warning: any machine that reaches {host} can read and change this state")
    app.settled()
    server.serve(
        host,
        port,
        _state(flags, app),
        keys,
        lambda started: _announce(app, started),
        allow_origin=flags.get("allow_origin", []),
    )


def reset(flags: Flags, app: App) -> None:
    """Delete all local pools, identities and keys."""
    from cogid.local.http import address
    from cogid.local.store import reset as state

    path = _state(flags, app)
    if not state.list_files(path):
        app.terminal.write_line(f"Nothing to delete: there is no {path}")
        return
    if not flags.get("yes"):
        _confirm(path)
    state.delete(path, server=address.find(path))
    app.terminal.write_line(f"Deleted {path}")


def path(flags: Flags, app: App) -> None:
    """Print where the state is kept."""
    app.terminal.write_line(str(_state(flags, app)))


def env(flags: Flags, app: App) -> None:
    """Print the variables that lead any AWS SDK to a running server."""
    from cogid.local.http import address

    shell = flags.get("shell")
    if shell is None:
        shell = shells.in_use(app.environ)
    url = address.require(_state(flags, app))
    region = app.environ.get("AWS_REGION") or app.environ.get("AWS_DEFAULT_REGION") or "us-east-1"
    found = variables.variables(url, region)
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
                Flag(
                    "--allow-origin",
                    EACH,
                    "Let pages of this origin use it, beside those of this machine; may be "
                    "repeated.",
                    metavar="ORIGIN",
                ),
            ],
            examples=[("Serve a state of its own", "cogid local serve --db ./shop.db")],
        ),
        Command(
            "env",
            env,
            summary="Print the variables that lead any AWS SDK to a running server",
            about="The credentials in them are made up; the region is the one already set, else "
            "us-east-1. When no server runs on the state, nothing is printed and the exit code is "
            "1: another server's address would lead to other pools.",
            params=[
                DB,
                Flag(
                    "--shell",
                    ONE,
                    "Shell to word them for.  [default: the one in use]",
                    choices=dict.fromkeys(shells.SHELLS, ""),
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
    return paths.state_path(app.environ, flags.get("db", flags.get("local_db")))


def _announce(app: App, server: Any) -> None:
    app.terminal.write(f"cogid serves identity pools, and moto the rest of AWS, at {server.url}\n")
    app.terminal.write(f"export AWS_ENDPOINT_URL_COGNITO_IDENTITY={server.url}\n")
    # Each is flushed: a program that waits for these lines gets them at once.
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


def _confirm(path: Path) -> None:
    if not _on_a_terminal():
        raise UsageError(f"This deletes {path}; without a terminal to ask on, add --yes")
    if not click.confirm(f"Delete {path} and everything in it?", err=True):
        raise CogidError("Nothing was deleted")


def _on_a_terminal() -> bool:
    return sys.stdin.isatty()
