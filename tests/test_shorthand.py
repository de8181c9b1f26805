import contextlib
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cogid.shorthand import ShorthandError, parse

PARSED = [
    # text                            value
    ("a=b", {"a": "b"}),
    ("a=", {"a": ""}),
    ("a= b", {"a": "b"}),
    ("a = b", {"a": "b"}),
    ("a=b,c=d", {"a": "b", "c": "d"}),
    ("a=b, c=d", {"a": "b", "c": "d"}),
    ("a=b,c", {"a": ["b", "c"]}),
    ("a=b,c,d=e", {"a": ["b", "c"], "d": "e"}),
    ("a=[]", {"a": []}),
    ("a=[b]", {"a": ["b"]}),
    ("a=[b,c],d=e", {"a": ["b", "c"], "d": "e"}),
    ("a=[ b , c ]", {"a": ["b", "c"]}),
    ("a=[[b,c],[d]]", {"a": [["b", "c"], ["d"]]}),
    ("a={}", {"a": {}}),
    ("a={b=c}", {"a": {"b": "c"}}),
    ("a={b=c,d=[e,f]}", {"a": {"b": "c", "d": ["e", "f"]}}),
    ("a=[{b=c},{b=d}]", {"a": [{"b": "c"}, {"b": "d"}]}),
    ("a={b={c={d=e}}}", {"a": {"b": {"c": {"d": "e"}}}}),
    ("a=b c", {"a": "b c"}),
    ("a=b=c", {"a": "b=c"}),
    (r"a=b\,c", {"a": "b,c"}),
    ("a='b,c'", {"a": "b,c"}),
    ('a="b,c"', {"a": "b,c"}),
    (r"a='it\'s'", {"a": "it's"}),
    (r'a="say \"hi\""', {"a": 'say "hi"'}),
    (r'a="back\\slash"', {"a": "back\\slash"}),
    ("a=''", {"a": ""}),
    ("a='x','y'", {"a": ["x", "y"]}),
    ("a-b_c.d#e/f:g=1", {"a-b_c.d#e/f:g": "1"}),
    ("graph.facebook.com=123", {"graph.facebook.com": "123"}),
    ("a=é", {"a": "é"}),
    ("a=b\n,c=d", {"a": "b", "c": "d"}),
    ("'a b'=c", {"a b": "c"}),
    ('"a@b.c"=d', {"a@b.c": "d"}),
    ("'é'=c,'ü'=d", {"é": "c", "ü": "d"}),
    ("x=y,'a,b'=c", {"x": "y", "a,b": "c"}),
    ("m={'a b'=c}", {"m": {"a b": "c"}}),
    ("Zoë=é", {"Zoë": "é"}),
    ("x=y,n日本=語", {"x": "y", "n日本": "語"}),
    ("a @=b", {"a": "b"}),
    ("a=b,c @ = d", {"a": "b", "c": "d"}),
    ("a=b,,c=d", {"a": "b", "c": "d"}),
    ("a=b,c,,d=e", {"a": ["b", "c"], "d": "e"}),
    ("a=,,b=c", {"a": "", "b": "c"}),
    ("a=[b] ,c=d", {"a": ["b"], "c": "d"}),
    ("a={b=[c] } , d=e", {"a": {"b": ["c"]}, "d": "e"}),
    ("a=b,]", {"a": ["b", "]"]}),
    (r'a="x\\"', {"a": "x\\"}),
    (r'a="x\\"y"', {"a": 'x\\"y'}),
    (r'a="x\"', {"a": "x\\"}),
    (r'a="x\",b=y', {"a": "x\\", "b": "y"}),
]


@pytest.mark.parametrize(("text", "value"), PARSED)
def test_text_parses_to_its_value(text, value):
    """Pairs, lists, maps, quotes and escapes nest as the grammar says."""
    assert parse(text) == value


BROKEN = [
    # text                     complaint                                    position
    ("", "Expected: '=', received: 'EOF'", 0),
    ("a", "Expected: '=', received: 'EOF'", 1),
    ("a b=c", "Expected: '=', received: 'b'", 2),
    ("a=[b", "Expected: ',', received: 'EOF'", 4),
    ("a={b=c", "Expected: ',', received: 'EOF'", 6),
    ("a={b}", "Expected: '=', received: '}'", 4),
    ("a=b,", "Expected: '<second>', received: '<none>'", 4),
    ("a=[b]c", "Expected: ',', received: 'c'", 5),
    ("a=b,a=c", 'Second instance of key "a" encountered', 4),
    ("a='b", "Expected: a closing quote", 2),
    ('a="b', "Expected: a closing quote", 2),
    ("é=a", "Expected: '=', received: 'é'", 0),
    ("a@b=c", "Expected: '=', received: 'b'", 2),
    ("a+b=c", "Expected: '=', received: '+'", 1),
    ("a=b,,c", "Expected: '=', received: 'EOF'", 6),
    ("a=b,,", "Expected: '=', received: 'EOF'", 5),
    ("a=b,,,c=d", "Expected: '=', received: ','", 5),
    ("a=[b] ", "Expected: ',', received: 'EOF'", 6),
    ("a=b,[c]", "Expected: '<second>', received: '['", 4),
]


