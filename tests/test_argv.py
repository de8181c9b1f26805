import click
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cogid import argv
from cogid.cli import Cogid
from cogid.errors import UnknownOptions, UsageError
from cogid.options import EACH, MANY, MAYBE, NONE, ONE, Command, CommandGroup, Flag

FLAGS = [
    Flag("--ids", MANY),
    Flag("--tags", MANY),
    Flag("--pool", ONE),
    Flag("--max-results", ONE, number=True),
    Flag("--max-items", ONE, number=True),
    Flag("--yes", NONE, off="--no-yes"),
    Flag("--sample", MAYBE, choices={"x": ""}),
    Flag("--format", ONE, choices={"json": "", "text": ""}),
    Flag("--trust", EACH),
    Flag("--help", NONE, short="-h", ours=True),
    Flag("--post", ONE, ours=True),
    Flag("--maximum", ONE, ours=True),
]

SPLITS = [
    # line                             flags                                  rest
    ("--pool a", {"pool": "a"}, []),
    ("--pool=a", {"pool": "a"}, []),
    ("--pool=a=b", {"pool": "a=b"}, []),
    ("--pool=", {"pool": ""}, []),
    ("--pool -", {"pool": "-"}, []),
    ("--pool -1", {"pool": "-1"}, []),
    ("--pool -.5", {"pool": "-.5"}, []),
    ("--pool a --pool b", {"pool": "b"}, []),
    ("--po a", {"pool": "a"}, []),
    ("--po=a", {"pool": "a"}, []),
    ("--max-r 1 --max-i 2", {"max_results": 1, "max_items": 2}, []),
    ("--max-items -7", {"max_items": -7}, []),
    ("--ids a b c", {"ids": ["a", "b", "c"]}, []),
    ("--ids", {"ids": []}, []),
    ("--ids=a b", {"ids": ["a"]}, ["b"]),
    ("--ids a b --yes", {"ids": ["a", "b"], "yes": True}, []),
    ("--ids a --ids b c", {"ids": ["b", "c"]}, []),
    ("--trust a --trust b", {"trust": ["a", "b"]}, []),
    ("--yes a", {"yes": True}, ["a"]),
    ("--no-yes", {"yes": False}, []),
    ("--yes --no-yes", {"yes": False}, []),
    ("--no-yes --yes", {"yes": True}, []),
    ("--sample", {"sample": True}, []),
    ("--sample x", {"sample": "x"}, []),
    ("--sample --yes", {"sample": True, "yes": True}, []),
    ("--format text", {"format": "text"}, []),
    ("-h", {"help": True}, []),
    ("--help", {"help": True}, []),
    ("--nope", {}, ["--nope"]),
    ("--nope=1 a", {}, ["--nope=1", "a"]),
    ("-x", {}, ["-x"]),
    ("a b", {}, ["a", "b"]),
    ("", {}, []),
]


@pytest.mark.parametrize(("line", "flags", "rest"), SPLITS)
def test_a_line_splits_into_flags_with_their_values(line, flags, rest):
    """Flags get the words they take, and every other word stays."""
    assert argv.split(line.split(), FLAGS) == (flags, rest)


def test_a_dashed_word_with_a_space_is_a_value():
    """Prose that begins with a dash is no flag."""
    assert argv.split(["--pool", "- a dash"], FLAGS)[0] == {"pool": "- a dash"}


def test_an_empty_word_is_a_value():
    """An empty string can be given to a flag."""
    assert argv.split(["--pool", ""], FLAGS)[0] == {"pool": ""}


def test_a_whole_name_is_no_abbreviation():
    """A flag's full name is never ambiguous, whatever else begins with it."""
    assert argv.split(["--tag", "a"], [Flag("--tag", ONE), Flag("--tags", ONE)])[0] == {"tag": "a"}


def test_a_flag_that_only_cogid_has_makes_no_abbreviation_ambiguous():
    """``--po`` is the reference's --pool although --post is there, and --post is not shortened."""
    assert argv.split(["--po", "a", "--post", "b"], FLAGS)[0] == {"pool": "a", "post": "b"}
    assert argv.split(["--pos", "b"], FLAGS) == ({}, ["--pos", "b"])


WRONG = [
    ("--pool", "argument --pool: expected one argument"),
    ("--pool --yes", "argument --pool: expected one argument"),
    ("--pool --nope", "argument --pool: expected one argument"),
    ("--po", "argument --pool: expected one argument"),
    ("--yes=1", "argument --yes: ignored explicit argument '1'"),
    ("--max 1", "ambiguous option: --max could match --max-results, --max-items"),
    ("--format xml", "argument --format: Found invalid choice 'xml'; choose from json, text"),
    ("--sample y", "argument --sample: Found invalid choice 'y'; choose from x"),
    ("--max-items abc", "argument --max-items: invalid int value: 'abc'"),
    ("--max-items=", "argument --max-items: invalid int value: ''"),
]


@pytest.mark.parametrize(("line", "message"), WRONG)
def test_words_that_do_not_fit_a_flag_are_named(line, message):
    """A flag without its word, a switch with one, a wrong value: usage errors."""
    with pytest.raises(UsageError) as caught:
        argv.split(line.split(), FLAGS)

    assert caught.value.message == message


WORD = st.sampled_from(["--ids", "--pool", "--yes", "--no-yes", "--po", "--nope", "-1", "a", ""])


