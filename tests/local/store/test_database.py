"""The state file: what survives a kill, many writers, and files that are not right."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import stat
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from typing import TYPE_CHECKING, Any

import pytest

from cogid.local.faults import Fault
from cogid.local.service.operations import Service
from cogid.local.store.database import Store, open_store
from cogid.local.store.schema import MIGRATIONS
from cogid.local.store.transaction import StoreError, WriteNeeded

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    Call = Callable[..., Any]

RELEASED = len(MIGRATIONS)

# Makes identities and tags for the seconds given, and says so line by line once answered.
WRITER = """
import json, sys, time
from cogid.local.service.operations import Service
from cogid.local.store.database import open_store

path, pool, name, seconds = sys.argv[1:]
service = Service(open_store(path))
arn = f"arn:aws:cognito-identity:us-east-1:123456789012:identitypool/{pool}"
end = time.monotonic() + float(seconds)
count = 0
while time.monotonic() < end:
    count += 1
    asked = {"IdentityPoolId": pool, "Logins": {"graph.facebook.com": f"{name} {count}"}}
    made = service.handle("GetId", asked, "us-east-1")
    service.handle("TagResource", {"ResourceArn": arn, "Tags": {name: str(count)}}, "us-east-1")
    print(json.dumps([made["IdentityId"], count]), flush=True)
"""


def writer(path: Path, pool: str, name: str, seconds: float) -> subprocess.Popen[str]:
    """Start a process that writes."""
    words = [sys.executable, "-c", WRITER, str(path), pool, name, str(seconds)]
    return subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Name the state file of the fixtures."""
    return tmp_path / "state.db"


@pytest.fixture
def closed(path: Path) -> Path:
    """Make a state file with some identities in it, and close it."""
    opened = open_store(str(path))
    service = Service(opened)
    asked = {"IdentityPoolName": "p", "AllowUnauthenticatedIdentities": True}
    made = service.handle("CreateIdentityPool", asked, "us-east-1")
    assert made is not None
    for _ in range(300):
        service.handle("GetId", {"IdentityPoolId": made["IdentityPoolId"]}, "us-east-1")
    opened.close()
    return path


def half_made(store: Store) -> list[tuple[Any, ...]]:
    """Find identities whose logins do not fit what they are."""
    with store.reading() as opened:
        return opened.rows(
            "SELECT i.id FROM identities i WHERE (i.authenticated AND NOT i.disabled)"
            " != EXISTS (SELECT 1 FROM logins l WHERE l.identity = i.number)"
        )


def test_a_killed_writer_loses_nothing(store: Store, path: Path, pool: str, call: Call) -> None:
    """Kill -9, twenty times: every answered write is there, and no half-made identity."""
    answered: list[str] = []
    for turn in range(20):
        process = writer(path, pool, f"w{turn}", 60)
        assert process.stdout is not None
        lines = [process.stdout.readline() for _ in range(1 + turn * 3)]
        process.send_signal(signal.SIGKILL)
        rest, _ = process.communicate()
        whole = [each for each in [*lines, *rest.splitlines(keepends=True)] if each.endswith("\n")]
        answered += [json.loads(line)[0] for line in whole]

    assert len(answered) >= 20
    assert len(set(answered)) == len(answered)
    assert all(call("DescribeIdentity", IdentityId=each)["Logins"] for each in answered)
    assert half_made(store) == []
    with store.reading() as opened:
        assert opened.rows("PRAGMA integrity_check") == [("ok",)]


def test_eight_processes_write_at_once(store: Store, path: Path, pool: str, call: Call) -> None:
    """No error, no id twice, and no update of one process lost to another's."""
    processes = [writer(path, pool, f"w{number}", 1) for number in range(8)]
    answered: list[str] = []
    last: dict[str, str] = {}
    for number, process in enumerate(processes):
        out, err = process.communicate(timeout=60)
        assert (process.returncode, err) == (0, "")
        lines = [json.loads(line) for line in out.splitlines()]
        answered += [identity for identity, _ in lines]
        last[f"w{number}"] = str(lines[-1][1])

    assert len(set(answered)) == len(answered)
    assert call("DescribeIdentityPool", IdentityPoolId=pool)["IdentityPoolTags"] == last
    with store.reading() as opened:
        assert opened.row("SELECT count(*) FROM identities") == (len(answered),)
    assert half_made(store) == []


