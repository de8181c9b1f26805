"""Messages about how things are set up: guests, flows, roles, mappings, user pools, permissions."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cogid import arns, secrets

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cogid.hints.causes import Case

_RESETS = "which resets what it is not given"  # measured: UpdateIdentityPool replaces everything
_DENIED = re.compile(
    r"not authorized to perform: ([\w:*-]+)(?: on resource: ([\w:/*.+=,@-]+))?", re.ASCII
)
_DENIES = re.compile(r" explicit deny in an? ([a-z -]+)")
_MISSING = re.compile(r"because no ([a-z -]{1,80}?) allows")


def no_guests(case: Case) -> str:
    """Explain that a call without logins is a guest's."""
    if case.logins:
        return "the pool takes no guests; describe-identity-pool shows which providers it takes"
    return (
        "without --logins this is a guest's call, and the pool takes none: pass --logins, or let "
        f"guests in with update-identity-pool --allow-unauthenticated-identities, {_RESETS}"
    )


def classic_flow(case: Case) -> str:
    """Explain which flow the pool takes instead."""
    same = "--identity-id and --logins" if case.logins else "--identity-id"
    hint = f"get-credentials-for-identity with the same {same} gives credentials in one step"
    if case.said.group(1) == "enabled":
        return (
            f"{hint}. To have this flow too: update-identity-pool --allow-classic-flow, {_RESETS}"
        )
    return f"{hint}; a pool with role mappings has no other flow"


def no_usable_role(case: Case) -> str:
    """Explain what a role needs before the service can hand out its credentials."""
    if case.text("CustomRoleArn"):
        which = "the role of --custom-role-arn must exist"
    else:
        kind = "authenticated" if case.logins else "unauthenticated"
        which = f"get-identity-pool-roles must show a role for {kind}"
    return f"{which}, and {_must_trust('authenticated' if case.logins else 'unauthenticated')}"


def not_trusted(case: Case) -> str:  # noqa: ARG001 - as all explanations
    """Explain what STS asks of the role when the token of an identity pool is shown to it."""
    must = _must_trust("authenticated (or unauthenticated, for guests)")
    return f"the role must exist, and {must}"


def _must_trust(amr: str) -> str:
    return (
        "its trust policy must allow cognito-identity.amazonaws.com "
        f"sts:AssumeRoleWithWebIdentity where aud is the pool's id and amr is {amr}; with "
        "principal tags also sts:TagSession"
    )


def ambiguous(case: Case) -> str:
    """Explain that a role mapping found no single role."""
    mapping = "get-identity-pool-roles shows the mapping"
    for token in case.logins.values():
        if not token.is_jwt or token.preferred_role:
            continue
        if len(token.roles) > 1:
            return (
                f"the token names {len(token.roles)} roles and prefers none: choose one with "
                f"--custom-role-arn, or none of the rules matched ({mapping})"
            )
        if not token.roles:
            return (
                "the token names no role (is the user in a group that has one?), or none of the "
                f"rules matched ({mapping})"
            )
    return f"no rule matched the token, or it names no single role; {mapping}"


def mapping_key(case: Case) -> str:
    """Explain how role mappings name a provider."""
    key = case.said.group(1)
    name = key if key.startswith("arn:") else arns.respell(key)
    if arns.region_of_user_pool(name):
        right = f"{name}:{arns.client_of(key) or 'CLIENTID'}"
        if right != key and secrets.show_name(right):
            return f"the key of a user pool's mapping is its name and a client id: {right}"
    elif name.partition("/")[0] not in arns.PUBLIC.values() and _is_host(name):
        arn = f"arn:{arns.partition(case.region)}:iam::ACCOUNT:oidc-provider/{name}"
        return f"the key of an OpenID Connect provider's mapping is its ARN: {arn}"
    elif name != key and secrets.show_name(name):
        return f"in role mappings the provider is called {name}"
    return (
        "the pool must list that provider, with that client id, before it can be mapped; "
        "describe-identity-pool shows what it lists"
    )


def user_pool_entry(case: Case) -> str:
    """Explain how a pool's settings name a user pool."""
    form = arns.user_pool(case.region)
    for name in _provider_names(case):
        if not name:
            return f"an entry of --cognito-identity-providers has no ProviderName: {form}"
        right = arns.respell(name)
        if right != name and arns.region_of_user_pool(right):
            return f"the ProviderName of that user pool is {right}"
        if arns.region_of_user_pool(name) is None:
            break
    return f"the ProviderName of a user pool is {form}, without https:// and client id"


def role_forbidden(case: Case) -> str:
    """Explain who may give a pool which roles."""
    role = case.said.group(1)
    if case.operation == "GetCredentialsForIdentity":
        return (
            "--custom-role-arn must be one of the roles that the token names or that the matching "
            "rules give; get-identity-pool-roles shows the rules"
        )
    if not arns.ROLE.fullmatch(role):
        return f"that is no role's ARN: arn:{arns.partition(case.region)}:iam::ACCOUNT:role/NAME"
    accounts = sorted(_accounts(case))
    if len(accounts) > 1:
        listed = " and ".join(accounts)
        return f"the roles are of accounts {listed}; all must be of the account that has the pool"
    return (
        "the caller needs iam:PassRole on that role, and the role must be of the account that has "
        "the pool; one made just now takes some seconds to be known"
    )


def denied(case: Case) -> str:
    """Name the permission that is missing, and whose policy must give it."""
    message = case.said.group(1)
    found = _DENIED.search(message)
    if found is None:
        return f"the caller's policy must allow cognito-identity:{case.operation}"
    action, resource = found.groups()
    deny, missing = _DENIES.search(message), _MISSING.search(message)
    if deny:
        return (
            f"an explicit deny in a {deny.group(1).strip()} stops {action}; no further permission "
            "helps, only a change of that policy"
        )
    on = f" on {resource}" if resource else ""
    kind = missing.group(1) if missing else "identity-based policy"
    return f"the caller's {kind} must allow {action}{on}"


def _is_host(name: str) -> bool:
    return "." in name and not name.startswith("arn:") and secrets.show_name(name) is not None


def _provider_names(case: Case) -> Iterator[str]:
    entries = case.parameters.get("CognitoIdentityProviders")
    for entry in entries if isinstance(entries, list) else ():
        name = entry.get("ProviderName") if isinstance(entry, dict) else None
        yield name if isinstance(name, str) else ""


def _accounts(case: Case) -> set[str]:
    roles = case.parameters.get("Roles")
    given = roles.values() if isinstance(roles, dict) else ()
    found = (arns.ROLE.fullmatch(each) for each in [*given, case.said.group(1)])
    return {each.group(1) for each in found if each}
