import io
import json
import re
import time
from operator import add

import pytest
from botocore.utils import parse_timestamp  # noqa: TID253 - the witness
from hypothesis import given
from hypothesis import strategies as st

from cogid import __version__, model, session, skeleton
from cogid.app import App
from cogid.service import Service
from cogid.settings import Settings
from cogid.terminal import Terminal

POOL = "us-east-1:6ff14fc7-6659-45c6-a972-14709c9b1e27"
DESCRIBE = ("describe-identity-pool", "--identity-pool-id", POOL)
GET_ID = ("get-id", "--identity-pool-id", POOL)
NO_KEYS = {"AWS_ACCESS_KEY_ID": None, "AWS_SECRET_ACCESS_KEY": None}
NO_REGION = {"AWS_REGION": None}
ONE_TRY = {"AWS_MAX_ATTEMPTS": "1"}
IDENTITY = {"IdentityId": POOL}

PUBLIC = [
    GET_ID,
    ("get-credentials-for-identity", "--identity-id", POOL),
    ("get-open-id-token", "--identity-id", POOL),
    ("unlink-identity", "--identity-id", POOL, "--logins", "a=b", "--logins-to-remove", "a"),
]


@pytest.mark.parametrize("words", PUBLIC)
def test_public_operations_are_not_signed(cogid, service, words):
    """What the service takes from anybody is sent without a signature."""
    service.replies = [{} if words[0] == "unlink-identity" else IDENTITY]

    assert cogid(*words).code == 0
    assert [each.signed for each in service.requests] == [False]


@pytest.mark.parametrize("words", PUBLIC)
def test_public_operations_never_look_for_credentials(cogid, service, words, tmp_path):
    """No instance metadata is asked and no credential process is run."""
    service.replies = [{} if words[0] == "unlink-identity" else IDENTITY]
    env = {
        **NO_KEYS,
        "AWS_EC2_METADATA_DISABLED": None,
        "AWS_EC2_METADATA_SERVICE_ENDPOINT": service.url,
    }
    config = f"[default]\ncredential_process = touch {tmp_path}/was-run\n"
    result = cogid(*words, env=env, files={".aws/config": config})

    assert result.code == 0
    assert len(service.requests) == 1
    assert not (tmp_path / "was-run").exists()


def test_other_operations_do_look_for_credentials(cogid, tmp_path):
    """The test before would notice: a signed operation runs the credential process."""
    config = f"[default]\ncredential_process = touch {tmp_path}/was-run\n"
    cogid(*DESCRIBE, env=NO_KEYS, files={".aws/config": config})

    assert (tmp_path / "was-run").exists()


def test_other_operations_are_signed(cogid, service):
    """Keys and region of the environment sign the request."""
    cogid(*DESCRIBE)

    assert [each[2:5] for each in service.requests] == [(True, "us-east-1", "AKIATESTEXAMPLE")]


def test_without_credentials_nothing_is_sent(cogid, service):
    """A missing key is a configuration error."""
    result = cogid(*DESCRIBE, env=NO_KEYS)

    assert result.code == 253
    assert "An error occurred (NoCredentials): Unable to locate credentials." in result.err
    assert service.requests == []


def test_no_sign_request_needs_no_credentials(cogid, service):
    """--no-sign-request sends any operation without a signature."""
    assert cogid(*DESCRIBE, "--no-sign-request", env=NO_KEYS).code == 0
    assert [each.signed for each in service.requests] == [False]


ARN = "arn:aws:cognito-identity:eu-west-3:123456789012:identitypool/eu-west-3:6ff14fc7"
REGIONS = [
    # words                                                                region
    (("describe-identity-pool", "--identity-pool-id", "eu-west-1:p"), "eu-west-1"),
    (("describe-identity", "--identity-id", "ap-south-1:i"), "ap-south-1"),
    (("delete-identities", "--identity-ids-to-delete", "us-west-2:i"), "us-west-2"),
    (("list-tags-for-resource", "--resource-arn", ARN), "eu-west-3"),
    (("list-identities", "--identity-pool-id", "eu-west-1:p"), "eu-west-1"),
]


