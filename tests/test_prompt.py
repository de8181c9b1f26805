import contextlib
import fcntl
import io
import os
import pty
import re
import select
import struct
import subprocess
import sys
import termios
import time
from pathlib import Path

import pytest
from prompt_toolkit.data_structures import Size  # noqa: TID253 - tests may
from prompt_toolkit.input import create_pipe_input  # noqa: TID253 - tests may
from prompt_toolkit.output import DummyOutput  # noqa: TID253 - tests may
from prompt_toolkit.output.vt100 import Vt100_Output  # noqa: TID253 - tests may

from cogid import argv, model, options, secrets
from cogid.cli import Cogid
from cogid.completion import build, live
from cogid.prompt.dialogue import Dialogue, Question
from cogid.prompt.line import Line
from cogid.prompt.proposals import Proposal, Values, matching
from cogid.prompt.screen import Screen

POOL = "us-east-1:0f9c2a1b-1111-4222-8333-444455556666"
OTHER = "us-east-1:1a2b3c4d-1111-4222-8333-444455556666"
TOKEN = "eyJhbGciOiJub25lIn0.eyJzdWIiOiIxNyJ9.c2lnbmF0dXJl"
OPERATIONS = model.load().operations


class Person:
    """Answers as scripted, and remembers what was asked and told."""

    def __init__(self, *answers):
        self.answers = list(answers)
        self.questions = []
        self.told = []

    def ask(self, question):
        """Answer a question; a wrong answer must be refused first, as it would be on screen."""
        self.questions.append(question)
        answer = self.answers.pop(0)
        if answer is None:
            raise KeyboardInterrupt
        assert question.problem(answer) is None
        return answer

    @property
    def labels(self):
        """What was asked, in order."""
        return [question.label for question in self.questions]


def line_of(command, *words, **flags):
    """Make a line of which a command and words were typed."""
    root = Cogid()
    found = argv.parse([command], root).command if command else root
    typed = [command, *words] if command else list(words)
    return Line(argv.Line(root, found, command, flags, words=typed))


def asked(line, *answers, look_up=lambda _: [], width=80):
    """Hold a dialogue, and give the person who answered."""
    person = Person(*answers)
    Dialogue(line, person.ask, person.told.append, look_up, width).finish()
    return person


# The dialogue: what is asked, and in which order.


def test_first_the_command_then_what_it_requires_then_more_then_go():
    """The whole way from nothing to a line that runs."""
    line = line_of("")
    person = asked(
        line, "create-identity-pool", "my shop", "no", "allow-classic-flow", "", "y", width=100
    )

    assert person.labels == [
        "cogid ",
        "--identity-pool-name ",
        "yes or no? ",
        "another flag? ",
        "another flag? ",
        "run it? ",
    ]
    assert line.words == [
        "create-identity-pool",
        "--identity-pool-name",
        "my shop",
        "--no-allow-unauthenticated-identities",
        "--allow-classic-flow",
    ]
    assert person.told[-1] == (
        "\ncogid create-identity-pool --identity-pool-name 'my shop' "
        "--no-allow-unauthenticated-identities \\\n    --allow-classic-flow\n"
    )


def test_what_is_given_is_not_asked_again():
    """Only what is missing is asked, and what was typed stays as it was typed."""
    line = line_of(
        "list-identities", "--identity-pool-id", POOL, "--cli-auto-p", identity_pool_id=POOL
    )
    person = asked(line, "", "")

    assert person.labels == ["another flag? ", "run it? "]
    assert line.words == ["list-identities", "--identity-pool-id", POOL]


def test_a_file_of_parameters_lifts_what_is_required():
    """As at the shell, --cli-input-json may hold everything."""
    line = line_of("get-id", "--cli-input-json", "file://x", cli_input_json="file://x")

    assert asked(line, "", "").labels == ["another flag? ", "run it? "]


