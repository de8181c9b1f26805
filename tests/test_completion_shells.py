"""TAB in the real shells, on a pseudo terminal: what is typed, and what the program then gets.

The program is a stand-in that notes its arguments and hands ``completion`` to cogid, so each
test sees what the shell made of the line, quotes and all.
"""

import contextlib
import os
import re
import select
import shutil
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest

from cogid.local import handle

pty = pytest.importorskip("pty", reason="pseudo terminals are Unix only")

ROOT = Path(__file__).parent.parent
TIMEOUT = 20
LEFT = "\x02"  # Ctrl-B
START = {
    "bash": ["bash", "--norc", "--noprofile", "-i"],
    "zsh": ["zsh", "-f", "-i"],
    "fish": ["fish", "--no-config", "-i"],
}
LOAD = {
    "bash": f"source {ROOT}/completions/cogid.bash",
    "zsh": f"autoload -Uz compinit; compinit -u -D; source {ROOT}/completions/_cogid",
    "fish": f"source {ROOT}/completions/cogid.fish",
}
STAND_IN = """#!/bin/sh
if [ "$1" = completion ]; then
    echo "$@" >> "$HOME/asked"
    exec {python} -m cogid "$@"
fi
printf 'x' > "$HOME/unfinished"
for word; do printf '\\0%s' "$word" >> "$HOME/unfinished"; done
mv "$HOME/unfinished" "$HOME/said"
"""


class Shell:
    """An interactive shell with the script loaded."""

    def __init__(self, kind, home, load="", **environ):
        self.kind, self.home = kind, home
        stand_in = home / "bin" / "cogid"
        stand_in.parent.mkdir()
        stand_in.write_text(STAND_IN.format(python=sys.executable))
        stand_in.chmod(stand_in.stat().st_mode | stat.S_IXUSR)
        surroundings = {
            "HOME": str(home),
            "PATH": f"{stand_in.parent}:/usr/bin:/bin",
            "PYTHONPATH": str(ROOT),
            "TERM": "xterm",
            "LC_ALL": "C.UTF-8",
            "AWS_EC2_METADATA_DISABLED": "true",
            "NO_PROXY": "*",
            **environ,
        }
        self.pid, self.terminal = pty.fork()
        if self.pid == 0:
            os.chdir(home)
            os.execvpe(START[kind][0], START[kind], surroundings)  # noqa: S606 - a shell it is
        self.run(f"stty cols 200 rows 50; {load or LOAD[kind]}; cogid ready", wait=True)

    def run(self, line, *, wait=False):
        """Type a whole line; ``wait`` for the stand-in to be run by it, and give its arguments."""
        self.type(f"{line}\r")
        return self.said() if wait else None

    def type(self, text):
        """Type text."""
        os.write(self.terminal, text.encode())

    def said(self):
        """Wait for the stand-in and give its arguments; without them, show the screen."""
        file, screen, end = self.home / "said", "", time.monotonic() + TIMEOUT
        while time.monotonic() < end:
            screen += self.read(0.02)
            with contextlib.suppress(FileNotFoundError):
                said = file.read_bytes().decode()
                file.unlink()
                return said.split("\0")[1:]
        raise AssertionError(screen)

    def complete(self, typed):
        """Type, press TAB and then Enter, and give the arguments that the program got.

        A bar is where the cursor is taken back to before TAB.
        """
        head, _, tail = typed.partition("|")
        self.type(f"{head}{tail}{LEFT * len(tail)}\t\r")
        return self.said()

    def list(self, typed, *expected):
        """Type, press TAB until all that is expected is on the screen, and give the screen."""
        self.type(typed)
        screen, end = "", time.monotonic() + TIMEOUT
        while not all(each in screen for each in expected):
            assert time.monotonic() < end, screen
            self.type("\t")
            screen += self.read(0.7)
        self.type("\x1b\x03" if self.kind == "fish" else "\x03")
        self.read(0.2)
        return screen

    def read(self, quiet):
        """Give what is written to the screen until nothing is for a while, without escapes."""
        text = b""
        with contextlib.suppress(OSError):  # Linux ends a terminal that was closed with an error
            while select.select([self.terminal], [], [], quiet)[0]:
                text += os.read(self.terminal, 65536)
        return re.sub(r"\x1b[\[(][0-9;?]*[a-zA-Z]|\x1b[=>]", "", text.decode(errors="replace"))

    def close(self):
        """End the shell."""
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        os.close(self.terminal)


@pytest.fixture(params=START, scope="module")
def kind(request):
    """Give the name of each shell that is installed."""
    if shutil.which(request.param) is None:
        pytest.skip(f"{request.param} is not installed")
    return request.param


