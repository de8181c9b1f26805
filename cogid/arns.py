"""Ids and ARNs: what stands in them."""

from __future__ import annotations

import re
from typing import Any


def region_in(parameters: dict[str, Any]) -> str | None:
    """Give the region that stands in the ids or the ARN of a request, if one does."""
    ids = [
        parameters.get("IdentityPoolId"),
        parameters.get("IdentityId"),
        *(parameters.get("IdentityIdsToDelete") or []),
    ]
    arn = str(parameters.get("ResourceArn", "")).split(":", 5)
    if arn[0] == "arn" and len(arn) > 5:  # noqa: PLR2004 - arn:partition:service:region:account:…
        ids.extend([f"{arn[3]}:", arn[5].partition("/")[2]])
    for each in ids:
        found = re.match(r"([a-z]{2,}(?:-[a-z]+)+-\d+):", str(each))
        if found:
            return found.group(1)
    return None
