import json

from hypothesis import given
from hypothesis import strategies as st

from cogid.output import View
from cogid.output.as_jsonl import render

LIST = View("ListIdentityPools", "IdentityPools")
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


def test_each_item_of_a_list_operation_is_a_line():
    """The reply around the items is no line."""
    reply = {"IdentityPools": [{"Id": "é"}, {"Id": "b"}], "NextToken": "t"}

    assert render(reply, LIST) == '{"Id":"é"}\n{"Id":"b"}\n'


def test_each_element_of_a_querys_list_is_a_line():
    """What --query gives decides."""
    assert render(["a", None, [1]], LIST) == '"a"\nnull\n[1]\n'


def test_what_is_no_list_is_one_line():
    """A single reply is one item."""
    assert render({"Id": "a", "Tags": {}}, View("GetId")) == '{"Id":"a","Tags":{}}\n'


def test_an_empty_reply_is_no_line():
    """Nothing is printed of an operation that answers nothing."""
    assert render({}, View("DeleteIdentityPool")) == ""


def test_a_terminal_is_not_steered():
    """What could turn or hide text on a terminal is escaped, as JSON does it."""
    assert render(["é\u202e\x9b"], LIST._replace(escape=True)) == '"é\\u202e\\u009b"\n'


@given(st.lists(JSON))
def test_lines_read_back_to_the_items(items):
    """Every line is a JSON text, and nothing else breaks lines."""
    assert [json.loads(line) for line in render(items, LIST).split("\n")[:-1]] == items
