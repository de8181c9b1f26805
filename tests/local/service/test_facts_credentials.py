"""Sections 6.9 and 9 of the facts: credentials, and the role they are for."""

from __future__ import annotations

import base64
import re
import time
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    Call = Callable[..., Any]
    Refusal = Callable[..., tuple[str, str]]


USERS = "cognito-idp.us-east-1.amazonaws.com/us-east-1_Users"
COMPANY = "arn:aws:iam::123456789012:saml-provider/Company"
ROLE = "arn:aws:iam::123456789012:role/"
COGNITO = "cognito-identity.amazonaws.com"
NO_ROLE = (
    "InvalidIdentityPoolConfigurationException",
    "Invalid identity pool configuration. Check assigned IAM roles for this pool.",
)
DENIED = (
    "NotAuthorizedException",
    f"The ambiguous role mapping rules for: {USERS}:client1 denied this request.",
)


@pytest.fixture
def set_mapping(call: Call, pool: str) -> Any:
    """Set both default roles, and a mapping for the pool's user pool."""

    def set_mapping(mapping: dict[str, Any] | None = None, key: str = f"{USERS}:client1") -> None:
        roles = {"authenticated": f"{ROLE}default", "unauthenticated": f"{ROLE}guest"}
        mappings = {"RoleMappings": {key: mapping}} if mapping else {}
        call("SetIdentityPoolRoles", IdentityPoolId=pool, Roles=roles, **mappings)

    return set_mapping


@pytest.fixture
def role_for(call: Call, pool: str, tokens: Any, role_of: Call) -> Any:
    """Get credentials for a user with these claims, and tell which role they are for."""

    def role_for(custom: Any = None, **claims: Any) -> Any:
        logins = {USERS: tokens(USERS, **claims)}
        identity = call("GetId", IdentityPoolId=pool, Logins=logins)["IdentityId"]
        asked = {"CustomRoleArn": custom} if custom else {}
        answer = call("GetCredentialsForIdentity", IdentityId=identity, Logins=logins, **asked)
        return role_of(answer["Credentials"]).removeprefix(ROLE)

    return role_for


@pytest.fixture
def refused_for(call: Call, refusal: Refusal, pool: str, tokens: Any) -> Any:
    """Fail to get credentials for a user with these claims."""

    def refused_for(custom: Any = None, **claims: Any) -> Any:
        logins = {USERS: tokens(USERS, **claims)}
        identity = call("GetId", IdentityPoolId=pool, Logins=logins)["IdentityId"]
        asked = {"CustomRoleArn": custom} if custom else {}
        return refusal("GetCredentialsForIdentity", IdentityId=identity, Logins=logins, **asked)

    return refused_for


def test_credentials_are_shaped_as_the_real_ones(call: Call, pool: str, set_mapping: Call) -> None:
    """SecretKey, not SecretAccessKey; one hour, in whole seconds."""
    set_mapping()
    identity = call("GetId", IdentityPoolId=pool)["IdentityId"]

    before = int(time.time())
    answer = call("GetCredentialsForIdentity", IdentityId=identity)
    made = answer["Credentials"]

    assert list(answer) == ["IdentityId", "Credentials"]
    assert answer["IdentityId"] == identity
    assert list(made) == ["AccessKeyId", "SecretKey", "SessionToken", "Expiration"]
    assert re.fullmatch(r"ASIA[A-Z2-7]{16}", made["AccessKeyId"])
    assert re.fullmatch(r"[A-Za-z0-9/+]{40}", made["SecretKey"])
    assert len(made["SessionToken"]) > 300
    assert isinstance(made["Expiration"], float)
    assert made["Expiration"].is_integer()
    assert before + 3600 <= made["Expiration"] <= time.time() + 3600


def test_credentials_are_new_each_time(call: Call, pool: str, set_mapping: Call) -> None:
    """None of the three parts comes twice."""
    set_mapping()
    identity = call("GetId", IdentityPoolId=pool)["IdentityId"]
    one, two = (
        call("GetCredentialsForIdentity", IdentityId=identity)["Credentials"] for _ in range(2)
    )
    assert all(one[each] != two[each] for each in ("AccessKeyId", "SecretKey", "SessionToken"))


