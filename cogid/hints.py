"""A service's error in, one line of advice for the person out, or none.

For messages that name neither what is wrong nor the cure. Knows the request; sends nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cogid.request import region_in

if TYPE_CHECKING:
    from cogid.errors import ServiceError
    from cogid.request import Request


def hint_for(error: ServiceError, request: Request, region: str) -> str | None:
    """Give the advice for an error that the service answered a request with."""
    if error.code == "ResourceNotFoundException":
        return _other_region(request, region)
    return None


def _other_region(request: Request, region: str) -> str | None:
    """Ids carry their region, and a service of another region knows nothing of them."""
    stands = region_in(request.parameters)
    if stands is None or stands == region:
        return None
    return f"the id is of {stands}, but {region} was asked; try --region {stands}"
