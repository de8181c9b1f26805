"""Writes what the documentation takes from the program.

    python docs/generate.py [PART ...]

The parts: ``reference`` (a page for each command, but for the example in its middle, which is
written by hand), ``examples`` (what the commands on all pages print), ``man`` (the man pages)
and ``picture`` (the README's). Without a part, all of them, in this order.
``tests/test_docs.py`` holds what is checked in against what this would write.
"""

from __future__ import annotations

import os
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import reference_pages
import sessions

from cogid import __version__, model
from cogid.cli import Cogid
from cogid.help import man

DOCS = Path(__file__).parent
REFERENCE = DOCS / "reference"
MAN = DOCS / "man"
DATE = "2026-11-24"  # of the man pages: when what they say last changed

_SOURCE = """\
.\\" Made by docs/generate.py from service model {fingerprint}. What is not in cogid's own words
.\\" is the model's documentation, which botocore ships under the Apache License 2.0.
"""


def pages() -> list[Path]:
    """Name the pages with examples: the README, and all in this folder."""
    return [DOCS.parent / "README.md", *sorted(DOCS.rglob("*.md"))]


def reference() -> dict[str, str]:
    """Give the reference by file name, with the examples of the pages that are there."""
    kept = {
        path.name: reference_pages.example(path.read_text("utf-8"))
        for path in REFERENCE.glob("*.md")
    }
    return reference_pages.made(Cogid(), kept)


def man_pages() -> dict[str, str]:
    """Give the man pages by file name; the first lines say where the words come from."""
    source = _SOURCE.format(fingerprint=reference_pages.fingerprint(model.load()))
    pages = man.man_pages(Cogid(), __version__, DATE)
    return {name: source + text for name, text in pages.items()}


def write_reference() -> None:
    """Write the reference; examples stay as they are."""
    _write(REFERENCE, reference())


def write_man() -> None:
    """Write the man pages."""
    _write(MAN, man_pages())


def _write(folder: Path, made: dict[str, str]) -> None:
    folder.mkdir(exist_ok=True)
    for path in folder.iterdir():
        if path.name not in made:
            path.unlink()
    for name, text in made.items():
        (folder / name).write_text(text, "utf-8")


def write_examples() -> None:
    """Run the examples on all pages and write what they print; say what fails."""
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        complaints = [each for found in pool.map(_rerun, pages()) for each in found]
    if complaints:
        sys.exit("\n".join(complaints))


def _rerun(path: Path) -> list[str]:
    page = path.read_text("utf-8")
    outcomes = sessions.run(page)
    again = sessions.refreshed(page, outcomes)
    if again != page:
        path.write_text(again, "utf-8")
    where = path.relative_to(DOCS.parent)
    return [f"{where}: {each.complaint}" for each in outcomes if each.failed]


def write_picture() -> None:
    """Draw the README's picture."""
    import picture

    picture.write()


PARTS = {
    "reference": write_reference,
    "examples": write_examples,
    "man": write_man,
    "picture": write_picture,
}


def main() -> None:
    """Write the parts that are asked for."""
    asked = sys.argv[1:] or list(PARTS)
    if unknown := [name for name in asked if name not in PARTS]:
        sys.exit(f"no such part: {', '.join(unknown)}; there are {', '.join(PARTS)}")
    for name in asked:
        PARTS[name]()


if __name__ == "__main__":
    main()