@pytest.mark.parametrize(("words", "region"), REGIONS)
def test_the_region_is_taken_from_the_id(cogid, service, words, region):
    """With no region configured, the id or ARN says it."""
    assert cogid(*words, env=NO_REGION).code == 0
    assert [each.region for each in service.requests] == [region]


@pytest.mark.parametrize(
    ("words", "env", "config"),
    [
        (["--region", "us-west-1"], {}, ""),
        ([], {"AWS_DEFAULT_REGION": "us-west-1"}, ""),
        ([], {}, "[default]\nregion = us-west-1\n"),
    ],
)
def test_a_configured_region_is_not_overruled_by_the_id(cogid, service, words, env, config):
    """With a region configured cogid does as told, whatever the id says."""
    cogid(*DESCRIBE, *words, env={**NO_REGION, **env}, files={".aws/config": config})

    assert [each.region for each in service.requests] == ["us-west-1"]


def test_an_empty_region_flag_reaches_no_region(cogid, service):
    """``--region "$UNSET"`` must not reach a configured region (2.36.7's words)."""
    result = cogid(*DESCRIBE, "--region", "", env={"AWS_ENDPOINT_URL": None})

    assert (result.code, result.out) == (255, "")
    assert "Invalid endpoint: https://cognito-identity..amazonaws.com" in result.err
    assert service.requests == []


def test_an_empty_region_counts_as_unset(cogid, service):
    """``region =`` in a profile is no region: the id's is taken."""
    result = cogid(*DESCRIBE, env=NO_REGION, files={".aws/config": "[default]\nregion =\n"})

    assert result.code == 0
    assert [each.region for each in service.requests] == ["us-east-1"]


def test_without_any_region_the_cure_is_named(cogid, service):
    """Where no region is configured and no id has one, that is a configuration error."""
    result = cogid("list-identity-pools", env=NO_REGION)

    assert result.code == 253
    assert "An error occurred (NoRegion): You must specify a region." in result.err
    assert service.requests == []


def test_not_found_in_another_region_is_hinted_at(cogid, service):
    """When the id is of another region and the service knows nothing of it, a hint says so."""
    service.replies = [service.error("ResourceNotFoundException", "IdentityPool 'p' not found.")]
    result = cogid("describe-identity-pool", "--identity-pool-id", "eu-west-1:p")

    assert result.code == 254
    assert re.search("^hint: .*eu-west-1", result.err, re.MULTILINE)


def test_not_found_in_the_right_region_is_no_matter_of_region(cogid, service):
    """Without a difference no other region is proposed."""
    service.replies = [service.error("ResourceNotFoundException", "IdentityPool 'p' not found.")]

    assert "--region" not in cogid(*DESCRIBE).err


BROKEN = [
    # body
    b"",
    b"<html>a proxy says hello</html>",
    b'{"IdentityId": "us-ea',
    b"null",
    b"[]",
    b'"text"',
    b"\xff\xfe",
]


@pytest.mark.parametrize("body", BROKEN)
def test_a_broken_reply_is_an_error(cogid, service, body):
    """A 200 that is not the JSON object it should be is never silence and success."""
    service.replies = [service.reply(raw=body)]
    result = cogid(*GET_ID, env=ONE_TRY)

    assert (result.code, result.out) == (255, "")
    assert f"The reply to GetId is broken: {len(body)} bytes" in result.err


@pytest.mark.parametrize("status", [201, 202])
def test_a_broken_reply_of_any_success_is_an_error(cogid, service, status):
    """Whatever status botocore takes for success, a broken body is none."""
    service.replies = [service.reply(raw=b"oops", status=status)]

    assert cogid(*GET_ID, env=ONE_TRY)[:2] == (255, "")


BROKEN_ERRORS = [
    # body                              what is said of it
    (b"[]", "it is no JSON object"),
    (b'"upstream error"', "it is no JSON object"),
    (b"null", "it is no JSON object"),
    (b'{"__type": 5}', "__type is no string"),
    (b'{"message": ["no"]}', "message is no string"),
    (b'{"Message": {}}', "Message is no string"),
    (b'{"code": 5}', "code is no string"),
    (b"[" * 100_000, "it is no JSON, or nested too deeply"),
]


