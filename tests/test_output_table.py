import re
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len  # noqa: TID253 - the witness

from cogid.output import View
from cogid.output.as_table import render

PIPE = View("GetId")
NARROW = View("GetId", width=40, escape=True)

SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text()
DOCUMENTS = st.recursive(
    SCALARS, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=20
)

DRAWN = [
    (
        {"Name": "demo", "Id": "us-east-1:p"},
        """
GetId
┌──────┬─────────────┐
│ Id   │ us-east-1:p │
│ Name │ demo        │
└──────┴─────────────┘
""",
    ),
    (
        {"Pools": [{"Id": "1", "Name": "a"}, {"Id": "2"}]},
        """
GetId
  Pools
  ┌────┬──────┐
  │ Id │ Name │
  ├────┼──────┤
  │ 1  │ a    │
  │ 2  │      │
  └────┴──────┘
""",
    ),
    (
        {"A": "1", "Tags": {"x": "y"}, "Ids": ["a", "b"]},
        """
GetId
┌───┬───┐
│ A │ 1 │
└───┴───┘
  Ids
  ┌───┐
  │ a │
  │ b │
  └───┘
  Tags
  ┌───┬───┐
  │ x │ y │
  └───┴───┘
""",
    ),
    (
        [["a", "b"], ["c", "d"]],
        """
GetId
┌───┬───┐
│ a │ b │
│ c │ d │
└───┴───┘
""",
    ),
    (
        [1, {"a": 2}, [3, [4]], None],
        """
GetId
┌───┐
│ 1 │
└───┘
┌───┐
│ a │
├───┤
│ 2 │
└───┘
  ┌───┐
  │ 3 │
  │ 4 │
  └───┘
┌──────┐
│ None │
└──────┘
""",
    ),
]


@pytest.mark.parametrize(("document", "drawn"), DRAWN)
def test_a_document_is_drawn(document, drawn):
    """The operation is the title; what is nested is a section of its own under its name."""
    assert render(document, PIPE) == drawn.lstrip("\n")


@pytest.mark.parametrize("document", [{}, [], None])
def test_nothing_is_drawn_of_nothing(document):
    """An empty reply and a null are no text at all, as in the reference."""
    assert render(document, PIPE) == ""


@pytest.mark.parametrize("document", ["a", 1, True])
def test_of_a_lone_scalar_a_pipe_gets_the_title(document):
    """The reference prints no more than that."""
    assert render(document, PIPE) == "GetId\n"


@pytest.mark.parametrize(("document", "shown"), [("a", "│ a │"), (0, "│ 0 │"), (None, "│ None │")])
def test_of_a_lone_scalar_a_person_sees_the_value(document, shown):
    """At a terminal a title without its value would be of no use."""
    assert shown in render(document, NARROW)


def test_a_pipe_gets_every_value_whole():
    """Off the terminal nothing is cut or folded, however long."""
    long = "x" * 5000

    assert long in render({"a": [{"b": long, "c": long}]}, PIPE)


def test_a_pipe_gets_every_character_as_it_is():
    """Off the terminal a tab stays a tab, and what rich takes away comes back."""
    odd = "a\tb\rc\x07\x08\x0b\x0c\x1b\x1c\x1d\x1e\x85\u2028\u2029d "
    drawn = render({odd: odd, "list": [{odd: odd}], "rows": [[odd, odd]]}, PIPE)

    assert drawn.count(f" {odd} ") == 6


def test_a_pipe_gets_every_title_whole():
    """A title may be wider than what stands under it."""
    title = "GetPrincipalTagAttributeMap"

    assert render({title: {"a": "b"}}, View(title)).splitlines()[:2] == [title, f"  {title}"]


def test_a_wide_table_is_turned_to_fit_the_terminal():
    """Rows that do not fit side by side stand each on its own, name by value."""
    rows = [{"Id": "a" * 20, "Name": "b" * 20}, {"Id": "c", "Name": "d"}]
    drawn = render({"Pools": rows}, NARROW)

    assert "│ Id   │ aaaaaaaaaaaaaaaaaaaa │" in drawn
    assert "│ Name │ d │" in drawn


