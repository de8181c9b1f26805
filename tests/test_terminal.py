import io

import pytest

from cogid.controls import escaped
from cogid.errors import ClosedPipe, CogidError, ConfigError
from cogid.terminal import Terminal

ESCAPED = [
    ("plain é 日本 🚀", "plain é 日本 🚀"),
    ("a\nb\tc\r", "a\\nb\\tc\\r"),
    ("\x1b[31mred", "\\x1b[31mred"),
    ("\x00\x07\x7f\x9b", "\\x00\\x07\\x7f\\x9b"),
    ("\u202e\u2066\u200f\u061c", "\\u202e\\u2066\\u200f\\u061c"),
    ("\x85\u2028\u2029", "\\x85\\u2028\\u2029"),
]


@pytest.mark.parametrize(("text", "shown"), ESCAPED)
def test_control_characters_are_shown(text, shown):
    """Nothing that steers a terminal, or turns the direction of text, goes through."""
    assert escaped(text) == shown


class Tty(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self):
        """Say so."""
        return True


class Failing(io.StringIO):
    """A stream on which writing or flushing fails."""

    def __init__(self, error, *, on):
        super().__init__()
        self.error = error
        self.on = on

    def write(self, text):
        """Fail, when asked to and there is something to write."""
        if self.on == "write" and text:
            raise self.error
        return len(text)

    def flush(self):
        """Fail when asked to."""
        if self.on == "flush":
            raise self.error


def terminal(out=None, err=None, **environ):
    """Make a terminal of two streams and an environment."""
    return Terminal(out or io.StringIO(), err or io.StringIO(), environ)


def write_through(made, text):
    """Write and flush."""
    made.write(text)
    made.flush()


EVIL = "a\x1b]0;title\x07\x1b[2J\r\x9b\u202e\u2028b\n\x1b[1mc\td"


def test_a_terminal_gets_colours_and_no_other_control():
    """Whoever made a text: what goes to a terminal can set colours, and move to the next line."""
    made = terminal(Tty(), Tty())
    made.write(EVIL)
    made.say(EVIL)

    shown = "a\\x1b]0;title\\x07\\x1b[2J\\r\\x9b\\u202e\\u2028b\n"
    assert made.out.getvalue() == f"{shown}\x1b[1mc\td"
    assert made.err.getvalue() == f"{shown}\x1b[1mc\td\n"


def test_a_line_of_plain_text_has_no_control_at_all():
    """The name of a file may hold colours and line breaks, too."""
    made = terminal(Tty())
    made.write_line(EVIL)

    assert made.out.getvalue() == escaped(EVIL) + "\n"


def test_a_pipe_gets_all_that_is_written():
    """A program gets every byte."""
    made = terminal()
    made.write(EVIL)
    made.write_line(EVIL)
    made.say(EVIL)

    assert made.out.getvalue() == f"{EVIL}{EVIL}\n"
    assert made.err.getvalue() == f"{EVIL}\n"


def test_a_note_may_take_the_place_of_a_progress_bar():
    """What stands in the line before may be cleared, at the beginning only."""
    made = terminal(err=Tty())
    made.say("\r\x1b[Knote: a\r\x1b[K")

    assert made.err.getvalue() == "\r\x1b[Knote: a\\r\\x1b[K\n"


@pytest.mark.parametrize("on", ["write", "flush"])
def test_a_full_disk_is_an_error(on):
    """Output that cannot be written is never passed over."""
    full = terminal(Failing(OSError(28, "No space left on device"), on=on))

    with pytest.raises(CogidError, match="Cannot write the output: No space left on device"):
        write_through(full, "x")


@pytest.mark.parametrize("on", ["write", "flush"])
def test_a_closed_pipe_is_told_apart(on):
    """A reader that went away is no error to complain of."""
    closed = terminal(Failing(BrokenPipeError(), on=on))

    with pytest.raises(ClosedPipe):
        write_through(closed, "x")


def encoded(encoding, errors="strict"):
    """Make a stream that keeps bytes."""
    return io.TextIOWrapper(io.BytesIO(), encoding, errors)


ENCODED = [
    # encoding, its errors, AWS_CLI_OUTPUT_ENCODING, bytes
    ("utf-8", "strict", None, "é日🚀".encode() + b"\\ud800"),
    ("utf-8", "surrogateescape", None, "é日🚀".encode() + b"\\ud800"),
    ("ascii", "strict", None, b"\\u00e9\\u65e5\\ud83d\\ude80\\ud800"),
    ("latin-1", "strict", None, b"\xe9\\u65e5\\ud83d\\ude80\\ud800"),
    ("ascii", "replace", None, b"????"),
    ("ascii", "strict", "gb2312", b"\xa8\xa6\xc8\xd5\\ud83d\\ude80\\ud800"),
    ("utf-8", "strict", "no-such", "é日🚀".encode() + b"\\ud800"),
]


