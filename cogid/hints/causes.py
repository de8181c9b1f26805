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


class Cause(NamedTuple):
    """What is searched for in "CODE: MESSAGE", the name of its page, and the explanation.

    A text instead of a function is the hint.
    """

    said: str
    page: str
    explanation: Explanation


CAUSES = (
    Cause(_OF_TAGS, "the-arn-of-a-pool", ids.no_pool_arn),
    # who may sign in, and how
    Cause(
        r": Unauthenticated access is not supported",
        "unauthenticated-access-is-not-supported",
        configuration.no_guests,
    ),
    Cause(
        r": Access to Identity '[^']*' is forbidden",
        "access-to-identity-is-forbidden",
        logins.identity_forbidden,
    ),
    Cause(r": Logins don't match", "logins-dont-match", logins.differ),
    Cause(
        r": Token is not from a supported provider",
        "token-is-not-from-a-supported-provider",
        logins.not_supported,
    ),
    Cause(
        r": Please provide a valid public provider",
        "please-provide-a-valid-public-provider",
        logins.no_public_provider,
    ),
    Cause(
        r": This identity pool does not support the specified dev",
        "this-identity-pool-does-not-support-the-developer-provider",
        logins.other_developer,
    ),
    Cause(
        r": Basic \(classic\) flow is not (enabled|supported)",
        "basic-classic-flow-is-not-enabled",
        configuration.classic_flow,
    ),
    # what a token is
    Cause(
        r"login token\. Issuer doesn't match",
        "issuer-doesnt-match-providername",
        logins.other_issuer,
    ),
    Cause(
        r"login token\. Missing a required claim: (\w+)",
        "missing-a-required-claim",
        logins.missing_claim,
    ),
    Cause(
        r"login token\. Token (?:expired(?:: (\d+) >= (\d+))?|is expired)",
        "token-expired",
        logins.token_expired,
    ),
    Cause(
        r"login token\. Not a valid OpenId Connect",
        "not-a-valid-openid-connect-identity-token",
        logins.no_openid_token,
    ),
    Cause(
        r"login token\. Couldn't verify signed token",
        "couldnt-verify-signed-token",
        logins.not_verified,
    ),
    Cause(
        r"login token\. Can't pass in a Cognito token",
        "cant-pass-in-a-cognito-token",
        logins.own_token_here,
    ),
    Cause(
        r"login token\. Not a Cognito token",
        "not-a-cognito-token",
        logins.foreign_token_as_own,
    ),
    # how the pool is set up
    Cause(
        r"^InvalidIdentityPoolConfig|: Invalid identity pool config",
        "invalid-identity-pool-configuration",
        configuration.no_usable_role,
    ),
    Cause(
        r"(?i)not authorized to perform:? sts:(?:AssumeRoleWithWebIdentity|TagSession)\b",
        "not-authorized-to-perform-stsassumerolewithwebidentity",
        configuration.not_trusted,
    ),
    Cause(
        r": The ambiguous role mapping rules for: ",
        "the-ambiguous-role-mapping-rules-denied-this-request",
        configuration.ambiguous,
    ),
    Cause(
        r": \((.{1,256})\) is not a valid RoleMapping ProviderName",
        "not-a-valid-rolemapping-providername",
        configuration.mapping_key,
    ),
    Cause(
        r": Invalid Cognito Identity Provider",
        "invalid-cognito-identity-provider",
        configuration.user_pool_entry,
    ),
    Cause(
        r": Access to Role '([^']*)' is forbidden",
        "access-to-role-is-forbidden",
        configuration.role_forbidden,
    ),
    # ids
    Cause(r"^ResourceNotFoundException", "not-found", ids.other_region),
    Cause(r": (IdentityPool|Identity) '[^']*' not found", "not-found", ids.not_found),
    Cause(r"^ValidationException: (.*)", "failed-to-satisfy-constraint", ids.not_valid),
    # whose call it is
    Cause(r"^AccessDenied(?:Exception)?: (.*)", "accessdenied", configuration.denied),
    Cause(r"^\w*: Signature (expired|not yet current)", "signature-expired", _CLOCK),
    Cause(r"^RequestExpired|^RequestTimeTooSkewed", "signature-expired", _CLOCK),
    Cause(
        r"^ExpiredToken",
        "expiredtoken",
        "the AWS credentials have expired: sign in again, or renew AWS_ACCESS_KEY_ID, "
        "AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN together",
    ),
    Cause(
        r"^UnrecognizedClient|^InvalidClientTokenId|^InvalidAccessKeyId",
        "unrecognizedclient",
        "AWS does not know the access key: deleted, temporary (ASIA…) without its own "
        "AWS_SESSION_TOKEN, of another partition, or the region is not enabled; --profile "
        "chooses other credentials",
    ),
    Cause(
        r"^InvalidSignature|^SignatureDoesNotMatch|^IncompleteSignature",
        "invalidsignature",
        "the secret key does not belong to the access key, or was cut off or quoted; --profile "
        "chooses other credentials",
    ),
    Cause(
        r"^MissingAuthenticationToken",
        "missingauthenticationtoken",
        "{command} must be signed: leave out --no-sign-request, and give AWS credentials",
    ),
    # how much, and what else
    Cause(
        r"^TooManyRequests|^Throttling",
        "toomanyrequests",
        "AWS limits how often an account may call {command}: wait, or be more patient with "
        "AWS_MAX_ATTEMPTS=10 and AWS_RETRY_MODE=adaptive",
    ),
    Cause(
        r"^DeveloperUserAlreadyRegistered",
        "developeruseralreadyregistered",
        "this user has another identity already: leave out --identity-id to get that",
    ),
    Cause(
        r"^ConcurrentModification",
        "concurrentmodification",
        "somebody else was changing the pool: look at it with describe-identity-pool, then repeat",
    ),
    Cause(
        r"^ExternalService",
        "externalservice",
        "the identity provider did not answer; that is between it and AWS: try again later",
    ),
)
PAGES = tuple(dict.fromkeys(each.page for each in CAUSES))


class Hint(NamedTuple):
    """Advice, and the name of the page that says more."""

    text: str
    page: str


def hint_for(
    error: ServiceError, request: Request, region: str, *, now: Callable[[], float] = time.time
) -> str | None:
    """Give the advice for an error that the service answered a request with."""
    operation = request.operation
    text = f"{error.code}: {error.message}"
    found = search(
        text, operation.command, operation.name, request.parameters, region=region, now=now
    )
    return found and found.text


def search(  # noqa: PLR0913 - what is known of a request
    text: str,
    command: str,
    operation: str,
    parameters: Mapping[str, Any],
    *,
    region: str,
    now: Callable[[], float],
    anywhere: bool = False,
) -> Hint | None:
    """Give the first hint that there is for "CODE: MESSAGE".

    ``anywhere``: the message may begin at any word of the text.
    """
    for cause in CAUSES:
        pattern = re.sub(r"(^|\|): ", r"\1(?<![A-Za-z])", cause.said) if anywhere else cause.said
        said = re.search(pattern, text, re.DOTALL)
        if said is None:
            continue
        if isinstance(cause.explanation, str):
            return Hint(cause.explanation.format(command=command), cause.page)
        case = Case(said, command, operation, parameters, region, now)
        hint = cause.explanation(case)
        if hint is not None:
            return Hint(hint, cause.page)
    return None
