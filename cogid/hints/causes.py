"""Which message has which explanation: the one table, and the search in it.

The first row that matches and has something to say wins, so what can be seen in the request
stands before what is only likely.
"""

from __future__ import annotations

import re
import time
from typing import TYPE_CHECKING, Any, NamedTuple

from cogid.claims import Token
from cogid.hints import configuration, ids, logins

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from cogid.errors import ServiceError
    from cogid.request import Request

    Explanation = Callable[["Case"], str | None] | str


class Case(NamedTuple):
    """One refusal: what was said, what had been asked, where and when.

    ``said`` is the part of the message that is recognised.
    """

    said: re.Match[str]
    command: str
    operation: str
    parameters: Mapping[str, Any]
    region: str
    now: Callable[[], float]

    @property
    def logins(self) -> dict[str, Token]:
        """The tokens of the request by the names they were passed under."""
        given = self.parameters.get("Logins")
        pairs = given.items() if isinstance(given, dict) else ()
        return {key: Token(text) for key, text in pairs if isinstance(text, str)}

    def text(self, member: str) -> str:
        """Give a parameter that is a string; one that is not there is empty."""
        value = self.parameters.get(member)
        return value if isinstance(value, str) else ""


_OF_TAGS = r"^(AccessDenied|InvalidParameter|NotAuthorized|ResourceNotFound|Validation)"

_CLOCK = "this machine's clock is wrong by more than five minutes; set it and try again"

# Searched for in "CODE: MESSAGE"; a text instead of a function is the hint.
_CAUSES: tuple[tuple[str, Explanation], ...] = (
    (_OF_TAGS, ids.no_pool_arn),
    # who may sign in, and how
    (r": Unauthenticated access is not supported", configuration.no_guests),
    (r": Access to Identity '[^']*' is forbidden", logins.identity_forbidden),
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
    (r": \((.{1,256})\) is not a valid RoleMapping ProviderName", configuration.mapping_key),
    (r": Invalid Cognito Identity Provider", configuration.user_pool_entry),
    (r": Access to Role '([^']*)' is forbidden", configuration.role_forbidden),
    # ids
    (r"^ResourceNotFoundException", ids.other_region),
    (r": (IdentityPool|Identity) '[^']*' not found", ids.not_found),
    (r"^ValidationException: (.*)", ids.not_valid),
    # whose call it is
    (r"^AccessDenied(?:Exception)?: (.*)", configuration.denied),
    (r"^\w*: Signature (expired|not yet current)", _CLOCK),
    (r"^RequestExpired|^RequestTimeTooSkewed", _CLOCK),
    (
        r"^ExpiredToken",
        (
            "the AWS credentials have expired: sign in again, or renew AWS_ACCESS_KEY_ID, "
            "AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN together"
        ),
    ),
    (
        r"^UnrecognizedClient|^InvalidClientTokenId|^InvalidAccessKeyId",
        (
            "AWS does not know the access key: deleted, temporary (ASIA…) without its own "
            "AWS_SESSION_TOKEN, of another partition, or the region is not enabled; --profile "
            "chooses other credentials"
        ),
    ),
    (
        r"^InvalidSignature|^SignatureDoesNotMatch|^IncompleteSignature",
        (
            "the secret key does not belong to the access key, or was cut off or quoted; --profile "
            "chooses other credentials"
        ),
    ),
    (
        r"^MissingAuthenticationToken",
        "{command} must be signed: leave out --no-sign-request, and give AWS credentials",
    ),
    # how much, and what else
    (
        r"^TooManyRequests|^Throttling",
        (
            "AWS limits how often an account may call {command}: wait, or be more patient with "
            "AWS_MAX_ATTEMPTS=10 and AWS_RETRY_MODE=adaptive"
        ),
    ),
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


def hint_for(
    error: ServiceError, request: Request, region: str, *, now: Callable[[], float] = time.time
) -> str | None:
    """Give the advice for an error that the service answered a request with."""
    text = f"{error.code}: {error.message}"
    operation = request.operation
    for pattern, explanation in _CAUSES:
        said = re.search(pattern, text, re.DOTALL)
        if said is None:
            continue
        if isinstance(explanation, str):
            return explanation.format(command=operation.command)
        case = Case(said, operation.command, operation.name, request.parameters, region, now)
        hint = explanation(case)
        if hint is not None:
            return hint
    return None
