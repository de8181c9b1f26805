"""One refusal: what was said, what had been asked, where and when."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    import re
    from collections.abc import Callable, Mapping


class Case(NamedTuple):
    """What a hint is made from; ``said`` is the part of the message that is recognised."""

    said: re.Match[str]
    command: str
    operation: str
    parameters: Mapping[str, Any]
    region: str
    now: Callable[[], float]

    @property
    def logins(self) -> dict[str, str]:
        """The tokens of the request by the names they were passed under."""
        given = self.parameters.get("Logins")
        pairs = given.items() if isinstance(given, dict) else ()
        return {key: token for key, token in pairs if isinstance(token, str)}

    def text(self, member: str) -> str:
        """Give a parameter that is a string; one that is not there is empty."""
        value = self.parameters.get(member)
        return value if isinstance(value, str) else ""