@pytest.mark.parametrize(("body", "said"), BROKEN_ERRORS)
@pytest.mark.parametrize("status", [300, 400, 503])
def test_an_error_that_cannot_be_read_is_told_as_one(cogid, service, body, said, status):
    """JSON that is no error of the service is not blamed on the credentials."""
    service.replies = [service.reply(raw=body, status=status)]
    result = cogid(*DESCRIBE, env=ONE_TRY)

    assert (result.code, result.out) == (255, "")
    assert f"The reply to DescribeIdentityPool is broken: {len(body)} bytes, {said}" in result.err


def test_a_redirection_is_an_error_of_the_service(cogid, service):
    """Status 300 says nothing of what went wrong: as the reference (2.36.7), exit code 254."""
    service.replies = [service.reply(raw=b"oops", status=300)]
    result = cogid(*DESCRIBE, env=ONE_TRY)

    assert (result.code, result.out) == (254, "")
    assert re.search(
        r"\(Unknown\) when calling the DescribeIdentityPool operation.*: Unknown", result.err
    )


SILENT = [
    ("delete-identity-pool", "--identity-pool-id", POOL),
    ("set-identity-pool-roles", "--identity-pool-id", POOL, "--roles", f"authenticated=arn:{POOL}"),
    ("tag-resource", "--resource-arn", POOL, "--tags", "a=b"),
    ("untag-resource", "--resource-arn", POOL, "--tag-keys", "a"),
    ("unlink-identity", "--identity-id", POOL, "--logins", "a=b", "--logins-to-remove", "a"),
]
FOREIGN = [b"<html>log in</html>", b"[1]", b"{", b'{"message": "Forbidden"}', b"\xff\xfe{\x00}\x00"]


@pytest.mark.parametrize("words", SILENT)
@pytest.mark.parametrize("body", FOREIGN)
def test_what_answers_with_nothing_takes_no_page_for_its_reply(cogid, service, words, body):
    """Status 200 with another program's body is no success of an operation without a reply."""
    service.replies = [service.reply(raw=body)]
    result = cogid(*words, env=ONE_TRY)

    assert result.code == 255
    assert f"is broken: {len(body)} bytes" in result.err


WRONG = [
    # reply                                                     what is said of it
    ({"error": "log in"}, "none of its members belongs there"),
    ({"IdentityPools": "x"}, "IdentityPools is no list"),
    ({"IdentityPools": [1]}, "IdentityPools[0] is no structure"),
    ({"IdentityPools": [None]}, "IdentityPools[0] is no structure"),
    ({"IdentityPools": [{"IdentityPoolId": 5}]}, "IdentityPools[0].IdentityPoolId is no string"),
    ({"IdentityPools": [], "NextToken": 5}, "NextToken is no string"),
]


@pytest.mark.parametrize(("body", "said"), WRONG)
def test_a_reply_of_another_form_is_an_error_that_says_where(cogid, service, body, said):
    """JSON that is not what the model describes is neither printed nor taken for no pools."""
    service.replies = [body]
    result = cogid("list-identity-pools")

    assert (result.code, result.out) == (255, "")
    assert "The reply to ListIdentityPools is broken" in result.err
    assert said in result.err


def test_a_byte_order_mark_is_no_part_of_a_reply(cogid, service):
    """Botocore reads such a reply as an empty one."""
    service.replies = [service.reply(raw=b'\xef\xbb\xbf{"IdentityPools": []}')]

    assert cogid("list-identity-pools")[:2] == (255, "")


def test_null_and_members_of_a_newer_service_are_passed_over(cogid, service):
    """A reply may say less or more than the model."""
    service.replies = [{"IdentityPools": None, "New": 1}]

    assert cogid("list-identity-pools").json == {"IdentityPools": []}


def test_a_broken_page_is_an_error(cogid, service):
    """Of a list with one broken page nothing is passed for the whole."""
    page = {"IdentityPools": [{"IdentityPoolName": "a"}], "NextToken": "t"}
    service.replies = [page, service.reply(raw=b"oops")]
    result = cogid("list-identity-pools", env=ONE_TRY)

    assert (result.code, result.out) == (255, "")
    assert "is broken" in result.err


