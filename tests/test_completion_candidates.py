"""What is proposed where: a line with its cursor in, candidates out."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cogid.completion import candidates, line, table

TABLE = json.loads(Path(table.PREPARED).read_text())
LIVE = {
    "pools": [("us-east-1:1", "shop"), ("us-east-1:2", "garage")],
    "identities": [("us-east-1:a", "guest"), ("us-east-1:b", "guest")],
    "profiles": [("dev", "")],
    "login-keys": [("login.dev=", "the pool's own logins")],
    "mapping-keys": [("login.dev=", "")],
    "roles": [("arn:role", "authenticated in shop")],
    "files": [("folder/", ""), ("token.txt", "")],
}


def proposed(text, asked=None):
    """Give what is proposed at the bar in a line; notes in ``asked`` what is looked up."""
    head, _, tail = text.partition("|")

    def look_up(source, typed, flags):
        if asked is not None:
            asked.append((source, typed, flags))
        return LIVE.get(source, [])

    return candidates.find(TABLE, line.split(f"cogid {head}", tail, "bash", {}), look_up)


def words(text):
    """Give the words that are proposed and begin as what was typed."""
    typed = line.split(f"cogid {text.partition('|')[0]}", "", "bash", {}).current
    return [word for word, _ in proposed(text) if word.startswith(typed)]


PROPOSED = [
    # line, | is the cursor                                 candidates
    ("describe-identity-p|", ["describe-identity-pool"]),
    ("--output json get-identity-pool-r|", ["get-identity-pool-roles"]),
    ("--outp|", ["--output"]),
    ("--output tab|", ["table"]),
    ("--output=tab|", ["--output=table"]),
    ("get-id --outp=tab|", ["--outp=table"]),
    ("--cli-error-format leg|", ["legacy"]),
    ("--region sa-|", ["sa-east-1"]),
    ("--profile |", ["dev"]),
    ("--profile=|", ["--profile=dev"]),
    ("--query |", []),
    ("get-id --nonsense x|", []),
    ("get-id --generate-cli-skeleton |", ["input", "yaml-input", "output"]),
    ("update-identity-pool --no-allow-cl|", ["--no-allow-classic-flow"]),
    ("get-id --max-it|", []),
    # words after a command
    ("help que|", ["query"]),
    ("help get-identity-pool-r|", ["get-identity-pool-roles"]),
    ("help query --outp|", ["--output"]),
    ("local |", ["serve", "env", "path", "reset"]),
    ("local env --she|", ["--shell"]),
    ("local env --shell pow|", ["powershell"]),
    ("local serve --outp|", ["--output"]),
    ("local no-such --quer|", ["--query"]),
    ("completion z|", ["zsh"]),
    ("get-id word|", []),
    # pools and identities
    ("get-id --identity-pool-id |", ["us-east-1:1", "us-east-1:2"]),
    ("get-id --identity-pool-id=us|", [f"--identity-pool-id=us-east-1:{n}" for n in "12"]),
    ("delete-identities --identity-ids-to-delete us-east-1:a |", ["us-east-1:b"]),
    ("delete-identities --identity-ids-to-delete | us-east-1:a", ["us-east-1:b"]),
    ("create-identity-pool --developer-provider-name |", []),
    # files
    ("--local-db |", ["folder/", "token.txt"]),
    ("--ca-bundle=to|", ["--ca-bundle=token.txt"]),
    ("get-id --cli-input-json |", ["file://"]),
    ("get-id --cli-input-json fi|", ["file://"]),
    ("get-id --cli-input-json fileb|", ["fileb://"]),
    ("get-id --cli-input-json file://to|", ["file://token.txt"]),
    ("get-id --logins=fileb://to|", ["--logins=fileb://token.txt"]),
    ("get-id --identity-pool-id f|", ["file://"]),
    ("get-id --identity-pool-id x|", []),
    ("list-identities --max-results f|", []),
    # shorthand
    ("set-identity-pool-roles --roles |", ["authenticated=", "unauthenticated=", "file://"]),
    ("set-identity-pool-roles --roles authenticated=|", ["authenticated=arn:role"]),
    ("set-identity-pool-roles --roles authenticated=x,|", ["authenticated=x,unauthenticated="]),
    ("set-identity-pool-roles --role-mappings lo|", ["login.dev="]),
    ("set-identity-pool-roles --role-mappings 'a={Type=To|", ["a={Type=Token"]),
    (
        "set-identity-pool-roles --role-mappings 'a={Type=Token,A|",
        ["a={Type=Token,AmbiguousRoleResolution="],
    ),
    (
        "set-identity-pool-roles --role-mappings 'a={RulesConfiguration={Rules=[{Cl|",
        ["a={RulesConfiguration={Rules=[{Claim="],
    ),
    (
        "set-identity-pool-roles --role-mappings 'a={Type=Token},lo|",
        ["a={Type=Token},login.dev="],
    ),
    (
        "create-identity-pool --cognito-identity-providers ClientId=x,ServerSideTokenCheck=f|",
        ["ClientId=x,ServerSideTokenCheck=false"],
    ),
    ("get-id --logins lo|", ["login.dev="]),
    ("get-id --logins login.dev@=|", ["login.dev@=file://"]),
    ("get-id --logins login.dev@=fileb|", ["login.dev@=fileb://"]),
    ("get-id --logins login.dev@=file://to|", ["login.dev@=file://token.txt"]),
    ("local serve --trust https://issuer=to|", ["https://issuer=token.txt"]),
    # JSON
    ("get-id --logins '{|", []),
    ("""get-id --logins '{"lo|""", []),
    ("untag-resource --tag-keys '[|", []),
]


