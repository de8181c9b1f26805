"""Messages about ids and other values: of another region, of another kind, of the wrong form."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cogid import arns, secrets
from cogid.claims import Token
from cogid.model import kebab

if TYPE_CHECKING:
    from cogid.hints.causes import Case

_LONGEST_NAME = 128


def other_region(case: Case) -> str | None:
    """Ids carry their region, and a service of another region knows nothing of them."""
    stands = arns.region_in(case.parameters)
    if stands is None or stands == case.region:
        return None
    return f"the id is of {stands}, but {case.region} was asked; try --region {stands}"


def not_found(case: Case) -> str:
    """Explain that nothing has the id: ids of pools and identities look the same."""
    if case.said.group(1) == "IdentityPool":
        return (
            f"list-identity-pools lists the pools of an account in {case.region}; an identity's "
            "id looks like a pool's but is no use here"
        )
    for token in case.logins.values():
        if case.text("IdentityId") in token.audiences:
            return "that is the pool's id; get-id gives the identity's"
    return (
        "the identity was deleted or never was: get-id gives the one to use; a pool's id looks "
        "like an identity's but is no use here"
    )


def no_pool_arn(case: Case) -> str | None:
    """See an id where an ARN belongs, which the service words as a lack of permission."""
    given = case.text("ResourceArn")
    if not given:
        return None
    pool_id = arns.id_in(given)
    region = arns.region_of(pool_id) or case.region
    account = re.search(r":(\d{12}):", given, re.ASCII)
    right = arns.pool_arn(
        region, account.group(1) if account else "ACCOUNT", pool_id or f"{region}:GUID"
    )
    return None if right == given else f"--resource-arn takes the pool's ARN: {right}"


def not_valid(case: Case) -> str | None:
    """Explain the constraint that a value broke, where the service's pattern does not."""
    for member in re.findall(r" at '(\w+)(?:[^'\w][^']*)?' failed to satisfy", case.said.group(1)):
        name = f"{member[:1].upper()}{member[1:]}"
        if name in ("IdentityPoolId", "IdentityId"):
            return _no_id(case, name)
        if name == "Logins":
            return _no_logins(case)
        if name in _LIMITS:
            return _LIMITS[name]
    return None


_LIMITS = {
    "MaxResults": "--max-results takes 1 to 60; without it, all pages are fetched",
    "IdentityIdsToDelete": "ids are REGION:GUID in lower case, as list-identities prints them",
    "TokenDuration": "--token-duration takes 1 to 86400 seconds",
    "IdentityPoolName": "pool names take letters, digits, spaces and _ + = , . @ -, up to 128",
    "Roles": "--roles takes the keys authenticated and unauthenticated, each with a role's ARN",
    "CustomRoleArn": "--custom-role-arn takes a role's ARN: arn:aws:iam::ACCOUNT:role/NAME",
    "DeveloperProviderName": "--developer-provider-name takes letters, digits and . _ -",
}


def _no_id(case: Case, name: str) -> str:
    flag, given = f"--{kebab(name)}", case.text(name)
    found = arns.id_in(given)
    if found:
        return f"{flag} takes the id alone, in lower case: {found}"
    guid = re.fullmatch(arns.GUID, given.strip().lower())
    if guid:
        return f"ids begin with their region: perhaps {flag} {case.region}:{guid.group()}"
    if arns.region_of_user_pool(arns.respell(given)):
        return f"that is a user pool; {flag} takes REGION:GUID, as list-identity-pools prints it"
    source = "list-identity-pools" if name == "IdentityPoolId" else "get-id"
    return f"{flag} takes REGION:GUID, as {source} prints it"


def _no_logins(case: Case) -> str:
    for key, token in case.logins.items():
        if Token(key).is_jwt or arns.is_provider(token.text):
            return "--logins is PROVIDER=TOKEN: provider and token are swapped"
        if len(key) > _LONGEST_NAME:
            return "--logins is PROVIDER=TOKEN, and a provider's name has up to 128 characters"
        if not token.text:
            name = secrets.show_name(key)
            return f"the token under {name} is empty" if name else "a token is empty"
    return "--logins takes up to 10 providers, each with a token of up to 50000 characters"
