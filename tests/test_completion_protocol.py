"""What the scripts of the shells are answered: quotes, descriptions, and nothing but that."""

import io
import os

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from cogid.completion import line, protocol

PRINTABLE = st.text(st.characters(exclude_categories=("C", "Z"), include_characters=" ~'\"\\!$`{"))


@pytest.fixture
def ask(tmp_path, monkeypatch):
    """Ask as a script does: a line with its cursor and what the shell would replace."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path))

    def run(shell, text, word="", *arguments, **variables):
        head, _, tail = f"cogid {text}".partition("|")
        more = (f"{name}={value}" for name, value in variables.items())
        sent = "".join(f"{each}\0" for each in (head, tail, word, *more))
        words = (shell, "--complete", "1", *arguments)
        return protocol.answer(words, sent, {"HOME": str(tmp_path)}).splitlines()

    return run


@pytest.fixture
def files(tmp_path):
    """Make files whose names a shell must not read as they are."""
    for name in ("it's", "a b", "a$b", "wow!", "x;y", "<x>", "é"):
        (tmp_path / name).touch()
    (tmp_path / "new\nline").touch()
    (tmp_path / "sub").mkdir()


INSERTED = [
    # line                            word       inserted by bash
    ("describe-identity-p|", "describe-identity-p", ["describe-identity-pool"]),
    ("--output=tab|", "tab", ["table"]),
    ("--output='tab|", "'tab", ["table"]),
    ('--output="tab|', "tab", ["table"]),
    ("--region us-gov-e|", "us-gov-e", ["us-gov-east-1"]),
    ("get-id --cli-input-json file:|", "", ["//"]),
    ("--local-db a|", "a", [r"a\ b", r"a\$b"]),
    ("--local-db 'a|", "'a", ["a b", "a$b"]),
    ('--local-db "a|', '"a', ["a b", r"a\$b"]),
    (r"--local-db a\ |", r"a\ ", [r"a\ b"]),
    ("--local-db it|", "it", [r"it\'s"]),
    ("--local-db 'it|", "'it", []),
    ('--local-db "it|', '"it', ["it's"]),
    ("--local-db w|", "w", [r"wow\!"]),
    ('--local-db "w|', '"w', []),
    ("--local-db ~/a|", "~/a", [r"~/a\ b", r"~/a\$b"]),
    ("--local-db x|", "x", [r"x\;y"]),
    ("--local-db é|", "é", ["é"]),
    ("--local-db n|", "n", []),
    ("--local-db s|", "s", ["sub/"]),
    ("--color | --region x", "", ["on", "off", "auto"]),
]


@pytest.mark.usefixtures("files")
@pytest.mark.parametrize(("text", "word", "expected"), INSERTED)
def test_bash_gets_what_stands_in_place_of_its_word(ask, text, word, expected):
    """What was typed stays as it was typed, and the rest is quoted as the open quote wants it."""
    assert ask("bash", text, word, "9", "80") == expected


def test_bash_lists_descriptions(ask):
    """Where readline only lists, words are told apart; where it inserts, they are bare."""
    typed = ("bash", "--color |", "")

    assert ask(*typed, "9", "80") == ["on", "off", "auto"]
    assert ask(*typed, "37", "80") == ["on", "off", "auto"]
    for listing in ("63", "33", "64"):
        assert ask(*typed, listing, "80") == [
            "on    (always)",
            "off   (never)",
            "auto  (on a terminal)",
        ]
    assert ask("bash", "--color au|", "au", "63", "80") == ["auto"]


@pytest.mark.parametrize(("columns", "widest"), [("60", 60), ("", 80), ("20", 44)])
def test_bash_lists_lines_that_fit(ask, columns, widest):
    """A description is cut where the screen ends; the word itself never is."""
    found = ask("bash", "create-identity-pool --|", "--", "63", columns)

    assert max(map(len, found)) <= widest
    assert any(each.startswith("--no-allow-unauthenticated-identities  (") for each in found)


DESCRIBED = [
    # line, raw word            lines for zsh
    ("--color a|", "a", ["on\talways", "off\tnever", "auto\ton a terminal"]),
    ("get-id --cli-input-json |", "", [r"file\://" + "\tthe value is what the file holds"]),
    ("--local-db it|", "it", ["it\\\\'s\t"]),
    ('--local-db "it|', "it", ["it's\t"]),
    ("--local-db ~/it|", "~/it", ["~/it\\\\'s\t"]),
]


@pytest.mark.parametrize(("text", "word", "expected"), DESCRIBED)
def test_zsh_gets_words_as_it_describes_them(ask, tmp_path, text, word, expected):
    """Colons and backslashes are escaped; which words fit is left to zsh's own matching."""
    (tmp_path / "it's").touch()

    assert ask("zsh", text, word) == expected