# 300 threads write and read at once, in a process that may open 64 files.
MANY_THREADS = """
import resource, sys, time
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from cogid.local.store.database import open_store

resource.setrlimit(resource.RLIMIT_NOFILE, (64, 64))
store, together = open_store(sys.argv[1]), Barrier(300)

def use(number):
    together.wait()
    with store.writing() as opened:
        opened.write(f"INSERT INTO pools (id, region, name, settings) VALUES ({number}, 1, 1, 1)")
    with store.reading() as opened:
        time.sleep(0.02)
        return opened.row("SELECT count(*) FROM pools")[0]

with ThreadPoolExecutor(300) as threads:
    print(max(threads.map(use, range(300))))
"""


@pytest.mark.skipif(os.name == "nt", reason="Windows has other bounds")
def test_any_number_of_threads_may_wait(path: Path) -> None:
    """Those that wait have no connection, of which each takes files of the process."""
    words = [sys.executable, "-c", MANY_THREADS, str(path)]
    assert subprocess.run(words, check=True, stdout=subprocess.PIPE).stdout == b"300\n"


def test_a_writer_gets_in_between_those_of_another_process(store: Store, path: Path) -> None:
    """The lock is free for 1 ms of 8, again and again; the best of five."""
    stop = threading.Event()

    def hold() -> None:
        other = sqlite3.connect(path, isolation_level=None)
        while not stop.is_set():
            other.execute("BEGIN IMMEDIATE")
            time.sleep(0.007)
            other.execute("COMMIT")
            time.sleep(0.001)
        other.close()

    def wait() -> float:
        time.sleep(0.003)
        start = time.perf_counter()
        with store.writing():
            return time.perf_counter() - start

    holder = threading.Thread(target=hold)
    holder.start()
    try:
        assert min(max(wait() for _ in range(20)) for _ in range(5)) < 0.05
    finally:
        stop.set()
        holder.join()


def test_readers_do_not_queue_behind_writers(store: Store) -> None:
    """However many threads wait for the write lock, a connection is left for reading."""
    done = threading.Event()

    def write(_: int) -> None:
        with store.writing():
            pass

    def read() -> None:
        with store.reading():
            done.set()

    with ThreadPoolExecutor(41) as threads:
        with store.writing():
            writers = threads.map(write, range(40))
            threads.submit(read)
            assert done.wait(5)
        assert len(list(writers)) == 40


def test_several_processes_make_one_file(path: Path) -> None:
    """Whoever comes first makes it, the others wait and use it."""
    words = [sys.executable, "-c", "import sys; from cogid.local.store.database import open_store"]
    words[2] += "; open_store(sys.argv[1])"
    processes = [
        subprocess.Popen([*words, str(path)], stderr=subprocess.PIPE, text=True) for _ in range(6)
    ]
    for process in processes:
        _, err = process.communicate(timeout=60)
        assert (process.returncode, err) == (0, "")


@pytest.fixture(params=["file", ":memory:"])
def any_store(request: pytest.FixtureRequest, path: Path) -> Iterator[Store]:
    """Give a store on a file, then one in memory."""
    opened = open_store(str(path) if request.param == "file" else ":memory:")
    yield opened
    opened.close()


# Opens the file twice; another process comes and goes; then it is gone without closing anything.
OPENED_TWICE = """
import os, subprocess, sys
from cogid.local.store.database import open_store

path = sys.argv[1]
store = open_store(path)

def write(name):
    with store.writing() as opened:
        row = f"INSERT INTO pools (id, region, name, settings) VALUES ('{name}', 'r', 'n', '{{}}')"
        opened.write(row)

write("a")
open_store(path).close()
passing = "from cogid.local.store.database import open_store; open_store(sys.argv[1]).close()"
subprocess.run([sys.executable, "-c", f"import sys; {passing}", path], check=True)
write("b")
os._exit(0)
"""


