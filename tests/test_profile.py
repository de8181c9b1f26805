import os

import pytest

from cogid import profile
from cogid.errors import CogidError


@pytest.fixture
def files(tmp_path):
    """Write AWS files to a home folder and give the environment that points there."""

    def write(config="", credentials=""):
        folder = tmp_path / ".aws"
        folder.mkdir()
        (folder / "config").write_text(config)
        (folder / "credentials").write_text(credentials)
        return {"HOME": str(tmp_path)}

    return write


CHOSEN = [
    # flag    environment                                              profile
    (None, {}, None),
    (None, {"AWS_PROFILE": "p"}, "p"),
    (None, {"AWS_DEFAULT_PROFILE": "d", "AWS_PROFILE": "p"}, "p"),
    (None, {"AWS_DEFAULT_PROFILE": "d", "AWS_PROFILE": ""}, "d"),
    ("f", {"AWS_PROFILE": "p"}, "f"),
    ("", {"AWS_PROFILE": ""}, None),
]


@pytest.mark.parametrize(("flag", "environ", "name"), CHOSEN)
def test_the_profile_comes_from_flag_then_environment(files, flag, environ, name):
    """The flag wins, then the variables in the reference's order, which is not botocore's."""
    environ = {**files("[default]\n[profile d]\n[profile f]\n[profile p]\n"), **environ}

    assert profile.read(flag, environ)[0] == name


def test_a_profile_is_read_from_the_config_file(files):
    """The section ``profile NAME`` holds a profile's settings."""
    environ = files("[profile dev]\nregion = eu-west-1\n[default]\nregion = x\n")

    assert profile.read("dev", environ) == ("dev", {"region": "eu-west-1"})


def test_the_default_profile_needs_no_prefix(files):
    """The section ``default`` is the default profile."""
    assert profile.read("default", files("[default]\noutput = text\n")) == (
        "default",
        {"output": "text"},
    )


def test_credentials_are_laid_over_the_config(files):
    """What both files say, the credentials file says last."""
    environ = files("[profile a]\nregion=x\noutput=text\n", "[a]\nregion=y\n")

    assert profile.read("a", environ) == ("a", {"region": "y", "output": "text"})


@pytest.mark.parametrize("section", ['profile "my dev"', "profile 'my dev'"])
def test_names_may_be_quoted(files, section):
    """Quotes are no part of a profile's name."""
    assert profile.read("my dev", files(f"[{section}]\nregion = x\n")) == (
        "my dev",
        {"region": "x"},
    )


@pytest.mark.parametrize("section", ["profile\tdev", "profile  dev", "profile dev "])
def test_any_blank_parts_the_name(files, section):
    """Sections are split as a shell splits words."""
    assert profile.read("dev", files(f"[{section}]\nregion = x\n")) == ("dev", {"region": "x"})


@pytest.mark.parametrize("section", ["profile my dev", "profile 'dev", "profiledev", "dev"])
def test_a_section_that_names_no_profile_is_passed_over(files, section):
    """More words than one, or a quote left open, name nothing."""
    with pytest.raises(CogidError, match=r"The config profile \(dev\) could not be found"):
        profile.read("dev", files(f"[{section}]\nregion = x\n"))


def test_of_two_default_sections_the_later_one_counts(files):
    """``[default]`` and ``[profile default]`` are not merged (AWS CLI 2.36.7)."""
    environ = files("[default]\nregion = a\noutput = text\n[profile default]\nregion = b\n")

    assert profile.read(None, environ) == (None, {"region": "b"})


@pytest.mark.parametrize("name", ["nope", "default"])
def test_a_named_profile_that_is_not_there_is_an_error(files, name):
    """Whoever names a profile means it, be it the default one."""
    with pytest.raises(CogidError) as caught:
        profile.read(None, {**files("[profile x]\n"), "AWS_PROFILE": name})

    assert caught.value.message == f"The config profile ({name}) could not be found"


def test_files_may_be_missing(tmp_path):
    """Without files there are no settings."""
    assert profile.read(None, {"HOME": str(tmp_path)}) == (None, {})


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads every file")
def test_a_file_that_may_not_be_read_is_passed_over(files, tmp_path):
    """As in botocore; where the keys stand in the environment, nothing is missing."""
    environ = files("[default]\nregion = x\n")
    (tmp_path / ".aws" / "config").chmod(0)

    assert profile.read(None, environ) == (None, {})


def test_variables_name_the_files(tmp_path):
    """``AWS_CONFIG_FILE`` and ``AWS_SHARED_CREDENTIALS_FILE`` say where the files are."""
    (tmp_path / "c").write_text("[default]\nregion = x\n")
    (tmp_path / "s").write_text("[default]\ncli_pager = y\n")
    environ = {
        "AWS_CONFIG_FILE": f"{tmp_path}/c",
        "AWS_SHARED_CREDENTIALS_FILE": f"{tmp_path}/s",
    }

    assert profile.read("default", environ) == ("default", {"region": "x", "cli_pager": "y"})


def test_a_percent_sign_is_no_interpolation(files):
    """Values are taken as they stand."""
    assert profile.read("default", files("[default]\na = 100%(x)s\n")) == (
        "default",
        {"a": "100%(x)s"},
    )


@pytest.mark.parametrize("content", ["no section\n", "[default\n", "[default]\n\nx\n"])
def test_a_file_that_cannot_be_parsed_is_named(files, content, tmp_path):
    """A broken file is an error naming the file, whatever the command."""
    with pytest.raises(CogidError, match="Unable to parse config file: ") as caught:
        profile.read("default", files(content))

    assert str(tmp_path / ".aws" / "config") in caught.value.message


def test_names_lists_every_profile_once(files):
    """Completion offers the profiles of both files."""
    environ = files("[default]\n[profile b]\n[sso-session s]\n[profile a]\n", "[a]\n[c]\n")

    assert profile.names(environ) == ["default", "b", "a", "c"]


@pytest.mark.parametrize("name", ["default", "dev"])
def test_what_all_sections_say_is_said_once(files, name):
    """A section ``[DEFAULT]`` counts for every other one, as botocore reads it."""
    environ = files(f"[DEFAULT]\nregion = x\n[{'profile ' * (name == 'dev')}{name}]\n")

    assert profile.read(name, environ) == (name, {"region": "x"})


@pytest.mark.parametrize("lines", ["region =\n  eu-west-1\n", "s3 =\n  a = b\n  c\n"])
def test_an_indented_line_that_sets_nothing_breaks_the_file(files, lines):
    """Where botocore could not read the file, nothing of it is used."""
    with pytest.raises(CogidError, match="Unable to parse config file"):
        profile.read(None, files(f"[default]\n{lines}"))


def test_indented_lines_are_settings_of_their_own(files):
    """``s3 =`` and the like stay what they are."""
    environ = files("[default]\ns3 =\n  a = b\n\n  c = d\nregion = x\n")

    assert profile.read(None, environ)[1]["region"] == "x"
