"""Help as people see it: the pages of every command of the tree, swept, and how they are shown."""

from __future__ import annotations

import re
import subprocess
import sys

import click
import pytest

from cogid import help as pages
from cogid.cli import Cogid
from cogid.help import page
from cogid.options import Flag

ROOT = Cogid()
COMMANDS = {"": ROOT, **dict(page.walk(ROOT))}
HEAVY = {"boto3", "botocore", "rich", "yaml", "jmespath", "urllib3", "html", "textwrap"}
TAGS = re.compile(r"</?(p|ul|ol|li|code|a|i|b|br|important|note|fullname)\b[^>]*>")
ENTITIES = re.compile(r"&(#\w+|[a-z]+);")
CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]")
ESCAPES = re.compile(r"\x1b\[\d+m")

each_command = pytest.mark.parametrize("name", COMMANDS)
each_width = pytest.mark.parametrize("width", [40, 80, 100, 1000])


def both_pages(name, width):
    """Give the short and the full page of a command."""
    return [pages.text(COMMANDS[name], name, width, full=full) for full in (False, True)]


def flags_of(command):
    """Give every spelling of a command's flags."""
    flags = [each for each in command.params if isinstance(each, Flag)]
    return {name for flag in flags for name in (*flag.opts, *flag.secondary_opts)}


def named_in(text):
    """Find what looks like a flag."""
    return set(re.findall(r"(?<![\w-])--[a-z][a-z-]*", text))


def assert_plain(text, width):
    """Assert that text is fit for any terminal or file."""
    assert not TAGS.search(text)
    assert not ENTITIES.search(text)
    assert not CONTROL.search(text)
    assert text.endswith("\n")
    assert not text.endswith("\n\n")
    assert "\n\n\n" not in text
    for line in text.split("\n"):
        assert line == line.rstrip()
        # Below the usual 80 columns, an id or ARN in an example stays whole, to be copied.
        whole = width < 80 and " " not in line.strip().removesuffix(" \\")
        assert len(line) <= min(width, 100) or whole


@each_width
@each_command
def test_every_page_is_plain_text_within_the_width(name, width):
    """No HTML, entity, escape or trailing space is left, and lines end at the width."""
    for text in both_pages(name, width):
        assert_plain(text, width)


@each_command
def test_only_examples_may_be_wider_than_a_narrow_terminal(name):
    """At 40 columns whatever is no example keeps to them, long names and JSON too."""
    for text in both_pages(name, 40):
        apart = re.sub(r"\nEXAMPLES\n.*?(?=\n\n[A-Z]|\Z)", "", text, flags=re.DOTALL)
        assert max(map(len, apart.split("\n"))) <= 40


@each_command
def test_every_page_says_what_the_command_is_for(name):
    """The summary stands at the top, and the full page says how the command may end."""
    command = COMMANDS[name]
    short, full = both_pages(name, 100)

    if name:
        assert short.startswith(f"cogid {name} - {command.summary}\n")
        assert f"\nNAME\n  cogid {name} - {command.summary}\n" in f"\n{full}"
        assert "\nEXIT CODES\n  0 " in full
    assert "\nUSAGE\n  cogid" in short
    assert "\nSYNOPSIS\n  cogid" in full


@each_command
def test_every_flag_is_on_both_pages(name):
    """The pages name every flag of the command, booleans in both spellings."""
    for text in both_pages(name, 80):
        assert flags_of(COMMANDS[name]) <= named_in(text) | {"-h"}


@each_command
def test_no_page_names_a_flag_that_does_not_exist(name):
    """Whatever looks like a flag is one, of this command or of one that the text names."""
    known = set().union(*map(flags_of, COMMANDS.values()))
    for text in both_pages(name, 80):
        assert named_in(text) <= known


@each_command
def test_a_short_page_fits_two_screens_or_so(name):
    """At 80 columns no page goes far beyond two screens, the list of all commands aside."""
    lines = pages.text(COMMANDS[name], name, 80).count("\n")

    assert lines <= (80 if not name else 50)


def test_the_page_of_create_identity_pool_fits_two_screens():
    """The command that newcomers need first is read without scrolling back and forth."""
    text = pages.text(COMMANDS["create-identity-pool"], "create-identity-pool", 80)

    assert text.count("\n") <= pages.TWO_SCREENS == 46


def test_examples_that_do_not_fit_are_left_to_the_full_page():
    """A short page has as many examples as fit on two screens, but one at least."""
    short, full = both_pages("create-identity-pool", 80)
    narrow, _ = both_pages("create-identity-pool", 40)

    assert (short.count("\n  # "), full.count("\n  A pool for ")) == (1, 3)
    assert "\n  # A pool for guests" in narrow
    assert both_pages("get-id", 80)[0].count("\n  # ") == 2


@pytest.mark.parametrize("name", [name for name in COMMANDS if name])
def test_a_short_page_ends_by_naming_the_full_one(name):
    """The last line says how to see everything."""
    text = pages.text(COMMANDS[name], name, 80)

    assert " ".join(text.split()).endswith(f"cogid {name} help")


# Shown


def test_every_command_has_help_by_each_way_to_ask(cogid):
    """``-h`` gives the short page, a last word ``help`` and ``cogid help`` the full one."""
    for name in COMMANDS:
        words = name.split()
        short, full = both_pages(name, pages.FOR_PIPES)

        assert cogid(*words, "-h") == (0, short, "")
        assert cogid(*words, "help") == (0, full, "")
        if name not in pages.TOPICS:
            assert cogid("help", *words) == (0, full, "")


