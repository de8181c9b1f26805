"""``cogid which-role``: the role that a pool would give, as the local service gives it."""

from __future__ import annotations

import base64
import json
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cogid import roles
from cogid.commands import which_role
from cogid.errors import CheckFailed
from cogid.local import handle
from cogid.local.faults import Fault
from cogid.local.service.credentials import read as read_credentials
from cogid.users import NotTakenError

ROLE = "arn:aws:iam::123456789012:role/"
NAME = "cognito-idp.us-east-1.amazonaws.com/us-east-1_A"
KEY = f"{NAME}:app"
LOCAL = ("--local", "--local-db", "state.db")
IN_HR = {"Claim": "dept", "MatchType": "Equals", "Value": "hr", "RoleARN": f"{ROLE}hr"}
NOT_IT = {"Claim": "dept", "MatchType": "NotEqual", "Value": "it", "RoleARN": f"{ROLE}all"}
ROLES = {"authenticated": f"{ROLE}user", "unauthenticated": f"{ROLE}guest"}


def rules(*each, ambiguous="Deny"):
    """Make a mapping of rules."""
    return {
        "Type": "Rules",
        "AmbiguousRoleResolution": ambiguous,
        "RulesConfiguration": {"Rules": list(each)},
    }


def token(claims):
    """Make a token that nobody signed."""
    parts = [{"alg": "RS256"}, claims]
    told = [base64.urlsafe_b64encode(json.dumps(part).encode()).decode() for part in parts]
    return ".".join([*(each.rstrip("=") for each in told), "bm9uZQ"])


def claims(**more):
    """Give a user's claims."""
    usual = {"iss": f"https://{NAME}", "aud": "app", "sub": "jane", "exp": int(time.time()) + 600}
    return {**usual, **more}


def files(mappings, given_claims=None):
    """Put a pool's roles and claims into files."""
    return {
        "r.json": json.dumps({"IdentityPoolId": "x", "Roles": ROLES, "RoleMappings": mappings}),
        "c.json": json.dumps(claims() if given_claims is None else given_claims),
    }


OFFLINE = ("which-role", "--roles", "r.json", "--claims", "c.json")


def test_every_rule_is_told_with_the_claim_that_it_saw(cogid):
    """In order, those after the first match as well."""
    given_files = files({KEY: rules(IN_HR, NOT_IT)}, claims(dept="sales"))

    assert cogid(*OFFLINE, files=given_files).out == (
        f"role      {ROLE}all\n"
        "why       rule 2 is the first that matches\n"
        f"mapping   {KEY}\n"
        "          Type Rules, ambiguous: Deny\n"
        "rule 1    no match  dept Equals hr: it is sales\n"
        f"                    {ROLE}hr\n"
        "rule 2    match     dept NotEqual it: it is sales\n"
        f"                    {ROLE}all\n"
    )


def test_a_document_says_the_same(cogid):
    """For a program."""
    told = cogid(*OFFLINE, "--output", "json", files=files({KEY: rules(IN_HR, NOT_IT)})).json

    assert (told["Role"], told["Reason"], told["Provider"]) == (None, "denied", KEY)
    assert told["Rules"][0] == {**IN_HR, "Saw": None, "Matches": False}


WHY = [
    # mapping, claims, flags, role, why
    ({"Type": "Token"}, {"cognito:preferred_role": "p"}, (), "p", "the token prefers it"),
    ({"Type": "Token"}, {"cognito:roles": ["r"]}, (), "r", "it is the only role that the token"),
    ({"Type": "Token"}, {"cognito:roles": ["r", "s"]}, (), None, "names 2 roles and prefers none"),
    ({"Type": "Token"}, {}, (), None, "the token names no roles and prefers none, and the mapping"),
    (
        {"Type": "Token", "AmbiguousRoleResolution": "AuthenticatedRole"},
        {},
        (),
        f"{ROLE}user",
        "and the mapping says AuthenticatedRole",
    ),
    (
        {"Type": "Token"},
        {"cognito:roles": ["r", "s"]},
        ("--custom-role-arn", "s"),
        "s",
        "--custom-role-arn asks for it, and the token offers it",
    ),
    (
        {"Type": "Token"},
        {"cognito:roles": ["r", "s"]},
        ("--custom-role-arn", "t"),
        None,
        "asks for t, which the token does not offer; offered are: r, s",
    ),
    (rules(IN_HR), {"dept": "it"}, (), None, "no rule matches, and the mapping says Deny"),
    (
        rules(IN_HR),
        {"dept": "hr"},
        ("--custom-role-arn", f"{ROLE}hr"),
        f"{ROLE}hr",
        "a matching rule offers it",
    ),
    (rules(IN_HR), {"dept": "hr", "aud": "x"}, (), f"{ROLE}user", "no role mapping is for"),
]


@pytest.mark.parametrize(("mapping", "more", "flags", "role", "why"), WHY)
def test_the_reason_is_told(cogid, mapping, more, flags, role, why):
    """With exit code 1 where there is no role."""
    result = cogid(*OFFLINE, *flags, files=files({KEY: mapping}, claims(**more)))

    assert result.code == (0 if role else 1)
    assert result.out.startswith(f"role      {role or 'none'}\n")
    assert why in result.out.splitlines()[1]


