import json

import pytest

from cogid import model
from cogid.errors import UsageError
from cogid.request import Paging, build

ALL = Paging(60, None, None)
POOL = "us-east-1:p"

REQUESTS = [
    # command              flags                                        parameters, paging
    ("get-id", {"identity_pool_id": POOL}, {"IdentityPoolId": POOL}, None),
    (
        "get-id",
        {"identity_pool_id": POOL, "logins": "a=b"},
        {"IdentityPoolId": POOL, "Logins": {"a": "b"}},
        None,
    ),
    ("delete-identities", {"identity_ids_to_delete": ["a"]}, {"IdentityIdsToDelete": ["a"]}, None),
    (
        "create-identity-pool",
        {"identity_pool_name": "n", "allow_unauthenticated_identities": False},
        {"IdentityPoolName": "n", "AllowUnauthenticatedIdentities": False},
        None,
    ),
    ("list-identity-pools", {}, {}, ALL),
    ("list-identity-pools", {"page_size": 5}, {}, Paging(5, None, None)),
    (
        "list-identity-pools",
        {"max_items": 7, "starting_token": "t"},
        {},
        Paging(60, 7, "t"),
    ),
    ("list-identity-pools", {"max_results": 5}, {"MaxResults": 5}, None),
    (
        "list-identity-pools",
        {"max_results": 5, "next_token": "t"},
        {"MaxResults": 5, "NextToken": "t"},
        None,
    ),
    ("list-identity-pools", {"no_paginate": True}, {"MaxResults": 60}, None),
    ("list-identities", {"identity_pool_id": POOL}, {"IdentityPoolId": POOL}, ALL),
    (
        "list-identities",
        {"identity_pool_id": POOL, "max_results": 1},
        {"IdentityPoolId": POOL, "MaxResults": 1},
        None,
    ),
    (
        "lookup-developer-identity",
        {"identity_pool_id": POOL, "identity_id": "i"},
        {"IdentityPoolId": POOL, "IdentityId": "i"},
        ALL,
    ),
    (
        "lookup-developer-identity",
        {"identity_pool_id": POOL, "identity_id": "i", "developer_user_identifier": "d"},
        {"IdentityPoolId": POOL, "IdentityId": "i", "DeveloperUserIdentifier": "d"},
        None,
    ),
    (
        "lookup-developer-identity",
        {"identity_pool_id": POOL, "next_token": "t"},
        {"IdentityPoolId": POOL, "NextToken": "t"},
        None,
    ),
    ("get-id", {"cli_input_json": '{"IdentityPoolId": "j"}'}, {"IdentityPoolId": "j"}, None),
    ("get-id", {"cli_input_yaml": "IdentityPoolId: y"}, {"IdentityPoolId": "y"}, None),
    (
        "get-id",
        {"cli_input_json": '{"IdentityPoolId": "j", "AccountId": "1"}', "identity_pool_id": "f"},
        {"IdentityPoolId": "f", "AccountId": "1"},
        None,
    ),
    ("list-identity-pools", {"cli_input_json": "{}"}, {}, ALL._replace(by_page=True)),
    ("list-identity-pools", {"cli_input_json": '{"MaxResults": 3}'}, {"MaxResults": 3}, None),
]


def request_of(command, flags):
    """Build the request of a command."""
    return build(model.load().operations[command], flags)


@pytest.mark.parametrize(("command", "flags", "parameters", "paging"), REQUESTS)
def test_this_line_gives_these_parameters(command, flags, parameters, paging):
    """Flags become parameters; lists page unless told how many to fetch, or which page."""
    request = request_of(command, flags)

    assert (request.parameters, request.paging) == (parameters, paging)


MISSING = [
    # command, flags, what is required
    ("get-id", {}, "--identity-pool-id"),
    ("unlink-identity", {"identity_id": "i"}, "--logins, --logins-to-remove"),
    ("create-identity-pool", {}, "--identity-pool-name"),
    ("list-identities", {}, "--identity-pool-id"),
    ("list-identity-pools", {"next_token": "t"}, "--max-results"),
]


@pytest.mark.parametrize(("command", "flags", "missing"), MISSING)
def test_missing_flags_are_named(command, flags, missing):
    """Required flags that are not there are named, in the model's order."""
    with pytest.raises(UsageError) as caught:
        request_of(command, flags)

    assert caught.value.message == f"the following arguments are required: {missing}"
    assert caught.value.usage


WRONG = [
    ({"cli_input_json": "{"}, "Error parsing parameter 'cli-input-json': Invalid JSON received."),
    ({"cli_input_yaml": "a: [b"}, "Error parsing parameter 'cli-input-yaml': Invalid YAML rec"),
    ({"cli_input_json": "[]"}, "Error parsing parameter '--cli-input-json': Invalid type: expec"),
    ({"cli_input_yaml": ""}, "Error parsing parameter '--cli-input-yaml': Invalid type: expecti"),
    (
        {"cli_input_json": "{}", "cli_input_yaml": "{}"},
        "Only one --cli-input- parameter may be specified.",
    ),
    ({"cli_input_json": "file://no/such"}, "Error parsing parameter '--cli-input-json': Unable"),
]


