"""Whether a role's trust policy lets an identity of a pool assume it, and what is told if not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cogid.trust_policies import TAG, WebIdentity, judge, provider_of

SERVICE = "cognito-identity.amazonaws.com"
POOL = "us-east-1:11a86fa8-fc2c-46da-a38b-e46762e447ed"
PROOF = "cognito-idp.us-east-1.amazonaws.com/us-east-1_A"
USER = WebIdentity(SERVICE, POOL, ["authenticated", PROOF, f"{PROOF}:CognitoSignIn:jane"])
GUEST = WebIdentity(SERVICE, POOL, ["unauthenticated"])

AUD = {"StringEquals": {f"{SERVICE}:aud": POOL}}
AMR = {"ForAnyValue:StringLike": {f"{SERVICE}:amr": "authenticated"}}
USUAL = {**AUD, **AMR}


def statement(condition=None, **changes):
    """Make the statement that the console writes, changed; None leaves a part out."""
    usual = {
        "Effect": "Allow",
        "Principal": {"Federated": SERVICE},
        "Action": "sts:AssumeRoleWithWebIdentity",
        "Condition": USUAL if condition is None else condition,
    }
    return {name: value for name, value in {**usual, **changes}.items() if value is not None}


def policy(*statements):
    """Make a policy."""
    return {"Version": "2012-10-17", "Statement": list(statements)}


ALLOWED = [
    policy(statement()),
    {"Statement": statement()},
    policy(statement(Action=["sts:TagSession", "sts:assumerolewithwebidentity"])),
    policy(statement(Action="sts:*")),
    policy(statement(Action="*")),
    policy(statement(Action=None, NotAction="s3:*")),
    policy(statement(Principal={"Federated": ["x", SERVICE]})),
    policy(statement(Principal="*")),
    policy(statement(Condition=None)),
    policy(statement({"StringEquals": {f"{SERVICE}:AUD": ["other", POOL]}})),
    policy(statement({"StringLike": {f"{SERVICE}:aud": "us-east-1:*"}})),
    policy(statement({"StringEqualsIfExists": {"accounts.google.com:aud": "x"}})),
    policy(statement({"StringNotEquals": {f"{SERVICE}:aud": "other"}})),
    policy(statement({"ForAnyValue:StringLike": {f"{SERVICE}:amr": f"{PROOF}:*"}})),
    policy(statement({"ForAllValues:StringLike": {f"{SERVICE}:amr": ["auth*", "cognito*"]}})),
    policy(statement({"Null": {f"{SERVICE}:aud": "false"}})),
    policy(statement({"Null": {"accounts.google.com:aud": True}})),
    policy(statement(Principal={"Federated": "x"}), statement()),
    policy(statement(), statement(Effect="Deny", Principal={"Federated": "x"})),
    policy(statement(), statement(AMR, Effect="Deny", Action="sts:TagSession")),
]


@pytest.mark.parametrize("given_policy", ALLOWED)
def test_what_iam_lets_through_is_allowed(given_policy):
    """One Allow that applies, and no Deny."""
    assert judge(given_policy, USER) == (True, "")


def unmet(key, wanted, seen):
    """Word a condition that does not hold."""
    return f"its condition on {SERVICE}:{key} is {wanted}, but it is {seen}"


REFUSED = [
    # policy, why
    (policy(), "it allows nothing"),
    (policy(statement(Effect="Deny")), "a Deny in it applies to sts:AssumeRoleWithWebIdentity"),
    (
        policy(statement(Action="sts:AssumeRole")),
        "no statement in it is about sts:AssumeRoleWithWebIdentity",
    ),
    (
        policy(statement(Principal={"Federated": "accounts.google.com"})),
        f"{SERVICE} is not its Federated principal",
    ),
    (policy(statement(Principal={"AWS": "*"})), f"{SERVICE} is not its Federated principal"),
    (
        policy(statement({"StringEquals": {f"{SERVICE}:aud": "us-east-1:other"}})),
        unmet("aud", "StringEquals us-east-1:other", POOL),
    ),
    (
        policy(statement({"StringEquals": {"accounts.google.com:aud": "x"}})),
        "its condition on accounts.google.com:aud is StringEquals x, but there is none",
    ),
    (
        policy(statement({"StringNotEquals": {f"{SERVICE}:aud": POOL}})),
        unmet("aud", f"StringNotEquals {POOL}", POOL),
    ),
]


@pytest.mark.parametrize(("given_policy", "why"), REFUSED)
def test_what_iam_refuses_is_told(given_policy, why):
    """The condition, the principal or the action that is not met."""
    assert judge(given_policy, USER) == (False, why)


def test_a_deny_wins():
    """Whatever else allows it."""
    found = judge(policy(statement(), statement(AMR, Effect="Deny")), USER)

    assert found == (False, "a Deny in it applies to sts:AssumeRoleWithWebIdentity")


def test_the_nearest_statement_is_told():
    """The one with the fewest objections, since it was probably meant."""
    far = statement({"StringEquals": {f"{SERVICE}:aud": "x"}}, Action="s3:*", Principal="y")
    near = statement({"StringEquals": {f"{SERVICE}:aud": "z"}})

    assert judge(policy(far, near), USER).why == unmet("aud", "StringEquals z", POOL)


def test_a_guest_is_no_user():
    """The condition on amr tells them apart."""
    found = judge(policy(statement()), GUEST)

    assert found == (
        False,
        unmet("amr", "ForAnyValue:StringLike authenticated", "unauthenticated"),
    )


def test_session_tags_need_an_action_of_their_own():
    """A pool with principal tags asks for it."""
    assert judge(policy(statement()), USER, TAG) == (
        False,
        "no statement in it is about sts:TagSession",
    )
    assert judge(policy(statement(Action=["sts:TagSession"])), USER, TAG).allowed


UNKNOWN = [
    policy(statement({"IpAddress": {"aws:SourceIp": "10.0.0.0/8"}})),
    policy(statement({"StringEquals": {f"{SERVICE}:sub": "us-east-1:x"}})),
    policy(statement({"StringEquals": {"sts:RoleSessionName": "x"}})),
    policy(statement({"BinaryEquals": {f"{SERVICE}:aud": "x"}})),
    policy(statement({"StringLike": {f"{SERVICE}:amr": "authenticated"}})),
    policy(statement(Principal=None, NotPrincipal={"Federated": "x"})),
    policy(statement(), statement({"Bool": {"aws:SecureTransport": "false"}}, Effect="Deny")),
]


@pytest.mark.parametrize("given_policy", UNKNOWN)
def test_what_cannot_be_known_is_not_guessed(given_policy):
    """The answer says what it would take to know."""
    found = judge(given_policy, USER)

    assert found.allowed is None
    assert found.why


def test_a_known_subject_is_compared():
    """With the identity's id the condition on it can be judged."""
    known = USER._replace(subject="us-east-1:x")

    assert judge(UNKNOWN[1], known).allowed
    assert judge(UNKNOWN[1], known._replace(subject="us-east-1:y")).allowed is False


def test_each_partition_has_its_principal():
    """China's names its region."""
    assert provider_of("eu-west-1") == SERVICE
    assert provider_of("cn-north-1") == "cognito-identity.cn-north-1.amazonaws.com.cn"
    assert provider_of("us-gov-west-1") == "cognito-identity-us-gov.amazonaws.com"


words = st.sampled_from(
    ["Allow", "Deny", SERVICE, "*", "sts:*", f"{SERVICE}:aud", f"{SERVICE}:amr", POOL, "Null", "a["]
)
anything = st.recursive(
    st.none() | st.booleans() | st.integers() | words,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(words, inner, max_size=3),
    max_leaves=8,
)
parts = st.sampled_from(["Effect", "Principal", "Action", "Condition", "NotPrincipal"])


@given(anything | st.builds(policy, st.dictionaries(parts, anything)))
def test_anything_may_stand_in_a_policy(given_policy):
    """Nothing makes it stumble; without an Allow nothing is allowed."""
    found = judge(given_policy, USER)

    assert found.allowed in (True, False, None)
    assert "Allow" in str(given_policy) or not found.allowed