@pytest.fixture(scope="module")
def pool(tmp_path_factory):
    """Make a state file with a pool and give the file, the pool's id and two of its identities."""
    db = tmp_path_factory.mktemp("state") / "local.db"
    told = {"AllowUnauthenticatedIdentities": True, "DeveloperProviderName": "login.dev"}
    tags = {"IdentityPoolTags": {"team": "1", "my key": "2"}}
    made = handle("CreateIdentityPool", {"IdentityPoolName": "shop", **told, **tags}, db=db)
    pool = made["IdentityPoolId"]
    identities = [handle("GetId", {"IdentityPoolId": pool}, db=db)["IdentityId"] for _ in "ab"]
    return db, pool, identities


@pytest.fixture(scope="module")
def shell(kind, tmp_path_factory, pool):
    """Give a shell of each kind, which works on the state file."""
    home = tmp_path_factory.mktemp(kind)
    (home / "pool.json").write_text("{}")
    (home / "my file.json").write_text("{}")
    (home / "folder").mkdir()
    (home / "folder" / "inner.pem").write_text("")
    (home / ".aws").mkdir()
    (home / ".aws" / "config").write_text("[default]\n[profile staging]\nregion = eu-west-1\n")
    shell = Shell(kind, home, COGID_LOCAL="1", COGID_LOCAL_DB=str(pool[0]))
    yield shell
    shell.close()


STATIC = [
    # typed before TAB                              arguments after it
    ("describe-identity-p", "describe-identity-pool"),
    ("--outp", "--output"),
    ("--output tab", "--output table"),
    ("--output=tab", "--output=table"),
    ("--cli-error-format leg", "--cli-error-format legacy"),
    ("--region sa-", "--region sa-east-1"),
    ("get-id --region=sa-", "get-id --region=sa-east-1"),
    ("get-id --region eu-west-1 --identity-p", "get-id --region eu-west-1 --identity-pool-id"),
    ("--output json get-identity-pool-r", "--output json get-identity-pool-roles"),
    ("update-identity-pool --no-allow-cl", "update-identity-pool --no-allow-classic-flow"),
    ("list-identities --max-it", "list-identities --max-items"),
    ("get-id --generate-cli-skeleton y", "get-id --generate-cli-skeleton yaml-input"),
    ("help que", "help query"),
    ("help get-identity-pool-r", "help get-identity-pool-roles"),
    ("local res", "local reset"),
    ("local env --she", "local env --shell"),
    ("local env --shell pow", "local env --shell powershell"),
    ("local path --db po", "local path --db pool.json"),
    ("--local-db folder/in", "--local-db folder/inner.pem"),
    ("--ca-bundle=folder/in", "--ca-bundle=folder/inner.pem"),
    ("get-id --cli-input-json fi", "get-id --cli-input-json file://"),
    ("get-id --cli-input-json file://po", "get-id --cli-input-json file://pool.json"),
    ("get-id --cli-input-json=file://po", "get-id --cli-input-json=file://pool.json"),
    ("get-id --logins fileb://po", "get-id --logins fileb://pool.json"),
    ("get-id --logins file://folder/in", "get-id --logins file://folder/inner.pem"),
    ("get-id --logins file://~/po", "get-id --logins file://~/pool.json"),
    ("set-identity-pool-roles --roles unau", "set-identity-pool-roles --roles unauthenticated="),
    (
        "create-identity-pool --cognito-identity-providers ClientId=x,Serv",
        "create-identity-pool --cognito-identity-providers ClientId=x,ServerSideTokenCheck=",
    ),
    (
        "set-identity-pool-roles --role-mappings 'a={Type=To",
        "set-identity-pool-roles --role-mappings a={Type=Token",
    ),
]


@pytest.mark.parametrize(("typed", "arguments"), STATIC)
def test_what_never_changes_is_completed(shell, typed, arguments):
    """Commands, flags, choices, regions, topics and files are completed."""
    assert shell.complete(f"cogid {typed}") == arguments.split(" ")


@pytest.mark.parametrize("typed", ["file://my", '"file://my', "'file://my"])
def test_file_names_with_blanks_are_quoted(shell, typed):
    """A file name with a blank becomes one word, inside a quote that was opened or without."""
    assert shell.complete(f"cogid get-id --logins {typed}") == [
        "get-id",
        "--logins",
        "file://my file.json",
    ]


@pytest.mark.parametrize("before", ["--output json", "--output=json"])
def test_a_flag_is_not_offered_twice(shell, before):
    """What stands on the line already, in either form of a switch, is left out."""
    assert shell.complete(f"cogid get-id {before} --outp")[-1] != "--output"
    typed = "cogid update-identity-pool --allow-classic-flow --no-allow-cl"
    assert shell.complete(typed)[-1] != "--no-allow-classic-flow"