def test_claims_without_an_issuer_are_the_only_mappings(cogid):
    """Which one is meant must be said where there are several."""
    one = files({KEY: rules(IN_HR)}, {"dept": "hr"})
    two = files({KEY: rules(IN_HR), "accounts.google.com": {"Type": "Token"}}, {"dept": "hr"})

    assert cogid(*OFFLINE, files=one).code == 0
    result = cogid(*OFFLINE, files=two)
    assert (result.code, "add iss and aud" in result.err) == (252, True)


BAD = [
    # files, words, what is told
    ({"r.json": "{"}, OFFLINE, "argument --roles: r.json is not JSON"),
    ({"r.json": "[]"}, OFFLINE, "argument --roles: r.json must hold a JSON object"),
    ({"r.json": "{}"}, OFFLINE, "it has neither Roles nor RoleMappings"),
    ({"r.json": '{"Roles": 5}'}, OFFLINE, "Roles is no map"),
    ({"r.json": '{"RoleMappings": {"k": {}}}'}, OFFLINE, "the mapping for k has no Type"),
    (
        files({KEY: rules({"Claim": "c"})}),
        OFFLINE,
        f"a rule for {KEY} has no MatchType",
    ),
    ({"c.json": "5"}, OFFLINE, "argument --claims: c.json must hold a JSON object"),
    ({}, ("which-role", "--roles", "gone", "--claims", "c.json"), "gone"),
    ({}, ("which-role", "--pool", "p"), "--token SRC, --login PROVIDER=SRC or --claims FILE"),
    ({}, ("which-role", "--claims", "c.json"), "--pool POOL or --roles FILE"),
    ({}, (*OFFLINE, "--token", "-"), "argument --claims: not allowed with --token"),
]


@pytest.mark.parametrize(("changed", "words", "told"), BAD)
def test_bad_input_is_told_with_its_flag(cogid, changed, words, told):
    """Nothing is sent, and nothing ends in a traceback."""
    result = cogid(*words, files={**files({KEY: rules(IN_HR)}), **changed})

    assert (result.code, result.out) == (252, "")
    assert told in result.err


@pytest.fixture
def pool(cogid):
    """Make a pool of the local service, with rules."""
    made = cogid(
        "create-identity-pool",
        *("--identity-pool-name", "shop", "--allow-unauthenticated-identities", *LOCAL),
        *("--cognito-identity-providers", f"ProviderName={NAME},ClientId=app"),
    ).json["IdentityPoolId"]
    set_to = json.dumps(
        {"IdentityPoolId": made, "Roles": ROLES, "RoleMappings": {KEY: rules(IN_HR)}}
    )
    assert cogid("set-identity-pool-roles", "--cli-input-json", set_to, *LOCAL).code == 0
    return made


def test_the_pool_is_asked_for_its_roles(cogid, pool):
    """By name, id or ARN, for a token."""
    jwt = {"t.jwt": token(claims(dept="hr"))}

    for name in (
        "shop",
        pool,
        f"arn:aws:cognito-identity:us-east-1:123456789012:identitypool/{pool}",
    ):
        result = cogid("which-role", "--pool", name, "--token", "@t.jwt", *LOCAL, files=jwt)
        assert result.out.startswith(f"role      {ROLE}hr\n")


NOT_TAKEN = [
    # claims, what is told, part of the cure
    ({"aud": "other"}, "the token is for other, which the pool does not list for", "it lists: app"),
    ({"aud": None}, "the token is for nobody (no aud)", "access tokens have no aud"),
    ({"iss": "https://a.example"}, "the pool has no provider a.example", "oidc-provider/a.example"),
    ({"iss": "https://accounts.google.com"}, "the pool does not list accounts.google.com", "Supp"),
]


@pytest.mark.usefixtures("pool")
@pytest.mark.parametrize(("more", "told", "cure"), NOT_TAKEN)
def test_a_login_that_the_pool_does_not_take_gets_no_role(cogid, more, told, cure):
    """With the cure."""
    jwt = {"t.jwt": token(claims(**more))}
    words = ("which-role", "--pool", "shop", "--token", "@t.jwt", *LOCAL)
    result = cogid(*words, files=jwt)

    assert (result.code, result.out) == (1, "")
    assert told in result.err
    assert cure in result.err
    found = cogid(*words, "--output", "json", files=jwt).json
    assert (found["Role"], found["Reason"]) == (None, "not taken")


def test_a_claim_that_looks_like_a_token_is_shortened(cogid):
    """Whatever a rule looks at."""
    inner = token(claims())
    given_files = files({KEY: rules(IN_HR)}, claims(dept=inner))
    result = cogid(*OFFLINE, files=given_files)

    assert inner[:40] not in result.out + result.err
    assert "it is eyJh…" in result.out


# --- against the local service -----------------------------------------------------------------

