"""The documentation: every command on its pages works as printed, and what is made is current."""

from __future__ import annotations

import importlib.util
import os
import re
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from cogid import model

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
sys.path.append(str(DOCS))  # as for: python docs/generate.py

import generate  # noqa: E402
import picture  # noqa: E402
import reference_pages  # noqa: E402
import sessions  # noqa: E402

PAGES = {str(path.relative_to(ROOT)): path for path in generate.pages()}
WITH_COMMANDS = [name for name, path in PAGES.items() if sessions.steps(path.read_text("utf-8"))]
COMMANDS = list(model.load().operations)
MODEL = reference_pages.fingerprint(model.load())
MOST_NOT_RUN = 12  # blocks; each costs the reader some trust

REFRESH = "run: python docs/generate.py"


@pytest.fixture(scope="module")
def outcomes():
    """Run the commands of all pages, as many pages at a time as there are processors."""
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        texts = [PAGES[name].read_text("utf-8") for name in WITH_COMMANDS]
        return dict(zip(WITH_COMMANDS, pool.map(sessions.run, texts), strict=True))


@pytest.mark.parametrize("name", WITH_COMMANDS)
def test_commands_work_and_print_what_the_page_says(name, outcomes):
    """A page pasted into a new terminal does what it says."""
    complaints = [each.complaint for each in outcomes[name] if each.complaint]

    assert not complaints, f"{REFRESH} examples\n" + "\n".join(complaints)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_operation_has_an_example(command):
    """Its own page runs it and shows what it printed, or says that it prints nothing."""
    page = (DOCS / "reference" / f"{command}.md").read_text("utf-8")
    run = [step for step in sessions.steps(page) if step.text.startswith(f"cogid {command} ")]

    assert run or f"\n$ cogid {command}\n" in page
    assert any(step.printed for step in run) or "Nothing is printed" in page


def test_few_blocks_are_not_run_and_each_says_why():
    """What cannot be run here is marked, with a reason, and rare."""
    marked = [
        block
        for path in PAGES.values()
        for block in sessions.blocks(path.read_text("utf-8"))
        if block["mark"] == "not run"
    ]

    assert all(block["reason"] for block in marked)
    assert len(marked) <= MOST_NOT_RUN


@pytest.mark.parametrize("name", PAGES)
def test_commands_stand_where_they_are_run(name):
    """No block of another kind hides a command that could be pasted and fail."""
    page = PAGES[name].read_text("utf-8")
    every = re.findall(r"^```(\w*)\n(.*?)^```$", page, re.MULTILINE | re.DOTALL)
    typed = [
        body
        for kind, body in every
        if kind not in {"console", "sh", "text", "yaml", "fish", "powershell"}
        and re.search(r"^(?:\$ )?cogid ", body, re.MULTILINE)
    ]

    assert typed == []


def links(page):
    """Find the targets of a page's links that are files, its pictures included."""
    plain = re.sub(r"^```.*?^```$", "", page, flags=re.MULTILINE | re.DOTALL)
    targets = re.findall(r"\]\(([^)\s]+)\)", plain)
    return [target.partition("#")[0] for target in targets if "://" not in target]


@pytest.mark.parametrize("name", PAGES)
def test_links_lead_somewhere(name):
    """Every link to a file of the repository has it."""
    path = PAGES[name]
    missing = [
        target
        for target in links(path.read_text("utf-8"))
        if target and not (path.parent / target).exists()
    ]

    assert missing == []


def recorded(folder):
    """Read the pages that are checked in."""
    return {path.name: path.read_text("utf-8") for path in folder.iterdir()}


def flags(pages):
    """Find the flags that pages speak of, by page; man pages escape their dashes."""
    return {
        name: set(re.findall(r"--[a-z][a-z-]+", text.replace("\\-", "-")))
        for name, text in pages.items()
    }


def check_current(folder, made):
    """Compare pages with what would be made.

    Pages made from another model than the installed botocore's differ rightly. Operations and
    flags only come on in newer models, so what the pages have must still be there.
    """
    kept = recorded(folder)
    if any(MODEL in text for text in kept.values()):
        changed = [name for name in {*kept, *made} if kept.get(name) != made.get(name)]
        assert not changed, f"{REFRESH}\n{sorted(changed)}"
        return
    ours, theirs = flags(kept), flags(made)
    assert {name for name in ours if ours[name] - theirs.get(name, set())} == set()


