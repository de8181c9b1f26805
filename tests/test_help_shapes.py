"""Shapes in words: how a value is written and what limits it has."""

from __future__ import annotations

import pytest

from cogid import model
from cogid.help import shapes

OPERATIONS = model.load().operations


def member(command, name):
    """Give the shape of a member of a request."""
    return OPERATIONS[command].input.members[name]


@pytest.mark.parametrize(
    ("command", "name", "text"),
    [
        ("get-id", "AccountId", "<string>"),
        ("list-identities", "MaxResults", "<integer>"),
        ("get-open-id-token-for-developer-identity", "TokenDuration", "<integer>"),
        ("untag-resource", "TagKeys", "<string> ..."),
        ("tag-resource", "Tags", "KEY=<string>,..."),
        ("create-identity-pool", "CognitoIdentityProviders", "<list>"),
        ("set-identity-pool-roles", "RoleMappings", "<map>"),
    ],
)
def test_a_placeholder_is_the_shorthand_where_that_is_short(command, name, text):
    """Plain lists and maps show how they are written, others only what they are."""
    assert shapes.placeholder(member(command, name)) == text


def test_shorthand_is_cut_below_a_depth():
    """What does not fit on a short page ends in dots."""
    mappings = member("set-identity-pool-roles", "RoleMappings")

    assert shapes.shorthand(mappings, depth=1) == "KEY={...},..."
    assert shapes.shorthand(mappings).startswith("KEY={Type=Token|Rules,")


def test_limits_are_told_of_a_value_and_its_parts():
    """Length, range, pattern and number, of keys and values too."""
    assert shapes.limits(member("get-open-id-token-for-developer-identity", "TokenDuration")) == [
        "1 to 86400"
    ]
    assert shapes.limits(member("create-identity-pool", "SupportedLoginProviders")) == [
        "up to 10 pairs",
        "keys 1-128 characters",
        r"values 1-128 characters matching [\w.;_/-]+",
    ]


def test_json_shows_kinds_in_place_of_values():
    """Short JSON stays on a line, choices stand side by side."""
    assert shapes.json_text(member("tag-resource", "Tags")) == '{"KEY": "<string>", ...}'
    assert '"Type": "Token"|"Rules"' in shapes.json_text(
        member("set-identity-pool-roles", "RoleMappings")
    )