def test_flags_are_described():
    """Before a flag is asked for, the person is told what it is and what it may be."""
    person = asked(line_of("get-id"), POOL, "", "")

    assert person.told[1:4] == [
        "\n--identity-pool-id <string> (required)",
        "  The pool's id, REGION:GUID.",
        "  1-55 characters matching [\\w-]+:[0-9a-f-]+",
    ]


def test_a_flag_may_be_answered_with_its_value():
    """Whoever knows the flag types it as at the shell."""
    line = line_of("list-identity-pools")
    asked(line, "--max-items 5", "--output=text", "no-paginate", "", "")

    assert line.words[1:] == ["--max-items", "5", "--output", "text", "--no-paginate"]


def test_an_optional_flag_may_be_dropped():
    """No value for an optional flag leaves it out; a flag that needs none takes none."""
    line = line_of("list-identity-pools")
    asked(line, "query", "", "generate-cli-skeleton", "", "", "")

    assert line.words[1:] == ["--generate-cli-skeleton"]


@pytest.mark.parametrize(
    ("name", "answer"), [("delete-identity-pool", "y"), ("list-identities", "")]
)
def test_enter_runs_only_what_reads(name, answer):
    """What changes something wants a word; Enter pressed once too often is none."""
    person = asked(line_of(name), POOL, "", answer)
    refused = person.questions[-1].problem("")

    assert (refused is None) == (answer == "")


@pytest.mark.parametrize("answers", [["q"], ["no"], [None]])
def test_quitting_ends_with_the_interrupt(answers):
    """Who quits, by word or by key, runs nothing."""
    with pytest.raises(KeyboardInterrupt):
        asked(line_of("list-identity-pools"), "", *answers)


def test_the_line_can_be_edited_and_is_shown_again():
    """An edited line replaces everything, the command too."""
    line = line_of("list-identity-pools")
    edited = f"cogid --output text describe-identity-pool --identity-pool-id {POOL}"
    person = asked(line, "", "e", edited, "")

    assert line.words == ["--output", "text", "describe-identity-pool", "--identity-pool-id", POOL]
    assert person.questions[2].answer == "list-identity-pools"
    assert person.told[-1].startswith("\ncogid --output text describe-identity-pool \\\n")


BAD_LINES = [
    ("", "the command is missing"),
    ("local serve", "'local serve' is no operation"),
    ("get-id 'x", "no closing quotation"),
    ("get-id --identity-pool-id", "argument --identity-pool-id: expected one argument"),
    ("get-id", "--identity-pool-id is missing"),
    ("get-id --nope", "Unknown options: --nope"),
    ("list-identity-pools --max-items x", "argument --max-items: invalid int value: 'x'"),
]


@pytest.mark.parametrize(("text", "problem"), BAD_LINES)
def test_an_edited_line_that_cannot_run_is_refused(text, problem):
    """The person gets to mend it instead of losing it."""
    assert line_of("get-id").edit_problem(text) == problem


def test_commands_and_flags_are_found_by_what_they_are_about():
    """Who does not know the name types what it is for."""
    person = asked(line_of(""), "list-identity-pools", "", "")
    commands, flags = person.questions[0].proposals, person.questions[1].proposals

    assert [each.text for each in commands("STS")] == ["get-open-id-token"]
    assert [each.text for each in flags("jmespath")] == ["--query"]
    assert person.questions[0].problem("list-pools") is not None
    assert person.questions[1].problem("--nope") is not None


def test_a_flag_is_offered_once():
    """What is given, and the prompt's own flags, are not proposed."""
    person = asked(line_of("list-identity-pools"), "output text", "", "")
    offered = [each.text for each in person.questions[1].proposals("")]

    assert "--region" in offered
    assert not {"--output", "--cli-auto-prompt", "--no-cli-auto-prompt", "--version"} & {*offered}
    assert person.questions[1].problem("--output json") is not None


# The line: answers are words as at the shell.

