"""``cogid profile add``: a profile by which every SDK uses a pool."""

import base64
import json
import os
import shlex
import subprocess
import sys
import time
from pathlib import Path

import pytest

from cogid.local import running

ROOT = Path(__file__).parent.parent
POOL = "us-east-1:00000000-0000-4000-8000-000000000001"
ROLE = "arn:aws:iam::123456789012:role/R"
PROVIDER = "arn:aws:iam::123456789012:oidc-provider/id.example.com"


@pytest.fixture
def config(tmp_path):
    """Give the configuration file."""
    return tmp_path / ".aws" / "config"


def words_of(config, name="me"):
    """Give the words that an SDK makes of the profile's line."""
    lines = config.read_text().split(f"[profile {name}]\n")[1].splitlines()
    (line,) = [each for each in lines if each.startswith("credential_process = ")]
    return shlex.split(line.partition(" = ")[2])


def test_the_profile_is_shown_and_written(cogid, service, config):
    """With a line that runs this program from anywhere, and the pool's region."""
    result = cogid("profile", "add", "me", "--pool", POOL, "--yes", env={"AWS_REGION": None})

    assert result.code == 0
    assert config.read_text() == result.out
    assert result.out.splitlines()[0] == "[profile me]"
    assert result.out.splitlines()[2] == "region = us-east-1"
    words = words_of(config)
    assert words[-7:] == ["creds", "--pool", POOL, "--format", "process", "--min-ttl", "960"]
    assert os.path.isabs(words[0])  # noqa: PTH117
    assert str(config) in result.err
    assert service.requests == []


CARRIED = [
    # words, what stands in the line
    (["--token", "env:T"], ["--token", "env:T"]),
    (["--token", "@a b"], ["--token", "@{home}/a b"]),
    (["--token", "file://t"], ["--token", "@{home}/t"]),
    (["--token", "github:x"], ["--token", "github:x"]),
    (["--login", "google=@t", "--login", "apple=env:A"], ["--login", "google=@{home}/t"]),
    (["--login", "google=@t", "--login", "apple=env:A"], ["--login", "apple=env:A"]),
    (["--role-arn", ROLE], ["--role-arn", ROLE]),
    (["--classic", "--role-arn", ROLE, "--duration", "900"], ["--classic", "--duration", "900"]),
    (["--min-ttl", "20"], ["--min-ttl", "20"]),
    (["--developer", "it's", "--profile", "x"], ["--developer", "it's"]),
    (["--developer", "it's", "--profile", "x"], ["--profile", "x"]),
    (["--endpoint-url", "http://x"], ["--endpoint-url", "http://x"]),
    (["--no-verify-ssl"], ["--no-verify-ssl"]),
    (["--local", "--local-db", "my.db"], ["--local", "--local-db", "{home}/my.db"]),
]


@pytest.mark.parametrize(("words", "line"), CARRIED)
def test_flags_stand_in_the_line(cogid, config, tmp_path, words, line):
    """Quoted as SDKs read them, with paths that hold in every folder."""
    files = {".aws/config": "[profile x]\nregion = eu-west-1\n"}
    result = cogid("profile", "add", "me", "--pool", POOL, "--yes", *words, files=files)

    assert result.code == 0
    wanted = [each.format(home=tmp_path) for each in line]
    found = words_of(config)
    start = found.index(wanted[0]) if len(wanted) != 2 else found.index(wanted[1]) - 1
    assert found[start : start + len(wanted)] == wanted


REFUSED = [
    # words, exit code, what is told
    (["--token", "-"], 252, "standard input cannot be read again"),
    (["--token", "@-"], 252, "standard input cannot be read again"),
    (["--login", "google=secret-token"], 252, "a token cannot be read again"),
    (["--developer", "ann"], 252, "name another with --profile"),
    (["--developer", "ann", "--profile", "me"], 252, "name another with --profile"),
    (["--no-cache"], 252, "--no-cache"),
]


@pytest.mark.parametrize(("words", "code", "told"), REFUSED)
def test_what_could_not_work_later_is_refused(cogid, config, words, code, told):
    """It says so now, and not when an SDK asks."""
    result = cogid("profile", "add", "me", "--pool", POOL, "--yes", *words)

    assert (result.code, result.out) == (code, "")
    assert told in result.err
    assert "secret-token" not in result.err
    assert not config.exists()


@pytest.mark.parametrize("name", ["a]b", "a\nb", 'a"b', "a#b", "a;b", "", "a\\b"])
def test_a_name_that_no_sdk_reads_is_refused(cogid, config, name):
    """What would end the header, or begin a comment."""
    assert cogid("profile", "add", name, "--pool", POOL, "--yes").code == 252
    assert not config.exists()


def test_without_a_terminal_it_must_be_told(cogid, config):
    """A file of other programs is not changed by the way."""
    result = cogid("profile", "add", "me", "--pool", POOL)

    assert result.code == 252
    assert "--yes" in result.err
    assert not config.exists()


