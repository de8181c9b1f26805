import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cogid.output import View, as_yaml_stream, yaml_text
from cogid.output.as_yaml import render

PIPE = View("Title")

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
    assert as_yaml_stream.render(document, PIPE) == text


@given(DOCUMENTS)
def test_output_reads_back_to_the_document(document):
    """Whatever a document holds, its YAML reads back to it."""
    assert yaml_text.load(render(document, PIPE)) == document


@given(st.lists(DOCUMENTS, min_size=1, max_size=3))
def test_a_stream_reads_back_to_its_documents(documents):
    """Pages written one after the other read back as a list of them."""
    text = "".join(as_yaml_stream.render(document, PIPE) for document in documents)

    assert yaml_text.load(text) == documents


def test_what_stands_twice_is_written_once():
    """A query may name a list twice: the second time is a reference to the first."""
    twice = ["a"]

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
