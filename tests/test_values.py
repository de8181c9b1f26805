import pytest

from cogid import model
from cogid.errors import UsageError
from cogid.values import converted, number, typed


def shape(command, member):
    """Give the shape of an operation's member."""
    return model.load().operations[command].input.members[member]


STRING = shape("get-id", "IdentityPoolId")
INTEGER = shape("list-identities", "MaxResults")
BOOLEAN = shape("list-identities", "HideDisabled")
MAP = shape("get-id", "Logins")
LIST = shape("delete-identities", "IdentityIdsToDelete")
STRUCTURES = shape("create-identity-pool", "CognitoIdentityProviders")
ROLES = shape("set-identity-pool-roles", "RoleMappings")

RULE = "{Claim=dept,MatchType=Equals,Value=x,RoleARN=arn:r}"
RULES = {
    "Type": "Rules",
    "RulesConfiguration": {
        "Rules": [{"Claim": "dept", "MatchType": "Equals", "Value": "x", "RoleARN": "arn:r"}]
    },
}

VALUES = [
    # shape      words                             value
    (STRING, "us-east-1:a", "us-east-1:a"),
    (STRING, "", ""),
    (STRING, "{not json", "{not json"),
    (STRING, "[", "["),
    (STRING, "a=b", "a=b"),
    (INTEGER, "60", 60),
    (INTEGER, "-1", -1),
    (MAP, "graph.facebook.com=1", {"graph.facebook.com": "1"}),
    (MAP, '{"graph.facebook.com": "1"}', {"graph.facebook.com": "1"}),
    (MAP, ' {"a": "1"}', {"a": "1"}),
    (MAP, "{}", {}),
    (MAP, "a=1,b=2", {"a": "1", "b": "2"}),
    (MAP, "a=true", {"a": "true"}),
    (LIST, ["a", "b"], ["a", "b"]),
    (LIST, ["a"], ["a"]),
    (LIST, [], []),
    (LIST, ['["a", "b"]'], ["a", "b"]),
    (LIST, ["a,b"], ["a,b"]),
    (STRUCTURES, ["ProviderName=a"], [{"ProviderName": "a"}]),
    (
        STRUCTURES,
        ["ProviderName=a,ServerSideTokenCheck=true", "ProviderName=b,ServerSideTokenCheck=FALSE"],
        [
            {"ProviderName": "a", "ServerSideTokenCheck": True},
            {"ProviderName": "b", "ServerSideTokenCheck": False},
        ],
    ),
    (STRUCTURES, ['{"ProviderName": "a"}', "ProviderName=b"], [
        {"ProviderName": "a"}, {"ProviderName": "b"}]),
    (STRUCTURES, ['[{"ProviderName": "a"}]'], [{"ProviderName": "a"}]),
    (
        ROLES,
        f"p={{Type=Rules,RulesConfiguration={{Rules=[{RULE}]}}}}",
        {"p": RULES},
    ),
]  # fmt: skip


@pytest.mark.parametrize(("shape", "words", "value"), VALUES)
def test_words_give_the_value_of_their_shape(shape, words, value):
    """Words become what the member takes, from JSON, shorthand or as they stand."""
    assert typed(shape, words, "--flag") == value


UNREADABLE = [
    (INTEGER, "abc", "argument --flag: invalid int value: 'abc'"),
    (INTEGER, "", "argument --flag: invalid int value: ''"),
    (INTEGER, "1.5", "argument --flag: invalid int value: '1.5'"),
    (MAP, "{", "Error parsing parameter '--flag': Invalid JSON: "),
    (MAP, '["a"]', "Error parsing parameter '--flag': Invalid JSON:\n"),
    (MAP, "a", "Error parsing parameter '--flag': Expected: '=', received: 'EOF'"),
    (LIST, ["[a"], "Error parsing parameter '--flag': Invalid JSON: "),
    (STRUCTURES, ["ProviderName"], "Error parsing parameter '--flag': Expected: '='"),
    (STRING, "file://no/such", "Error parsing parameter '--flag': Unable to load paramfile"),
]


@pytest.mark.parametrize(("shape", "words", "message"), UNREADABLE)
def test_what_cannot_be_read_names_its_flag(shape, words, message):
    """Words that are no value of the shape are a usage error that says where."""
    with pytest.raises(UsageError) as caught:
        typed(shape, words, "--flag")

    assert caught.value.message.startswith(message)


