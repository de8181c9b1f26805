import datetime as dt
import importlib.util
import json
from types import ModuleType

import pytest
import yaml  # noqa: TID253 - what is behind it
from hypothesis import given
from hypothesis import strategies as st

from cogid.output import yaml_text
from cogid.output.yaml_text import Json, dump, load

SCALARS = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False)
    | st.text()
    | st.text(alphabet="ab \n'\"\\:#-?0.e_~\t\r\x85\u2028\ufeff🚀")
)
DOCUMENTS = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=30,
).filter(lambda document: isinstance(document, (dict, list)))

PLAIN = [
    "us-east-1:6ff14fc7-6659-45c6-a972-14709c9b1e27",
    "arn:aws:iam::123456789012:role/Admin",
    "yes", "No", "on", "off", "y", "n", "tRue", "nULL",
    "1:30", "190:20:30.5", "0b2", "0xg", "0o", "0o8", "1e", "e5", "-.nan", "+.", "-x", "?x", ":x",
    "2021-1-1", "2021-01", "a#b", "a:b", "a,b", "a[0]", "it's", 'say "hi"', "back\\slash", "k=v",
    "<", "==", "~a", "..", "--", "é", "日本語", "a\xa0b", "a  b",
]  # fmt: skip

SINGLE = [
    "", "true", "True", "FALSE", "null", "Null", "~", "<<", "=",
    "123", "-5", "+5", "012", "0o14", "0x1F", "0b1", "1_000", "-_", "+_1",
    "1.0", "1.", "1e5", "1E+5", ".5", "._", ".5e+3", ".inf", "-.INF", ".NaN",
    "2021-01-01", "2021-01-01T10:00:00Z", "2021-1-1 1:00:00 +1",
    "- x", "-", "? x", "?", ": x", ":", "a: b", "a:", "a #c", "# c", "---", "--- a", "...b",
    "[x]", "{y}", "]", "}", ",", "&a", "*a", "!x", "|", ">", "%d", "@a", "`a`",
    '"', " a", "a ", " ",
]  # fmt: skip

DOUBLE = [
    ("emoji 🚀", r'"emoji \U0001F680"'),
    ("\U0010ffff", r'"\U0010FFFF"'),
    ("tab\there", r'"tab\there"'),
    ("a\rb", r'"a\rb"'),
    ("\x00\x07\x08\x0b\x0c\x1b", r'"\0\a\b\v\f\e"'),
    ("\x01\x7f\x80\x85\x9f", r'"\x01\x7F\x80\N\x9F"'),
    ("\ufeff\ufffe\uffff", r'"\uFEFF\uFFFE\uFFFF"'),
    ("a \nb", r'"a \nb"'),
    ("a\n b", r'"a\n b"'),
    ('\t"\\\xa0\u2028\u2029é', '"\\t\\"\\\\\xa0\\L\\Pé"'),
]  # fmt: skip

NUMBERS = [
    (None, "null"),
    (True, "true"),
    (False, "false"),
    (0, "0"),
    (-7, "-7"),
    (10**30, "1000000000000000000000000000000"),
    (2.5, "2.5"),
    (-0.0, "-0.0"),
    (1e16, "1e+16"),
    (1e-7, "1e-07"),
    (1.5e300, "1.5e+300"),
    (float("inf"), ".inf"),
    (float("-inf"), "-.inf"),
    (float("nan"), ".nan"),
]


@pytest.mark.parametrize("text", PLAIN)
def test_harmless_text_is_written_without_quotes(text: str) -> None:
    """Text that reads back as itself, under YAML 1.2, needs no quotes."""
    assert dump([text]) == f"- {text}\n"


@pytest.mark.parametrize("text", SINGLE)
def test_text_that_would_mean_something_else_is_quoted(text: str) -> None:
    """Text that would read back as a number, date, null, key or comment gets single quotes."""
    assert dump([text]) == f"- '{text}'\n"


@pytest.mark.parametrize(("text", "written"), DOUBLE)
def test_what_single_quotes_cannot_hold_is_escaped(text: str, written: str) -> None:
    """Control characters, all beyond the basic plane and spaces at breaks need double quotes."""
    assert dump([text]) == f"- {written}\n"


