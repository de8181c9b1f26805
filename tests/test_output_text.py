import pytest
from hypothesis import given
from hypothesis import strategies as st

from cogid.output import View
from cogid.output.as_text import render

PIPE = View("Title")
SCREEN = View("Title", width=80, escape=True)

SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text()
DOCUMENTS = st.recursive(
    SCALARS, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=20
)

RENDERED = [
    # document                                     text
    ({"b": "2", "a": "1"}, "1\t2\n"),
    ({"a": True, "b": None, "c": 1.5}, "True\tNone\t1.5\n"),
    ({"a": "1", "Tags": {"y": "2", "x": "1"}}, "1\nTAGS\t1\t2\n"),
    ({"Ids": ["a", "b"]}, "IDS\ta\nIDS\tb\n"),
    (["a", "b"], "a\tb\n"),
    ([["a", "b"], ["c"]], "a\tb\nc\n"),
    (["a", ["b"]], "a\nb\n"),
    ([{"a": "1"}, {"b": "2"}], "1\t\n\t2\n"),
    ({"Pools": [{"Id": "1", "Name": "n"}, {"Id": "2"}]}, "POOLS\t1\tn\nPOOLS\t2\t\n"),
    ("a", "a\n"),
    (None, "None\n"),
    ([], ""),
    ({}, ""),
    ({"a": []}, ""),
    ([[], []], ""),
    ([1, {"a": 2}], "1\n2\n"),
    ({"a": "x\ny"}, "x\ny\n"),
]


@pytest.mark.parametrize(("document", "text"), RENDERED)
def test_a_document_is_tab_separated_lines(document, text):
    """Scalars of a dict stand on one line by key; what is nested follows under its name."""
    assert render(document, PIPE) == text


def test_a_terminal_is_not_steered():
    """Control characters of a tag or user name are shown on a terminal."""
    assert render({"a": "\x1b[2J", "b": "x\ty\n"}, SCREEN) == "\\x1b[2J\tx\\ty\\n\n"


def test_a_pipe_gets_the_text_as_it_is():
    """Nothing is escaped for a program."""
    assert render({"a": "\x1b[2J\n"}, PIPE) == "\x1b[2J\n\n"


@given(DOCUMENTS)
def test_any_document_is_written(document):
    """Whatever a query gives, text can be made of it, ending in a newline if not empty."""
    text = render(document, SCREEN)

    assert text == "" or text.endswith("\n")


PAGES = [
    {"IdentityPoolId": "p", "Identities": [{"IdentityId": "a"}], "NextToken": "t"},
    {"IdentityPoolId": "p", "Identities": [{"IdentityId": "b"}]},
]


def test_a_query_applies_to_each_page(cogid, service):
    """Text is printed page by page, so --query sees one at a time, as in the reference."""
    service.replies = PAGES
    words = ["--identity-pool-id", "us-east-1:p", "--output", "text"]
    result = cogid("list-identities", *words, "--query", "length(Identities)")

    assert result.out == "1\n1\n"


def test_text_says_what_is_no_item_once(cogid, service):
    """Of further pages only the items are printed."""
    service.replies = PAGES
    result = cogid("list-identities", "--identity-pool-id", "us-east-1:p", "--output", "text")

    assert result.out == "p\nIDENTITIES\ta\nIDENTITIES\tb\n"


def test_the_token_to_go_on_with_comes_last(cogid, service):
    """With --max-items text ends in the token for --starting-token."""
    service.replies = PAGES
    words = ["--identity-pool-id", "us-east-1:p", "--output", "text", "--max-items", "1"]
    lines = cogid("list-identities", *words).out.splitlines()

    assert lines[:-1] == ["p", "IDENTITIES\ta"]
    assert lines[-1].startswith("NEXTTOKEN\t")
