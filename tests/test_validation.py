import pytest
from botocore.validate import ParamValidator  # noqa: TID253 - the witness
from hypothesis import given
from hypothesis import strategies as st

from cogid import model
from cogid.validation import complaints

OPERATIONS = model.load().operations

SCALARS = st.none() | st.booleans() | st.integers(-2, 2) | st.sampled_from(["", "a"]) | st.just(b"")
ANYTHING = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.just("a"), inner, max_size=1),
    max_leaves=3,
)


def nearly(shape):
    """Give values of a shape, and now and then others, or further members."""
    if shape.type == "structure":
        members = {name: nearly(member) for name, member in shape.members.items()}
        known = st.fixed_dictionaries({}, optional={**members, "Unknown": ANYTHING})
        return known | ANYTHING
    if shape.type == "map":
        keys = st.sampled_from(["", "a", "b"])
        return st.dictionaries(keys, nearly(shape.value), max_size=2) | ANYTHING
    if shape.type == "list":
        return st.lists(nearly(shape.element), max_size=2) | ANYTHING
    return ANYTHING


@pytest.mark.parametrize("command", OPERATIONS)
@given(data=st.data())
def test_complaints_are_botocores(command, service_model, data):
    """Whatever the parameters are, they are refused in botocore's words, or taken as there."""
    operation = OPERATIONS[command]
    theirs = service_model.operation_model(operation.name).input_shape
    parameters = data.draw(nearly(operation.input))
    report = ParamValidator().validate(parameters, theirs).generate_report()

    assert "\n".join(complaints(operation.input, parameters)) == report
