"""Files that nobody but their owner can read, and one writer at a time."""

import os
import stat
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from cogid.private_files import STATE, Folder, user_folder

KEPT = {"a": "b"}


@pytest.fixture
def folder(tmp_path):
    """Give a folder that is not there yet."""
    return Folder(str(tmp_path / "x" / "kept"))


def mode(path):
    """Give the permission bits of a path."""
    return stat.S_IMODE(path.stat().st_mode)


def test_what_is_kept_is_found(folder):
    """By its name, by whoever looks later; forgotten, it is gone."""
    folder.write("n", KEPT)
    assert folder.read("n") == KEPT
    assert folder.names() == ["n"]

    folder.remove("n")
    assert folder.read("n") is None
    assert folder.names() == []


def test_only_the_owner_can_read_it(folder, tmp_path):
    """0600 in 0700, whatever the umask is."""
    before = os.umask(0)
    try:
        folder.write("n", KEPT)
        with folder.locked("n"):
            pass
    finally:
        os.umask(before)

    kept = tmp_path / "x" / "kept"
    assert mode(kept) == 0o700
    assert {mode(each) for each in kept.iterdir()} == {0o600}
    assert len(list(kept.iterdir())) == 2


def test_a_folder_that_was_opened_to_others_is_closed(folder, tmp_path):
    """What somebody did to it does not stay."""
    folder.write("n", KEPT)
    (tmp_path / "x" / "kept").chmod(0o755)

    assert folder.read("n") == KEPT
    assert mode(tmp_path / "x" / "kept") == 0o700


@pytest.mark.skipif(os.name == "nt" or os.geteuid() != 0, reason="only root gives folders away")
def test_a_folder_of_somebody_else_is_not_used(folder, tmp_path):
    """Neither is anything taken from it nor left in it."""
    folder.write("n", KEPT)
    os.chown(tmp_path / "x" / "kept", 12345, -1)

    folder.write("m", KEPT)
    assert folder.read("n") is None
    assert sorted(each.name for each in (tmp_path / "x" / "kept").iterdir()) == ["n"]


BROKEN = [b"", b"{", b"[1]", b"null", b"\xff", b"[" * 100000]


@pytest.mark.parametrize("content", BROKEN)
def test_a_broken_file_counts_as_none(folder, tmp_path, content):
    """And is replaced by the next one."""
    folder.write("n", KEPT)
    (tmp_path / "x" / "kept" / "n").write_bytes(content)
    assert folder.read("n") is None

    folder.write("n", KEPT)
    assert folder.read("n") == KEPT


def test_where_nothing_can_be_kept_nothing_fails(tmp_path):
    """A file stands where the folder should be: as if nothing was ever kept."""
    (tmp_path / "x").write_text("")
    folder = Folder(str(tmp_path / "x" / "kept"))

    folder.write("n", KEPT)
    with folder.locked("n"):
        assert folder.read("n") is None
    assert folder.names() == []


def test_one_at_a_time(folder):
    """Whoever holds the lock of a name is alone; other names are free."""
    inside, most = 0, 0

    def work():
        nonlocal inside, most
        for _ in range(20):
            with folder.locked("n"):
                inside += 1
                most = max(most, inside)
                inside -= 1

    threads = [threading.Thread(target=work) for _ in range(5)]
    with folder.locked("other"):
        for each in threads:
            each.start()
        for each in threads:
            each.join()
    assert most == 1


HOLD = """
import sys, time
from cogid.private_files import Folder
with Folder(sys.argv[1]).locked("n"):
    print("held", flush=True)
    time.sleep(60)
"""


def test_a_lock_ends_with_its_process(folder, tmp_path):
    """One that is killed holds nobody up, and a lock file that is removed lets no two in."""
    words = [sys.executable, "-c", HOLD, str(tmp_path / "x" / "kept")]
    root = str(Path(__file__).parent.parent)
    holder = subprocess.Popen(words, stdout=subprocess.PIPE, env={**os.environ, "PYTHONPATH": root})
    assert holder.stdout.readline() == b"held\n"
    entered = threading.Event()

    def enter():
        with folder.locked("n"):
            entered.set()

    waiting = threading.Thread(target=enter)
    waiting.start()
    assert not entered.wait(0.2)
    holder.kill()
    holder.communicate()
    assert entered.wait(5)
    waiting.join()


FOLDERS = [
    # environment, platform, folder
    ({"XDG_STATE_HOME": "/s", "HOME": "/h"}, "linux", "/s/cogid"),
    ({"XDG_STATE_HOME": "s", "HOME": "/h"}, "linux", "/h/.local/state/cogid"),
    ({"HOME": "/h"}, "darwin", "/h/Library/Application Support/cogid"),
    ({"LOCALAPPDATA": "/l", "HOME": "/h"}, "win32", "/l/cogid"),
]


@pytest.mark.parametrize(("environ", "platform", "folder"), FOLDERS)
def test_state_is_where_the_platform_keeps_it(environ, platform, folder):
    """Or where XDG_STATE_HOME says."""
    assert user_folder(STATE, environ, platform) == folder
