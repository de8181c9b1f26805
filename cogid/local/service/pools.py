"""Identity pools: made, changed, described, listed and deleted.

Settings that were never given are left out of every answer; only IdentityPoolTags is always
there. AllowClassicFlow therefore has three states: never set, false and true.
"""

from __future__ import annotations

import json
from functools import cached_property
from typing import TYPE_CHECKING, Any

from cogid import arns
from cogid.local.faults import invalid, limit, no_pool
from cogid.local.service import paging
from cogid.local.service.providers import USER_POOL

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cogid.local.service.call import Call, Json

MAX_POOLS = 1000
MAX_TAGS = 50


_COLUMNS = "p.number, p.id, p.region, p.name, p.settings, p.tags, p.roles, p.role_mappings"

# Given empty, these mean "none", and are then left out as if never given (Terraform sends them).
_COLLECTIONS = {
    "SupportedLoginProviders",
    "OpenIdConnectProviderARNs",
    "CognitoIdentityProviders",
    "SamlProviderARNs",
}


class Pool:
    """One pool as stored."""

    def __init__(self, row: tuple[Any, ...]) -> None:
        self.number: int = row[0]
        self.id: str = row[1]
        self.region: str = row[2]
        self.name: str = row[3]
        self.settings: Json = json.loads(row[4])
        self._tags, self._roles, self._role_mappings = row[5:8]

    @cached_property
    def tags(self) -> dict[str, str]:
        """The pool's tags, however they were set."""
        return dict(json.loads(self._tags))

    @cached_property
    def roles(self) -> dict[str, str]:
        """The roles for authenticated and unauthenticated identities."""
        return dict(json.loads(self._roles))

    @cached_property
    def role_mappings(self) -> Json:
        """How each provider's users get their roles."""
        return dict(json.loads(self._role_mappings))

    @property
    def allows_guests(self) -> bool:
        """Whether identities may do without a login."""
        return bool(self.settings["AllowUnauthenticatedIdentities"])

    @property
    def developer_provider(self) -> str | None:
        """The name under which the pool's owner vouches for users."""
        return self.settings.get("DeveloperProviderName")

    def describe(self) -> Json:
        """Answer as create, update and describe do."""
        named = {"IdentityPoolId": self.id, "IdentityPoolName": self.name}
        return {**named, **self.settings, "IdentityPoolTags": self.tags}


def find(call: Call, pool_id: str) -> Pool:
    """Read a pool of the call's region."""
    row = call.store.row(f"SELECT {_COLUMNS} FROM pools p WHERE id = ?", pool_id)  # noqa: S608
    if row is None or row[2] != call.region:
        raise no_pool(pool_id)
    return Pool(row)


def of_number(call: Call, number: int) -> Pool:
    """Read the pool that a row of another table belongs to."""
    row = call.store.row(f"SELECT {_COLUMNS} FROM pools p WHERE number = ?", number)  # noqa: S608
    assert row is not None  # noqa: S101  # foreign keys see to it
    return Pool(row)


def create_identity_pool(call: Call, parameters: Json) -> Json:
    """Make a pool, without roles. Two pools may have the same name."""
    settings = _settings(parameters)
    given_tags = parameters.get("IdentityPoolTags", {})
    check_tags(given_tags)
    count = call.store.row("SELECT count(*) FROM pools WHERE region = ?", call.region)
    if count and count[0] >= MAX_POOLS:
        raise limit(f"The limit of {MAX_POOLS} identity pools per account has been reached.")
    pool_id = call.new_id()
    call.store.write(
        "INSERT INTO pools (id, region, name, settings, tags) VALUES (?, ?, ?, ?, ?)",
        pool_id,
        call.region,
        parameters["IdentityPoolName"],
        json.dumps(settings),
        json.dumps(given_tags),
    )
    return find(call, pool_id).describe()


