"""Which role an identity gets: a pool's roles and mappings and the users' claims in, a Choice out.

The rules are those of the developer guide's page on role-based access control; where it is
silent, a function says what was chosen. Claims are taken as they are: who checked the tokens, and
who tells of the choice, is not known here.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

SAML_ROLES = "https://aws.amazon.com/SAML/Attributes/Role"

Reason = Literal[
    "no mapping",  # the pool's own role for guests or for users: nothing maps the provider
    "asked for",  # CustomRoleArn, which the token, the assertion or a matching rule offers
    "not offered",  # no role: CustomRoleArn is none of those offered
    "preferred",  # the token's cognito:preferred_role
    "only one",  # the one role in cognito:roles or the assertion
    "first match",  # the first rule that matches
    "ambiguous",  # none of these, and the mapping says AuthenticatedRole
    "denied",  # no role: none of these, and the mapping says Deny
    "no such role",  # no role: the pool has none for this kind of identity
]


class User(NamedTuple):
    """One login: what a mapping for it would be keyed by, and what its token or assertion says."""

    key: str
    claims: Mapping[str, Any]


class Trial(NamedTuple):
    """One rule, the claim that it saw (None when there is none), and whether they match."""

    rule: Mapping[str, Any]
    claim: Any
    matches: bool


class Choice(NamedTuple):
    """The role, None when it is refused, and how it came to be.

    ``key`` is that of the mapping that decided, ``trials`` are its rules in order, and
    ``offered`` are the roles that CustomRoleArn may name.
    """

    role: str | None
    reason: Reason
    key: str | None = None
    offered: Sequence[str] = ()
    trials: Sequence[Trial] = ()


def choose(
    roles: Mapping[str, str],
    mappings: Mapping[str, Mapping[str, Any]],
    users: Sequence[User],
    *,
    authenticated: bool,
    custom: str | None = None,
) -> Choice:
    """Choose a role, given Roles and RoleMappings as GetIdentityPoolRoles answers with them.

    Of several users, the first whose provider has a mapping decides: a choice. ``custom`` is
    passed over where neither a mapping nor an assertion offers any role: a choice, too.
    """
    for user in users:
        if user.key in mappings:
            return _by_mapping(roles, mappings[user.key], user, custom)
    if custom is not None:
        for user in users:
            if SAML_ROLES in user.claims:
                return _asked_for(custom, Choice(None, "denied", None, _of_assertion(user.claims)))
    role = roles.get("authenticated" if authenticated else "unauthenticated")
    return Choice(role, "no mapping" if role else "no such role")


def explain(
    choice: Choice, users: Sequence[User], *, authenticated: bool, custom: str | None = None
) -> str:
    """Say in a sentence how a choice came to be."""
    kind = "authenticated" if authenticated else "unauthenticated"
    number = next((at for at, each in enumerate(choice.trials, 1) if each.matches), 0)
    if choice.reason == "asked for":
        by = "a matching rule" if choice.trials else "the token"
        return f"--custom-role-arn asks for it, and {by} offers it"
    if choice.reason == "not offered":
        by = "no matching rule offers" if choice.trials else "the token does not offer"
        offered = f"; offered are: {', '.join(choice.offered)}" if choice.offered else ""
        return f"--custom-role-arn asks for {custom}, which {by}{offered}"
    if choice.reason == "no such role":
        return f"the pool has no role for {kind} identities"
    if choice.reason == "no mapping":
        keys = ", ".join(each.key for each in users)
        because = f": no role mapping is for {keys}" if keys else ""
        return f"it is the pool's role for {kind} identities{because}"
    missing = "no rule matches" if choice.trials else _named_by(choice, users)
    return {
        "preferred": "the token prefers it (cognito:preferred_role)",
        "only one": "it is the only role that the token names (cognito:roles)",
        "first match": f"rule {number} is the first that matches",
        "ambiguous": f"{missing}, and the mapping says AuthenticatedRole",
        "denied": f"{missing}, and the mapping says Deny",
    }[choice.reason]


def _named_by(choice: Choice, users: Sequence[User]) -> str:
    named = len(choice.offered)
    if any(each.key == choice.key and not each.claims for each in users):
        return "nobody but its provider can read the token, which so names no role"
    return f"the token names {named or 'no'} role{'s'[: named != 1]} and prefers none"


def _by_mapping(
    roles: Mapping[str, str], mapping: Mapping[str, Any], user: User, custom: str | None
) -> Choice:
    found = _by_rules(mapping, user) if mapping["Type"] == "Rules" else _by_token(user)
    if custom is not None:
        return _asked_for(custom, found)
    if found.role is not None or mapping.get("AmbiguousRoleResolution") != "AuthenticatedRole":
        return found
    role = roles.get("authenticated")
    return found._replace(role=role, reason="ambiguous" if role else "no such role")


def _asked_for(custom: str, found: Choice) -> Choice:
    if custom in found.offered:
        return found._replace(role=custom, reason="asked for")
    return found._replace(role=None, reason="not offered")


def _by_rules(mapping: Mapping[str, Any], user: User) -> Choice:
    rules = mapping.get("RulesConfiguration", {}).get("Rules", [])
    trials = [_try(rule, user.claims.get(rule["Claim"])) for rule in rules]
    offered = [each.rule["RoleARN"] for each in trials if each.matches]
    if offered:
        return Choice(offered[0], "first match", user.key, offered, trials)
    return Choice(None, "denied", user.key, offered, trials)


def _by_token(user: User) -> Choice:
    offered = _of_token(user.claims)
    preferred = user.claims.get("cognito:preferred_role")
    if isinstance(preferred, str) and preferred:
        return Choice(preferred, "preferred", user.key, offered)
    if len(offered) == 1:
        return Choice(offered[0], "only one", user.key, offered)
    return Choice(None, "denied", user.key, offered)


def _of_token(claims: Mapping[str, Any]) -> list[str]:
    """Read cognito:roles: an array in real tokens, a comma-separated string in the guide."""
    given = claims.get("cognito:roles")
    named = given.split(",") if isinstance(given, str) else _strings(given)
    return [each.strip() for each in named if each.strip()] + _of_assertion(claims)


def _of_assertion(claims: Mapping[str, Any]) -> list[str]:
    """Give the roles of a SAML assertion, each said together with its provider."""
    parts = [part for pair in _strings(claims.get(SAML_ROLES)) for part in pair.split(",")]
    return [part.strip() for part in parts if ":role/" in part]


def _strings(value: Any) -> list[str]:
    return [each for each in value if isinstance(each, str)] if isinstance(value, list) else []


def _try(rule: Mapping[str, Any], claim: Any) -> Trial:
    """Compare a claim with a rule; a claim that is not there matches nothing, not even NotEqual.

    Of an array, any element may match, and so may its JSON text; NotEqual wants none equal. Both
    are choices.
    """
    wanted, kind = rule["Value"], rule["MatchType"]
    if claim is None:
        matches = False
    elif kind == "NotEqual":
        matches = wanted not in _texts(claim)
    elif kind == "Equals":
        matches = wanted in _texts(claim)
    elif kind == "Contains":
        matches = any(wanted in each for each in _texts(claim))
    else:
        matches = any(each.startswith(wanted) for each in _texts(claim))
    return Trial(rule, claim, matches)


def _texts(claim: Any) -> list[str]:
    parts = [*claim, claim] if isinstance(claim, list) else [claim]
    return [
        each if isinstance(each, str) else json.dumps(each, separators=(",", ":")) for each in parts
    ]
