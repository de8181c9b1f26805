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


LISTS = [
    # a list that the reference does not page through, or not like this
    (["list-identities", "--identity-pool-id", "us-east-1:p"], "Identities"),
    (
        ["lookup-developer-identity", "--identity-pool-id", "us-east-1:p"],
        "DeveloperUserIdentifierList",
    ),
    (["list-identity-pools"], "IdentityPools"),
    (["list-identity-pools", "--page-size", "1"], "IdentityPools"),
]


@pytest.mark.parametrize(("words", "key"), LISTS)
@pytest.mark.parametrize("name", ["text", "jsonl", "yaml-stream"])
def test_a_query_applies_to_all_that_cogid_pages_through(cogid, service, words, key, name):
    """``| [0]`` gives one line and ``length`` one number, whatever the format prints at a time."""
    service.replies = [{key: [], "NextToken": "t"}, {key: []}]
    found = cogid(*words, "--output", name, "--query", f"length({key})").out

    assert found.removeprefix("- ") == "0\n"


def test_the_id_of_a_pool_by_its_name_is_one_line(cogid, service):
    """The example of the help on --query works with any number of pools."""
    service.replies = [
        {"IdentityPools": [{"IdentityPoolId": "a", "IdentityPoolName": "x"}], "NextToken": "t"},
        {"IdentityPools": [{"IdentityPoolId": "b", "IdentityPoolName": "shop"}]},
    ]
    expression = "IdentityPools[?IdentityPoolName=='shop'].IdentityPoolId | [0]"

    assert cogid("list-identity-pools", "--query", expression, "--output", "text").out == "b\n"


@pytest.mark.parametrize("flag", ["--cli-input-json", "--cli-input-yaml"])
def test_a_query_applies_to_each_page_where_the_reference_pages(cogid, service, flag):
    """AWS CLI pages through pools when its required flag is lifted, and asks it of every page."""
    service.replies = [{"IdentityPools": [], "NextToken": "t"}, {"IdentityPools": []}]
    words = [flag, "{}", "--output", "text", "--query", "length(IdentityPools)"]

    assert cogid("list-identity-pools", *words).out == "0\n0\n"


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
