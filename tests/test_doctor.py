"""``cogid doctor``: each link of the way to credentials, and the first that is broken."""

from __future__ import annotations

import base64
import json
import time
from email.utils import formatdate

import boto3  # noqa: TID253 - a neighbour's client
import pytest

from cogid import doctor
from cogid.local import handle, running

ROLE = "arn:aws:iam::123456789012:role/user"
NAME = "cognito-idp.us-east-1.amazonaws.com/us-east-1_A"
LOCAL = ("--local", "--local-db", "state.db")
LINKS = ["profile", "region", "credentials", "endpoint", "reach", "clock"]
POOL_LINKS = [*LINKS, "pool", "guests", "role mapping", "role", "trust policy", "sign-in", "caller"]


def token(**more):
    """Make a user's token that nobody signed."""
    usual = {"iss": f"https://{NAME}", "aud": "app", "sub": "jane", "exp": int(time.time()) + 600}
    claims = {name: value for name, value in {**usual, **more}.items() if value is not None}
    parts = [{"alg": "RS256"}, claims]
    told = [base64.urlsafe_b64encode(json.dumps(part).encode()).decode() for part in parts]
    return ".".join([*(each.rstrip("=") for each in told), "bm9uZXNpZ25lZA"])


def found(result):
    """Read the lines of a run: state, text and cure by name."""
    states, last = {}, ""
    for line in result.out.splitlines():
        if line.startswith(" "):
            state, told, _ = states[last]
            states[last] = (state, told, line.strip().removeprefix("cure: "))
        else:
            last = line[9:21].strip()
            states[last] = (line[:7].strip(), line[23:], "")
    return states


@pytest.fixture
def diagnose(cogid, tmp_path):
    """Make a pool of the local service, and look at it."""
    db = tmp_path / "state.db"

    def run(*words, guests=True, roles=None, **files):
        settings = {
            "AllowUnauthenticatedIdentities": guests,
            "CognitoIdentityProviders": [{"ProviderName": NAME, "ClientId": "app"}],
        }
        made = handle("CreateIdentityPool", {"IdentityPoolName": "shop", **settings}, db=db)
        given = {"authenticated": ROLE, "unauthenticated": ROLE} if roles is None else roles
        asked = {"IdentityPoolId": made["IdentityPoolId"], "Roles": given}
        handle("SetIdentityPoolRoles", asked, db=db)
        result = cogid("doctor", "--pool", "shop", *words, *LOCAL, files=files)
        listed = {"IdentityPoolId": made["IdentityPoolId"], "MaxResults": 9}
        run.identities = len(handle("ListIdentities", listed, db=db)["Identities"])
        return result

    return run


def test_a_guest_gets_all_the_way(diagnose):
    """What --local has not is unknown, and nothing is made."""
    result = diagnose()
    links = found(result)

    assert (result.code, result.err) == (0, "")
    assert list(links) == POOL_LINKS
    assert links["role mapping"][:2] == (
        "ok",
        f"{ROLE}: it is the pool's role for unauthenticated identities",
    )
    assert links["role"] == (
        "unknown",
        "not looked at: --local has no IAM (`cogid local serve` has)",
        "",
    )
    assert links["sign-in"][0] == "unknown"
    assert diagnose.identities == 0


def test_try_signs_in(diagnose):
    """It makes a guest, as it says."""
    result = diagnose("--try")

    assert found(result)["sign-in"][0] == "ok"
    assert "credentials until 20" in found(result)["sign-in"][1]
    assert found(result)["caller"][:2] == (
        "ok",
        "arn:aws:sts::123456789012:assumed-role/user/CognitoIdentityCredentials",
    )
    assert diagnose.identities == 1


