import re

import pytest
from botocore import xform_name  # noqa: TID253 - the witness

from cogid import model
from cogid.errors import ConfigError

MODEL = model.load()
COMMANDS = [
    "create-identity-pool",
    "delete-identities",
    "delete-identity-pool",
    "describe-identity",
    "describe-identity-pool",
    "get-credentials-for-identity",
    "get-id",
    "get-identity-pool-roles",
    "get-open-id-token",
    "get-open-id-token-for-developer-identity",
    "get-principal-tag-attribute-map",
    "list-identities",
    "list-identity-pools",
    "list-tags-for-resource",
    "lookup-developer-identity",
    "merge-developer-identities",
    "set-identity-pool-roles",
    "set-principal-tag-attribute-map",
    "tag-resource",
    "unlink-developer-identity",
    "unlink-identity",
    "untag-resource",
    "update-identity-pool",
]


def test_every_operation_of_the_issue_is_there():
    """The commands are those of the reference, in alphabetical order."""
    assert set(COMMANDS) <= set(MODEL.operations)
    assert list(MODEL.operations) == sorted(MODEL.operations)


def test_the_operations_are_botocores(service_model):
    """No operation is missing, and none is made up."""
    assert sorted(each.name for each in MODEL.operations.values()) == sorted(
        service_model.operation_names
    )


def described(shape):
    """Say of one of cogid's shapes what botocore's must say."""
    return (
        shape.name,
        shape.type,
        list(shape.members),
        list(shape.required),
        list(shape.enum),
        shape.pattern,
        shape.min,
        shape.max,
        shape.sensitive,
        shape.documentation,
    )


def described_by_botocore(shape):
    """Say it of botocore's shape."""
    return (
        shape.name,
        shape.type_name,
        list(getattr(shape, "members", [])),
        list(getattr(shape, "required_members", [])),
        list(getattr(shape, "enum", [])),
        shape.metadata.get("pattern"),
        shape.metadata.get("min"),
        shape.metadata.get("max"),
        shape.metadata.get("sensitive", False),
        shape.documentation,
    )


def pairs(ours, theirs):
    """Walk both readings of a shape side by side."""
    yield ours, theirs
    if ours.type == "structure":
        for name in ours.members:
            yield from pairs(ours.members[name], theirs.members[name])
    elif ours.type == "list":
        yield from pairs(ours.element, theirs.member)
    elif ours.type == "map":
        yield from pairs(ours.key, theirs.key)
        yield from pairs(ours.value, theirs.value)


@pytest.mark.parametrize("command", MODEL.operations)
@pytest.mark.parametrize("side", ["input", "output"])
def test_every_shape_is_what_botocore_says(command, side, service_model):
    """Name, type, members, required ones and constraints agree, however deep."""
    operation = MODEL.operations[command]
    ours = getattr(operation, side)
    theirs = getattr(service_model.operation_model(operation.name), f"{side}_shape")
    if theirs is None:
        assert (ours.type, ours.members) == ("structure", {})
        return

    for one, other in pairs(ours, theirs):
        assert described(one) == described_by_botocore(other)


@pytest.mark.parametrize("command", MODEL.operations)
def test_commands_and_flags_are_spelled_as_botocore_spells_them(command):
    """The command line's spelling is botocore's, with dashes."""
    operation = MODEL.operations[command]

    assert command == xform_name(operation.name, "-")
    for name in operation.input.members:
        assert model.kebab(name) == xform_name(name, "-")


@pytest.mark.parametrize("command", MODEL.operations)
def test_public_operations_are_those_that_botocore_does_not_sign(command, service_model):
    """Whether a call needs credentials is what the model says."""
    operation = MODEL.operations[command]
    theirs = service_model.operation_model(operation.name)

    assert operation.public is (theirs.auth_type == "none")


def test_four_operations_are_public():
    """These are the ones that a browser may call."""
    assert [command for command, each in MODEL.operations.items() if each.public] == [
        "get-credentials-for-identity",
        "get-id",
        "get-open-id-token",
        "unlink-identity",
    ]


@pytest.mark.parametrize("command", MODEL.operations)
def test_errors_and_documentation_are_botocores(command, service_model):
    """Help tells the errors and the words of the installed model."""
    operation = MODEL.operations[command]
    theirs = service_model.operation_model(operation.name)

    assert operation.errors == [shape.name for shape in theirs.error_shapes]
    assert operation.documentation == theirs.documentation


LISTS = {
    "list-identities": "Identities",
    "list-identity-pools": "IdentityPools",
    "lookup-developer-identity": "DeveloperUserIdentifierList",
}


def test_three_operations_are_lists():
    """These page, two of them although the model does not say so."""
    items = {command: each.items for command, each in MODEL.operations.items() if each.items}

    assert items == LISTS


@pytest.mark.parametrize("command", LISTS)
def test_a_list_has_the_members_that_paging_needs(command):
    """Tokens and size go in, items and a token come out."""
    operation = MODEL.operations[command]

    assert {"NextToken", "MaxResults"} <= operation.input.members.keys()
    assert {"NextToken", operation.items} <= operation.output.members.keys()
    assert operation.output.members[operation.items].type == "list"


SPELLINGS = [
    ("GetId", "get-id"),
    ("SamlProviderARNs", "saml-provider-arns"),
    ("OpenIdConnectProviderARNs", "open-id-connect-provider-arns"),
    ("RoleARN", "role-arn"),
    ("GetOpenIdTokenForDeveloperIdentity", "get-open-id-token-for-developer-identity"),
]


@pytest.mark.parametrize(("name", "spelled"), SPELLINGS)
def test_names_are_spelled_with_dashes(name, spelled):
    """A capital begins a word, and a run of capitals is one."""
    assert model.kebab(name) == spelled


def test_a_new_operation_needs_no_change_here():
    """What a newer model brings is there by itself, with auth as newer models write it."""
    raw = {
        "operations": {
            "GetNew": {"name": "GetNew", "input": {"shape": "In"}, "auth": ["smithy.api#noAuth"]}
        },
        "shapes": {
            "In": {"type": "structure", "required": ["A"], "members": {"A": {"shape": "S"}}},
            "S": {"type": "string", "enum": ["x"]},
        },
    }
    new = model.Model(raw, {}).operations["get-new"]

    assert new.public
    assert new.input.members["A"].enum == ["x"]
    assert new.output.members == {}


def test_without_botocore_the_cure_is_named(monkeypatch):
    """A missing botocore is a configuration error that says what to install."""
    monkeypatch.setattr("sys.path", [])

    with pytest.raises(ConfigError, match=re.escape("pip install boto3")):
        model.load.__wrapped__()


def test_without_the_models_the_cure_is_named(tmp_path, monkeypatch):
    """A botocore without its data is a configuration error, too."""
    (tmp_path / "botocore").mkdir()
    (tmp_path / "botocore" / "__init__.py").touch()
    monkeypatch.setattr("sys.path", [str(tmp_path)])

    with pytest.raises(ConfigError, match="reinstall boto3"):
        model.load.__wrapped__()


def test_an_unpacked_model_is_read_as_well(tmp_path, monkeypatch):
    """Some distributions ship the model files unpacked."""
    folder = tmp_path / "botocore" / "data" / "cognito-identity" / "2014-06-30"
    folder.mkdir(parents=True)
    (tmp_path / "botocore" / "__init__.py").touch()
    (folder / "service-2.json").write_text('{"operations": {"A": {"name": "A"}}, "shapes": {}}')
    monkeypatch.setattr("sys.path", [str(tmp_path)])

    assert list(model.load.__wrapped__().operations) == ["a"]