@pytest.mark.parametrize(("encoding", "errors", "wanted", "written"), ENCODED)
def test_what_the_encoding_cannot_hold_is_written_as_json_does(encoding, errors, wanted, written):
    """No text is too foreign for a stream, and JSON remains JSON."""
    environ = {"AWS_CLI_OUTPUT_ENCODING": wanted} if wanted else {}
    made = terminal(encoded(encoding, errors), encoded(encoding, errors), **environ)
    made.write("é日🚀\ud800")
    made.say("é日🚀\ud800")

    assert made.out.buffer.getvalue() == written
    assert made.err.buffer.getvalue() == written + b"\n"


@pytest.mark.parametrize("codec", ["no-such", "", "base64"])
def test_an_encoding_that_is_none_is_an_error_before_anything_is_sent(codec):
    """The reference's message; it is written in the encoding that there is."""
    made = terminal(AWS_CLI_OUTPUT_ENCODING=codec)

    with pytest.raises(CogidError, match=f"Unknown codec `{codec}` specified for AWS_CLI_OUTPUT"):
        made.view("GetId")
    assert made.view("error", of_errors=True).title == "error"


class EncodedTty(io.TextIOWrapper):
    """A terminal of another encoding."""

    def isatty(self):
        """Say so."""
        return True


def test_a_pager_gets_the_encoding_of_the_terminal(tmp_path):
    """A pager writes on what it reads."""
    made = terminal(EncodedTty(io.BytesIO(), "latin-1"), COLUMNS="10", LINES="2")
    with made.paged(f"sh -c 'cat > {tmp_path}/paged'") as write:
        write("é\n日\n")

    assert (tmp_path / "paged").read_bytes() == b"\xe9\n\\u65e5\n"


LINES = [
    # environment, whether lines are drawn in ASCII
    ({}, False),
    ({"LC_ALL": "C"}, True),
    ({"LC_ALL": "POSIX", "LANG": "de_DE.UTF-8"}, True),
    ({"LC_CTYPE": "C", "LANG": "de_DE.UTF-8"}, True),
    ({"LANG": "C"}, True),
    ({"LC_CTYPE": "C.UTF-8", "LANG": "C"}, True),  # Python sets LC_CTYPE, for LANG=C alone
    ({"LC_ALL": "", "LC_CTYPE": "en_US.UTF-8", "LANG": "C"}, False),
    ({"LC_ALL": "C.UTF-8", "LANG": "C"}, False),
    ({"LC_ALL": "C", "PYTHONUTF8": "1"}, False),
    ({"LC_ALL": "C", "PYTHONUTF8": "0"}, True),
    ({"LC_ALL": "C", "PYTHONIOENCODING": "utf-8"}, False),
    ({"LC_ALL": "C", "AWS_CLI_OUTPUT_ENCODING": "utf-8"}, False),
]


@pytest.mark.parametrize(("environ", "ascii_only"), LINES)
def test_the_plain_locale_gets_plain_lines(environ, ascii_only):
    """Whoever sets LC_ALL=C wants ASCII lines, though Python writes UTF-8 there."""
    assert terminal(**environ).view("GetId").ascii_only is ascii_only


@pytest.mark.parametrize(
    ("encoding", "ascii_only"), [("utf-8", False), ("cp437", False), ("latin-1", True)]
)
def test_lines_are_drawn_only_where_they_can_be_written(encoding, ascii_only):
    """A stream that takes no line drawing gets ASCII."""
    assert terminal(encoded(encoding)).view("GetId").ascii_only is ascii_only


def test_standard_error_that_fails_is_let_go():
    """When not even the complaint can be written there is nobody left to tell."""
    terminal(err=Failing(OSError(28, "full"), on="write")).say("x")


COLORS = [
    # flag    environment                              tty    colours
    ("auto", {}, True, True),
    ("auto", {}, False, False),
    ("on", {}, False, True),
    ("on", {"NO_COLOR": "1"}, False, True),
    ("off", {"FORCE_COLOR": "1"}, True, False),
    ("auto", {"NO_COLOR": "1"}, True, False),
    ("auto", {"NO_COLOR": ""}, True, True),
    ("auto", {"NO_COLOR": "1", "FORCE_COLOR": "1"}, True, False),
    ("auto", {"FORCE_COLOR": "1"}, False, True),
    ("auto", {"FORCE_COLOR": "0"}, True, False),
    ("auto", {"FORCE_COLOR": "false"}, True, False),
    ("on", {"FORCE_COLOR": "0"}, False, True),
    ("auto", {"TERM": "dumb"}, True, False),
]