OIDC = "arn:aws:iam::123456789012:oidc-provider/login.example"
GOOGLE = "accounts.google.com"
SETTINGS = {
    "AllowUnauthenticatedIdentities": True,
    "CognitoIdentityProviders": [
        {"ProviderName": NAME, "ClientId": "app"},
        {"ProviderName": NAME, "ClientId": "web"},
    ],
    "SupportedLoginProviders": {GOOGLE: "google-app", "graph.facebook.com": "facebook-app"},
    "OpenIdConnectProviderARNs": [OIDC],
}
KEYS = [KEY, f"{NAME}:web", GOOGLE, "graph.facebook.com", OIDC]
words = st.sampled_from(["a", "ab", "b", "1", "true"])
arns = st.sampled_from([f"{ROLE}{each}" for each in "wxyz"])
values = st.recursive(
    st.none() | st.booleans() | st.integers(0, 2) | words | arns,
    lambda inner: st.lists(inner, max_size=3),
    max_leaves=4,
)
claim_names = st.sampled_from(["team", "level", "cognito:roles", "cognito:preferred_role"])
matches = st.sampled_from(["Equals", "Contains", "StartsWith", "NotEqual"])
a_rule = st.fixed_dictionaries(
    {"Claim": claim_names, "MatchType": matches, "Value": words, "RoleARN": arns}
)
ambiguities = st.sampled_from(["AuthenticatedRole", "Deny"])
a_mapping = st.builds(
    lambda each, how: rules(*each, ambiguous=how),
    st.lists(a_rule, min_size=1, max_size=25),
    ambiguities,
) | st.builds(lambda how: {"Type": "Token", "AmbiguousRoleResolution": how}, ambiguities)
a_pool = st.fixed_dictionaries(
    {
        "Roles": st.dictionaries(st.sampled_from(["authenticated", "unauthenticated"]), arns),
        "RoleMappings": st.dictionaries(st.sampled_from(KEYS), a_mapping, max_size=4),
    }
)
preferred = st.fixed_dictionaries(
    {},
    optional={
        "cognito:preferred_role": arns,
        "cognito:roles": st.lists(arns, max_size=3) | arns,
    },
)
a_login = st.tuples(
    st.sampled_from([NAME, GOOGLE, "login.example", "other.example"]),
    st.sampled_from(["app", "web", "google-app", ["app", "x"], ["x", "web"], "x"]),
    st.dictionaries(claim_names, values),
    preferred,
)


@pytest.fixture(scope="module")
def db(tmp_path_factory):
    """Give a state file of the module's own."""
    return tmp_path_factory.mktemp("roles") / "state.db"


def given_role(db, pool_id, logins, custom):
    """Give the role of the credentials that the local service gives, None where it refuses."""
    try:
        identity = handle("GetId", {"IdentityPoolId": pool_id, "Logins": logins}, db=db)
        asked = {"IdentityId": identity["IdentityId"], "Logins": logins}
        asked |= {"CustomRoleArn": custom} if custom else {}
        keys = handle("GetCredentialsForIdentity", asked, db=db)["Credentials"]
    except Fault:
        return None
    return read_credentials(keys["AccessKeyId"], keys["SessionToken"]).role_arn


def told_role(pool_id, logins, custom, db):
    """Give the role that which-role would tell, None where there is none."""
    settings_ = handle("DescribeIdentityPool", {"IdentityPoolId": pool_id}, db=db)
    found = handle("GetIdentityPoolRoles", {"IdentityPoolId": pool_id}, db=db)
    known = which_role.Pool(found["Roles"], found.get("RoleMappings", {}), settings_)
    try:
        return which_role.choose(logins, known, custom)[0].role
    except (NotTakenError, CheckFailed):
        return None


@given(
    config=a_pool,
    logins=st.lists(a_login, min_size=1, max_size=2),
    facebook=st.booleans(),
    custom=st.none() | arns,
)
def test_the_local_service_gives_the_role_that_is_told(db, config, logins, facebook, custom):
    """For any pool, rules and claims: the same role, or none from either."""
    made = handle("CreateIdentityPool", {"IdentityPoolName": "p", **SETTINGS}, db=db)
    pool_id = made["IdentityPoolId"]
    handle("SetIdentityPoolRoles", {"IdentityPoolId": pool_id, **config}, db=db)
    tokens = {
        name: token({**claims(**free, **wanted), "iss": f"https://{name}", "aud": aud})
        for name, aud, free, wanted in logins
        for free in [{k: v for k, v in free.items() if k not in wanted}]
    }
    if facebook:
        tokens["graph.facebook.com"] = "EAAopaque"

    assert told_role(pool_id, tokens, custom, db) == given_role(db, pool_id, tokens, custom)
    handle("DeleteIdentityPool", {"IdentityPoolId": pool_id}, db=db)


def test_a_choice_is_explained_whatever_it_is():
    """Each reason has its sentence."""
    for reason in roles.Reason.__args__:
        choice = roles.Choice(None, reason)
        assert roles.explain(choice, [], authenticated=True, custom="c")
