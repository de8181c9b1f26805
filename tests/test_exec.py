"""``cogid exec``: the command with its credentials, as if it had been typed alone."""

import contextlib
import json
import os
import pty
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

POOL = "us-east-1:00000000-0000-4000-8000-000000000001"
GUEST = "us-east-1:00000000-0000-4000-8000-00000000000a"
PRINTS = "import json, os; print(json.dumps(dict(os.environ)))"
ENDPOINT = "AWS_CONTAINER_CREDENTIALS_FULL_URI"
HOUR = 3600.0
BOTH = ([], ["--serve"])


def credentials(number=1, lives=HOUR):
    """Make the service's reply."""
    found = {
        "AccessKeyId": f"ASIA{number}",
        "SecretKey": "secret",
        "SessionToken": "session",
        "Expiration": time.time() + lives,
    }
    return {"IdentityId": GUEST, "Credentials": found}


@pytest.fixture
def run(program, service):
    """Run a command in the environment of a guest."""
    service.replies = [{"IdentityId": GUEST}, credentials()]

    def started(*command, words=(), **more):
        return program("exec", "--pool", POOL, *words, "--", *command, **more)

    return started


@pytest.fixture
def environment(run):
    """Give the environment that the command finds."""

    def found(*words, **more):
        result = run(sys.executable, "-c", PRINTS, words=words, **more)
        assert (result.code, result.err) == (0, "")
        return json.loads(result.out)

    return found


OTHERS = {
    "AWS_PROFILE": "x",
    "AWS_DEFAULT_PROFILE": "x",
    "AWS_SECURITY_TOKEN": "x",
    "AWS_ROLE_ARN": "x",
    "AWS_WEB_IDENTITY_TOKEN_FILE": "x",
    "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI": "x",
    "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE": "x",
    "AWS_ACCOUNT_ID": "x",
}
FILES = {".aws/config": "[profile x]\n"}


def test_the_credentials_are_in_its_environment(environment):
    """Those of the pool, and of no other source; all else stays."""
    found = environment(env={**OTHERS, "MINE": "1"}, files=FILES)

    assert found["AWS_ACCESS_KEY_ID"] == "ASIA1"
    assert found["AWS_SECRET_ACCESS_KEY"] == "secret"
    assert found["AWS_SESSION_TOKEN"] == "session"
    assert found["AWS_CREDENTIAL_EXPIRATION"].endswith("Z")
    assert found["MINE"] == "1"
    assert OTHERS.keys() & found.keys() == set()


REGIONS = [
    # environment, words, AWS_REGION, AWS_DEFAULT_REGION
    ({"AWS_REGION": None}, [], "us-east-1", "us-east-1"),
    ({"AWS_REGION": "eu-west-1"}, [], "eu-west-1", "eu-west-1"),
    ({"AWS_REGION": None, "AWS_DEFAULT_REGION": "eu-west-2"}, [], "eu-west-2", "eu-west-2"),
    ({"AWS_REGION": "a-1", "AWS_DEFAULT_REGION": "b-1"}, [], "a-1", "b-1"),
    ({"AWS_REGION": "a-1"}, ["--region", "eu-west-3"], "eu-west-3", "eu-west-3"),
]


@pytest.mark.parametrize(("env", "words", "region", "default"), REGIONS)
def test_a_region_is_set_where_none_is(environment, env, words, region, default):
    """The pool's own, unless another is configured."""
    found = environment(*words, env=env)

    assert (found["AWS_REGION"], found["AWS_DEFAULT_REGION"]) == (region, default)


@pytest.mark.parametrize("words", BOTH)
def test_the_exit_code_is_the_commands(run, words):
    """Whatever it is."""
    assert run("sh", "-c", "exit 37", words=words).code == 37


CANNOT = [
    (["no-such-command"], 127, "no-such-command: command not found"),
    (["/"], 126, "/: Permission denied"),
    (["./data"], 126, "./data: Permission denied"),
]


@pytest.mark.parametrize("words", BOTH)
@pytest.mark.parametrize(("command", "code", "told"), CANNOT)
def test_what_cannot_be_run_ends_as_in_a_shell(run, words, command, code, told):
    """126 and 127, with the reason."""
    result = run(*command, words=words, files={"data": "x"})

    assert result.code == code
    assert result.err == f"\ncogid: [ERROR]: {told}\n"


MISSING = [[], ["--"], ["true"], ["true", "--"], ["a", "--", "true"]]