def test_a_pool_without_the_role_is_badly_configured(
    call: Call, refusal: Refusal, pool: str
) -> None:
    """The role of the identity's own kind is needed."""
    guest = call("GetId", IdentityPoolId=pool)["IdentityId"]
    assert refusal("GetCredentialsForIdentity", IdentityId=guest) == NO_ROLE

    call("SetIdentityPoolRoles", IdentityPoolId=pool, Roles={"authenticated": f"{ROLE}a"})
    assert refusal("GetCredentialsForIdentity", IdentityId=guest) == NO_ROLE


def test_the_enhanced_flow_works_without_the_classic(call: Call, make_pool: Call) -> None:
    """AllowClassicFlow is about the other one."""
    pool_id = make_pool(AllowClassicFlow=False)
    call("SetIdentityPoolRoles", IdentityPoolId=pool_id, Roles={"unauthenticated": f"{ROLE}u"})
    guest = call("GetId", IdentityPoolId=pool_id)["IdentityId"]
    assert call("GetCredentialsForIdentity", IdentityId=guest)["Credentials"]


def test_who_must_honour_them_is_told(
    call: Call, pool: str, set_mapping: Call, issued: list[Any]
) -> None:
    """With role, identity and the session name that the real service gives."""
    set_mapping()
    guest = call("GetId", IdentityPoolId=pool)["IdentityId"]
    made = call("GetCredentialsForIdentity", IdentityId=guest)["Credentials"]

    told = issued[-1]
    assert (told.access_key_id, told.secret_key) == (made["AccessKeyId"], made["SecretKey"])
    assert (told.role_arn, told.identity_id) == (f"{ROLE}guest", guest)
    assert told.session_name == "CognitoIdentityCredentials"


def test_without_mapping_a_user_gets_the_authenticated_role(
    set_mapping: Call, role_for: Call
) -> None:
    """Whatever the claims say; a CustomRoleArn is passed over (choice)."""
    set_mapping()
    assert role_for(**{"cognito:preferred_role": f"{ROLE}x"}) == "default"
    assert role_for(custom=f"{ROLE}anything") == "default"


def token(ambiguous: Any) -> Any:
    """Make a mapping of type Token."""
    return {"Type": "Token", "AmbiguousRoleResolution": ambiguous}


TWO = [f"{ROLE}one", f"{ROLE}two"]
BY_TOKEN = [
    ({"cognito:preferred_role": f"{ROLE}liked", "cognito:roles": TWO}, "liked"),
    ({"cognito:roles": [f"{ROLE}one"]}, "one"),
    ({"cognito:roles": f"{ROLE}one"}, "one"),
    ({"cognito:roles": TWO}, "default"),
    ({"cognito:roles": f"{ROLE}one,{ROLE}two"}, "default"),
    ({}, "default"),
]


@pytest.mark.parametrize(("claims", "role"), BY_TOKEN)
def test_a_token_mapping_follows_the_claims(
    set_mapping: Call, role_for: Call, claims: Any, role: str
) -> None:
    """The preferred role, else the only one, else the ambiguous case."""
    set_mapping(token("AuthenticatedRole"))
    assert role_for(**claims) == role


@pytest.mark.parametrize("claims", [{}, {"cognito:roles": TWO}])
def test_an_ambiguous_token_may_be_denied(set_mapping: Call, refused_for: Any, claims: Any) -> None:
    """The text names the mapping's key."""
    set_mapping(token("Deny"))
    assert refused_for(**claims) == DENIED


@pytest.mark.parametrize("roles", [TWO, ",".join(TWO), ", ".join(TWO)])
def test_a_custom_role_of_the_token_is_given(set_mapping: Call, role_for: Call, roles: Any) -> None:
    """Whichever of cognito:roles is asked for, over the preferred one."""
    set_mapping(token("Deny"))
    claims = {"cognito:roles": roles, "cognito:preferred_role": f"{ROLE}one"}
    assert role_for(custom=f"{ROLE}two", **claims) == "two"


