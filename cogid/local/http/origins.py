"""Which web pages may use the server: headers in, None or the reason to refuse out.

Browsers let any page send requests to a server on loopback; they say where the page is from. And
any page's own name can be made to lead to loopback (DNS rebinding); then it stands in Host. So
pages of this machine, and names that only this machine or its own network can give, are let in.
"""

from __future__ import annotations

from functools import lru_cache
from ipaddress import ip_address
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from cogid.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from ipaddress import IPv4Address, IPv6Address

# Nobody can register a name under these: reserved by RFC 6761, RFC 6762 and ICANN, or AWS's own
# (S3 puts the bucket there).
_RESERVED = ("localhost", "internal", "local", "test", "amazonaws.com", "amazonaws.com.cn")

_PORTS = {"http": 80, "https": 443}


class Origins:
    """The pages that may use the server: those of this machine, and those that are allowed."""

    def __init__(self, allowed: str | Iterable[str] = ()) -> None:
        """Take origins as browsers name them, such as ``https://app.example``, or ``*`` for all."""
        named = {allowed} if isinstance(allowed, str) else set(allowed)
        self._any = "*" in named
        self._allowed = {_parts(each) for each in named - {"*"}}
        if None in self._allowed:
            raise UsageError("--allow-origin takes an origin, such as https://app.example, or *")
        self._hosts = {each[1] for each in self._allowed if each}

    def refuse(self, target: str, headers: Mapping[str, str]) -> str | None:
        """Tell why a request is refused; None when it is not.

        Expects header names in lower case.
        """
        if self._any:
            return None
        here = {f"http://{headers.get('host') or 'localhost'}"}
        here |= {target} if "://" in target else set()
        for url in here:
            parts = _parts(url)
            if parts is None or not (_is_own(parts[1]) or parts[1] in self._hosts):
                return f"Any page could have sent this to {url!a}; --allow-origin lets it in"
        page = _page(headers)
        if page is None or self._lets_in(page, here):
            return None
        return f"Pages of {page!a} may not use this server; --allow-origin lets them in"

    def _lets_in(self, page: str, here: Iterable[str]) -> bool:
        parts = _parts(page)
        if parts is None:
            return False
        return _is_loopback(parts[1]) or parts in self._allowed or parts in map(_parts, here)


def _page(headers: Mapping[str, str]) -> str | None:
    """Tell which page sent the request; None when no page of another site did.

    For what a page shows (images, links) browsers send no Origin, but say that the page is of
    another site; which one may stand in Referer.
    """
    origin = headers.get("origin")
    if origin is None and headers.get("sec-fetch-site") == "cross-site":
        return headers.get("referer", "null")
    return origin


@lru_cache(maxsize=64)
def _parts(url: str) -> tuple[str, str, int | None] | None:
    """Take scheme, host and port of a URL; None when it is none."""
    if url == "null":  # the origin of files, and of pages that hide theirs
        return "null", "", None
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return None
    if not parts.hostname or "@" in parts.netloc:
        return None
    return parts.scheme, parts.hostname.rstrip("."), port or _PORTS.get(parts.scheme)


@lru_cache(maxsize=64)
def _is_own(host: str) -> bool:
    """Tell whether a page of somebody else's cannot be under this name."""
    return (
        "." not in host
        or _address(host) is not None
        or any(host.endswith(f".{each}") for each in _RESERVED)
    )


def _is_loopback(host: str) -> bool:
    address = _address(host)
    if address is not None:
        return address.is_loopback
    return host == "localhost" or host.endswith(".localhost")


def _address(host: str) -> IPv4Address | IPv6Address | None:
    try:
        return ip_address(host)
    except ValueError:
        return None