def test_a_user_gets_all_the_way(diagnose):
    """Provider, audience and token are links of their own."""
    result = diagnose("--token", "@t.jwt", "--try", guests=False, **{"t.jwt": token()})
    links = found(result)

    assert result.code == 0
    assert links["guests"][:2] == ("ok", "the pool takes none, and this is none")
    assert links["provider"][:2] == ("ok", NAME)
    assert links["audience"][1] == f"app, which the pool lists for {NAME}"
    assert links["token"][1].endswith("valid for another 9 min; its signature is not verified")
    assert links["sign-in"][0] == "ok"


WRONG = [
    # pool, claims of the token (None: without one), link, what is told, part of the cure
    ({"guests": False}, None, "guests", "without a token this is a guest", "--token SRC"),
    ({"roles": {}}, None, "role mapping", "the pool has no role for unauth", "set-identity-pool-r"),
    ({}, {"iss": "https://a.example"}, "provider", "the pool has no provider a.example", "OpenIdC"),
    ({}, {"aud": "web"}, "audience", "the token is for web, which", "it lists: app"),
    ({}, {"exp": 5}, "token", "expired ", "sign in again"),
    ({}, {"token_use": "access"}, "token", "an access token", "id token"),
    ({"roles": {"unauthenticated": ROLE}}, {}, "role mapping", "no role for authenticated", "set-"),
]


@pytest.mark.parametrize(("pool", "claims", "link", "told", "cure"), WRONG)
def test_a_broken_link_is_told_with_its_cure(diagnose, pool, claims, link, told, cure):
    """The exit code is 1."""
    words, files = (), {}
    if claims is not None:
        words, files = ("--token", "@t.jwt"), {"t.jwt": token(**claims)}
    result = diagnose(*words, **pool, **files)
    state, said, mended = found(result)[link]

    assert (result.code, state) == (1, "wrong")
    assert told in said
    assert cure in mended
    assert f"Something is wrong: {link}" in result.err


def test_only_the_first_broken_link_has_its_cure(diagnose):
    """What comes later may be mended by it."""
    jwt = {"t.jwt": token(iss="https://a.example", exp=5)}
    result = diagnose("--token", "@t.jwt", **jwt)
    states = {name: state for name, (state, _, _) in found(result).items()}

    assert (states["provider"], states["token"]) == ("wrong", "wrong")
    assert result.out.count("cure: ") == 1
    assert found(result)["audience"][:1] == ("unknown",)


def test_no_token_is_shown(diagnose):
    """Neither where it is good nor where it is not."""
    for jwt in (token(), token(exp=5), "EAACEdEose0cBAopaque0secret"):
        result = diagnose("--token", "@t.jwt", "--debug", **{"t.jwt": jwt})
        assert jwt[:60] not in result.out + result.err
        assert jwt[-14:-4] not in result.out + result.err


def test_a_token_that_says_nothing_is_the_broken_link(diagnose):
    """Whose it is, it does not say."""
    result = diagnose("--token", "@t.jwt", **{"t.jwt": "opaque"})

    assert found(result)["provider"][0] == "unknown"
    assert found(result)["token"][0] == "wrong"


def test_a_document_has_every_link(cogid, diagnose):
    """For a program."""
    diagnose()
    result = cogid("doctor", "--pool", "shop2", *LOCAL, "--output", "json")

    assert [each["Name"] for each in result.json["Findings"]] == POOL_LINKS
    wrong = [each for each in result.json["Findings"] if each["State"] == "wrong"]
    assert wrong == [
        {
            "Name": "pool",
            "State": "wrong",
            "Told": "no pool is called 'shop2'",
            "Cure": wrong[0]["Cure"],
        }
    ]
    assert wrong[0]["Cure"].endswith(" shop")


def test_without_a_pool_the_configuration_is_looked_at(cogid, service):
    """Each setting with where it came from."""
    service.replies = [service.error("MissingAuthenticationTokenException", "Missing")]
    result = cogid("doctor")

    assert result.code == 0
    assert result.out == (
        "ok       profile       none\n"
        "ok       region        us-east-1, from AWS_REGION\n"
        "ok       credentials   key AKIA…MPLE, from the environment\n"
        f"ok       endpoint      {service.url}, from AWS_ENDPOINT_URL\n"
        "ok       reach         it answers\n"
        "ok       clock         it agrees with the service's to 1 s\n"
    )
    assert [each.operation for each in service.requests] == ["DescribeIdentityPool"]
    assert not service.requests[0].signed


