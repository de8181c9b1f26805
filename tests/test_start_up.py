"""How little each kind of command loads: a slow start is a bug that nobody reports."""

import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

HEAVY = {"boto3", "botocore", "urllib3", "rich", "yaml", "moto", "http.server"}
POOL = "us-east-1:p"

# Runs a command line and says what that loaded, beyond what Python loads by itself.
LOADS = """
import sys
before = set(sys.modules)
import io, os
from cogid.__main__ import main
from cogid.terminal import Terminal
main(sys.argv[1:], Terminal(io.StringIO(), io.StringIO(), os.environ), os.environ)
print(*set(sys.modules) - before)
"""


# Runs a command line and says how much of which files that opened, byte code and data alike.
READS = """
import sys
opened = {}
def note(event, arguments):
    if event == "open" and isinstance(arguments[0], str) and "r" in str(arguments[1] or "r"):
        opened[arguments[0]] = None
sys.addaudithook(note)
import io, os
from cogid.__main__ import main
from cogid.terminal import Terminal
main(sys.argv[1:], Terminal(io.StringIO(), io.StringIO(), os.environ), os.environ)
sizes = {name: os.path.getsize(name) for name in opened if os.path.isfile(name)}
print(sum(sizes.values()))
"""


@pytest.fixture
def loaded_by(environ, tmp_path):
    """Name the modules that a command line loads in a fresh interpreter."""

    def run(*words):
        found = subprocess.run(
            [sys.executable, "-c", LOADS, *words],
            check=True,
            capture_output=True,
            cwd=tmp_path,
            env={**environ, "PYTHONPATH": str(Path(__file__).parent.parent)},
        )
        return set(found.stdout.decode().split())

    return run


@pytest.fixture
def read_by(environ, tmp_path):
    """Count the bytes of the files that a command line opens in a fresh interpreter."""

    def run(*words):
        found = subprocess.run(
            [sys.executable, "-c", READS, *words],
            check=True,
            capture_output=True,
            cwd=tmp_path,
            env={**environ, "PYTHONPATH": str(Path(__file__).parent.parent)},
        )
        return int(found.stdout)

    return run


QUICK = [
    # words                                                  modules, about 15% above the measured
    (["--version"], 97),
    (["-h"], 130),
    (["help"], 130),
    (["help", "query"], 106),
    (["get-id", "-h"], 112),
    (["get-id", "help"], 115),
    (["get-id"], 122),
    (["get-id", "--nope"], 112),
    (["no-such"], 107),
    (["list-identity-pools", "--max-results", "x"], 107),
    (["list-identity-pools", "--query", "["], 120),
    (["get-id", "--generate-cli-skeleton"], 103),
    (["get-id", "--generate-cli-skeleton", "yaml-input"], 103),
    (["get-id", "--generate-cli-skeleton", "output"], 121),
    (["get-id", "--generate-cli-skeleton", "output", "--output", "text"], 103),
]


@pytest.mark.parametrize(("words", "most"), QUICK)
def test_quick_answers_load_nothing_heavy(loaded_by, words, most):
    """Help, version, usage errors and skeletons answer before boto3 could even load."""
    loaded = loaded_by(*words)

    assert loaded & HEAVY == set()
    assert len(loaded) <= most


CALLS = [
    # words                                                  heavy modules
    (["--output", "json"], {"botocore", "urllib3"}),
    (["--output", "text"], {"botocore", "urllib3"}),
    (["--output", "yaml"], {"botocore", "urllib3", "yaml"}),
    (["--output", "table"], {"botocore", "urllib3", "rich"}),
]


@pytest.mark.parametrize(("words", "heavy"), CALLS)
def test_a_call_loads_what_it_uses(loaded_by, service, words, heavy):
    """A real call loads the client's libraries and its format's, and no others."""
    service.replies = [{"IdentityId": "us-east-1:i"}]
    loaded = loaded_by("get-id", "--identity-pool-id", POOL, *words)

    assert loaded & HEAVY == heavy


def test_a_call_loads_a_bounded_number_of_modules(loaded_by, service):
    """A real call stays about as small as it was measured."""
    service.replies = [{"IdentityId": "us-east-1:i"}]

    assert len(loaded_by("get-id", "--identity-pool-id", POOL)) <= 385


def test_a_call_loads_each_library_once(environ, service, tmp_path):
    """No module is loaded a second time on the way."""
    service.replies = [{"IdentityId": "us-east-1:i"}]
    words = ["get-id", "--identity-pool-id", POOL, "--output", "table"]
    found = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "cogid", *words],
        check=True,
        capture_output=True,
        cwd=tmp_path,
        env={**environ, "PYTHONPATH": str(Path(__file__).parent.parent)},
    )
    lines = found.stderr.decode().splitlines()
    times = Counter(line.rpartition("|")[2].strip() for line in lines)

    assert {times[name] for name in ("botocore", "urllib3", "rich", "click")} == {1}


@pytest.mark.parametrize(
    ("words", "most"),
    [
        # words                                     kilobytes, about 25% above the measured
        (["--version"], 2400),
        (["get-id", "-h"], 2500),
        (["get-id"], 2700),
        (["get-id", "--generate-cli-skeleton"], 2400),
        (["get-id", "--identity-pool-id", POOL], 10000),
    ],
)
def test_a_command_reads_a_bounded_number_of_bytes(read_by, service, words, most):
    """Neither byte code nor data files grow unnoticed; the endpoints are the most of a call's."""
    service.replies = [{"IdentityId": "us-east-1:i"}]
    read_by(*words)  # writes byte code where there is none yet

    assert read_by(*words) <= most * 1000


WARM = {
    "IdentityId": "us-east-1:00000000-0000-4000-8000-00000000000a",
    "Credentials": {
        "AccessKeyId": "ASIAEXAMPLE",
        "SecretKey": "secret",
        "SessionToken": "session",
        "Expiration": 4102444800.0,
    },
}
KNOWN_POOL = "us-east-1:00000000-0000-4000-8000-000000000001"


@pytest.mark.parametrize("pool", [KNOWN_POOL, "shop"])
def test_warm_credentials_load_nothing_heavy(loaded_by, service, pool):
    """What is kept is given as quickly as help; a pool's name is known for a minute."""
    named = {"IdentityPools": [{"IdentityPoolId": KNOWN_POOL, "IdentityPoolName": "shop"}]}
    service.replies = [*([named] if pool == "shop" else []), WARM]
    words = ("creds", "--pool", pool, "--format", "json")
    assert "botocore" in loaded_by(*words)
    warm = loaded_by(*words)

    assert warm & HEAVY == set()
    assert len(warm) <= 150


def test_a_warm_exec_loads_nothing_heavy(environ, service, tmp_path):
    """Nor does what becomes the command."""
    service.replies = [WARM]
    program = [sys.executable, "-X", "importtime", "-m", "cogid"]
    words = [*program, "exec", "--pool", KNOWN_POOL, "--", "true"]
    surroundings = {**environ, "PYTHONPATH": str(Path(__file__).parent.parent)}
    cold, warm = (
        {
            line.rpartition("|")[2].strip()
            for line in subprocess.run(
                words, check=True, capture_output=True, cwd=tmp_path, env=surroundings, text=True
            ).stderr.splitlines()
        }
        for _ in range(2)
    )

    assert "botocore" in cold
    assert "cogid.credentials" in warm
    assert warm & HEAVY == set()