@given(st.lists(WORD | st.text()))
def test_any_words_split_or_are_refused(line):
    """Only known flags are ever given, and what is left over are words of the line, in order."""
    try:
        flags, rest = argv.split(line, FLAGS)
    except UsageError:
        return
    passing = iter(line)

    assert flags.keys() <= {flag.name for flag in FLAGS}
    assert all(word in passing for word in rest)


def tree():
    """Make a tree of commands."""
    keep = Command("keep", print, summary="Keep", params=[click.Argument(["name"])])
    copy = Command(
        "copy",
        print,
        summary="Copy",
        params=[Flag("--from", ONE), click.Argument(["names"], nargs=-1, required=False)],
    )
    inner = CommandGroup("box", [keep, copy], summary="Boxes")
    root = click.Group("root", params=[*FLAGS], add_help_option=False)
    root.add_command(inner)
    root.add_command(copy)
    return root


LINES = [
    # line                          name         flags                                 help
    ("copy", "copy", {}, ""),
    ("copy a b", "copy", {"names": ["a", "b"]}, ""),
    ("--pool x copy --from y", "copy", {"pool": "x", "from": "y"}, ""),
    ("copy --pool x", "copy", {"pool": "x"}, ""),
    ("--pool x copy --pool y", "copy", {"pool": "y"}, ""),
    ("box keep me", "box keep", {"name": "me"}, ""),
    ("box keep me --yes", "box keep", {"name": "me", "yes": True}, ""),
    ("copy -- --pool", "copy", {"names": ["--pool"]}, ""),
    ("-- copy", "copy", {}, ""),
    ("", "", {}, ""),
    ("box", "box", {}, ""),
    ("-h", "", {}, "short"),
    ("copy -h", "copy", {}, "short"),
    ("copy --nope -h", "copy", {}, "short"),
    ("copy help", "copy", {}, "full"),
    ("box help", "box", {}, "full"),
    ("box keep help", "box keep", {}, "full"),
    ("copy -- help", "copy", {"names": ["help"]}, ""),
    ("copy --from help", "copy", {"from": "help"}, ""),
    ("copy a help", "copy", {"names": ["a", "help"]}, ""),
]


@pytest.mark.parametrize(("line", "name", "flags", "asked"), LINES)
def test_a_line_is_a_command_with_its_flags(line, name, flags, asked):
    """The command is found wherever it stands, its words are its own, ``help`` is asked for."""
    found = argv.parse(line.split(), tree())

    assert (found.name, found.flags, found.help) == (name, flags, asked)
    assert found.command.name == (name.split() or ["root"])[-1]


REFUSED = [
    ("nope", UsageError, "", "argument operation: Found invalid choice 'nope'"),
    ("cpoy", UsageError, "", "Maybe you meant:\n\n  * copy"),
    ("box nope", UsageError, "box", "argument operation: Found invalid choice 'nope'"),
    ("box keep", UsageError, "box keep", "the following arguments are required: NAME"),
    ("box keep a b", UnknownOptions, "box keep", "Unknown options: b"),
    ("box keep a --frm x", UnknownOptions, "box keep", "Unknown options: --frm, x"),
    ("copy --form x", UsageError, "", "argument --format: Found invalid choice 'x'"),
    ("copy --from", UsageError, "copy", "argument --from: expected one argument"),
    ("--nope", UnknownOptions, "", "Unknown options: --nope"),
]


@pytest.mark.parametrize(("line", "kind", "name", "message"), REFUSED)
def test_a_wrong_line_says_what_is_wrong_and_of_which_command(line, kind, name, message):
    """The error knows as much of the command as was read of it."""
    with pytest.raises(kind) as caught:
        argv.parse(line.split(), tree())

    assert message in caught.value.message
    assert caught.value.command == name


ABBREVIATED = [
    # line                                                           what it gives
    ("list-identities --identity-pool-id p --max 5", {"max_results": 5}),
    ("lookup-developer-identity --identity-pool-id p --max 5", {"max_results": 5}),
    ("get-id --identity-pool-id p --lo a=b", {"logins": "a=b"}),
    ("list-identities --identity-pool-id p --h", {"hide_disabled": True}),
    ("get-id --identity-pool-id p --re us-east-1", {"region": "us-east-1"}),
]


@pytest.mark.parametrize(("line", "flags"), ABBREVIATED)
def test_what_is_short_for_one_flag_in_the_reference_is_so_here(line, flags):
    """Flags of cogid's own (--help, --local, paging) take no abbreviation away: AWS CLI 2.36.7."""
    assert argv.parse(line.split(), Cogid()).flags.items() >= flags.items()


@pytest.mark.parametrize(
    "line",
    [
        "no-such --cli-error-format json",
        "--cli-error-format=json get-id --nope",
        "get-id --identity-pool-id --cli-error-format json",
    ],
)
def test_the_format_of_errors_counts_on_a_wrong_line(line):
    """It is found wherever it stands, without the rest being understood."""
    assert argv.scan(line.split(), Cogid()).flags == {"cli_error_format": "json"}


def test_a_wrong_format_of_errors_is_passed_over():
    """What is wrong with that flag itself is the parse's to say."""
    assert argv.scan(["--cli-error-format", "xml"], Cogid()).flags == {}