@pytest.mark.parametrize(("text", "expected"), PROPOSED)
def test_what_can_stand_at_the_cursor_is_proposed(text, expected):
    """Commands, flags, values, files and what is inside shorthand, each where it can stand."""
    assert words(text) == expected


def test_commands_come_first():
    """A line without a command is proposed commands, with what they do."""
    rows = dict(proposed("|"))

    assert rows["get-id"] == "Get the identity of a user or guest"
    assert {"help", "local", "completion", "update-identity-pool"} <= {*rows}
    assert not [name for name in rows if " " in name or name.startswith("-")]


@pytest.mark.parametrize("text", ["get-id |", "get-id --|", "get-id --no-paginate |"])
def test_own_flags_come_before_the_global_ones(text):
    """After a command its flags are proposed, then those that every command takes."""
    names = [name for name, _ in proposed(text)]

    assert names[:3] == ["--account-id", "--identity-pool-id", "--logins"]
    assert names.index("--generate-cli-skeleton") < names.index("--debug")
    assert "--max-items" not in names


GIVEN = [
    # line                                                      not proposed
    ("get-id --output json |", "--output"),
    ("get-id --output=json |", "--output"),
    ("get-id --outp json |", "--output"),
    ("get-id | --output json", "--output"),
    ("update-identity-pool --allow-classic-flow --|", "--no-allow-classic-flow"),
    ("update-identity-pool --no-allow-classic-flow --|", "--allow-classic-flow"),
    ("get-id --no-verify-ssl |", "--no-verify-ssl"),
    # Of two lists the last one counts, as of all flags: a second one would undo the first.
    ("untag-resource --tag-keys a --|", "--tag-keys"),
]


@pytest.mark.parametrize(("text", "flag"), GIVEN)
def test_a_flag_is_not_proposed_twice(text, flag):
    """What stands on the line, on either side of the cursor, is left out."""
    names = [name for name, _ in proposed(text)]

    assert flag not in names
    assert "--region" in names


def test_a_flag_that_may_be_repeated_is_proposed_again():
    """Each --trust of the local service names another issuer."""
    assert "--trust" in dict(proposed("local serve --trust a=b --|"))


BETWEEN = [
    # line                                  proposed at the cursor
    ("get-id | --region x", "--identity-pool-id"),
    ("--output | --region x", "table"),
    ("| get-id", "describe-identity-pool"),
    ("get-id --generate-cli-skeleton | --region x", "yaml-input"),
]


@pytest.mark.parametrize(("text", "expected"), BETWEEN)
def test_between_two_blanks_an_empty_word_is_completed(text, expected):
    """Nothing of the word behind the cursor counts as typed."""
    assert expected in dict(proposed(text))


def test_no_flag_is_proposed_where_a_value_is_wanted():
    """A dash after a flag that takes a word is the beginning of that word."""
    assert proposed("get-id --query -|") == []


ASKED = [
    # line                                                                flags looked up with
    ("lookup-developer-identity --identity-pool-id P --identity-id |", {"identity_pool_id": "P"}),
    ("lookup-developer-identity --identity-id us| --identity-pool-id P", {"identity_pool_id": "P"}),
    ("lookup-developer-identity --identity-id=us| --identity-pool-id=P", {"identity_pool_id": "P"}),
    ("describe-identity --identity-id | --local --region=x", {"local": True, "region": "x"}),
    ("--reg eu-west-1 describe-identity --identity-id |", {"region": "eu-west-1"}),
    ("describe-identity --region x --region y --identity-id |", {"region": "y"}),
    ("describe-identity --identity-id | --region", {}),
    ("describe-identity --identity-id | word --local", {"local": True}),
]


@pytest.mark.parametrize(("text", "flags"), ASKED)
def test_live_values_are_looked_up_with_the_whole_line(text, flags):
    """Pool, region and the like are seen before the cursor and behind it."""
    asked = []
    proposed(text, asked)

    assert [(source, given) for source, _, given in asked] == [("identities", flags)]


def test_files_are_looked_up_by_what_was_typed_of_them():
    """What stands before a file's name is no part of it."""
    asked = []
    proposed("get-id --logins login.dev@=file://folder/to|", asked)

    assert [(source, typed) for source, typed, _ in asked] == [("files", "folder/to")]


PARTS = st.sampled_from(
    ["get-id", "local", "serve", "--logins", "--output", "=", "a@=", "{", "[", ",", "}", "-", "--"]
)


@given(st.lists(PARTS | st.just(" ")), st.lists(PARTS | st.just(" ")))
def test_no_line_is_too_strange(before, after):
    """Whatever is typed, there is an answer."""
    rows = proposed(f"{''.join(before)}|{''.join(after)}")

    assert all(isinstance(word, str) and isinstance(about, str) for word, about in rows)
