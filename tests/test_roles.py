"""Which role an identity gets, and what is told of how it came to be."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cogid.roles import SAML_ROLES, Trial, User, choose

ROLES = {"authenticated": "user", "unauthenticated": "guest"}
KEY = "cognito-idp.us-east-1.amazonaws.com/us-east-1_Users:client1"
TWO = ["one", "two"]


def token(ambiguous="Deny"):
    """Make a mapping of type Token."""
    return {KEY: {"Type": "Token", "AmbiguousRoleResolution": ambiguous}}


def rules(*lines, ambiguous="Deny"):
    """Make a mapping of rules: claim, match type, value, role."""
    names = ("Claim", "MatchType", "Value", "RoleARN")
    made = [dict(zip(names, line, strict=True)) for line in lines]
    configuration = {"RulesConfiguration": {"Rules": made}}
    return {KEY: {"Type": "Rules", "AmbiguousRoleResolution": ambiguous, **configuration}}


def choice(mappings, claims, custom=None, roles=ROLES):
    """Choose for one user with these claims."""
    return choose(roles, mappings, [User(KEY, claims)], authenticated=True, custom=custom)


UNMAPPED = [
    # roles, authenticated, role, reason
    (ROLES, True, "user", "no mapping"),
    (ROLES, False, "guest", "no mapping"),
    ({"unauthenticated": "guest"}, True, None, "no such role"),
    ({"authenticated": "user"}, False, None, "no such role"),
    ({}, True, None, "no such role"),
]


@pytest.mark.parametrize(("roles", "authenticated", "role", "reason"), UNMAPPED)
def test_without_a_mapping_the_kind_of_identity_decides(roles, authenticated, role, reason):
    """Guests and users have a role each, if the pool has it."""
    found = choose(roles, token(), [User("other", {})], authenticated=authenticated)

    assert (found.role, found.reason, found.key) == (role, reason, None)


def test_a_custom_role_without_a_mapping_is_passed_over():
    """No provider offers any role, so there is nothing to choose from."""
    found = choose(ROLES, {}, [User(KEY, {})], authenticated=True, custom="any")

    assert (found.role, found.reason) == ("user", "no mapping")


BY_TOKEN = [
    # claims, custom, role, reason
    ({"cognito:preferred_role": "liked", "cognito:roles": TWO}, None, "liked", "preferred"),
    ({"cognito:roles": ["one"]}, None, "one", "only one"),
    ({"cognito:roles": " one "}, None, "one", "only one"),
    ({"cognito:roles": "one,"}, None, "one", "only one"),
    ({"cognito:roles": TWO}, None, None, "denied"),
    ({"cognito:roles": "one,two"}, None, None, "denied"),
    ({}, None, None, "denied"),
    ({"cognito:preferred_role": ""}, None, None, "denied"),
    ({"cognito:preferred_role": ["one"], "cognito:roles": 5}, None, None, "denied"),
    ({"cognito:roles": {"one": 1}}, None, None, "denied"),
    ({"cognito:roles": [None, 3, "one"]}, None, "one", "only one"),
    ({"cognito:roles": TWO}, "two", "two", "asked for"),
    ({"cognito:roles": "one, two"}, "two", "two", "asked for"),
    ({"cognito:roles": TWO}, "three", None, "not offered"),
    ({"cognito:preferred_role": "liked"}, "liked", None, "not offered"),
]


@pytest.mark.parametrize(("claims", "custom", "role", "reason"), BY_TOKEN)
def test_a_token_mapping_follows_the_claims(claims, custom, role, reason):
    """The role asked for, else the preferred one, else the only one."""
    found = choice(token(), claims, custom)

    assert (found.role, found.reason, found.key, found.trials) == (role, reason, KEY, ())


AMBIGUOUS = [
    (token("AuthenticatedRole"), {"cognito:roles": TWO}),
    (rules(("team", "Equals", "red", "one"), ambiguous="AuthenticatedRole"), {"team": "blue"}),
]


@pytest.mark.parametrize(("mappings", "claims"), AMBIGUOUS)
def test_what_is_ambiguous_may_be_the_authenticated_role(mappings, claims):
    """As the mapping says; a pool without that role has none to give."""
    assert choice(mappings, claims)[:2] == ("user", "ambiguous")
    assert choice(mappings, claims, roles={})[:2] == (None, "no such role")


def test_a_mapping_that_does_not_say_what_to_do_denies():
    """Only AuthenticatedRole, said, lets in who fits no rule."""
    mapping = {KEY: {"Type": "Token"}}

    assert choice(mapping, {})[:2] == (None, "denied")


def test_a_role_that_is_not_offered_is_refused_whatever_the_mapping_says():
    """AuthenticatedRole is for the ambiguous, not for what was asked and is not there."""
    found = choice(token("AuthenticatedRole"), {"cognito:roles": TWO}, "three")

    assert (found.role, found.reason, found.offered) == (None, "not offered", TWO)


def test_every_rule_is_told_with_the_claim_that_it_saw():
    """In order, those behind the first match too: a role asked for may be one of theirs."""
    red = ("team", "Equals", "red", "one")
    blue = ("team", "StartsWith", "bl", "two")
    absent = ("level", "NotEqual", "9", "three")
    again = ("team", "Contains", "lue", "four")
    mappings = rules(red, blue, absent, again)
    tried = mappings[KEY]["RulesConfiguration"]["Rules"]
    found = choice(mappings, {"team": "blue"})

    assert (found.role, found.reason, found.key) == ("two", "first match", KEY)
    assert found.offered == ["two", "four"]
    assert found.trials == [
        Trial(tried[0], "blue", matches=False),
        Trial(tried[1], "blue", matches=True),
        Trial(tried[2], None, matches=False),
        Trial(tried[3], "blue", matches=True),
    ]
    assert choice(mappings, {"team": "blue"}, "four")[:2] == ("four", "asked for")
    assert choice(mappings, {"team": "blue"}, "one")[:2] == (None, "not offered")


MATCHES = [
    # match type, value, claim, matches
    ("Equals", "blue", "blue", True),
    ("Equals", "blue", "Blue", False),
    ("Equals", "blue", "bluer", False),
    ("Contains", "lu", "blue", True),
    ("Contains", "lu", "red", False),
    ("StartsWith", "bl", "blue", True),
    ("StartsWith", "lu", "blue", False),
    ("NotEqual", "blue", "red", True),
    ("NotEqual", "blue", "blue", False),
    ("NotEqual", "blue", None, False),
    ("Equals", "true", True, True),
    ("Equals", "3", 3, True),
    ("Equals", "null", None, False),
    ("Equals", "blue", ["red", "blue"], True),
    ("Equals", '["red","blue"]', ["red", "blue"], True),
    ("Equals", "3", [3], True),
    ("Contains", "lu", ["red", "blue"], True),
    ("StartsWith", "bl", ["red", "blue"], True),
    ("NotEqual", "blue", ["red", "blue"], False),
    ("NotEqual", "green", ["red", "blue"], True),
    ("Contains", "blue", {"team": "blue"}, True),
]


@pytest.mark.parametrize(("match", "value", "claim", "matches"), MATCHES)
def test_a_rule_is_compared_with_a_claim(match, value, claim, matches):
    """By its match type; of arrays any element or the JSON text; never what is not there."""
    found = choice(rules(("team", match, value, "ruled")), {"team": claim})

    assert [each.matches for each in found.trials] == [matches]
    assert found.role == ("ruled" if matches else None)


def test_the_first_user_with_a_mapping_decides():
    """Logins without one are passed over."""
    users = [User("other", {}), User(KEY, {"cognito:roles": "one"}), User("third", {})]
    mappings = {**token(), "third": {"Type": "Token", "AmbiguousRoleResolution": "Deny"}}

    assert choose(ROLES, mappings, users, authenticated=True)[:3] == ("one", "only one", KEY)


ASSERTION = {SAML_ROLES: ["arn:aws:iam::1:role/a,arn:aws:iam::1:saml-provider/p", "x", 3]}


def test_an_assertion_offers_roles_without_a_mapping():
    """One of them is given when it is asked for; else it is the pool's own."""
    users, role = [User("saml", ASSERTION)], "arn:aws:iam::1:role/a"
    found = choose(ROLES, {}, users, authenticated=True, custom=role)
    other = choose(ROLES, {}, users, authenticated=True, custom="arn:aws:iam::1:role/b")

    assert (found.role, found.reason, found.offered) == (role, "asked for", [role])
    assert (other.role, other.reason, other.offered) == (None, "not offered", [role])
    assert choose(ROLES, {}, users, authenticated=True).role == "user"