ANSWERS = [
    # command                  flag                           answer                words
    ("get-id", "--identity-pool-id", POOL, [POOL]),
    ("delete-identities", "--identity-ids-to-delete", f"{POOL} {OTHER}", [POOL, OTHER]),
    ("delete-identities", "--identity-ids-to-delete", f'["{POOL}"]', [f'["{POOL}"]']),
    ("delete-identities", "--identity-ids-to-delete", "file://a b", ["file://a b"]),
    ("untag-resource", "--tag-keys", "a 'b c'", ["a", "b c"]),
    ("get-id", "--logins", '{"a": "b c"}', ['{"a": "b c"}']),
    ("tag-resource", "--tags", "a=b c", ["a=b c"]),
    ("get-id", "--query", "[?a=='b c']", ["[?a=='b c']"]),
]


@pytest.mark.parametrize(("command", "flag", "answer", "expected"), ANSWERS)
def test_answers_are_words_as_at_the_shell(command, flag, answer, expected):
    """Lists are split as a shell does, everything else is one word."""
    line = line_of(command)
    line.add(flag, answer)

    assert line.words == [command, flag, *expected]


def test_a_dashed_value_is_joined_to_its_flag():
    """Otherwise it would be taken for a flag."""
    line = line_of("get-id")
    line.add("--query", "-x")

    assert line.words == ["get-id", "--query=-x"]


WRONG = [
    # command            flag                    answer          problem
    ("get-id", "--identity-pool-id", "shop", "'shop' is none: it must match [\\w-]+:[0-9a-f-]+"),
    ("get-id", "--output", "xml", "Found invalid choice 'xml'"),
    ("list-identities", "--max-items", "many", "invalid int value: 'many'"),
    ("get-id", "--logins", "nothing", "Expected: '=', received: 'EOF' for input:"),
    ("get-id", "--logins", "{", "Invalid JSON: "),
    ("untag-resource", "--tag-keys", "--a", "a value that begins with a dash cannot stand here"),
    ("untag-resource", "--tag-keys", "'a", "no closing quotation"),
    ("get-id", "--debug", "yes", "--debug takes no value"),
]


@pytest.mark.parametrize(("command", "flag", "answer", "problem"), WRONG)
def test_a_wrong_answer_is_refused_at_once(command, flag, answer, problem):
    """What the shell's way would refuse, the prompt refuses while it can be mended."""
    assert line_of(command).problem(flag, answer).startswith(problem)


def test_no_file_is_read_to_check_an_answer():
    """Standard input is the keyboard here: file://- must wait for the run."""
    line = line_of("get-id")

    assert line.problem("--logins", "file://-") is None
    assert line.problem("--logins", "a@=file://nowhere") is None


# Secrets.


def test_the_line_is_shown_without_secrets_and_runs_with_them():
    """Whatever way a secret came into the line, it is shortened there."""
    given = ["--logins=a.com=EAAsecret", "--cli-input-json", f'{{"Logins": {{"a": "{TOKEN}"}}}}']
    line = line_of("get-id", *given)
    shown = line.shown(200)

    assert "secret" not in shown
    assert TOKEN not in shown
    assert "--logins=a.com=…" in shown
    assert line.words[1:] == given


def test_a_secret_stays_hidden_while_the_line_is_edited():
    """The line that is edited holds the secret, and stars are drawn for it."""
    line = line_of("get-id", "--logins", "a.com=EAAsecret")
    text = line.text()

    assert [text[start:end] for start, end in line.hidden_in(text)] == ["ecret"]


# What is proposed.


def values(command, flag, rows=()):
    """Make the proposals of a flag, and note what is looked up."""
    sources = []

    def look_up(source, typed):
        sources.append(source)
        return live.values(source, typed, {}, {}) if source == "files" else list(rows)

    return Values(build.describe(line_of(command).flag(flag)), look_up), sources