def test_a_reply_that_is_cut_short_is_an_error(cogid, service):
    """A connection that ends before the promised length is told, with nothing printed."""
    service.replies = [service.reply({"IdentityPoolId": POOL}, cut=3)]
    result = cogid(*DESCRIBE, env=ONE_TRY)

    assert (result.code, result.out) == (255, "")
    assert "Connection was closed" in result.err


def test_a_reply_that_is_cut_short_is_asked_for_again(cogid, service):
    """As an error of the connection it is retried like others."""
    service.replies = [service.reply({"IdentityPoolId": POOL}, cut=3), {"IdentityPoolId": POOL}]

    assert cogid(*DESCRIBE).json == {"IdentityPoolId": POOL}
    assert len(service.requests) == 2


CREATE = (
    "create-identity-pool",
    "--identity-pool-name",
    "p",
    "--no-allow-unauthenticated-identities",
)


@pytest.mark.parametrize("words", [CREATE, GET_ID])
def test_what_makes_one_more_each_time_is_not_sent_again(cogid, service, words):
    """After a reply that was cut short nobody knows whether there is a pool, or a guest, now."""
    service.replies = [service.reply(IDENTITY, cut=3)]
    result = cogid(*words)

    assert (result.code, result.out, len(service.requests)) == (255, "", 1)
    assert "whether the call took effect is unknown" in result.err


def test_a_users_identity_is_asked_for_again(cogid, service):
    """With logins GetId finds the same identity twice."""
    service.replies = [service.reply(IDENTITY, cut=3), IDENTITY]

    assert cogid(*GET_ID, "--logins", "graph.facebook.com=t").json == IDENTITY


def test_a_reply_that_drips_comes_to_an_end(cogid, service):
    """A byte now and then keeps the read time-out away, but not the limit of the whole read."""
    service.replies = [service.reply({"IdentityPoolId": POOL}, drip=0.3)]
    began = time.monotonic()
    result = cogid(*DESCRIBE, "--cli-read-timeout", "1", "--cli-connect-timeout", "1", env=ONE_TRY)

    assert result.code == 255
    assert "Read timeout on endpoint URL" in result.err
    assert time.monotonic() - began < 6


def test_an_empty_reply_where_none_is_expected_is_success(cogid, service):
    """Operations that answer nothing may do so without a body."""
    service.replies = [service.reply(raw=b"")]

    assert cogid("delete-identity-pool", "--identity-pool-id", POOL) == (0, "", "")


def test_the_service_says_no(cogid, service):
    """An error of the service is printed as the reference words it, with exit code 254."""
    service.replies = [service.error("NotAuthorizedException", "Access denied")]
    result = cogid(*GET_ID)

    assert (result.code, result.out) == (254, "")
    assert result.err == (
        "\ncogid: [ERROR]: An error occurred (NotAuthorizedException) when calling the GetId "
        "operation: Access denied\n"
    )


def test_an_endpoint_that_is_not_there_is_an_error(cogid):
    """A connection that is refused exits 255 and names the address."""
    result = cogid(*GET_ID, "--endpoint-url", "http://127.0.0.1:9", env=ONE_TRY)

    assert result.code == 255
    assert 'Could not connect to the endpoint URL: "http://127.0.0.1:9/"' in result.err


def test_parameters_that_botocore_refuses_are_usage_errors(cogid, service):
    """What is checked before sending is worded as botocore words it, all at once."""
    result = cogid("get-id", "--identity-pool-id", "", "--logins", '{"a": 1}')

    assert result.code == 252
    assert "Parameter validation failed:" in result.err
    assert "Logins.a" in result.err
    assert service.requests == []


@pytest.mark.parametrize("mode", ["legacy", "standard", "adaptive"])
@pytest.mark.parametrize("where", ["environment", "profile"])
def test_every_retry_mode_works(cogid, service, mode, where):
    """All three modes of botocore retry, legacy as well."""
    service.replies = [service.error("InternalErrorException", "Oops.", status=500), IDENTITY]
    env = {"AWS_RETRY_MODE": mode} if where == "environment" else {}
    config = f"[default]\nretry_mode = {mode}\n" if where == "profile" else ""

    assert cogid(*GET_ID, env=env, files={".aws/config": config}).json == IDENTITY
    assert len(service.requests) == 2


