"""How the formats print replies: whole, page by page, or spooled."""

import re

import pytest

from cogid import options, output
from cogid.errors import CogidError

VIEW = output.View("ListThings", "Items")
PAGES = [
    {"Pool": "p", "Items": [{"Id": "a"}, {"Id": "b"}], "NextToken": "t"},
    {"Pool": "p", "Items": [{"Id": "c"}]},
]

PRINTED = [
    # format, text of two pages of which the second is not the last
    ("text", ["p\nITEMS\ta\nITEMS\tb\n", "ITEMS\tc\n", "NEXTTOKEN\tgo\n"]),
    (
        "yaml-stream",
        [
            "- Items:\n  - Id: a\n  - Id: b\n  NextToken: t\n  Pool: p\n",
            "- Items:\n  - Id: c\n  Pool: p\n",
        ],
    ),
    ("jsonl", ['{"Id":"a"}\n{"Id":"b"}\n', '{"Id":"c"}\n']),
    ("csv", ["Id\na\nb\nc\n"]),
    ("off", [""]),
]


@pytest.mark.parametrize(("name", "texts"), PRINTED)
def test_each_format_prints_pages_in_its_own_way(replies, name, texts):
    """Some formats print the list as a whole, others each page when it is there."""
    found = output.load(name).texts(replies(PAGES, resume_token="go"), None, VIEW)

    assert list(found) == texts


WHOLE = {
    "json": (
        '{\n    "Pool": "p",\n    "Items": [\n        1,\n        2\n    ],\n'
        '    "NextToken": "go"\n}\n'
    ),
    "yaml": "Items:\n- 1\n- 2\nNextToken: go\nPool: p\n",
}


@pytest.mark.parametrize("name", WHOLE)
def test_json_and_yaml_are_one_document_of_all_pages(replies, name):
    """The members come in the model's order, or sorted, the token to go on with among them."""
    pages = [{"Items": [1], "Pool": "p", "NextToken": "t"}, {"Items": [2]}]
    found = output.load(name).texts(replies(pages, resume_token="go"), None, VIEW)

    assert "".join(found) == WHOLE[name]


PICKED = [
    # format, what a query makes of two pages, and where the reference prints page by page
    ("json", '"c"\n', '"c"\n'),
    ("yaml", '"c"\n', '"c"\n'),
    ("csv", "value\nc\n", "value\nc\n"),
    ("text", "c\n", "b\nc\n"),
    ("jsonl", '"c"\n', '"b"\n"c"\n'),
    ("yaml-stream", "- c\n", "- b\n- c\n"),
    ("off", "", ""),
]


@pytest.mark.parametrize(("name", "whole", "by_page"), PICKED)
def test_a_query_picks_from_the_whole_list(replies, name, whole, by_page):
    """Only where the reference pages as well, formats of pages ask it of every page."""

    def texts(some):
        return "".join(output.load(name).texts(some, lambda page: page["Items"][-1]["Id"], VIEW))

    assert texts(replies(PAGES)) == whole
    assert texts(replies(PAGES, by_page=True)) == by_page


@pytest.mark.parametrize("name", ["text", "yaml-stream", "jsonl"])
def test_formats_of_pages_print_what_came_before_a_failure(replies, name):
    """A page is printed before the next one is asked for."""
    found = output.load(name).texts(replies(PAGES[:1], error=CogidError("no")), None, VIEW)

    assert "a" in next(found)
    with pytest.raises(CogidError):
        next(found)


@pytest.mark.parametrize("name", options.OUTPUT_FORMATS)
def test_a_single_reply_is_printed_once(replies, name):
    """What is no list is one document in every format."""
    form = output.load(name)
    texts = list(form.texts(replies([{"Id": "a"}], items=None), None, VIEW))

    assert texts == [form.render({"Id": "a"}, VIEW)]


def test_the_formats_are_those_of_the_flag():
    """What --output offers is there, and nothing else is."""
    assert list(output.FORMS) == list(options.OUTPUT_FORMATS)


# C0 but tab and line feed, DEL, C1, ends of lines, and marks that turn the direction of text.
STEERING = [
    *map(chr, [*range(9), *range(11, 32), *range(0x7F, 0xA0)]),
    *"\u061c\u200e\u200f\u2028\u2029\u202a\u202e\u2066\u2069\u206a\u206f",
]
HOLDING = [
    # a document with a character wherever one can stand
    lambda it: it,
    lambda it: [it, [it]],
    lambda it: {f"k{it}": it, f"n{it}": {it: [it, {it: it}]}},
    lambda it: {"Items": [{it: it}, {"nested": {it: [it]}}], "NextToken": it},
]


@pytest.mark.parametrize("name", options.OUTPUT_FORMATS)
@pytest.mark.parametrize("document", HOLDING)
@pytest.mark.parametrize("color", [False, True])
def test_no_format_lets_a_character_steer_the_terminal(name, document, color):
    """Keys, values and what is nested: whatever the service sends is shown, not obeyed."""
    view = VIEW._replace(width=80, escape=True, color=color)
    render = output.load(name).render
    printed = {it: re.sub(r"\x1b\[[\d;]*m", "", render(document(it), view)) for it in STEERING}

    assert [it for it, text in printed.items() if set(text) & set(STEERING)] == []


@pytest.mark.parametrize("name", ["json", "yaml", "csv", "jsonl", "text"])
@pytest.mark.parametrize("document", HOLDING)
def test_letters_of_all_languages_reach_the_terminal_as_they_are(name, document):
    """Only what could do harm is escaped there."""
    view = VIEW._replace(width=80, escape=True)
    render = output.load(name).render

    assert render(document("é日"), view) == render(document("é日"), VIEW)
    assert "é日" in render(document("é日"), view)
