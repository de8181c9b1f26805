"""Messages about logins: whose token it is, where it belongs, what is wrong with it.

First what the tokens show, then what such a message usually means.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from cogid import arns, secrets
from cogid.claims import Token
from cogid.verdicts import span

if TYPE_CHECKING:
    from collections.abc import Callable

    from cogid.hints.causes import Case

    Check = Callable[[Case, str, Token], str | None]

_DEVELOPER = "get-open-id-token-for-developer-identity"
_CREDENTIALS = "get-credentials-for-identity"


def other_issuer(case: Case) -> str:
    """Explain that a token's issuer is not the key it stands under."""
    return _first(case, _wrong_name, _wrong_issuer) or (
        "the keys of --logins are the tokens' issuers (iss) without https://"
    )


def missing_claim(case: Case) -> str:
    """Explain that a token lacks what an id token has."""
    claim = case.said.group(1)
    return _first(case, _not_for_login) or (
        f"only id tokens have {claim} and all else that is asked for; an access token lacks it"
    )


def token_expired(case: Case) -> str:
    """Explain that a token is too old, and for how long."""
    found = _first(case, _expired)
    if found is None and case.said.group(1):
        seconds = int(case.said.group(1)[:12]) - int(case.said.group(2)[:12])
        since = f" {span(seconds)} ago" if seconds > 0 else ""
        found = f"the token expired{since}; sign in again for a new one"
    return found or "the provider's token has expired; sign in again for a new one"


def no_openid_token(case: Case) -> str:
    """Explain that a token is no JWT."""
    return _first(case, _misshapen, _wrong_name, _wrong_issuer) or (
        "an OpenID Connect id token (JWT) is wanted; providers give an access token beside it"
    )


def not_verified(case: Case) -> str:
    """Explain that a signature did not check out."""
    return _first(case, _misshapen, _wrong_name, _wrong_issuer, _secretly_signed, _expired) or (
        "the token was changed or cut off on its way, or its issuer's public keys are not those "
        "that signed it (a user pool made anew, an IAM OIDC provider out of date): sign in again "
        "for a new one"
    )


def not_supported(case: Case) -> str:
    """Explain that the pool does not take the token's audience."""
    checks = (_wrong_name, _wrong_issuer, _not_for_login, _audience)
    return _first(case, *checks) or (
        "the pool lists another app for that provider, or none; describe-identity-pool shows "
        "which it takes"
    )


def no_public_provider(case: Case) -> str:
    """Explain that a key of the logins is no provider that everyone knows."""
    found = _first(case, _swapped, _wrong_name, _wrong_issuer)
    if found:
        return found
    if case.command == _DEVELOPER:
        return (
            "beside the developer's, --logins takes only the pool's providers; "
            "describe-identity-pool shows them"
        )
    return (
        "the keys of --logins are the pool's providers (describe-identity-pool shows them); a "
        f"developer's users come by {_DEVELOPER}, and {_CREDENTIALS} takes its token under "
        "cognito-identity.amazonaws.com"
    )


def other_developer(case: Case) -> str:
    """Explain that the developer provider has another name."""
    where = "a key of --logins" if case.logins else "--developer-provider-name"
    return (
        f"{where} must be the pool's DeveloperProviderName; describe-identity-pool shows it, if "
        "the pool has one"
    )


def differ(case: Case) -> str:
    """Explain that the logins are none of the identity's."""
    if case.command == "get-id":
        return (
            "the pool has no identity provider, or none that these logins are of; "
            "describe-identity-pool shows them: is it the right pool?"
        )
    if case.command == _DEVELOPER:
        return (
            "the identity has other logins: add a token of one of them to --logins, or leave out "
            "--identity-id to get the user's own identity"
        )
    return _first(case, _of_another_identity) or (
        "the identity belongs to another user or another pool than these logins (was its id kept "
        "from an earlier sign-in?); get-id with the same --logins gives the right one"
    )


def identity_forbidden(case: Case) -> str:
    """Explain that an identity is not a guest's, or not in use any more."""
    if case.logins:
        return (
            "the identity was disabled by a merge or an unlink, or has logins that this token does "
            "not show; get-id with --logins gives the one to use"
        )
    return (
        "the identity is a signed-in user's, or disabled: pass a token of one of its logins with "
        "--logins (describe-identity shows which); guests get an id of their own from get-id"
    )


def own_token_here(case: Case) -> str:
    """Explain that a token of the service already has an identity."""
    instead = "leave this step out and pass it" if case.command == "get-id" else "pass it"
    return (
        f"that token was made for one identity already: {instead} to {_CREDENTIALS} with the "
        "--identity-id that came with it"
    )


