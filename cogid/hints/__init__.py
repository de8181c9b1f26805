"""A service's error in, one line of advice for the person out, or none.

For messages that name neither what is wrong nor the cure; ``docs/errors.md`` lists them. Knows
the request, and what can be read from its login tokens without asking anybody; sends nothing.
Never shows a token, and of what stands in one only issuer, audience, expiry and use.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from cogid.errors import ServiceError
    from cogid.request import Request


def hint_for(
    error: ServiceError, request: Request, region: str, *, now: Callable[[], float] = time.time
) -> str | None:
    """Give the advice for an error that the service answered a request with."""
    from cogid.hints import causes  # every real call imports this package, few calls fail

    return causes.explain(error, request, region, now)
