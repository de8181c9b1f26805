import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cogid import arns

GUID = "6ff1c2a1-1111-4222-8333-444455556666"
USER_POOL = "cognito-idp.eu-west-1.amazonaws.com/eu-west-1_A"


REGIONS = [
    # parameters                                                           region
    ({"IdentityPoolId": "eu-west-1:6ff1"}, "eu-west-1"),
    ({"IdentityId": "ap-southeast-2:6ff1"}, "ap-southeast-2"),
    ({"IdentityId": "us-gov-west-1:6ff1"}, "us-gov-west-1"),
    ({"IdentityIdsToDelete": ["eu-west-1:1", "us-east-1:2"]}, "eu-west-1"),
    ({"ResourceArn": "arn:aws:cognito-identity:eu-west-3:1:identitypool/x"}, "eu-west-3"),
    (
        {"ResourceArn": "arn:aws:cognito-identity::1:identitypool/eu-west-3:6ff1"},
        "eu-west-3",
    ),
    ({"ResourceArn": "arn:aws-cn:cognito-identity:cn-north-1:1:identitypool/x"}, "cn-north-1"),
    ({"IdentityPoolId": "6ff1"}, None),
    ({"IdentityPoolId": "EU-WEST-1:6ff1"}, None),
    ({"ResourceArn": "arn:aws"}, None),
    ({"ResourceArn": "eu-west-1:x"}, None),
    ({"IdentityIdsToDelete": None}, None),
    ({"IdentityIdsToDelete": 5}, None),
    ({"IdentityIdsToDelete": "us-east-1:1"}, None),
    ({"IdentityIdsToDelete": [5, None, ["us-east-1:1"], "eu-west-1:1"]}, "eu-west-1"),
    ({"IdentityPoolId": ["eu-west-1:6ff1"]}, None),
    ({"ResourceArn": ["arn:aws:cognito-identity:eu-west-3:1:identitypool/x"]}, None),
    ({"IdentityPoolId": 7}, None),
    ({}, None),
]


@pytest.mark.parametrize(("parameters", "region"), REGIONS)
def test_the_region_stands_in_the_id(parameters, region):
    """An id or an ARN says its region."""
    assert arns.region_in(parameters) == region


@pytest.mark.parametrize(
    ("id_", "region"),
    [
        (f"eu-west-1:{GUID}", "eu-west-1"),
        (f"us-gov-west-1:{GUID}", "us-gov-west-1"),
        (f"eusc-de-east-1:{GUID}", "eusc-de-east-1"),
        ("eu-west-1", None),
        (GUID, None),
        (None, None),
        (7, None),
    ],
)
def test_an_id_begins_with_its_region(id_, region):
    """What does not is of no region."""
    assert arns.region_of(id_) == region


def test_an_arn_is_taken_apart():
    """The resource is all that is left, colons included."""
    assert arns.parse("arn:aws:iam::123456789012:oidc-provider/a.b:8443/c") == (
        "aws",
        "iam",
        "",
        "123456789012",
        "oidc-provider/a.b:8443/c",
    )


@pytest.mark.parametrize("text", ["", "arn", "arn:aws:iam::1", "aws:iam::1:x:y", "ARN:a:b:c:d:e"])
def test_what_is_no_arn_is_none(text):
    """Six parts with colons between them, and the word before."""
    assert arns.parse(text) is None


ARNS = [
    ("us-east-1", f"arn:aws:cognito-identity:us-east-1:123456789012:identitypool/us-east-1:{GUID}"),
    (
        "cn-north-1",
        f"arn:aws-cn:cognito-identity:cn-north-1:123456789012:identitypool/cn-north-1:{GUID}",
    ),
    (
        "us-gov-west-1",
        f"arn:aws-us-gov:cognito-identity:us-gov-west-1:123456789012:identitypool/us-gov-west-1:{GUID}",
    ),
]


@pytest.mark.parametrize(("region", "arn"), ARNS)
def test_a_pool_has_an_arn(region, arn):
    """Region, account and id give it, and it gives them."""
    found = arns.POOL.fullmatch(arn)

    assert arns.pool_arn(region, "123456789012", f"{region}:{GUID}") == arn
    assert found.groups() == (region, "123456789012", f"{region}:{GUID}")
    assert arns.id_in(arn.upper()) == f"{region}:{GUID}"