def test_opening_twice_in_a_process_keeps_its_locks(path: Path) -> None:
    """POSIX would drop the first one's if a handle of the file were closed in between."""
    words = [sys.executable, "-c", OPENED_TWICE, str(path)]
    subprocess.run(words, check=True, stdout=subprocess.DEVNULL)

    opened = open_store(str(path))
    with opened.reading() as transaction:
        assert transaction.rows("SELECT id FROM pools ORDER BY id") == [("a",), ("b",)]
    opened.close()


def test_a_file_deleted_in_use_is_not_made_anew(store: Store, path: Path, call: Call) -> None:
    """A new connection finds no file and says so, rather than starting an empty one."""
    for suffix in ("", "-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)
    with store.reading(), pytest.raises(Fault) as caught:
        call("ListIdentityPools", MaxResults=1)

    assert caught.value.code == "InternalErrorException"
    assert not path.exists()


def test_threads_share_a_store(any_store: Store) -> None:
    """Sixteen threads write and read, none of them in another's way."""
    service = Service(any_store)

    def use(number: int) -> str:
        asked = {"IdentityPoolName": f"p{number}", "AllowUnauthenticatedIdentities": True}
        made: Any = service.handle("CreateIdentityPool", asked, "us-east-1")
        service.handle("ListIdentityPools", {"MaxResults": 60}, "us-east-1")
        return str(made["IdentityPoolId"])

    with ThreadPoolExecutor(16) as threads:
        made = list(threads.map(use, range(64)))

    assert len(set(made)) == 64
    with any_store.reading() as opened:
        assert opened.row("SELECT count(*) FROM pools") == (64,)


@pytest.mark.parametrize(
    ("operation", "parameters"),
    [("DescribeIdentityPool", {}), ("GetId", {"Logins": {"graph.facebook.com": "known"}})],
)
def test_reading_does_not_wait_for_a_writer(
    store: Store, call: Call, pool: str, operation: str, parameters: dict[str, Any]
) -> None:
    """What changes nothing answers while another holds the write lock."""
    call("GetId", IdentityPoolId=pool, Logins={"graph.facebook.com": "known"})
    answers: list[Any] = []
    with store.writing():
        reader = threading.Thread(
            target=lambda: answers.append(call(operation, IdentityPoolId=pool, **parameters))
        )
        reader.start()
        reader.join(timeout=10)
        assert answers


def test_a_reading_transaction_cannot_write(store: Store) -> None:
    """It asks to be run again instead."""
    with pytest.raises(WriteNeeded), store.reading() as opened:
        opened.write("DELETE FROM pools")


def test_a_failed_operation_leaves_nothing(call: Call, pool: str) -> None:
    """The new login before the bad one is not kept."""
    known = call("GetId", IdentityPoolId=pool, Logins={"graph.facebook.com": "f"})["IdentityId"]
    call("GetId", IdentityPoolId=pool, Logins={"graph.facebook.com": "g", "www.amazon.com": "a"})

    logins = {"www.amazon.com": "a", "graph.facebook.com": "f"}
    with pytest.raises(Fault):
        call("GetId", IdentityPoolId=pool, Logins=logins)

    assert call("DescribeIdentity", IdentityId=known)["Logins"] == ["graph.facebook.com"]


def test_no_token_and_no_secret_is_kept(call: Call, pool: str, tmp_path: Path) -> None:
    """Neither a login's token nor the credentials can be read from the files."""
    role = "arn:aws:iam::123456789012:role/a"
    call("SetIdentityPoolRoles", IdentityPoolId=pool, Roles={"authenticated": role})
    logins = {"graph.facebook.com": "token-of-facebook"}
    identity = call("GetId", IdentityPoolId=pool, Logins=logins)["IdentityId"]
    made = call("GetCredentialsForIdentity", IdentityId=identity, Logins=logins)["Credentials"]

    kept = b"".join(each.read_bytes() for each in tmp_path.iterdir())
    for secret in ("token-of-facebook", made["SecretKey"], made["SessionToken"]):
        assert secret.encode() not in kept


def test_clearing_forgets_pools_and_keeps_keys(
    call: Call, pool: str, store: Store, jwks: Call
) -> None:
    """Tokens still in use stay verifiable."""
    identity = call("GetId", IdentityPoolId=pool)["IdentityId"]
    call("GetOpenIdToken", IdentityId=identity)

    store.clear()

    assert call("ListIdentityPools", MaxResults=1) == {"IdentityPools": []}
    assert len(jwks()["keys"]) == 1


def test_a_file_is_its_owners_only(closed: Path) -> None:
    """It holds a private key."""
    if os.name == "nt":
        pytest.skip("Windows keeps no such permissions")
    assert closed.stat().st_mode & 0o077 == 0


@pytest.mark.skipif(os.name == "nt", reason="Windows has other permissions")
@pytest.mark.parametrize("mode", [0o666, 0o640, 0o604, 0o620])
def test_a_file_that_others_can_use_is_told_and_mended(
    closed: Path, mode: int, caplog: pytest.LogCaptureFixture
) -> None:
    """They could sign tokens with its keys; SQLite's files beside it hold them, too."""
    with closing(sqlite3.connect(closed)) as another:
        another.execute("SELECT * FROM pools")
        files = list(closed.parent.iterdir())
        assert len(files) == 3
        for each in files:
            each.chmod(mode)
        for _ in range(2):
            open_store(str(closed)).close()
            assert {stat.S_IMODE(each.stat().st_mode) for each in files} == {0o600}

    told = f"Other users could use the state file '{closed}' (mode {mode:o}), which holds keys"
    assert caplog.messages == [f"{told}; now only its owner can (mode 600)"]


@pytest.mark.skipif(os.name == "nt", reason="Windows has other permissions")
def test_a_file_that_is_refused_keeps_its_permissions(path: Path) -> None:
    """It is somebody else's business who may read it."""
    path.write_text("dear diary, " * 1000)
    path.chmod(0o644)
    assert "not a state file" in refusal(path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o644


def test_an_empty_file_is_closed_to_others_silently(
    path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """There was nothing in it yet."""
    path.touch(mode=0o644)
    open_store(str(path)).close()
    assert (caplog.messages, path.stat().st_mode & 0o077) == ([], 0)


@pytest.mark.skipif(os.name == "nt", reason="Windows has other permissions")
def test_the_folder_is_for_its_owner_only(tmp_path: Path) -> None:
    """The state holds a private key, so nobody else may look into its folder."""
    open_store(str(tmp_path / "new" / "local.db")).close()

    assert stat.S_IMODE((tmp_path / "new").stat().st_mode) == 0o700


@pytest.mark.skipif(os.name == "nt", reason="Windows has other permissions")
def test_a_folder_that_is_there_keeps_its_permissions(tmp_path: Path) -> None:
    """A state file in somebody's project folder does not lock the project."""
    tmp_path.chmod(0o755)
    open_store(str(tmp_path / "local.db")).close()

    assert stat.S_IMODE(tmp_path.stat().st_mode) == 0o755


def test_opening_an_existing_file_is_quick(closed: Path) -> None:
    """Well below a command's start; the best of five, since machines hiccup."""
    taken = []
    for _ in range(5):
        start = time.perf_counter()
        opened = open_store(str(closed))
        taken.append(time.perf_counter() - start)
        opened.close()
    assert min(taken) < 0.003


def refusal(path: Path) -> str:
    """Open a file that must be refused, see that nothing changed, and give the message."""
    before = {each: each.read_bytes() for each in path.parent.iterdir()}
    with pytest.raises(StoreError) as caught:
        open_store(str(path))
    assert {each: each.read_bytes() for each in path.parent.iterdir()} == before
    assert str(path) in caught.value.message
    return caught.value.message


def test_a_newer_schema_is_left_alone(closed: Path) -> None:
    """The cure is a newer cogid."""
    connection = sqlite3.connect(closed)
    connection.execute("PRAGMA user_version = 999")
    connection.close()

    message = refusal(closed)
    assert "schema 999" in message
    assert "upgrade cogid" in message


@pytest.mark.parametrize("share", [0.001, 0.1, 0.5, 0.999])
def test_a_truncated_file_is_left_alone(closed: Path, share: float) -> None:
    """Wherever it was cut."""
    whole = closed.read_bytes()
    closed.write_bytes(whole[: int(len(whole) * share)])
    assert "damaged or cut short" in refusal(closed)


def test_a_file_of_something_else_is_left_alone(path: Path) -> None:
    """Text is no state file."""
    path.write_text("dear diary, " * 1000)
    assert "not a state file" in refusal(path)


@pytest.mark.parametrize("version", [0, 1])
def test_a_database_of_something_else_is_left_alone(path: Path, version: int) -> None:
    """Another program's tables are not ours to add to."""
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE diary (day)")
    connection.execute(f"PRAGMA user_version = {version}")
    connection.close()
    assert "not a state file" in refusal(path)


def test_an_empty_file_becomes_a_store(path: Path) -> None:
    """As ``mktemp`` makes them."""
    path.touch()
    open_store(str(path)).close()
    assert path.stat().st_size


def test_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    """The message says where, and how to choose another place."""
    (tmp_path / "file").touch()
    with pytest.raises(StoreError) as caught:
        open_store(str(tmp_path / "file" / "state.db"))
    assert str(tmp_path / "file" / "state.db") in caught.value.message
    assert "--local-db" in caught.value.message


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write anywhere"
)
def test_a_read_only_folder(closed: Path) -> None:
    """SQLite's journal could not be kept beside the file."""
    closed.parent.chmod(0o500)
    try:
        assert "--local-db" in refusal(closed)
    finally:
        closed.parent.chmod(0o700)


def test_a_folder_in_place_of_the_file(tmp_path: Path) -> None:
    """No file can be made where a folder is."""
    with pytest.raises(StoreError, match="Cannot write the state file"):
        open_store(str(tmp_path))


@pytest.fixture
def next_step() -> Iterator[Callable[..., None]]:
    """Add a step to the schema for the length of a test."""
    yield lambda *statements: MIGRATIONS.append(statements)
    del MIGRATIONS[RELEASED:]


def test_an_older_file_is_brought_up_to_date(closed: Path, next_step: Call) -> None:
    """Only the steps it has not had are applied, and what it holds stays."""
    next_step("ALTER TABLE pools ADD COLUMN colour TEXT DEFAULT 'red'")

    for _ in range(2):
        opened = open_store(str(closed))
        with opened.reading() as transaction:
            assert transaction.rows("SELECT name, colour FROM pools") == [("p", "red")]
        opened.close()


def test_a_failing_step_changes_nothing(closed: Path, next_step: Call) -> None:
    """All steps happen, or none."""
    next_step("CREATE TABLE extra (x)", "SELECT nonsense")
    with pytest.raises(StoreError):
        open_store(str(closed))

    MIGRATIONS.pop()
    opened = open_store(str(closed))
    with opened.reading() as transaction:
        assert transaction.row("SELECT 1 FROM sqlite_master WHERE name = 'extra'") is None
    opened.close()


def test_a_broken_store_is_an_internal_error(store: Store, call: Call) -> None:
    """The service answers 500, with the file's name in the message."""
    with store.writing() as opened:
        opened.write("DROP TABLE principal_tags")
        opened.write("ALTER TABLE pools RENAME TO lost")

    with pytest.raises(Fault) as caught:
        call("ListIdentityPools", MaxResults=1)
    assert (caught.value.code, caught.value.status) == ("InternalErrorException", 500)
    assert store.path in caught.value.message
