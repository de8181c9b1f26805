"""One call, as an operation sees it: its region and moment, the store, and the surroundings."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

    from cogid.local.store import Transaction
    from cogid.local.tokens import IssuedCredentials

Json = dict[str, Any]


class Surroundings(NamedTuple):
    """What a service is given from outside, the same for all its calls."""

    trust: Callable[[str], list[Json] | None]
    account: str
    entropy: Callable[[int], bytes]


class Call:
    """One call of one operation."""

    def __init__(
        self, transaction: Transaction, region: str, moment: float, surroundings: Surroundings
    ) -> None:
        self.store = transaction
        self.region = region
        self.moment = moment
        self.account = surroundings.account
        self.trust = surroundings.trust
        self.entropy = surroundings.entropy
        # Announced by the service once the transaction is committed.
        self.issued: list[IssuedCredentials] = []

    @property
    def now(self) -> int:
        """The moment in milliseconds, which is how dates are kept."""
        return int(self.moment * 1000)

    def new_id(self) -> str:
        """Make the id of a pool or an identity: ``REGION:GUID``."""
        return f"{self.region}:{uuid.UUID(bytes=self.entropy(16), version=4)}"


def partition(region: str) -> str:
    """Tell the partition of a region, as ARNs begin with it."""
    if region.startswith("cn-"):
        return "aws-cn"
    return "aws-us-gov" if region.startswith("us-gov-") else "aws"


def pool_arn(region: str, account: str, pool_id: str) -> str:
    """Give the ARN of a pool."""
    return f"arn:{partition(region)}:cognito-identity:{region}:{account}:identitypool/{pool_id}"
