import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cogid.output import View
from cogid.output.as_json import render

PIPE = View("Title")
SCREEN = View("Title", width=80, escape=True)

SCALARS = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text()
DOCUMENTS = st.recursive(
    SCALARS, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=20
)

RENDERED = [
    ({"b": 1, "a": [None]}, '{\n    "b": 1,\n    "a": [\n        null\n    ]\n}\n'),
    ([], "[]\n"),
    ({"a": {}}, '{\n    "a": {}\n}\n'),
    ("é", '"é"\n'),
    (None, "null\n"),
    (1.5, "1.5\n"),
    ({}, ""),
]


@pytest.mark.parametrize(("document", "text"), RENDERED)
def test_a_document_is_indented_json(document, text):
    """Keys stay in their order, text stays text, and an empty reply is no text at all."""
    assert render(document, PIPE) == text


def test_a_terminal_is_not_steered():
    """What JSON itself leaves unescaped is escaped for a terminal, and still reads the same."""
    evil = "\x1b[2J\x7f\x9b\u202e"

    assert render(evil, SCREEN) == '"\\u001b[2J\\u007f\\u009b\\u202e"\n'


@given(DOCUMENTS.filter(lambda document: document != {}), st.booleans())
def test_output_reads_back_to_the_document(document, escape):
    """Whatever a document holds, its JSON reads back to it."""
    view = View("Title", escape=escape)

    assert json.loads(render(document, view)) == document


def test_a_pipe_gets_no_colour_whatever_is_asked_for():
    """As in the reference (global/0444): the next program reads JSON."""
    assert render({"a": "b"}, PIPE._replace(color=True)) == '{\n    "a": "b"\n}\n'
