"""One server for the whole run, and clients of the real SDK for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from cogid.local import running

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import boto3

    from cogid.local import Url

ONCE = {"retries": {"total_max_attempts": 1}}


@pytest.fixture(scope="session")
def session() -> boto3.Session:
    """One session a run: a new one takes a quarter second to make a client."""
    import boto3

    return boto3.Session("local", "local", region_name="us-east-1")


@pytest.fixture(scope="session")
def url() -> Iterator[Url]:
    """Where the run's server answers."""
    with running() as started:
        yield started


@pytest.fixture(scope="session")
def client(session: boto3.Session, url: Url) -> Iterator[Callable[..., Any]]:
    """Give a client for one of the services on the server, or on another."""
    from botocore import UNSIGNED
    from botocore.config import Config

    made: list[Any] = []

    def make(service: str = "cognito-identity", *, signed: bool = True, **settings: Any) -> Any:
        config = Config(**ONCE) if signed else Config(signature_version=UNSIGNED, **ONCE)
        found = session.client(service, **{"endpoint_url": str(url), "config": config, **settings})
        made.append(found)
        return found

    yield make
    for each in made:
        each.close()


@pytest.fixture
def pool(client: Callable[..., Any]) -> str:
    """Make an identity pool that admits guests, with a role for each kind."""
    service = client()
    made: str = service.create_identity_pool(
        IdentityPoolName="test", AllowUnauthenticatedIdentities=True
    )["IdentityPoolId"]
    service.set_identity_pool_roles(
        IdentityPoolId=made,
        Roles={
            "authenticated": "arn:aws:iam::123456789012:role/Member",
            "unauthenticated": "arn:aws:iam::123456789012:role/Guest",
        },
    )
    return made
