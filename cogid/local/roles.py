"""Roles: what a pool gives its identities, and the choice for one of them.

The rules are those of the developer guide's page on role-based access control.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from cogid.local import pools, saml
from cogid.local.faults import forbidden_role, invalid, no_usable_role, refused
from cogid.local.providers import mapping_keys

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cogid.local.calls import Call, Json
    from cogid.local.logins import Login
    from cogid.local.pools import Pool

MAX_RULES = 25

_ROLE = re.compile(r"arn:aws[\w-]*:iam::(\d{12}):role/\S+", re.ASCII)


def get_identity_pool_roles(call: Call, parameters: Json) -> Json:
    """Give a pool's roles (an empty map on a new pool: a choice) and mappings, if any."""
    pool = pools.find(call, parameters["IdentityPoolId"])
    answer: Json = {"IdentityPoolId": pool.id, "Roles": pool.roles}
    if pool.role_mappings:
        answer["RoleMappings"] = pool.role_mappings
    return answer


def set_identity_pool_roles(call: Call, parameters: Json) -> None:
    """Replace a pool's roles and mappings; what is not given is gone."""
    pool = pools.find(call, parameters["IdentityPoolId"])
    mappings = parameters.get("RoleMappings", {})
    for role in [*parameters["Roles"].values(), *_roles_of_rules(mappings)]:
        # The real service also asks IAM whether the caller may pass the role.
        match = _ROLE.fullmatch(role)
        if match is None or match[1] != call.account:
            raise forbidden_role(role)
    for key, mapping in mappings.items():
        _check_mapping(pool, key, mapping)
    call.store.write(
        "UPDATE pools SET roles = ?, role_mappings = ? WHERE number = ?",
        json.dumps(parameters["Roles"]),
        json.dumps(mappings),
        pool.number,
    )


def _roles_of_rules(mappings: Json) -> Iterator[str]:
    for mapping in mappings.values():
        for rule in mapping.get("RulesConfiguration", {}).get("Rules", []):
            yield rule["RoleARN"]


def _check_mapping(pool: Pool, key: str, mapping: Json) -> None:
    """Refuse what the model's prose rules out; all texts but the first are choices."""
    if key not in mapping_keys(pool.settings):
        raise invalid(
            f"({key}) is not a valid RoleMapping ProviderName or is not a configured provider."
        )
    if "AmbiguousRoleResolution" not in mapping:
        raise invalid(f"AmbiguousRoleResolution is required for the RoleMapping of {key}.")
    if mapping["Type"] == "Rules" and "RulesConfiguration" not in mapping:
        raise invalid(f"RulesConfiguration is required for the RoleMapping of {key}.")
    if len(mapping.get("RulesConfiguration", {}).get("Rules", [])) > MAX_RULES:
        raise invalid(f"A RoleMapping can have at most {MAX_RULES} rules: {key}.")


def choose(
    pool: Pool, logins: list[Login], *, authenticated: bool, custom: str | None = None
) -> str:
    """Choose the role for an identity with these logins.

    With several logins, the first whose provider has a mapping decides: a choice. A role asked
    for where no mapping offers any is passed over: a choice, too.
    """
    mapped = next((each for each in logins if each.mapping in pool.role_mappings), None)
    if mapped is None:
        return _default_role(pool, logins, authenticated=authenticated, custom=custom)
    mapping = pool.role_mappings[mapped.mapping]
    if mapping["Type"] == "Token":
        role = _role_of_token(mapped.claims, custom)
    else:
        role = _role_of_rules(mapping, mapped.claims, custom)
    if role is not None:
        return role
    if mapping["AmbiguousRoleResolution"] == "AuthenticatedRole":
        return _default_role(pool, [], authenticated=True)
    raise refused(f"The ambiguous role mapping rules for: {mapped.mapping} denied this request.")


def _default_role(
    pool: Pool, logins: list[Login], *, authenticated: bool, custom: str | None = None
) -> str:
    """Give the pool's role for this kind of identity, or the one chosen of an assertion's."""
    for login in logins:
        if custom is not None and saml.ROLE_ATTRIBUTE in login.claims:
            return _allowed(custom, saml.roles(login.claims))
    role = pool.roles.get("authenticated" if authenticated else "unauthenticated")
    if role is None:
        raise no_usable_role()
    return role


def _role_of_token(claims: Json, custom: str | None) -> str | None:
    """Choose by the token's own word; None when it names no single role."""
    offered = _role_list(claims)
    if custom is not None:
        return _allowed(custom, offered)
    preferred = claims.get("cognito:preferred_role")
    if isinstance(preferred, str) and preferred:
        return preferred
    return offered[0] if len(offered) == 1 else None


def _role_list(claims: Json) -> list[str]:
    """Read cognito:roles: an array in real tokens, a comma-separated string in the guide."""
    given = claims.get("cognito:roles", [])
    if isinstance(given, str):
        given = given.split(",")
    named = [each.strip() for each in given if isinstance(each, str)] if given else []
    return [each for each in named if each] + saml.roles(claims)


def _role_of_rules(mapping: Json, claims: Json, custom: str | None) -> str | None:
    """Give the role of the first rule that matches; None when none does."""
    rules = mapping["RulesConfiguration"]["Rules"]
    matched = [rule["RoleARN"] for rule in rules if _matches(rule, claims.get(rule["Claim"]))]
    if custom is not None:
        return _allowed(custom, matched)
    return matched[0] if matched else None


def _allowed(custom: str, offered: list[str]) -> str:
    """Give the role asked for if it is on offer; the text when it is not is a choice."""
    if custom not in offered:
        raise forbidden_role(custom)
    return custom


def _matches(rule: Json, claim: Any) -> bool:
    """Compare a claim with a rule; a claim that is not there matches nothing, not even NotEqual.

    Of an array, any element may match, and so may its JSON text; NotEqual wants none equal. Both
    are choices.
    """
    if claim is None:
        return False
    wanted = rule["Value"]
    texts = _texts(claim)
    if rule["MatchType"] == "NotEqual":
        return wanted not in texts
    if rule["MatchType"] == "Equals":
        return wanted in texts
    if rule["MatchType"] == "Contains":
        return any(wanted in each for each in texts)
    return any(each.startswith(wanted) for each in texts)


def _texts(claim: Any) -> list[str]:
    if isinstance(claim, str):
        return [claim]
    whole = json.dumps(claim, separators=(",", ":"))
    if isinstance(claim, list):
        return [text for each in claim for text in _texts(each)] + [whole]
    return [whole]
