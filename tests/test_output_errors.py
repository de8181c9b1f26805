import json

import pytest

from cogid import output
from cogid.errors import ConfigError, ServiceError, SomeFailed, UnknownOptions, UsageError
from cogid.output.errors import error_text

PIPE = output.View("error")
SERVICE = ServiceError(
    "GetId",
    {"Code": "NotAuthorizedException", "Message": "No.", "serverTime": 7},
    hint="ask again",
)
HINTS = "hint: ask again\n"


def test_the_enhanced_format_says_everything():
    """People get the sentence, further members and the hint."""
    assert error_text(SERVICE, "enhanced", view=PIPE) == (
        "\ncogid: [ERROR]: An error occurred (NotAuthorizedException) when calling the GetId "
        "operation: No.\n\nAdditional error details:\nserverTime: 7\nhint: ask again\n"
    )


def test_the_legacy_format_is_the_sentence_alone():
    """Scripts that read the old form get no more than it had."""
    assert error_text(SERVICE, "legacy", view=PIPE) == (
        "\ncogid: [ERROR]: An error occurred (NotAuthorizedException) when calling the GetId "
        "operation: No.\n"
    )


STRUCTURED = [
    ("yaml", "Code: NotAuthorizedException\nMessage: No.\nserverTime: 7\n"),
    ("text", "NotAuthorizedException\tNo.\t7\n"),
]


@pytest.mark.parametrize(("error_format", "text"), STRUCTURED)
def test_structured_formats_hold_the_members_alone(error_format, text):
    """No sentence and no hint stands around them."""
    assert error_text(SERVICE, error_format, view=PIPE) == text


def test_the_json_format_can_be_read_back():
    """JSON holds code, message and the modelled members."""
    assert json.loads(error_text(SERVICE, "json", view=PIPE)) == {
        "Code": "NotAuthorizedException",
        "Message": "No.",
        "serverTime": 7,
    }


def test_the_table_format_holds_the_members():
    """A table's title is ``error``."""
    text = error_text(SERVICE, "table", view=PIPE)

    assert "error" in text
    assert "NotAuthorizedException" in text


SENTENCES = [
    # error                                          sentence
    (UsageError("Bad."), "An error occurred (ParamValidation): Bad."),
    (UnknownOptions("Unknown options: --x"), "Unknown options: --x"),
    (ConfigError("None.", code="NoRegion"), "An error occurred (NoRegion): None."),
    (ConfigError("Bad."), "An error occurred (Configuration): Bad."),
    (SomeFailed("1 of 2 failed"), "1 of 2 failed"),
    (
        ServiceError("GetId", {"Code": "C", "Message": "M"}, retries=" (reached max retries: 2)"),
        "An error occurred (C) when calling the GetId operation (reached max retries: 2): M",
    ),
]


@pytest.mark.parametrize(("error", "sentence"), SENTENCES)
def test_errors_are_worded_as_the_reference_words_them(error, sentence):
    """The first line says the program and the sentence."""
    text = error_text(error, "enhanced", view=PIPE)

    assert text.splitlines()[1] == f"cogid: [ERROR]: {sentence}"


@pytest.mark.parametrize(("error", "sentence"), SENTENCES)
def test_only_errors_of_the_service_have_a_code_in_the_older_format(error, sentence):
    """``legacy`` prints the bare message of what was found out before anything was sent."""
    text = error_text(error, "legacy", view=PIPE)
    said = sentence if isinstance(error, ServiceError) else error.message

    assert text.splitlines()[1] == f"cogid: [ERROR]: {said}"


def test_usage_stands_under_what_is_wrong_with_the_flags():
    """A wrong flag gets the lines on where more is said, of the command at hand."""
    text = error_text(UsageError("Bad.", usage=True), "legacy", command="get-id", view=PIPE)

    assert text.endswith(
        "\n\nusage: cogid get-id [flags]\nTo see what it takes, run: cogid get-id -h\n"
    )


def test_usage_without_a_command_is_that_of_the_program():
    """Before a command is known, the way to all help is named."""
    text = error_text(UnknownOptions("x"), "legacy", view=PIPE)

    assert text.endswith(
        "usage: cogid [global flags] COMMAND [flags]\nTo see what it takes, run: cogid help\n"
    )


def test_a_wrong_value_needs_no_usage():
    """Usage is not shown when the message says it all."""
    assert "usage:" not in error_text(UsageError("Bad."), "enhanced", view=PIPE)


EVIL = ServiceError("GetId", {"Code": "C", "Message": "a\x1b[2Jb\u202e", "Extra": "c\x07"})


def test_a_terminal_is_not_steered_by_an_error():
    """Control characters in message and members are shown, not sent on."""
    text = error_text(EVIL, "enhanced", view=output.View("error", escape=True))

    assert "a\\x1b[2Jb\\u202e" in text
    assert "Extra: c\\x07\n" in text


def test_a_pipe_gets_the_message_as_it_is():
    """Nothing is escaped for a program."""
    assert "a\x1b[2Jb\u202e" in error_text(EVIL, "enhanced", view=PIPE)


FORGED = "no\nhint: run it\r\ncogid: [ERROR]: x\u2028hint: y"


def test_a_message_cannot_forge_a_line(cogid, service):
    """On a terminal only lines of cogid's own begin at the margin."""
    service.replies = [service.error("InvalidParameterException", FORGED)]
    err = cogid("get-id", "--identity-pool-id", "us-east-1:p", tty=True).err

    assert "no\n  hint: run it\\r\n  cogid: [ERROR]: x\\u2028hint: y\n" in err


def test_a_members_name_and_value_cannot_forge_a_line():
    """Further members of an error are no exception."""
    error = ServiceError("GetId", {"Code": "C", "Message": "m", "a\nhint": "b\nhint: c"})
    text = error_text(error, "enhanced", view=output.View("error", escape=True))

    assert "a\n  hint: b\n  hint: c\n" in text


def test_a_pipe_gets_the_lines_of_a_message_as_they_are(cogid, service):
    """What programs read is the reference's, byte for byte."""
    service.replies = [service.error("InvalidParameterException", FORGED)]

    assert FORGED in cogid("get-id", "--identity-pool-id", "us-east-1:p").err