def foreign_token_as_own(case: Case) -> str:
    """Explain that a token under the service's own name is somebody else's."""
    return _first(case, _of_another_region, _wrong_issuer, _misshapen) or (
        f"only tokens of {_DEVELOPER} and get-open-id-token go under that name; a provider's own "
        "token goes under the provider's"
    )


def _first(case: Case, *checks: Check) -> str | None:
    """Give the first finding; checks in their order, each on all logins."""
    for check in checks:
        for key, token in case.logins.items():
            found = check(case, key, token)
            if found is not None:
                return found
    return None


def _under(key: str) -> str:
    name = secrets.show_name(key)
    return f"the token under {name}" if name else "the token"


def _swapped(_: Case, key: str, token: Token) -> str | None:
    if Token(key).is_jwt or arns.is_provider(token.text):
        return "--logins is PROVIDER=TOKEN: provider and token are swapped"
    return None


def _wrong_name(_: Case, key: str, token: Token) -> str | None:
    """See a name that is written otherwise than keys of logins are."""
    right = arns.respell(key.partition(":oidc-provider/")[2] or key)
    if right == key or secrets.show_name(right) is None:
        return None
    if token.issuer and not arns.same_provider(token.issuer, right):
        return None  # the issuer is the better advice
    why = ""
    if key.startswith("http"):
        why = ", without https://"
    elif arns.client_of(key):
        why = "; the client id belongs in role mappings only"
    elif arns.region_of_user_pool(key):
        why = "; its id says the region"
    return f"in --logins the provider is called {right}{why}"


def _wrong_issuer(_: Case, key: str, token: Token) -> str | None:
    if token.issuer is None or arns.same_provider(token.issuer, key):
        return None
    issuer = secrets.show_name(arns.without_scheme(token.issuer))
    if issuer is None:
        return f"{_under(key)} was issued by somebody else; name the provider that issued it"
    if arns.is_service(issuer):
        return (
            f"{_under(key)} was issued by identity pools themselves; pass it to {_CREDENTIALS} "
            f"under {issuer}"
        )
    return f"{_under(key)} was issued by {issuer}; pass it under that name"


def _not_for_login(_: Case, key: str, token: Token) -> str | None:
    told = f"{_under(key)} is an access token; pass the id token of the same sign-in"
    return told if token.use == "access" else None


def _expired(case: Case, key: str, token: Token) -> str | None:
    seconds = case.now() - (math.inf if token.expires is None else token.expires)
    if seconds < 0:
        return None
    return f"{_under(key)} expired {span(seconds)} ago; sign in again for a new one"


def _misshapen(_: Case, key: str, token: Token) -> str | None:
    wrong = next(token.flaws, None) if arns.gives_jwts(key) else None
    return f"{_under(key)} {wrong}; an id token (JWT) is wanted" if wrong else None


def _secretly_signed(_: Case, key: str, token: Token) -> str | None:
    how = "is not signed with a key pair; the provider must sign with RS256 or the like"
    return f"{_under(key)} {how}" if token.is_jwt and not token.public_key else None


def _audience(_: Case, key: str, token: Token) -> str | None:
    """Say for whom a token is, and where the pool must list that."""
    audience = _audience_of(token)
    if audience is None:
        return None
    if arns.region_of_user_pool(key):
        place = f"client id {audience}; the pool must list it with that user pool among its "
        return f"{_under(key)} is for {place}CognitoIdentityProviders ({_SHOWS})"
    if key in arns.PUBLIC.values():
        place = f"client id {audience}; the pool must list it for that provider in its "
        return f"{_under(key)} is for {place}SupportedLoginProviders ({_SHOWS})"
    return (
        f"{_under(key)} is for audience {audience}; the IAM OIDC provider must list that, and the "
        f"pool must list the provider among its OpenIdConnectProviderARNs ({_SHOWS})"
    )


_SHOWS = "describe-identity-pool shows them"


def _audience_of(token: Token) -> str | None:
    return next(filter(None, map(secrets.show_audience, token.audiences)), None)


def _of_another_identity(case: Case, key: str, token: Token) -> str | None:
    if not arns.is_service(key) or token.subject in (None, case.text("IdentityId")):
        return None
    return f"{_under(key)} was made for another identity; pass the --identity-id that came with it"


def _of_another_region(case: Case, key: str, token: Token) -> str | None:
    """See a token of the service that another region's service made: its audience is the pool."""
    region = arns.region_of(_audience_of(token))
    if region in (None, case.region) or not arns.is_service(token.issuer or ""):
        return None
    return f"{_under(key)} is of {region}, but {case.region} was asked; try --region {region}"
