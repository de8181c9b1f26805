from __future__ import annotations

import pytest

from cogid.local.http.variables import script, variables

LINES = [
    ("bash", "export A='it'\"'\"'s'"),
    ("zsh", "export A='it'\"'\"'s'"),
    ("fish", "set -gx A 'it\\'s'"),
    ("powershell", "$Env:A = 'it''s'"),
    ("cmd", 'set "A=it\'s"'),
]


@pytest.mark.parametrize(("shell", "line"), LINES)
def test_each_shell_gets_its_own_words(shell: str, line: str) -> None:
    """The first line sets the variable, the last says how to run it all."""
    first, last = script({"A": "it's"}, shell).splitlines()

    assert first == line
    assert "cogid local env" in last


def test_any_sdk_finds_endpoint_credentials_and_region() -> None:
    """The variables are those that every AWS SDK reads."""
    found = variables("http://127.0.0.1:1", "eu-west-1")

    assert found["AWS_ENDPOINT_URL_COGNITO_IDENTITY"] == "http://127.0.0.1:1"
    assert found["AWS_ENDPOINT_URL"] == "http://127.0.0.1:1"
    assert found["AWS_REGION"] == found["AWS_DEFAULT_REGION"] == "eu-west-1"
    assert found["AWS_ACCESS_KEY_ID"]
    assert found["AWS_SECRET_ACCESS_KEY"]