@pytest.mark.parametrize(("wanted", "environ", "tty", "colored"), COLORS)
def test_colour_follows_flag_environment_and_stream(wanted, environ, tty, colored):
    """The flag wins, then NO_COLOR and FORCE_COLOR, then whether a terminal takes colours."""
    out = Tty() if tty else io.StringIO()

    assert terminal(out, **environ).colors(wanted, out) is colored


SIZES = [
    ({}, (80, 24)),
    ({"COLUMNS": "100"}, (100, 24)),
    ({"COLUMNS": "100", "LINES": "50"}, (100, 50)),
    ({"COLUMNS": "0", "LINES": "x"}, (80, 24)),
    ({"COLUMNS": "-5"}, (80, 24)),
]


@pytest.mark.parametrize(("environ", "size"), SIZES)
def test_the_size_is_that_of_the_environment_or_usual(environ, size):
    """Where nothing says otherwise a terminal has 80 columns and 24 lines."""
    assert terminal(**environ).size == size


@pytest.fixture
def paged(tmp_path):
    """Write texts through a pager that keeps them: gives what was printed and what was paged."""
    kept = tmp_path / "paged"
    less = tmp_path / "less"
    less.write_text(f"#!/bin/sh\ncat > {kept}\n")
    less.chmod(0o755)

    def run(*texts, tty=True, pager="sh -c 'cat > {kept}'", color="auto", **environ):
        out = Tty() if tty else io.StringIO()
        made = terminal(out, COLUMNS="10", LINES="4", **environ)
        with made.paged(pager and pager.format(kept=kept, less=less), color=color) as write:
            for text in texts:
                write(text)
        return out.getvalue(), kept.read_text() if kept.exists() else None

    return run


LONG = "1\n2\n3\n4\n"


def test_what_is_longer_than_the_screen_is_paged(paged):
    """Four lines do not fit where the prompt takes one of four."""
    assert paged(LONG) == ("", LONG)


def test_a_pager_gets_no_more_control_than_the_terminal(paged):
    """Not every pager shows control characters."""
    assert paged(f"{LONG}\x1b[2J")[1] == f"{LONG}\\x1b[2J"


def test_what_fits_the_screen_is_printed(paged):
    """Three lines fit."""
    assert paged("1\n2\n3\n") == ("1\n2\n3\n", None)


def test_a_long_line_counts_for_as_many_as_it_fills(paged):
    """Lines fold at the terminal's width."""
    assert paged("x" * 31 + "\n")[1] == "x" * 31 + "\n"


def test_texts_add_up(paged):
    """What was held back goes to the pager first."""
    assert paged("1\n2\n", "3\n4\n", "5\n") == ("", "1\n2\n3\n4\n5\n")


def test_a_pipe_is_not_paged(paged):
    """Nobody looks at a pipe."""
    assert paged(LONG, tty=False) == (LONG, None)


@pytest.mark.parametrize("environ", [{"CI": "true"}, {"TERM": "dumb"}])
def test_nobody_to_press_a_key_means_no_pager(paged, environ):
    """A build service and a dumb terminal cannot turn pages."""
    assert paged(LONG, **environ) == (LONG, None)


@pytest.mark.parametrize("pager", [None, "", " "])
def test_without_a_pager_text_is_printed(paged, pager):
    """No pager is needed."""
    assert paged(LONG, pager=pager) == (LONG, None)


def test_a_system_without_less_prints(paged):
    """Nobody asked for less, which small containers do not have."""
    assert paged(LONG, pager="less", PATH="/nowhere") == (LONG, None)


UNFIT = [
    # pager, what the system says
    ("no-such-pager --x", "[Errno 2] No such file or directory: 'no-such-pager'"),
    ("/", "[Errno 13] Permission denied: '/'"),
    ("'unclosed", "No closing quotation"),
]


@pytest.mark.parametrize(("pager", "why"), UNFIT)
@pytest.mark.parametrize("text", ["short\n", LONG])
def test_a_pager_that_cannot_be_started_is_an_error(pager, why, text):
    """The reference ends with 253, too, but what it had to print is lost."""
    out = Tty()
    made = terminal(out, COLUMNS="10", LINES="4")

    def write():
        with made.paged(pager) as write:
            write(text)

    with pytest.raises(ConfigError) as raised:
        write()
    assert out.getvalue() == text
    assert raised.value.sentence() == (
        "An error occurred (Pager): Unable to redirect output to pager. Received the following "
        f"error when opening pager:\n{why}\n\nLearn more about configuring the output pager by "
        'running "aws help config-vars".'
    )