def test_the_reference_is_current():
    """The pages of docs/reference say what the model and the help texts say."""
    check_current(DOCS / "reference", generate.reference())


def test_man_pages_are_current():
    """The pages of docs/man are those that help would make now."""
    check_current(DOCS / "man", generate.man_pages())


def test_a_newer_model_is_no_failure(tmp_path):
    """With a newer botocore, pages pass as long as nothing that they speak of went away."""
    (tmp_path / "get-id.md").write_text("service model 0000 --logins --account-id")

    check_current(tmp_path, {"get-id.md": "--logins --account-id --new", "new-one.md": "--x"})
    with pytest.raises(AssertionError):
        check_current(tmp_path, {"get-id.md": "--logins"})


def test_the_picture_shows_what_is_printed():
    """The README's picture is of this version, and fetches nothing."""
    drawing = picture.FILE.read_text("utf-8")
    shown = re.sub(r"\x1b\[[\d;]*m", "", picture.screen())

    assert "url(http" not in drawing.replace('"', "")
    assert words_of(drawing) == "".join(shown.split())


def words_of(drawing):
    """Read a terminal's text back from its drawing, without its blanks and title."""
    pieces = re.findall(r"<text [^>]*clip-path[^>]*>(.*?)</text>", drawing)
    text = "".join(pieces).replace("&#160;", "")
    for escape, character in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&#x27;", "'")):
        text = text.replace(escape, character)
    return "".join(text.replace("&amp;", "&").split())


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """Build the site with warnings as errors."""
    if importlib.util.find_spec("material") is None:
        pytest.skip("the site takes: pip install -e '.[docs]'")
    folder = tmp_path_factory.mktemp("site")
    words = ["-f", str(DOCS / "mkdocs" / "mkdocs.yml"), "-d", str(folder)]
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", *words],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return folder


def test_the_site_has_every_page(site):
    """Nothing is left out of it."""
    pages = [path.relative_to(DOCS) for path in DOCS.rglob("*.md")]

    assert [page for page in pages if not (site / page).with_suffix(".html").exists()] == []


def test_the_site_loads_nothing_from_elsewhere(site):
    """No font, script, style or picture comes from another host."""
    loading = r"<(?:script|link|img|iframe)\b[^>]*\b(?:src|href)=[\"']?https?:|@import|url\(https?:"
    found = [
        match[0]
        for path in site.rglob("*")
        if path.suffix in {".html", ".css"}
        for match in re.finditer(loading, path.read_text("utf-8"))
    ]

    assert found == []


def test_a_failing_command_is_noticed():
    """What runs the examples tells a failure, another output, and a shell that ended."""
    page = "```console\n$ echo one\ntwo\n$ false\n```\n\n```sh\nfalse\n```\n"

    assert [(each.complaint or "").splitlines()[1:] for each in sessions.run(page)] == [
        ["printed something else:", "one"],
        ["ended with 1:"],
        ["ended the shell, or came after what did:"],
    ]


@pytest.mark.skipif(not shutil.which("man"), reason="man is not installed")
def test_man_finds_a_page():
    """The pages are named and laid out as man wants them."""
    done = subprocess.run(
        ["man", "-l", str(DOCS / "man" / "cogid-get-id.1")],
        env={**os.environ, "MANPAGER": "cat", "MANWIDTH": "80"},
        capture_output=True,
        text=True,
        check=True,
    )

    assert "cogid-get-id - Get the identity of a user or guest" in done.stdout


FROM_A_REGISTRY = re.compile(
    r"pip install [^\n;&|`)]*(?<![./\w-])['\"]?cogid(?:\[|['\"\s]|$)", re.MULTILINE
)


def test_nothing_says_to_install_cogid_from_a_registry():
    """No registry has it: whoever takes the name there would be installed instead."""
    found = [
        path
        for folder in ("docs", "cogid", "README.md", "completions")
        for path in ([ROOT / folder] if folder.endswith(".md") else (ROOT / folder).rglob("*"))
        if path.suffix in (".md", ".py", ".1", ".bash", ".fish", ".ps1", ".yml")
        and FROM_A_REGISTRY.search(path.read_text().replace("\\(aq", "'"))
    ]

    assert FROM_A_REGISTRY.search("pip install 'cogid[local]'")
    assert FROM_A_REGISTRY.search("pip install cogid")
    assert found == []