def test_a_custom_role_that_the_token_lacks_is_denied(set_mapping: Call, refused_for: Any) -> None:
    """Choice: in the words for a role that may not be passed."""
    set_mapping(token("AuthenticatedRole"))
    assert refused_for(custom=f"{ROLE}three", **{"cognito:roles": TWO}) == (
        "NotAuthorizedException",
        f"Access to Role '{ROLE}three' is forbidden.",
    )


def rules(*lines: tuple[str, str, str, str], ambiguous: str = "Deny") -> Any:
    """Make a mapping of rules: claim, match type, value, role."""
    return {
        "Type": "Rules",
        "AmbiguousRoleResolution": ambiguous,
        "RulesConfiguration": {
            "Rules": [
                {"Claim": claim, "MatchType": match, "Value": value, "RoleARN": f"{ROLE}{role}"}
                for claim, match, value, role in lines
            ]
        },
    }


BY_RULE = [
    (("Equals", "blue"), "blue", True),
    (("Equals", "blue"), "Blue", False),
    (("Equals", "blue"), "bluer", False),
    (("Contains", "lu"), "blue", True),
    (("Contains", "lu"), "red", False),
    (("StartsWith", "bl"), "blue", True),
    (("StartsWith", "lu"), "blue", False),
    (("NotEqual", "blue"), "red", True),
    (("NotEqual", "blue"), "blue", False),
    (("NotEqual", "blue"), None, False),
    (("Equals", "true"), True, True),
    (("Equals", "3"), 3, True),
    (("Equals", "blue"), ["red", "blue"], True),
    (("Equals", '["red","blue"]'), ["red", "blue"], True),
    (("Contains", "lu"), ["red", "blue"], True),
    (("NotEqual", "blue"), ["red", "blue"], False),
    (("NotEqual", "green"), ["red", "blue"], True),
]


@pytest.mark.parametrize(("rule", "claim", "matches"), BY_RULE)
def test_a_rule_matches_a_claim(
    set_mapping: Call,
    role_for: Call,
    rule: tuple[str, str],
    claim: Any,
    matches: Any,
) -> None:
    """Each match type; of arrays any element (choice); never a claim that is not there."""
    set_mapping(rules(("team", *rule, "ruled"), ambiguous="AuthenticatedRole"))
    assert role_for(team=claim) == ("ruled" if matches else "default")


def test_the_first_matching_rule_wins(set_mapping: Call, role_for: Call) -> None:
    """Rules are tried in order."""
    set_mapping(
        rules(
            ("team", "Equals", "red", "red"),
            ("team", "StartsWith", "bl", "first"),
            ("team", "Equals", "blue", "second"),
        )
    )
    assert role_for(team="blue") == "first"


def test_a_custom_role_of_a_matching_rule_overrides_the_order(
    set_mapping: Call, role_for: Call, refused_for: Any
) -> None:
    """A role of a rule that does not match is denied."""
    set_mapping(
        rules(
            ("team", "StartsWith", "bl", "first"),
            ("team", "Equals", "blue", "second"),
            ("team", "Equals", "red", "third"),
        )
    )
    assert role_for(custom=f"{ROLE}second", team="blue") == "second"
    assert refused_for(custom=f"{ROLE}third", team="blue")[0] == "NotAuthorizedException"


def test_no_matching_rule_may_be_denied(set_mapping: Call, refused_for: Any) -> None:
    """As an ambiguous token is."""
    set_mapping(rules(("team", "Equals", "red", "red")))
    assert refused_for(team="blue") == DENIED


def test_the_denial_names_a_social_provider_by_its_key(
    call: Call,
    refusal: Refusal,
    pool: str,
    tokens: Any,
    set_mapping: Call,
) -> None:
    """The text that was seen most often."""
    google = "accounts.google.com"
    set_mapping(rules(("hd", "Equals", "example.com", "staff")), key=google)
    logins = {google: tokens(google)}
    identity = call("GetId", IdentityPoolId=pool, Logins=logins)["IdentityId"]

    assert refusal("GetCredentialsForIdentity", IdentityId=identity, Logins=logins) == (
        "NotAuthorizedException",
        "The ambiguous role mapping rules for: accounts.google.com denied this request.",
    )


