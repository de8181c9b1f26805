"""What is proposed: for each source, the calls that are made and the words made of the replies.

An ``Asker`` in; words out one by one, each with what tells it from the others.
"""

from __future__ import annotations

from cogid.completion.asking import region_of

TYPE_CHECKING = False  # as typing's; loading typing takes a fifth of a TAB's time
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import Any

    from cogid.completion.asking import Asker

    Row = tuple[str, str]

_POOLS_TO_ASK = 5  # where no pool is named on the line
_PAGE = 60


def _pools(asker: Asker) -> Iterator[Row]:
    token: dict[str, str] = {}
    while True:
        page = asker.ask("ListIdentityPools", MaxResults=_PAGE, **token)
        for pool in page["IdentityPools"]:
            yield pool["IdentityPoolId"], pool["IdentityPoolName"]
        if "NextToken" not in page:
            return
        token = {"NextToken": page["NextToken"]}


def _some_pools(asker: Asker) -> Iterator[Row]:
    """Give the pool of the line, or the first few."""
    if asker.pool:
        yield asker.pool, ""
        return
    for position, row in enumerate(_pools(asker)):
        if position == _POOLS_TO_ASK:
            return
        yield row


def _pool_arns(asker: Asker) -> Iterator[Row]:
    for pool, name in _pools(asker):
        region = region_of(pool)
        partition, account = asker.account(region)
        yield f"arn:{partition}:cognito-identity:{region}:{account}:identitypool/{pool}", name


def _identities(asker: Asker) -> Iterator[Row]:
    for pool, name in _some_pools(asker):
        reply = asker.ask("ListIdentities", IdentityPoolId=pool, MaxResults=_PAGE)
        for identity in reply["Identities"]:
            who = ", ".join(identity.get("Logins") or ["guest"])
            yield identity["IdentityId"], f"{who} in {name}" if name else who


def _tag_keys(asker: Asker) -> Iterator[Row]:
    arn = asker.flags["resource_arn"]
    for key in asker.ask("ListTagsForResource", ResourceArn=arn)["Tags"]:
        yield key, ""


def _linked_logins(asker: Asker) -> Iterator[Row]:
    identity = asker.flags["identity_id"]
    for login in asker.ask("DescribeIdentity", IdentityId=identity).get("Logins", []):
        yield login, ""


def _pool(asker: Asker) -> Any:
    return asker.ask(
        "DescribeIdentityPool", IdentityPoolId=asker.pool or asker.flags["identity_pool_id"]
    )


def _developer_provider(asker: Asker) -> Iterator[Row]:
    name = _pool(asker).get("DeveloperProviderName")
    if name:
        yield name, "the pool's own logins"


def _providers(asker: Asker) -> Iterator[Row]:
    pool = _pool(asker)
    for provider in pool.get("CognitoIdentityProviders", []):
        yield provider["ProviderName"], "user pool"
    for login in pool.get("SupportedLoginProviders", {}):
        yield login, "public provider"
    for arn in pool.get("OpenIdConnectProviderARNs", []):
        yield arn, "OpenID Connect"
    for arn in pool.get("SamlProviderARNs", []):
        yield arn, "SAML"


def _mapping_keys(asker: Asker) -> Iterator[Row]:
    pool = _pool(asker)
    for each in pool.get("CognitoIdentityProviders", []):
        yield f"{each['ProviderName']}:{each['ClientId']}=", "user pool and app client"
    for name, about in _providers(asker):
        if about != "user pool":
            yield f"{name}=", about


def _login_keys(asker: Asker) -> Iterator[Row]:
    for name, about in _providers(asker):
        # A login is of the provider that an OpenID Connect ARN ends in.
        login = name.partition(":oidc-provider/")[2] or name
        yield f"{login}=", about
    for name, about in _developer_provider(asker):
        yield f"{name}=", about


def _roles(asker: Asker) -> Iterator[Row]:
    """Give the roles that pools have: those of the pool on the line, then the others'."""
    names = dict(_pools(asker))
    first = [asker.pool] if asker.pool else []
    seen = set()
    for pool in [*first, *(each for each in names if each not in first)][:_POOLS_TO_ASK]:
        roles = asker.ask("GetIdentityPoolRoles", IdentityPoolId=pool).get("Roles", {})
        for kind, arn in roles.items():
            if arn not in seen:
                seen.add(arn)
                yield arn, f"{kind} in {names.get(pool, pool)}"


SOURCES: dict[str, Callable[[Asker], Iterator[Row]]] = {
    "pools": _pools,
    "pool-arns": _pool_arns,
    "identities": _identities,
    "tag-keys": _tag_keys,
    "linked-logins": _linked_logins,
    "developer-provider": _developer_provider,
    "providers": _providers,
    "mapping-keys": _mapping_keys,
    "login-keys": _login_keys,
    "roles": _roles,
}
