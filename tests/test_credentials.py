"""Temporary credentials: got once, kept, and never somebody else's."""

import base64
import io
import json
import time

import pytest

from cogid import credentials
from cogid.app import App
from cogid.argv import Line
from cogid.errors import ServiceError, UsageError
from cogid.local import handle
from cogid.terminal import Terminal

POOL = "us-east-1:00000000-0000-4000-8000-000000000001"
OTHER_POOL = "us-east-1:00000000-0000-4000-8000-000000000002"
GUEST = "us-east-1:00000000-0000-4000-8000-00000000000a"
SECOND = "us-east-1:00000000-0000-4000-8000-00000000000b"
ISSUER = "https://id.example.com"
ROLE = "arn:aws:iam::123456789012:role/R"
HOUR = 3600.0


def token(**claims):
    """Make a token that nobody signed."""
    parts = [{"alg": "RS256"}, {"iss": ISSUER, "sub": "ann", "aud": "app", **claims}]
    told = [
        base64.urlsafe_b64encode(json.dumps(each).encode()).decode().rstrip("=") for each in parts
    ]
    return ".".join([*told, "c2lnbmF0dXJl"])


class Clock:
    """The present, which a test moves."""

    def __init__(self):
        self.moment = float(int(time.time()))

    def __call__(self):
        """Tell the time."""
        return self.moment


@pytest.fixture
def clock():
    """Give a clock that starts now."""
    return Clock()


@pytest.fixture
def app(environ, clock, monkeypatch):
    """Make a run that asks the scripted service."""
    for name, value in environ.items():
        monkeypatch.setenv(name, value)

    def make(env=None, **flags):
        surroundings = {**environ, **(env or {})}
        made = App(Terminal(io.StringIO(), io.StringIO(), surroundings), surroundings, now=clock)
        made.line = Line(None, None, "creds", flags)
        return made

    return make


@pytest.fixture
def obtain(app):
    """Get credentials as a run of its own does."""

    def run(env=None, **flags):
        made = app(env, **{"pool": POOL, **flags})
        return credentials.obtain(made.line.flags, made)

    return run


@pytest.fixture
def issued(service, clock):
    """Make the scripted service give an identity, then credentials that live for an hour."""
    calls = []

    def answer(asked):
        service.requests.append(asked)
        calls.append(asked.operation)
        number = len(calls)
        if asked.operation == "GetId":
            return service.reply({"IdentityId": GUEST})
        if asked.operation.startswith("GetOpenIdToken"):
            return service.reply({"IdentityId": GUEST, "Token": "own"})
        if asked.operation == "GetCredentialsForIdentity":
            return service.reply(
                {
                    "IdentityId": asked.body["IdentityId"],
                    "Credentials": {
                        "AccessKeyId": f"ASIA{number}",
                        "SecretKey": "secret",
                        "SessionToken": "session",
                        "Expiration": clock() + HOUR,
                    },
                }
            )
        return service.reply()

    service.answer = answer
    yield service
    del service.answer


def operations(service):
    """Name the calls that were made."""
    return [each.operation for each in service.requests]


ONCE = ["GetId", "GetCredentialsForIdentity"]


def test_credentials_are_got_in_one_step(obtain, issued, clock):
    """The identity first, then its credentials."""
    found = obtain()

    assert found == ("ASIA2", "secret", "session", clock() + HOUR, GUEST)
    assert operations(issued) == ONCE
    assert not any(each.signed for each in issued.requests)


def test_they_are_kept(obtain, issued):
    """The next run asks nobody."""
    assert obtain() == obtain()
    assert operations(issued) == ONCE


def test_they_are_got_anew_before_they_expire(obtain, issued, clock):
    """Five minutes before; the guest stays the same one."""
    first = obtain()
    clock.moment += HOUR - 301
    assert obtain() == first

    clock.moment += 2
    assert obtain() != first
    assert operations(issued) == [*ONCE, "GetCredentialsForIdentity"]


@pytest.mark.usefixtures("issued")
def test_the_time_they_must_live_can_be_chosen(obtain, clock):
    """--min-ttl takes the place of the five minutes."""
    first = obtain()
    clock.moment += HOUR - 20

    assert obtain(min_ttl=10) == first
    assert obtain(min_ttl=30) != first


DIFFERENT = [
    {"pool": OTHER_POOL},
    {"token": token()},
    {"token": token(sub="bob")},
    {"token": token(iss="https://other.example.com")},
    {"token": token(**{"cognito:preferred_role": ROLE})},
    {"login": ["facebook=EAAx"]},
    {"login": ["facebook=EAAy"]},
    {"role_arn": ROLE},
    {"identity_id": SECOND},
    {"env": {"AWS_ENDPOINT_URL_COGNITO_IDENTITY": "the service"}},
]