def update_identity_pool(call: Call, parameters: Json) -> Json:
    """Replace a pool's settings: what is not given goes back to its default.

    Two things stay when left out: DeveloperProviderName, which cannot be changed once set
    (terraform-provider-aws#49985), and the tags (Terraform never sends them here and expects
    them back).
    """
    pool = find(call, parameters["IdentityPoolId"])
    settings = _settings(parameters, kept_developer_provider=pool.developer_provider)
    new_tags = parameters.get("IdentityPoolTags", pool.tags)
    check_tags(new_tags)
    call.store.write(
        "UPDATE pools SET name = ?, settings = ?, tags = ? WHERE number = ?",
        parameters["IdentityPoolName"],
        json.dumps(settings),
        json.dumps(new_tags),
        pool.number,
    )
    return find(call, pool.id).describe()


def describe_identity_pool(call: Call, parameters: Json) -> Json:
    """Describe a pool."""
    return find(call, parameters["IdentityPoolId"]).describe()


def list_identity_pools(call: Call, parameters: Json) -> Json:
    """List the ids and names of the region's pools, in the order they were made."""
    listing = f"ListIdentityPools {call.region}"
    size = parameters["MaxResults"]
    rows = call.store.rows(
        "SELECT number, id, name FROM pools WHERE region = ? AND number > ?"
        " ORDER BY number LIMIT ?",
        call.region,
        paging.row_after(parameters.get("NextToken"), listing),
        size + 1,
    )
    page = [{"IdentityPoolId": row[1], "IdentityPoolName": row[2]} for row in rows[:size]]
    answer: Json = {"IdentityPools": page}
    if len(rows) > size:
        answer["NextToken"] = paging.token_after(rows[size - 1][0], listing)
    return answer


def delete_identity_pool(call: Call, parameters: Json) -> None:
    """Delete a pool with all its identities (that they go with it is a choice)."""
    pool = find(call, parameters["IdentityPoolId"])
    call.store.write("DELETE FROM pools WHERE number = ?", pool.number)


def check_tags(given: Mapping[str, str]) -> None:
    """Refuse tags that break the limits of the developer guide's page on tagging.

    The wording, and InvalidParameterException for it, are choices.
    """
    if len(given) > MAX_TAGS:
        raise invalid(f"An identity pool can have at most {MAX_TAGS} tags.")
    for key, value in given.items():
        if key.lower().startswith("aws:"):
            raise invalid(f"Tag keys beginning with aws: are reserved: {key}")
        for text in (key, value):
            if not all(each.isalnum() or each in " _.:/=+-@" for each in text):
                raise invalid(f"Tags take letters, digits, spaces and _ . : / = + - @ only: {text}")


def _settings(parameters: Json, *, kept_developer_provider: str | None = None) -> Json:
    """Gather a pool's settings in the order in which answers show them."""
    _check_providers(parameters)
    developer = parameters.get("DeveloperProviderName", kept_developer_provider)
    if kept_developer_provider not in {None, developer}:
        raise invalid("DeveloperProviderName can not be changed once it is set.")
    given = {**parameters, "DeveloperProviderName": developer}
    if "CognitoIdentityProviders" in given:
        given["CognitoIdentityProviders"] = [
            {**each, "ServerSideTokenCheck": each.get("ServerSideTokenCheck", False)}
            for each in given["CognitoIdentityProviders"]
        ]
    order = (
        "AllowUnauthenticatedIdentities",
        "AllowClassicFlow",
        "SupportedLoginProviders",
        "DeveloperProviderName",
        "OpenIdConnectProviderARNs",
        "CognitoIdentityProviders",
        "SamlProviderARNs",
    )
    return {
        name: given[name]
        for name in order
        if given.get(name) is not None and (given[name] or name not in _COLLECTIONS)
    }


def _check_providers(parameters: Json) -> None:
    for each in parameters.get("CognitoIdentityProviders", []):
        if not USER_POOL.fullmatch(each.get("ProviderName", "")):
            raise invalid("Invalid Cognito Identity Provider")
    for member, kind in (("OpenIdConnectProviderARNs", "oidc"), ("SamlProviderARNs", "saml")):
        for arn in parameters.get(member, []):
            match = arns.PROVIDER.fullmatch(arn)
            if match is None or match[2] != kind:
                raise invalid(f"Invalid {member[:-4]} ARN: {arn}")
