"""How a line is cut into words, with its quotes, in each shell."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cogid.completion import line

SHELLS = ("bash", "zsh", "fish", "powershell")
VARIABLES = {"pool": "us-east-1:1", "a": "x y"}


def cut(text, shell="bash"):
    """Cut a line whose cursor is a bar, into words before, word at, words after, and quote."""
    head, _, tail = text.partition("|")
    found = line.split(head, tail, shell, VARIABLES)
    return found.before, found.current, found.after, found.quote


ALIKE = [
    # line                       before                  current    after        quote
    ("cogid |", [], "", [], ""),
    ("cogid get-id|", [], "get-id", [], ""),
    ("  cogid \t get-id  |", ["get-id"], "", [], ""),
    ("cogid get|-id --x", [], "get", ["--x"], ""),
    ("cogid get-id | --x y", ["get-id"], "", ["--x", "y"], ""),
    ("cogid get-id |--x y", ["get-id"], "", ["--x", "y"], ""),
    ("cogid get-id --x| y", ["get-id"], "--x", ["y"], ""),
    ("cogid --x=a:b=c|", [], "--x=a:b=c", [], ""),
    ("cogid 'a b' \"c d\" e'f g'h |", ["a b", "c d", "ef gh"], "", [], ""),
    ("cogid '' |", [""], "", [], ""),
    ("cogid 'a b|", [], "a b", [], "'"),
    ('cogid "a b| c" d', [], "a b", ["d"], '"'),
    ("cogid x'a b|", [], "xa b", [], "'"),
    ("cogid $pool \"$pool\" '$pool' |", ["us-east-1:1", "us-east-1:1", "$pool"], "", [], ""),
    ('cogid ${pool} "--id=${pool}" |', ["us-east-1:1", "--id=us-east-1:1"], "", [], ""),
    ("cogid $a|", [], "x y", [], ""),
    ("cogid $other ${other} $ ${ $|", ["$other", "${other}", "$", "${"], "$", [], ""),
    ("cogid ${pool:-x} |", ["${pool:-x}"], "", [], ""),
    ("cogid $(cat a b) |", ["$(cat a b)"], "", [], ""),
    ("cogid $(cat $(ls a b) c) --x|", ["$(cat $(ls a b) c)"], "--x", [], ""),
    ("cogid ) a|", [")"], "a", [], ""),
    ("cogid a\n--b|", ["a"], "--b", [], ""),
]


@pytest.mark.parametrize("shell", SHELLS)
@pytest.mark.parametrize(("text", "before", "current", "after", "quote"), ALIKE)
def test_words_are_cut_alike_in_every_shell(shell, text, before, current, after, quote):
    """Blanks, quotes, variables and substitutions mean the same everywhere."""
    assert cut(text, shell) == (before, current, after, quote)


ESCAPES = [
    # shell        line                            word
    ("bash", r"a\ b", "a b"),
    ("bash", "a\\\nb", "ab"),
    ("bash", r"\'a\"", "'a\""),
    ("bash", r'"a\"b\$c\\d\e"', 'a"b$c\\d\\e'),
    ("bash", r"'a\'", "a\\"),
    ("bash", r"\$pool", "$pool"),
    ("zsh", r"a\ b", "a b"),
    ("fish", r"a\ b", "a b"),
    ("fish", r"'a\'b\\c\d'", "a'b\\c\\d"),
    ("fish", r'"a\"b\$c\`"', 'a"b$c\\`'),
    ("powershell", "a` b", "a b"),
    ("powershell", r"C:\a\b", r"C:\a\b"),
    ("powershell", '"a`"b`$c`d"', 'a"b$c`d'),
]


@pytest.mark.parametrize(("shell", "text", "word"), ESCAPES)
def test_escapes_are_those_of_the_shell(shell, text, word):
    """Each shell has its own escape, which works differently in quotes."""
    assert cut(f"cogid {text} |", shell)[0] == [word]


@pytest.mark.parametrize("shell", SHELLS)
@given(head=st.text("ab\\`'\"$({ \n=", max_size=30), tail=st.text("ab\\`'\"$({ \n=", max_size=30))
def test_every_line_has_words(shell, head, tail):
    """Nothing that can be typed stops the reading; words before do not depend on what follows."""
    found = line.split(head, tail, shell, VARIABLES)
    alone = line.split(head, "", shell, VARIABLES)

    assert (found.before, found.current, found.quote) == (alone.before, alone.current, alone.quote)
    assert alone.after == []
