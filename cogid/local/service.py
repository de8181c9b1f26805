"""The local service: an operation's name and parameters in, its answer out.

**Read this first.** ``Service.handle`` is the whole journey of a call: its parameters are
checked against the model, then one function does the work in one transaction. Each function
lives with what it is about: ``pools``, ``roles``, ``tags``, ``principal_tags``, ``identities``,
``access`` (what anyone may call) and ``developers``. Knows nothing of HTTP, boto3 or moto.
"""

from __future__ import annotations

import os
import time
from functools import cache
from typing import TYPE_CHECKING, Any

from cogid import model
from cogid.local import access, developers, identities, pools, principal_tags, roles, tags, tokens
from cogid.local.calls import Call, Json, Surroundings
from cogid.local.checks import understood
from cogid.local.faults import Fault, internal
from cogid.local.store import Store, StoreError, WriteNeeded
from cogid.local.tokens import IssuedCredentials

if TYPE_CHECKING:
    from collections.abc import Callable

    from cogid.model import Shape

__all__ = ["OPERATIONS", "IssuedCredentials", "Service"]

OPERATIONS: dict[str, Callable[[Call, Json], Json | None]] = {
    "CreateIdentityPool": pools.create_identity_pool,
    "DeleteIdentities": identities.delete_identities,
    "DeleteIdentityPool": pools.delete_identity_pool,
    "DescribeIdentity": identities.describe_identity,
    "DescribeIdentityPool": pools.describe_identity_pool,
    "GetCredentialsForIdentity": access.get_credentials_for_identity,
    "GetId": access.get_id,
    "GetIdentityPoolRoles": roles.get_identity_pool_roles,
    "GetOpenIdToken": access.get_open_id_token,
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
    "UnlinkIdentity": access.unlink_identity,
    "UntagResource": tags.untag_resource,
    "UpdateIdentityPool": pools.update_identity_pool,
}


class Service:
    """The service over one store.

    ``trust`` gives the keys known of an issuer (without ``https://``), None when they are not
    known; ``issued`` is told of credentials once they are good. ``entropy`` is random bytes:
    what ``secrets.token_bytes`` gives, without the cost of its imports.
    """

    def __init__(  # noqa: PLR0913  # everything the service takes from outside
        self,
        store: Store,
        *,
        clock: Callable[[], float] = time.time,
        trust: Callable[[str], list[dict[str, Any]] | None] = lambda issuer: None,  # noqa: ARG005
        issued: Callable[[IssuedCredentials], None] = lambda made: None,  # noqa: ARG005
        account: str = "123456789012",
        entropy: Callable[[int], bytes] = os.urandom,
    ) -> None:
        self._store = store
        self._clock = clock
        self._issued = issued
        self._surroundings = Surroundings(trust, account, entropy)

    def handle(self, operation: str, parameters: dict[str, Any], region: str) -> Json | None:
        """Answer one call; None stands for an empty body. Raises Fault."""
        function = OPERATIONS.get(operation)
        if function is None:
            raise Fault("UnknownOperationException", f"Unknown operation: {operation}")
        known = understood(parameters, _input(operation))
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
            call = Call(opened, region, self._clock(), self._surroundings)
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
