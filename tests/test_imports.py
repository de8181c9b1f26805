"""Who may know whom: the path of data is the path of imports."""

import ast
import graphlib
import subprocess
import sys
from pathlib import Path

import pytest

import cogid

FOLDER = Path(cogid.__file__).parent

# What a module may import of cogid, at its top or late. Packages count as one.
ALLOWED = {
    "__init__": "",
    "errors": "",
    "words": "errors",
    "shorthand": "",
    "query": "errors",
    "paramfile": "errors",
    "profile": "errors",
    "terminal": "errors",
    "loader": "",
    "model": "errors",
    "values": "errors paramfile shorthand",
    "options": "errors model values words",
    "settings": "errors local options profile",
    "request": "errors model options output paramfile values",
    "pages": "",
    "skeleton": "",
    "redaction": "",
    "batches": "errors",
    "client": "__init__ errors loader local model request",
    "output": "errors model pages terminal",
    "progress": "",
    "report": "errors output terminal",
    "invocation": "settings",
    "hints": "errors model options profile request values words",
    "patience": "terminal",
    "run": "batches client errors hints model output pages patience progress query redaction "
    "request skeleton terminal",
    "help": "model options settings words",
    "completion": "client errors help loader local model options profile request settings words",
    "local": "errors model",
    "prompt": "completion errors help model options redaction request values words",
    "cli": "__init__ completion errors help local model options prompt request run words",
    "__main__": "cli completion errors hints invocation report terminal",
}
MODULES = sorted(
    ".".join(path.relative_to(FOLDER.parent).with_suffix("").parts).removesuffix(".__init__")
    for path in FOLDER.rglob("*.py")
)


def part_of(module):
    """Name the module or package of cogid that a dotted name belongs to."""
    _, _, name = module.partition(".")
    name = name.partition(".")[0]
    found = (FOLDER / name).is_dir() or (FOLDER / f"{name}.py").exists()
    return name if name and found else "__init__"


def imported(tree):
    """Give the dotted names of cogid that a module imports when it runs."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
            continue
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "cogid":
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.Import):
            yield from (a.name for a in node.names if a.name.split(".")[0] == "cogid")
        yield from imported(node)


def arrows():
    """Map each module or package to those it imports."""
    found = {}
    for path in FOLDER.rglob("*.py"):
        first = path.relative_to(FOLDER).parts[0].removesuffix(".py")
        known = found.setdefault(first, set())
        known |= {part_of(name) for name in imported(ast.parse(path.read_text()))} - {first}
    return found


ARROWS = arrows()


@pytest.mark.parametrize("module", sorted(ARROWS))
def test_a_module_imports_only_what_it_may(module):
    """A stage knows earlier stages, never a later one and never the command line."""
    assert ARROWS[module] <= set(ALLOWED[module].split())


def test_no_import_leads_back():
    """The modules can be put in an order in which each knows only earlier ones."""
    order = list(graphlib.TopologicalSorter(ARROWS).static_order())

    assert order[-1] == "__main__"


def test_the_first_modules_know_nothing():
    """Errors and the grammar of shorthand stand on their own."""
    assert ARROWS["errors"] == ARROWS["shorthand"] == set()


ALONE = """
import importlib, os, sys
for name in sys.argv[1:]:
    child = os.fork()
    if child == 0:
        try:
            importlib.import_module(name)
        except BaseException as error:
            print(f"{name}: {error!r}")
            sys.stdout.flush()
            os._exit(1)
        os._exit(0)
    os.waitpid(child, 0)
"""


def test_every_module_can_be_imported_first():
    """No module needs another to have been imported before it."""
    found = subprocess.run(
        [sys.executable, "-c", ALONE, *MODULES],
        check=True,
        capture_output=True,
        cwd=FOLDER.parent,
        text=True,
    )

    assert (found.stdout, found.stderr) == ("", "")
    assert "cogid.__main__" in MODULES
