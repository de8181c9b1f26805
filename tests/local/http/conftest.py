"""A pool at the run's server, made by the real SDK."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable


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
