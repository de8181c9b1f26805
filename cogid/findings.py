"""What was found of one thing after the other: ok, wrong or unknown, each in a line.

Findings in, lines for a person or a document for a program out. Knows nothing of what was looked
at, and prints nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from cogid.controls import escaped

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

State = Literal["ok", "wrong", "unknown"]

_COLORS = {"ok": "\x1b[32m", "wrong": "\x1b[1;31m", "unknown": "\x1b[33m"}
_PLAIN = "\x1b[0m"


class Finding(NamedTuple):
    """One thing that was looked at; ``cure`` says what to do where it is wrong or unknown."""

    name: str
    state: State
    told: str
    cure: str = ""


def ok(name: str, told: str) -> Finding:
    """Find that something is as it must be."""
    return Finding(name, "ok", told)


def wrong(name: str, told: str, cure: str) -> Finding:
    """Find what is wrong, and say what to do."""
    return Finding(name, "wrong", told, cure)


def unknown(name: str, told: str, cure: str = "") -> Finding:
    """Say what could not be looked at, and why."""
    return Finding(name, "unknown", told, cure)


def first_wrong(found: Iterable[Finding]) -> Finding | None:
    """Give the first that is wrong."""
    return next((each for each in found if each.state == "wrong"), None)


def lines(found: Iterable[Finding], *, color: bool, width: int = 0) -> Iterator[str]:
    """Write a line for each as it comes, and the cure under the first that is wrong.

    ``width`` is that of the names where they are not all there yet. What was found may hold
    anything: control characters are shown, not sent on.
    """
    if not width:
        found = list(found)
        width = max((len(each.name) for each in found), default=0)
    cured = False
    for each in found:
        state = f"{each.state:7}"
        if color:
            state = f"{_COLORS[each.state]}{state}{_PLAIN}"
        yield f"{state}  {each.name:{width}}  {escaped(each.told)}\n"
        if each.state == "wrong" and not cured:
            cured = True
            yield f"{'':7}  {'':{width}}  cure: {escaped(each.cure)}\n"


def document(found: Iterable[Finding]) -> list[dict[str, Any]]:
    """Give the findings as plain JSON."""
    return [
        {"Name": each.name, "State": each.state, "Told": each.told}
        | ({"Cure": each.cure} if each.cure else {})
        for each in found
    ]
