import click
import pytest

from cogid import model, options, words
from cogid.errors import UsageError

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
    return [flag.name for flag in options.of_operation(model.load().operations[command])]


def test_every_global_flag_of_the_reference_is_there():
    """The global flags are the reference's and those of the local service."""
    assert {flag.name for flag in options.GLOBAL} >= set(GLOBAL)


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
    takes = options.takes(options.of_operation(model.load().operations["create-identity-pool"]))

    assert takes["--allow-unauthenticated-identities"] == words.NONE
    assert takes["--no-allow-unauthenticated-identities"] == words.NONE
    assert takes["--saml-provider-arns"] == words.MANY
    assert takes["--identity-pool-name"] == words.ONE
    assert takes["--supported-login-providers"] == words.ONE
    assert takes["--generate-cli-skeleton"] == words.MAYBE


FLAGS = [
    options.Flag("--format", words.ONE, "", ("json", "text")),
    options.Flag("--max-items", words.ONE, "", is_number=True),
    options.Flag("--yes", words.NONE, "", off_name="--no-yes"),
    options.Flag("--ids", words.MANY, ""),
    options.Flag("--sample", words.MAYBE, "", ("input",)),
]

CHECKED = [
    # given                                   values
    ({"--format": "json"}, {"format": "json"}),
    ({"--max-items": "7"}, {"max_items": 7}),
    ({"--max-items": "-7"}, {"max_items": -7}),
    ({"--max-items": "file://n"}, {"max_items": "file://n"}),
    ({"--yes": None}, {"yes": True}),
    ({"--no-yes": None}, {"yes": False}),
    ({"--yes": None, "--no-yes": None}, {"yes": False}),
    ({"--no-yes": None, "--yes": None}, {"yes": True}),
    ({"--ids": ["a"]}, {"ids": ["a"]}),
    ({"--sample": None}, {"sample": True}),
    ({"--sample": "input"}, {"sample": "input"}),
    ({}, {}),
]


@pytest.mark.parametrize(("given", "values"), CHECKED)
def test_words_become_the_values_of_flags(given, values):
    """Numbers are numbers, switches say yes or no, and what was not given is not there."""
    assert options.checked(FLAGS, given) == values


WRONG = [
    ({"--format": "xml"}, "--format: Found invalid choice 'xml'; choose from json, text"),
    ({"--max-items": "abc"}, "--max-items: invalid int value: 'abc'"),
    ({"--max-items": ""}, "--max-items: invalid int value: ''"),
    ({"--sample": "x"}, "--sample: Found invalid choice 'x'; choose from input"),
]


@pytest.mark.parametrize(("given", "message"), WRONG)
def test_a_wrong_word_names_its_flag(given, message):
    """A choice that is none and a number that is none are usage errors."""
    with pytest.raises(UsageError) as caught:
        options.checked(FLAGS, given)

    assert caught.value.message == f"argument {message}"


@pytest.mark.parametrize("command", model.load().operations)
def test_click_knows_every_flag_by_the_key_of_its_value(command):
    """Each flag of each command is one click option, under its own key."""
    flags = [*options.of_operation(model.load().operations[command]), *options.GLOBAL]
    declared = options.click_options(flags)

    assert [each.name for each in declared] == [flag.key for flag in flags]
    assert all(isinstance(each, click.Option) for each in declared)


@pytest.mark.parametrize("command", model.load().operations)
def test_no_two_flags_of_a_command_share_a_key(command):
    """A member never hides a global flag, or the other way round."""
    flags = [*options.of_operation(model.load().operations[command]), *options.GLOBAL]
    keys = [flag.key for flag in flags]

    assert len(keys) == len(set(keys))
