import pytest

from cogid.errors import UsageError
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
    ("region", {"region": ""}, {"AWS_REGION": "e"}, "region = c", ""),
    ("region", {"profile": "p"}, {}, "region = c", "rp"),
    ("region", {}, {"AWS_PROFILE": "p"}, "region = c", "rp"),
    ("output", {}, {}, "", "json"),
    ("output", {}, {}, "output = text", "text"),
    ("output", {}, {"AWS_DEFAULT_OUTPUT": "yaml"}, "output = text", "yaml"),
    ("output", {"output": "table"}, {"AWS_DEFAULT_OUTPUT": "yaml"}, "", "table"),
    ("error_format", {}, {}, "", "enhanced"),
    ("error_format", {}, {}, "cli_error_format = legacy", "legacy"),
    ("error_format", {}, {}, "cli_error_format = Legacy", "legacy"),
    ("error_format", {}, {"AWS_CLI_ERROR_FORMAT": "JSON"}, "", "json"),
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
    ("endpoint_url", {}, {"AWS_ENDPOINT_URL": "http://e"}, "", None),
    ("endpoint_url", {"endpoint_url": "http://f"}, {}, "", "http://f"),
    ("verify", {}, {}, "", None),
    ("verify", {"ca_bundle": "b.pem"}, {}, "", "b.pem"),
    ("verify", {"ca_bundle": "b.pem", "no_verify_ssl": True}, {}, "", False),
    ("no_sign_request", {}, {}, "", False),
    ("no_sign_request", {"no_sign_request": True}, {}, "", True),
    ("read_timeout", {}, {}, "", 60),
    ("read_timeout", {"cli_read_timeout": 5}, {}, "", 5),
    ("read_timeout", {"cli_read_timeout": 0}, {}, "", 0),
    ("retry_mode", {}, {"AWS_RETRY_MODE": "adaptive"}, "retry_mode = legacy", "adaptive"),
    ("max_attempts", {}, {}, "max_attempts = 2", "2"),
    ("auto_prompt", {}, {"AWS_CLI_AUTO_PROMPT": "on"}, "cli_auto_prompt = off", "on"),
    ("debug", {}, {}, "", False),
    ("debug", {"debug": True}, {}, "", True),
]


@pytest.mark.parametrize(("name", "flags", "environ", "lines", "value"), FOUND)
def test_flags_win_over_environment_and_that_over_the_profile(
    settings, name, flags, environ, lines, value
):
    """Each is looked for in that order; an empty one counts as unset, but not --region's."""
    assert getattr(settings(flags, environ, lines), name) == value


SOURCES = [
    # setting   flags                environment              profile        source
    ("region", {}, {}, "", "default"),
    ("region", {}, {}, "region = c", "profile default"),
    ("region", {}, {"AWS_PROFILE": "p"}, "", "profile p"),
    ("region", {}, {"AWS_DEFAULT_REGION": "d"}, "region = c", "AWS_DEFAULT_REGION"),
    ("region", {}, {"AWS_DEFAULT_REGION": "d", "AWS_REGION": "e"}, "", "AWS_REGION"),
    ("region", {"region": "f"}, {"AWS_REGION": "e"}, "", "--region"),
    ("error_format", {"cli_error_format": "yaml"}, {}, "", "--cli-error-format"),
    ("read_timeout", {"cli_read_timeout": 0}, {}, "", "--cli-read-timeout"),
]


@pytest.mark.parametrize(("name", "flags", "environ", "lines", "source"), SOURCES)
def test_a_setting_knows_where_it_came_from(settings, name, flags, environ, lines, source):
    """The source that won is kept beside the value, for whoever has to explain it."""
    assert settings(flags, environ, lines).sources[name] == source


SCHEMELESS = [
    "",
    "foo",
    "127.0.0.1:4566",
    "//host",
    "localhost/x:",
    "://host",
    "1http://host",
    "\n",
]


@pytest.mark.parametrize("url", SCHEMELESS)
def test_an_endpoint_without_a_scheme_is_refused(settings, url):
    """``--endpoint-url "$UNSET"`` must not reach the real service (2.36.7's words)."""
    with pytest.raises(UsageError) as caught:
        settings({"endpoint_url": url})

    assert caught.value.message == (
        f'Bad value for --endpoint-url "{url}": scheme is missing.  '
        "Must be of the form http://<hostname>/ or https://<hostname>/"
    )


@pytest.mark.parametrize("url", ["http://h", "HTTPS://h", " http://h", "localhost:1", "x+y.z-1:"])
def test_an_endpoint_with_any_scheme_is_left_to_botocore(settings, url):
    """What may follow a scheme is judged where the request is made."""
    assert settings({"endpoint_url": url}).endpoint_url == url


def test_a_local_state_file_asks_for_the_local_service(settings, tmp_path):
    """Who names the file with ``--local-db`` does not mean AWS."""
    assert settings({"local_db": f"{tmp_path}/x.db"}).local_db == f"{tmp_path}/x.db"


def test_a_local_state_file_without_a_name_is_refused(settings):
    """``--local-db "$UNSET"`` means neither AWS nor the usual file."""
    with pytest.raises(UsageError, match="state file is empty"):
        settings({"local_db": ""})