@pytest.mark.parametrize("words", MISSING)
def test_a_command_stands_behind_two_dashes(program, service, words):
    """Only there nothing of it is taken for a flag of cogid's."""
    result = program("exec", "--pool", POOL, *words)

    assert (result.code, service.requests) == (252, [])
    assert "behind --" in result.err


def test_its_flags_are_its_own(run):
    """Even those that cogid has as well."""
    words = ["--pool", "x", "--", "help", "--region", "y", "-h"]
    code = "import sys; print(sys.argv[1:])"

    assert run(sys.executable, "-c", code, *words).out == f"{words}\n"


def test_cogid_becomes_the_command(program, service):
    """One process, which a closed pipe ends as it would in a shell."""
    service.replies = [{"IdentityId": GUEST}, credentials()]
    shows = "grep -i sigign /proc/$$/status; echo $$"
    process = program.started("exec", "--pool", POOL, "--", "sh", "-c", shows)
    out, _ = process.communicate(timeout=20)

    ignored, number = out.decode().split()[1:]
    assert int(number) == process.pid
    assert int(ignored, 16) & (1 << (signal.SIGPIPE - 1)) == 0


SIGNALS = [signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGUSR1]


@pytest.mark.parametrize("words", BOTH)
@pytest.mark.parametrize("number", SIGNALS)
def test_signals_reach_the_command(program, service, words, number):
    """It may answer them as it likes; its exit code comes back."""
    service.replies = [{"IdentityId": GUEST}, credentials()]
    code = (
        "import signal, sys, time\n"
        f"signal.signal({int(number)}, lambda *_: sys.exit(42))\n"
        "print('ready', flush=True)\n"
        "time.sleep(20)"
    )
    process = program.started("exec", "--pool", POOL, *words, "--", sys.executable, "-c", code)
    assert process.stdout.readline() == b"ready\n"
    process.send_signal(number)
    process.communicate(timeout=20)

    assert process.returncode == 42


@pytest.mark.parametrize("words", BOTH)
def test_a_command_that_is_killed_is_told_as_by_a_shell(program, service, words):
    """128 and the number, where cogid is still there to say it."""
    service.replies = [{"IdentityId": GUEST}, credentials()]
    process = program.started("exec", "--pool", POOL, *words, "--", "sh", "-c", "kill -9 $$")
    process.communicate(timeout=20)

    assert process.returncode == (137 if words else -9)


def test_ctrl_c_is_typed_once(environ, service):
    """The terminal sends it to the command by itself, if that wants it; cogid does not add one."""
    service.replies = [{"IdentityId": GUEST}, credentials()]
    code = (
        "import os, signal, sys, time\n"
        "os.setpgid(0, 0)\n"  # out of the terminal's reach: what comes now comes from cogid
        "got = []\n"
        "signal.signal(signal.SIGINT, lambda *_: got.append(1))\n"
        "print('ready', flush=True)\n"
        "end = time.time() + 1\n"
        "while time.time() < end: time.sleep(0.05)\n"
        "sys.exit(40 + len(got))"
    )
    words = ["exec", "--pool", POOL, "--serve", "--", sys.executable, "-c", code]
    child, terminal = pty.fork()
    if child == 0:
        environment = {**environ, "PYTHONPATH": str(Path(__file__).parent.parent)}
        os.execve(sys.executable, [sys.executable, "-m", "cogid", *words], environment)  # noqa: S606
    shown = b""
    with contextlib.suppress(OSError):
        while b"ready" not in shown:
            shown += os.read(terminal, 4096)
        os.write(terminal, b"\x03")
        while os.read(terminal, 4096):
            pass
    os.close(terminal)

    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 40


# --serve


def fetched(found):
    """Ask the endpoint of an environment, with curl's look at the world."""
    code = (
        "import json, os, urllib.request\n"
        f"url, token = os.environ['{ENDPOINT}'], os.environ['AWS_CONTAINER_AUTHORIZATION_TOKEN']\n"
        "request = urllib.request.Request(url, headers={'Authorization': token})\n"
        "print(urllib.request.urlopen(request, timeout=5).read().decode())"
    )
    return [sys.executable, "-c", code, found]


def test_served_credentials_are_those_of_a_container(run):
    """On loopback, for who has the token; no key stands in the environment."""
    result = run(*fetched(""), words=["--serve"])

    told = json.loads(result.out)
    assert told.pop("Expiration").endswith("Z")
    assert told == {"AccessKeyId": "ASIA1", "SecretAccessKey": "secret", "Token": "session"}


