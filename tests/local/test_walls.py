"""Who may know whom inside the local service: three rooms, and the walls between them."""

import ast
import graphlib
from pathlib import Path

import pytest

import cogid.local

FOLDER = Path(cogid.local.__file__).parent

# What each room, and each module beside them, imports of cogid. Written for a type only counts,
# too: whoever must know a type knows the module.
KNOWN = {
    "__init__": "http service store",
    "faults": "",
    "service": "arns faults model roles store",
    "store": "errors",
    "http": "errors faults install model service shells store",
}

# Doors through a wall that is otherwise closed.
DOORS = {"service": {"store.transaction"}}

# What a room must never load of Python and others.
BANNED = {
    "service": {"http", "moto", "pathlib", "socket", "socketserver", "sqlite3", "tempfile"},
    "store": {"http", "json", "moto", "socket", "socketserver"},
}


def imported(path):
    """Give the full names that a module imports, wherever in it and whatever for."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)


def room(path):
    """Name the room that a file is in, or the module itself beside them."""
    return path.relative_to(FOLDER).parts[0].removesuffix(".py")


def paths(name):
    """List the files of a room."""
    return [path for path in FOLDER.rglob("*.py") if room(path) == name]


def owner(name):
    """Name the room of local, or the module of cogid, that a full name belongs to."""
    parts = name.split(".")
    return parts[2] if parts[1] == "local" else parts[1]


def module(name):
    """Give the module in a full name of cogid's: what is behind it is a function or a class."""
    parts = name.split(".")[1:]
    while not (FOLDER.parent / Path(*parts)).with_suffix(".py").exists():
        parts.pop()
        if (FOLDER.parent / Path(*parts, "__init__.py")).exists():
            parts.append("__init__")
    return ".".join(parts)


@pytest.mark.parametrize("name", sorted(KNOWN))
def test_a_room_knows_these_and_no_others(name):
    """The service knows nobody who asks, the store nobody at all, and HTTP knows both."""
    names = {each for path in paths(name) for each in imported(path) if each[:6] == "cogid."}

    assert {owner(each) for each in names} - {name} == set(KNOWN[name].split())


def test_every_file_is_in_a_room_or_in_the_list():
    """A new module beside the rooms is put in the list by hand."""
    assert {room(path) for path in FOLDER.rglob("*.py")} == set(KNOWN)


@pytest.mark.parametrize("name", sorted(DOORS))
def test_a_wall_has_one_door(name):
    """The service gets transactions, and knows of no file that they are in."""
    names = {each for path in paths(name) for each in imported(path) if ".store" in each}

    assert {module(each).removeprefix("local.") for each in names} == DOORS[name]


@pytest.mark.parametrize("name", sorted(BANNED))
def test_a_room_loads_nothing_that_is_not_its_business(name):
    """No sockets and no files where there is only work to be done."""
    names = {each.partition(".")[0] for path in paths(name) for each in imported(path)}

    assert names & BANNED[name] == set()


def test_no_two_modules_know_each_other():
    """They can be put in an order in which each knows only earlier ones, types included."""
    arrows = {}
    for path in FOLDER.rglob("*.py"):
        own = ".".join(path.relative_to(FOLDER.parent).with_suffix("").parts)
        arrows[own] = {module(each) for each in imported(path) if each[:6] == "cogid."} - {own}

    assert "local.service.call" in list(graphlib.TopologicalSorter(arrows).static_order())
