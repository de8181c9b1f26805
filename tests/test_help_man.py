"""Man pages: roff that says what help says."""

from __future__ import annotations

import re
import shutil
import subprocess

import pytest

from cogid.cli import Cogid
from cogid.help import TOPICS, man, page
from cogid.help.layout import Block

ROOT = Cogid()
PAGES = man.man_pages(ROOT, "1.2.3", "2026-01-31")


def test_there_is_a_page_for_each_command():
    """The whole of cogid and every command of its tree have their page."""
    names = [name.replace(" ", "-") for name, _ in page.walk(ROOT)]

    assert sorted(PAGES) == sorted(["cogid.1", *(f"cogid-{name}.1" for name in names)])
    assert {"cogid-get-id.1", "cogid-local.1", "cogid-local-serve.1", "cogid-completion.1"} <= {
        *PAGES
    }


def test_pages_name_themselves():
    """The apropos program finds a page by its NAME, man shows version and date."""
    text = PAGES["cogid-get-id.1"]

    assert text.startswith('.TH "COGID\\-GET\\-ID" "1" "2026\\-01\\-31" "cogid 1.2.3" "cogid"\n')
    assert '.SH "NAME"\n.PP\ncogid\\-get\\-id \\- Get the identity' in text


def test_pages_know_each_other():
    """The page of all names those of the commands, and they name it."""
    assert "cogid\\-COMMAND(1)\n" in PAGES["cogid.1"]
    assert PAGES["cogid-local-serve.1"].endswith(".PP\ncogid(1)\n")


def test_the_page_of_all_has_the_topics():
    """Each is a section before SEE ALSO, with its own headings below that."""
    sections = re.findall(r'^\.SH "(.*)"$', PAGES["cogid.1"], re.MULTILINE)
    topics = [name.upper().replace("-", r"\-") for name in TOPICS]

    assert sections[-1 - len(topics) :] == [*topics, "SEE ALSO"]
    assert '.SS "EXPRESSIONS"' in PAGES["cogid.1"]
    assert ".nf\n# Only what an environment needs\n.fi\n.nf\ncogid get" in PAGES["cogid.1"]


def test_a_row_is_a_tagged_paragraph():
    """The name hangs over the texts about it."""
    row = Block("row", "--a <string>", 2, ("First.", "Second."))

    assert man.man_page("x", [row], "1", "2026-01-31").splitlines()[-5:] == [
        *(".TP 4", r"\fB\-\-a <string>\fR", "First.", ".IP", "Second."),
    ]


@pytest.mark.parametrize("name", PAGES)
def test_pages_are_ascii_and_hold_no_stray_request(name):
    """Text never begins with a dot or quote, and every dash can be copied."""
    requests = r"\.(TH|SH|SS|PP|RS|RE|IP|TP|nf|fi|nh|ad)\b"
    for line in PAGES[name].splitlines():
        assert line.isascii()
        assert not line.startswith("'")
        if line.startswith("."):
            assert re.match(requests, line)
        else:
            assert not re.search(r"(?<!\\)-", line)


def test_roff_characters_are_escaped():
    r"""Backslashes, quotes, carets and leading dots print as they are."""
    text = man.man_page("x", [Block("text", r".a \w-'`^~ é")], "1", "2026-01-31")

    assert text.splitlines()[-1] == r"\&.a \(rsw\-\(aq\(ga\(ha\(ti \[u00E9]"


def test_what_is_set_in_is_set_out_again():
    """Every .RS has its .RE."""
    for text in PAGES.values():
        assert len(re.findall("^.RS ", text, re.MULTILINE)) == len(
            re.findall("^.RE$", text, re.MULTILINE)
        )


@pytest.mark.skipif(not shutil.which("groff"), reason="groff is not installed")
@pytest.mark.parametrize("name", PAGES)
def test_groff_has_no_complaint(name):
    """Formatting gives no warning on any page."""
    done = subprocess.run(
        ["groff", "-man", "-ww", "-Tutf8", "-z"],
        input=PAGES[name],
        capture_output=True,
        text=True,
        check=True,
    )

    assert done.stderr == ""