def test_a_pager_that_is_not_needed_need_not_start(paged):
    """An operation that answers nothing succeeds, whatever the pager."""
    assert paged("", pager="no-such-pager") == ("", None)


COLORED = "\x1b[1m1\x1b[0m\n2\n3\n4\n"
PAGERS = [
    # pager, LESS, --color, colours
    ("sh -c 'cat > {kept}'", None, "auto", False),
    ("sh -c 'cat > {kept}'", "R", "auto", False),
    ("sh -c 'cat > {kept}'", None, "on", True),
    ("{less}", None, "auto", True),
    ("{less} -X", "-F -R", "auto", True),
    ("{less}", "-FX", "auto", False),
    ("{less} -R", "FX", "auto", True),
    ("{less} --RAW-CONTROL-CHARS", "FX", "auto", True),
    ("{less} --tabs=4", "--quit-if-one-screen", "auto", False),
    ("{less}", "FX", "on", True),
]


@pytest.mark.parametrize(("pager", "less", "color", "colored"), PAGERS)
def test_a_pager_gets_colours_if_it_takes_them(paged, pager, less, color, colored):
    """That is less with R, or any when colours were asked for."""
    environ = {} if less is None else {"LESS": less}

    assert paged(COLORED, pager=pager, color=color, **environ) == (
        "",
        COLORED if colored else LONG,
    )


def test_colours_take_no_room(paged):
    """A text that fits the screen fits it in colours, too."""
    text = "\x1b[1m\x1b[32m12345\x1b[0m\x1b[35m67890\x1b[0m\n" * 3

    assert paged(text) == (text, None)


def test_wide_letters_take_two_columns(paged):
    """Six of them do not fit ten columns."""
    assert paged("日本日本日本\n" * 2) == ("", "日本日本日本\n" * 2)


def test_a_pager_that_is_quit_early_ends_quietly(paged):
    """Quitting the pager is no error."""
    assert paged(*["x\n" * 1000] * 200, pager="true") == ("", None)


def test_an_error_while_paging_still_shows_what_was_held():
    """What came before an error is printed before it."""
    out = Tty()

    def fail():
        with terminal(out).paged("cat") as write:
            write("before\n")
            raise CogidError("then")

    with pytest.raises(CogidError):
        fail()
    assert out.getvalue() == "before\n"


MANY = {"IdentityPools": [{"IdentityPoolName": f"pool {number}"} for number in range(30)]}


def test_a_long_reply_goes_through_the_pager_on_a_real_terminal(screen, service, tmp_path):
    """A person sees more than a screenful in their pager."""
    service.replies = [MANY]
    env = {"PAGER": f"sh -c 'cat > {tmp_path}/paged'"}

    assert screen("list-identity-pools", env=env) == (0, "", "")
    assert "pool 29" in (tmp_path / "paged").read_text()


UNPAGED = [
    # environment, words
    ({"CI": "1"}, []),
    ({"TERM": "dumb"}, []),
    ({"AWS_PAGER": ""}, []),
    ({}, ["--no-cli-pager"]),
    ({}, ["--query", "IdentityPools[28:]"]),
]


@pytest.mark.parametrize(("env", "words"), UNPAGED)
def test_other_replies_do_not(screen, service, env, words):
    """In CI, on a dumb terminal, when told so and for short replies there is no pager."""
    service.replies = [MANY]
    env = {"PAGER": "sh -c 'cat >/dev/null; echo paged'", **env}
    result = screen("list-identity-pools", *words, env=env)

    assert "pool 29" in result.out
    assert "paged" not in result.out


def test_a_pipe_is_never_paged(program, service):
    """Whatever the pager says, a pipe gets the reply."""
    service.replies = [MANY]

    assert "pool 29" in program("list-identity-pools", env={"AWS_PAGER": "false"}).out


def test_a_table_is_coloured_on_a_real_terminal(screen, service):
    """Colours come by themselves where they can be seen."""
    service.replies = [{"IdentityId": "us-east-1:i"}]
    words = ["get-id", "--identity-pool-id", "us-east-1:p", "--output", "table"]

    assert "\x1b[1m" in screen(*words).out
    assert "\x1b" not in screen(*words, env={"NO_COLOR": "1"}).out
    assert "\x1b" not in screen(*words, env={"TERM": "dumb"}).out
    assert "\x1b" not in screen(*words, "--color", "off").out
