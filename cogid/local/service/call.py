"""One call as an operation sees it, beside its parameters: where, when, and the store."""

from __future__ import annotations

import os
import uuid
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

    from cogid.local.store.transaction import Transaction

Json = dict[str, Any]

ACCOUNT = "123456789012"


class IssuedCredentials(NamedTuple):
    """Temporary credentials just made, told to whoever must honour them (moto's STS and IAM)."""

    access_key_id: str
    secret_key: str
    session_token: str
    expiration: float
    role_arn: str
    identity_id: str
    session_name: str = "CognitoIdentityCredentials"


class Call:
    """One call of one operation.

    ``trust`` gives the keys known of an issuer, None when they are not known. ``entropy`` is
    random bytes: what ``secrets.token_bytes`` gives, without the cost of its imports.
    """

    def __init__(  # noqa: PLR0913  # what an operation may use
        self,
        transaction: Transaction,
        region: str,
        moment: float,
        *,
        account: str = ACCOUNT,
        trust: Callable[[str], list[Json] | None] = lambda issuer: None,  # noqa: ARG005
        entropy: Callable[[int], bytes] = os.urandom,
    ) -> None:
        self.store = transaction
        self.region = region
        self.moment = moment
        self.account = account
        self.trust = trust
        self.entropy = entropy
        # Announced by the service once the transaction is committed.
        self.issued: list[IssuedCredentials] = []

    @property
    def now(self) -> int:
        """The moment in milliseconds, which is how dates are kept."""
        return int(self.moment * 1000)

    def new_id(self) -> str:
        """Make the id of a pool or an identity: ``REGION:GUID``."""
        return f"{self.region}:{uuid.UUID(bytes=self.entropy(16), version=4)}"
