"""Help as people see it: every page of every operation, swept."""

from __future__ import annotations

import io
import re
import shlex
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from cogid import help as texts
from cogid import model, options, shorthand, words
from cogid.__main__ import main
from cogid.help import examples, group, layout, topics, wording
from cogid.model import Model, Operation
from cogid.terminal import Terminal

if TYPE_CHECKING:
    from pathlib import Path

OPERATIONS = list(model.load().operations.values())
HEAVY = {"boto3", "botocore", "rich", "yaml", "jmespath", "urllib3", "html", "textwrap"}
TAGS = re.compile(r"</?(p|ul|ol|li|code|a|i|b|br|important|note|fullname)\b[^>]*>")
ENTITIES = re.compile(r"&(#\w+|[a-z]+);")
CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]")

each_operation = pytest.mark.parametrize("operation", OPERATIONS, ids=lambda each: each.command)
each_width = pytest.mark.parametrize("width", [80, 100, 120, 1000])


def pages(operation: Operation, width: int) -> list[str]:
    """Give both pages of one operation."""
    return [texts.operation_help(operation, width), texts.operation_manual(operation, width)]


def flags_of(operation: Operation) -> dict[str, str]:
    """Give every flag that the operation takes, with how many words it takes."""
    return options.takes([*options.GLOBAL, *options.of_operation(operation)])


def all_examples() -> list[tuple[str, str]]:
    """Give every example with the command it is for."""
    return [(name, each.command) for name, few in examples.EXAMPLES.items() for each in few]


def shell_words(text: str) -> list[str]:
    r"""Split as a shell does, which drops ``\\`` with the end of its line."""
    return shlex.split(text.replace("\\\n", ""))


def assert_plain(text: str, width: int) -> None:
    """Assert that text is fit for any terminal or file."""
    assert not TAGS.search(text)
    assert not ENTITIES.search(text)
    assert not CONTROL.search(text)
    assert text.endswith("\n")
    assert not text.endswith("\n\n")
    assert "\n\n\n" not in text
    for line in text.split("\n"):
        assert line == line.rstrip()
        # A word that is too long to fit, such as an ARN to be copied, stays whole.
        assert len(line) <= min(width, 100) or " " not in line.strip().removesuffix(" \\")


@each_width
@each_operation
def test_every_page_is_plain_text_within_the_width(operation: Operation, width: int) -> None:
    """No HTML, entity, escape or trailing space is left, and lines end at the width."""
    for text in pages(operation, width):
        assert_plain(text, width)


@each_operation
def test_every_flag_is_on_both_pages(operation: Operation) -> None:
    """The pages name every flag of the operation, booleans in both spellings."""
    for text in pages(operation, 80):
        named = set(re.findall(r"--[a-z-]+", text))
        assert set(options.takes(options.of_operation(operation))) <= named


@each_operation
def test_no_page_names_a_flag_that_does_not_exist(operation: Operation) -> None:
    """Whatever looks like a flag is one, of this operation or of one that the text names."""
    known = set().union(*(flags_of(each) for each in OPERATIONS))
    for text in pages(operation, 80):
        assert set(re.findall(r"(?<![\w-])--[a-z][a-z-]*", text)) <= known


@each_operation
def test_short_help_fits_two_screens(operation: Operation) -> None:
    """The short page has at most 72 lines at 80 columns, and 66 at 120."""
    assert texts.operation_help(operation, 80).count("\n") <= 72
    assert texts.operation_help(operation, 120).count("\n") <= 66


@each_operation
def test_short_help_puts_required_flags_first(operation: Operation) -> None:
    """The flags without which the call fails stand under REQUIRED, the others below."""
    text = texts.operation_help(operation, 80)
    required = text.partition("\nREQUIRED\n")[2].partition("\n\n")[0]
    paged = {"--max-results"} if operation.items else set()
    wanted = {f"--{model.kebab(name)}" for name in operation.input.required} - paged

    assert set(re.findall(r"^  (--[a-z-]+)", required, re.MULTILINE)) == wanted


