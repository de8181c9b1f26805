"""Temporary credentials, shaped as the real ones and unguessable.

They are told to ``issued`` and to the caller, and kept nowhere. The session token says what they
are for, as the real one does in a form of its own, so that a server can honour credentials that
another process gave out.
"""

from __future__ import annotations

import base64
import json
from typing import TYPE_CHECKING

from cogid.local.service.call import IssuedCredentials

if TYPE_CHECKING:
    from cogid.local.service.call import Call, Json
    from cogid.local.service.identities import Identity

LIFETIME = 3600
_END_OF_TIME = 1 << 33  # in 2242; far beyond are numbers that no calendar takes
_PREFIX = "IQoJb3JpZ2luX2Vj"  # real session tokens begin like this, and are as long


def make(call: Call, identity: Identity, role: str) -> Json:
    """Make an hour's credentials for a role."""
    expiration = float(int(call.moment) + LIFETIME)
    about = json.dumps([role, identity.id, expiration]).encode()
    made = IssuedCredentials(
        access_key_id="ASIA" + base64.b32encode(call.entropy(10)).decode(),
        secret_key=base64.b64encode(call.entropy(30)).decode(),
        session_token=_PREFIX + base64.b64encode(about + b"\n" + call.entropy(300)).decode(),
        expiration=expiration,
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


def read(access_key_id: str, session_token: str) -> IssuedCredentials | None:
    """Tell what credentials are for from their token; None for a token that is no such.

    The secret is not told: nobody here verifies signatures.
    """
    if not session_token.startswith(_PREFIX):
        return None
    try:
        content = base64.b64decode(session_token.removeprefix(_PREFIX), validate=True)
        role, identity_id, given = json.loads(content.partition(b"\n")[0])
        expiration = float(given)
    except (ValueError, TypeError, OverflowError, RecursionError):
        return None
    if not 0 < expiration < _END_OF_TIME:
        return None
    return IssuedCredentials(
        access_key_id, "", session_token, expiration, str(role), str(identity_id)
    )