FORMS = [
    (arns.ROLE, "arn:aws:iam::123456789012:role/path/Staff", ("123456789012", "path/Staff")),
    (
        arns.PROVIDER,
        "arn:aws-cn:iam::123456789012:saml-provider/okta",
        ("123456789012", "saml", "okta"),
    ),
    (
        arns.PROVIDER,
        "arn:aws:iam::123456789012:oidc-provider/a.b/c",
        ("123456789012", "oidc", "a.b/c"),
    ),
    (arns.USER_POOL, USER_POOL, ("eu-west-1", "eu-west-1_A")),
    (arns.ID, f"eu-west-1:{GUID}", ("eu-west-1", GUID)),
]


@pytest.mark.parametrize(("form", "text", "parts"), FORMS)
def test_forms_know_their_own(form, text, parts):
    """Each form takes its own texts, not those of the others, and nothing cut."""
    assert form.fullmatch(text).groups() == parts
    assert form.fullmatch(text[1:]) is None
    assert [other for other in (arns.ROLE, arns.PROVIDER, arns.USER_POOL, arns.ID, arns.POOL)
            if other.fullmatch(text)] == [form]  # fmt: skip


RESPELLED = [
    ("https://accounts.google.com", "accounts.google.com"),
    ("Facebook", "graph.facebook.com"),
    ("www.google.com", "accounts.google.com"),
    ("eu-west-1_A", USER_POOL),
    (USER_POOL, USER_POOL),
    (f"https://{USER_POOL}", USER_POOL),
    (f"https://{USER_POOL}/.well-known/jwks.json", USER_POOL),
    (f"{USER_POOL}/", USER_POOL),
    (f"{USER_POOL}:client1", USER_POOL),
    ("cognito-idp.us-east-1.amazonaws.com/eu-west-1_A", USER_POOL),
    ("arn:aws:cognito-idp:eu-west-1:123456789012:userpool/eu-west-1_A", USER_POOL),
    ("cn-north-1_A", "cognito-idp.cn-north-1.amazonaws.com.cn/cn-north-1_A"),
    ("us-gov-west-1_A", "cognito-idp.us-gov-west-1.amazonaws.com/us-gov-west-1_A"),
    ("tenant.auth0.com/", "tenant.auth0.com/"),
    ("login.example", "login.example"),
]


@pytest.mark.parametrize(("written", "right"), RESPELLED)
def test_names_are_put_right(written, right):
    """The many ways to write a provider lead to its name."""
    assert arns.respell(written) == right


def test_the_service_is_a_provider_of_its_own():
    """Tokens of identity pools go under its name, in any partition."""
    assert arns.is_service("https://cognito-identity.amazonaws.com")
    assert arns.is_service("cognito-identity.cn-north-1.amazonaws.com.cn")
    assert not arns.is_service(USER_POOL)


@pytest.mark.parametrize(
    ("name", "jwts"),
    [
        (USER_POOL, True),
        ("accounts.google.com", True),
        ("token.actions.githubusercontent.com", True),
        ("graph.facebook.com", False),
        ("www.digits.com", False),
        ("arn:aws:iam::123456789012:saml-provider/okta", False),
    ],
)
def test_some_providers_tokens_only_they_can_read(name, jwts):
    """All others are JWTs."""
    assert arns.gives_jwts(name) is jwts


def test_a_client_stands_after_a_user_pool():
    """Role mappings name it there."""
    assert arns.client_of(f"{USER_POOL}:client1") == "client1"
    assert arns.client_of(USER_POOL) is None


READERS = [
    arns.parse,
    arns.region_of,
    arns.id_in,
    arns.region_of_user_pool,
    arns.is_service,
    arns.is_provider,
    arns.respell,
    arns.client_of,
    arns.ROLE.search,
    arns.PROVIDER.search,
    arns.POOL.search,
]
WORST = [
    "aa-",
    "a-a-a-a-",
    "aa-a-1",
    "us-east-1_",
    "us-east-1:",
    "us-east-1_A ",
    "0" * 8 + "-",
    "_a:",
]
WORST += [
    "arn:aws-",
    "arn:aws:iam::",
    "cognito-idp.us-east-1.amazonaws.com/",
    "/",
    " ",
    "a_",
    '"',
    ".",
]


@pytest.mark.parametrize("reader", READERS)
def test_no_text_takes_long(reader):
    """Every pattern is linear: of a megabyte no kind takes a second."""
    for piece in WORST:
        text = piece * (1_000_000 // len(piece))
        started = time.process_time()
        reader(text)

        assert time.process_time() - started < 1, piece


@given(st.text())
def test_any_text_is_read_or_none(text):
    """Nothing that people paste makes a reader stumble."""
    for reader in READERS:
        reader(text)