CONFIG = {".aws/config": "[profile dev]\nregion = eu-west-1\n"}


def test_sources_are_told(cogid, service):
    """Flags, variables and profiles."""
    env = {"AWS_PROFILE": "dev", "AWS_REGION": None}
    links = found(cogid("doctor", "--endpoint-url", service.url, env=env, files=CONFIG))

    assert links["profile"][1] == "dev, from AWS_PROFILE"
    assert links["region"][1] == "eu-west-1, from profile dev"
    assert links["endpoint"][1] == f"{service.url}, from --endpoint-url"
    links = found(cogid("doctor", "--profile", "dev", "--region", "eu-west-2", files=CONFIG))
    assert links["profile"][1] == "dev, from --profile"
    assert links["region"][1] == "eu-west-2, from --region"


BROKEN = [
    # environment, words, link, what is told
    ({}, ("--profile", "gone"), "profile", "The config profile (gone) could not be found"),
    ({"AWS_REGION": None}, (), "region", "none is set"),
    ({"AWS_ACCESS_KEY_ID": None, "AWS_SECRET_ACCESS_KEY": None}, (), "credentials", "none: "),
    (
        {"AWS_MAX_ATTEMPTS": "1"},
        ("--endpoint-url", "http://127.0.0.1:9"),
        "reach",
        "Could not connect",
    ),
]


@pytest.mark.parametrize(("env", "words", "link", "told"), BROKEN)
def test_a_broken_configuration_is_told(cogid, env, words, link, told):
    """Before anything of a pool is looked at."""
    result = cogid("doctor", *words, env=env, files=CONFIG)
    state, said, cure = found(result)[link]

    assert (result.code, state) == (1, "wrong")
    assert told in said
    assert cure


def test_the_region_may_stand_in_the_pool(cogid, service):
    """As for every other command."""
    service.replies = [service.error("ResourceNotFoundException", "IdentityPool 'x' not found.")]
    pool = "eu-west-1:11a86fa8-fc2c-46da-a38b-e46762e447ed"
    links = found(cogid("doctor", "--pool", pool, env={"AWS_REGION": None}))

    assert links["region"][1] == "eu-west-1, from the pool's id"
    assert links["pool"][0] == "wrong"
    assert {request.region for request in service.requests} == {None, "eu-west-1"}


def test_what_may_not_be_looked_at_is_unknown(cogid, service):
    """It is no sign that it is wrong."""
    denied = "User: x is not authorized to perform: cognito-identity:DescribeIdentityPool"
    service.replies = [service.error("AccessDeniedException", denied)]
    pool = "us-east-1:11a86fa8-fc2c-46da-a38b-e46762e447ed"
    result = cogid("doctor", "--pool", pool)

    assert result.code == 0
    assert found(result)["pool"][:2] == (
        "unknown",
        f"may not be looked at: AccessDeniedException: {denied}",
    )


CLOCKS = [
    # seconds that the service's clock is from ours, state, what is told
    (0, "ok", "it agrees with the service's to 1 s"),
    (240, "ok", "it agrees with the service's to 240 s"),
    (400, "wrong", "this machine's is 6 min behind the service's"),
    (-4000, "wrong", "this machine's is 1 h 6 min ahead of the service's"),
]


@pytest.mark.parametrize(("seconds", "state", "told"), CLOCKS)
def test_clocks_are_compared(seconds, state, told):
    """By the Date of a reply; signatures are good for five minutes."""
    now = 1_700_000_000.0
    date = formatdate(now + seconds, usegmt=True)
    finding = doctor.compare_clocks(date, now, now)

    assert (finding.state, finding.told) == (state, told)