@pytest.mark.parametrize(("flags", "message"), WRONG)
def test_input_that_is_no_object_is_refused(flags, message):
    """``--cli-input-…`` must hold one readable object."""
    with pytest.raises(UsageError) as caught:
        request_of("get-id", flags)

    assert caught.value.message.startswith(message)


@pytest.mark.parametrize(
    ("flag", "value"), [("max_results", 1), ("no_paginate", True), ("next_token", "t")]
)
def test_one_page_and_paging_do_not_go_together(flag, value):
    """Paging flags next to a flag that asks for one page are a usage error naming them."""
    flags = {"max_results": 5, flag: value, "page_size": 1, "max_items": 2}

    with pytest.raises(UsageError, match="pagination arguments: --page-size, --max-items"):
        request_of("list-identity-pools", flags)


def test_input_comes_from_a_file_in_json(tmp_path):
    """``--cli-input-json file://…`` reads the file."""
    (tmp_path / "in").write_text('{"IdentityPoolId": "f"}')

    request = request_of("get-id", {"cli_input_json": f"file://{tmp_path}/in"})

    assert request.parameters == {"IdentityPoolId": "f"}


def test_input_comes_from_a_file_in_yaml(tmp_path):
    """``--cli-input-yaml file://…`` reads the file, YAML's comments included."""
    (tmp_path / "in").write_text("# why\nIdentityPoolId: f  # which\nLogins:\n  a: b\n")

    request = request_of("get-id", {"cli_input_yaml": f"file://{tmp_path}/in"})

    assert request.parameters == {"IdentityPoolId": "f", "Logins": {"a": "b"}}


BOMB = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
    f"{name}: &{name} [{','.join([f'*{before}'] * 9)}]\n"
    for before, name in zip("abcdefgh", "bcdefghi", strict=True)
)
TOO_MUCH = [
    ("json", '{"IdentityPoolId": ' * 10_000, "nested more than 64 levels deep"),
    ("json", "[" * 300 + "]" * 300, "nested more than 64 levels deep"),
    ("yaml", "[" * 300 + "]" * 300, "nested more than 64 levels deep"),
    ("yaml", "&a [*a]", "nested more than 64 levels deep"),
    ("yaml", f"{BOMB}IdentityPoolId: *i", "its aliases stand for too many items"),
]


@pytest.mark.parametrize(("kind", "text", "complaint"), TOO_MUCH)
def test_input_that_would_exhaust_stack_or_memory_is_refused(kind, text, complaint):
    """What is nested deeply or multiplied by aliases is a usage error, and a quick one."""
    with pytest.raises(UsageError) as caught:
        request_of("get-id", {f"cli_input_{kind}": text})

    assert caught.value.message == f"Error parsing parameter '--cli-input-{kind}': {complaint}"


def test_aliases_in_yaml_are_read():
    """A value may be written once and used several times."""
    ids = ", ".join(["*one"] * 50)
    text = f"IdentityIdsToDelete: [&one {POOL}, {ids}]"
    request = request_of("delete-identities", {"cli_input_yaml": text})

    assert request.parameters == {"IdentityIdsToDelete": [POOL] * 51}


WRONG = [
    ("delete-identities", {"IdentityIdsToDelete": 5}, "IdentityIdsToDelete", "list"),
    ("delete-identities", {"IdentityIdsToDelete": POOL}, "IdentityIdsToDelete", "list"),
    ("delete-identities", {"IdentityIdsToDelete": [POOL, 5]}, "IdentityIdsToDelete[1]", "str"),
    ("get-id", {"IdentityPoolId": None}, "IdentityPoolId", "str"),
    ("get-id", {"IdentityPoolId": POOL, "Logins": ["a"]}, "Logins", "dict"),
    ("list-tags-for-resource", {"ResourceArn": {"a": POOL}}, "ResourceArn", "str"),
]


@pytest.mark.parametrize(("command", "given", "name", "wanted"), WRONG)
def test_a_value_of_the_wrong_type_is_named(command, given, name, wanted):
    """It is complained of in botocore's words, with no region needed for that."""
    with pytest.raises(UsageError) as caught:
        request_of(command, {"cli_input_json": json.dumps(given)})

    assert caught.value.message.startswith(
        f"Parameter validation failed:\nInvalid type for parameter {name}, value: "
    )
    assert f"valid types: <class '{wanted}'>" in caught.value.message


def test_a_value_of_the_wrong_type_is_found_before_a_missing_region(cogid):
    """What is wrong with the line counts first, as in the reference."""
    words = ["--cli-input-json", '{"IdentityIdsToDelete": 5}']

    assert cogid("delete-identities", *words, env={"AWS_REGION": ""}).code == 252
