"""The pages of single commands: their sections, and what each says."""

from __future__ import annotations

import re

import click
import pytest

from cogid.cli import Cogid, OperationCommand
from cogid.help import layout, page
from cogid.model import Model, kebab
from cogid.options import MANY, NONE, ONE, Command, CommandGroup, Flag

ROOT = Cogid()
COMMANDS = dict(page.walk(ROOT))
OPERATIONS = {name: each for name, each in COMMANDS.items() if page.operation_of(each)}

each_operation = pytest.mark.parametrize("name", OPERATIONS)


def short(name, width=80):
    """Give the short page of a command with all of its examples."""
    return layout.text(page.short(COMMANDS[name], name, 9), width)


def full(name, width=80):
    """Give the full page of a command."""
    return layout.text(page.full(COMMANDS[name], name), width)


def section(text, title):
    """Give the part of a page under a heading."""
    return text.partition(f"\n{title}\n")[2].partition("\n\n")[0]


def flags_in(text, title):
    """Name the flags at the left of a table, in order."""
    return re.findall(r"^  (--[a-z-]+)", section(text, title), re.MULTILINE)


@each_operation
def test_required_flags_come_first(name):
    """The flags without which the call fails stand under REQUIRED, the others below."""
    operation = OPERATIONS[name].operation
    paged = {"--max-results"} if operation.items else set()
    wanted = {f"--{kebab(member)}" for member in operation.input.required} - paged
    text = short(name)

    assert set(flags_in(text, "REQUIRED")) == wanted
    assert wanted.isdisjoint(flags_in(text, "OPTIONAL"))


@each_operation
def test_the_usage_has_the_required_flags_alone(name):
    """What has to be typed is there with placeholders, and that there is more."""
    usage = " ".join(section(short(name), "USAGE").split())
    needed = flags_in(short(name), "REQUIRED")

    assert re.findall(r"--[a-z-]+", usage.replace("[no-]", "")) == needed
    assert usage.startswith(f"cogid {name} ")
    assert usage.endswith("[FLAGS]")


@each_operation
def test_pages_say_which_calls_need_no_credentials(name):
    """Public operations say that they need no credentials; only the others can lack them."""
    public = OPERATIONS[name].operation.public
    words = " ".join(short(name).split())

    assert ("needs no AWS credentials" in words) == public
    assert ("253 no credentials" in words) == (not public)
    assert ("  253  no credentials" in full(name)) == (not public)


def test_a_region_may_be_missing_where_no_id_tells_it():
    """Who gives an id gives its region with it."""
    assert "253  no credentials or region\n" in full("list-identity-pools")
    assert "253  no credentials\n" in full("describe-identity-pool")


@each_operation
def test_the_full_page_names_every_member_and_error(name):
    """It has every member of request and reply, however deep, and every error."""
    operation = OPERATIONS[name].operation
    text = full(name)

    for member in [*members(operation.input), *members(operation.output)]:
        assert member in text or f"--{kebab(member)}" in text
    for error in [*operation.errors, "ValidationException"]:
        assert error in text.partition("254:\n")[2]
    assert ("AccessDeniedException" in text) == (not operation.public)


def members(shape):
    """Give the names of all members in a shape."""
    if shape.type == "list":
        return members(shape.element)
    if shape.type == "map":
        return members(shape.value)
    return [each for name, part in shape.members.items() for each in (name, *members(part))]


def test_the_full_page_has_limits_and_patterns():
    """Lengths, ranges, patterns and choices of the model are told where there is room."""
    roles = full("set-identity-pool-roles", 100)

    assert r"1-55 characters matching [\w-]+:[0-9a-f-]+" in roles
    assert "(un)?authenticated" in roles
    assert r"characters matching" not in short("set-identity-pool-roles")


def test_the_short_page_says_how_a_value_is_written():
    """Plain maps and lists show it in place of the value, structures below, numbers their range."""
    token = short("get-open-id-token-for-developer-identity")

    assert "\n  --tags KEY=<string>,...  " in short("tag-resource")
    assert "--tag-keys <string> ..." in short("untag-resource")
    assert "KEY={Type=Token|Rules," in short("set-identity-pool-roles")
    assert "1 to 86400" in section(token, "OPTIONAL")


def test_choices_are_told_with_what_they_mean_on_the_full_page():
    """Where a flag has choices, the full page says what each is."""
    told = " ".join(full("get-id").split())

    assert "How to print the reply: json (JSON, indented), text (lines with tabs" in told
    assert "yaml, yaml-stream (YAML, page by page)" in told
    assert "When to colour: on (always), off (never)," in told


def test_lists_take_paging_flags_and_no_max_results():
    """An operation that lists shows cogid's paging first, and --max-results as an option."""
    for text in (
        short("list-identities"),
        full("list-identities").replace("page after page.\n\n", "\n"),
    ):
        assert flags_in(text, "PAGING") == [
            "--max-items",
            "--page-size",
            "--starting-token",
            "--max-results",
            "--next-token",
        ]
    assert "PAGING" not in short("get-id")


def test_delete_identities_takes_any_number():
    """The service's limit of 60 ids a call is cogid's business, not the caller's."""
    text = full("delete-identities")

    assert "1 item or more" in text
    assert "1-60 items" not in text
    assert "\n  1    some ids were not deleted: they are in the reply\n" in text
    assert "0 done; 1 some ids were not deleted; 252" in short("delete-identities")


