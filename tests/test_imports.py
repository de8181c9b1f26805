"""Who may know whom: the path of data is the path of imports."""

import ast
import graphlib
import subprocess
import sys
from pathlib import Path

import pytest

import cogid

FOLDER = Path(cogid.__file__).parent

# What a module imports of cogid, at its top or late; packages count as one. A stage knows earlier
# stages, never a later one, a command or the command line. The rooms inside ``local`` have walls
# of their own: tests/local/test_walls.py.
KNOWN = {
    "errors": "",
    "__init__": "",
    "examples": "",
    "controls": "",
    "roles": "",
    "claims": "",
    "arns": "",
    "secrets": "",
    "pages": "",
    "install": "",
    "private_files": "",
    "shorthand": "",
    "trust_policies": "",
    "cache": "private_files",
    "skeleton": "",
    "prose": "",
    "validation": "",
    "model": "errors",
    "query": "errors",
    "shells": "errors",
    "paramfile": "errors",
    "profile": "errors",
    "batches": "errors",
    "pager": "controls errors",
    "findings": "controls",
    "retries": "controls",
    "debug": "secrets",
    "login": "errors install",
    "resolve": "arns cache errors",
    "wording": "prose",
    "progress": "model",
    "local": "arns errors install model roles shells",
    "token_source": "arns claims errors paramfile",
    "values": "errors paramfile secrets shorthand",
    "config_file": "errors private_files profile",
    "terminal": "controls errors pager",
    "verdicts": "arns findings secrets",
    "session": "__init__ errors login",
    "options": "wording",
    "users": "arns claims local roles secrets",
    "settings": "errors local profile",
    "issuer_keys": "arns controls errors findings install local",
    "hints": "arns claims model profile secrets verdicts",
    "argv": "errors options",
    "help": "errors model options prose wording",
    "doctor": "arns claims errors findings hints local profile resolve roles secrets session "
    "token_source trust_policies users verdicts",
    "credentials": "arns claims errors hints private_files resolve token_source",
    "output": "controls errors hints model pages secrets terminal",
    "endpoint": "credentials errors local output profile secrets",
    "request": "errors options output paramfile secrets validation values",
    "service": "batches controls errors local model progress request resolve retries secrets "
    "session",
    "run": "output query request skeleton",
    "app": "debug model service settings terminal",
    "completion": "app arns cache errors help local model options profile prose service settings",
    "prompt": "argv completion errors help install model options request secrets values wording",
    "commands": "argv arns claims completion config_file controls credentials doctor endpoint "
    "errors findings help hints issuer_keys local model options output paramfile "
    "profile query resolve roles secrets shells token_source users verdicts wording",
    "cli": "__init__ app argv commands errors examples help model options prompt wording",
    "__main__": "app cli completion errors output",
}
# Looks at the whole tree of commands, late, when the table for TAB is prepared.
PREPARES = FOLDER / "completion" / "build.py"
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
        parts = {part_of(name) for name in imported(ast.parse(path.read_text()))}
        known |= parts - {first, "cli" if path == PREPARES else ""}
    return found


ARROWS = arrows()


def test_every_module_is_listed():
    """A new module is put in the list by hand."""
    assert ARROWS.keys() == KNOWN.keys()


@pytest.mark.parametrize("module", sorted(ARROWS))
def test_a_module_imports_these_and_no_others(module):
    """An arrow that comes or goes is a decision."""
    assert ARROWS[module] == set(KNOWN[module].split())


def test_no_import_leads_back():
    """The modules can be put in an order in which each knows only earlier ones."""
    order = list(graphlib.TopologicalSorter(ARROWS).static_order())

    assert order[-1] == "__main__"


def test_the_first_modules_know_nothing():
    """Errors, the grammar of shorthand and what is known of tokens and ids stand on their own."""
    alone = ("errors", "shorthand", "arns", "claims", "roles", "secrets", "pages")

    assert [ARROWS[module] for module in alone] == [set()] * len(alone)


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