def test_served_credentials_take_the_place_of_keys(environment):
    """SDKs would take keys before they ask."""
    found = environment("--serve", env=OTHERS, files=FILES)

    assert found[ENDPOINT].startswith("http://127.0.0.1:")
    assert {"AWS_ACCESS_KEY_ID", "AWS_SESSION_TOKEN", "AWS_PROFILE"} & found.keys() == set()
    assert "AWS_CONFIG_FILE" not in found


def test_a_configuration_with_credentials_is_hidden(environment):
    """The default profile's would come first; what else stands there does not matter."""
    files = {".aws/credentials": "[default]\naws_access_key_id = a\naws_secret_access_key = b\n"}

    found = environment("--serve", files=files)
    assert found["AWS_SHARED_CREDENTIALS_FILE"] == found["AWS_CONFIG_FILE"] == os.devnull


def test_nobody_gets_them_without_the_token(run):
    """Every user of the machine reaches loopback."""
    code = (
        "import os, urllib.request, urllib.error\n"
        "for headers in ({}, {'Authorization': 'x'}):\n"
        "    try:\n"
        f"        request = urllib.request.Request(os.environ['{ENDPOINT}'], headers=headers)\n"
        "        urllib.request.urlopen(request)\n"
        "    except urllib.error.HTTPError as error:\n"
        "        print(error.code, b'secret' in error.read())"
    )

    assert run(sys.executable, "-c", code, words=["--serve"]).out == "401 False\n401 False\n"


def test_the_endpoint_ends_with_the_command(program, service):
    """And cogid with it, though a connection is still open."""
    service.replies = [{"IdentityId": GUEST}, credentials()]
    code = (
        "import os, socket, subprocess, sys\n"
        f"host, port = os.environ['{ENDPOINT}'][7:-1].split(':')\n"
        "s = socket.create_connection((host, int(port)))\n"
        "subprocess.Popen(['sleep', '20'], pass_fds=[s.fileno()],"
        " stdout=-3, stderr=-3)\n"
        "print(port)"
    )
    begin = time.monotonic()
    result = program("exec", "--pool", POOL, "--serve", "--", sys.executable, "-c", code)

    assert result.code == 0
    assert time.monotonic() - begin < 10


BOTO3 = """
import time, boto3
session = boto3.Session()
seen = []
for _ in range(2):
    seen.append(session.get_credentials().get_frozen_credentials().access_key)
    time.sleep(2.5)
print(*seen)
"""


def test_boto3_follows_across_an_expiry(program, service):
    """Long work goes on with new credentials when the first have ended."""
    # The first live as briefly as is asked for to be used at all, then new ones are wanted.
    service.replies = [
        {"IdentityId": GUEST},
        credentials(1, lives=2.0),
        credentials(2),
    ]
    words = ["exec", "--pool", POOL, "--serve", "--min-ttl", "0", "--"]
    result = program(*words, sys.executable, "-W", "ignore", "-c", BOTO3)

    assert (result.code, result.err) == (0, "")
    assert result.out.split()[-1] == "ASIA2"
    assert [each.operation for each in service.requests][:2] == [
        "GetId",
        "GetCredentialsForIdentity",
    ]


def test_a_refresh_that_fails_is_told(program, service):
    """To the SDK by the status, and to the person."""
    service.replies = [
        {"IdentityId": GUEST},
        credentials(1, lives=1.0),
        service.error("NotAuthorizedException", "Invalid login token. Token expired: 2 >= 1"),
    ]
    code = (
        "import os, time, urllib.request, urllib.error\n"
        "time.sleep(1.2)\n"
        f"request = urllib.request.Request(os.environ['{ENDPOINT}'])\n"
        "request.add_header('Authorization', os.environ['AWS_CONTAINER_AUTHORIZATION_TOKEN'])\n"
        "try:\n"
        "    urllib.request.urlopen(request)\n"
        "except urllib.error.HTTPError as error:\n"
        "    print(error.code, error.read().decode())"
    )
    words = ["exec", "--pool", POOL, "--serve", "--min-ttl", "0", "--"]
    result = program(*words, sys.executable, "-c", code)

    assert result.out.startswith('500 {"code": "NotAuthorizedException"')
    assert "Token expired: 2 >= 1" in result.err


def test_no_token_is_in_the_argv_of_the_command(program, service, tmp_path):
    """What was typed ends with cogid; the command sees only its own words."""
    service.replies = [{"IdentityId": GUEST}, credentials()]
    words = ["exec", "--pool", POOL, "--login", "google=env:T", "--"]
    result = program(*words, "cat", "/proc/self/cmdline", env={"T": "token-of-google"})

    assert result.out == "cat\0/proc/self/cmdline\0"
    assert subprocess.run(["grep", "-r", "token-of-google", tmp_path], check=False).returncode == 1
