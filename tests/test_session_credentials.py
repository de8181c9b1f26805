"""Where credentials come from, and where what came is kept: beside a made-up STS and portal."""

import hashlib
import json

import pytest

LIST = ("list-identity-pools", "--max-results", "5")
POOLS = {"IdentityPools": []}
NO_KEYS = {"AWS_ACCESS_KEY_ID": None, "AWS_SECRET_ACCESS_KEY": None}
ROLE = "arn:aws:iam::123456789012:role/r"
CONFIG = (
    f"[profile dev]\nrole_arn = {ROLE}\nsource_profile = src\n%s"
    "[profile src]\naws_access_key_id = AKIASRC\naws_secret_access_key = s\n"
)
PROXY = {"HTTPS_PROXY": "http://127.0.0.1:9", "NO_PROXY": "127.0.0.1"}  # to the real AWS: nobody


def issued(operation, key="AKIAROLE", expires="2099-01-01T00:00:00Z"):
    """Give what STS answers to an operation that gives credentials."""
    return (
        f'<{operation}Response xmlns="https://sts.amazonaws.com/doc/2011-06-15/">'
        f"<{operation}Result><Credentials><AccessKeyId>{key}</AccessKeyId>"
        "<SecretAccessKey>s</SecretAccessKey><SessionToken>t</SessionToken>"
        f"<Expiration>{expires}</Expiration></Credentials></{operation}Result>"
        f"</{operation}Response>"
    ).encode()


def refusal(code):
    """Give what STS answers when it says no."""
    return (
        f"<ErrorResponse><Error><Type>Sender</Type><Code>{code}</Code><Message>No.</Message>"
        "</Error><RequestId>r</RequestId></ErrorResponse>"
    ).encode()


def sha1(text):
    """Hash a text, for the name of a file."""
    return hashlib.sha1(text.encode(), usedforsecurity=False).hexdigest()


def key_of(parameters):
    """Give the name of the reference's cache file (2.36.7) for parameters of AssumeRole."""
    return sha1(json.dumps(parameters, sort_keys=True))


def cached(key="AKIACACHED", **changes):
    """Give what the reference keeps of a role."""
    kept = {"AccessKeyId": key, "SecretAccessKey": "s", "SessionToken": "t"}
    kept["Expiration"] = "2099-01-01T00:00:00UTC"
    return json.dumps({"Credentials": {**kept, **changes}, "ResponseMetadata": {}})


def at(parameters):
    """Name the file in which the reference keeps what a role gave."""
    return f".aws/cli/cache/{key_of(parameters)}.json"


@pytest.fixture
def as_role(cogid, service):
    """Run a list with a profile that assumes a role; ``lines`` are added to the profile."""

    def run(*words, lines="", files=None, sts=None, env=None, stdin=""):
        sts = service.reply(raw=issued("AssumeRole")) if sts is None else sts
        service.replies = [sts, POOLS]
        return cogid(
            *LIST,
            "--profile",
            "dev",
            *words,
            env={**NO_KEYS, **(env or {})},
            files={".aws/config": CONFIG % lines, **(files or {})},
            stdin=stdin,
        )

    return run


PARAMETERS = [
    # further lines of the profile               what the reference makes the key of
    ("", {}),
    ("external_id = ext\n", {"ExternalId": "ext"}),
    ("role_session_name = me\n", {"RoleSessionName": "me"}),
    ("duration_seconds = 900\n", {"DurationSeconds": 900}),
]


@pytest.mark.parametrize(("lines", "further"), PARAMETERS)
def test_what_a_role_gave_is_kept_where_the_reference_looks(
    as_role, service, tmp_path, lines, further
):
    """The second command finds what the first one got, under the reference's key."""
    assert as_role(lines=lines).code == 0
    assert [each.key for each in service.requests] == ["AKIASRC", "AKIAROLE"]
    kept = json.loads((tmp_path / at({"RoleArn": ROLE, **further})).read_text())
    assert kept["Credentials"]["AccessKeyId"] == "AKIAROLE"
    assert kept["Credentials"]["Expiration"] == "2099-01-01T00:00:00+00:00"

    service.requests.clear()
    assert as_role(lines=lines, sts=POOLS).code == 0
    assert [each.key for each in service.requests] == ["AKIAROLE"]


def test_what_the_reference_kept_is_used(as_role, service):
    """No MFA code is asked for as long as the reference has what came of one."""
    serial = {"RoleArn": ROLE, "SerialNumber": "arn:mfa"}
    result = as_role(lines="mfa_serial = arn:mfa\n", files={at(serial): cached()}, sts=POOLS)

    assert result.code == 0
    assert [each.key for each in service.requests] == ["AKIACACHED"]


