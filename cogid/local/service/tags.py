"""The tags of a pool by its ARN: the same set that is given with the pool.

The account in the ARN is not looked at: a pool's id is enough to find it. That a malformed ARN
is an InvalidParameterException is a choice.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from cogid import arns
from cogid.local.faults import invalid, no_pool
from cogid.local.service import pools

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cogid.local.service.call import Call, Json
    from cogid.local.service.pools import Pool


def tag_resource(call: Call, parameters: Json) -> Json:
    """Add tags to a pool; one of the same key gets the new value."""
    pool = _tagged_pool(call, parameters)
    merged = {**pool.tags, **parameters["Tags"]}
    pools.check_tags(merged)
    _save(call, pool, merged)
    return {}


def untag_resource(call: Call, parameters: Json) -> Json:
    """Take tags off a pool; a key that is not there is passed over."""
    pool = _tagged_pool(call, parameters)
    kept = {key: value for key, value in pool.tags.items() if key not in parameters["TagKeys"]}
    _save(call, pool, kept)
    return {}


def list_tags_for_resource(call: Call, parameters: Json) -> Json:
    """List a pool's tags."""
    return {"Tags": _tagged_pool(call, parameters).tags}


def _tagged_pool(call: Call, parameters: Json) -> Pool:
    arn = parameters["ResourceArn"]
    match = arns.POOL.fullmatch(arn)
    if match is None:
        raise invalid(f"Invalid resource ARN: {arn}")
    region, _, pool_id = match.groups()
    if region != call.region:
        raise no_pool(pool_id)
    return pools.find(call, pool_id)


def _save(call: Call, pool: Pool, new: Mapping[str, str]) -> None:
    call.store.write("UPDATE pools SET tags = ? WHERE number = ?", json.dumps(new), pool.number)
