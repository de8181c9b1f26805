"""The values that are looked up when TAB is pressed: found, cached, and never in the way."""

import json
import os
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest

from cogid import cache
from cogid.completion import asking, live, sources
from cogid.local import handle
from cogid.local.service.operations import OPERATIONS
from cogid.private_files import CACHE, user_folder

ROOT = Path(__file__).parent.parent
HEAVY = {"boto3", "botocore", "urllib3", "rich", "yaml", "click", "moto"}
PROGRAM = (sys.executable, "-X", "importtime", "-m", "cogid")
ASKED = {
    "pools": ("describe-identity-pool", "--identity-pool-id"),
    "pool-arns": ("list-tags-for-resource", "--resource-arn"),
    "tag-keys": ("untag-resource", "--tag-keys"),
}
POOLS = {"IdentityPools": [{"IdentityPoolId": "us-east-1:1", "IdentityPoolName": "shop"}]}
PROVIDER = "cognito-idp.us-east-1.amazonaws.com/us-east-1_pool"


@pytest.fixture
def ask(program):
    """Ask as fish does for what a source has, on a line with other words; gives what is printed."""

    def run(source, *words, **more):
        command, flag = ASKED[source]
        line = " ".join(["cogid", command, *words, flag])
        result = program("completion", "fish", "--complete", "1", stdin=f"{line} \0\0\0", **more)
        assert (result.code, result.err) == (0, "")
        return [tuple(line.split("\t")) for line in result.out.splitlines()]

    return run


@pytest.fixture
def local(tmp_path):
    """Make a state file with two pools and what belongs to them; gives the way to ask it."""
    db = tmp_path / "local.db"

    def call(operation, **parameters):
        return handle(operation, parameters, "us-east-1", db=db)

    pool = call(
        "CreateIdentityPool",
        IdentityPoolName="shop",
        AllowUnauthenticatedIdentities=True,
        DeveloperProviderName="login.dev",
        SupportedLoginProviders={"accounts.google.com": "app"},
        CognitoIdentityProviders=[{"ProviderName": PROVIDER, "ClientId": "client"}],
        OpenIdConnectProviderARNs=["arn:aws:iam::123456789012:oidc-provider/oidc.example.com"],
        IdentityPoolTags={"team": "1", "my key": "2"},
    )["IdentityPoolId"]
    role = {"authenticated": "arn:aws:iam::123456789012:role/user"}
    call("SetIdentityPoolRoles", IdentityPoolId=pool, Roles=role)
    guest = call("GetId", IdentityPoolId=pool)["IdentityId"]
    user = call(
        "GetOpenIdTokenForDeveloperIdentity", IdentityPoolId=pool, Logins={"login.dev": "ann"}
    )["IdentityId"]
    environ = {"COGID_LOCAL": "1", "COGID_LOCAL_DB": str(db)}
    return pool, guest, user, lambda source, **flags: live.values(source, "", flags, environ)


def test_pools_have_their_names(local):
    """An id says little to people, a name does."""
    pool, _, _, values = local

    assert values("pools") == [(pool, "shop")]


def test_resources_are_pools_by_their_arns(local):
    """ARNs are made of the pool, its region and the account."""
    pool, _, _, values = local

    arn = f"arn:aws:cognito-identity:us-east-1:123456789012:identitypool/{pool}"
    assert values("pool-arns") == [(arn, "shop")]


def test_identities_of_the_pool_that_was_given(local):
    """Identities are told apart by their logins."""
    pool, guest, user, values = local

    assert values("identities", identity_pool_id=pool) == [(guest, "guest"), (user, "login.dev")]


@pytest.mark.parametrize("form", ["{}", "arn:aws:cognito-identity:us-east-1:1:identitypool/{}"])
def test_a_pool_is_known_by_the_flag_of_creds(local, form):
    """--pool takes an id or an ARN; a name would have to be looked up first."""
    pool, guest, user, values = local

    assert values("identities", pool=form.format(pool)) == [(guest, "guest"), (user, "login.dev")]
    assert ("accounts.google.com=", "public provider") in values("login-keys", pool=pool)


def test_identities_of_all_pools_where_none_can_be_given(local):
    """Describe-identity takes no pool: the first pools are looked through."""
    _, guest, user, values = local

    assert values("identities") == [(guest, "guest in shop"), (user, "login.dev in shop")]


