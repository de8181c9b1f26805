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


POOL = "us-east-1:55a9b851-27bd-4542-983c-294bf5569b2"


def test_a_list_is_one_table_while_its_ids_fit():
    """Names fold at blanks, wide letters anywhere, and lines keep the rows apart."""
    pools = [
        {"Id": f"{POOL}1", "Name": "one name that is longer than what is left"},
        {"Id": f"{POOL}2", "Name": "漢字仮名交じり文は空白がないので"},
    ]

    assert (
        render({"Pools": pools}, View("GetId", width=74))
        == f"""\
GetId
  Pools
  ┌────────────────────────────────────────────────┬─────────────────────┐
  │ Id                                             │ Name                │
  ├────────────────────────────────────────────────┼─────────────────────┤
  │ {POOL}1 │ one name that is    │
  │                                                │ longer than what is │
  │                                                │ left                │
  ├────────────────────────────────────────────────┼─────────────────────┤
  │ {POOL}2 │ 漢字仮名交じり文は  │
  │                                                │ 空白がないので      │
  └────────────────────────────────────────────────┴─────────────────────┘
"""
    )


def test_rows_whose_ids_do_not_fit_are_stacked():
    """Rows that do not fit side by side stand under each other, name by value, kept apart."""
    rows = [{"Id": "a" * 20, "Name": "b" * 20}, {"Id": "c", "Name": "d"}]

    assert (
        render({"Pools": rows}, NARROW)
        == """\
GetId
  Pools
  ┌──────┬──────────────────────┐
  │ Id   │ aaaaaaaaaaaaaaaaaaaa │
  │ Name │ bbbbbbbbbbbbbbbbbbbb │
  ├──────┼──────────────────────┤
  │ Id   │ c                    │
  │ Name │ d                    │
  └──────┴──────────────────────┘
"""
    )


def test_a_value_that_does_not_fit_beside_its_name_goes_under_it():
    """The frame holds as long as the longest word fits in it."""
    assert (
        render([{"Name": "x" * 34, "Other": "y"}, {"Name": "z"}], NARROW)
        == f"""\
GetId
┌──────────────────────────────────────┐
│ Name                                 │
│   {"x" * 34} │
│ Other                                │
│   y                                  │
├──────────────────────────────────────┤
│ Name                                 │
│   z                                  │
│ Other                                │
│                                      │
└──────────────────────────────────────┘
"""
    )


def test_rows_without_names_are_kept_apart_as_well():
    """What a query picks has no names; a line shows where the next row begins."""
    rows = [["a" * 20, "b" * 20], ["c", "d"]]

    assert (
        render(rows, NARROW)
        == """\
GetId
┌────────────────────────┐
│ aaaaaaaaaaaaaaaaaaaa   │
│   bbbbbbbbbbbbbbbbbbbb │
├────────────────────────┤
│ c                      │
│   d                    │
└────────────────────────┘
"""
    )


def test_a_value_too_long_for_the_terminal_stands_whole_on_a_line():
    """What has no room in a frame is not broken: it can still be copied."""
    value = "".join(map(str, range(100)))
    line = "─" * 40

    assert (
        render([{"Note": "text " * 10, "Token": value}, {"Token": "t"}], NARROW)
        == f"""\
GetId
{line}
Note
  text text text text text text text
  text text text
Token
  {value}
{line}
Note
Token
  t
{line}
"""
    )


def test_the_terminal_breaks_no_title():
    """A title that is wider than the terminal is still one word."""
    title = "GetPrincipalTagAttributeMap" * 2

    assert f"  {title}\n" in render({title: {"a": "b"}}, NARROW)


def test_a_nested_list_of_values_is_lines_of_a_cell_on_a_terminal():
    """A table goes on with one header, where a pipe gets a section of its own."""
    rows = [{"Id": "1", "Logins": ["a.example", "b.example"]}, {"Id": "2", "Logins": []}]

    assert (
        render(rows, NARROW)
        == """\
GetId
┌────┬───────────┐
│ Id │ Logins    │
├────┼───────────┤
│ 1  │ a.example │
│    │ b.example │
├────┼───────────┤
│ 2  │           │
└────┴───────────┘
"""
    )
    assert render(rows, PIPE).count("│ Id │") == 2


def test_an_empty_list_says_so_on_a_terminal():
    """A title without anything under it would leave a person waiting."""
    assert render({"Pools": []}, NARROW) == "GetId\n  (none)\n"
    assert render({"Pools": []}, PIPE) == "GetId\n"


def test_deep_nesting_leaves_room_for_the_values():
    """An indent takes a fourth of the terminal and no more."""
    document = {"value": "x" * 26}
    for depth in range(30):
        document = {f"level{depth}": document}

    assert max(map(cell_len, render(document, NARROW).splitlines())) == 40


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


PHRASES = st.lists(st.text("abcdefghij漢字", min_size=1, max_size=5), max_size=9).map(" ".join)
PHRASED = st.recursive(
    PHRASES, lambda inner: st.lists(inner) | st.dictionaries(WORDS, inner), max_leaves=15
)


@given(st.dictionaries(WORDS, PHRASED), st.integers(24, 100))
def test_no_line_is_wider_than_the_terminal(document, width):
    """A drawing of words that fit is fitted to the width."""
    lines = render(document, View("GetId", width=width)).splitlines()

    assert all(cell_len(line) <= width for line in lines)


IDS = st.text("abcdefghij", min_size=1, max_size=60)


@given(st.lists(st.dictionaries(WORDS, IDS, min_size=1), min_size=1), st.integers(1, 100))
def test_no_id_is_broken(rows, width):
    """However narrow the terminal, a value without blanks stands in one line."""
    drawn = Counter(re.findall(r"[a-j]+", render(rows, View("", width=width))))

    assert Counter(leaves(rows)) <= drawn