BROKEN = ["", "{", "[]", "null", "5", '"x"', "{}", '{"Credentials": {}}', '{"Credentials": []}']
BROKEN += [cached(Expiration="x"), cached(Expiration=5), cached(AccessKeyId=None), b"\xff\xfe"]


@pytest.mark.parametrize("content", BROKEN)
def test_a_broken_file_in_the_cache_counts_as_none(as_role, service, content, tmp_path):
    """It is passed over, and written anew."""
    path = at({"RoleArn": ROLE})

    assert as_role(files={path: content}).code == 0
    assert [each.key for each in service.requests] == ["AKIASRC", "AKIAROLE"]
    assert json.loads((tmp_path / path).read_text())["Credentials"]["AccessKeyId"] == "AKIAROLE"


def test_what_is_kept_is_nobody_elses_to_read(as_role, tmp_path):
    """Credentials are written for their owner alone."""
    as_role()

    assert (tmp_path / at({"RoleArn": ROLE})).stat().st_mode & 0o77 == 0


def test_expired_credentials_are_not_used(as_role, service):
    """What is kept counts as long as it is valid."""
    as_role(files={at({"RoleArn": ROLE}): cached(Expiration="2001-01-01T00:00:00UTC")})

    assert [each.key for each in service.requests] == ["AKIASRC", "AKIAROLE"]


def test_an_error_of_sts_is_that_of_its_operation(as_role, service):
    """Who may not assume a role is told so, without advice on identity pools."""
    result = as_role(sts=service.reply(raw=refusal("AccessDenied"), status=403))

    assert (result.code, result.out) == (254, "")
    assert result.err == (
        "\ncogid: [ERROR]: An error occurred (AccessDenied) when calling the AssumeRole "
        "operation: No.\n"
    )
    assert len(service.requests) == 1


def test_a_role_needs_an_mfa_code_that_cannot_be_typed(program, service):
    """Without anybody to type it, that is an error of its own (2.36.7)."""
    result = program(
        *LIST,
        "--profile",
        "dev",
        env=NO_KEYS,
        files={".aws/config": CONFIG % "mfa_serial = arn:mfa\n"},
        start_new_session=True,
    )

    assert result.code == 255
    assert "cogid: [ERROR]: " in result.err
    assert "Traceback" not in result.err
    assert service.requests == []


WEB = {**NO_KEYS, "AWS_ROLE_ARN": ROLE}


def test_each_web_token_has_its_own_place_in_the_cache(cogid, service, tmp_path):
    """Another user's token is never given the first one's credentials."""
    used = []
    for user in ("one", "two", "one"):
        raw = issued("AssumeRoleWithWebIdentity", f"AKIA{user.upper()}")
        kept = tmp_path / at({"RoleArn": ROLE, "WebIdentityToken": f"token-{user}"})
        service.replies = [POOLS] if kept.exists() else [service.reply(raw=raw), POOLS]
        service.requests.clear()
        env = {**WEB, "AWS_WEB_IDENTITY_TOKEN_FILE": str(tmp_path / user)}
        assert cogid(*LIST, env=env, files={user: f"token-{user}"}).code == 0
        used += [each.key for each in service.requests]

    assert used == [None, "AKIAONE", None, "AKIATWO", "AKIAONE"]


START = "https://example.awsapps.com/start"
SSO = "sso_account_id = 123456789012\nsso_role_name = R\n"
LEGACY = f"[profile dev]\nsso_start_url = {START}\nsso_region = us-east-1\n{SSO}"
SESSION = (
    f"[profile dev]\nsso_session = s\n{SSO}[sso-session s]\n"
    f"sso_start_url = {START}\nsso_region = us-east-1\nsso_registration_scopes = x\n"
)
BY_PORTAL = [
    # configuration, name of the token, what the reference makes the key of
    (LEGACY, START, {"roleName": "R", "accountId": "123456789012", "startUrl": START}),
    (SESSION, "s", {"roleName": "R", "accountId": "123456789012", "sessionName": "s"}),
]
EXPIRY = 4070908800000  # as the portal writes 2099


def token(name, expires="2099-01-01T00:00:00Z"):
    """Give the file in which ``aws sso login`` keeps a token."""
    content = {"startUrl": START, "region": "us-east-1", "accessToken": "A", "expiresAt": expires}
    return {f".aws/sso/cache/{sha1(name)}.json": json.dumps(content)}


