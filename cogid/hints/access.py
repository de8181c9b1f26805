"""Messages about the caller: permissions, credentials, the clock, and how often one may call."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cogid.hints.case import Case

EXPIRED = (
    "the AWS credentials have expired: sign in again, or renew AWS_ACCESS_KEY_ID, "
    "AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN together"
)
UNKNOWN_KEY = (
    "AWS does not know the access key: deleted, temporary (ASIA…) without its own "
    "AWS_SESSION_TOKEN, of another partition, or the region is not enabled; --profile chooses "
    "other credentials"
)
SIGNATURE = (
    "the secret key does not belong to the access key, or was cut off or quoted; --profile "
    "chooses other credentials"
)

_DENIAL = re.compile(
    r"not authorized to perform: ([\w:*-]+)(?: on resource: ([\w:/*.+=,@-]+))?"
    r"(?:.* explicit deny in an? ([a-z -]+))?(?:.*because no ([a-z -]+?) allows)?",
    re.ASCII | re.DOTALL,
)


def denied(case: Case) -> str:
    """Name the permission that is missing, and whose policy must give it."""
    found = _DENIAL.search(case.said.group(1))
    if found is None:
        return f"the caller's policy must allow cognito-identity:{case.operation}"
    action, resource, deny, kind = found.groups()
    if deny:
        return (
            f"an explicit deny in a {deny.strip()} stops {action}; no further permission helps, "
            "only a change of that policy"
        )
    on = f" on {resource}" if resource else ""
    return f"the caller's {kind or 'identity-based policy'} must allow {action}{on}"


def clock(_: Case) -> str:
    """Explain that a signature is good for some minutes only."""
    return "this machine's clock is wrong by more than five minutes; set it and try again"


def unsigned(case: Case) -> str:
    """Explain that most operations need credentials."""
    return f"{case.command} must be signed: leave out --no-sign-request, and give AWS credentials"


def too_many(case: Case) -> str:
    """Explain that the rate is limited, and how to be more patient."""
    return (
        f"AWS limits how often an account may call {case.command}: wait, or be more patient with "
        "AWS_MAX_ATTEMPTS=10 and AWS_RETRY_MODE=adaptive"
    )