@each_operation
def test_short_help_ends_by_naming_the_full_text(operation: Operation) -> None:
    """The last line says how to see everything."""
    text = texts.operation_help(operation, 80)

    assert text.splitlines()[-1].endswith(f"cogid {operation.command} help")


@each_operation
def test_pages_say_which_calls_need_no_credentials(operation: Operation) -> None:
    """Public operations say that they need no credentials; only the others can lack them."""
    text = texts.operation_help(operation, 80)

    assert ("needs no AWS credentials" in " ".join(text.split())) == operation.public
    assert ("no credentials" in text.partition("EXIT CODES")[2]) == (not operation.public)


def test_constraints_and_choices_are_shown() -> None:
    """Lengths, ranges, patterns and choices of the model are on the short page."""
    roles = texts.operation_help(model.load().operations["set-identity-pool-roles"], 100)
    token = texts.operation_help(
        model.load().operations["get-open-id-token-for-developer-identity"], 100
    )

    assert r"1-55 characters matching [\w-]+:[0-9a-f-]+" in roles
    assert "Type=Token|Rules" in roles
    assert "(un)?authenticated" in roles
    assert "1 to 86400" in token


def test_lists_take_paging_flags_and_no_max_results() -> None:
    """An operation that lists shows cogid's paging, and --max-results as an option."""
    text = texts.operation_help(model.load().operations["list-identities"], 80)
    paging = text.partition("\nPAGING\n")[2].partition("\n\n")[0]

    assert re.findall(r"^  (--[a-z-]+)", paging, re.MULTILINE) == [
        "--max-items",
        "--page-size",
        "--starting-token",
        "--max-results",
        "--next-token",
    ]


def test_delete_identities_takes_any_number() -> None:
    """The service's limit of 60 ids a call is cogid's business, not the caller's."""
    text = texts.operation_help(model.load().operations["delete-identities"], 80)

    assert "1 item or more" in text
    assert "1-60" not in text
    assert "\n  1    " in text


@each_operation
def test_manual_names_every_member_and_error(operation: Operation) -> None:
    """The full page has every member of request and reply, however deep, and every error."""
    text = texts.operation_manual(operation, 80)

    for name in [*members(operation.input), *members(operation.output)]:
        assert name in text or f"--{model.kebab(name)}" in text
    for error in operation.errors:
        assert error in text


def members(shape: model.Shape) -> list[str]:
    """Give the names of all members in a shape."""
    if shape.type == "list":
        return members(shape.element)
    if shape.type == "map":
        return members(shape.value)
    return [each for name, part in shape.members.items() for each in (name, *members(part))]


# Examples


def test_every_operation_has_an_example() -> None:
    """No command is left without a line to paste."""
    assert set(examples.EXAMPLES) == set(model.load().operations)


@pytest.mark.parametrize(("name", "line"), all_examples())
def test_examples_name_flags_that_exist(name: str, line: str) -> None:
    """Every example is a command of cogid with flags spelled in full."""
    program, *given = shlex.split(line)
    takes = flags_of(model.load().operations[name])

    assert program == "cogid"
    assert line.isascii()
    assert name in given
    assert {word for word in given if word.startswith("--")} <= set(takes)
    given.remove(name)
    assert words.split(given, takes).rest == []


@pytest.mark.parametrize("width", [60, 80, 100])
@pytest.mark.parametrize(("name", "line"), all_examples())
def test_examples_say_the_same_when_broken_over_lines(name: str, line: str, width: int) -> None:
    """A shell reads the printed lines as it reads the one line, but for blanks after commas."""
    text = texts.operation_help(model.load().operations[name], width)
    printed = "\n".join(layout.command(line, width))

    assert printed in text
    spoken, meant = shell_words(printed), shlex.split(line)
    assert [re.sub(r",\s+", ",", word) for word in spoken] == [
        re.sub(r",\s+", ",", word) for word in meant
    ]
    for mine, theirs in zip(spoken, meant, strict=True):
        if mine != theirs:
            assert shorthand.parse(mine) == shorthand.parse(theirs)