def test_each_wish_has_credentials_of_its_own(obtain, issued):
    """Another pool, user, role, identity or endpoint never gets what is kept for the first."""
    seen = {obtain().access_key_id}
    for each in DIFFERENT:
        env = each.get("env") and {"AWS_ENDPOINT_URL_COGNITO_IDENTITY": f"{issued.url}/"}
        flags = {name: value for name, value in each.items() if name != "env"}
        made = obtain(env=env, **flags).access_key_id
        assert made not in seen
        seen.add(made)
        assert obtain(env=env, **flags).access_key_id == made


@pytest.mark.usefixtures("issued")
def test_another_token_of_the_same_user_is_the_same_user(obtain):
    """Tokens come and go; what they say of the user is what counts."""
    first = obtain(token=token(exp=1, jti="a"))

    assert obtain(token=token(exp=2, jti="b")) == first


@pytest.mark.usefixtures("issued")
def test_no_login_token_is_kept(obtain, tmp_path):
    """Not whole, not in part: neither of a JWT nor of an opaque one."""
    jwt = token()
    obtain(token=jwt)
    obtain(login=["facebook=EAAsecretsecretsecret"])

    kept = [each.read_text() for each in tmp_path.rglob("*") if each.is_file()]
    assert len(kept) >= 2
    for secret in (*jwt.split("."), "EAAsecretsecretsecret"):
        assert not any(secret in each for each in kept)


def test_without_the_cache_nothing_is_kept_or_used(obtain, issued):
    """But there is no new guest each time."""
    kept = obtain()
    first, second = obtain(no_cache=True), obtain(no_cache=True)

    assert len({kept.access_key_id, first.access_key_id, second.access_key_id}) == 3
    assert obtain() == kept
    assert operations(issued).count("GetId") == 1


BROKEN = ["", "{}", '{"access_key_id": 5}', "[]", '{"expires": "x"}']


@pytest.mark.usefixtures("issued")
@pytest.mark.parametrize("content", BROKEN)
def test_a_broken_file_counts_as_none(obtain, tmp_path, content):
    """Credentials are got again, and the guest is, too."""
    obtain()
    for each in (*tmp_path.rglob("credentials/*"), *tmp_path.rglob("guests/*")):
        each.write_text(content)

    assert obtain().access_key_id == "ASIA4"
    assert obtain().access_key_id == "ASIA4"


@pytest.mark.usefixtures("issued")
def test_a_missing_member_counts_as_none(obtain, tmp_path):
    """Half of the credentials are no use."""
    obtain()
    (path,) = [each for each in tmp_path.rglob("credentials/*") if each.suffix != ".lock"]
    kept = json.loads(path.read_text())
    path.write_text(json.dumps({**kept, "session_token": ""}))

    assert obtain().access_key_id == "ASIA3"


def test_forgetting_takes_one_pool_or_all(obtain, issued, app):
    """Credentials and guest: the next run begins anew."""
    obtain()
    obtain(pool=OTHER_POOL)

    assert credentials.forget(app(), POOL) == 2
    obtain(pool=OTHER_POOL)
    assert operations(issued) == [*ONCE, *ONCE]
    assert credentials.forget(app(), None) == 2
    obtain()
    assert operations(issued)[4:] == ONCE


def test_the_region_is_the_pools(obtain, issued):
    """Whatever region is configured: a pool is in one only."""
    obtain(env={"AWS_REGION": "eu-west-1"}, developer="login.dev=ann")

    assert [(each.operation, each.region) for each in issued.requests] == [
        ("GetOpenIdTokenForDeveloperIdentity", "us-east-1"),
        ("GetCredentialsForIdentity", None),
    ]


WRONG = [
    ({"pool": ""}, "required: --pool"),
    ({"classic": True}, "--classic: it needs --role-arn"),
    ({"duration": 900}, "--duration: it needs --classic"),
    ({"session_name": "x"}, "--session-name: it needs --classic"),
    ({"developer": "ann", "token": token()}, "--developer: not together with --token"),
    ({"developer": "ann", "login": ["google=x"]}, "--developer: not together with --login"),
    ({"min_ttl": -1}, "--min-ttl: seconds are 0 or more"),
]


@pytest.mark.parametrize(("flags", "told"), WRONG)
def test_flags_that_do_not_go_together_cost_no_call(obtain, service, flags, told):
    """The flag that is wrong is named."""
    with pytest.raises(UsageError, match=told):
        obtain(**flags)
    assert service.requests == []


