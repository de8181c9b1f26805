"""The model's HTML as plain text."""

from __future__ import annotations

import time

import pytest

from cogid import prose
from cogid.prose import Paragraph

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
    ("Use it. For more, see <a href='https://b'>B</a>.", [Paragraph("Use it.")]),
    ("<p>See <a href='https://b'>B</a> or <a>C</a>.</p>", [Paragraph("See B or C.")]),
    (
        "<p>For B see <a href='https://b'>B</a>.</p><p>So see <a>C</a>.</p>",
        [Paragraph("So see C.")],
    ),
    ("<p>Made by <a href='https://b'>B</a>.</p>", [Paragraph("Made by B.")]),
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
    """Addresses are collected in order, without repeats and without what all begin with."""
    html = '<a href="https://a/x">x</a> <a>no</a> <a href="https://b">b</a> <a href="https://a/x">'

    assert prose.links(html) == ["a/x", "b"]


@pytest.mark.parametrize(
    "html", ["<" + "a" * 100_000, "<" * 100_000, "<a " * 30_000, "&a" * 50_000]
)
def test_no_html_takes_long(html: str) -> None:
    """The time grows with the length and no faster."""
    started = time.process_time()
    prose.paragraphs(html)

    assert time.process_time() - started < 2
