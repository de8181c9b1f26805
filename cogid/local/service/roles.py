"""Roles: what a pool gives its identities, and the one that an identity gets."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from cogid.local.faults import forbidden_role, invalid, no_usable_role, refused
from cogid.local.service import pools
from cogid.local.service.providers import mapping_keys
from cogid.roles import User, choose

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cogid.local.service.call import Call, Json
    from cogid.local.service.logins import Login
    from cogid.local.service.pools import Pool

MAX_RULES = 25

ROLE_ARN = re.compile(r"arn:(aws[\w-]*):iam::(\d+):role/\S+", re.ASCII)
"""Groups: partition and account."""


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
        match = ROLE_ARN.fullmatch(role)
        if match is None or match[2] != call.account:
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


def choose_role(
    pool: Pool, logins: list[Login], *, authenticated: bool, custom: str | None = None
) -> str:
    """Give the role for an identity with these logins, or refuse as the service does."""
    users = [User(each.mapping, each.claims) for each in logins]
    choice = choose(
        pool.roles, pool.role_mappings, users, authenticated=authenticated, custom=custom
    )
    if choice.role is not None:
        return choice.role
    if custom is not None and choice.reason == "not offered":
        raise forbidden_role(custom)  # its text is a choice
    if choice.reason == "denied":
        raise refused(f"The ambiguous role mapping rules for: {choice.key} denied this request.")
    raise no_usable_role()