class Local:
    """The local service on a file of the test's own."""

    def __init__(self, db):
        self.db = db
        self.pool = self("CreateIdentityPool", **self.POOL)["IdentityPoolId"]
        roles = dict.fromkeys(("authenticated", "unauthenticated"), ROLE)
        self("SetIdentityPoolRoles", IdentityPoolId=self.pool, Roles=roles)

    POOL = {  # noqa: RUF012
        "IdentityPoolName": "shop",
        "AllowUnauthenticatedIdentities": True,
        "AllowClassicFlow": True,
        "DeveloperProviderName": "login.dev",
        "OpenIdConnectProviderARNs": ["arn:aws:iam::123456789012:oidc-provider/id.example.com"],
    }

    def __call__(self, operation, **parameters):
        """Call an operation."""
        return handle(operation, parameters, "us-east-1", db=self.db)

    def identities(self):
        """List the pool's identities."""
        return self("ListIdentities", IdentityPoolId=self.pool, MaxResults=60)["Identities"]


@pytest.fixture
def local(tmp_path):
    """Make the local service with a pool that takes everybody."""
    return Local(tmp_path / "local.db")


@pytest.fixture
def locally(local, obtain):
    """Get credentials of the local service's pool."""

    def run(**flags):
        return obtain(**{"pool": local.pool, "local": True, "local_db": str(local.db), **flags})

    return run


def test_a_guest_that_was_deleted_is_replaced(local, locally):
    """A kept id that the service does not know any more is no dead end."""
    first = locally().identity_id
    local("DeleteIdentities", IdentityIdsToDelete=[first])
    second = locally(no_cache=True).identity_id

    assert second != first
    assert locally(no_cache=True).identity_id == second
    assert [each["IdentityId"] for each in local.identities()] == [second]


def test_a_user_signs_in_by_a_token(local, locally):
    """The identity has the provider of the token."""
    found = locally(token=token(exp=time.time() + 60))

    (identity,) = local.identities()
    assert identity["IdentityId"] == found.identity_id
    assert identity["Logins"] == ["id.example.com"]


@pytest.mark.parametrize("user", ["ann", "login.dev=ann"])
def test_a_developers_user_signs_in(local, locally, user):
    """With the provider or without: the pool says what it is called."""
    first = locally(developer=user)

    assert locally(developer=user, no_cache=True).identity_id == first.identity_id
    assert [each["Logins"] for each in local.identities()] == [["login.dev"]]


def test_the_services_own_token_says_whose_it_is(local, locally):
    """What a backend got for its user is used as it is."""
    made = local(
        "GetOpenIdTokenForDeveloperIdentity", IdentityPoolId=local.pool, Logins={"login.dev": "ann"}
    )

    assert locally(token=made["Token"]).identity_id == made["IdentityId"]


def test_the_classic_way_leads_over_sts(locally):
    """A token of the service for the role that was named, for as long as was asked."""
    found = locally(classic=True, role_arn=ROLE, duration=900, session_name="me")

    assert abs(found.expires - time.time() - 900) < 60
    assert locally(classic=True, role_arn=ROLE, duration=900, session_name="me") == found


def test_what_the_service_refuses_is_raised_and_not_kept(locally):
    """An expired token today is a valid one tomorrow."""
    for _ in range(2):
        with pytest.raises(ServiceError, match="expired"):
            locally(token=token(exp=1))
    assert locally(token=token(exp=time.time() + 60)).identity_id


MOMENTS = [
    (1795548436.0, 1795548436.0),
    (1795548436, 1795548436.0),
    ("2026-11-24T19:27:16Z", 1795548436.0),
    ("2026-11-24T20:27:16+01:00", 1795548436.0),
    ("2026-11-24T19:27:16", 1795548436.0),
]


@pytest.mark.parametrize(("value", "moment"), MOMENTS)
def test_every_form_of_a_time_is_read(value, moment):
    """As numbers and as text, whatever cli_timestamp_format says."""
    assert credentials._moment(value) == moment  # noqa: SLF001


def test_twenty_processes_make_one_guest(program, service):
    """One asks, the others wait and take what it got."""
    service.replies = [
        service.reply({"IdentityId": GUEST}, sleep=0.3),
        {
            "IdentityId": GUEST,
            "Credentials": {
                "AccessKeyId": "ASIA1",
                "SecretKey": "secret",
                "SessionToken": "session",
                "Expiration": time.time() + HOUR,
            },
        },
    ]
    words = ("creds", "--pool", POOL, "--format", "json")
    running = [program.started(*words) for _ in range(20)]
    found = [each.communicate(timeout=60) for each in running]

    assert {json.loads(out)["AccessKeyId"] for out, _ in found} == {"ASIA1"}
    assert operations(service) == ONCE
