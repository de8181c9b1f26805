import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cogid import yaml_text
from cogid.output import Style, simple_yaml
from cogid.output.as_yaml import render, render_item

PIPE = Style("Title")

SCALARS = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text()
NESTED = st.recursive(
    SCALARS, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=20
)
DOCUMENTS = st.dictionaries(st.text(), NESTED, min_size=1) | st.lists(NESTED)

RENDERED = [
    ({"b": 1, "a": [True, None]}, "a:\n- true\n- null\nb: 1\n"),
    ([], "[]\n"),
    ([1, "1"], "- 1\n- '1'\n"),
    ("a", '"a"\n'),
    (None, "null\n"),
    (7, "7\n"),
    ({}, ""),
]


@pytest.mark.parametrize(("document", "text"), RENDERED)
def test_a_document_is_block_yaml(document, text):
    """Keys are sorted; a lone scalar is JSON; an empty reply is no text at all."""
    assert render(document, PIPE) == text


ITEMS = [
    ({"a": [1]}, "- a:\n  - 1\n"),
    ([1], "- - 1\n"),
    ("a", "- a\n"),
    (None, "- null\n"),
    ({}, ""),
]


@pytest.mark.parametrize(("document", "text"), ITEMS)
def test_a_stream_is_a_list_of_documents(document, text):
    """Each document is an item, so that many in a row are one YAML document."""
    assert render_item(document, PIPE) == text


@given(DOCUMENTS)
def test_output_reads_back_to_the_document(document):
    """Whatever a document holds, its YAML reads back to it."""
    assert yaml_text.load(render(document, PIPE)) == document


@given(st.lists(DOCUMENTS, min_size=1, max_size=3))
def test_a_stream_reads_back_to_its_documents(documents):
    """Pages written one after the other read back as a list of them."""
    text = "".join(render_item(document, PIPE) for document in documents)

    assert yaml_text.load(text) == documents


SIMPLE = st.sampled_from(
    [
        "us-east-1:6ff14fc7-6659-45c6-a972-14709c9b1e27",
        "arn:aws:iam::123456789012:role/Admin",
        "2023-11-14T22:13:20+00:00",
        "accounts.google.com",
        *("null", "True", "yes", "~", "", "-", "a:", "a:b:", "a#b", "1e5", "0x1", "a,b", "[", "é"),
    ]
)
WORDS = SIMPLE | st.text("aZ0_:/.-#'\"+ \n\\", max_size=12) | st.text(max_size=5)
WORDED = st.recursive(
    WORDS | SCALARS,
    lambda inner: st.lists(inner) | st.dictionaries(WORDS, inner),
    max_leaves=20,
)


@given(st.dictionaries(WORDS, WORDED, min_size=1) | st.lists(WORDED, min_size=1))
def test_simple_yaml_is_yaml(document):
    """What is written without the library is what the library writes, to the letter."""
    assert simple_yaml.dump(document) in {None, yaml_text.dump(document)}


@pytest.mark.parametrize(
    "document", [{"IdentityId": "us-east-1:6ff1", "Logins": ["a.b"], "Enabled": True}, [1, ["a"]]]
)
def test_an_ordinary_reply_is_simple(document):
    """Ids, ARNs, numbers and words need no library."""
    assert simple_yaml.dump(document) is not None


def test_what_stands_twice_is_left_to_the_library():
    """Only the library writes anchors."""
    twice = ["a"]

    assert simple_yaml.dump([twice, twice]) is None
    assert render([twice, twice], PIPE) == "- &id001\n  - a\n- *id001\n"


@given(SCALARS)
def test_a_lone_scalar_reads_back(scalar):
    """A query that picks one value gives what JSON and YAML both read."""
    assert json.loads(render(scalar, PIPE)) == scalar


def test_each_page_of_a_stream_is_as_the_service_sent_it(cogid, service):
    """yaml-stream prints page by page, the service's tokens included."""
    service.replies = [
        {"IdentityPools": [{"IdentityPoolName": "a"}], "NextToken": "t"},
        {"IdentityPools": [{"IdentityPoolName": "b"}]},
    ]

    assert cogid("list-identity-pools", "--output", "yaml-stream").out == (
        "- IdentityPools:\n  - IdentityPoolName: a\n  NextToken: t\n"
        "- IdentityPools:\n  - IdentityPoolName: b\n"
    )