@pytest.mark.parametrize("date", [None, "", "yesterday", "Mon, 99 Foo 2023 99:99:99 GMT"])
def test_a_date_that_is_none_says_nothing(date):
    """What stands in between may leave it out."""
    assert doctor.compare_clocks(date, 5, 5).state == "unknown"


# --- with IAM and STS beside ------------------------------------------------------------------


@pytest.fixture(scope="module")
def served():
    """Serve the local service, with moto beside it."""
    with running() as url:
        yield url


def trust(pool_id, amr="authenticated", *actions):
    """Make the trust policy that the console makes."""
    condition = {
        "StringEquals": {"cognito-identity.amazonaws.com:aud": pool_id},
        "ForAnyValue:StringLike": {"cognito-identity.amazonaws.com:amr": amr},
    }
    statement = {
        "Effect": "Allow",
        "Principal": {"Federated": "cognito-identity.amazonaws.com"},
        "Action": ["sts:AssumeRoleWithWebIdentity", *actions],
        "Condition": condition,
    }
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]})


@pytest.fixture
def aws(served):
    """Give a client of a service that is served."""
    keys = {"aws_access_key_id": "local", "aws_secret_access_key": "local"}
    return lambda name: boto3.client(name, "us-east-1", endpoint_url=served, **keys)


@pytest.fixture
def pool_id(aws):
    """Make a pool whose users get a role that is there."""
    pool = aws("cognito-identity").create_identity_pool(
        IdentityPoolName="shop",
        AllowUnauthenticatedIdentities=False,
        CognitoIdentityProviders=[{"ProviderName": NAME, "ClientId": "app"}],
    )["IdentityPoolId"]
    aws("cognito-identity").set_identity_pool_roles(
        IdentityPoolId=pool, Roles={"authenticated": ROLE}
    )
    yield pool
    aws("cognito-identity").delete_identity_pool(IdentityPoolId=pool)


def looked_at(cogid, served, pool_id, *words):
    """Look at a pool that is served, with a user's token."""
    env = {"AWS_ENDPOINT_URL": served}
    given = ("doctor", "--pool", pool_id, "--token", "@t.jwt", *words)
    return found(cogid(*given, env=env, files={"t.jwt": token()}))


def test_a_role_and_its_trust_policy_are_looked_at(cogid, served, pool_id, aws):
    """And with --try STS says whose the credentials are."""
    links = looked_at(cogid, served, pool_id)
    assert links["role"][0] == "wrong"
    assert links["role"][1] == "there is no role user in the account of the credentials"

    aws("iam").create_role(RoleName="user", AssumeRolePolicyDocument=trust(pool_id, "unauth"))
    links = looked_at(cogid, served, pool_id)
    assert links["role"][:2] == ("ok", "user is there")
    assert links["trust policy"][0] == "wrong"
    assert "amr is ForAnyValue:StringLike unauth, but it is auth" in links["trust policy"][1]
    assert "amr is authenticated" in links["trust policy"][2]

    aws("iam").update_assume_role_policy(RoleName="user", PolicyDocument=trust(pool_id))
    links = looked_at(cogid, served, pool_id, "--try")
    assert links["trust policy"][:2] == (
        "ok",
        "it lets the pool's authenticated identities assume the role",
    )
    assert links["caller"][1] == (
        "arn:aws:sts::123456789012:assumed-role/user/CognitoIdentityCredentials"
    )

    aws("cognito-identity").set_principal_tag_attribute_map(
        IdentityPoolId=pool_id, IdentityProviderName=NAME, UseDefaults=True
    )
    links = looked_at(cogid, served, pool_id)
    assert links["trust policy"][:2] == ("wrong", "no statement in it is about sts:TagSession")
    aws("iam").update_assume_role_policy(
        RoleName="user", PolicyDocument=trust(pool_id, "authenticated", "sts:TagSession")
    )
    assert looked_at(cogid, served, pool_id)["trust policy"][0] == "ok"
