"""What a request still needs that its flags do not say: the region of its ids, the id of a pool.

The one stage that may ask somebody before the request is sent.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cogid import arns
from cogid.errors import ConfigError, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import Any

    from cogid.app import App
    from cogid.request import Request
    from cogid.settings import Settings

LOCAL_REGION = "us-east-1"
PAGE = 60
_MOST_SHOWN = 10  # of the pools that may have been meant
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


def pool(word: str, app: App) -> str:
    """Give the id of the pool that a word names: its id, its ARN or its name.

    An id or ARN is used as it is; a name is looked up, and what came of that is good for a
    minute, as TAB's answers are. Raises UsageError where no pool, or more than one, has the name,
    and what a call raises.
    """
    arn = arns.POOL.fullmatch(word)
    id_ = arn.group(3) if arn else word.strip()
    if arns.ID.fullmatch(id_):
        return id_
    if arn or word.startswith("arn:"):
        raise UsageError(
            "argument --pool: that is not the ARN of an identity pool: "
            f"{arns.pool_arn('REGION', 'ACCOUNT', 'REGION:GUID')}"
        )
    import json

    from cogid.cache import Cache, state, where

    db = app.settings.local_db
    files = [state(f"{db}{ending}") for ending in ("", "-wal")] if db else []
    key = json.dumps(["pool", word, where(app.line.flags, app.environ), files])
    cache = Cache(app.environ)
    kept = cache.get(key)
    if isinstance(kept, str) and arns.ID.fullmatch(kept):
        return kept
    try:
        found = _only(word, list(_pools(app)))
    except ConfigError as error:
        error.hint = (
            error.hint or "to look up a pool's name takes this; --pool REGION:GUID does not"
        )
        raise
    cache.put(key, found)
    return found


def _pools(app: App) -> Iterator[tuple[str, str]]:
    """Give id and name of each pool."""
    token: dict[str, Any] = {}
    while True:
        page = app.service.call("ListIdentityPools", MaxResults=PAGE, **token)
        for each in page["IdentityPools"]:
            yield each["IdentityPoolId"], each["IdentityPoolName"]
        if not page.get("NextToken"):
            return
        token = {"NextToken": page["NextToken"]}


def _only(name: str, pools: list[tuple[str, str]]) -> str:
    """Choose the one pool of that name."""
    found = [id_ for id_, each in pools if each == name]
    if len(found) == 1:
        return found[0]
    if found:
        listed = "".join(f"\n  {each}" for each in found)
        raise UsageError(
            f"argument --pool: {len(found)} pools are called {name!r}; say which by its id:{listed}"
        )
    near = [(id_, each) for id_, each in pools if name.lower() in each.lower()] or pools
    listed = "".join(f"\n  {id_}  {each}" for id_, each in near[:_MOST_SHOWN])
    more = f"\n  and {len(near) - _MOST_SHOWN} more" if len(near) > _MOST_SHOWN else ""
    told = f"; there are:{listed}{more}" if pools else ", nor is there any other in this region"
    raise UsageError(f"argument --pool: no pool is called {name!r}{told}")
