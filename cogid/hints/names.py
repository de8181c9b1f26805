"""How providers are called: names as people write them in, the right ones out.

Says also which names may be shown at all: where a name belongs a token may stand by mistake.
"""

from __future__ import annotations

import re

_REGION = r"[a-z]{2,}(?:-[a-z]+)+-\d+"
_USER_POOL_ID = re.compile(rf"(?<![\w.-])(({_REGION})_[0-9A-Za-z]+)(?![\w-])", re.ASCII)
_USER_POOL = re.compile(
    rf"cognito-idp\.({_REGION})\.amazonaws\.com(?:\.cn)?/[\w-]+_[0-9A-Za-z]+", re.ASCII
)
_SERVICE = re.compile(r"cognito-identity(?:\.[a-z0-9-]+)?\.amazonaws\.com(?:\.cn)?", re.ASCII)
_SHOWABLE = re.compile(
    r"(?!.*eyJ)(?:https?://)?(?:"
    r"[\w-]{1,20}"  # shorter than any token
    r"|[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63})*\.[a-z]{2,24}(?:/[\w.~/-]{0,80})?(?::[\w.-]{1,80})?"
    r"|arn:aws[\w-]*:[\w-]+:[\w-]*:\d*:[\w./:-]{1,100}"
    r")",
    re.ASCII,
)
_AUDIENCE = re.compile(r"(?!.*eyJ)[\w.:/@+~-]{1,128}", re.ASCII)

SOCIAL = {
    "google": "accounts.google.com",
    "facebook": "graph.facebook.com",
    "amazon": "www.amazon.com",
    "apple": "appleid.apple.com",
    "twitter": "api.twitter.com",
}
_OTHERWISE = {
    **SOCIAL,
    "google.com": "accounts.google.com",
    "www.google.com": "accounts.google.com",
    "facebook.com": "graph.facebook.com",
    "www.facebook.com": "graph.facebook.com",
    "amazon.com": "www.amazon.com",
    "apple.com": "appleid.apple.com",
    "twitter.com": "api.twitter.com",
}


def shown(name: str) -> str | None:
    """Give a provider's name if it may be shown, None for what could be a secret or worse."""
    return name if _SHOWABLE.fullmatch(name) else None


def shown_audience(audience: str) -> str | None:
    """Give an audience if it has the form of a client id or a URL."""
    return audience if _AUDIENCE.fullmatch(audience) else None


def without_scheme(name: str) -> str:
    """Take the https:// off an issuer: the rest is its name."""
    return re.sub(r"^https?://", "", name)


def same(one: str, other: str) -> bool:
    """Tell whether two names differ in scheme and last slash at most."""
    return without_scheme(one).rstrip("/") == without_scheme(other).rstrip("/")


def is_service(name: str) -> bool:
    """Tell whether a name is that of identity pools themselves, whose tokens go under it."""
    return _SERVICE.fullmatch(without_scheme(name)) is not None


def user_pool(region: str, pool_id: str = "USER_POOL_ID") -> str:
    """Give the name of a user pool as a provider."""
    china = ".cn" if region.startswith("cn-") else ""
    return f"cognito-idp.{region}.amazonaws.com{china}/{pool_id}"


def region_of_user_pool(name: str) -> str | None:
    """Give the region that the host of a user pool's name says, None for other names."""
    found = _USER_POOL.fullmatch(name)
    return found and found.group(1)


def is_known(name: str) -> bool:
    """Tell whether a text is the name of a user pool or of a social provider."""
    return name in SOCIAL.values() or region_of_user_pool(name) is not None


def gives_jwts(name: str) -> bool:
    """Tell whether what stands under a name is a JWT; some providers' tokens only they can read."""
    opaque = ("facebook", "amazon", "twitter")
    return name not in [SOCIAL[each] for each in opaque] and ":saml-provider/" not in name


def respelled(name: str) -> str:
    """Give the name that a provider goes by, for the ways people write it otherwise.

    A user pool is known by its id, which holds its region: an ARN, a URL of its keys, or the
    host of another region leads to the one right name.
    """
    bare = without_scheme(name.strip().strip("\"'"))
    pool = _USER_POOL_ID.search(bare)
    if pool is not None:
        return user_pool(pool.group(2), pool.group(1))
    return _OTHERWISE.get(bare.lower().rstrip("/"), bare)


def client_of(name: str) -> str | None:
    """Give the client id after a user pool's name, as role mappings have it."""
    found = re.search(r"_[0-9A-Za-z]+:([\w.-]+)$", name, re.ASCII)
    return found and found.group(1)
