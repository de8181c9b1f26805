"""The AWS configuration file with a profile more: all else stays where and as it was."""

import os
import stat

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cogid import profile
from cogid.config_file import ConfigFile, header
from cogid.errors import CogidError

SETTINGS = {"credential_process": "cogid creds", "region": "eu-west-1"}
OURS = "credential_process = cogid creds\nregion = eu-west-1\n"
BEFORE = """# mine
[default]
region = us-east-1  # near

; sso below
[profile dev]
# by hand
role_arn = arn:aws:iam::123456789012:role/x
source_profile = default
output = yaml
s3 =
  max_concurrent_requests = 20
sso_session =
  deep = 1

# about other
[profile other]
region=x
"""


@pytest.fixture
def written(tmp_path):
    """Put a profile into a file of that text; gives the new one."""

    def run(text, name="new", settings=None):
        path = tmp_path / "config"
        if text is not None:
            path.write_bytes(text.encode())
        return ConfigFile(str(path)).with_profile(name, settings or SETTINGS)

    return run


NEW = f"[profile new]\n{OURS}"
ADDED = [
    # before, after
    (None, NEW),
    ("", NEW),
    ("[default]\nregion = x\n", f"[default]\nregion = x\n\n{NEW}"),
    ("[default]\nregion = x\n\n", f"[default]\nregion = x\n\n{NEW}"),
    ("[default]\nregion = x", f"[default]\nregion = x\n\n{NEW}"),
    (
        "[default]\r\nregion = x\r\n",
        "[default]\nregion = x\n\n[profile new]\n".replace("\n", "\r\n")
        + OURS.replace("\n", "\r\n"),
    ),
    (BEFORE, f"{BEFORE}\n{NEW}"),
]


@pytest.mark.parametrize(("before", "after"), ADDED)
def test_a_new_profile_comes_last(written, before, after):
    """Behind an empty line, with the file's own ends of lines."""
    assert written(before) == after


CHANGED = f"""# mine
[default]
region = us-east-1  # near

; sso below
[profile dev]
# by hand
output = yaml
s3 =
  max_concurrent_requests = 20
{OURS}
# about other
[profile other]
region=x
"""


def test_a_profile_that_is_changed_keeps_the_rest(written):
    """What named other credentials goes, comments and other settings stay."""
    assert written(BEFORE, "dev") == CHANGED


def test_an_indented_first_setting_stays_one(written):
    """Behind settings of ours it would be a part of the last one's value."""
    assert written("[profile dev]\n  z = 2\n", "dev") == f"[profile dev]\n  z = 2\n{OURS}"


def test_changing_it_again_changes_nothing(written):
    """The file has settled."""
    assert written(written(BEFORE, "dev"), "dev") == CHANGED


NAMES = [("default", "[default]"), ("a", "[profile a]"), ("my dev", '[profile "my dev"]')]


@pytest.mark.parametrize(("name", "line"), NAMES)
def test_names_are_written_as_they_are_read(written, tmp_path, name, line):
    """The default profile has a header of its own, a name with blanks has quotes."""
    assert header(name) == line
    (tmp_path / "config").write_text(written("", name))
    environ = {"AWS_CONFIG_FILE": str(tmp_path / "config"), "HOME": str(tmp_path)}

    assert profile.read(name, environ)[1] == SETTINGS


SPELLINGS = [
    "[profile dev]",
    "[ profile dev ]",
    "[profile   dev]",
    '[profile "dev"]',
    "[profile dev] # x",
]


@pytest.mark.parametrize("line", SPELLINGS)
def test_a_profile_is_found_however_it_is_written(tmp_path, line):
    """It is not written a second time."""
    (tmp_path / "config").write_text(f"{line}\nregion = x\n")
    file = ConfigFile(str(tmp_path / "config"))

    assert file.has("dev") is ("[ " not in line)
    assert not file.has("de")


LINES = st.lists(
    st.sampled_from(
        (
            "[default]",
            "[profile a]",
            "[profile b]",
            "[sso-session a]",
            "x = 1",
            "region = y",
            "  z = 2",
            "# note",
            "; note",
            "",
            "role_arn = r",
            "s3 =",
        )
    ),
    max_size=12,
).map(lambda lines: "\n".join(["[profile first]", *dict.fromkeys(lines)]) + "\n")


@given(before=LINES, name=st.sampled_from(["a", "b", "default", "new"]))
def test_other_profiles_are_read_as_before(tmp_path_factory, before, name):
    """Whatever the file holds: the profile says what was asked for, the others what they said."""
    path = tmp_path_factory.getbasetemp() / "config"
    environ = {"AWS_CONFIG_FILE": str(path), "AWS_SHARED_CREDENTIALS_FILE": os.devnull}
    path.write_text(before)
    try:
        earlier = profile._profiles(environ)  # noqa: SLF001
    except CogidError:
        return  # cannot be read at all
    path.write_text(ConfigFile(str(path)).with_profile(name, SETTINGS))
    later = profile._profiles(environ)  # noqa: SLF001

    changed = later.pop(name)
    assert {key: changed[key] for key in SETTINGS} == SETTINGS
    assert "role_arn" not in changed
    earlier.pop(name, None)
    assert later == earlier
    comments = [line for line in before.splitlines() if line[:1] in ("#", ";")]
    assert [line for line in path.read_text().splitlines() if line[:1] in ("#", ";")] == comments


def test_the_file_is_its_owners(tmp_path):
    """0600 afterwards, in a folder that is made where there is none."""
    path = tmp_path / ".aws" / "config"
    ConfigFile(str(path)).write("x")

    assert path.read_text() == "x"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert [each.name for each in path.parent.iterdir()] == ["config"]


def test_a_link_stays_a_link(tmp_path):
    """What it leads to is changed."""
    (tmp_path / "real").write_text("")
    (tmp_path / "config").symlink_to("real")
    ConfigFile(str(tmp_path / "config")).write("x")

    assert (tmp_path / "config").is_symlink()
    assert (tmp_path / "real").read_text() == "x"


def test_a_file_that_cannot_be_read_is_named(tmp_path):
    """Nothing is written over what nobody has understood."""
    (tmp_path / "config").write_bytes(b"\xff")

    with pytest.raises(CogidError, match=r"Cannot read .*config: it is not UTF-8"):
        ConfigFile(str(tmp_path / "config"))


def test_a_file_that_cannot_be_written_is_named(tmp_path):
    """A folder stands where its folder should be."""
    (tmp_path / "x").write_text("")
    with pytest.raises(CogidError, match="Cannot"):
        ConfigFile(str(tmp_path / "x" / "config")).write("x")