def test_attempts_are_three_by_default(cogid, service):
    """Like AWS CLI v2, cogid tries three times, and says so."""
    service.replies = [service.error("InternalErrorException", "Oops.", status=500)]
    result = cogid(*GET_ID)

    assert result.code == 254
    assert "the GetId operation (reached max retries: 2): Oops." in result.err
    assert len(service.requests) == 3


TIMES = [
    # configuration                            printed
    ("", "2023-11-14T22:13:20+00:00"),
    ("cli_timestamp_format = iso8601", "2023-11-14T22:13:20+00:00"),
    ("cli_timestamp_format = wire", "1700000000"),
]


@pytest.mark.parametrize(("line", "printed"), TIMES)
def test_timestamps_are_printed_as_configured(cogid, service, line, printed):
    """ISO 8601 unless the profile wants what is on the wire."""
    service.replies = [{"CreationDate": 1700000000}]
    words = ["--query", "CreationDate", "--output", "text"]
    result = cogid(
        "describe-identity",
        "--identity-id",
        POOL,
        *words,
        env={"TZ": "UTC"},
        files={".aws/config": f"[default]\n{line}\n"},
    )

    assert result.out == f"{printed}\n"


@pytest.fixture
def in_zone(monkeypatch):
    """Set the time zone of the process, and set it back."""

    def switch(name):
        monkeypatch.setenv("TZ", name)
        time.tzset()

    yield switch
    monkeypatch.undo()
    time.tzset()


