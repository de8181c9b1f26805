"""What was found, in lines for a person and as a document."""

from cogid.findings import document, first_wrong, lines, ok, unknown, wrong

FOUND = [
    ok("form", "a JWT"),
    wrong("time", "expired", "sign in again"),
    unknown("signature", "no keys", "give keys"),
    wrong("issuer", "nobody", "another cure"),
]


def test_each_is_a_line_and_the_cure_stands_under_the_first_that_is_wrong():
    """Of a broken chain the first link is to be mended."""
    assert "".join(lines(FOUND, color=False)) == (
        "ok       form       a JWT\n"
        "wrong    time       expired\n"
        "                    cure: sign in again\n"
        "unknown  signature  no keys\n"
        "wrong    issuer     nobody\n"
    )


def test_lines_come_one_by_one_where_the_width_is_known():
    """What is looked at slowly is seen at once."""

    def slowly():
        yield FOUND[0]
        raise AssertionError("asked for the second before the first was seen")

    assert next(lines(slowly(), color=False, width=12)) == "ok       form          a JWT\n"


def test_control_characters_are_shown():
    """What was found comes from outside."""
    found = [wrong("time", "a\x1b[2Jb", "c\nd")]

    assert "".join(lines(found, color=False)) == (
        "wrong    time  a\\x1b[2Jb\n               cure: c\\nd\n"
    )


def test_states_are_coloured_where_colours_are_wanted():
    """Only the state is, so that the rest can be copied."""
    assert next(lines(FOUND[:1], color=True)) == "\x1b[32mok     \x1b[0m  form  a JWT\n"


def test_a_document_has_all_of_them():
    """Those of what is not wrong have no cure, if there is none."""
    assert document(FOUND[:2]) == [
        {"Name": "form", "State": "ok", "Told": "a JWT"},
        {"Name": "time", "State": "wrong", "Told": "expired", "Cure": "sign in again"},
    ]
    assert first_wrong(FOUND) is FOUND[1]
    assert first_wrong(FOUND[:1]) is None
