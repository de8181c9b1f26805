"""The examples in help: every one can be pasted, and is a line that cogid takes."""

from __future__ import annotations

import re
import shlex
from itertools import takewhile

import pytest

from cogid import argv, examples, model, shorthand
from cogid.cli import Cogid
from cogid.help import layout, page, topics
from cogid.options import Flag

ROOT = Cogid()
COMMANDS = dict(page.walk(ROOT))
OF_COMMANDS = [(name, line) for name, each in COMMANDS.items() for _, line in each.examples]
OF_OPERATIONS = [(name, line) for name, line in OF_COMMANDS if name in examples.EXAMPLES]
OF_TOPICS = [
    ("", block.text)
    for name in topics.TOPICS
    for block in topics.content(name)
    if block.kind == "command" and not block.text.startswith("#")
]

each_of_an_operation = pytest.mark.parametrize(("name", "text"), OF_OPERATIONS)


def shell_words(text):
    r"""Split as a shell does: ``\\`` joins lines, variables are set before, a pipe ends it."""
    words = shlex.split(text.replace("\\\n", ""))
    at = words.index("cogid")
    for variable in words[:at]:
        name, _, value = variable.partition("=")
        words = [word.replace(f"${name}", value) for word in words]
    return list(takewhile(lambda word: word not in ("|", ">"), words[at:]))


def test_every_known_operation_has_an_example():
    """No command is left without a line to paste; a newer model may have more."""
    assert set(examples.EXAMPLES) <= set(model.load().operations)
    assert len(examples.EXAMPLES) == 23
    assert all(examples.EXAMPLES.values())


@pytest.mark.parametrize(("name", "text"), OF_COMMANDS + OF_TOPICS)
def test_every_example_is_a_line_of_the_tree(name, text):
    """It is parsed as pasted, is the command it is shown for, and has its flags spelled in full."""
    if "(cogid" in text:
        text = re.search(r"cogid [^)]+", text)[0]
    words = shell_words(text)[1:]
    line = argv.parse(words, ROOT)
    flags = [each for each in (*ROOT.params, *line.command.params) if isinstance(each, Flag)]
    known = {spelling for flag in flags for spelling in (*flag.opts, *flag.secondary_opts)}

    assert text.isascii()
    assert line.name == (name or line.name) != ""
    mine = takewhile(lambda word: word != "--", words)  # what follows is another program's
    assert {word for word in mine if word.startswith("--")} <= known


@pytest.mark.parametrize("width", [60, 80, 100])
@each_of_an_operation
def test_examples_say_the_same_when_broken_over_lines(name, text, width):
    """A shell reads the printed lines as it reads the one line, but for blanks after commas."""
    printed = "\n".join(layout.lines_of(layout.Block("command", text), width))
    spoken, meant = shell_words(printed), shell_words(text)

    assert printed in layout.text(page.short(COMMANDS[name], name, 9), width)
    assert [re.sub(r",\s+", ",", word) for word in spoken] == meant
    for mine, theirs in zip(spoken, meant, strict=True):
        if mine != theirs:
            assert shorthand.parse(mine) == shorthand.parse(theirs)


@pytest.mark.parametrize("text", [text for _, text in OF_OPERATIONS])
def test_examples_are_valid_requests(cogid, text):
    """Every example passes all checks that cogid makes before it sends a request."""
    pool = f'{{"IdentityPoolId": "{examples.POOL}", "IdentityPoolName": "shop"'
    files = {
        "ids.json": f'["{examples.IDENTITY}"]',
        "logins.json": '{"accounts.google.com": "TOKEN"}',
        "pool.json": f'{pool}, "AllowUnauthenticatedIdentities": false}}',
        "token.txt": "TOKEN",
    }
    words = shell_words("\n".join(layout.lines_of(layout.Block("command", text), 80)))
    result = cogid(*words[1:], "--generate-cli-skeleton", "output", files=files, stdin="TOKEN")

    assert (result.code, result.err) == (0, "")
