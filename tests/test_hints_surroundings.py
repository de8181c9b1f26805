"""Region, credentials and the way to the service: the literal hint for each trouble."""

import io

import pytest

from cogid.app import App
from cogid.argv import parse
from cogid.cli import Cogid
from cogid.errors import CogidError
from cogid.hints import hint_for_surroundings
from cogid.terminal import Terminal

AWAY = "http://127.0.0.1:1"
UNREACHED = 'Could not connect to the endpoint URL: "{}/"'
AWS = "https://cognito-identity.{}.amazonaws.com"
PROFILES = {".aws/config": f"[default]\nendpoint_url = {AWAY}\n[profile dev]\n"}


@pytest.fixture
def hint(tmp_path):
    """Give what makes the hint for a message, after a command line, in an environment."""

    def made(message, *words, code=None, files=None, **environ):
        for name, content in (files or {}).items():
            (tmp_path / name).parent.mkdir(exist_ok=True)
            (tmp_path / name).write_text(content)
        environ["HOME"] = str(tmp_path)
        app = App(Terminal(io.StringIO(), io.StringIO(), environ), environ)
        app.line = parse(["list-identity-pools", *words], Cogid())
        return hint_for_surroundings(CogidError(message, code=code), app)

    return made


def test_without_a_region_it_says_where_to_give_one(hint):
    """Flag, variable, profile and the local service are named, and the profiles there are."""
    assert hint("", code="NoRegion", files=PROFILES) == (
        "give --region or AWS_REGION, or choose a profile that has one with --profile "
        "(default, dev); --local needs no region"
    )


def test_without_credentials_it_says_where_to_give_them(hint):
    """A profile, the variables and the local service are named."""
    assert hint("", code="NoCredentials") == (
        "choose a profile with --profile, or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY; "
        "--local needs no account"
    )


@pytest.mark.parametrize(
    ("words", "environ", "source"),
    [
        (["--endpoint-url", f"{AWAY}/"], {"AWS_ENDPOINT_URL": AWAY}, "--endpoint-url"),
        ([], {"AWS_ENDPOINT_URL": AWAY}, "AWS_ENDPOINT_URL"),
        (
            [],
            {"AWS_ENDPOINT_URL": "http://a", "AWS_ENDPOINT_URL_COGNITO_IDENTITY": AWAY},
            "AWS_ENDPOINT_URL_COGNITO_IDENTITY",
        ),
        ([], {}, "endpoint_url in the profile"),
    ],
)
def test_an_address_that_does_not_answer_has_its_source_named(hint, words, environ, source):
    """Who set it can take it back; of several the one that counted."""
    assert hint(UNREACHED.format(AWAY), *words, files=PROFILES, **environ) == (
        f"the address is that of {source}; is what it names running, and on that port?"
    )


def test_services_of_a_profile_are_named(hint):
    """Their addresses stand in a section that only botocore reads."""
    files = {".aws/config": "[default]\nservices = mine\n"}

    assert hint(UNREACHED.format(AWAY), files=files) == (
        "the address may be that of the profile's services, mine"
    )


@pytest.mark.parametrize(
    ("words", "environ", "source"),
    [(["--region", "eu-west1"], {}, "--region"), ([], {"AWS_REGION": "eu-west1"}, "AWS_REGION")],
)
def test_a_region_that_does_not_exist_has_a_nearest(hint, words, environ, source):
    """The misspelt region, where it came from, and the one that was meant."""
    assert hint(UNREACHED.format(AWS.format("eu-west1")), *words, **environ) == (
        f"no region called eu-west1 ({source}) is known to have identity pools; perhaps eu-west-1"
    )


def test_a_region_that_is_no_word_has_a_nearest(hint):
    """What botocore refuses to make an address of is explained as well."""
    said = "Provided region_name 'eu west 1' doesn't match a supported format."

    assert hint(said, "--region", "eu west 1").endswith("; perhaps eu-west-1")


def test_a_region_that_exists_is_not_doubted(hint):
    """Then it is the network, or a proxy that is wanted."""
    assert hint(UNREACHED.format(AWS.format("eu-west-1")), "--region", "eu-west-1") == (
        "AWS cannot be reached from here: look at the network, or name a proxy in HTTPS_PROXY"
    )


def test_a_proxy_that_does_not_answer_has_its_variable_named(hint):
    """The variable that chose the proxy is named."""
    assert hint(f'Failed to connect to proxy URL: "{AWAY}"', HTTPS_PROXY=AWAY) == (
        "HTTPS_PROXY says to go through that proxy; NO_PROXY excepts addresses"
    )


@pytest.mark.parametrize("message", ["x", "Unable to parse config file: a", UNREACHED.format("")])
def test_other_messages_have_no_hint(hint, message):
    """What is not known is not guessed."""
    assert hint(message) is None


def test_the_program_gives_the_hint(cogid):
    """Under the reference's message, and not in structured error formats."""
    env = {"AWS_ENDPOINT_URL": AWAY, "AWS_MAX_ATTEMPTS": "1"}
    command = ("list-identity-pools", "--cli-error-format")

    assert cogid(*command, "enhanced", env=env).err == (
        f"\ncogid: [ERROR]: {UNREACHED.format(AWAY)}\nhint: the address is that of "
        "AWS_ENDPOINT_URL; is what it names running, and on that port?\n"
    )
    assert "hint" not in cogid(*command, "json", env=env).err