def test_what_hangs_on_a_pool(local):
    """Providers, the names of logins and role mappings, and the developer provider."""
    pool, _, _, values = local
    line = {"identity_pool_id": pool}
    arn = "arn:aws:iam::123456789012:oidc-provider/oidc.example.com"

    assert values("developer-provider", **line) == [("login.dev", "the pool's own logins")]
    assert [value for value, _ in values("providers", **line)] == [
        PROVIDER,
        "accounts.google.com",
        arn,
    ]
    assert [value for value, _ in values("login-keys", **line)] == [
        f"{PROVIDER}=",
        "accounts.google.com=",
        "oidc.example.com=",
        "login.dev=",
    ]
    assert [value for value, _ in values("mapping-keys", **line)] == [
        f"{PROVIDER}:client=",
        "accounts.google.com=",
        f"{arn}=",
    ]


def test_roles_with_the_names_of_their_pools(local):
    """The roles that pools have are proposed, with whose they are."""
    _, _, _, values = local

    assert values("roles") == [("arn:aws:iam::123456789012:role/user", "authenticated in shop")]


def test_tag_keys_and_linked_logins(local):
    """What can be taken off is what is there."""
    pool, _, user, values = local
    arn = f"arn:aws:cognito-identity:us-east-1:123456789012:identitypool/{pool}"

    assert values("tag-keys", resource_arn=arn) == [("team", ""), ("my key", "")]
    assert values("linked-logins", identity_id=user) == [("login.dev", "")]


@pytest.mark.parametrize("source", ["profiles", *sources.SOURCES, "no-such-source"])
def test_nothing_is_made_by_looking(source, tmp_path):
    """A state file that is not there is not made, and whatever is missing means no proposals."""
    db = tmp_path / "folder" / "local.db"

    found = live.values(source, "", {"local": True, "local_db": str(db)}, {"HOME": str(tmp_path)})

    assert found == []
    assert list(tmp_path.iterdir()) == []


def test_an_empty_file_is_left_alone(tmp_path):
    """A file that is no state file yet is not made one by a TAB."""
    db = tmp_path / "local.db"
    db.touch()

    assert live.values("pools", "", {"local": True, "local_db": str(db)}, {}) == []
    assert db.read_bytes() == b""


def test_profiles_of_both_files(tmp_path):
    """Profiles are read from configuration and credentials; a broken file has none."""
    folder = tmp_path / ".aws"
    folder.mkdir()
    (folder / "config").write_text("[default]\n[profile 'my dev']\n")
    (folder / "credentials").write_text("[ci]\n")

    found = live.values("profiles", "", {}, {"HOME": str(tmp_path)})
    assert found == [("default", ""), ("my dev", ""), ("ci", "")]
    (folder / "config").write_text("what is this")
    assert live.values("profiles", "", {}, {"HOME": str(tmp_path)}) == []


def test_control_characters_reach_no_shell(ask, service):
    """A value that holds one is left out, a description is cleaned; both stay on their line."""
    named = [("us-east-1:1", "a\tb\nc\x1b[31m\u202e"), ("us-east-1:2\n", "x")]
    service.replies = [
        {"IdentityPools": [{"IdentityPoolId": a, "IdentityPoolName": b} for a, b in named]}
    ]

    assert ask("pools") == [("us-east-1:1", "a b c [31m")]


def test_the_line_says_where_to_look(ask, service):
    """Endpoint and region flags of the line lead the request."""
    service.replies = [POOLS]

    found = ask(
        "pools",
        *("--endpoint-url", service.url, "--region=eu-west-1"),
        env={"AWS_ENDPOINT_URL": None},
    )
    assert found == [("us-east-1:1", "shop")]
    assert service.requests[0].region == "eu-west-1"


def test_all_pages_of_pools(ask, service):
    """Pools beyond the first page are there as well."""
    more = {"IdentityPools": [{"IdentityPoolId": "us-east-1:2", "IdentityPoolName": "b"}]}
    service.replies = [{**POOLS, "NextToken": "t"}, more]

    assert [value for value, _ in ask("pools")] == ["us-east-1:1", "us-east-1:2"]


def test_arns_take_the_account_from_sts(ask, service):
    """The account is asked for once, at the same endpoint."""
    caller = (
        '<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">'
        "<GetCallerIdentityResult><Arn>arn:aws:iam::210987654321:user/u</Arn>"
        "<Account>210987654321</Account></GetCallerIdentityResult></GetCallerIdentityResponse>"
    )
    service.replies = [POOLS, service.reply(raw=caller.encode())]

    arn = "arn:aws:cognito-identity:us-east-1:210987654321:identitypool/us-east-1:1"
    assert ask("pool-arns") == [(arn, "shop")]
    assert len(service.requests) == 2


