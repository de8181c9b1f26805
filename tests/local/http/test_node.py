"""The JavaScript SDK gets credentials, as an application in a browser or in node does.

Runs where node is, and ``@aws-sdk/credential-providers``: either ``npm install`` in the folder
``node`` beside this file, or COGID_NODE_MODULES naming a node_modules folder that has it.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from cogid.local import Url

HERE = Path(__file__).parent / "node"
MODULES = Path(os.environ.get("COGID_NODE_MODULES") or HERE / "node_modules")

pytestmark = [
    pytest.mark.skipif(shutil.which("node") is None, reason="node is not installed"),
    pytest.mark.skipif(
        not (MODULES / "@aws-sdk" / "credential-providers").is_dir(),
        reason=f"@aws-sdk/credential-providers is not in {MODULES}; run npm install in {HERE}",
    ),
]


def credentials(url: Url, pool: str, logins: dict[str, str] | None = None) -> dict[str, str]:
    """Run the SDK in node; gives the credentials or the error."""
    done = subprocess.run(
        ["node", str(HERE / "credentials.cjs"), str(url), pool, json.dumps(logins or {})],
        env={"PATH": os.environ["PATH"], "NODE_PATH": str(MODULES)},
        capture_output=True,
        check=True,
        timeout=60,
    )
    return json.loads(done.stdout)


def test_a_guest_gets_credentials_that_sts_knows(
    url: Url, client: Callable[..., Any], pool: str
) -> None:
    """The pool's provider goes through GetId and GetCredentialsForIdentity."""
    found = credentials(url, pool)
    caller = client(
        "sts",
        aws_access_key_id=found["accessKeyId"],
        aws_secret_access_key=found["secretAccessKey"],
        aws_session_token=found["sessionToken"],
    ).get_caller_identity()
    left = datetime.fromisoformat(found["expiration"].replace("Z", "+00:00")) - datetime.now(
        timezone.utc
    )

    assert found["identityId"].startswith("us-east-1:")
    assert timedelta(minutes=59) < left <= timedelta(hours=1)
    assert caller["Arn"].endswith(":assumed-role/Guest/CognitoIdentityCredentials")


def test_a_developers_user_gets_credentials(url: Url, client: Callable[..., Any]) -> None:
    """A token made by the application's own server is a login."""
    service = client()
    pool = service.create_identity_pool(
        IdentityPoolName="own",
        AllowUnauthenticatedIdentities=False,
        DeveloperProviderName="login.example",
    )["IdentityPoolId"]
    service.set_identity_pool_roles(
        IdentityPoolId=pool, Roles={"authenticated": "arn:aws:iam::123456789012:role/Member"}
    )
    made = service.get_open_id_token_for_developer_identity(
        IdentityPoolId=pool, Logins={"login.example": "ada"}
    )
    found = client("cognito-identity", signed=False).get_credentials_for_identity(
        IdentityId=made["IdentityId"], Logins={"cognito-identity.amazonaws.com": made["Token"]}
    )

    assert found["Credentials"]["AccessKeyId"].startswith("ASIA")
    # The pool's own provider wants GetId first, which refuses such a token, as the service does.
    refused = credentials(url, pool, {"cognito-identity.amazonaws.com": made["Token"]})
    assert refused["error"] == "NotAuthorizedException"
    assert refused["message"] == "Invalid login token. Can't pass in a Cognito token."


def test_the_sdk_reads_our_errors(url: Url) -> None:
    """The error's name and message arrive, through header and body."""
    missing = "us-east-1:00000000-0000-4000-8000-000000000000"

    assert credentials(url, missing) == {
        "error": "ResourceNotFoundException",
        "message": f"IdentityPool '{missing}' not found.",
    }
