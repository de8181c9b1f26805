from argparse import ArgumentTypeError

import click
import pytest

from cogid import model, options

GLOBAL = [
    "--debug",
    "--endpoint-url",
    "--no-verify-ssl",
    "--no-paginate",
    "--output",
    "--query",
    "--profile",
    "--region",
    "--version",
    "--color",
    "--no-sign-request",
    "--ca-bundle",
    "--cli-read-timeout",
    "--cli-connect-timeout",
    "--cli-binary-format",
    "--no-cli-pager",
    "--cli-auto-prompt",
    "--no-cli-auto-prompt",
    "--cli-error-format",
    "--local",
    "--local-db",
]


def flags_of(command):
    """Name the flags of a command."""
    return [flag.spelling for flag in options.of_operation(model.load().operations[command])]


def test_every_global_flag_of_the_reference_is_there():
    """The global flags are the reference's and those of the local service."""
    assert {flag.spelling for flag in options.GLOBAL} >= set(GLOBAL)


def test_an_operation_has_its_members_then_the_input_flags():
    """Members come in the model's order."""
    assert flags_of("get-id") == [
        "--account-id", "--identity-pool-id", "--logins",
        "--cli-input-json", "--cli-input-yaml", "--generate-cli-skeleton",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "command", ["list-identity-pools", "list-identities", "lookup-developer-identity"]
)
def test_lists_have_the_paging_flags(command):
    """All three lists page, whatever the model declares."""
    assert flags_of(command)[-3:] == ["--starting-token", "--page-size", "--max-items"]


def test_what_is_no_list_has_no_paging_flags():
    """A single reply is not paged."""
    assert "--page-size" not in flags_of("list-tags-for-resource")


def test_the_words_a_flag_takes_follow_from_its_shape():
    """Booleans take none, in two spellings; lists take many, all others one."""
    flags = options.of_operation(model.load().operations["create-identity-pool"])
    takes = {flag.spelling: (flag.takes, flag.off) for flag in flags}

    assert takes["--allow-unauthenticated-identities"] == (
        options.NONE,
        "--no-allow-unauthenticated-identities",
    )
    assert takes["--saml-provider-arns"] == (options.MANY, "")
    assert takes["--identity-pool-name"] == (options.ONE, "")
    assert takes["--supported-login-providers"] == (options.ONE, "")
    assert takes["--generate-cli-skeleton"] == (options.MAYBE, "")


def test_a_number_of_a_member_may_stand_in_a_file():
    """A member's words may name files; the flags of cogid itself take none."""
    flags = options.of_operation(model.load().operations["list-identity-pools"])
    read = {flag.spelling: flag.read for flag in flags}

    assert read["--max-results"]("file://n") == "file://n"
    with pytest.raises(ArgumentTypeError, match="invalid int value: 'file://n'"):
        read["--page-size"]("file://n")


@pytest.mark.parametrize("command", model.load().operations)
def test_every_flag_is_a_click_option_that_says_what_it_is(command):
    """Whatever reads click's tree finds the flag, its key, its kind and its description."""
    for flag in options.of_operation(model.load().operations[command]):
        assert isinstance(flag, click.Option)
        assert flag.opts == [flag.spelling]
        assert flag.name == flag.spelling.lstrip("-").replace("-", "_")
        assert flag.is_flag is (flag.takes == options.NONE)
        assert flag.multiple is (flag.takes == options.MANY)
        assert len(flag.description) > 10


def test_flags_know_who_completes_them():
    """An id is proposed from the pools there are, but a new pool's provider from nowhere."""
    update = options.of_operation(model.load().operations["update-identity-pool"])
    create = options.of_operation(model.load().operations["create-identity-pool"])
    found = {flag.spelling: flag.completer for flag in update}

    assert found["--identity-pool-id"] == "pools"
    assert found["--developer-provider-name"] == "developer-provider"
    assert {flag.spelling: flag.completer for flag in create}["--developer-provider-name"] == ""


@pytest.mark.parametrize("command", model.load().operations)
def test_no_two_flags_of_a_command_share_a_key(command):
    """A member never hides a global flag, or the other way round."""
    flags = [*options.of_operation(model.load().operations[command]), *options.GLOBAL]
    keys = [flag.name for flag in flags]

    assert len(keys) == len(set(keys))


SECONDS = ["--cli-read-timeout", "--cli-connect-timeout", "--page-size", "--max-items"]


@pytest.mark.parametrize("spelling", SECONDS)
@pytest.mark.parametrize("word", ["2147483648", "-2147483648", "9" * 30])
def test_a_number_that_nothing_can_have_is_refused(spelling, word):
    """What would overflow a clock is a mistake of the command line, told with the flag."""
    flags = (*options.GLOBAL, *options.PAGING)
    read = {flag.spelling: flag.read for flag in flags}[spelling]

    assert read("2147483647") == 2147483647
    with pytest.raises(ArgumentTypeError, match=f"{word} is out of range: at most 2147483647"):
        read(word)


def test_numbers_of_members_are_for_the_service_to_judge():
    """A newer service may take more."""
    flags = options.of_operation(model.load().operations["list-identities"])

    assert {flag.spelling: flag.read for flag in flags}["--max-results"]("9" * 30) == int("9" * 30)
