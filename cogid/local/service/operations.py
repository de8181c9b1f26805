"""The local service: an operation's name and parameters in, its answer out.

**Read this first.** ``Service.handle`` is the whole journey of a call: its parameters are
checked against the model, then one function does the work in one transaction.
"""

from __future__ import annotations

import os
import time
from functools import cache, partial
from typing import TYPE_CHECKING, Any

from cogid import model
from cogid.local.faults import Fault, internal
from cogid.local.service import (
    developers,
    identities,
    pools,
    principal_tags,
    public,
    roles,
    tags,
    tokens,
)
from cogid.local.service.call import ACCOUNT, Call, Json
from cogid.local.service.validation import validate
from cogid.local.store.transaction import StoreError, WriteNeeded

if TYPE_CHECKING:
    from collections.abc import Callable

    from cogid.local.service.call import IssuedCredentials
    from cogid.local.store.transaction import Transactions
    from cogid.model import Shape

OPERATIONS: dict[str, Callable[[Call, Json], Json | None]] = {
    "CreateIdentityPool": pools.create_identity_pool,
    "DeleteIdentities": identities.delete_identities,
    "DeleteIdentityPool": pools.delete_identity_pool,
    "DescribeIdentity": identities.describe_identity,
    "DescribeIdentityPool": pools.describe_identity_pool,
    "GetCredentialsForIdentity": public.get_credentials_for_identity,
    "GetId": public.get_id,
    "GetIdentityPoolRoles": roles.get_identity_pool_roles,
    "GetOpenIdToken": public.get_open_id_token,
    "GetOpenIdTokenForDeveloperIdentity": developers.get_open_id_token_for_developer_identity,
    "GetPrincipalTagAttributeMap": principal_tags.get_principal_tag_attribute_map,
    "ListIdentities": identities.list_identities,
    "ListIdentityPools": pools.list_identity_pools,
    "ListTagsForResource": tags.list_tags_for_resource,
    "LookupDeveloperIdentity": developers.lookup_developer_identity,
    "MergeDeveloperIdentities": developers.merge_developer_identities,
    "SetIdentityPoolRoles": roles.set_identity_pool_roles,
    "SetPrincipalTagAttributeMap": principal_tags.set_principal_tag_attribute_map,
    "TagResource": tags.tag_resource,
    "UnlinkDeveloperIdentity": developers.unlink_developer_identity,
    "UnlinkIdentity": public.unlink_identity,
    "UntagResource": tags.untag_resource,
    "UpdateIdentityPool": pools.update_identity_pool,
}


class Service:
    """The service over one store.

    ``issued`` is told of credentials once they are good; ``trust`` and ``entropy`` are as in Call.
    """

    def __init__(  # noqa: PLR0913  # everything the service takes from outside
        self,
        store: Transactions,
        *,
        clock: Callable[[], float] = time.time,
        trust: Callable[[str], list[Json] | None] = lambda issuer: None,  # noqa: ARG005
        issued: Callable[[IssuedCredentials], None] = lambda made: None,  # noqa: ARG005
        account: str = ACCOUNT,
        entropy: Callable[[int], bytes] = os.urandom,
    ) -> None:
        self._store = store
        self._clock = clock
        self._issued = issued
        self._begin = partial(Call, account=account, trust=trust, entropy=entropy)

    def handle(self, operation: str, parameters: dict[str, Any], region: str) -> Json | None:
        """Answer one call; None stands for an empty body. Raises Fault."""
        function = OPERATIONS.get(operation)
        if function is None:
            raise Fault("UnknownOperationException", f"Unknown operation: {operation}")
        known = validate(parameters, _input(operation))
        try:
            try:
                return self._run(function, known, region, writing=False)
            except WriteNeeded:
                return self._run(function, known, region, writing=True)
        except StoreError as error:
            raise internal(error.message) from error

    def _run(
        self,
        function: Callable[[Call, Json], Json | None],
        parameters: Json,
        region: str,
        *,
        writing: bool,
    ) -> Json | None:
        transaction = self._store.writing() if writing else self._store.reading()
        with transaction as opened:
            call = self._begin(opened, region, self._clock())
            answer = function(call, parameters)
        for credentials in call.issued:
            self._issued(credentials)
        return answer

    def jwks(self) -> Json:
        """Give the public keys of all regions, as ``/.well-known/jwks_uri`` serves them."""
        with self._store.reading() as opened:
            return tokens.jwks(opened)

    def discovery(self, base_url: str) -> Json:
        """Give the document of ``/.well-known/openid-configuration``."""
        return tokens.discovery(base_url)


@cache
def _input(operation: str) -> Shape:
    return model.load().operations[model.kebab(operation)].input
