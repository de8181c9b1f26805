"""A ``--query`` expression in, a function on documents out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cogid.errors import CogidError, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable


def compiled(expression: str | None) -> Callable[[Any], Any] | None:
    """Compile a JMESPath expression, or give None when there is none to apply.

    Raises UsageError with a caret under the place of a mistake, before anything is sent.
    """
    if expression is None:
        return None
    import jmespath
    from jmespath.exceptions import JMESPathError

    try:
        search = jmespath.compile(expression)
    except JMESPathError as error:
        raise UsageError(f"Bad value for --query {expression}: {error}") from None

    def apply(document: Any) -> Any:
        try:
            return search.search(document)
        except JMESPathError as error:
            raise CogidError(str(error)) from None

    return apply
