import pytest
from hypothesis import given
from hypothesis import strategies as st

from cogid import words
from cogid.errors import UsageError

TAKES = {
    "--ids": words.MANY,
    "--tags": words.MANY,
    "--pool": words.ONE,
    "--max-results": words.ONE,
    "--max-items": words.ONE,
    "--yes": words.NONE,
    "--no-yes": words.NONE,
    "--sample": words.MAYBE,
    "-h": words.NONE,
}

SPLITS = [
    # line                             given                                     rest
    ("--pool a", {"--pool": "a"}, []),
    ("--pool=a", {"--pool": "a"}, []),
    ("--pool=a=b", {"--pool": "a=b"}, []),
    ("--pool=", {"--pool": ""}, []),
    ("--pool -", {"--pool": "-"}, []),
    ("--pool -1", {"--pool": "-1"}, []),
    ("--pool -.5", {"--pool": "-.5"}, []),
    ("--pool a --pool b", {"--pool": "b"}, []),
    ("--po a", {"--pool": "a"}, []),
    ("--po=a", {"--pool": "a"}, []),
    ("--max-r 1 --max-i 2", {"--max-results": "1", "--max-items": "2"}, []),
    ("--ids a b c", {"--ids": ["a", "b", "c"]}, []),
    ("--ids", {"--ids": []}, []),
    ("--ids=a b", {"--ids": ["a"]}, ["b"]),
    ("--ids a b --yes", {"--ids": ["a", "b"], "--yes": None}, []),
    ("--ids a --ids b c", {"--ids": ["b", "c"]}, []),
    ("--yes a", {"--yes": None}, ["a"]),
    ("--yes --no-yes", {"--yes": None, "--no-yes": None}, []),
    ("--sample", {"--sample": None}, []),
    ("--sample x", {"--sample": "x"}, []),
    ("--sample --yes", {"--sample": None, "--yes": None}, []),
    ("-h", {"-h": None}, []),
    ("--nope", {}, ["--nope"]),
    ("--nope=1 a", {}, ["--nope=1", "a"]),
    ("-x", {}, ["-x"]),
    ("a b", {}, ["a", "b"]),
    ("--pool a -- --yes", {"--pool": "a"}, ["--yes"]),
    ("", {}, []),
]


@pytest.mark.parametrize(("line", "given", "rest"), SPLITS)
def test_a_line_splits_into_flags_with_their_words(line, given, rest):
    """Flags get the words they take, and every other word stays."""
    assert words.split(line.split(), TAKES) == (given, rest)


def test_a_dashed_word_with_a_space_is_a_value():
    """Prose that begins with a dash is no flag."""
    assert words.split(["--pool", "- a dash"], TAKES).given == {"--pool": "- a dash"}


def test_an_empty_word_is_a_value():
    """An empty string can be given to a flag."""
    assert words.split(["--pool", ""], TAKES).given == {"--pool": ""}


def test_the_last_of_a_switch_and_its_opposite_comes_last():
    """The order of last use is kept, because the last use counts."""
    found = words.split(["--no-yes", "--yes", "--no-yes"], TAKES).given

    assert list(found) == ["--yes", "--no-yes"]


def test_a_whole_name_is_no_prefix():
    """A flag's full name is never ambiguous, whatever else begins with it."""
    takes = {"--tag": words.ONE, "--tags": words.ONE}

    assert words.split(["--tag", "a"], takes).given == {"--tag": "a"}


WRONG = [
    ("--pool", "argument --pool: expected one argument"),
    ("--pool --yes", "argument --pool: expected one argument"),
    ("--pool --nope", "argument --pool: expected one argument"),
    ("--po", "argument --pool: expected one argument"),
    ("--yes=1", "argument --yes: ignored explicit argument '1'"),
    ("--max 1", "ambiguous option: --max could match --max-results, --max-items"),
]


@pytest.mark.parametrize(("line", "message"), WRONG)
def test_words_that_do_not_fit_a_flag_are_named(line, message):
    """A flag without its word, a switch with one and an unclear prefix are usage errors."""
    with pytest.raises(UsageError) as caught:
        words.split(line.split(), TAKES)

    assert caught.value.message == message


COMMANDS = [
    # line                           before             from the command on
    ("get-id --pool x", {}, ["get-id", "--pool", "x"]),
    ("--pool x get-id --yes", {"--pool": "x"}, ["get-id", "--yes"]),
    ("--pool=x get-id", {"--pool": "x"}, ["get-id"]),
    ("--yes get-id", {"--yes": None}, ["get-id"]),
    ("--yes", {"--yes": None}, []),
    ("", {}, []),
]


@pytest.mark.parametrize(("line", "before", "after"), COMMANDS)
def test_the_command_is_the_first_word_of_no_flag(line, before, after):
    """What stands before the command is split; the command keeps all that follows it."""
    split, rest = words.until_command(line.split(), TAKES)

    assert (split.given, rest) == (before, after)


def test_an_unknown_flag_before_the_command_stays_over():
    """A dashed word that no flag takes does not become the command."""
    split, rest = words.until_command(["--nope", "get-id"], TAKES)

    assert (split.rest, rest) == (["--nope"], ["get-id"])


def test_joined_flags_split_to_the_same_again():
    """Flags written back as words need no rules to read."""
    given = {"--pool": "- a b", "--yes": None, "--max-items": "-1"}

    assert words.split(words.joined(given), TAKES).given == given


WORD = st.sampled_from([*TAKES, "--po", "--nope", "-1", "a", "", "--pool=x", "-"]) | st.text()


@given(st.lists(WORD))
def test_any_words_split_or_are_refused(line):
    """Only known flags are ever given, and what is left over are words of the line, in order."""
    try:
        split = words.split(line, TAKES)
    except UsageError:
        return
    passing = iter(line)

    assert split.given.keys() <= TAKES.keys()
    assert all(word in passing for word in split.rest)
