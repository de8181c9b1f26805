"""``cogid local``: serve the local service, empty it, say where it is and how to reach it.

Words and flags in, calls of ``cogid.local`` out. Errors are raised as ``cogid.errors`` classes,
for ``__main__`` to print.
"""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Any

import click

from cogid.errors import CogidError, UsageError
from cogid.local.http import variables
from cogid.local.store import paths

if TYPE_CHECKING:
    from pathlib import Path

HOST = "127.0.0.1"
PORT = 4599

DB = click.option(
    "--db", metavar="PATH", help="State file.  [default: $COGID_LOCAL_DB, or see `local path`]"
)


@click.group()
def local() -> None:
    """Run Cognito identity pools on this machine, without an account."""


@local.command()
@click.option("--host", default=HOST, show_default=True, help="Address to listen on.")
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=PORT,
    show_default=True,
    help="Port to listen on; 0 picks a free one.",
)
@DB
@click.option(
    "--trust",
    multiple=True,
    metavar="ISSUER=FILE",
    help="Check this issuer's tokens against the keys (JWKS) in a file; may be repeated.",
)
@click.option("--allow-remote", is_flag=True, help="Let other machines connect (see --host).")
def serve(
    host: str, port: int, db: str | None, trust: tuple[str, ...], *, allow_remote: bool
) -> None:
    """Serve over HTTP until Ctrl-C.

    Any AWS SDK can use it. STS, IAM, Cognito user pools and moto's other services answer on the
    same port.
    """
    from cogid.local.http import moto, server
    from cogid.local.http.trust import read_keys

    keys = dict(read_keys(each) for each in trust)
    moto.require()
    if server.check_host(host, allow_remote=allow_remote):
        click.echo(
            f"Warning: any machine that reaches {host} can read and change this state", err=True
        )
    server.serve(host, port, paths.state_path(os.environ, db), keys, _announce)


@local.command()
@DB
@click.option("--yes", is_flag=True, help="Do not ask.")
def reset(db: str | None, *, yes: bool) -> None:
    """Delete all local pools, identities and keys."""
    from cogid.local.http import address
    from cogid.local.store import reset as state

    path = paths.state_path(os.environ, db)
    if not state.list_files(path):
        click.echo(f"Nothing to delete: there is no {path}")
        return
    if not yes:
        _confirm(path)
    state.delete(path, server=address.find(path))
    click.echo(f"Deleted {path}")


@local.command()
@DB
def path(db: str | None) -> None:
    """Print where the state is kept."""
    click.echo(paths.state_path(os.environ, db))


@local.command()
@DB
@click.option(
    "--shell",
    type=click.Choice(variables.SHELLS),
    help="Shell to word them for.  [default: the one in use]",
)
def env(db: str | None, shell: str | None) -> None:
    """Print the variables that lead any AWS SDK to a running server.

    The credentials in them are made up; the region is the one already set, else us-east-1.
    """
    from cogid.local.http import address

    if shell is None:
        parent = variables.parent_program(os.getppid())
        shell = variables.shell_in_use(os.environ, parent, windows=sys.platform == "win32")
    url = address.find(paths.state_path(os.environ, db))
    if url is None:
        click.echo("No server is running on this state; start one: cogid local serve", err=True)
    region = os.environ.get("AWS_REGION") or os.environ.get("AWS_DEFAULT_REGION") or "us-east-1"
    found = variables.variables(url or f"http://{HOST}:{PORT}", region)
    click.echo(variables.script(found, shell))


def _announce(server: Any) -> None:
    click.echo(f"cogid serves identity pools, and moto the rest of AWS, at {server.url}")
    # click flushes what it echoes, so a program that waits for this line gets it at once.
    click.echo(f"export AWS_ENDPOINT_URL_COGNITO_IDENTITY={server.url}")
    click.echo(f"State: {server.db}  (all variables: cogid local env; stop: Ctrl-C)", err=True)
    click.echo(
        "Note: tokens of issuers whose keys are not known are accepted without a check of their"
        " signature (give keys with --trust ISSUER=FILE)",
        err=True,
    )


def _confirm(path: Path) -> None:
    if not _on_a_terminal():
        raise UsageError(f"This deletes {path}; without a terminal to ask on, add --yes")
    if not click.confirm(f"Delete {path} and everything in it?", err=True):
        raise CogidError("Nothing was deleted")


def _on_a_terminal() -> bool:
    return sys.stdin.isatty()
