"""What a request still needs that its flags do not say: today the region of its ids.

The one stage that may ask somebody before the request is sent.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cogid import arns
from cogid.errors import ConfigError

if TYPE_CHECKING:
    from cogid.request import Parameters
    from cogid.settings import Settings

LOCAL_REGION = "us-east-1"
NO_REGION = (
    'You must specify a region. You can also configure your region by running "aws configure".'
)


def region(settings: Settings, parameters: Parameters) -> str:
    """Give the configured region, else the one that stands in the request's ids.

    Raises ConfigError when there is none, worded as in the reference (2.36.7).
    """
    found = settings.region or arns.region_in(parameters)
    if found is None and settings.local_db is not None:
        return LOCAL_REGION
    if found is None:
        raise ConfigError(NO_REGION, code="NoRegion")
    return found
