"""The model's HTML as plain text, and text within a width."""

from __future__ import annotations

import time

import pytest

from cogid.help import layout, prose
from cogid.help.prose import Paragraph

PROSE = [
    ("", []),
    ("Bare &amp; simple", [Paragraph("Bare & simple")]),
    ("<p>One.</p> <p>Two\n  lines.</p>", [Paragraph("One."), Paragraph("Two lines.")]),
    ("<p>Use <code>A</code>, <i>or</i> <a>B</a>.</p>", [Paragraph("Use A, or B.")]),
    (
        "<ul><li> <p>x </p></li><li>y</li></ul>z",
        [Paragraph("x", bullet=True), Paragraph("y", bullet=True), Paragraph("z")],
    ),
    (
        "<important> <p>Mind!</p> </important><p>Go</p>",
        [Paragraph("Important: Mind!"), Paragraph("Go")],
    ),
    ("<note><p>Wait.</p></note>", [Paragraph("Note: Wait.")]),
    ("<p>idp.&lt;region&gt;/&lt;ID&gt;</p>", [Paragraph("idp.<region>/<ID>")]),
    ("&#65;&#x42;&nbsp;&rarr;&unheard;", [Paragraph("AB →&unheard;")]),
    ("<blink>new</blink> tags", [Paragraph("new tags")]),
    ("a\x1b[31mred\x07", [Paragraph("a [31mred")]),
    ("<code>Tags</code>operation and <code>Id</code>s", [Paragraph("Tags operation and Ids")]),
]


@pytest.mark.parametrize(("html", "expected"), PROSE)
def test_html_becomes_paragraphs(html: str, expected: list[Paragraph]) -> None:
    """Tags, entities and control characters are resolved; lists and notes are kept apart."""
    assert prose.paragraphs(html) == expected


@pytest.mark.parametrize(
    ("html", "sentence"),
    [
        ("<p>First one. Second.</p>", "First one."),
        ("<p>Only, e.g. Here, one.</p>", "Only, e.g. Here, one."),
        ("<p>Period (.), dash (-). More.</p>", "Period (.), dash (-)."),
        ("<p>No end</p><p>Next</p>", "No end"),
        ("", ""),
    ],
)
def test_first_sentence(html: str, sentence: str) -> None:
    """The first sentence ends where another one begins."""
    assert prose.first_sentence(html) == sentence


def test_links_are_found_once() -> None:
    """Addresses are collected in order, without repeats."""
    html = '<a href="https://a/x">x</a> <a>no</a> <a href="https://b">b</a> <a href="https://a/x">'

    assert prose.links(html) == ["https://a/x", "https://b"]


def test_text_wraps_at_the_width() -> None:
    """Lines are as long as they may be and no longer."""
    assert layout.wrap("aaa bbb ccc dd", 7) == ["aaa bbb", "ccc dd"]


def test_long_words_break_after_punctuation_but_addresses_stay_whole() -> None:
    """A syntax that is too long is broken where it reads well; an URL stays to be clicked."""
    assert layout.wrap("Key=<string>,Value=<string>", 14) == ["Key=<string>,", "Value=<string>"]
    assert layout.wrap("see https://example.com/a/b", 10) == ["see", "https://example.com/a/b"]


def test_tables_align() -> None:
    """Left cells that are too long have a line of their own."""
    rows = [("--a", ["first"]), ("--much-too-long-to-stand-beside-its-text", ["second", "third"])]

    assert layout.table(rows, 40, layout.column([left for left, _ in rows])) == [
        "  --a  first",
        "  --much-too-long-to-stand-beside-its-text",
        "       second",
        "       third",
    ]


def test_commands_break_before_flags() -> None:
    """A command ends its lines in a backslash, before a flag."""
    assert layout.command("cogid get-id --identity-pool-id us-east-1:0 --account-id 1", 44) == [
        "  cogid get-id \\",
        "      --identity-pool-id us-east-1:0 \\",
        "      --account-id 1",
    ]


def test_quoted_values_break_after_commas() -> None:
    """Inside quotes there is no backslash, for the value would hold it."""
    assert layout.command("cogid x --map 'key={Aaaaaaaaaa=1,Bbbbbbbbbb=2,Cccccc=3}'", 40) == [
        "  cogid x \\",
        "      --map \\",
        "      'key={Aaaaaaaaaa=1,Bbbbbbbbbb=2,",
        "      Cccccc=3}'",
    ]


@pytest.mark.parametrize(
    "html", ["<" + "a" * 100_000, "<" * 100_000, "<a " * 30_000, "&a" * 50_000]
)
def test_no_html_takes_long(html: str) -> None:
    """The time grows with the length and no faster."""
    started = time.process_time()
    prose.paragraphs(html)

    assert time.process_time() - started < 2
