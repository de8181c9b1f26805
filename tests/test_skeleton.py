import json

import pytest
from botocore.validate import ParamValidator  # noqa: TID253 - the witness

from cogid import model
from cogid.output import yaml_text
from cogid.skeleton import replies, request

OPERATIONS = model.load().operations


def filled(value):
    """Fill the empty strings and zeros of a sample, which are for a person to fill."""
    if isinstance(value, dict):
        return {key: filled(item) for key, item in value.items()}
    if isinstance(value, list):
        return [filled(item) for item in value]
    return {"": "x" * 20, 0: 1}.get(value, value) if not isinstance(value, bool) else value


@pytest.mark.parametrize("command", OPERATIONS)
def test_an_empty_request_filled_in_is_a_valid_request(command, service_model):
    """Every member is there, of a type that botocore's validator takes."""
    shape = service_model.operation_model(OPERATIONS[command].name).input_shape
    sample = json.loads(request(OPERATIONS[command], "input"))

    assert list(sample) == list(shape.members if shape else [])
    if shape:
        assert not ParamValidator().validate(filled(sample), shape).has_errors()


@pytest.mark.parametrize("command", OPERATIONS)
def test_both_kinds_of_empty_request_say_the_same(command):
    """The commented YAML reads to what the JSON holds."""
    from_yaml = yaml_text.load(request(OPERATIONS[command], "yaml-input")) or {}

    assert from_yaml == json.loads(request(OPERATIONS[command], "input"))


def test_required_members_say_so():
    """A comment stands at each member, and marks what is required."""
    assert request(OPERATIONS["get-id"], "yaml-input").splitlines()[1] == (
        "IdentityPoolId: '' # [REQUIRED] An identity pool ID in the format REGION."
    )


def test_an_enumeration_lists_its_values():
    """A member with a few values names them."""
    assert "Valid values are: Token, Rules." in request(
        OPERATIONS["set-identity-pool-roles"], "yaml-input"
    )


def same_form(sample, shape):
    """Tell whether a sample has the form of botocore's shape."""
    if shape.type_name == "structure":
        return list(sample) == list(shape.members) and all(
            same_form(sample[name], member) for name, member in shape.members.items()
        )
    if shape.type_name == "list":
        return len(sample) == 1 and same_form(sample[0], shape.member)
    if shape.type_name == "map":
        return len(sample) == 1 and all(same_form(item, shape.value) for item in sample.values())
    kinds = {"boolean": bool, "integer": int, "long": int}
    return isinstance(sample, kinds.get(shape.type_name, str))


@pytest.mark.parametrize("command", OPERATIONS)
def test_a_sample_reply_has_the_form_of_a_reply(command, service_model):
    """Every member that the service can answer with is in the sample, with its type."""
    shape = service_model.operation_model(OPERATIONS[command].name).output_shape
    (sample,) = replies(OPERATIONS[command])

    assert same_form(sample, shape) if shape else sample == {}


@pytest.mark.parametrize("command", OPERATIONS)
@pytest.mark.parametrize("output", ["json", "text", "table", "yaml", "yaml-stream"])
def test_a_sample_reply_works_for_every_operation(command, output, cogid, service):
    """``--generate-cli-skeleton output`` needs a whole request, and works in any format."""
    given = json.dumps(filled(json.loads(request(OPERATIONS[command], "input"))))
    words = ("--cli-input-json", given, "--generate-cli-skeleton", "output", "--output", output)
    result = cogid(command, *words)

    assert (result.code, result.err) == (0, "")
    assert bool(result.out) == bool(OPERATIONS[command].output.members)
    assert service.requests == []


REFUSED = [
    # words                                              what is said
    ((), 'Missing required parameter in input: "IdentityPoolId"'),
    (
        ("--cli-input-json", '{"IdentityPoolID": "x"}'),
        'Unknown parameter in input: "IdentityPoolID"',
    ),
    (("--cli-input-json", '{"IdentityPoolId": 5}'), "Invalid type for parameter IdentityPoolId"),
    (("--identity-pool-id", ""), "Invalid length for parameter IdentityPoolId"),
]


@pytest.mark.parametrize(("words", "said"), REFUSED)
def test_no_reply_is_made_up_for_a_request_that_would_be_refused(cogid, words, said):
    """The sample reply shows that a request is sound, so an unsound one has none (2.36.7)."""
    result = cogid("get-id", *words, "--generate-cli-skeleton", "output")

    assert (result.code, result.out) == (252, "")
    assert said in result.err


def test_a_sample_reply_can_be_queried(cogid):
    """The sample goes the way of a reply: --query picks from it."""
    words = [
        "--identity-pool-id",
        "x",
        "--generate-cli-skeleton",
        "output",
        "--query",
        "IdentityId",
        "--output",
        "text",
    ]

    assert cogid("get-id", *words) == (0, "IdentityId\n", "")


@pytest.mark.parametrize("words", [[], ["input"]])
def test_an_empty_request_is_json_by_default(cogid, words):
    """``--generate-cli-skeleton`` alone means ``input``, and lifts what is required."""
    result = cogid("get-id", "--generate-cli-skeleton", *words)

    assert result.json == {"AccountId": "", "IdentityPoolId": "", "Logins": {"KeyName": ""}}


def test_an_empty_request_is_no_matter_of_output(cogid):
    """The empty request is JSON whatever --output says, as in the reference."""
    result = cogid("unlink-identity", "--generate-cli-skeleton", "--output", "text")

    assert result.json["LoginsToRemove"] == [""]
