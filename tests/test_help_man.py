"""Man pages: roff that says what help says."""

from __future__ import annotations

import re
import shutil
import subprocess

import pytest

from cogid import model
from cogid.help import man
from cogid.help.layout import Block

PAGES = man.man_pages(model.load(), "1.2.3", "2026-01-31")
COMMANDS = list(model.load().operations)


def test_there_is_a_page_for_each_command() -> None:
    """The whole command and each operation have their page."""
    assert sorted(PAGES) == sorted(["cogid.1", *(f"cogid-{name}.1" for name in COMMANDS)])


def test_pages_name_themselves() -> None:
    """The apropos program finds a page by its NAME, man shows version and date."""
    page = PAGES["cogid-get-id.1"]

    assert page.startswith('.TH "COGID\\-GET\\-ID" "1" "2026\\-01\\-31" "cogid 1.2.3" "cogid"\n')
    assert '.SH "NAME"\n.PP\ncogid\\-get\\-id \\- Get the identity' in page


@pytest.mark.parametrize("name", PAGES)
def test_pages_are_ascii_and_hold_no_stray_request(name: str) -> None:
    """Text never begins with a dot or quote, and every dash can be copied."""
    requests = r"\.(TH|SH|SS|PP|RS|RE|IP|nf|fi|nh|ad)\b"
    for line in PAGES[name].splitlines():
        assert line.isascii()
        assert not line.startswith("'")
        if line.startswith("."):
            assert re.match(requests, line)
        else:
            assert not re.search(r"(?<!\\)-", line)


def test_roff_characters_are_escaped() -> None:
    r"""Backslashes, quotes, carets and leading dots print as they are."""
    page = man.man_page("x", [Block("text", r".a \w-'`^~ é")], "1", "2026-01-31")

    assert page.splitlines()[-1] == r"\&.a \(rsw\-\(aq\(ga\(ha\(ti \[u00E9]"


def test_what_is_set_in_is_set_out_again() -> None:
    """Every .RS has its .RE."""
    for page in PAGES.values():
        assert len(re.findall("^.RS ", page, re.MULTILINE)) == len(
            re.findall("^.RE$", page, re.MULTILINE)
        )


@pytest.mark.skipif(not shutil.which("groff"), reason="groff is not installed")
@pytest.mark.parametrize("name", PAGES)
def test_groff_has_no_complaint(name: str) -> None:
    """Formatting gives no warning on any page."""
    done = subprocess.run(
        ["groff", "-man", "-ww", "-Tutf8", "-z"],
        input=PAGES[name],
        capture_output=True,
        text=True,
        check=True,
    )

    assert done.stderr == ""
