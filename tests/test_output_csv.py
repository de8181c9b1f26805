import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cogid.output import View
from cogid.output.as_csv import render

LIST = View("ListIdentityPools", "IdentityPools")
PLAIN = View("GetId")


LISTS = [
    # operation, member, what it holds, text
    (
        "ListIdentityPools",
        "IdentityPools",
        [{"IdentityPoolName": "x,y", "IdentityPoolId": "a"}, {"IdentityPoolId": "b"}],
        'IdentityPoolId,IdentityPoolName\na,"x,y"\nb,\n',
    ),
    (
        "ListIdentities",
        "Identities",
        [{"IdentityId": "a"}],
        "IdentityId,Logins,CreationDate,LastModifiedDate\na,,,\n",
    ),
    ("ListIdentities", "Identities", [], "IdentityId,Logins,CreationDate,LastModifiedDate\n"),
    ("LookupDeveloperIdentity", "DeveloperUserIdentifierList", ["a"], "value\na\n"),
    ("LookupDeveloperIdentity", "DeveloperUserIdentifierList", [], "value\n"),
]


@pytest.mark.parametrize(("title", "key", "items", "text"), LISTS)
def test_a_lists_items_stand_under_the_models_columns(title, key, items, text):
    """Whatever the items have and lack, and how many there are, the header is the same."""
    assert render({key: items, "NextToken": "t"}, View(title, key)) == text


def test_a_reply_without_its_list_has_a_header_as_well():
    """The service may leave out what is empty."""
    assert render({}, LIST) == "IdentityPoolId,IdentityPoolName\n"


@pytest.mark.parametrize("document", [[{"Name": "a"}], {"Name": "a"}])
def test_the_columns_of_what_a_query_picks_are_its_own(document):
    """The model does not know them."""
    assert render(document, LIST) == "Name\na\n"


def test_columns_are_those_of_all_records_in_the_order_they_are_met():
    """A record may have what the first one has not."""
    assert render([{"b": 1}, {"a": 2, "b": 3}], PLAIN) == "b,a\n1,\n3,2\n"


def test_what_is_no_list_is_one_record():
    """A single reply has a header, too; what is nested in it is JSON."""
    assert render({"Id": "a", "Tags": {"k": "v"}}, PLAIN) == 'Id,Tags\na,"{""k"": ""v""}"\n'


@pytest.mark.parametrize(
    ("document", "text"),
    [
        (["a", "b"], "value\na\nb\n"),
        ([["a", 1], ["b", None]], "1,2\na,1\nb,\n"),
        (7, "value\n7\n"),
        ([True, 1.5], "value\ntrue\n1.5\n"),
        (None, ""),
        ([], ""),
        ({}, ""),
        ([{}], ""),
    ],
)
def test_whatever_a_query_gives_has_a_form(document, text):
    """Scalars have a column of their own, lists are numbered, nothing is nothing."""
    assert render(document, PLAIN) == text


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_a_cell_that_a_spreadsheet_would_run_is_made_text(start):
    """Names are given by others, and a spreadsheet runs what begins so."""
    record = next(csv.reader(io.StringIO(render([f"{start}1+1"], PLAIN).removeprefix("value\n"))))

    assert record == [f"'{start}1+1"]


def test_a_terminal_sees_control_characters_escaped():
    """A name cannot move the cursor."""
    assert render(["a\x1b[2J"], PLAIN._replace(escape=True)) == "value\na\\x1b[2J\n"


def test_a_cell_may_hold_anything():
    """Python 3.10's writer of CSV stumbles over NUL."""
    assert render(["a\0b", 'say "\0", please\r'], PLAIN) == (
        'value\na\0b\n"say ""\0"", please\r"\n'
    )


def test_an_empty_cell_that_stands_alone_is_no_empty_line():
    """Readers pass over empty lines."""
    assert render(["", "a"], PLAIN) == 'value\n""\na\n'


# Python 3.10 reads no NUL.
CELLS = st.text(st.characters(exclude_characters="\0", codec="utf-8"))


@given(st.lists(st.fixed_dictionaries({"a": CELLS, "b": CELLS}), min_size=1))
def test_records_read_back(records):
    """Whatever stands in cells, a reader of CSV finds it again, made harmless."""

    def shown(cell):
        return f"'{cell}" if cell.startswith(("=", "+", "-", "@", "\t", "\r")) else cell

    found = list(csv.DictReader(io.StringIO(render(records, PLAIN), newline="")))

    assert found == [{name: shown(cell) for name, cell in each.items()} for each in records]