def test_flags_of_other_commands_are_not_offered(shell):
    """Only the named command's flags and the global ones are there."""
    assert shell.complete("cogid get-id --max-it") == ["get-id", "--max-it"]
    assert shell.complete("cogid local serve --max-it") == ["local", "serve", "--max-it"]


def test_a_lone_tab_lists_the_commands(shell):
    """Whoever knows nothing but the name sees what there is."""
    shell.list("cogid ", "get-credentials-for-identity", "update-identity-pool", "help", "local")


def test_words_are_described(shell):
    """What a flag is about stands beside it."""
    about = "A JMESPath expression that picks from the reply"

    assert about in shell.list("cogid get-id --", "--query", "--identity-pool-id")


@pytest.mark.parametrize("quote", ["", '"', "'"])
@pytest.mark.parametrize("flag", ["--identity-pool-id ", "--identity-pool-id="])
@pytest.mark.parametrize("typed", ["", "us-", "us-east-1:", "us-east-1:{start}"])
def test_pool_ids_are_completed_whole(shell, pool, flag, typed, quote):
    """An id is completed from anywhere in it, also at and after its colon."""
    word = typed.format(start=pool[1][10:14])

    got = shell.complete(f"cogid describe-identity-pool {flag}{quote}{word}")

    assert got == f"describe-identity-pool {flag}{pool[1]}".split(" ")


def test_identities_of_the_pool_on_the_line(shell, pool):
    """After a pool its identities are offered, told apart, and those given already are not."""
    _, pool_id, (one, other) = pool
    line = f"cogid lookup-developer-identity --identity-pool-id {pool_id} --identity-id "

    assert "guest" in shell.list(line, one[10:], other[10:])
    got = shell.complete(f"cogid delete-identities --identity-ids-to-delete {one} us")
    assert got == ["delete-identities", "--identity-ids-to-delete", one, other]


@pytest.mark.parametrize("word", ["$pool", '"$pool"'])
def test_a_variable_on_the_line_is_looked_up(shell, kind, pool, word):
    """A pool may be named by a shell variable, as in all examples."""
    shell.run(f"set pool {pool[1]}" if kind == "fish" else f"pool={pool[1]}")

    got = shell.complete(f"cogid update-identity-pool --identity-pool-id {word} --developer-p")
    assert got[-1] == "--developer-provider-name"
    got = shell.complete(
        f"cogid update-identity-pool --identity-pool-id {word} --developer-provider-name "
    )
    assert got == [
        "update-identity-pool",
        "--identity-pool-id",
        pool[1],
        "--developer-provider-name",
        "login.dev",
    ]


def test_tag_keys_of_the_resource(shell, pool):
    """Tag keys are completed from the pool's ARN, and one with a blank stays one word."""
    arn = f"arn:aws:cognito-identity:us-east-1:123456789012:identitypool/{pool[1]}"
    line = f"untag-resource --resource-arn {arn} --tag-keys"

    assert shell.complete(f"cogid {line} te") == [*line.split(), "team"]
    assert shell.complete(f"cogid {line} my") == [*line.split(), "my key"]


def test_resource_arns(shell, pool):
    """A pool's ARN is offered where one is wanted."""
    got = shell.complete("cogid list-tags-for-resource --resource-arn ")

    arn = f"arn:aws:cognito-identity:us-east-1:123456789012:identitypool/{pool[1]}"
    assert got == ["list-tags-for-resource", "--resource-arn", arn]


def test_keys_of_logins(shell, pool):
    """The names that logins stand under are those of the pool's providers."""
    line = f"get-open-id-token-for-developer-identity --identity-pool-id {pool[1]} --logins"

    assert shell.complete(f"cogid {line} login") == [*line.split(), "login.dev="]


BETWEEN = [
    # typed, | is the cursor, $ the pool                     arguments after it
    (
        "describe-identity-pool --identity-pool-id | --color on",
        "describe-identity-pool --identity-pool-id $ --color on",
    ),
    (
        "update-identity-pool --developer-provider-name | --identity-pool-id $",
        "update-identity-pool --developer-provider-name login.dev --identity-pool-id $",
    ),
    (
        "update-identity-pool --developer-provider-name lo| --identity-pool-id=$",
        "update-identity-pool --developer-provider-name login.dev --identity-pool-id=$",
    ),
    ("help que| --region x", "help query --region x"),
]


@pytest.mark.parametrize(("typed", "arguments"), BETWEEN)
def test_words_behind_the_cursor_are_seen_and_left_alone(shell, kind, pool, typed, arguments):
    """Between two blanks an empty word is completed, and a pool behind it is the line's."""
    if kind == "fish" and "$" in typed:  # fish does not tell what stands behind the cursor
        arguments = typed.replace("|", "")
    got = shell.complete(f"cogid {typed.replace('$', pool[1])}")

    assert got == arguments.replace("$", pool[1]).split()


