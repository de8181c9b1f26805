"""The pages of cogid as a whole: what a newcomer sees first."""

from __future__ import annotations

import re

import click

from cogid import model, options, wording
from cogid.cli import Cogid, OperationCommand
from cogid.help import TOPICS, group, layout
from cogid.model import Model
from cogid.options import Command

ROOT = Cogid()
SHORT = layout.text(group.short(ROOT), 80)
FULL = layout.text(group.full(ROOT), 80)


def test_every_command_is_there_with_a_line():
    """Operations and what stands beside them, in both pages, the public ones with a star."""
    context = click.Context(ROOT)
    for name in ROOT.list_commands(context):
        command = ROOT.get_command(context, name)
        star = " *" if getattr(command, "operation", None) and command.operation.public else ""
        for text in (SHORT, FULL):
            words = " ".join(text.split())
            assert re.search(rf"^  {name}( |$)", text, re.MULTILINE)
            assert f" {name} {command.summary}{star} " in words


def test_operations_are_sorted_by_what_they_are_for():
    """The groups of the page, in order; what is no operation stands under MORE."""
    headings = re.findall(r"^[A-Z][A-Z ]+$", SHORT, re.MULTILINE)

    assert headings == [
        "USAGE",
        "POOLS",
        "IDENTITIES",
        "CREDENTIALS AND TOKENS",
        "DEVELOPER IDENTITIES",
        "ROLES",
        "TAGS",
        "MORE",
        "GLOBAL FLAGS",
    ]


def test_every_known_operation_is_in_one_group():
    """No name is in two groups or misspelt; a newer model may have more."""
    grouped = [name for names in wording.GROUPS.values() for name in names]

    assert len(grouped) == len(set(grouped))
    assert set(grouped) <= set(model.load().operations)


def test_the_short_page_names_what_else_there_is():
    """All global flags, the topics, and a line to try."""
    for flag in options.GLOBAL:
        assert flag.spelling in SHORT
    for name in TOPICS:
        assert name in SHORT.partition("\nTopics:")[2]
    assert SHORT.endswith("cogid --local list-identity-pools\n")


def test_the_full_page_says_what_the_service_is():
    """In the service's words, without the sentences that only point at a link."""
    told = " ".join(FULL.partition("\nDESCRIPTION\n")[2].partition("\n\nPOOLS")[0].split())

    assert told.startswith("Amazon Cognito Federated Identities is a web service that")
    assert "Authentication Flow" not in told
    assert "For more information" not in told
    assert "\n  docs.aws.amazon.com/cognito/latest/developerguide/" in FULL


def test_an_operation_of_a_newer_model_is_listed():
    """An operation that cogid does not know comes under "other", in the model's words."""
    raw = {
        "operations": {
            "SendPostcard": {"name": "SendPostcard", "documentation": "<p>Sends it. More.</p>"},
        },
        "shapes": {},
    }
    operation = OperationCommand(Model(raw, {}).operations["send-postcard"])
    paint = Command("paint", lambda _, __: None, summary="Paint a wall")
    newer = click.Group("cogid", [operation, paint])
    text = layout.text(group.short(newer), 80)

    assert re.search(r"^OTHER\n  send-postcard +Sends it$", text, re.MULTILINE)
    assert re.search(r"^MORE\n  paint +Paint a wall$", text, re.MULTILINE)
    assert "POOLS" not in text
