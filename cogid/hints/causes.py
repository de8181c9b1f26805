"""Which message has which explanation: the one table, and the search in it.

The first row that matches and has something to say wins, so what can be seen in the request
stands before what is only likely.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cogid.hints import access, configuration, ids, logins
from cogid.hints.case import Case

if TYPE_CHECKING:
    from collections.abc import Callable

    from cogid.errors import ServiceError
    from cogid.request import Request

    Explanation = Callable[[Case], str | None] | str

_OF_TAGS = r"^(AccessDenied|InvalidParameter|NotAuthorized|ResourceNotFound|Validation)"

# Searched for in "CODE: MESSAGE"; a text instead of a function is the hint as it stands.
_CAUSES: tuple[tuple[str, Explanation], ...] = (
    (_OF_TAGS, ids.no_pool_arn),
    # who may sign in, and how
    (r": Unauthenticated access is not supported", configuration.no_guests),
    (r": Access to Identity '.*' is forbidden", logins.identity_forbidden),
    (r": Logins don't match", logins.differ),
    (r": Token is not from a supported provider", logins.not_supported),
    (r": Please provide a valid public provider", logins.no_public_provider),
    (r": This identity pool does not support the specified dev", logins.other_developer),
    (r": Basic \(classic\) flow is not (enabled|supported)", configuration.classic_flow),
    # what a token is
    (r"login token\. Issuer doesn't match", logins.other_issuer),
    (r"login token\. Missing a required claim: (\w+)", logins.missing_claim),
    (r"login token\. Token (?:expired: (\d+) >= (\d+)|is expired)", logins.token_expired),
    (r"login token\. Not a valid OpenId Connect", logins.no_openid_token),
    (r"login token\. Couldn't verify signed token", logins.not_verified),
    (r"login token\. Can't pass in a Cognito token", logins.own_token_here),
    (r"login token\. Not a Cognito token", logins.foreign_token_as_own),
    # how the pool is set up
    (r"^InvalidIdentityPoolConfig|: Invalid identity pool config", configuration.no_usable_role),
    (r": The ambiguous role mapping rules for: ", configuration.ambiguous),
    (r": \((.*)\) is not a valid RoleMapping ProviderName", configuration.mapping_key),
    (r": Invalid Cognito Identity Provider", configuration.user_pool_entry),
    (r": Access to Role '(.*)' is forbidden", configuration.role_forbidden),
    # ids
    (r"^ResourceNotFoundException", ids.other_region),
    (r": (IdentityPool|Identity) '.*' not found", ids.not_found),
    (r"^ValidationException: (.*)", ids.not_valid),
    # whose call it is
    (r"^AccessDenied(?:Exception)?: (.*)", access.denied),
    (r"^\w*: Signature (expired|not yet current)", access.clock),
    (r"^RequestExpired|^RequestTimeTooSkewed", access.clock),
    (r"^ExpiredToken", access.EXPIRED),
    (r"^UnrecognizedClient|^InvalidClientTokenId|^InvalidAccessKeyId", access.UNKNOWN_KEY),
    (r"^InvalidSignature|^SignatureDoesNotMatch|^IncompleteSignature", access.SIGNATURE),
    (r"^MissingAuthenticationToken", access.unsigned),
    # how much, and what else
    (r"^TooManyRequests|^Throttling", access.too_many),
    (
        r"^DeveloperUserAlreadyRegistered",
        "this user has another identity already: leave out --identity-id to get that",
    ),
    (
        r"^ConcurrentModification",
        "somebody else was changing the pool: look at it with describe-identity-pool, then repeat",
    ),
    (
        r"^ExternalService",
        "the identity provider did not answer; that is between it and AWS: try again later",
    ),
)


def explain(
    error: ServiceError, request: Request, region: str, now: Callable[[], float]
) -> str | None:
    """Find the first explanation for an error."""
    text = f"{error.code}: {error.message}"
    operation = request.operation
    for pattern, explanation in _CAUSES:
        said = re.search(pattern, text, re.DOTALL)
        if said is None:
            continue
        if isinstance(explanation, str):
            return explanation
        case = Case(said, operation.command, operation.name, request.parameters, region, now)
        hint = explanation(case)
        if hint is not None:
            return hint
    return None
