"""NextTokens: opaque words that say after which row a list goes on.

A row's number is never given out again and lists are in the order of numbers, so a token stays
good whatever is added or deleted meanwhile: nothing is shown twice, nothing present is left out.
That lists are in the order of making is a choice; the service says nothing of it.
"""

from __future__ import annotations

import base64
import hashlib

from cogid.local.faults import invalid


def token_after(number: int, listing: str) -> str:
    """Make the token for going on after a row of a listing (operation and what it lists)."""
    text = f"{number}.{_seal(number, listing)}"
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def row_after(token: str | None, listing: str) -> int:
    """Read a token's row; 0, before all rows, when there is none.

    A token that is not one of this listing's is an InvalidParameterException: a choice.
    """
    if token is None:
        return 0
    try:
        text = base64.b64decode(token + "=" * (-len(token) % 4), altchars=b"-_", validate=True)
        number, _, seal = text.decode("ascii").partition(".")
        if token == token_after(int(number), listing) and seal:
            return int(number)
    except ValueError:
        pass
    raise invalid("Invalid NextToken.")


def _seal(number: int, listing: str) -> str:
    # No secret: it catches tokens of other lists and typing errors, and guards nothing.
    return hashlib.sha256(f"{listing} {number}".encode()).hexdigest()[:16]
