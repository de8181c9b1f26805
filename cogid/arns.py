"""Ids, ARNs, regions and the names of identity providers: text in, what it says out.

Nothing is looked up: what has the right form need not exist. Anything at all may come in, since
people paste; what says nothing gives None. Imports nothing of cogid.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

# Every repetition is bounded, so that a search in a long text stays linear.
REGION = r"[a-z]{2,8}(?:-[a-z]{1,16}){1,4}-[0-9]{1,2}"
GUID = r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"

# Of a pool or of an identity: nothing tells one from the other.
ID = re.compile(f"({REGION}):({GUID})")
USER_POOL_ID = re.compile(rf"(?<![\w.-])(({REGION})_[0-9A-Za-z]+)(?![\w-])", re.ASCII)

POOL = re.compile(r"arn:aws[\w-]*:cognito-identity:([\w-]+):(\d{12}):identitypool/(\S+)", re.ASCII)
ROLE = re.compile(r"arn:aws[\w-]*:iam::(\d{12}):role/(\S+)", re.ASCII)
PROVIDER = re.compile(r"arn:aws[\w-]*:iam::(\d{12}):(oidc|saml)-provider/(\S+)", re.ASCII)

USER_POOL = re.compile(
    rf"cognito-idp\.({REGION})\.amazonaws\.com(?:\.cn)?/([\w-]+_[0-9A-Za-z]+)", re.ASCII
)
SERVICE = re.compile(r"cognito-identity(?:\.[a-z0-9-]+)?\.amazonaws\.com(?:\.cn)?", re.ASCII)

# Public providers, by what people call them.
PUBLIC = {
    "google": "accounts.google.com",
    "facebook": "graph.facebook.com",
    "amazon": "www.amazon.com",
    "apple": "appleid.apple.com",
    "twitter": "api.twitter.com",
    "digits": "www.digits.com",
}
# Of these the tokens are no JWTs: only the provider itself can read them.
OPAQUE = {PUBLIC[each] for each in ("facebook", "amazon", "twitter", "digits")}

_NICKNAMES = {
    nickname: host
    for name, host in PUBLIC.items()
    for nickname in (name, f"{name}.com", f"www.{name}.com")
}


class Arn(NamedTuple):
    """An ARN taken apart; any part may be empty."""

    partition: str
    service: str
    region: str
    account: str
    resource: str


def parse(text: str) -> Arn | None:
    """Take an ARN apart."""
    begin, *parts = text.split(":", 5)
    return Arn(*parts) if begin == "arn" and len(parts) == len(Arn._fields) else None


def partition(region: str) -> str:
    """Give the partition of a region, as ARNs begin with it."""
    if region.startswith("cn-"):
        return "aws-cn"
    return "aws-us-gov" if region.startswith("us-gov-") else "aws"


def domain(region: str) -> str:
    """Give the domain that the services of a region are in."""
    return "amazonaws.com.cn" if partition(region) == "aws-cn" else "amazonaws.com"


def pool_arn(region: str, account: str, pool_id: str) -> str:
    """Give the ARN of an identity pool."""
    return f"arn:{partition(region)}:cognito-identity:{region}:{account}:identitypool/{pool_id}"


def region_of(id_: object) -> str | None:
    """Give the region that an id begins with."""
    found = re.match(f"({REGION}):", id_) if isinstance(id_, str) else None
    return found and found.group(1)


def region_in(parameters: Mapping[str, Any]) -> str | None:
    """Give the region that stands in the ids or the ARN of a request, if one does."""
    ids, arn = parameters.get("IdentityIdsToDelete"), parameters.get("ResourceArn")
    found = [parameters.get("IdentityPoolId"), parameters.get("IdentityId")]
    found += ids if isinstance(ids, list) else []
    parsed = parse(arn) if isinstance(arn, str) else None
    if parsed:
        found += [f"{parsed.region}:", parsed.resource.partition("/")[2]]
    return next(filter(None, map(region_of, found)), None)


def id_in(text: str) -> str | None:
    """Find the id of a pool or an identity in a text, in whatever case it is written."""
    found = ID.search(text.lower())
    return found and found.group()


def user_pool(region: str, pool_id: str = "USER_POOL_ID") -> str:
    """Give the name of a user pool as a provider."""
    return f"cognito-idp.{region}.{domain(region)}/{pool_id}"


def region_of_user_pool(name: str) -> str | None:
    """Give the region that the host of a user pool's name says."""
    found = USER_POOL.fullmatch(name)
    return found and found.group(1)


def without_scheme(name: str) -> str:
    """Take the https:// off an issuer: the rest is its name."""
    return re.sub(r"^https?://", "", name)


def same_provider(one: str, other: str) -> bool:
    """Tell whether two names differ in scheme and last slash at most."""
    return without_scheme(one).rstrip("/") == without_scheme(other).rstrip("/")


def is_service(name: str) -> bool:
    """Tell whether a name is that of identity pools themselves, whose tokens go under it."""
    return SERVICE.fullmatch(without_scheme(name)) is not None


def is_provider(name: str) -> bool:
    """Tell whether a text is the name of a user pool or of a public provider."""
    return name in PUBLIC.values() or region_of_user_pool(name) is not None


def gives_jwts(name: str) -> bool:
    """Tell whether what stands under a provider's name is a JWT."""
    return name not in OPAQUE and ":saml-provider/" not in name


def respell(name: str) -> str:
    """Give the name that a provider goes by, for the ways people write it otherwise.

    A user pool is known by its id, which holds its region: an ARN, a URL of its keys, or the
    host of another region leads to the one right name.
    """
    bare = without_scheme(name.strip().strip("\"'"))
    pool = USER_POOL_ID.search(bare)
    if pool is not None:
        return user_pool(pool.group(2), pool.group(1))
    return _NICKNAMES.get(bare.lower().rstrip("/"), bare)


def client_of(name: str) -> str | None:
    """Give the client id after a user pool's name, as role mappings have it."""
    found = re.search(r"_[0-9A-Za-z]+:([\w.-]+)$", name, re.ASCII)
    return found and found.group(1)