def test_half_a_surrogate_pair_is_written_as_its_number() -> None:
    """No encoding holds one, so a text with it is written as the terminal would show it."""
    assert dump(["a\ud800é"]) == "- a\\ud800é\n"


@pytest.mark.parametrize(("value", "written"), NUMBERS)
def test_numbers_and_names_are_written_plainly(value: object, written: str) -> None:
    """Null, booleans and numbers are written as YAML 1.2 spells them."""
    assert dump([value]) == f"- {written}\n"


def test_quotes_are_doubled_only_between_quotes() -> None:
    """An apostrophe is doubled where the text needs single quotes for another reason."""
    assert dump(["it's: here"]) == "- 'it''s: here'\n"


def test_lists_hang_at_the_level_of_their_key_and_keys_are_sorted() -> None:
    """Keys come in code point order, and the dashes of a list stand under its key."""
    document = {"b": [{"y": 1, "x": [[1], []]}], "a": {}, "B": []}

    assert dump(document) == "B: []\na: {}\nb:\n- x:\n  - - 1\n  - []\n  y: 1\n"


@pytest.mark.parametrize(("document", "text"), [({}, "{}\n"), ([], "[]\n"), ([{}], "- {}\n")])
def test_empty_documents_are_brackets(document: Json, text: str) -> None:
    """An empty mapping or list is written as a pair of brackets and ends its line."""
    assert dump(document) == text


def test_line_breaks_are_written_twice_between_single_quotes() -> None:
    """A newline becomes an empty line, and what follows it is indented."""
    assert dump({"a": "line1\nline2"}) == "a: 'line1\n\n  line2'\n"


def test_line_breaks_at_the_ends_are_kept() -> None:
    """Newlines that begin or end the text keep their number."""
    assert dump(["\na\n\n"]) == "- '\n\n  a\n\n\n  '\n"


def test_line_separators_count_as_line_breaks() -> None:
    """LS and PS break the line as in YAML 1.1, but are not doubled."""
    assert dump(["a\u2028b"]) == "- 'a\u2028  b'\n"


def test_plain_text_is_folded_at_the_first_space_past_column_80() -> None:
    """A line ends at the first single space after column 80."""
    assert dump(["x" * 79 + " b c"]) == "- " + "x" * 79 + "\n  b c\n"


def test_column_80_itself_is_not_yet_past_the_end() -> None:
    """A space in column 80 is too early for a fold."""
    assert dump(["x" * 78 + " b c"]) == "- " + "x" * 78 + " b\n  c\n"


def test_long_words_stay_on_their_line() -> None:
    """A word longer than the line is neither cut nor moved to a line of its own."""
    assert dump({"Key": "x" * 200}) == "Key: " + "x" * 200 + "\n"


def test_plain_and_single_quoted_text_is_not_folded_at_double_spaces() -> None:
    """Of two spaces a fold would lose one, so the line goes on."""
    assert dump(["x" * 90 + "  b"]) == "- " + "x" * 90 + "  b\n"
    assert dump(["#" * 90 + "  b c"]) == "- '" + "#" * 90 + "  b\n  c'\n"


def test_double_quoted_text_is_folded_at_spaces_only() -> None:
    """Escaped text breaks at spaces, and a backslash keeps the further spaces of a gap."""
    assert dump(["\t" * 50 + " b"]) == '- "' + r"\t" * 50 + '\n  b"\n'
    assert dump(["\t" * 50 + "  b"]) == '- "' + r"\t" * 50 + '\n  \\ b"\n'


def test_spaces_at_the_ends_are_no_place_to_fold() -> None:
    """The first and the last space of quoted text stay where they are."""
    assert dump([" " + "x" * 90 + " "]) == "- ' " + "x" * 90 + " '\n"
    assert dump(["\t" * 50 + " "]) == '- "' + r"\t" * 50 + ' "\n'


def test_keys_are_not_folded() -> None:
    """A key stays on its line however many spaces it has."""
    assert dump({"a b " * 30 + "c": 1}) == "a b " * 30 + "c: 1\n"