words = st.sampled_from(["a", "ab", "b", "1", "true", ""])
json_values = st.recursive(
    st.none() | st.booleans() | st.integers(0, 2) | words,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(words, inner, max_size=2),
    max_leaves=6,
)
claim_names = st.sampled_from(["team", "level", "cognito:roles", "cognito:preferred_role"])
any_claims = st.dictionaries(claim_names | st.just(SAML_ROLES), json_values)
any_rule = st.tuples(
    claim_names,
    st.sampled_from(["Equals", "Contains", "StartsWith", "NotEqual"]),
    words,
    st.sampled_from(["r1", "r2", "r3"]),
)


def holds(rule, claims):
    """Say in another way whether a rule matches."""
    claim = claims.get(rule["Claim"])
    whole = json.dumps(claim, separators=(",", ":"))
    seen = claim if isinstance(claim, list) else [claim]
    texts = {
        each if isinstance(each, str) else json.dumps(each, separators=(",", ":")) for each in seen
    }
    texts |= {whole} if not isinstance(claim, str) else set()
    test = {
        "Equals": lambda text: text == rule["Value"],
        "NotEqual": lambda text: text == rule["Value"],
        "Contains": lambda text: text.find(rule["Value"]) >= 0,
        "StartsWith": lambda text: text[: len(rule["Value"])] == rule["Value"],
    }[rule["MatchType"]]
    found = any(map(test, texts))
    return claim is not None and (not found if rule["MatchType"] == "NotEqual" else found)


