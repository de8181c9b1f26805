"""``cogid creds``: what it prints, and that shells, files and SDKs take it."""

import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
POOL = "us-east-1:00000000-0000-4000-8000-000000000001"
GUEST = "us-east-1:00000000-0000-4000-8000-00000000000a"
SECRET = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"
EXPIRES = float(int(time.time()) + 3600)
NASTY = "a'b\"c\\d\\\\$(touch x)`id` !! %PATH% \u2019 ;&|<>#é"


def replies(secret=SECRET, session="session", expires=EXPIRES):
    """Script a guest's sign-in."""
    found = {
        "AccessKeyId": "ASIAEXAMPLE",
        "SecretKey": secret,
        "SessionToken": session,
        "Expiration": expires,
    }
    return [{"IdentityId": GUEST}, {"IdentityId": GUEST, "Credentials": found}]


@pytest.fixture
def creds(cogid, service):
    """Run the command for a guest."""
    service.replies = replies()

    def run(*words, **more):
        return cogid("creds", "--pool", POOL, *words, **more)

    return run


def expiration():
    """Write the end of the credentials' life."""
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(EXPIRES))


FORMATS = {
    "bash": [
        "export AWS_ACCESS_KEY_ID=ASIAEXAMPLE",
        f"export AWS_SECRET_ACCESS_KEY={SECRET}",
        "export AWS_SESSION_TOKEN=session",
        "export AWS_CREDENTIAL_EXPIRATION={end}",
    ],
    "fish": [
        "set -gx AWS_ACCESS_KEY_ID ASIAEXAMPLE",
        f"set -gx AWS_SECRET_ACCESS_KEY {SECRET}",
        "set -gx AWS_SESSION_TOKEN session",
        "set -gx AWS_CREDENTIAL_EXPIRATION {end}",
    ],
    "powershell": [
        "$Env:AWS_ACCESS_KEY_ID = 'ASIAEXAMPLE'",
        f"$Env:AWS_SECRET_ACCESS_KEY = '{SECRET}'",
        "$Env:AWS_SESSION_TOKEN = 'session'",
        "$Env:AWS_CREDENTIAL_EXPIRATION = '{end}'",
    ],
    "cmd": [
        'set "AWS_ACCESS_KEY_ID=ASIAEXAMPLE"',
        f'set "AWS_SECRET_ACCESS_KEY={SECRET}"',
        'set "AWS_SESSION_TOKEN=session"',
        'set "AWS_CREDENTIAL_EXPIRATION={end}"',
    ],
    "dotenv": [
        "AWS_ACCESS_KEY_ID=ASIAEXAMPLE",
        f"AWS_SECRET_ACCESS_KEY={SECRET}",
        "AWS_SESSION_TOKEN=session",
        "AWS_CREDENTIAL_EXPIRATION={end}",
    ],
    "ini": [
        "[default]",
        "aws_access_key_id = ASIAEXAMPLE",
        f"aws_secret_access_key = {SECRET}",
        "aws_session_token = session",
    ],
}


@pytest.mark.parametrize("name", FORMATS)
def test_each_format_is_what_its_readers_expect(creds, name):
    """Line by line."""
    result = creds("--format", name)

    assert (result.code, result.err) == (0, "")
    assert result.out.splitlines() == [line.format(end=expiration()) for line in FORMATS[name]]


TOLD = {
    "AccessKeyId": "ASIAEXAMPLE",
    "SecretAccessKey": SECRET,
    "SessionToken": "session",
}


def test_json_names_the_identity_as_well(creds):
    """All that is known of them."""
    told = {"IdentityId": GUEST, **TOLD, "Expiration": expiration()}

    assert creds("--format", "json").json == told


def test_process_is_what_credential_process_wants(creds):
    """With the version of that protocol, and nothing that it does not know."""
    assert creds("--format", "process").json == {"Version": 1, **TOLD, "Expiration": expiration()}


SHELLS = {
    "bash": ["bash", "--norc", "-c", 'eval "$(cat lines)"; printf %s "$AWS_SECRET_ACCESS_KEY"'],
    "zsh": ["zsh", "-f", "-c", 'eval "$(cat lines)"; printf %s "$AWS_SECRET_ACCESS_KEY"'],
    "fish": ["fish", "--no-config", "-c", "source lines; printf %s $AWS_SECRET_ACCESS_KEY"],
    "sh": ["sh", "-c", 'eval "$(cat lines)"; printf %s "$AWS_SECRET_ACCESS_KEY"'],
}