def test_the_authenticated_role_must_exist_for_the_ambiguous(
    call: Call, refusal: Refusal, pool: str, tokens: Any
) -> None:
    """AuthenticatedRole without such a role is a bad configuration."""
    call(
        "SetIdentityPoolRoles",
        IdentityPoolId=pool,
        Roles={},
        RoleMappings={f"{USERS}:client1": token("AuthenticatedRole")},
    )
    logins = {USERS: tokens(USERS)}
    identity = call("GetId", IdentityPoolId=pool, Logins=logins)["IdentityId"]
    assert refusal("GetCredentialsForIdentity", IdentityId=identity, Logins=logins) == NO_ROLE


def test_a_custom_role_chooses_among_those_of_an_assertion(
    call: Call, pool: str, set_mapping: Call, role_of: Call
) -> None:
    """SAML assertions say roles together with their provider."""
    set_mapping()
    name = "https://aws.amazon.com/SAML/Attributes/Role"
    values = "".join(f"<AttributeValue>{ROLE}{n},{COMPANY}</AttributeValue>" for n in ("s1", "s2"))
    xml = (
        f"<Assertion><NameID>ann</NameID><Attribute Name='{name}'>{values}</Attribute></Assertion>"
    )
    logins = {COMPANY: base64.b64encode(xml.encode()).decode()}
    identity = call("GetId", IdentityPoolId=pool, Logins=logins)["IdentityId"]

    asked = {"IdentityId": identity, "Logins": logins, "CustomRoleArn": f"{ROLE}s2"}
    answer = call("GetCredentialsForIdentity", **asked)
    assert role_of(answer["Credentials"]) == f"{ROLE}s2"


