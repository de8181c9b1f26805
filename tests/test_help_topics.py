"""The topics: what they look like, and that they speak of what exists."""

from __future__ import annotations

import re

import pytest

from cogid import options
from cogid.cli import Cogid
from cogid.help import TOPICS, layout, page, topics

COMMANDS = dict(page.walk(Cogid()))
MADE_UP = {"--x", "--no-x"}

each_topic = pytest.mark.parametrize("name", TOPICS)


def text(name, width=80):
    """Give the page of a topic."""
    return layout.text(topics.page(name), width)


@pytest.mark.parametrize("width", [40, 80, 100, 1000])
@each_topic
def test_topics_are_text_within_the_width(name, width):
    """Each topic is a page of text like the others; below 80 columns examples may be wider."""
    for line in text(name, width).split("\n"):
        whole = width < 80 and " " not in line.strip().removesuffix(" \\")
        assert len(line) <= min(width, 100) or whole
        assert line == line.rstrip()


@each_topic
def test_topics_fit_a_screen_or_so(name):
    """Each topic has at most 60 lines at 80 columns."""
    assert text(name).count("\n") <= 60


@each_topic
def test_topics_name_themselves_and_the_others(name):
    """The first line says what it is about, the last ones what else there is."""
    first, *_ = text(name).split("\n")
    others = text(name).partition("\nOther topics:")[2]

    assert first == f"cogid help {name} - {TOPICS[name]}"
    assert set(re.findall(r"[a-z-]+", others)) == set(TOPICS) - {name}


@each_topic
def test_topics_name_what_exists(name):
    """Flags that a topic names are there."""
    every = [*options.GLOBAL, *(flag for each in COMMANDS.values() for flag in each.params)]
    known = {spelling for flag in every for spelling in (*flag.opts, *flag.secondary_opts)}

    assert set(re.findall(r"(?<![\w-])--[a-z][a-z-]*", text(name))) - MADE_UP <= known


def test_exit_codes_are_all_explained():
    """The topic on exit codes has every code that cogid ends with."""
    codes = re.findall(r"^  (\d+) ", text("exit-codes"), re.MULTILINE)

    assert codes == ["0", "1", "130", "141", "252", "253", "254", "255"]


def test_formats_are_all_explained():
    """The topic on output has every format, of replies and of errors."""
    for name in options.OUTPUT_FORMATS:
        assert re.search(rf"^  {name} ", text("output"), re.MULTILINE)
    for name in options.ERROR_FORMATS:
        assert name in text("output").partition("\nERRORS\n")[2]


def test_an_unknown_topic_is_a_key_error():
    """The caller words the complaint, knowing commands as well as topics."""
    with pytest.raises(KeyError):
        topics.page("weather")


def test_a_topic_is_in_the_man_page_with_its_headings():
    """What a topic says comes without the lines around it."""
    kinds = [block.kind for block in topics.content("query")]

    assert kinds[:3] == ["text", "heading", "row"]
    assert "command" in kinds
    assert topics.content("query")[0].text.startswith("--query picks from a reply")
