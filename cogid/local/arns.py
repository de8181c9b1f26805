"""ARNs and names of AWS that identity pools know: made, and taken apart.

Strings in, strings and matches out. Knows nothing else of cogid.
"""

from __future__ import annotations

import re

POOL_ARN = re.compile(
    r"arn:aws[\w-]*:cognito-identity:([\w-]+):\d{12}:identitypool/(\S+)", re.ASCII
)
"""Groups: region and pool id."""

PROVIDER_ARN = re.compile(r"arn:aws[\w-]*:iam::\d{12}:(oidc|saml)-provider/\S+", re.ASCII)

ROLE_ARN = re.compile(r"arn:(aws[\w-]*):iam::(\d+):role/\S+", re.ASCII)
"""Groups: partition and account."""

USER_POOL = re.compile(
    r"cognito-idp\.([a-z0-9-]+)\.amazonaws\.com(?:\.cn)?/([\w-]+_[0-9a-zA-Z]+)", re.ASCII
)
"""A user pool as the name of a provider. Groups: region and user pool id."""

IDENTITY_POOLS = re.compile(r"cognito-identity(?:\.[a-z0-9-]+)?\.amazonaws\.com(?:\.cn)?", re.ASCII)
"""The service itself as the name of a provider."""


def partition(region: str) -> str:
    """Tell the partition of a region, as ARNs begin with it."""
    if region.startswith("cn-"):
        return "aws-cn"
    return "aws-us-gov" if region.startswith("us-gov-") else "aws"


def pool_arn(region: str, account: str, pool_id: str) -> str:
    """Give the ARN of a pool."""
    return f"arn:{partition(region)}:cognito-identity:{region}:{account}:identitypool/{pool_id}"