@pytest.mark.parametrize("shell", SHELLS)
def test_a_shell_takes_whatever_a_value_holds(creds, service, tmp_path, shell):
    """Nothing is run, nothing is lost; the shell is found by the login shell's name."""
    if shutil.which(shell) is None:
        pytest.skip(f"{shell} is not installed")
    service.replies = replies(secret=NASTY)
    name = "bash" if shell == "sh" else shell
    (tmp_path / "lines").write_text(creds("--format", name if name != "zsh" else "bash").out)
    found = subprocess.run(SHELLS[shell], check=True, capture_output=True, cwd=tmp_path)

    assert found.stdout.decode() == NASTY
    assert not (tmp_path / "x").exists()


@pytest.mark.parametrize(("shell", "begin"), [("fish", "set -gx A"), ("bash", "export A")])
def test_env_is_worded_for_the_shell_that_asks(environ, service, tmp_path, shell, begin):
    """The parent of the process is one."""
    if shutil.which(shell) is None:
        pytest.skip(f"{shell} is not installed")
    service.replies = replies()
    code = "$PYTHON -m cogid creds --pool $P; true"
    found = subprocess.run(
        [shell, "-c", code],
        check=True,
        capture_output=True,
        cwd=tmp_path,
        env={
            **environ,
            "P": POOL,
            "PYTHON": sys.executable,
            "PYTHONPATH": str(ROOT),
            "SHELL": "/bin/zsh",
        },
    )

    assert found.stdout.decode().startswith(begin)


@pytest.mark.parametrize("name", ["dotenv", "ini"])
def test_a_value_that_is_no_line_is_refused(creds, service, name):
    """These formats know no quotes: half a line would be another variable."""
    service.replies = replies(session="a\nAWS_PROFILE=x")
    result = creds("--format", name)

    assert (result.code, result.out) == (255, "")
    assert "in a line" in result.err


def test_github_masks_before_it_hands_over(creds, tmp_path):
    """The log hides the secrets; the next steps have variables and outputs."""
    (tmp_path / "env").write_text("BEFORE=1\n")
    files = {"GITHUB_ENV": str(tmp_path / "env"), "GITHUB_OUTPUT": str(tmp_path / "output")}
    result = creds("--format", "github", env=files)

    assert result.out.splitlines() == [
        "::add-mask::ASIAEXAMPLE",
        f"::add-mask::{SECRET}",
        "::add-mask::session",
    ]
    lines = [line.format(end=expiration()) for line in FORMATS["dotenv"]]
    assert (tmp_path / "env").read_text().splitlines() == [
        "BEFORE=1",
        *lines,
        "AWS_REGION=us-east-1",
    ]
    assert (tmp_path / "output").read_text().splitlines() == [
        "aws-access-key-id=ASIAEXAMPLE",
        f"aws-secret-access-key={SECRET}",
        "aws-session-token=session",
        f"aws-credential-expiration={expiration()}",
        f"identity-id={GUEST}",
    ]


def test_github_is_there_in_its_jobs_only(creds):
    """Elsewhere nothing is printed that nobody would mask."""
    result = creds("--format", "github")

    assert (result.code, result.out) == (253, "")
    assert "GITHUB_ENV is not set" in result.err


@pytest.mark.parametrize("words", [["--output", "json"], ["--query", "x"]])
def test_flags_of_replies_are_refused(creds, service, words):
    """They would be passed over in silence."""
    result = creds(*words)

    assert (result.code, service.requests) == (252, [])
    assert "--format" in result.err


def test_a_pool_is_needed(cogid):
    """Nothing says which one is meant."""
    result = cogid("creds")

    assert result.code == 252
    assert "required: --pool" in result.err


def test_what_is_kept_can_be_forgotten(creds, service):
    """It says how much that was."""
    creds()
    assert creds("--forget").out == "Forgot 2 kept entries\n"
    assert creds("--forget").out == "Forgot 0 kept entries\n"
    creds()
    assert len(service.requests) == 4


def test_errors_are_the_services_own(creds, service):
    """With the exit code of its family, and a hint that names flags of this command."""
    service.replies = [
        service.error(
            "NotAuthorizedException",
            "Unauthenticated access is not supported for this identity pool.",
        )
    ]
    result = creds()

    assert result.code == 254
    assert "when calling the GetId operation: Unauthenticated access" in result.err
    assert "--token" in result.err


def test_standard_input_gives_the_token(creds, service):
    """An opaque one, whose provider is named."""
    creds("--login", "google=-", stdin="opaque-token\n")

    assert service.requests[0].body["Logins"] == {"accounts.google.com": "opaque-token"}


def test_the_token_is_in_no_error(creds, service):
    """Even where the service repeats it."""
    service.replies = [
        service.error("NotAuthorizedException", "Token opaque-token-1234-that-nobody-knows is bad")
    ]
    result = creds("--login", "google=opaque-token-1234-that-nobody-knows")

    assert result.code == 254
    assert "opaque-token-1234-that-nobody-knows" not in result.err
