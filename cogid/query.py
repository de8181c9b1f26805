"""A ``--query`` expression in, a function on documents out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cogid.errors import CogidError, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable

DEEPEST = 200  # levels: applying one takes up to three calls in each other


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
    except RecursionError:
        raise _too_deep(expression) from None
    except ValueError as error:  # a JMESPathError, or a number of more digits than Python reads
        raise UsageError(f"Bad value for --query {expression}: {error}") from None
    level = [search.parsed]
    for _ in range(DEEPEST):
        level = [inner for node in level for inner in node["children"] if isinstance(inner, dict)]
    if level:
        raise _too_deep(expression)

    def apply(document: Any) -> Any:
        try:
            return search.search(document)
        except JMESPathError as error:
            raise CogidError(str(error)) from None

    return apply


def _too_deep(expression: str) -> UsageError:
    return UsageError(f"Bad value for --query {expression}: more than {DEEPEST} levels deep")
