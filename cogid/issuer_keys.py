"""The public keys of a token's issuer: a file or the issuer itself in, keys (JWKs) out.

What an issuer answers is not to be trusted: only https is followed, and time, size and number of
redirections are bounded. Whether a key signed a token is for ``joserfc`` to say, which few have
installed.
"""

from __future__ import annotations

import json
import ssl
import time
from http.client import HTTPException
from typing import TYPE_CHECKING, Any
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, HTTPSHandler, ProxyHandler, Request, build_opener

from cogid import arns, install
from cogid.controls import escaped
from cogid.errors import CogidError, UsageError
from cogid.findings import Finding, ok, wrong
from cogid.local.http.trust import in_document

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from cogid.claims import Token
    from cogid.settings import Settings

    Keys = list[dict[str, Any]]

LARGEST = 1_000_000  # bytes of a document: Google's keys are 3,000
SECONDS = 10  # for a document, from the first word to the last
_CONFIGURATION = "/.well-known/openid-configuration"
_CHUNK = 65_536


def of(issuer: str, settings: Settings, environ: Mapping[str, str]) -> Keys:
    """Give an issuer's keys; those of the local service's own tokens with ``--local``.

    Raises what ``fetch`` raises.
    """
    if settings.local_db is not None and arns.is_service(issuer):
        from pathlib import Path

        from cogid.local.service.operations import Service
        from cogid.local.store.shared import open_shared

        keys: Keys = Service(open_shared(Path(settings.local_db))).jwks()["keys"]
        return keys
    bundles = [environ.get(name) or None for name in ("AWS_CA_BUNDLE", "REQUESTS_CA_BUNDLE")]
    verify = settings.verify
    return fetch(issuer, next(filter(None, bundles), None) if verify is None else verify)


def fetch(issuer: str, verify: bool | str | None) -> Keys:  # noqa: FBT001 - the settings'
    """Fetch the keys that an issuer publishes.

    ``verify`` is the settings': False not to verify TLS, the path of a bundle, or None. Raises
    UsageError for an issuer that is no https:// URL, and CogidError when no keys come.
    """
    read = _reader(verify)
    if "://" not in issuer:  # Google's tokens leave it out
        issuer = f"https://{issuer}"
    told = _document(read, issuer.rstrip("/") + _CONFIGURATION)
    place = told.get("jwks_uri") if isinstance(told, dict) else None
    if not isinstance(place, str):
        raise CogidError(f"{escaped(issuer)} publishes no jwks_uri in its {_CONFIGURATION}")
    keys = in_document(_document(read, place))
    if keys is None:
        raise CogidError(f"There are no keys (JWKS) at {escaped(place)}")
    return keys


def judge(token: Token, keys: Keys) -> Finding:
    """Tell whether one of the keys signed the token.

    Raises CogidError where joserfc is not installed.
    """
    from cogid.local.service import tokens

    kid = token.header.get("kid")
    if kid is not None and not any(key.get("kid") in {kid, None} for key in keys):
        told = f"none of the {len(keys)} keys is the one that it names (kid)"
        return wrong("signature", told, "take the keys of the token's own issuer, as they are now")
    try:
        signed = tokens.verified(token.text.strip(), keys)
    except ModuleNotFoundError as error:
        raise CogidError(
            f"To verify a signature, {error.name} is needed; run: {install.command('joserfc')}"
        ) from None
    if signed:
        return ok("signature", "verified: one of the keys made it")
    told = "not made by any of the keys: the token was changed, cut off or forged"
    return wrong("signature", told, "sign in again for a new token")


def _reader(verify: bool | str | None) -> Callable[[str], bytes]:  # noqa: FBT001 - the settings'
    """Give what reads a URL: through the environment's proxies, within bounds."""
    bundle = verify if isinstance(verify, str) else None
    try:
        context = ssl.create_default_context(cafile=bundle)
    except OSError as error:
        raise CogidError(f"Cannot read the CA bundle {bundle}: {error}") from None
    if verify is False:
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    opener = build_opener(ProxyHandler(), HTTPSHandler(context=context), _Redirections())

    def read(url: str) -> bytes:
        _need_https(url)
        end = time.monotonic() + SECONDS
        request = Request(url, headers={"Accept": "application/json", "User-Agent": "cogid"})  # noqa: S310
        found = b""
        with opener.open(request, timeout=SECONDS) as reply:
            while chunk := reply.read1(_CHUNK):
                found += chunk
                if len(found) > LARGEST:
                    raise CogidError(f"{escaped(url)} gives more than {LARGEST} bytes")
                if time.monotonic() > end:
                    raise CogidError(f"{escaped(url)} takes longer than {SECONDS} seconds")
        return found

    return read


class _Redirections(HTTPRedirectHandler):
    """Follows to other places by https only, and not far."""

    max_redirections = 3

    def redirect_request(self, *request: Any) -> Any:
        """Follow to the last of the arguments, the new URL."""
        _need_https(request[-1])
        return super().redirect_request(*request)


def _need_https(url: str) -> None:
    try:
        parts = urlsplit(url)
        whole = parts.scheme == "https" and bool(parts.hostname) and "@" not in parts.netloc
    except ValueError:
        whole = False
    if not whole or not url.isascii() or not url.isprintable() or " " in url:
        raise UsageError(
            f"--fetch-keys asks https:// URLs only, not {escaped(url[:200])}; give the keys with "
            "--keys FILE"
        )


def _document(read: Callable[[str], bytes], url: str) -> Any:
    try:
        return json.loads(read(url))
    except HTTPError as error:
        error.close()
        raise CogidError(f"No keys from {escaped(url)}: HTTP {error.code}") from None
    except (OSError, HTTPException) as error:
        reason = getattr(error, "reason", error)
        raise CogidError(f"No keys from {escaped(url)}: {reason}") from None
    except (ValueError, RecursionError):
        raise CogidError(f"No keys from {escaped(url)}: its reply is no JSON") from None