def test_live_values_are_looked_up_once_and_found_by_name():
    """A pool is known by its name, and the service is asked once a question."""
    proposed, sources = values(
        "get-id", "--identity-pool-id", [(POOL, "garage"), (OTHER, "web shop")]
    )

    assert proposed("") == [Proposal(POOL, "garage", 0), Proposal(OTHER, "web shop", 0)]
    assert proposed("shop") == [Proposal(OTHER, "web shop", 4)]
    assert sources == ["pools"]


def test_a_list_is_not_offered_the_same_word_twice():
    """Of several words each is proposed once, and replaces only itself."""
    proposed, _ = values("untag-resource", "--tag-keys", [("stage", ""), ("team", "")])

    assert proposed("stage t") == [Proposal("team", "", 1)]


INSIDE = [
    # command                    flag                answer                             proposed
    ("set-identity-pool-roles", "--roles", "", ["authenticated=", "unauthenticated=", "file://"]),
    ("set-identity-pool-roles", "--roles", "auth", ["authenticated=", "unauthenticated="]),
    ("set-identity-pool-roles", "--roles", "authenticated=", ["found"]),
    ("set-identity-pool-roles", "--roles", "authenticated=x,", ["unauthenticated="]),
    ("set-identity-pool-roles", "--role-mappings", "a={Type=T", ["Token"]),
    ("set-identity-pool-roles", "--role-mappings", '{"a', []),
    ("get-id", "--logins", "f", ["found", "file://"]),
    ("get-id", "--output", "y", ["yaml", "yaml-stream"]),
]


@pytest.mark.parametrize(("command", "flag", "answer", "expected"), INSIDE)
def test_shorthand_is_completed_place_by_place(command, flag, answer, expected):
    """What can stand inside a value is proposed where it can stand."""
    proposed, _ = values(command, flag, [("found", "")])

    assert [each.text for each in proposed(answer)] == expected