def test_an_answer_is_kept_for_a_minute(ask, service, tmp_path):
    """The second TAB sends nothing, one for another region does; nobody else reads the files."""
    service.replies = [POOLS]

    assert ask("pools") == ask("pools") == ask("pools", "--output", "text")
    assert len(service.requests) == 1
    ask("pools", "--region", "eu-west-1")
    ask("pools", env={"AWS_ACCESS_KEY_ID": "ANOTHER"})
    assert len(service.requests) == 3
    folder = tmp_path / ".cache" / "cogid"
    files = list(folder.iterdir())
    assert [stat.S_IMODE(each.stat().st_mode) for each in files] == [0o600] * 3
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    for file in files:
        kept = json.loads(file.read_text())
        file.write_text(json.dumps({**kept, "made": time.time() - 61}))
    ask("pools")
    assert len(service.requests) == 4


def test_changed_configuration_is_another_question(ask, service):
    """After the configuration was edited nothing old is shown."""
    service.replies = [POOLS]
    ask("pools")

    ask("pools", files={".aws/config": "[default]\nregion = eu-west-1\n"})
    assert len(service.requests) == 2


@pytest.mark.parametrize("spoilt", [b"", b"{", b"[]", b"\xff", b'{"made": "x"}', b"null"])
def test_a_spoilt_cache_is_as_good_as_none(ask, service, tmp_path, spoilt):
    """What cannot be read is fetched again."""
    service.replies = [POOLS]
    ask("pools")
    (file,) = (tmp_path / ".cache" / "cogid").iterdir()
    file.write_bytes(spoilt)

    assert ask("pools") == [("us-east-1:1", "shop")]
    assert len(service.requests) == 2


def test_a_cache_that_cannot_be_written_is_done_without(ask, service):
    """A file where the folder should be stops nothing."""
    service.replies = [POOLS]

    assert ask("pools", files={".cache": "a file"}) == [("us-east-1:1", "shop")]


def test_the_cache_keeps_no_secrets(ask, service, tmp_path):
    """Tag values, keys, and what stands on the line stay out of the cache."""
    service.replies = [{"Tags": {"team": "a-secret-value"}}]

    found = ask(
        "tag-keys",
        *("--resource-arn", "arn:aws:cognito-identity:us-east-1:123456789012:identitypool/p"),
        *("--logins", "accounts.google.com=a-secret-token"),
    )
    assert found == [("team", "")]
    (file,) = (tmp_path / ".cache" / "cogid").iterdir()
    text = file.read_text() + file.name
    assert "secret" not in text
    assert "AKIA" not in text


def test_local_answers_are_not_cached(tmp_path):
    """The state file is as quick as a cache, and never old."""
    db = tmp_path / "local.db"
    environ = {"HOME": str(tmp_path), "COGID_LOCAL": "yes", "COGID_LOCAL_DB": str(db)}
    new = {"IdentityPoolName": "new", "AllowUnauthenticatedIdentities": True}
    for count in (1, 2):
        handle("CreateIdentityPool", new, db=db)
        assert len(live.values("pools", "", {}, environ)) == count
    assert not (tmp_path / ".cache").exists()


@pytest.mark.parametrize(
    ("platform", "environ", "folder"),
    [
        ("linux", {"HOME": "/h"}, "/h/.cache/cogid"),
        ("linux", {"HOME": "/h", "XDG_CACHE_HOME": "/c"}, "/c/cogid"),
        ("linux", {"HOME": "/h", "XDG_CACHE_HOME": "relative"}, "/h/.cache/cogid"),
        ("darwin", {"HOME": "/h"}, "/h/Library/Caches/cogid"),
        ("win32", {"HOME": "/h", "LOCALAPPDATA": "/l"}, "/l/cogid"),
        ("win32", {"HOME": "/h"}, "/h/AppData/Local/cogid"),
    ],
)
def test_where_the_cache_is(platform, environ, folder):
    """The cache is where the platform keeps such files."""
    assert user_folder(CACHE, environ, platform) == folder


def test_old_answers_are_cleared_away(tmp_path):
    """The cache does not grow: what is an hour old goes when something new comes."""
    kept = cache.Cache({"XDG_CACHE_HOME": str(tmp_path)})
    kept.put("old", 1)
    (old,) = (tmp_path / "cogid").iterdir()
    (tmp_path / "cogid" / "of-somebody-else").touch()
    for file in (tmp_path / "cogid").iterdir():
        os.utime(file, (1, 1))
    kept.put("new", 2)

    assert (kept.get("old"), kept.get("new")) == (None, 2)
    assert not old.exists()
    assert (tmp_path / "cogid" / "of-somebody-else").exists()


FAILURES = [
    {"AWS_ENDPOINT_URL": "http://127.0.0.1:1"},
    {"AWS_ENDPOINT_URL": "not a url"},
    {"AWS_ACCESS_KEY_ID": None, "AWS_SECRET_ACCESS_KEY": None},
    {"AWS_REGION": None},
    {"AWS_PROFILE": "no-such-profile"},
    {"AWS_CONFIG_FILE": "/dev/full", "AWS_SHARED_CREDENTIALS_FILE": "/"},
    {"AWS_CA_BUNDLE": "/no/such/bundle", "AWS_ENDPOINT_URL": "https://127.0.0.1:1"},
]


