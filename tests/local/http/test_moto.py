"""moto's services on the same port: what goes in, and what moto is told."""

from __future__ import annotations

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
