"""What --debug shows of a run, and that none of it is a secret."""

import io
import logging

import pytest

from cogid import model
from cogid.debug import start_logging

SECRET_KEY = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"
SESSION = "FwoGZXIvYXdzEJr//////////wEaDSESSIONTOKENVALUE0123456789"
OPEN_ID = "eyJraWQiOiJ1cy1lYXN0LTEtNyJ9.eyJzdWIiOiJ1cy1lYXN0LTE6In0.c2lnbmF0dXJl"
LOGIN = "EAACEdEose0cBA-opaque-login-token-0123456789"


def leaks(text, secret):
    """Tell whether any eight letters of the middle of a secret stand in a text."""
    middle = secret[4:-4]
    return any(middle[start : start + 8] in text for start in range(len(middle) - 7))


REPLY = {
    "IdentityId": "us-east-1:i",
    "Credentials": {
        "AccessKeyId": "ASIAREPLY",
        "SecretKey": SECRET_KEY,
        "SessionToken": SESSION,
        "Expiration": 1700000000,
    },
}


def test_debug_shows_what_is_done(cogid, service):
    """--debug logs to stderr; the reply stays on stdout, whole."""
    service.replies = [REPLY]
    result = cogid("get-credentials-for-identity", "--identity-id", "us-east-1:i", "--debug")

    assert result.json["Credentials"]["SecretKey"] == SECRET_KEY
    assert "GetCredentialsForIdentity" in result.err


COMMANDS = [
    ("get-credentials-for-identity", ["--identity-id", "us-east-1:i"], REPLY),
    ("get-open-id-token", ["--identity-id", "us-east-1:i"], {"Token": OPEN_ID}),
    (
        "get-open-id-token-for-developer-identity",
        ["--identity-pool-id", "us-east-1:p"],
        {"Token": OPEN_ID},
    ),
    ("get-id", ["--identity-pool-id", "us-east-1:p"], {"IdentityId": "us-east-1:i"}),
]


@pytest.mark.parametrize(("command", "words", "reply"), COMMANDS)
@pytest.mark.parametrize("logins", [f"a.b={LOGIN}", f'{{"a.b": "{LOGIN}"}}'])
def test_debug_shows_no_secret(cogid, service, command, words, reply, logins):
    """No login, key, token or signature is in the log, sent or received."""
    service.replies = [reply]
    env = {"AWS_SECRET_ACCESS_KEY": SECRET_KEY, "AWS_SESSION_TOKEN": SESSION}
    result = cogid(command, *words, "--logins", logins, "--debug", env=env)

    assert result.code == 0
    for secret in (SECRET_KEY, SESSION, OPEN_ID, LOGIN):
        assert not leaks(result.err, secret)
    assert "AWS4-HMAC-SHA256 Credential=" not in result.err


def test_debug_shows_no_signature(cogid, service):
    """What the request was signed with does not stand in the log."""
    result = cogid("describe-identity", "--identity-id", "us-east-1:i", "--debug")
    signature = service.requests[0].headers["Authorization"].rpartition("=")[2]

    assert len(signature) == 64
    assert not leaks(result.err, signature)


def test_debug_shows_no_secret_of_a_profile(cogid):
    """Keys that come from the credentials file are no more to be seen than those of variables."""
    env = {"AWS_ACCESS_KEY_ID": None, "AWS_SECRET_ACCESS_KEY": None}
    lines = f"[default]\naws_access_key_id=AKIAX\naws_secret_access_key={SECRET_KEY}\n"
    lines += f"aws_session_token={SESSION}\n"
    words = ["describe-identity", "--identity-id", "us-east-1:i", "--debug"]
    result = cogid(*words, env=env, files={".aws/credentials": lines})

    assert "X-Amz-Security-Token" in result.err
    assert not leaks(result.err, SECRET_KEY)
    assert not leaks(result.err, SESSION)


def test_debug_shows_no_secret_of_an_error(cogid, service):
    """An error that repeats a token is logged without it."""
    service.replies = [service.error("NotAuthorizedException", f"Invalid login token: {LOGIN}")]
    words = ["--identity-pool-id", "us-east-1:p", "--logins", f"a={LOGIN}", "--debug"]
    log = cogid("get-id", *words).err.partition("[ERROR]")[0]

    assert not leaks(log, LOGIN)


def test_a_traceback_of_debug_shows_no_secret():
    """What an exception's text repeats is cleaned like any other line."""
    stream = io.StringIO()
    start_logging(stream, model.load(), {}).hide(LOGIN)
    logging.getLogger("cogid").error("went wrong", exc_info=ValueError(LOGIN))

    assert "ValueError" in stream.getvalue()
    assert not leaks(stream.getvalue(), LOGIN)
