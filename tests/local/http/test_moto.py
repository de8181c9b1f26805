"""moto's services on the same port: what goes in, and what moto is told."""

from __future__ import annotations

import base64
import itertools
import json
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable


def test_s3_takes_bodies_of_every_kind(client: Callable[..., Any]) -> None:
    """An object of any size and name goes in and comes out whole."""
    storage = client("s3")
    storage.create_bucket(Bucket="bucket")
    data = b"\x00\xff" * 700_000
    storage.put_object(Bucket="bucket", Key="a b/ü", Body=data)
    found = storage.get_object(Bucket="bucket", Key="a b/ü")

    assert found["Body"].read() == data
    assert storage.head_object(Bucket="bucket", Key="a b/ü")["ContentLength"] == len(data)


def test_s3_metadata_may_be_spelled_with_underscores(client: Callable[..., Any]) -> None:
    """WSGI cannot tell them from dashes; moto 5.2 can, with a note from the server."""
    pytest.importorskip("moto", minversion="5.2")
    storage = client("s3")
    storage.create_bucket(Bucket="notes")
    storage.put_object(Bucket="notes", Key="k", Body=b"", Metadata={"my_key": "1", "my-key": "2"})

    found = storage.head_object(Bucket="notes", Key="k")["Metadata"]
    assert found["my-key"] == "2"
    storage.put_object(Bucket="notes", Key="k", Body=b"", Metadata={"my_key": "1"})
    assert storage.head_object(Bucket="notes", Key="k")["Metadata"] == {"my_key": "1"}


def test_what_moto_lacks_is_said_in_a_line(
    client: Callable[..., Any], capfd: pytest.CaptureFixture[str]
) -> None:
    """An operation that moto does not have is an error of the SDK, not a traceback here."""
    users = client("cognito-idp")
    with pytest.raises(users.exceptions.ClientError) as refused:
        users.revoke_token(Token="t", ClientId="c")

    assert refused.value.response["Error"]["Message"].startswith("moto: The revoke_token action")
    assert capfd.readouterr().err == ""


PREFIX = "IQoJb3JpZ2luX2Vj"  # of the session tokens that cogid makes
ROLE = "arn:aws:iam::123456789012:role/Guest"
LATER = 4_000_000_000


def session_token(content: Any) -> str:
    """Make a session token by hand, from a value or from the bytes in it."""
    data = content if isinstance(content, bytes) else json.dumps(content).encode()
    return PREFIX + base64.b64encode(data + b"\nxyz").decode()


def caller(client: Callable[..., Any], token: str, region: str = "us-east-1") -> Any:
    """Ask STS who it is that has this session token."""
    key = f"ASIA{next(NUMBERS):016}"
    return client(
        "sts",
        region_name=region,
        aws_access_key_id=key,
        aws_secret_access_key="secret",
        aws_session_token=token,
    ).get_caller_identity()["Arn"]


NUMBERS = itertools.count()

FOREIGN = [
    session_token(["arn:aws-moon:iam::123456789012:role/Guest", "us-east-1:1", LATER]),
    session_token([ROLE, "us-east-1:1", 1e300]),
    session_token([ROLE, "us-east-1:1", -1]),
    session_token(f'["{ROLE}", "us-east-1:1", 1{"0" * 400}]'.encode()),
    session_token(f'["{ROLE}", "us-east-1:1", NaN]'.encode()),
    session_token(f'["{ROLE}", "us-east-1:1", Infinity]'.encode()),
    session_token([ROLE, "us-east-1:1", None]),
    session_token([ROLE, "us-east-1:1", 1_000_000_000]),  # expired
    session_token(["Guest", "us-east-1:1", LATER]),
    session_token([{}, [], LATER]),
    session_token([ROLE]),
    session_token({}),
    session_token(b"[" * 5_000),
    session_token(b"\xff"),
    PREFIX + "no base64!",
    PREFIX,
]


@pytest.mark.parametrize("token", FOREIGN, ids=lambda token: token[16:56])
def test_a_session_token_of_somebody_elses_making_is_none(
    client: Callable[..., Any], token: str, capfd: pytest.CaptureFixture[str]
) -> None:
    """Whatever is in it, STS answers as it answers strangers."""
    assert caller(client, token) == "arn:aws:sts::123456789012:user/moto"
    assert capfd.readouterr().err == ""


OWN = [
    # role, identity, region of the call, caller
    (ROLE, "us-east-1:1", "us-east-1", "arn:aws:sts::123456789012:assumed-role/Guest"),
    (ROLE, "xx-nowhere-9:1", "us-east-1", "arn:aws:sts::123456789012:assumed-role/Guest"),
    (ROLE, "", "eu-west-1", "arn:aws:sts::123456789012:assumed-role/Guest"),
    (
        "arn:aws:iam::111122223333:role/path/Member",
        *("us-east-1:1", "us-east-1", "arn:aws:sts::111122223333:assumed-role/Member"),
    ),
    (
        "arn:aws-cn:iam::111122223333:role/Guest",
        *("cn-north-1:1", "cn-north-1", "arn:aws-cn:sts::111122223333:assumed-role/Guest"),
    ),
]


@pytest.mark.parametrize(("role", "identity", "region", "expected"), OWN)
def test_the_role_in_a_session_token_is_the_callers(
    client: Callable[..., Any], role: str, identity: str, region: str, expected: str
) -> None:
    """Its account and its partition too, wherever the identity is."""
    token = session_token([role, identity, LATER])

    assert caller(client, token, region) == f"{expected}/CognitoIdentityCredentials"