@pytest.mark.parametrize("line", [line for _, line in all_examples()])
def test_examples_are_valid_requests(
    line: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every example passes all checks that cogid makes before it sends a request."""
    monkeypatch.chdir(tmp_path)
    pool = {"IdentityPoolId": examples.POOL, "IdentityPoolName": "shop"}
    files = {
        "ids.json": f'["{examples.IDENTITY}"]',
        "logins.json": '{"accounts.google.com": "TOKEN"}',
        "pool.json": str({**pool, "AllowUnauthenticatedIdentities": 0}).replace("'", '"'),
        "token.txt": "TOKEN",
    }
    for file, content in files.items():
        (tmp_path / file).write_text(content.replace(": 0", ": false"))
    stdin = io.TextIOWrapper(io.BytesIO(b"TOKEN"))
    monkeypatch.setattr(sys, "stdin", stdin)
    out, err = io.StringIO(), io.StringIO()

    printed = "\n".join(layout.command(line, 80))
    asked = [*shell_words(printed)[1:], "--generate-cli-skeleton", "output"]
    code = main(asked, Terminal(out, err, {}), {"HOME": str(tmp_path)})

    assert (code, err.getvalue()) == (0, "")


# The group


@each_width
def test_group_help_is_plain_text_within_the_width(width: int) -> None:
    """The first page that people see keeps to their terminal, the full one too."""
    assert_plain(texts.group_help(model.load(), width), width)
    assert_plain(texts.group_manual(model.load(), width), width)


def test_group_help_fits_a_screen_or_so() -> None:
    """The first page has at most 60 lines at 80 columns."""
    assert texts.group_help(model.load(), 80).count("\n") <= 60


def test_grouping_covers_the_model() -> None:
    """Every operation is in exactly one group, and every grouped name is an operation."""
    grouped = [name for commands in wording.GROUPS.values() for name in commands]

    assert sorted(grouped) == sorted(model.load().operations)
    assert len(grouped) == 23
    assert list(wording.GROUPS) == [
        "pools",
        "identities",
        "credentials and tokens",
        "developer identities",
        "roles",
        "tags",
    ]
    assert "other" not in group.groups(model.load())


def test_group_help_has_each_command_with_a_line() -> None:
    """Each operation stands there with what it does."""
    text = texts.group_help(model.load(), 80)

    for name, command in wording.COMMANDS.items():
        assert re.search(rf"^  {name}\s+{re.escape(command.summary)}", text, re.MULTILINE)


def test_group_help_names_global_flags_topics_and_other_commands() -> None:
    """Everything that a newcomer may look for next is named."""
    text = texts.group_help(model.load(), 80)

    for flag in options.GLOBAL:
        assert flag.name in text
    for name in [*texts.TOPICS, "local", "completion SHELL"]:
        assert name in text


NEW = {
    "operations": {
        "SendPostcard": {
            "name": "SendPostcard",
            "input": {"shape": "Input"},
            "output": {"shape": "Output"},
            "errors": [{"shape": "PostOfficeClosedException"}],
            "documentation": "<p>Sends a <code>Postcard</code> &amp; a stamp. And more.</p>",
        },
    },
    "shapes": {
        "Input": {
            "type": "structure",
            "required": ["To"],
            "members": {
                "To": {"shape": "Text", "documentation": "<p>Who gets it. Be nice.</p>"},
                "Weights": {"shape": "Floats"},
            },
        },
        "Output": {"type": "structure", "members": {"Cards": {"shape": "Cards"}}},
        "Cards": {"type": "map", "key": {"shape": "Text"}, "value": {"shape": "Card"}},
        "Card": {"type": "structure", "members": {"Sent": {"shape": "When"}}},
        "Floats": {"type": "list", "member": {"shape": "Float"}, "min": 2},
        "Float": {"type": "float"},
        "Text": {"type": "string"},
        "When": {"type": "timestamp"},
    },
}


def test_an_operation_of_a_newer_model_has_help() -> None:
    """An operation that cogid does not know is listed under "other", in the model's words."""
    newer = Model(NEW, {})
    text = texts.group_help(newer, 80)

    assert re.search(r"^OTHER\n  send-postcard +Sends a Postcard & a stamp$", text, re.MULTILINE)


def test_an_operation_of_a_newer_model_has_pages() -> None:
    """Both pages of an unknown operation are made of the model alone."""
    operation = Model(NEW, {}).operations["send-postcard"]
    short, full = pages(operation, 80)

    assert re.search(r"^  --to <string> +Who gets it\.$", short, re.MULTILINE)
    assert "<float> ...; at least 2 items" in short.replace("Float", "float")
    assert "Cards.*.{Sent}" in short
    assert "EXAMPLES" not in short
    assert "PostOfficeClosedException" in full
    assert_plain(full, 80)


# Topics


@each_width
@pytest.mark.parametrize("name", texts.TOPICS)
def test_topics_are_plain_text_within_the_width(name: str, width: int) -> None:
    """Each topic is a page of text like the others."""
    assert_plain(texts.topic(name, width), width)


@pytest.mark.parametrize("name", texts.TOPICS)
def test_topics_fit_a_screen_or_so(name: str) -> None:
    """Each topic has at most 60 lines at 80 columns."""
    assert texts.topic(name, 80).count("\n") <= 60


@pytest.mark.parametrize("name", texts.TOPICS)
def test_topics_name_what_exists(name: str) -> None:
    """Flags and commands that a topic names are there."""
    known = set().union(*(flags_of(each) for each in OPERATIONS))
    text = texts.topic(name, 80)

    of_serve = {"--host", "--port"}
    made_up = {"--x", "--no-x"}
    named = set(re.findall(r"(?<![\w-])--[a-z][a-z-]*", text)) - of_serve - made_up
    assert named <= known | {"--version"}


@pytest.mark.parametrize(
    "line",
    [
        block.text
        for name in texts.TOPICS
        for block in topics.blocks(name)
        if block.kind == "command"
    ],
)
def test_examples_of_topics_are_commands(line: str) -> None:
    """The commands in topics name operations and flags that exist."""
    given = shlex.split(line)[1:]
    name = next(word for word in given if word in model.load().operations)
    given.remove(name)

    assert words.split(given, flags_of(model.load().operations[name])).rest == []


def test_exit_codes_are_all_explained() -> None:
    """The topic on exit codes has every code that cogid ends with."""
    text = texts.topic("exit-codes", 80)

    codes = re.findall(r"^  (\d+) ", text, re.MULTILINE)
    assert codes == ["0", "1", "130", "141", "252", "253", "254", "255"]


def test_formats_are_all_explained() -> None:
    """The topic on output has every format, of replies and of errors."""
    text = texts.topic("output", 80)

    for name in options.OUTPUT_FORMATS:
        assert re.search(rf"^  {name} ", text, re.MULTILINE)
    for name in options.ERROR_FORMATS:
        assert name in text.partition("\nERRORS\n")[2]


def test_an_unknown_topic_is_a_key_error() -> None:
    """The caller words the complaint, knowing commands as well as topics."""
    with pytest.raises(KeyError):
        texts.topic("weather", 80)


# Speed


def test_help_loads_nothing_heavy() -> None:
    """Rendering every kind of page loads no library that takes long, and no roff."""
    script = (
        "import sys; from cogid import help as h, model; m = model.load();"
        "o = m.operations['set-identity-pool-roles'];"
        "h.group_help(m, 80), h.group_manual(m, 80), h.operation_help(o, 80),"
        "h.operation_manual(o, 80), h.topic('query', 80);"
        "print(*sys.modules)"
    )
    loaded = subprocess.run(
        [sys.executable, "-c", script], check=True, capture_output=True, text=True
    ).stdout.split()

    assert "cogid.help.operation" in loaded
    assert HEAVY & set(loaded) == set()
    assert "cogid.help.man" not in loaded