@pytest.mark.parametrize(("config", "name", "parameters"), BY_PORTAL)
def test_what_sso_gave_outlives_its_token(program, service, tmp_path, config, name, parameters):
    """The portal is asked once; then, by the reference's key, not even the token need be valid."""
    given = {"accessKeyId": "AKIASSO", "secretAccessKey": "s", "sessionToken": "t"}
    service.replies = [{"roleCredentials": {**given, "expiration": EXPIRY}}, POOLS]
    words = (*LIST, "--profile", "dev")
    first = program(*words, env=NO_KEYS, files={".aws/config": config, **token(name)})

    assert first.code == 0
    assert [each.key for each in service.requests] == [None, "AKIASSO"]
    key = sha1(json.dumps(parameters, sort_keys=True, separators=(",", ":")))
    assert (tmp_path / f".aws/cli/cache/{key}.json").exists()
    service.requests.clear()
    service.replies = [POOLS]
    expired = token(name, "2001-01-01T00:00:00Z")
    second = program(*words, env=NO_KEYS, files={".aws/config": config, **expired})

    assert second.code == 0
    assert [each.key for each in service.requests] == ["AKIASSO"]


NONSENSE = ["hello", "", "[1]", "null", '{"Version": 1, "AccessKeyId": 5, "SecretAccessKey": "s"}']


@pytest.mark.parametrize("said", NONSENSE)
def test_a_process_that_gives_something_else_is_not_blamed_on_the_service(cogid, service, said):
    """Nothing was sent, so there was no reply to complain of."""
    config = "[default]\ncredential_process = cat said\n"
    result = cogid(*LIST, env=NO_KEYS, files={".aws/config": config, "said": said})

    assert result.code == 255
    assert "What is configured to give credentials" in result.err
    assert service.requests == []


def test_a_reply_with_half_of_a_secret_is_not_repeated(as_role, service):
    """Botocore's complaint of a reply that is cut holds all of it."""
    raw = issued("AssumeRole").replace(b">s<", b">SECRET<")[:-200]
    result = as_role(sts=service.reply(raw=raw), env={"AWS_MAX_ATTEMPTS": "1"})

    assert result.code == 255
    assert "SECRET" not in result.err


ELSEWHERE = [
    # settings of other SDKs, where they may stand
    ("sts_regional_endpoints", "legacy"),
    ("sts_regional_endpoints", "bogus"),
    ("defaults_mode", "auto"),
    ("defaults_mode", "bogus"),
    ("api_versions", "text"),
]


@pytest.mark.parametrize(("name", "value"), ELSEWHERE)
@pytest.mark.parametrize("place", ["profile", "environment"])
def test_settings_that_the_reference_does_not_know_do_nothing(as_role, service, name, value, place):
    """They are other SDKs': neither an error nor another endpoint comes of them."""
    variable = {f"AWS_{name.upper()}": value} if place == "environment" else {}
    lines = f"{name} = {value}\n" if place == "profile" else ""

    assert as_role(lines=lines, env=variable).code == 0
    assert [each.region for each in service.requests] == ["us-east-1", "us-east-1"]


ARN = "arn:aws:iam::123456789012:user/me"


def signed_in(expires):
    """Give the files of an ``aws login``."""
    content = {
        "accessToken": {
            "accessKeyId": "AKIALOGIN",
            "secretAccessKey": "s",
            "sessionToken": "t",
            "accountId": "123456789012",
            "expiresAt": expires,
        },
        "tokenType": "aws_sigv4",
        "refreshToken": "r",
        "idToken": "i",
        "clientId": "c",
        "dpopKey": "k",
    }
    name = hashlib.sha256(ARN.encode()).hexdigest()
    return {
        ".aws/config": f"[default]\nlogin_session = {ARN}\n",
        f".aws/login/cache/{name}.json": json.dumps(content),
    }


def test_a_valid_login_needs_no_awscrt(cogid, service):
    """A session of ``aws login`` signs by itself; only its refresh needs another library."""
    service.replies = [POOLS]
    result = cogid(*LIST, env=NO_KEYS, files=signed_in("2099-01-01T00:00:00Z"))

    assert result.code == 0
    assert [each.key for each in service.requests] == ["AKIALOGIN"]


def test_an_expired_login_names_its_cure(program, service, tmp_path):
    """Without awscrt the session cannot be refreshed, and a command that helps is shown."""
    (tmp_path / "awscrt.py").write_text("raise ModuleNotFoundError('awscrt')\n")
    result = program(*LIST, env=NO_KEYS, files=signed_in("2001-01-01T00:00:00Z"))

    assert result.code == 253
    assert "run: " in result.err
    assert "awscrt" in result.err
    assert "sign in again: aws login" in result.err
    assert service.requests == []
