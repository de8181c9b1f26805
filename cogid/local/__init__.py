"""Amazon Cognito identity pools on this machine, behind three names.

``serve`` and ``running`` answer over HTTP, ``handle`` is the service as a function. Importing
this module loads nothing; each of the three loads what it needs when called.

Behind them are three rooms: ``service`` (what each operation does), ``store`` (what is remembered)
and ``http`` (how it looks on a port).
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from pathlib import Path

__all__ = ["Url", "handle", "running", "serve"]


class Url(str):
    """Where a running service answers: a plain string that also knows its state file."""

    __slots__ = ("db",)

    db: Path

    @property
    def environment(self) -> dict[str, str]:
        """The variables that send any AWS SDK or tool to this service."""
        from cogid.local.http.variables import variables

        return variables(self)


def serve(  # noqa: PLR0913  # each is a setting of its own
    host: str = "127.0.0.1",
    port: int = 4599,
    *,
    db: str | Path | None = None,
    trust: Mapping[str, list[dict[str, Any]]] | None = None,
    allow_origin: str | Iterable[str] = (),
    ready: Callable[[Url], None] | None = None,
) -> None:
    """Serve on HTTP until Ctrl-C or SIGTERM, moto's services on the same port.

    ``trust`` maps issuers to the keys (JWKs) that their tokens must be signed with; signatures
    of unknown issuers are accepted. ``allow_origin`` names the web pages, beside those of this
    machine, that may use the server. ``ready`` is called with the URL once it answers.
    """
    from cogid.local.http import server

    def tell(started: server.LocalServer) -> None:
        if ready:
            ready(_url(started))

    server.serve(host, port, _state(db), trust or {}, tell, allow_origin=allow_origin)


@contextmanager
def running(
    *,
    db: str | Path | None = None,
    port: int = 0,
    trust: Mapping[str, list[dict[str, Any]]] | None = None,
    allow_origin: str | Iterable[str] = (),
) -> Iterator[Url]:
    """Serve in a thread for the length of a ``with`` block and give the URL.

    Starts empty, on a temporary state file, unless ``db`` names one.
    """
    from cogid.local.http import server

    state = _state(db) if db else None
    with server.running(state, port, trust or {}, allow_origin) as started:
        yield _url(started)


def handle(
    operation: str,
    parameters: dict[str, Any],
    region: str = "us-east-1",
    *,
    db: str | Path | None = None,
) -> Any:
    """Run one operation, such as ``"GetId"``, on the state file, without a server.

    Gives the response's members, None for an operation that answers with an empty body. Raises
    ``cogid.local.faults.Fault`` where the service would refuse.
    """
    from cogid.local.service.operations import Service
    from cogid.local.store.shared import open_shared

    return Service(open_shared(_state(db))).handle(operation, parameters, region)


def _state(db: str | Path | None) -> Path:
    import os

    from cogid.local.store.paths import state_path

    return state_path(os.environ, db)


def _url(started: Any) -> Url:
    url = Url(started.url)
    url.db = started.db
    return url