def test_a_value_too_long_for_the_terminal_stands_whole_on_a_line():
    """What does not fit is not cut, nor broken by cogid: it can still be copied."""
    value = "".join(map(str, range(100)))

    assert render({"Token": value}, NARROW).splitlines()[1:] == ["Token", f"  {value}"]


def test_a_table_that_nearly_fits_loses_its_edges():
    """A few columns are saved before values are put under their names."""
    drawn = render({"Name": "x" * 31, "Other": "y"}, NARROW)

    assert drawn.splitlines()[1:] == [f"Name  │ {'x' * 31}", "Other │ y"]


def test_a_stream_that_takes_nothing_else_gets_ascii_lines():
    """Where no line drawing can be written, dashes and bars do."""
    assert render({"a": "1"}, View("GetId", ascii_only=True)).isascii()


def test_colour_is_only_where_asked_for():
    """Escapes come with colour alone."""
    assert "\x1b[" in render({"a": "1"}, PIPE._replace(color=True))
    assert "\x1b" not in render({"a": "1"}, PIPE)


def test_a_terminal_is_not_steered():
    """Control characters of values and names are shown on a terminal."""
    drawn = render({"a\x1b": "\x1b[2J\u202e"}, NARROW)

    assert "│ a\\x1b │ \\x1b[2J\\u202e │" in drawn


def test_what_looks_like_markup_is_text():
    """Square brackets and colons of names mean nothing to the drawing."""
    assert "│ a │ [red]x[/red] :smile: │" in render({"a": "[red]x[/red] :smile:"}, PIPE)


@given(DOCUMENTS, st.sampled_from([None, 1, 20, 80]), st.booleans(), st.booleans())
def test_any_json_value_is_drawn(document, width, escape, color):
    """Mixed lists, nested lists, scalars and nulls: whatever a query gives can be drawn."""
    drawn = render(document, View("GetId", width=width, escape=escape, color=color))

    assert drawn == "" or drawn.endswith("\n")


WORDS = st.text("abcdefghij", min_size=1, max_size=8)
SHALLOW = st.recursive(
    WORDS, lambda inner: st.lists(inner) | st.dictionaries(WORDS, inner), max_leaves=15
)


def leaves(document):
    """Give every value in a document that is no container."""
    if isinstance(document, dict):
        return [leaf for item in document.values() for leaf in leaves(item)]
    if isinstance(document, list):
        return [leaf for item in document for leaf in leaves(item)]
    return [document]


@given(st.dictionaries(WORDS, SHALLOW) | st.lists(SHALLOW))
def test_every_value_is_in_the_drawing(document):
    """No value of a document goes missing, as often as it stands there."""
    drawn = Counter(re.findall(r"[a-j]+", render(document, PIPE)))

    assert Counter(leaves(document)) <= drawn


@given(st.dictionaries(WORDS, SHALLOW) | st.lists(SHALLOW), st.integers(24, 100))
def test_every_letter_is_in_a_fitted_drawing(document, width):
    """Folding to the terminal's width loses no letter."""
    drawn = Counter(render(document, View("", width=width)))

    assert Counter("".join(leaves(document))) <= drawn


def test_a_row_of_more_cells_than_the_terminal_has_room_for_loses_none():
    """However many columns a query makes, each of their values is to be seen."""
    drawn = render([[f"{number:02}" for number in range(40)]], View("GetId", width=80))

    assert Counter("".join(f"{number:02}" for number in range(40))) <= Counter(drawn)


@given(st.dictionaries(WORDS, SHALLOW), st.integers(24, 100))
def test_no_line_is_wider_than_the_terminal(document, width):
    """A drawing is fitted to the width."""
    lines = render(document, View("GetId", width=width)).splitlines()

    assert all(cell_len(line) <= width for line in lines)
