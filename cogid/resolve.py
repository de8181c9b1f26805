"""What a request still needs that its flags do not say: today the region of its ids.

The one stage that may ask somebody before the request is sent.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cogid import arns
from cogid.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Callable

    from cogid.request import Request
    from cogid.settings import Settings

LOCAL_REGION = "us-east-1"
NO_REGION = (
    'You must specify a region. You can also configure your region by running "aws configure".'
)


def region(settings: Settings, request: Request, of_instance: Callable[[], str | None]) -> str:
    """Give the configured region, else that of the request's ids, else the EC2 instance's own.

    Raises ConfigError when there is none, worded as in the reference (2.36.7).
    """
    found = settings.region or arns.region_in(request.parameters)
    if found is None:
        # The instance last: asking it takes a second where there is none.
        found = LOCAL_REGION if settings.local_db is not None else of_instance()
    if found is None:
        raise ConfigError(NO_REGION, code="NoRegion")
    return found
