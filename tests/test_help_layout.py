"""Text within a width: paragraphs, tables, commands, and how they stand out."""

from __future__ import annotations

import re
import shlex

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cogid.help import layout
from cogid.help.layout import Block, aligned, row


def test_text_wraps_at_the_width():
    """Lines are as long as they may be and no longer."""
    assert layout.wrap("aaa bbb ccc dd", 7) == ["aaa bbb", "ccc dd"]


@pytest.mark.parametrize(
    ("word", "lines"),
    [
        ("Key=<string>,Value=<string>", ["Key=<string>,", "Value=<string>"]),
        ("example.com/a/long/path", ["example.com/a/", "long/path"]),
        ("--no-such-flag-here", ["--no-such-", "flag-here"]),
        ("InvalidParameterException", ["InvalidParamet", "erException"]),
    ],
)
def test_a_word_that_is_too_long_breaks_where_it_hurts_least(word, lines):
    """After a comma, else other punctuation, else a dash, else anywhere."""
    assert layout.wrap(word, 14) == lines


@given(st.text("ab,/- ", max_size=80), st.integers(4, 20))
def test_nothing_is_lost_or_too_long(text, width):
    """Whatever the text, all of it is there, within the width."""
    lines = layout.wrap(text, width)

    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert all(len(line) <= width for line in lines)


TABLE = [
    row("--a", "first", ""),
    row("--much-too-long-to-stand-beside-its-text", "second", "third"),
]


def test_tables_align():
    """Left cells that are too long have a line of their own; empty texts none."""
    assert layout.text(aligned(TABLE), 80) == (
        "  --a  first\n  --much-too-long-to-stand-beside-its-text\n       second\n       third\n"
    )


def test_a_narrow_table_has_its_texts_under_the_names():
    """Below 60 columns two columns would be a word a line."""
    assert layout.text(aligned(TABLE), 59) == (
        "  --a\n      first\n  --much-too-long-to-stand-beside-its-text\n"
        "      second\n      third\n"
    )


def test_rows_align_across_headings():
    """What is made to align does, whatever stands between."""
    blocks = aligned([row("a", "one"), Block("heading", "MORE"), row("long name", "two")])

    assert layout.text(blocks, 80) == "  a          one\n\nMORE\n  long name  two\n"


def test_blocks_have_a_blank_line_between_them():
    """But not below a heading or a term, nor between rows, bullets and commands of one kind."""
    blocks = [
        Block("heading", "A"),
        Block("text", "one"),
        Block("bullet", "two"),
        Block("bullet", "three"),
        Block("term", "four"),
        Block("text", "five", 6),
        Block("command", "# six\ncogid a"),
        Block("command", "cogid b"),
        row("Also:", "seven", indent=0),
        Block("verbatim", '{\n  "eight": 8\n}'),
    ]

    assert layout.text(blocks, 80).split("\n") == [
        *("A", "  one", "", "  - two", "  - three", "", "  four", "      five", "", "  # six"),
        *(
            "  cogid a",
            "  cogid b",
            "",
            "Also:",
            "    seven",
            "",
            "  {",
            '    "eight": 8',
            "  }",
            "",
        ),
    ]


def test_names_stand_out_without_moving_anything():
    """Colour is around names and headings alone, and without it the text is the same."""
    blocks = [Block("heading", "FLAGS"), *aligned([row("--a <string>", "About --a.")])]
    plain, painted = (layout.text(blocks, 80, color=color) for color in (False, True))

    assert painted == "\x1b[1mFLAGS\x1b[0m\n  \x1b[36m--a <string>\x1b[0m  About --a.\n"
    assert re.sub(r"\x1b\[\d+m", "", painted) == plain


def test_commands_break_before_flags():
    """A command ends its lines in a backslash, before a flag."""
    assert layout.command("cogid get-id --identity-pool-id us-east-1:0 --account-id 1", 44) == [
        "  cogid get-id \\",
        "      --identity-pool-id us-east-1:0 \\",
        "      --account-id 1",
    ]


def test_a_value_that_does_not_fit_beside_its_flag_has_its_own_line():
    """The flag stays where there is room for it."""
    assert layout.command("cogid get-id --identity-pool-id us-east-1:0123456789", 40) == [
        "  cogid get-id --identity-pool-id \\",
        "      us-east-1:0123456789",
    ]


def test_quoted_values_break_after_commas():
    """Inside quotes there is no backslash, for the value would hold it."""
    assert layout.command("cogid x --map 'key={Aaaaaaaaaa=1,Bbbbbbbbbb=2,Cccccc=3}'", 40) == [
        "  cogid x --map \\",
        "      'key={Aaaaaaaaaa=1,Bbbbbbbbbb=2,",
        "      Cccccc=3}'",
    ]


def test_a_broken_comment_is_still_one():
    """Pasted with its command, no line of it is run."""
    text = layout.text([Block("command", "# one two three four five six seven eight nine\nx")], 40)

    assert text == "  # one two three four five six seven\n  # eight nine\n  x\n"


WORDS = st.lists(st.sampled_from(["--a", "--bb=1", "word", "'x y'", "'k={a=1,b=2},c=3'", "v" * 30]))


@given(WORDS, st.integers(40, 100))
def test_a_shell_reads_a_broken_command_as_it_reads_the_whole(words, width):
    """Whatever the command, only white space after commas inside quotes is added."""
    line = " ".join(["cogid", *words])
    broken = "\n".join(layout.command(line, width)).replace("\\\n", "")

    assert [re.sub(r",\s+", ",", word) for word in shlex.split(broken)] == shlex.split(line)