def test_a_topic_comes_before_a_command_of_its_name(cogid):
    """``help local`` is the topic; the commands under that name have their own pages."""
    assert cogid("help", "local").out.startswith("cogid help local - ")
    assert cogid("help", "local", "serve").out.startswith("NAME\n  cogid local serve - ")
    assert cogid("help", "local", "nope").code == 252


def test_help_needs_no_configuration(cogid):
    """Where the configuration is broken, help still works, on a terminal too."""
    files = {".aws/config": "[broken"}
    env = {"LINES": "500", "COLUMNS": "80", "NO_COLOR": "1"}
    expected = (0, pages.text(COMMANDS["get-id"], "get-id", 80), "")

    assert cogid("get-id", "-h", files=files) == expected
    assert cogid("get-id", "-h", files=files, tty=True, env=env) == expected


def test_help_is_as_wide_as_the_terminal(cogid):
    """Lines fill the terminal, up to a width that can be read; a pipe has 80 columns."""
    assert cogid("get-id", "help", env={"COLUMNS": "200"}) == cogid("get-id", "help")
    longest = {}
    for columns in ("60", "90", "200"):
        env = {"COLUMNS": columns, "LINES": "500", "NO_COLOR": "1"}
        lines = cogid("get-id", "help", tty=True, env=env).out.split("\n")
        longest[columns] = max(map(len, lines))

    assert 55 <= longest["60"] <= 60
    assert 85 <= longest["90"] <= 90 < longest["200"] <= 100


COLORED = [
    # words                          names that stand out
    (["-h"], ["POOLS", "get-id", "--region <string>", "completion"]),
    (["get-id", "-h"], ["USAGE", "REQUIRED", "--identity-pool-id <string>"]),
    (["get-id", "help"], ["NAME", "OPTIONAL", "--account-id <string>", "-h, --help", "IdentityId"]),
    (["help", "output"], ["FORMATS", "yaml-stream"]),
    (["local", "-h"], ["COMMANDS", "serve"]),
]


@pytest.mark.parametrize(("words", "names"), COLORED)
def test_headings_and_names_stand_out_on_a_terminal(cogid, words, names):
    """Headings are bold, commands and flags coloured, and the text is that of a pipe."""
    env = {"COLUMNS": "80", "LINES": "500"}
    shown = cogid(*words, tty=True, env=env).out

    for name in names:
        assert re.search(rf"\x1b\[(1|36)m{re.escape(name)}[^\n\x1b]*\x1b\[0m", shown)
    assert ESCAPES.sub("", shown) == cogid(*words).out


@pytest.mark.parametrize(
    ("words", "env", "tty", "colored"),
    [
        ([], {}, False, False),
        (["--color", "on"], {}, False, True),
        ([], {"NO_COLOR": "1"}, True, False),
        (["--color", "off"], {}, True, False),
        ([], {"TERM": "dumb"}, True, False),
    ],
)
def test_colour_has_its_usual_switches(cogid, words, env, tty, colored):
    """What holds for replies holds for help: the flag, NO_COLOR, TERM, and no colour in a pipe."""
    shown = cogid("get-id", "-h", *words, tty=tty, env={"LINES": "500", "COLUMNS": "80", **env}).out

    assert bool(ESCAPES.search(shown)) is colored


def test_cogid_alone_shows_what_there_is(cogid):
    """A first try is an error with the list of commands, in colour only on a terminal."""
    plain = cogid()
    shown = cogid(tty=True, env={"COLUMNS": "80", "LINES": "500"})

    assert (plain.code, plain.out) == (252, "")
    assert pages.text(ROOT, "", 80) in plain.err
    assert pages.text(ROOT, "", 80, color=True) in shown.err


def test_an_unknown_topic_is_a_usage_error(cogid):
    """It names the topics, and what was perhaps meant."""
    result = cogid("help", "qurey")

    assert result.code == 252
    assert "no help on 'qurey'" in result.err
    assert "  * query\n" in result.err


# Cost


def test_help_loads_nothing_heavy():
    """Rendering every kind of page loads no library that takes long, and no roff."""
    script = (
        "import sys\n"
        "from cogid import help\n"
        "from cogid.cli import Cogid\n"
        "from cogid.help import layout, page, topics\n"
        "root = Cogid()\n"
        "for name, command in [('', root), *page.walk(root)]:\n"
        "    help.text(command, name, 80), help.text(command, name, 80, full=True)\n"
        "layout.text(topics.page('query'), 80)\n"
        "print(*sys.modules)"
    )
    loaded = subprocess.run(
        [sys.executable, "-c", script], check=True, capture_output=True, text=True
    ).stdout.split()

    assert "cogid.help.flags" in loaded
    assert HEAVY & set(loaded) == set()
    assert "cogid.help.man" not in loaded


def test_the_commands_are_those_of_the_tree():
    """What is swept here is all that can be typed."""
    context = click.Context(ROOT)

    assert {name for name in COMMANDS if name and " " not in name} == set(
        ROOT.list_commands(context)
    )
    assert {"local serve", "local env", "local path", "local reset"} <= set(COMMANDS)