ZONES = ["UTC", "Europe/Berlin", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe"]
CHANGES = [1679792400, 1698541200, 1678604400, 1699164000]  # to and from summer time


@pytest.mark.parametrize("zone", ZONES)
@given(
    seconds=st.integers(0, 4_000_000_000)
    | st.floats(0, 2_000_000_000)
    | st.builds(add, st.sampled_from(CHANGES), st.integers(-7200, 7200))
)
def test_timestamps_are_those_of_botocore(in_zone, zone, seconds):
    """The quick way to write a timestamp writes what botocore's parser gives, in any zone."""
    in_zone(zone)

    assert session.iso8601(seconds) == parse_timestamp(seconds).isoformat()


def test_a_slow_reply_is_waited_for_as_long_as_asked(cogid, service):
    """--cli-read-timeout gives up after so many seconds."""
    service.replies = [service.reply(IDENTITY, sleep=1.5)]
    result = cogid(*GET_ID, "--cli-read-timeout", "1", env=ONE_TRY)

    assert result.code == 255
    assert "Read timeout on endpoint URL" in result.err


def test_the_endpoint_of_the_flag_wins(cogid, service):
    """--endpoint-url overrules the environment's."""
    service.replies = [IDENTITY]
    env = {"AWS_ENDPOINT_URL": "http://127.0.0.1:9"}

    assert cogid(*GET_ID, "--endpoint-url", service.url, env=env).code == 0


def test_a_services_section_may_name_the_endpoint(cogid, service):
    """The ways to an endpoint are botocore's own."""
    service.replies = [IDENTITY]
    config = (
        "[default]\nservices = here\n[services here]\ncognito_identity =\n"
        f"  endpoint_url = {service.url}\n"
    )

    result = cogid(*GET_ID, env={"AWS_ENDPOINT_URL": None}, files={".aws/config": config})

    assert result.code == 0
    assert len(service.requests) == 1


def test_a_profile_gives_its_keys_and_region(cogid, service):
    """--profile wins over the keys of the environment, as in the reference."""
    files = {
        ".aws/config": "[profile dev]\nregion = eu-west-1\n",
        ".aws/credentials": "[dev]\naws_access_key_id=AKIADEV\naws_secret_access_key=s\n",
    }
    cogid(*DESCRIBE, "--profile", "dev", env=NO_REGION, files=files)

    assert [each[2:5] for each in service.requests] == [(True, "eu-west-1", "AKIADEV")]


def test_a_profile_that_is_not_there_is_an_error(cogid):
    """A typo in a profile's name is told."""
    result = cogid(*DESCRIBE, "--profile", "nope")

    assert result.code == 255
    assert "The config profile (nope) could not be found" in result.err


@pytest.fixture
def door(environ, monkeypatch):
    """Open the door to the service as a command with these flags does."""

    def make(**flags):
        for name, value in environ.items():
            monkeypatch.setenv(name, value)
        app = App(Terminal(io.StringIO(), io.StringIO(), environ), environ)
        app.settings = Settings(flags, environ)
        return Service(app)

    return make


def test_each_time_out_has_its_flag(door):
    """Connecting and reading are waited for as long as each flag says; 0 is for ever."""
    first = door(cli_connect_timeout=5, cli_read_timeout=7).client("us-east-1", signed=False)
    second = door(cli_connect_timeout=0, cli_read_timeout=0).client("us-east-1", signed=False)

    assert (first.meta.config.connect_timeout, first.meta.config.read_timeout) == (5, 7)
    assert (second.meta.config.connect_timeout, second.meta.config.read_timeout) == (None, None)


MODES = [
    # environment                        one call            many calls
    ({}, ("standard", None), ("adaptive", 10)),
    ({"AWS_RETRY_MODE": "legacy"}, ("legacy", None), ("legacy", None)),
    ({"AWS_MAX_ATTEMPTS": " 2 "}, ("standard", 2), ("adaptive", 2)),
]


@pytest.mark.parametrize(("env", "one", "many"), MODES)
def test_many_calls_slow_down_together(door, environ, env, one, many):
    """One call retries as the reference's; many are patient, unless they are told how to retry."""
    environ.update(env)
    service = door()
    found = [
        service.client("us-east-1", signed=True, patient=patient).meta.config.retries
        for patient in (False, True)
    ]

    wanted = [{"mode": mode} if most is None else {"mode": mode, "total_max_attempts": most}
              for mode, most in (one, many)]  # fmt: skip
    assert found == wanted


def test_the_user_agent_is_cogids(cogid, service):
    """The service's logs tell cogid from other clients."""
    service.replies = [{}]
    cogid(*DESCRIBE)

    assert service.requests[0].headers["User-Agent"].startswith(f"cogid/{__version__} ")


def test_a_local_command_looks_for_no_credentials(cogid, tmp_path):
    """With --local no credential process is run, not even for what is signed."""
    config = f"[default]\ncredential_process = touch {tmp_path}/was-run\n"
    result = cogid("--local", "list-identity-pools", env=NO_KEYS, files={".aws/config": config})

    assert result.json == {"IdentityPools": []}
    assert not (tmp_path / "was-run").exists()


def test_a_client_is_made_once_for_a_region(door):
    """Many calls in one run share session and clients."""
    service = door()
    client = service.client("us-east-1", signed=True)

    assert service.client("us-east-1", signed=True) is client
    assert service.client("eu-west-1", signed=True).meta.region_name == "eu-west-1"
    assert service.client("us-east-1", signed=False) is not client


def test_one_call_gives_one_reply(door, service):
    """Any operation, in any region, signed or not."""
    service.replies = [{"IdentityPoolName": "p"}]
    door_ = door()
    found = [
        door_.call("DescribeIdentityPool", IdentityPoolId=POOL, region="eu-west-1"),
        door_.call("DescribeIdentityPool", IdentityPoolId=POOL, signed=False),
    ]

    assert found == [{"IdentityPoolName": "p"}] * 2
    assert [each[:4] for each in service.requests] == [
        ("DescribeIdentityPool", {"IdentityPoolId": POOL}, True, "eu-west-1"),
        ("DescribeIdentityPool", {"IdentityPoolId": POOL}, False, None),
    ]


OPERATIONS = model.load().operations
OTHERS = [
    b"<html>log in</html>",
    b'\xef\xbb\xbf{"IdentityPools": []}',
    '{"IdentityPools": []}'.encode("utf-16"),
    b"[]",
    b"[1]",
    b"null",
    b"5",
    b'"text"',
    b"{",
    b"{}{}",
    b" ",
    b"\x00",
    b"\xff",
    b"NaN",
    b'{"message": "Forbidden"}',
    b'{"error": "log in"}',
    b"[" * 100_000,
    b'{"a": ' * 5_000 + b"1" + b"}" * 5_000,
]


def filled(value):
    """Fill a sample request."""
    if isinstance(value, dict):
        return {name: filled(item) for name, item in value.items() if name != "NextToken"}
    if isinstance(value, list):
        return [filled(item) for item in value]
    return {"": "x" * 20, 0: 1}.get(value, value) if value is not True else value


def asking(command):
    """Give the words of a whole request."""
    sample = filled(json.loads(skeleton.request(OPERATIONS[command], "input")))
    if OPERATIONS[command].items:
        sample.pop("MaxResults", None)
    return (command, "--cli-input-json", json.dumps(sample))


def spoilt(shape, name=""):
    """Give values that have the form of a shape but in one place, with its path."""
    wrong = {"string": [5, {}], "list": ["x", {}], "timestamp": [[], True]}
    for value in wrong.get(shape.type, ["x", []]):
        yield name, value
    if shape.type == "structure":
        for member, inner in shape.members.items():
            for path, value in spoilt(inner, f"{name}.{member}"):
                yield path, {member: value}
    if shape.type == "list":
        for path, value in spoilt(shape.element, f"{name}[0]"):
            yield path, [value]
    if shape.type == "map":
        for path, value in spoilt(shape.value, f"{name}.k"):
            yield path, {"k": value}


@pytest.mark.parametrize("command", OPERATIONS)
def test_no_operation_takes_another_programs_reply(cogid, service, command):
    """Status 200 is no success where the body is none of the service's."""
    for body in OTHERS:
        service.requests.clear()
        service.replies = [service.reply(raw=body)]
        result = cogid(*asking(command), env=ONE_TRY)

        assert (result.code, result.out) == (255, ""), body[:50]
        assert f"The reply to {OPERATIONS[command].name} is broken" in result.err, body[:50]


@pytest.mark.parametrize("command", OPERATIONS)
def test_no_operation_prints_what_is_of_another_type(cogid, service, command):
    """Wherever in a reply a value is not what the model says, its path is told."""
    for path, body in spoilt(OPERATIONS[command].output):
        service.requests.clear()
        service.replies = [service.reply(raw=json.dumps(body).encode())]
        result = cogid(*asking(command), env=ONE_TRY)

        assert (result.code, result.out) == (255, ""), body
        assert path.removeprefix(".") in result.err, body


@pytest.mark.parametrize("text", ['"x"', '""', "1e30", "-1e30", "NaN", "Infinity", "1" * 400])
def test_a_time_that_no_clock_has_is_an_error(cogid, service, text):
    """Text may be a time, and numbers are; these are none, which is told."""
    service.replies = [service.reply(raw=f'{{"CreationDate": {text}}}'.encode())]
    result = cogid("describe-identity", "--identity-id", POOL, env=ONE_TRY)

    assert (result.code, result.out) == (255, "")
    assert "Invalid timestamp" in result.err


@pytest.mark.parametrize(
    "command", ["delete-identity-pool", "untag-resource", "describe-identity", "list-identities"]
)
def test_a_reply_that_ends_anywhere_is_none(cogid, service, command):
    """Cut in its first line, in its head, or in its body: the work is not called done."""
    output = OPERATIONS[command].output
    body = json.dumps(dict.fromkeys(output.members)) if output.members else ""
    whole = service.reply(raw=body.encode(), sent=500)
    service.replies = [whole]
    assert cogid(*asking(command), env=ONE_TRY).code == 0

    length = len(f"HTTP/1.1 200 OK\r\nContent-Length: {len(body)}\r\nX-Amz: a\r\n\r\n{body}")
    for sent in range(length):
        service.requests.clear()
        service.replies = [{**whole, "sent": sent}]
        result = cogid(*asking(command), env=ONE_TRY)

        assert (result.code, result.out) == (255, ""), sent
        assert "onnection" in result.err, sent


@pytest.mark.parametrize("sent", [12, 20, 40, 60])
def test_a_head_that_was_cut_does_not_make_two_pools(cogid, service, sent):
    """The service had answered, so the pool may be there."""
    service.replies = [service.reply(IDENTITY, sent=sent)]
    result = cogid(*CREATE)

    assert (result.code, len(service.requests)) == (255, 1)
    assert "whether the call took effect is unknown" in result.err
