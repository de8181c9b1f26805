"""Temporary credentials, shaped as the real ones and unguessable.

They are told to ``issued`` and to the caller, and kept nowhere.
"""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING

from cogid.local.tokens import IssuedCredentials

if TYPE_CHECKING:
    from cogid.local.calls import Call, Json
    from cogid.local.identities import Identity

LIFETIME = 3600


def make(call: Call, identity: Identity, role: str) -> Json:
    """Make an hour's credentials for a role."""
    made = IssuedCredentials(
        access_key_id="ASIA" + base64.b32encode(call.entropy(10)).decode(),
        secret_key=base64.b64encode(call.entropy(30)).decode(),
        # Real ones begin like this, too, and are several hundred characters long.
        session_token="IQoJb3JpZ2luX2Vj" + base64.b64encode(call.entropy(300)).decode(),
        expiration=float(int(call.moment) + LIFETIME),
        role_arn=role,
        identity_id=identity.id,
    )
    call.issued.append(made)
    return {
        "AccessKeyId": made.access_key_id,
        "SecretKey": made.secret_key,
        "SessionToken": made.session_token,
        "Expiration": made.expiration,
    }
