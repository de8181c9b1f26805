"""An error in, one line of advice for the person out, or none.

For messages that name neither what is wrong nor the cure; ``docs/errors.md`` lists them. Knows
the request, and what can be read from its login tokens without asking anybody; sends nothing.
Never shows a token, and of what stands in one only issuer, audience, expiry and use.
"""

from cogid.hints.causes import Hint, hint_for
from cogid.hints.surroundings import hint_for as hint_for_surroundings

__all__ = ["Hint", "hint_for", "hint_for_surroundings"]
