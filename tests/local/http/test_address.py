"""Finding the servers of a state file, and not those of others."""

from __future__ import annotations

import socket
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from cogid.errors import CogidError
from cogid.local.http import address
from cogid.local.http.connection import Reply, Server
from cogid.local.http.server import LocalServer
from cogid.local.store.paths import url_files

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def serving(db: Path, *, killed: bool = False) -> Iterator[LocalServer]:
    """Serve as ``cogid local serve`` does; one that is killed leaves its note behind."""
    server = LocalServer("127.0.0.1", 0, db, {})
    server.start()
    address.write(db, server.url, server.word)
    try:
        yield server
    finally:
        server.stop()
        if not killed:
            address.remove(db, server.url, server.word)


@pytest.fixture
def db(tmp_path: Path) -> Path:
    """Name a state file."""
    return tmp_path / "a[1].db"


def test_a_server_is_found_while_it_runs(db: Path) -> None:
    """By its state, whatever its port is."""
    assert address.find(db) is None
    with serving(db) as server:
        assert address.find(db) == address.require(db) == server.url
    assert address.find(db) is None
    assert url_files(db) == []


def test_the_first_server_is_found_when_the_second_stops(db: Path) -> None:
    """Each has a note of its own."""
    with serving(db) as first:
        with serving(db) as second:
            assert address.find(db) in {first.url, second.url}
        assert address.find(db) == first.url


def test_a_server_of_another_state_is_not_this_ones(db: Path, tmp_path: Path) -> None:
    """Not even on the port that a killed one had."""
    with serving(db, killed=True) as killed:
        word = killed.word
    with serving(tmp_path / "b.db") as other:
        address.write(db, other.url, word)
        assert address.find(db) is None
        assert address.find(tmp_path / "b.db") == other.url
    assert len(url_files(db)) == 2


def test_another_program_on_the_port_is_no_server(db: Path) -> None:
    """One that answers with something else, and one that never does."""
    other = Server("127.0.0.1", 0, lambda _: Reply(200, [], b"words and more"))
    other.start()
    address.write(db, f"http://127.0.0.1:{other.address[1]}", "word")
    with socket.create_server(("127.0.0.1", 0)) as silent:
        address.write(db, f"http://127.0.0.1:{silent.getsockname()[1]}", "word")
        start = time.monotonic()

        assert address.find(db) is None
        assert time.monotonic() - start < 5
    other.stop()


@pytest.mark.parametrize("text", ["", "http://127.0.0.1:1\n", "nonsense word", "\xff", "a b c"])
def test_a_note_that_is_none_leads_nowhere(db: Path, text: str) -> None:
    """Those of earlier versions had no word."""
    db.with_name(f"{db.name}-url").write_text(text, encoding="latin-1")

    assert address.find(db) is None
    with pytest.raises(CogidError, match="start one: cogid local serve"):
        address.require(db)


def test_a_later_servers_note_stays(db: Path) -> None:
    """When it has the same port: the earlier one's own is gone already."""
    with serving(db) as server:
        address.remove(db, server.url, "an earlier word")
        assert address.find(db) == server.url


def test_a_state_in_memory_has_no_note(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody else can use it."""
    monkeypatch.chdir(tmp_path)
    with serving(Path(":memory:")) as server:
        assert urlsplit(server.url).port
        assert address.find(Path(":memory:")) is None
    assert list(tmp_path.iterdir()) == []