@given(
    lines=st.lists(any_rule, max_size=5),
    claims=any_claims,
    custom=st.none() | st.sampled_from(["r1", "r2", "elsewhere"]),
    ambiguous=st.sampled_from(["AuthenticatedRole", "Deny"]),
)
def test_rules_give_the_first_role_that_matches_or_the_one_asked_for(
    lines, claims, custom, ambiguous
):
    """Whatever the claims are, and the trials say of each rule what another reading says."""
    mappings = rules(*lines, ambiguous=ambiguous)
    listed = mappings[KEY]["RulesConfiguration"]["Rules"]
    matching = [rule["RoleARN"] for rule in listed if holds(rule, claims)]
    found = choice(mappings, claims, custom)

    assert [each.rule for each in found.trials] == listed
    assert [each.rule["RoleARN"] for each in found.trials if each.matches] == matching
    if custom is not None:
        assert found.role == (custom if custom in matching else None)
    else:
        last = "user" if ambiguous == "AuthenticatedRole" else None
        assert found.role == (matching or [last])[0]
    assert (found.role is None) == (found.reason in {"denied", "not offered"})


@given(claims=any_claims, custom=st.none() | words)
def test_a_token_never_gives_a_role_that_it_does_not_name(claims, custom):
    """Claims of any type are read, and nothing is made up."""
    found = choice(token(), claims, custom)

    assert found.role is None or found.role in json.dumps(claims)
    if custom is not None:
        assert found.role in {custom, None}
