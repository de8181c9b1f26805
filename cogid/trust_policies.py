"""A role's trust policy and a web identity in, whether STS lets it assume the role out.

As far as IAM's rules of evaluation are needed for tokens of identity pools: what a condition asks
that is not known here makes the answer unknown, never a guess. Anything at all may stand in a
policy. Asks nobody, and imports nothing of cogid.
"""

from __future__ import annotations

import re
from fnmatch import translate
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

ASSUME, TAG = "sts:AssumeRoleWithWebIdentity", "sts:TagSession"


class WebIdentity(NamedTuple):
    """Who asks for a role: the provider that vouches, and what its token says.

    ``provider`` is a Federated principal, by whose name the keys of conditions begin. A subject
    that is not known yet is None.
    """

    provider: str
    audience: str
    amr: Sequence[str]
    subject: str | None = None

    @property
    def context(self) -> dict[str, list[str] | None]:
        """The keys of conditions with their values; None for those that are not known."""
        name = self.provider.lower()
        return {
            f"{name}:aud": [self.audience],
            f"{name}:amr": list(self.amr),
            f"{name}:sub": None if self.subject is None else [self.subject],
        }


class Verdict(NamedTuple):
    """Whether it is allowed, None where that cannot be known, and why it is not, in words."""

    allowed: bool | None
    why: str = ""


_YES = Verdict(allowed=True)


def _no(why: str) -> Verdict:
    return Verdict(allowed=False, why=why)


def provider_of(region: str) -> str:
    """Give the Federated principal that identity pools of a region are to IAM.

    Those of China and GovCloud are from their developer guides; none was seen at work.
    """
    if region.startswith("cn-"):
        return f"cognito-identity.{region}.amazonaws.com.cn"
    if region.startswith("us-gov-"):
        return "cognito-identity-us-gov.amazonaws.com"
    return "cognito-identity.amazonaws.com"


def judge(policy: Any, identity: WebIdentity, action: str = ASSUME) -> Verdict:
    """Tell whether a trust policy lets a web identity do an action on the role.

    A Deny that applies decides; else one Allow is enough. Of several statements that do not
    allow it, the one that is nearest is told.
    """
    statements = policy.get("Statement") if isinstance(policy, dict) else None
    trials = [
        (each.get("Effect"), [*_objections(each, identity, action)])
        for each in _list(statements)
        if isinstance(each, dict)
    ]
    denied = [_sum(objections) for effect, objections in trials if effect == "Deny"]
    allowed = [objections for effect, objections in trials if effect == "Allow"]
    if _YES in denied:
        return _no(f"a Deny in it applies to {action}")
    if _YES in map(_sum, allowed):
        doubt = next((each for each in denied if each.allowed is None), None)
        return Verdict(None, f"a Deny in it may apply: {doubt.why}") if doubt else _YES
    if not allowed:
        return _no("it allows nothing")
    open_ones = [found for found in map(_sum, allowed) if found.allowed is None]
    if open_ones:
        return open_ones[0]
    return _sum(min(allowed, key=len))


def _sum(objections: list[Verdict]) -> Verdict:
    """Sum up what stands against a statement: one that is sure decides."""
    sure = next((each for each in objections if each.allowed is False), None)
    return sure or next(iter(objections), _YES)


def _objections(
    statement: Mapping[str, Any], identity: WebIdentity, action: str
) -> Iterator[Verdict]:
    """Give what keeps a statement from applying, or may do so."""
    if not _has_action(statement, action):
        yield _no(f"no statement in it is about {action}")
    if "NotPrincipal" in statement:
        yield Verdict(None, "it has a NotPrincipal")
    elif not _has_principal(statement.get("Principal"), identity.provider):
        yield _no(f"{identity.provider} is not its Federated principal")
    conditions = statement.get("Condition")
    for operator, wanted in (conditions if isinstance(conditions, dict) else {}).items():
        for key, values in (wanted if isinstance(wanted, dict) else {}).items():
            holds = _holds(operator, key, [_text(each) for each in _list(values)], identity)
            if not holds:
                yield _unmet(operator, key, _list(values), identity, holds=holds)


def _unmet(
    operator: str, key: str, values: list[Any], identity: WebIdentity, *, holds: bool | None
) -> Verdict:
    wanted = " or ".join(map(_text, values)) or "nothing"
    if holds is None:
        return Verdict(None, f"it asks for {key} ({operator} {wanted}), which is not known here")
    has = identity.context.get(key.lower())
    seen = f"it is {', '.join(has)}" if has else "there is none"
    return _no(f"its condition on {key} is {operator} {wanted}, but {seen}")


def _has_action(statement: Mapping[str, Any], action: str) -> bool:
    if "NotAction" in statement:
        return not any(_like(each, action) for each in _list(statement["NotAction"]))
    return any(_like(each, action) for each in _list(statement.get("Action")))


def _has_principal(principal: Any, provider: str) -> bool:
    if isinstance(principal, dict):
        return any(each in (provider, "*") for each in _list(principal.get("Federated")))
    return bool(principal == "*")


def _holds(operator: str, key: str, wanted: list[str], identity: WebIdentity) -> bool | None:
    """Evaluate one key of a condition."""
    quantifier, _, bare = operator.lower().rpartition(":")
    optional = bare.endswith("ifexists")
    bare = bare.removesuffix("ifexists")
    context, name = identity.context, key.lower()
    known = name in context or _is_of_another_provider(name)
    has = context.get(name, [])
    if known and bare == "null":
        return (has == []) is (wanted == ["true"])
    if not known or has is None or bare not in _COMPARED:
        return None
    negated = bare.startswith("stringnot")
    if not has:
        return optional or negated or quantifier == "forallvalues"
    compare = _COMPARED[bare]
    matches = [any(compare(each, value) for each in wanted) is not negated for value in has]
    if quantifier == "foranyvalue":
        return any(matches)
    if quantifier == "forallvalues" or len(has) == 1:
        return all(matches)
    return None if any(matches) else False  # of several values, without saying which


def _is_of_another_provider(name: str) -> bool:
    """Tell whether a key is one that only tokens of some other provider have."""
    host = name.rpartition(":")[0]
    return "." in host


def _like(pattern: Any, text: str) -> bool:
    return isinstance(pattern, str) and bool(_compiled(pattern.lower()).match(text.lower()))


@lru_cache(maxsize=64)
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(translate(re.sub(r"\*+", "*", pattern).replace("[", "[[]")))


_COMPARED: dict[str, Callable[[str, str], bool]] = {
    "stringequals": lambda wanted, value: wanted == value,
    "stringnotequals": lambda wanted, value: wanted == value,
    "stringequalsignorecase": lambda wanted, value: wanted.lower() == value.lower(),
    "stringnotequalsignorecase": lambda wanted, value: wanted.lower() == value.lower(),
    "stringlike": lambda wanted, value: bool(_compiled(wanted).match(value)),
    "stringnotlike": lambda wanted, value: bool(_compiled(wanted).match(value)),
}


def _list(value: Any) -> list[Any]:
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)
