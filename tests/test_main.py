import io
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from cogid.__main__ import main
from cogid.terminal import Terminal

GET_ID = ("get-id", "--identity-pool-id", "us-east-1:p")
FULL = Path("/dev/full")
needs_full = pytest.mark.skipif(not FULL.exists(), reason="no /dev/full here")


class Raising(io.StringIO):
    """An output that raises what no module plans for."""

    def __init__(self, error):
        super().__init__()
        self.error = error

    def write(self, text):
        """Raise when there is something to write."""
        if text:
            raise self.error
        return 0


def test_an_interruption_ends_with_130():
    """Ctrl-C is no error to print."""
    err = io.StringIO()

    assert main(["--version"], Terminal(Raising(KeyboardInterrupt()), err, {}), {}) == 130
    assert err.getvalue() == ""


def test_what_nobody_planned_for_ends_with_255_and_one_line():
    """An unknown failure is a message, not a traceback."""
    err = io.StringIO()

    assert main(["--version"], Terminal(Raising(ZeroDivisionError("odd")), err, {}), {}) == 255
    assert err.getvalue() == "\ncogid: [ERROR]: odd\n"


def test_an_error_without_a_text_is_named():
    """An exception that says nothing is told by its class."""
    err = io.StringIO()
    main(["--version"], Terminal(Raising(ZeroDivisionError()), err, {}), {})

    assert "ZeroDivisionError" in err.getvalue()


def test_debug_shows_the_traceback():
    """With --debug an unknown failure is told whole."""
    err = io.StringIO()
    main(["--debug", "--version"], Terminal(Raising(ZeroDivisionError("odd")), err, {}), {})

    assert "Traceback (most recent call last)" in err.getvalue()


FORMATS = ["enhanced", "legacy", "json", "yaml", "text", "table"]


@pytest.mark.parametrize("error_format", FORMATS)
def test_errors_are_printed_in_every_format(cogid, service, error_format):
    """All six formats print code and message on stderr, and nothing on stdout."""
    service.replies = [service.error("NotAuthorizedException", "Access denied")]
    result = cogid(*GET_ID, "--cli-error-format", error_format)

    assert (result.code, result.out) == (254, "")
    assert "NotAuthorizedException" in result.err
    assert "Access denied" in result.err


def test_a_wrong_error_format_is_itself_an_error(cogid):
    """A format that is none is told in the usual one, beside what else is wrong."""
    result = cogid(*GET_ID, "--query", "[", env={"AWS_CLI_ERROR_FORMAT": "xml"})

    assert result.code in {252, 253}
    assert "[ERROR]" in result.err


@pytest.mark.parametrize("content", ["broken\n", "[default\n"])
def test_a_broken_configuration_is_told(cogid, content):
    """A file that cannot be parsed ends in a message that names it."""
    result = cogid(*GET_ID, files={".aws/config": content})

    assert result.code == 255
    assert "Unable to parse config file" in result.err


@needs_full
@pytest.mark.parametrize("output", ["json", "text", "table", "yaml", "yaml-stream"])
def test_a_full_disk_is_a_failure(program, service, output):
    """Output that cannot be written exits 255 with a message, and no complaint of Python's."""
    service.replies = [{"IdentityId": "us-east-1:i"}]
    with FULL.open("w") as full:
        result = program(*GET_ID, "--output", output, stdout=full)

    assert result.code == 255
    assert result.err == "\ncogid: [ERROR]: Cannot write the output: No space left on device\n"


@needs_full
@pytest.mark.parametrize("words", [["--version"], ["-h"], ["get-id", "--generate-cli-skeleton"]])
def test_a_full_disk_fails_help_as_well(program, words):
    """Whatever is printed, a failed write is a failure."""
    with FULL.open("w") as full:
        assert program(*words, stdout=full).code == 255


@pytest.fixture
def closed_pipe():
    """Give the writing end of a pipe that nobody reads."""
    reading, writing = os.pipe()
    os.close(reading)
    yield writing
    os.close(writing)


@pytest.mark.parametrize("words", [["-h"], ["--version"], [*GET_ID], [*GET_ID, "--output", "text"]])
def test_a_closed_pipe_ends_quietly(program, service, closed_pipe, words):
    """``cogid … | head`` ends with 141 and says nothing."""
    service.replies = [{"IdentityId": "us-east-1:i"}]

    assert program(*words, stdout=closed_pipe) == (141, "", "")


def test_a_closed_pipe_ends_a_long_list(program, service, closed_pipe):
    """When nobody reads on, no further page is fetched for text."""
    page = {"IdentityPools": [{"IdentityPoolName": "x" * 50}] * 500, "NextToken": "t"}
    service.replies = [page]

    assert program("list-identity-pools", "--output", "text", stdout=closed_pipe).code == 141
    assert len(service.requests) == 1


def test_ctrl_c_ends_with_130(environ, service, tmp_path):
    """An interruption while waiting for the service ends at once and quietly."""
    service.replies = [service.reply(sleep=5)]
    process = subprocess.Popen(
        [sys.executable, "-m", "cogid", *GET_ID],
        cwd=tmp_path,
        env={**environ, "PYTHONPATH": str(Path(__file__).parent.parent)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    until = time.monotonic() + 10
    while not service.requests and time.monotonic() < until:
        time.sleep(0.01)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=3)

    assert (process.returncode, out, err.strip()) == (130, b"", b"")  # click ends the ^C's line


@pytest.mark.parametrize("fmt", ["text", "table", "csv", "yaml", "json", "jsonl"])
def test_a_stream_without_unicode_gets_escapes(program, service, fmt):
    """Whatever the format, what the stream cannot hold is escaped."""
    service.replies = [{"IdentityId": "日本"}]
    result = program(*GET_ID, "--output", fmt, env={"PYTHONIOENCODING": "ascii"})

    assert (result.code, result.err) == (0, "")
    assert "\\u65e5\\u672c" in result.out


def test_an_unknown_output_encoding_sends_nothing(program, service):
    """The reference's message and exit code."""
    result = program(*GET_ID, env={"AWS_CLI_OUTPUT_ENCODING": "bogus"})

    assert (result.code, result.out) == (255, "")
    assert result.err == (
        "\ncogid: [ERROR]: Unknown codec `bogus` specified for AWS_CLI_OUTPUT_ENCODING.\n"
    )
    assert service.requests == []


def test_json_is_ascii_where_nothing_else_can_be_written(program, service):
    """JSON can be written in any encoding."""
    service.replies = [{"IdentityId": "日本"}]
    result = program(*GET_ID, env={"PYTHONIOENCODING": "ascii"})

    assert result.json == {"IdentityId": "日本"}


def test_the_exit_code_is_the_programs(program):
    """``python -m cogid`` hands the code to the shell."""
    assert program("no-such").code == 252