@pytest.mark.parametrize("text", ["7", "+7", " 7 ", "007"])
def test_a_whole_number_may_be_written_in_several_ways(text):
    """What Python's int takes is what the reference takes."""
    assert number(text, "--page-size") == 7


FROM_FILES = [
    # shape      content                       value
    (STRING, "text\n", "text\n"),
    (INTEGER, "60\n", 60),
    (MAP, '{"a": "1"}', {"a": "1"}),
    (MAP, "a=1", {"a": "1"}),
    (LIST, '["a", "b"]', ["a", "b"]),
    (LIST, "a", ["a"]),
    (STRUCTURES, '[{"ProviderName": "a"}]', [{"ProviderName": "a"}]),
]


@pytest.mark.parametrize(("shape", "content", "value"), FROM_FILES)
def test_a_file_holds_what_could_stand_in_its_place(tmp_path, shape, content, value):
    """``file://`` gives its content, which is then read as the words would be."""
    (tmp_path / "value").write_text(content)
    word = f"file://{tmp_path}/value"

    assert typed(shape, [word] if shape.type == "list" else word, "--flag") == value


def test_a_file_is_no_value_among_several_words():
    """Only a list's lone word is looked for in a file, as in the reference."""
    assert typed(LIST, ["file://no/such", "b"], "--flag") == ["file://no/such", "b"]


def test_a_key_of_shorthand_may_read_its_value_from_a_file(tmp_path):
    """``key@=file://…`` puts the file's content under the key."""
    (tmp_path / "token").write_text("s3cret,=")

    assert typed(MAP, f"a@=file://{tmp_path}/token", "--logins") == {"a": "s3cret,="}


def test_bytes_of_a_file_are_no_map(tmp_path):
    """``fileb://`` for anything but a string is a usage error that says what to do."""
    (tmp_path / "m").write_text("{}")

    with pytest.raises(UsageError, match="use file:// for text"):
        typed(MAP, f"fileb://{tmp_path}/m", "--flag")


def test_bytes_of_a_file_go_to_the_validation_of_a_string(tmp_path):
    """``fileb://`` for a string stays bytes, for botocore to refuse by name."""
    (tmp_path / "m").write_bytes(b"\xff")

    assert typed(STRING, f"fileb://{tmp_path}/m", "--flag") == b"\xff"


CONVERTED = [
    (BOOLEAN, "True", True),
    (BOOLEAN, "yes", "yes"),
    (INTEGER, "5", 5),
    (INTEGER, "x", "x"),
    (LIST, "a", ["a"]),
    (STRUCTURES, {"a": "b"}, {"a": "b"}),
    (STRING, ["a"], ["a"]),
    (STRUCTURES, [{"ServerSideTokenCheck": "true", "Other": "1"}],
     [{"ServerSideTokenCheck": True, "Other": "1"}]),
]  # fmt: skip


@pytest.mark.parametrize(("shape", "value", "expected"), CONVERTED)
def test_strings_of_shorthand_get_their_types_where_they_fit(shape, value, expected):
    """What does not fit stays as it is, for the validation to name by its full path."""
    assert converted(shape, value) == expected


DEEP = [
    (MAP, "{" * 10_000),
    (MAP, '{"a":' * 10_000),
    (MAP, '{"a":' * 300 + "1" + "}" * 300),
    (LIST, ["[" * 10_000]),
    (MAP, "a=" + "[" * 10_000),
    (MAP, "{a=" * 10_000),
    (MAP, "a=" + "{b=" * 10_000),
    (ROLES, "a=" + "{b=" * 300 + "c" + "}" * 300),
]


@pytest.mark.parametrize(("shape", "words"), DEEP, ids=range(len(DEEP)))
def test_deep_nesting_is_a_usage_error_that_names_the_flag(shape, words):
    """Nothing that is typed or read from a file overflows the stack."""
    with pytest.raises(UsageError, match=r"^Error parsing parameter '--flag': "):
        typed(shape, words, "--flag")


@pytest.mark.parametrize("levels", [64, 65])
def test_nesting_has_a_bound(levels):
    """Far more levels are read than any value has."""
    text = '{"a": ' * (levels - 1) + "{}" + "}" * (levels - 1)
    if levels > 64:
        with pytest.raises(UsageError, match="nested more than 64 levels deep"):
            typed(MAP, text, "--flag")
    else:
        assert typed(MAP, text, "--flag")