@pytest.mark.parametrize("key", ["x" * 128, "é" * 64])
def test_a_key_of_128_bytes_is_written_in_one_line(key: str) -> None:
    """The longest simple key has 128 bytes of UTF-8."""
    assert dump({key: 1}) == f"{key}: 1\n"


@pytest.mark.parametrize("key", ["x" * 129, "é" * 64 + "x"])
def test_a_longer_key_gets_a_question_mark(key: str) -> None:
    """A key of more than 128 bytes is a complex key, its value on the next line."""
    assert dump({key: [1]}) == f"? {key}\n: - 1\n"


def test_a_key_of_two_lines_gets_a_question_mark() -> None:
    """A key with a line break cannot stand before a colon."""
    assert dump({"line1\nline2": "v"}) == "? 'line1\n\n  line2'\n: v\n"
    assert dump({"a\rb": "v"}) == '? "a\\rb"\n: v\n'


def test_an_empty_key_stays_on_the_line() -> None:
    """An empty key is a pair of quotes, with no question mark."""
    assert dump({"": 1}) == "'': 1\n"


def test_what_occurs_twice_is_anchored() -> None:
    """A list that a query names twice is written once and then referred to, empty or not."""
    shared, empty = ["x"], []

    assert (
        dump([shared, empty, shared, empty]) == "- &id001\n  - x\n- &id002 []\n- *id001\n- *id002\n"
    )


def test_equal_scalars_are_not_anchored() -> None:
    """The same text twice is written twice."""
    text = "same text"

    assert dump([text, text]) == "- same text\n- same text\n"


def test_a_whole_page_as_recorded() -> None:
    """One page of the recorded reference, with its quotes, escapes and nesting."""
    document = [
        {
            "IdentityPoolName": "emoji 🚀",
            "IdentityPoolTags": {"it's": "{y}", "tab\there": "é"},
            "AllowClassicFlow": False,
            "SamlProviderARNs": [],
            "PrincipalTags": {"- dash": "- dash", "1.0": 'say "hi"', "~": "true"},
        }
    ]

    assert dump(document) == (
        "- AllowClassicFlow: false\n"
        '  IdentityPoolName: "emoji \\U0001F680"\n'
        "  IdentityPoolTags:\n"
        "    it's: '{y}'\n"
        '    "tab\\there": é\n'
        "  PrincipalTags:\n"
        "    '- dash': '- dash'\n"
        "    '1.0': say \"hi\"\n"
        "    '~': 'true'\n"
        "  SamlProviderARNs: []\n"
    )