class TestOwnTokens:
    """Logins that hold a token of the service itself."""

    @pytest.fixture
    def developer(self, call: Call, pool: str, set_mapping: Call) -> Any:
        """Get an identity and a token for a developer's user."""
        set_mapping()

        def developer(user: str = "ann", **more: Any) -> Any:
            logins = {"login.example.org": user}
            answer = call(
                "GetOpenIdTokenForDeveloperIdentity", IdentityPoolId=pool, Logins=logins, **more
            )
            return answer["IdentityId"], answer["Token"]

        return developer

    def test_a_developers_user_gets_the_authenticated_role(
        self, call: Call, developer: Any, role_of: Call
    ) -> None:
        """The token alone speaks for the identity."""
        identity, own = developer()
        answer = call("GetCredentialsForIdentity", IdentityId=identity, Logins={COGNITO: own})

        assert answer["IdentityId"] == identity
        assert role_of(answer["Credentials"]) == f"{ROLE}default"

    def test_other_logins_beside_it_are_linked(self, call: Call, developer: Any) -> None:
        """The user is from then on known by them, too."""
        identity, own = developer()
        logins = {COGNITO: own, "graph.facebook.com": "f"}
        call("GetCredentialsForIdentity", IdentityId=identity, Logins=logins)

        described = call("DescribeIdentity", IdentityId=identity)
        assert described["Logins"] == ["login.example.org", "graph.facebook.com"]

    @pytest.mark.parametrize("position", [0, 1, 2])
    def test_a_token_of_somebody_else_is_none(
        self, refusal: Refusal, developer: Any, tokens: Any, position: Any
    ) -> None:
        """Not a JWT, another issuer's, and one that was changed."""
        identity, own = developer()
        head, body, signature = own.split(".")
        others = ["opaque", tokens.signed(), f"{head}.{body}.{'A' * len(signature)}"]

        parameters = {"IdentityId": identity, "Logins": {COGNITO: others[position]}}
        assert refusal("GetCredentialsForIdentity", **parameters) == (
            "NotAuthorizedException",
            "Invalid login token. Not a Cognito token.",
        )

    def test_a_token_of_another_identity_does_not_match(
        self, refusal: Refusal, developer: Any
    ) -> None:
        """Choice: in the words for logins that belong elsewhere."""
        identity, _ = developer("ann")
        _, own = developer("bob")
        code, message = refusal(
            "GetCredentialsForIdentity", IdentityId=identity, Logins={COGNITO: own}
        )
        assert code == "NotAuthorizedException"
        assert message.startswith("Logins don't match.")

    def test_an_old_token_is_expired(self, refusal: Refusal, developer: Any, clock: Any) -> None:
        """A developer's token lives as long as was asked."""
        identity, own = developer(TokenDuration=60)
        clock.forward(61)
        code, message = refusal(
            "GetCredentialsForIdentity", IdentityId=identity, Logins={COGNITO: own}
        )
        assert code == "NotAuthorizedException"
        assert message.startswith("Invalid login token. Token expired: ")

    @pytest.mark.parametrize("beside", [{}, {"graph.facebook.com": "f"}])
    def test_a_disabled_identitys_token_is_good_for_nothing(
        self, call: Call, refusal: Refusal, developer: Any, pool: str, beside: Any
    ) -> None:
        """Its user was unlinked after the token was made; another login does not bring it back."""
        identity, own = developer()
        call(
            "UnlinkDeveloperIdentity",
            IdentityPoolId=pool,
            IdentityId=identity,
            DeveloperProviderName="login.example.org",
            DeveloperUserIdentifier="ann",
        )

        logins = {COGNITO: own, **beside}
        assert refusal("GetCredentialsForIdentity", IdentityId=identity, Logins=logins) == (
            "NotAuthorizedException",
            f"Access to Identity '{identity}' is forbidden.",
        )
        assert "Logins" not in call("DescribeIdentity", IdentityId=identity)

    def test_a_merged_identitys_token_is_good_for_nothing(
        self, call: Call, refusal: Refusal, developer: Any, pool: str
    ) -> None:
        """Neither for the identity that it names nor for the one that took its logins."""
        source, own = developer("ann")
        target, _ = developer("bob")
        call(
            "MergeDeveloperIdentities",
            IdentityPoolId=pool,
            DeveloperProviderName="login.example.org",
            SourceUserIdentifier="ann",
            DestinationUserIdentifier="bob",
        )

        forbidden = ("NotAuthorizedException", f"Access to Identity '{source}' is forbidden.")
        asked = {"IdentityId": source, "Logins": {COGNITO: own}}
        assert refusal("GetCredentialsForIdentity", **asked) == forbidden
        code, message = refusal("GetCredentialsForIdentity", **{**asked, "IdentityId": target})
        assert (code, message[:20]) == ("NotAuthorizedException", "Logins don't match. ")

    def test_a_guests_token_is_no_login(
        self, call: Call, refusal: Refusal, pool: str, set_mapping: Call, role_of: Call
    ) -> None:
        """It gets the guest's role, and nothing once somebody has signed in."""
        set_mapping()
        identity = call("GetId", IdentityPoolId=pool)["IdentityId"]
        own = call("GetOpenIdToken", IdentityId=identity)["Token"]
        asked = {"IdentityId": identity, "Logins": {COGNITO: own}}
        made = call("GetCredentialsForIdentity", **asked)["Credentials"]
        assert role_of(made) == f"{ROLE}guest"

        call("GetOpenIdToken", IdentityId=identity, Logins={"graph.facebook.com": "f"})
        assert refusal("GetCredentialsForIdentity", **asked) == (
            "NotAuthorizedException",
            f"Access to Identity '{identity}' is forbidden.",
        )

    @pytest.mark.parametrize("operation", ["GetId", "GetOpenIdToken"])
    def test_other_operations_do_not_take_it(
        self, refusal: Refusal, developer: Any, pool: str, operation: str
    ) -> None:
        """Said before anything about the token."""
        identity, own = developer()
        which = {"IdentityPoolId": pool} if operation == "GetId" else {"IdentityId": identity}
        assert refusal(operation, **which, Logins={COGNITO: own}) == (
            "NotAuthorizedException",
            "Invalid login token. Can't pass in a Cognito token.",
        )
