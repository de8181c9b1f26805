"""Messages about ids and other values: of another region, of another kind, of the wrong form."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cogid.arns import region_in
from cogid.hints import login_tokens, names
from cogid.hints.configuration import partition
from cogid.model import kebab

if TYPE_CHECKING:
    from cogid.hints.case import Case

_GUID = r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
_ID = re.compile(rf"[a-z]{{2,}}(?:-[a-z]+)+-\d+:{_GUID}")
_LONGEST_NAME = 128


def other_region(case: Case) -> str | None:
    """Ids carry their region, and a service of another region knows nothing of them."""
    stands = region_in(dict(case.parameters))
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
        claims = login_tokens.read(token)
        if claims and case.text("IdentityId") in claims.audiences:
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
    found = _ID.search(given.lower())
    pool_id = found.group() if found else None
    region = pool_id.partition(":")[0] if pool_id else case.region
    account = re.search(r":(\d{12}):", given, re.ASCII)
    begin = re.match(r"arn:aws[\w-]*(?=:)", given, re.ASCII)
    right = ":".join(
        [
            begin.group() if begin else f"arn:{partition(region)}",
            f"cognito-identity:{region}",
            account.group(1) if account else "ACCOUNT",
            f"identitypool/{pool_id or f'{region}:GUID'}",
        ]
    )
    return None if right == given else f"--resource-arn takes the pool's ARN: {right}"


def not_valid(case: Case) -> str | None:
    """Explain the constraint that a value broke, where the service's pattern does not."""
    for member in re.findall(r" at '(\w+)[^']*' failed to satisfy", case.said.group(1)):
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
    found = _ID.search(given.lower())
    if found:
        return f"{flag} takes the id alone, in lower case: {found.group()}"
    guid = re.fullmatch(_GUID, given.strip().lower())
    if guid:
        return f"ids begin with their region: perhaps {flag} {case.region}:{guid.group()}"
    if names.region_of_user_pool(names.respelled(given)):
        return f"that is a user pool; {flag} takes REGION:GUID, as list-identity-pools prints it"
    source = "list-identity-pools" if name == "IdentityPoolId" else "get-id"
    return f"{flag} takes REGION:GUID, as {source} prints it"


def _no_logins(case: Case) -> str:
    for key, token in case.logins.items():
        if login_tokens.read(key) is not None or names.is_known(token):
            return "--logins is PROVIDER=TOKEN: provider and token are swapped"
        if len(key) > _LONGEST_NAME:
            return "--logins is PROVIDER=TOKEN, and a provider's name has up to 128 characters"
        if not token:
            name = names.shown(key)
            return f"the token under {name} is empty" if name else "a token is empty"
    return "--logins takes up to 10 providers, each with a token of up to 50000 characters"