def test_files_are_proposed_after_their_scheme(tmp_path, monkeypatch):
    """A file is chosen from its folder; hidden ones only when asked for."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "logins.json").touch()
    (tmp_path / ".hidden").touch()
    (tmp_path / "more").mkdir()
    (tmp_path / "more" / "x").touch()
    proposed, _ = values("get-id", "--logins")

    assert [each.text for each in proposed("file://")] == ["logins.json", "more/"]
    assert proposed("file://more/") == [Proposal("more/x", "", 5)]
    assert proposed("file://.")[0].text == ".hidden"
    assert proposed("file://nowhere/") == []


def test_what_begins_so_comes_first():
    """The order of proposals: beginning, inside, meaning."""
    rows = [("b", "about a"), ("ba", ""), ("ab", ""), ("c", "")]

    assert [each.text for each in matching(rows, "A")] == ["ab", "ba", "b"]


# The screen.


def screened(keys, question):
    """Type keys at a question, on a screen that nobody sees."""
    with create_pipe_input() as given:
        given.send_text(keys)
        return Screen(given, DummyOutput(), colors=True).ask(question)


def test_an_answer_is_typed():
    """Enter takes what was typed, without the space around it."""
    assert screened(" a b \r", Question("? ")) == "a b"


def test_a_refused_answer_is_mended():
    """Enter takes nothing while something is wrong."""
    question = Question("? ", problem=lambda text: "no" if text == "a" else None)

    assert screened("a\rb\r", question) == "ab"


def test_an_answer_to_begin_with_is_edited():
    """What is there already can be changed."""
    assert screened("\x7fx\r", Question("? ", answer="ab")) == "ax"


@pytest.mark.parametrize("keys", ["\x03", "\x04", "abc\x03"])
def test_control_c_and_control_d_interrupt(keys):
    """Both mean: not any more."""
    with pytest.raises(KeyboardInterrupt):
        screened(keys, Question("? "))


def test_a_secret_is_drawn_as_stars():
    """The characters of a secret never reach the terminal."""
    drawn = io.StringIO()
    output = Vt100_Output(drawn, lambda: Size(rows=20, columns=80), enable_cpr=False)
    shape = OPERATIONS["get-id"].input.members["Logins"]
    question = Question(
        "? ", hidden=lambda text: secrets.without_beginnings(secrets.spans(text, shape))
    )
    with create_pipe_input() as given:
        given.send_text("a.com=EAAsecret\r")
        answer = Screen(given, output, colors=False).ask(question)

    assert answer == "a.com=EAAsecret"
    assert "a.com=EAAs*****" in re.sub(r"\x1b\[[0-?]*[ -/]*[@-~]", "", drawn.getvalue())
    assert "ecret" not in drawn.getvalue()


# The program.


class Tty(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self):
        """Say so."""
        return True


class Conversation:
    """The program on a pseudo terminal, read and answered by a test."""

    def __init__(self, words, cwd, env):
        self._ours, theirs = pty.openpty()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 30, 100, 0, 0))
        self._shown = b""
        self.process = subprocess.Popen(
            [sys.executable, "-m", "cogid", *words],
            cwd=cwd,
            env={"PROMPT_TOOLKIT_NO_CPR": "1", **env},
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            start_new_session=True,
        )
        os.close(theirs)

    def expect(self, text):
        """Read until the text is there, then forget all up to it."""
        ends = time.monotonic() + 10
        while text not in self.plain:
            self._read(ends)
        self._shown = self.plain.rpartition(text)[2].encode()

    @property
    def plain(self):
        """What was shown since, without what only moves and colours."""
        text = self._shown.decode(errors="replace")
        return re.sub(r"\x1b(\[[0-?]*[ -/]*[@-~]|.)", "", text).replace("\r", "")

    def type(self, keys):
        """Press keys."""
        os.write(self._ours, keys.encode())

    def end(self):
        """Read the rest and give the exit code."""
        ends = time.monotonic() + 10
        with contextlib.suppress(OSError):  # Linux ends a terminal that was closed with an error
            while self._read(ends):
                pass
        os.close(self._ours)
        return self.process.wait(10)

    def _read(self, ends):
        ready = select.select([self._ours], [], [], max(ends - time.monotonic(), 0))[0]
        assert ready, self.plain
        read = os.read(self._ours, 65536)
        self._shown += read
        return read


@pytest.fixture
def talk(tmp_path, environ):
    """Start the program on a pseudo terminal."""
    started = []

    def start(*words, **env):
        root = str(Path(__file__).parent.parent)
        started.append(
            Conversation(words, tmp_path, {**environ, "PYTHONPATH": root, "PAGER": "cat", **env})
        )
        return started[-1]

    yield start
    for each in started:
        if each.process.poll() is None:
            each.process.kill()
            each.process.wait()


def test_from_nothing_to_a_reply(talk, service):
    """A real terminal: choose a command, a pool by its name, and see the reply."""
    pools = {"IdentityPools": [{"IdentityPoolId": POOL, "IdentityPoolName": "shop"}]}
    service.replies = [pools, {"IdentityPoolId": POOL}]
    person = talk("--cli-auto-prompt")
    person.expect("List the pools of a region")
    person.type("describe-identity-pool\r")
    person.expect("--identity-pool-id <string> (required)")
    person.expect("shop")
    person.type("shop")
    time.sleep(0.3)  # the menu follows what is typed
    person.type("\t\r")
    person.expect("another flag?")
    person.type("--query IdentityPoolId\r")
    person.expect("another flag?")
    person.type("\r")
    person.expect(f"cogid describe-identity-pool --identity-pool-id {POOL} \\")
    person.expect("run it?")
    person.type("\r")

    assert person.end() == 0
    assert f'"{POOL}"' in person.plain
    assert service.asked == [
        ("ListIdentityPools", {"MaxResults": 60}),
        ("DescribeIdentityPool", {"IdentityPoolId": POOL}),
    ]


def test_a_value_in_two_halves_is_chosen_in_two_steps(talk, service):
    """Enter on a key of shorthand goes on with its value instead of ending the answer."""
    service.replies = [{"Roles": {}}]
    person = talk("set-identity-pool-roles", "--identity-pool-id", POOL, "--cli-auto-prompt")
    person.expect("for guests")
    person.type("\t")
    person.expect("authenticated=")
    person.type("\r")
    person.type("arn:aws:iam::123456789012:role/x\r")
    person.expect("another flag?")
    person.type("\r")
    person.expect("--roles authenticated=arn:aws:iam::123456789012:role/x")
    person.expect("run it?")
    person.type("q\r")

    assert person.end() == 130


@pytest.mark.parametrize("key", ["\x03", "\x04"])
def test_leaving_sends_nothing(talk, service, key):
    """Ctrl-C and Ctrl-D end with 130, as an interrupt does."""
    person = talk("--cli-auto-prompt")
    person.expect("List the pools of a region")
    person.type(key)

    assert person.end() == 130
    assert service.requests == []


PARTIAL = [
    # words                                                asked for
    ([], "List the pools of a region"),
    (["get-id"], "[0-9a-f-]+\n--identity-pool-id"),
    (["create-identity-pool", "--identity-pool-name", "x"], "yes or no?"),
]


@pytest.mark.parametrize(("words", "text"), PARTIAL)
def test_on_partial_prompts_for_what_is_incomplete(talk, words, text):
    """A command or a required flag is missing: ask."""
    person = talk(*words, AWS_CLI_AUTO_PROMPT="on-partial")
    person.expect(text)
    person.type("\x03")

    assert person.end() == 130


@pytest.mark.parametrize(
    ("words", "env"),
    [
        (["list-identity-pools"], {"AWS_CLI_AUTO_PROMPT": "on-partial"}),
        (["get-id", "--generate-cli-skeleton"], {"AWS_CLI_AUTO_PROMPT": "on-partial"}),
        (["list-identity-pools", "--no-cli-auto-prompt"], {"AWS_CLI_AUTO_PROMPT": "on"}),
        (["list-identity-pools"], {"AWS_CLI_AUTO_PROMPT": "on", "CI": "true"}),
        (["list-identity-pools"], {"AWS_CLI_AUTO_PROMPT": "on", "TERM": "dumb"}),
        (["list-identity-pools"], {"AWS_CLI_AUTO_PROMPT": "off"}),
        (["--version"], {"AWS_CLI_AUTO_PROMPT": "on"}),
        (["get-id", "-h"], {"AWS_CLI_AUTO_PROMPT": "on"}),
    ],
)
def test_nothing_is_asked_where_nothing_is_to_be_asked(screen, words, env):
    """Complete lines, help and versions run at once, on a terminal too."""
    result = screen(*words, env=env)

    assert result.code == 0
    assert "Ctrl-C" not in result.out


def test_the_setting_is_taken_from_the_profile(talk, tmp_path):
    """cli_auto_prompt in the AWS configuration turns it on."""
    (tmp_path / ".aws").mkdir()
    (tmp_path / ".aws" / "config").write_text("[default]\ncli_auto_prompt = ON\n")
    person = talk("list-identity-pools")
    person.expect("another flag?")
    person.type("\x03")

    assert person.end() == 130


@pytest.mark.parametrize("mode", ["on", "on-partial"])
def test_a_pipe_is_never_asked(cogid, service, mode):
    """The setting must not break scripts: without a terminal it does not exist."""
    result = cogid("list-identity-pools", env={"AWS_CLI_AUTO_PROMPT": mode})

    assert (result.code, result.err) == (0, "")
    assert len(service.requests) == 1


def test_without_a_command_a_pipe_gets_the_usual_error(cogid):
    """The flag cannot help where nobody answers, and says so."""
    result = cogid("--cli-auto-prompt")

    assert result.code == 252
    assert result.err.startswith("note: --cli-auto-prompt: there is no terminal to prompt on")
    assert "the following arguments are required: operation" in result.err


def test_both_flags_at_once_are_refused_before_a_command_is(cogid):
    """Yes and no at the same time is a mistake, with or without a command."""
    result = cogid("--cli-auto-prompt", "--no-cli-auto-prompt")

    assert result.code == 252
    assert "cannot be specified at the same time." in result.err


# Makes prompt_toolkit a module that is not there.
WITHOUT = """
import sys
class Missing:
    def find_spec(self, name, path=None, target=None):
        if name == "prompt_toolkit":
            raise ModuleNotFoundError(name=name)