@pytest.mark.parametrize(("text", "complaint", "position"), BROKEN)
def test_broken_text_says_where_and_what(text, complaint, position):
    """An error names what was expected, and its position."""
    with pytest.raises(ShorthandError) as caught:
        parse(text)

    assert str(caught.value).startswith(f"{complaint} for input:\n")
    assert caught.value.position == position


def test_a_caret_stands_under_the_place():
    """The line that holds the mistake is shown, with a caret under it."""
    with pytest.raises(ShorthandError) as caught:
        parse("a=b,\nc=[d}")

    assert str(caught.value).splitlines()[1:] == ["c=[d}", "    ^"]


def test_at_equals_reads_the_named_file():
    """``key@=value`` asks for the content of what the value names, and only there."""
    assert parse("a@=x,b=x", str.upper) == {"a": "X", "b": "x"}


def test_at_equals_reads_every_value_of_a_list():
    """``key@=a,b`` asks for the content of each."""
    assert parse("a@=x,y,b@=[z]", str.upper) == {"a": ["X", "Y"], "b": ["Z"]}


def write(value):
    """Write a dict of strings, lists and dicts as shorthand."""
    return ",".join(f"{quote(key)}={write_item(item)}" for key, item in value.items())


def write_item(item):
    """Write a value."""
    if isinstance(item, dict):
        return "{" + write(item) + "}"
    if isinstance(item, list):
        return "[" + ",".join(map(write_item, item)) + "]"
    return quote(item)


def quote(text):
    """Put a text in quotes."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


# A backslash before the last quote would make it one more letter, as in aws 2.36.7.
WORDS = (st.text(max_size=8) | st.text("ab=,[]{}'\"\\@ \n\té", max_size=8)).map(
    lambda text: text.rstrip("\\")
)
VALUES = st.recursive(
    WORDS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(WORDS, inner, max_size=4),
    max_leaves=12,
)


@given(st.dictionaries(WORDS, VALUES, min_size=1, max_size=4))
def test_what_is_written_parses_to_itself(value):
    """Any nesting of strings, written as shorthand, reads back the same."""
    assert parse(write(value)) == value


@given(st.text() | st.text("ab=,[]{}'\"\\@ \n"))
def test_any_text_parses_or_is_refused(text):
    """No text ends in any error but ShorthandError."""
    try:
        parse(text)
    except ShorthandError as error:
        position = error.position
    else:
        position = len(text)

    assert 0 <= position <= len(text)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("a=,b=c", {"a": "", "b": "c"}),
        ("a=,b", {"a": ["", "b"]}),
        ("a=[,b]", {"a": ["", "b"]}),
        ("a={b=,c=d}", {"a": {"b": "", "c": "d"}}),
    ],
)
def test_nothing_before_a_comma_is_an_empty_value(text, value):
    """As AWS CLI 2.9.19 reads it; nothing after the last comma is an error there, too."""
    assert parse(text) == value


MANY = 200_000
WORST = [
    'a="' + "\\" * MANY,
    'a="' + '\\"' * MANY,
    "a=" + "b," * MANY + "b",
    "a=" + '"b",' * MANY + "b",
    "a=" + "b ," * MANY + "b",
    "a=" + "," * MANY,
    "a=b,c" + " " * MANY + "@",
    "a=b,c@" + " " * MANY,
    "a=b" + " " * MANY + "c",
    "a=" + "\\," * MANY,
    "a=" + ",\\" * MANY,
    "a=b," + "é" * MANY,
    "a=[" + "b," * MANY + "]",
    "a={" + "b=c," * MANY + "}",
    ",".join(f"a{number}=b" for number in range(MANY)),
    "a=b," + "'" * MANY,
    "a" * MANY,
]


@pytest.mark.parametrize("text", WORST, ids=lambda text: text[:8])
def test_no_text_takes_long(text):
    """The time grows with the length and no faster: what is quadratic takes minutes for as much."""
    started = time.process_time()
    with contextlib.suppress(ShorthandError):
        parse(text)

    assert time.process_time() - started < 3