@pytest.fixture
def without_libyaml(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """Give the module as it is where PyYAML was built without libyaml."""
    monkeypatch.delattr(yaml, "CSafeDumper")
    spec = importlib.util.spec_from_file_location("without_libyaml", str(yaml_text.__file__))
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("text", PLAIN + SINGLE + [text for text, _ in DOUBLE])
def test_without_libyaml_text_reads_back(without_libyaml: ModuleType, text: str) -> None:
    """PyYAML's own writer is enough, though it folds long lines and writes 🚀 otherwise."""
    assert load(without_libyaml.dump({"a": [text]})) == {"a": [text]}


def test_without_libyaml_a_reply_looks_the_same(without_libyaml: ModuleType) -> None:
    """What the service mostly answers is written alike."""
    reply = {
        "Id": "us-east-1:6ff1",
        "Tags": {"é": "a: b", "n": "1.0", "long": "x " * 60},
        "M": 1e16,
    }

    assert without_libyaml.dump(reply) == dump(reply)


@given(DOCUMENTS)
def test_dumped_documents_load_as_they_were(document: Json) -> None:
    """Any JSON document reads back equal to itself."""
    assert load(dump(document)) == document


READ = [
    ("yes", "yes"), ("off", "off"), ("true", True), ("FALSE", False), ("null", None), ("~", None),
    ("12", 12), ("-5", -5), ("012", 12), ("0o14", 12), ("0x1F", 31), ("0b11", 3), ("1_000", 1000),
    ("1:30", "1:30"), ("1e3", 1000.0), ("1.", 1.0), (".5", 0.5), ("-.inf", float("-inf")),
    ("'12'", "12"), ('"\\u00e9\\/"', "é/"), ("!!str 12", "12"), ("[a, 'b']", ["a", "b"]),
    ("2021-01-01", dt.date(2021, 1, 1)), ("!!binary aGk=", b"hi"),
    ("|\n  a\n  b\n", "a\nb\n"), (">-\n  a\n  b\n", "a b"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "value"), READ)
def test_values_are_read_under_yaml_1_2(text: str, value: object) -> None:
    """Plain text means what it means to ruamel.yaml's safe loader."""
    read = load(f"a: {text}")["a"]

    assert read == value
    assert type(read) is type(value)


@pytest.mark.parametrize("text", ["", "\n", "# only a comment\n", "---\n"])
def test_an_empty_document_is_none(text: str) -> None:
    """Text without a value gives None, which the caller reports as such."""
    assert load(text) is None


def test_question_marks_between_brackets_belong_to_the_text() -> None:
    """A URL with a query is one value in flow style, as YAML 1.2 has it."""
    assert load("{u: http://x/?q=1#f, v: [a?b c, d:e]}") == {
        "u": "http://x/?q=1#f",
        "v": ["a?b c", "d:e"],
    }


def test_flow_text_may_span_lines_and_end_in_a_comment() -> None:
    """Unquoted text between brackets is folded over lines, and a comment ends it."""
    assert load("[a\n  b, c # d\n]") == ["a b", "c"]


def test_json_indented_with_tabs_is_read() -> None:
    """JSON is YAML also where it is indented with tabs."""
    assert load(json.dumps({"a": [1, {"b": None}]}, indent="\t")) == {"a": [1, {"b": None}]}


def test_anchors_and_merges_are_followed() -> None:
    """Merged keys may be overridden, and the merged mapping may itself have merges."""
    text = "x: {y: &b {<<: &a {p: 1, q: 1}, q: 2}}\nz: {<<: *b, q: 3}\nw: {<<: [*a, *b]}\nv: *a"

    assert load(text) == {
        "x": {"y": {"p": 1, "q": 2}},
        "z": {"p": 1, "q": 3},
        "w": {"p": 1, "q": 1},
        "v": {"p": 1, "q": 1},
    }


@pytest.mark.parametrize(
    "text",
    [
        "a: 1\na: 2", "{x: {a: 1, a: 1}}", "1: a\n0x1: b", "<<: {a: 1}\n<<: {b: 1}",
    ],
)  # fmt: skip
def test_repeated_keys_are_refused(text: str) -> None:
    """A key given twice is an error, not the last of its values."""
    with pytest.raises(ValueError, match="found duplicate"):
        load(text)


@pytest.mark.parametrize(
    "text",
    [
        "a: [", "a: b: c", "'", '"\\q"', "\tx: 1", "*nowhere", "a\n---\nb",
        "a: @b", "%YAML 2.0\n---\na",
        "a: -_", "a: ._", "a: 2021-13-45", "a: =", "!!int x", "!!float ''",
        "!!bool x", "!!timestamp x", "\x00",
        "\ud800", "[" * 5000,
    ],
)  # fmt: skip
def test_malformed_text_is_a_value_error(text: str) -> None:
    """Whatever is wrong with the text, the caller has one exception to catch."""
    with pytest.raises(ValueError):  # noqa: PT011
        load(text)


@pytest.mark.parametrize(
    "tag", ["!x", "!!python/object/apply:os.getcwd", "!!python/name:os.getcwd"]
)
def test_no_object_is_ever_made(tag: str) -> None:
    """Tags beyond the JSON-like ones are refused."""
    with pytest.raises(ValueError, match="could not determine a constructor"):
        load(f"a: {tag} []")


@given(st.text(alphabet="ab01 \n\t-:,?[]{}#&*!|>'\"%@`~<=._\u2028é"))
def test_any_text_is_read_or_refused(text: str) -> None:
    """No text makes the reader fail with anything but ValueError."""
    try:
        load(text)
    except ValueError:
        return
