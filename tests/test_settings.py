import pytest

from cogid.errors import CogidError, ConfigError
from cogid.settings import Settings


@pytest.fixture
def settings(tmp_path):
    """Make settings from flags, an environment and the lines of the default profile."""

    def make(flags=None, environ=None, lines=""):
        (tmp_path / ".aws").mkdir()
        (tmp_path / ".aws" / "config").write_text(f"[default]\n{lines}\n[profile p]\nregion=rp\n")
        return Settings(flags or {}, {"HOME": str(tmp_path), **(environ or {})})

    return make


FOUND = [
    # setting            flags                environment                    profile   value
    ("region", {}, {}, "", None),
    ("region", {}, {}, "region = c", "c"),
    ("region", {}, {"AWS_DEFAULT_REGION": "d"}, "region = c", "d"),
    ("region", {}, {"AWS_DEFAULT_REGION": "d", "AWS_REGION": "e"}, "", "e"),
    ("region", {"region": "f"}, {"AWS_REGION": "e"}, "", "f"),
    ("region", {}, {}, "region =", None),
    ("region", {}, {"AWS_REGION": ""}, "region = c", "c"),
    ("region", {"region": ""}, {"AWS_REGION": "e"}, "", "e"),
    ("region", {"profile": "p"}, {}, "region = c", "rp"),
    ("region", {}, {"AWS_PROFILE": "p"}, "region = c", "rp"),
    ("output", {}, {}, "", "json"),
    ("output", {}, {}, "output = text", "text"),
    ("output", {}, {"AWS_DEFAULT_OUTPUT": "yaml"}, "output = text", "yaml"),
    ("output", {"output": "table"}, {"AWS_DEFAULT_OUTPUT": "yaml"}, "", "table"),
    ("error_format", {}, {}, "", "enhanced"),
    ("error_format", {}, {}, "cli_error_format = legacy", "legacy"),
    ("error_format", {}, {"AWS_CLI_ERROR_FORMAT": "json"}, "cli_error_format = text", "json"),
    ("error_format", {"cli_error_format": "yaml"}, {"AWS_CLI_ERROR_FORMAT": "json"}, "", "yaml"),
    ("timestamp_format", {}, {}, "", "iso8601"),
    ("timestamp_format", {}, {}, "cli_timestamp_format = wire", "wire"),
    ("pager", {}, {}, "", "less"),
    ("pager", {}, {"PAGER": "more"}, "", "more"),
    ("pager", {}, {"PAGER": "more"}, "cli_pager = most", "most"),
    ("pager", {}, {"AWS_PAGER": "cat"}, "cli_pager = most", "cat"),
    ("pager", {}, {"AWS_PAGER": ""}, "cli_pager = most", None),
    ("pager", {}, {}, "cli_pager =", None),
    ("pager", {}, {"PAGER": ""}, "", None),
    ("pager", {}, {"COGID_PAGER": "most", "AWS_PAGER": "cat"}, "", "most"),
    ("pager", {"no_cli_pager": True}, {"AWS_PAGER": "cat"}, "", None),
    ("profile", {}, {"AWS_PROFILE": "p"}, "", None),
    ("profile", {"profile": "p"}, {}, "", "p"),
    ("color", {}, {}, "", "auto"),
    ("color", {"color": "on"}, {}, "", "on"),
    ("endpoint_url", {}, {"AWS_ENDPOINT_URL": "http://e"}, "", None),
    ("endpoint_url", {"endpoint_url": "http://f"}, {}, "", "http://f"),
    ("verify", {}, {}, "", None),
    ("verify", {"ca_bundle": "b.pem"}, {}, "", "b.pem"),
    ("verify", {"ca_bundle": "b.pem", "no_verify_ssl": True}, {}, "", False),
    ("sign", {}, {}, "", True),
    ("sign", {"no_sign_request": True}, {}, "", False),
    ("debug", {}, {}, "", False),
    ("debug", {"debug": True}, {}, "", True),
]


@pytest.mark.parametrize(("name", "flags", "environ", "lines", "value"), FOUND)
def test_flags_win_over_environment_and_that_over_the_profile(
    settings, name, flags, environ, lines, value
):
    """Each setting is looked for in that order, and an empty one counts as unset."""
    assert getattr(settings(flags, environ, lines), name) == value


RETRIES = [
    # environment                      profile                 one call, many calls
    ({}, "", {"mode": "standard"}, {"mode": "adaptive", "total_max_attempts": 10}),
    ({}, "retry_mode = legacy", {"mode": "legacy"}, {"mode": "legacy"}),
    ({"AWS_RETRY_MODE": "adaptive"}, "retry_mode = legacy", {"mode": "adaptive"},
     {"mode": "adaptive"}),
    ({"AWS_MAX_ATTEMPTS": "2"}, "", {"mode": "standard"}, {"mode": "adaptive"}),
    ({}, "max_attempts = 2", {"mode": "standard"}, {"mode": "adaptive"}),
]  # fmt: skip


@pytest.mark.parametrize(("environ", "lines", "one", "many"), RETRIES)
def test_retries_are_as_configured_or_as_the_reference_does(settings, environ, lines, one, many):
    """One call retries in standard mode; many at once slow down together, unless told how."""
    made = settings({}, environ, lines)

    assert made.retries(patient=False) == one
    assert made.retries(patient=True) == many


WRONG = [
    ("output", {"AWS_DEFAULT_OUTPUT": "xml"}, "", CogidError, "Unknown output type: xml"),
    ("output", {}, "output = xml", CogidError, "Unknown output type: xml"),
    ("error_format", {}, "cli_error_format = x", ConfigError, "Unknown cli_error_format value: x"),
    (
        "timestamp_format",
        {},
        "cli_timestamp_format = x",
        ConfigError,
        "Unknown cli_timestamp_format value: x",
    ),
]


@pytest.mark.parametrize(("name", "environ", "lines", "kind", "message"), WRONG)
def test_a_value_that_is_none_is_named(settings, name, environ, lines, kind, message):
    """A setting that cannot be understood says so when it is asked for."""
    with pytest.raises(kind, match=message):
        getattr(settings({}, environ, lines), name)


@pytest.mark.parametrize(("flags", "seconds"), [({}, 60), ({"cli_read_timeout": 5}, 5),
                                                ({"cli_read_timeout": 0}, None)])  # fmt: skip
def test_a_time_out_of_zero_waits_for_ever(settings, flags, seconds):
    """Time-outs are 60 seconds unless told otherwise, and 0 means none."""
    assert settings(flags).timeout("read") == seconds


def test_what_is_not_asked_for_is_not_read(tmp_path):
    """A broken file stops no command that needs nothing of it."""
    (tmp_path / ".aws").mkdir()
    (tmp_path / ".aws" / "config").write_text("broken")

    assert Settings({"region": "r", "output": "json"}, {"HOME": str(tmp_path)}).region == "r"
