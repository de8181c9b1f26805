from __future__ import annotations

from pathlib import Path

import pytest

from cogid.local.store.paths import state_path

PLACES = [
    # environment, flag, platform, path
    ({"HOME": "/h"}, None, "linux", "/h/.local/share/cogid/local.db"),
    ({"HOME": "/h", "XDG_DATA_HOME": "/data"}, None, "linux", "/data/cogid/local.db"),
    ({"HOME": "/h", "XDG_DATA_HOME": "data"}, None, "linux", "/h/.local/share/cogid/local.db"),
    ({"HOME": "/h", "XDG_DATA_HOME": ""}, None, "linux", "/h/.local/share/cogid/local.db"),
    ({"HOME": "/h"}, None, "darwin", "/h/Library/Application Support/cogid/local.db"),
    ({"HOME": "/h", "XDG_DATA_HOME": "/data"}, None, "darwin", "/data/cogid/local.db"),
    ({"LOCALAPPDATA": "/c/Local"}, None, "win32", "/c/Local/cogid/local.db"),
    ({"HOME": "/h"}, None, "win32", "/h/AppData/Local/cogid/local.db"),
    ({"HOME": "/h", "COGID_LOCAL_DB": "/my.db"}, None, "linux", "/my.db"),
    ({"HOME": "/h", "COGID_LOCAL_DB": ""}, None, "linux", "/h/.local/share/cogid/local.db"),
    ({"HOME": "/h", "COGID_LOCAL_DB": "/my.db"}, "/other.db", "linux", "/other.db"),
    ({"HOME": "/h", "COGID_LOCAL_DB": ":memory:"}, None, "linux", ":memory:"),
    ({"HOME": "/h", "COGID_LOCAL_DB": "/my.db"}, ":memory:", "linux", ":memory:"),
]


@pytest.mark.parametrize(("environ", "flag", "platform", "expected"), PLACES)
def test_the_state_is_where_flag_environment_or_platform_say(
    environ: dict[str, str], flag: str | None, platform: str, expected: str
) -> None:
    """The flag goes before COGID_LOCAL_DB, and that before the platform's folder."""
    assert state_path(environ, flag, platform) == Path(expected)


def test_a_relative_path_is_one_of_this_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A flag may name a file of the working directory."""
    monkeypatch.chdir(tmp_path)

    assert state_path({}, "x.db") == tmp_path / "x.db"