def test_nothing_of_the_next_word_is_repeated(shell):
    """What all candidates begin with may be inserted between two blanks, and nothing else."""
    got = shell.complete("cogid get-id | --region x")

    assert [word for word in got if word.strip("-")] == ["get-id", "--region", "x"]


def test_what_was_typed_is_not_replaced(shell):
    """Where nothing is found that begins so, the word stays."""
    for line in ("get-id --identity-pool-id zz", "get-id --logins zz", "--profile zz"):
        assert shell.complete(f"cogid {line}") == line.split()


def test_a_file_is_completed_as_a_part_of_a_value(shell):
    """In shorthand the value of a key can stand in a file of its own."""
    got = shell.complete("cogid get-id --logins login.dev@=file://po")

    assert got == ["get-id", "--logins", "login.dev@=file://pool.json"]


def test_profiles(shell):
    """Profiles come from the AWS configuration."""
    assert shell.complete("cogid --profile st") == ["--profile", "staging"]


def test_nothing_is_proposed_where_nothing_fits(shell):
    """A free text, an unknown flag and a second word after a topic are left alone."""
    for line in ("--query x", "get-id --nonsense x", "help query x"):
        assert shell.complete(f"cogid {line}") == line.split()


OTHER_WAYS = {
    "bash": ["source <(cogid completion bash)"],
    "zsh": [
        "source <(cogid completion zsh)",
        f"fpath=({ROOT}/completions $fpath); autoload -Uz compinit; compinit -u -D",
    ],
    "fish": ["cogid completion fish | source"],
}


def test_the_script_can_be_loaded_as_documented(kind, tmp_path):
    """The program's output can be sourced, in zsh without compinit, and zsh finds the file."""
    for number, load in enumerate(OTHER_WAYS[kind]):
        home = tmp_path / str(number)
        home.mkdir()
        shell = Shell(kind, home, load)
        try:
            assert shell.complete("cogid describe-identity-p") == ["describe-identity-pool"]
        finally:
            shell.close()


HOSTILE = [
    """it's "quoted" `touch pwned` $(touch pwned)""",
    "two\nlines\tand a tab \x1b[31m\x07 \\: \\\\ %F{red}%d",
]


def test_names_of_pools_are_only_text(kind, service, tmp_path):
    """Whatever a pool is called, nothing is run, the screen stays whole, and the id is bare."""
    ids = ["us-east-1:0001", "us-east-1:0002"]
    named = [
        {"IdentityPoolId": id_, "IdentityPoolName": name}
        for id_, name in zip(ids, HOSTILE, strict=True)
    ]
    service.replies = [{"IdentityPools": named}]
    credentials = {"AWS_ACCESS_KEY_ID": "a", "AWS_SECRET_ACCESS_KEY": "b"}
    where = {"AWS_ENDPOINT_URL": service.url, "AWS_REGION": "us-east-1"}
    shell = Shell(kind, tmp_path, **credentials, **where)
    try:
        line = "cogid describe-identity-pool --identity-pool-id "
        screen = shell.list(line, "0001", "0002", "touch pwned", "and a tab")
        got = shell.complete(f"{line}us-east-1:0002")
    finally:
        shell.close()

    assert "\x07 \\" not in screen
    assert "[31m" in screen  # harmless without its escape
    assert got == ["describe-identity-pool", "--identity-pool-id", ids[1]]
    assert not (tmp_path / "pwned").exists()
    assert [each.operation for each in service.requests] == ["ListIdentityPools"]


def test_one_pool_is_inserted_without_its_name(kind, service, tmp_path):
    """What is inserted is the bare id, however the pool is called."""
    name = "x $(touch pwned)"
    service.replies = [{"IdentityPools": [{"IdentityPoolId": "us-1:1", "IdentityPoolName": name}]}]
    credentials = {"AWS_ACCESS_KEY_ID": "a", "AWS_SECRET_ACCESS_KEY": "b"}
    shell = Shell(kind, tmp_path, **credentials, AWS_ENDPOINT_URL=service.url, AWS_REGION="us-1")
    try:
        assert shell.complete("cogid get-id --identity-pool-id ")[-1] == "us-1:1"
    finally:
        shell.close()
    assert not (tmp_path / "pwned").exists()


CHECKS = {"bash": ["bash", "-n", "cogid.bash"], "zsh": ["zsh", "-n", "_cogid"]}
CHECKS["fish"] = ["fish", "--no-execute", "cogid.fish"]


def test_the_scripts_are_well_formed(kind):
    """Each shell finds its script free of syntax errors."""
    found = subprocess.run(
        CHECKS[kind], cwd=ROOT / "completions", capture_output=True, text=True, check=False
    )

    assert (found.returncode, found.stdout, found.stderr) == (0, "", "")