def test_the_reply_is_outlined_for_query():
    """The short page has the names in a reply on a line or two, inner ones as far as they fit."""
    assert section(short("list-identities"), "REPLY").split("\n")[0] == (
        "  IdentityPoolId, Identities[].{IdentityId, Logins[], CreationDate,"
    )
    assert section(short("tag-resource"), "REPLY") == "  Nothing is printed."
    assert "CognitoIdentityProviders[], SamlProviderARNs[]," in short("create-identity-pool")


def test_sentences_that_only_point_at_links_are_left_out():
    """The links stand under SEE ALSO; "see Authentication Flow" leads nowhere on a terminal."""
    text = full("create-identity-pool")

    assert "For more information" not in text
    assert "developerguide/authentication-flow.html" in text.partition("SEE ALSO")[2]
    assert "https://" not in text


def test_a_page_names_the_commands_beside_it():
    """Who reads of one command of a kind sees the others."""
    near = " ".join(section(full("tag-resource"), "SEE ALSO").split())

    assert near == "cogid list-tags-for-resource, untag-resource"


# Commands beside the operations


def run(flags, app):
    """Do nothing."""


PAINT = Command(
    "paint",
    run,
    summary="Paint a wall",
    about="It takes a while.",
    params=[
        click.Argument(["color"], type=click.Choice(["red", "blue"]), metavar="COLOR"),
        click.Argument(["walls"], nargs=-1, metavar="[WALL]..."),
        Flag(
            "--brush",
            ONE,
            "Which brush.  [default: a wide one]",
            choices={"wide": "", "thin": "for edges"},
        ),
        Flag("--coats", ONE, "How many coats.", number=True),
        Flag("--tape", MANY, "What to leave out.", metavar="PLACE"),
        Flag("--drying", NONE, "Wait until it is dry.", off="--no-drying"),
    ],
    examples=[("The hall", "cogid paint red --coats 2")],
)


def test_a_command_of_ours_has_the_shape_of_an_operation():
    """Usage, arguments, flags, examples, exit codes, and where more is said."""
    assert (
        layout.text(page.short(PAINT, "paint", 1), 80)
        == """\
cogid paint - Paint a wall

It takes a while.

USAGE
  cogid paint COLOR [WALL]... [FLAGS]

ARGUMENTS
  COLOR                   One of red, blue.

FLAGS
  --brush <string>        Which brush: wide, thin. [default: a wide one]
  --coats <integer>       How many coats.
  --tape PLACE            What to leave out.
  --drying / --no-drying  Wait until it is dry.

EXAMPLES
  # The hall
  cogid paint red --coats 2

Exit codes:  0 done; 252 wrong flags
More:        global flags: cogid -h; all of it: cogid paint help
"""
    )


def test_the_full_page_of_a_command_of_ours():
    """It has the shape of a man page, and leaves the global flags to the page of them."""
    assert (
        layout.text(page.full(PAINT, "paint"), 80)
        == """\
NAME
  cogid paint - Paint a wall

SYNOPSIS
  cogid paint COLOR [WALL]... [--brush <string>] [--coats <integer>]
      [--tape PLACE] [--drying | --no-drying] [GLOBAL FLAGS]

DESCRIPTION
  It takes a while.

ARGUMENTS
  COLOR                   One of red, blue.

FLAGS
  --brush <string>        Which brush: wide, thin (for edges). [default: a wide
                          one]
  --coats <integer>       How many coats.
  --tape PLACE            What to leave out.
  --drying / --no-drying  Wait until it is dry.

EXAMPLES
  The hall:
      cogid paint red --coats 2

EXIT CODES
  0    done
  252  wrong flags: one is missing, unknown or cannot be read; nothing was done

  The others are those of every command: cogid help exit-codes

SEE ALSO
  Global flags: cogid help
"""
    )


def test_a_group_lists_its_commands():
    """In the order in which they were declared, with the way to the page of each."""
    group = CommandGroup(
        "house", [PAINT, Command("air", run, summary="Open a window")], summary="Do"
    )

    assert (
        layout.text(page.short(group, "house", 1), 80)
        == """\
cogid house - Do

USAGE
  cogid house COMMAND [FLAGS]

COMMANDS
  paint  Paint a wall
  air    Open a window

Exit codes:  0 done; 252 wrong flags
More:        cogid house COMMAND -h; global flags: cogid -h; all of it: cogid
             house help
"""
    )


def test_the_commands_of_a_group_are_walked():
    """Every command is found under what it is called by."""
    inner = CommandGroup("house", [PAINT], summary="Do")
    outer = CommandGroup("", [inner], summary="")

    assert dict(page.walk(outer)) == {"house": inner, "house paint": PAINT}


# A newer model

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


def test_an_operation_of_a_newer_model_has_pages():
    """Both pages of an unknown operation are made of the model alone."""
    command = OperationCommand(Model(NEW, {}).operations["send-postcard"])
    brief = layout.text(page.short(command, "send-postcard", 1), 80)
    long = layout.text(page.full(command, "send-postcard"), 80)

    assert brief.startswith("cogid send-postcard - Sends a Postcard & a stamp\n")
    assert re.search(r"^  --to <string> +Who gets it\.$", brief, re.MULTILINE)
    assert "--weights <float> ..." in brief
    assert "Cards.*.{Sent}" in brief
    assert "EXAMPLES" not in brief
    assert "At least 2 items" in long
    assert "PostOfficeClosedException" in long