def test_a_profile_is_not_overwritten(cogid, config):
    """Unless that is asked for; then the rest of it stays."""
    files = {".aws/config": "# top\n[profile me]\n# mine\nrole_arn = x\noutput = text\n"}
    refused = cogid("profile", "add", "me", "--pool", POOL, "--yes", files=files)
    assert (refused.code, refused.out) == (255, "")
    assert "--force" in refused.err
    assert config.read_text() == files[".aws/config"]

    assert cogid("profile", "add", "me", "--pool", POOL, "--yes", "--force").code == 0
    lines = config.read_text().splitlines()
    assert [*lines[:4], *lines[5:]] == [
        "# top",
        "[profile me]",
        "# mine",
        "output = text",
        "region = us-east-1",
    ]


def test_keys_that_come_first_are_told(cogid):
    """The credentials file wins over the line."""
    files = {".aws/credentials": "[me]\naws_access_key_id = a\naws_secret_access_key = b\n"}
    result = cogid("profile", "add", "me", "--pool", POOL, "--yes", files=files)

    assert result.code == 0
    assert "warning: the credentials file has keys of me" in result.err


@pytest.mark.parametrize(("answer", "code"), [(b"y\n", 0), (b"n\n", 255)])
def test_a_person_is_asked(screen_that_answers, config, answer, code):
    """The profile is shown before."""
    found, shown = screen_that_answers(answer, "profile", "add", "me", "--pool", POOL)

    assert found == code
    assert shown.index("credential_process = ") < shown.index("[y/N]")
    assert config.exists() is (code == 0)


@pytest.fixture
def screen_that_answers(environ, tmp_path):
    """Run the program on a pseudo terminal, and type something."""

    def run(answer, *words):
        ours, theirs = os.openpty()
        process = subprocess.Popen(
            [sys.executable, "-m", "cogid", *words],
            cwd=tmp_path,
            env={**environ, "PYTHONPATH": str(ROOT)},
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            start_new_session=True,
        )
        os.close(theirs)
        os.write(ours, answer)
        shown = b""
        try:
            while read := os.read(ours, 65536):
                shown += read
        except OSError:
            pass
        os.close(ours)
        return process.wait(), shown.decode()

    return run


BOTO3 = """
import boto3, sys
session = boto3.Session(profile_name="me")
print(session.get_credentials().get_frozen_credentials().access_key, session.region_name)
print(session.client("sts").get_caller_identity()["Arn"])
"""


def token():
    """Make a token that nobody signed."""
    claims = {"iss": "https://id.example.com", "sub": "ann", "aud": "app", "exp": time.time() + 600}
    parts = [json.dumps(each).encode() for each in ({"alg": "RS256"}, claims)]
    return ".".join(base64.urlsafe_b64encode(each).decode().rstrip("=") for each in parts) + ".c2ln"


@pytest.mark.parametrize("words", [[], ["--token", "@token"]])
def test_boto3_uses_the_pool_by_the_profile(program, environ, client_of, words):
    """By its name or by AWS_PROFILE, which cogid then finds set as well."""
    with running() as url:
        service = client_of(url)
        pool = service.create_identity_pool(
            IdentityPoolName="shop",
            AllowUnauthenticatedIdentities=True,
            OpenIdConnectProviderARNs=[PROVIDER],
        )["IdentityPoolId"]
        roles = dict.fromkeys(("authenticated", "unauthenticated"), ROLE)
        service.set_identity_pool_roles(IdentityPoolId=pool, Roles=roles)
        env = {"AWS_ENDPOINT_URL": url, "AWS_ACCESS_KEY_ID": None, "AWS_SECRET_ACCESS_KEY": None}
        signed = {**env, "AWS_ACCESS_KEY_ID": "a", "AWS_SECRET_ACCESS_KEY": "b"}
        line = ["profile", "add", "me", "--pool", "shop", "--yes", *words]
        assert program(*line, env=signed, files={"token": token()}).code == 0
        found = subprocess.run(
            [sys.executable, "-W", "ignore", "-c", BOTO3],
            check=True,
            capture_output=True,
            env={k: v for k, v in {**environ, **env, "AWS_PROFILE": "me"}.items() if v},
        )

    assert found.stderr == b""
    key, region, arn = found.stdout.decode().split()
    assert key.startswith("ASIA")
    assert region == "us-east-1"
    assert arn.startswith("arn:aws:sts::123456789012:assumed-role/R/")


@pytest.fixture
def client_of():
    """Make a client of a service at a URL."""
    import boto3

    def make(url):
        return boto3.client(
            "cognito-identity",
            endpoint_url=url,
            region_name="us-east-1",
            aws_access_key_id="a",
            aws_secret_access_key="b",
        )

    return make