@pytest.mark.parametrize("env", FAILURES)
def test_failures_are_silent(ask, env):
    """No network, credentials, region or profile: no proposals, no message, exit code 0."""
    assert ask("pools", env=env) == []


@pytest.mark.parametrize(
    "reply",
    [
        {"IdentityPools": None},
        {"IdentityPools": [{}]},
        {},
    ],
)
def test_strange_replies_are_silent(ask, service, reply):
    """A reply that makes no sense proposes nothing."""
    service.replies = [reply]

    assert ask("pools") == []


def test_a_refusal_is_silent_and_final(ask, service):
    """An error is not printed, and not tried again."""
    service.replies = [service.error("TooManyRequestsException", "slow down", 429)]

    assert ask("pools") == []
    assert len(service.requests) == 1


def test_a_slow_service_is_not_waited_for(ask, service):
    """After a second and a half the person goes on typing without proposals."""
    service.replies = [service.reply(POOLS, sleep=5)]
    start = time.monotonic()

    assert ask("pools") == []
    assert time.monotonic() - start < 4


def test_what_came_in_time_is_shown(ask, service):
    """Of many pages, those that were there when time was up."""
    service.replies = [{**POOLS, "NextToken": "t"}, service.reply(POOLS, sleep=5)]

    assert ask("pools") == [("us-east-1:1", "shop")]


def test_the_local_service_is_asked_what_it_would_answer_itself():
    """The functions called are those that the service calls for the operations."""
    for operation, (module, name) in asking.READERS.items():
        function = OPERATIONS[operation]
        assert (function.__module__, function.__name__) == (f"cogid.local.service.{module}", name)


def test_nobody_is_asked_for_a_code(ask, service):
    """A profile that takes a code from a device has no live values, instead of a prompt."""
    config = (
        "[profile mfa]\nrole_arn = arn:aws:iam::1:role/r\nsource_profile = base\n"
        "[profile base]\nmfa_serial = arn:aws:iam::1:mfa/m\n"
    )

    assert ask("pools", "--profile", "mfa", files={".aws/config": config}) == []
    assert service.requests == []


@pytest.fixture
def loaded_by(environ, tmp_path):
    """Name the modules that the program loads for a TAB at the end of a line."""

    def run(line, **env):
        found = subprocess.run(
            [*PROGRAM, "completion", "fish", "--complete", "1"],
            check=True,
            capture_output=True,
            cwd=tmp_path,
            env={**environ, **env, "PYTHONPATH": str(ROOT)},
            input=f"cogid {line}\0\0\0".encode(),
        )
        names = {line.rpartition("|")[2].strip() for line in found.stderr.decode().splitlines()}
        return found.stdout.decode(), names

    return run


def test_a_static_tab_loads_next_to_nothing(loaded_by):
    """Commands, flags and choices cost a table that is read, and four small modules."""
    line = "get-id --color "
    loaded_by(line)  # makes the table, where another botocore is installed

    out, names = loaded_by(line)
    assert out == "on\talways\noff\tnever\nauto\ton a terminal\n"
    assert names & (HEAVY | {"argparse", "typing", "pathlib", "hashlib"}) == set()
    assert {name for name in names if name.startswith("cogid.completion.")} == {
        f"cogid.completion.{name}" for name in ("candidates", "line", "protocol", "table")
    }
    assert len(names) < 75


def test_a_tab_from_the_cache_loads_next_to_nothing(loaded_by, service):
    """Neither botocore nor click is loaded where the answer is in the cache."""
    service.replies = [POOLS]
    line = "get-id --identity-pool-id "
    loaded_by(line)

    out, names = loaded_by(line)
    assert out == "us-east-1:1\tshop\n"
    assert names & HEAVY == set()
    assert len(names) < 110


def test_a_local_tab_loads_next_to_nothing(loaded_by, local, tmp_path):
    """The local service is called as a function: no botocore, no click, no HTTP."""
    pool = local[0]
    db = str(tmp_path / "local.db")

    out, names = loaded_by("get-id --identity-pool-id ", COGID_LOCAL="1", COGID_LOCAL_DB=db)
    assert out == f"{pool}\tshop\n"
    assert names & (HEAVY | {"http.client", "http.server", "ssl"}) == set()
    assert len(names) < 130


def test_profiles_load_next_to_nothing(loaded_by):
    """For the names of profiles two files are read."""
    _, names = loaded_by("--profile ")

    assert names & (HEAVY | {"sqlite3", "cogid.model"}) == set()
    assert len(names) < 110