sys.meta_path.insert(0, Missing())
"""


@pytest.fixture
def without(tmp_path):
    """Give an environment in which prompt_toolkit is not installed."""
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "sitecustomize.py").write_text(WITHOUT)
    root = Path(__file__).parent.parent
    return {"PYTHONPATH": f"{tmp_path / 'site'}{os.pathsep}{root}"}


def test_without_the_extra_the_flag_is_an_error_that_names_it(screen, service, without):
    """Who asked for the prompt is told how to get it."""
    result = screen("list-identity-pools", "--cli-auto-prompt", env=without)

    assert result.code == 252
    assert "pip install prompt_toolkit" in result.out
    assert service.requests == []


def test_without_the_extra_the_setting_is_a_note(screen, service, without):
    """A setting that is meant for another program must not stop this one."""
    result = screen("list-identity-pools", env={**without, "AWS_CLI_AUTO_PROMPT": "on"})

    assert result.code == 0
    assert "note: prompting needs prompt_toolkit; run: " in result.out
    assert len(service.requests) == 1


LOADS = """
import sys
from cogid.__main__ import main
from cogid.terminal import Terminal
import io, os
main(sys.argv[1:], Terminal(io.StringIO(), io.StringIO(), os.environ), os.environ)
print(*sorted(name for name in sys.modules if name.startswith(("cogid.p", "prompt_toolkit"))))
"""


def test_a_command_that_does_not_prompt_loads_none_of_it(tmp_path, environ):
    """Neither the prompt nor the notes on retries cost a script anything."""
    found = subprocess.run(
        [sys.executable, "-c", LOADS, "list-identity-pools"],
        check=True,
        capture_output=True,
        cwd=tmp_path,
        env={**environ, "PYTHONPATH": str(Path(__file__).parent.parent)},
    )
    loaded = found.stdout.decode().split()

    assert {"prompt_toolkit", "cogid.prompt", "cogid.retries"} & {*loaded} == set()


@pytest.mark.parametrize("command", list(OPERATIONS))
def test_every_flag_of_every_operation_can_be_asked_for(command):
    """No operation has a flag that the dialogue stumbles over."""
    others = [flag.spelling for flag in options.of_operation(OPERATIONS[command])]
    words = ["--cli-input-json", "{}"]  # lifts what is required, so that all flags are others
    line = line_of(command, *words, cli_input_json="{}")
    answers = [each for name in others for each in _answers(line, name)]
    asked(line, *answers, "", "y")

    assert {each for each in others if each not in line.words} <= {"--cli-input-json"}


def _answers(line, name):
    """Answer a flag with a value that it can have; with none where it takes none."""
    shape = line.shape(name)
    if name == "--cli-input-json":
        return []
    if shape is not None and shape.type == "boolean":
        return [name]
    kinds = {"integer": "5", "long": "5", "map": "a=b", "structure": "a=b"}
    element = shape.element if shape is not None and shape.type == "list" else shape
    if element is None:
        value = {"--generate-cli-skeleton": "input"}.get(name, "5")
    elif element.members or element.type == "map":
        value = "a=b"
    else:
        value = kinds.get(element.type, "1:1" if ":" in (element.pattern or "") else "1")
    return [name, value]