def test_fish_gets_plain_words(ask, tmp_path):
    """Fish quotes and compares by itself."""
    (tmp_path / "it's $a").touch()

    assert ask("fish", "--local-db 'i|") == ["it's $a\t"]
    assert ask("fish", "--color=a|") == [
        "--color=on\talways",
        "--color=off\tnever",
        "--color=auto\ton a terminal",
    ]


def test_fish_is_proposed_nothing_that_was_not_begun(ask):
    """A scheme is proposed only where it may have been begun: fish would put it in its place."""
    assert ask("fish", "get-id --identity-pool-id us|") == []
    assert ask("fish", "get-id --cli-input-json x|") == []


POWERSHELL = [
    # line                                      inserted, shown, about
    ("get-id --outp|", ["--output\t--output\tHow to print the reply"]),
    ("--region=sa|", ["--region=sa-east-1\t--region=sa-east-1\tSouth America (Sao Paulo)"]),
    ("--local-db i|", ["'it''s'\tit's\tit's"]),
    ("--local-db 'i|", ["'it''s'\tit's\tit's"]),
    ("--local-db q|", ["'q\u2019\u2019s'\tq\u2019s\tq\u2019s"]),
    ("--local-db a|", ["'a b'\ta b\ta b"]),
]


@pytest.mark.parametrize(("text", "expected"), POWERSHELL)
def test_powershell_gets_three_texts(ask, tmp_path, text, expected):
    """What is inserted is quoted, and a description is never empty: PowerShell would refuse it."""
    for name in ("it's", "q\u2019s", "a b"):
        (tmp_path / name).touch()

    assert ask("powershell", text) == expected


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish", "powershell"])
def test_variables_are_only_what_the_script_sent(ask, shell, monkeypatch):
    """A variable of the environment that is not on the line is nobody's business."""
    monkeypatch.setenv("command", "local")
    arguments = ("9", "80") if shell == "bash" else ()

    assert any(
        "serve" in each for each in ask(shell, "$command |", "", *arguments, command="local")
    )
    assert not any("serve" in each for each in ask(shell, "$command |", "", *arguments))


@given(text=PRINTABLE, quote=st.sampled_from(["", "'", '"']))
def test_what_is_quoted_reads_as_what_it_was(text, quote):
    """Whatever a candidate holds, the word that comes of it is the candidate."""
    quoted = protocol._posix(text, quote)  # noqa: SLF001
    assume(text and quoted is not None)
    read = line.split(f"cogid {quote}{quoted}{quote} ", "", "bash", {})

    assert read.before == [text]


@pytest.mark.parametrize(
    ("words", "sent"),
    [
        (["bash", "--complete", "2", "9", "80"], "cogid \0\0\0"),  # a script of a later cogid
        (["bash", "--complete"], "cogid \0\0\0"),
        (["tcsh", "--complete", "1"], "cogid \0\0\0"),
        (["bash", "--complete", "1", "9", "80"], ""),
        (["bash", "--complete", "1", "9", "80"], "cogid "),
        (["bash", "--complete", "1", "x", "x"], "cogid "),
    ],
)
def test_what_makes_no_sense_is_answered_by_nothing(words, sent):
    """A script of another version, and a pipe that broke, get no lines and no error."""
    out = io.BytesIO()

    assert protocol.run(words, io.BytesIO(sent.encode()), out, {}) == 0
    assert out.getvalue() == b""


def test_nobody_reading_is_no_error():
    """A shell that does not wait for the answer is told nothing."""
    reader, writer = os.pipe()
    os.close(reader)
    with os.fdopen(writer, "wb", buffering=0) as out:
        sent = io.BytesIO(b"cogid \0\0\0")
        assert protocol.run(["fish", "--complete", "1"], sent, out, {}) == 0


def test_powershells_newline_is_no_word(ask):
    """PowerShell ends what it pipes by a newline."""
    sent = "cogid --outp\0\0--outp\0\r\n"

    answer = protocol.answer(["powershell", "--complete", "1"], sent, {})
    assert answer.splitlines() == ask("powershell", "--outp|")


def test_a_script_of_an_earlier_cogid_gets_nothing(program):
    """What used to be installed asks in another way: it inserts nothing that is wrong."""
    result = program("completion", "bash", "--values", "pools", stdin="\0")

    assert result.out == ""
