"""A ``--query`` expression in, a function on documents out, and what it misnames.

Knows what shapes a reply has only as far as it is told.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cogid.errors import CogidError, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from cogid.model import Shape

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


def misnamed(expression: str, output: Shape) -> Iterator[str]:
    """Give a sentence for each member that an expression names and the reply has not.

    Only what is sure is told: behind functions nothing is known.
    """
    import difflib

    import jmespath

    found: list[tuple[str, Shape]] = []
    _follow(jmespath.compile(expression).parsed, output, found)
    for name, shape in dict(found).items():
        near = difflib.get_close_matches(name, shape.members, n=1, cutoff=0.6)
        known = near[0] if near else " or ".join(shape.members)
        yield f"--query names {name}, which is not there; perhaps {known}"


_INTO = ("projection", "filter_projection", "value_projection", "flatten")
_ALONG = ("subexpression", "index_expression", "pipe", *_INTO)


def _follow(node: Any, shape: Shape | None, found: list[tuple[str, Shape]]) -> Shape | None:
    """Give the shape that a node makes of one; note the members on the way that it has not.

    A list stands for its items, and None for what is not known.
    """
    kind, parts = node["type"], node["children"]
    if kind == "field":
        return _member(node["value"], shape, found)
    if kind in _ALONG:
        first, *rest = parts
        shape = _follow(first, shape, found)
        if kind in _INTO:
            shape = _inside(shape, values=kind == "value_projection")
        if kind == "filter_projection":
            _follow(rest.pop(), shape, found)
        for part in rest:
            shape = _follow(part, shape, found)
        return shape
    if kind in ("current", "identity", "index", "slice"):
        return _inside(shape)
    # What an expression after & is applied to is its function's business.
    for part in () if kind == "expref" else parts:
        _follow(part, shape, found)
    return None


def _member(name: str, shape: Shape | None, found: list[tuple[str, Shape]]) -> Shape | None:
    if shape is None or shape.type != "structure":
        return shape.value if shape and shape.type == "map" else None
    if shape.members and name not in shape.members:
        found.append((name, shape))
    return shape.members.get(name)


def _inside(shape: Shape | None, *, values: bool = False) -> Shape | None:
    """Give what a list holds; when ``values``, what a map does."""
    if values:
        return shape.value if shape and shape.type == "map" else None
    return shape.element if shape and shape.type == "list" else shape


def _too_deep(expression: str) -> UsageError:
    return UsageError(f"Bad value for --query {expression}: more than {DEEPEST} levels deep")
