"""What the completion scripts hold, and that those checked in are what the code writes."""

import re
from pathlib import Path

import pytest

from cogid import completion, model, options
from cogid.completion import sources, table
from cogid.model import kebab

FOLDER = Path(__file__).parent.parent / "completions"
TABLE = table.load()
COMMANDS = {each.name: each for each in TABLE.commands}


@pytest.mark.parametrize(("shell", "name"), completion.FILES.items())
def test_the_script_checked_in_is_the_one_the_code_writes(shell, name):
    """Write them anew with: python -m cogid.completion."""
    assert (FOLDER / name).read_text(encoding="utf-8") == completion.script(shell)


@pytest.mark.parametrize(("shell", "name"), completion.FILES.items())
def test_the_command_prints_the_script(cogid, shell, name):
    """What is installed with a package and what the program prints are the same."""
    result = cogid("completion", shell)

    assert (result.code, result.err) == (0, "")
    assert result.out == (FOLDER / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("words", [[], ["tcsh"]])
def test_the_shells_are_named_when_none_of_them_is(cogid, words):
    """A shell that is missing or unknown is a usage error that says what there is."""
    result = cogid("completion", *words)

    assert (result.code, result.out) == (252, "")
    assert "choose from bash, zsh, fish, powershell" in result.err


@pytest.mark.parametrize("shell", completion.FILES)
def test_every_flag_of_every_command_is_in_every_script(shell):
    """A newer model brings its operations and parameters along."""
    text = completion.script(shell)

    for operation in model.load().operations.values():
        assert operation.command in text
        for flag in options.of_operation(operation):
            assert flag.name in text
            assert flag.off_name in text
    for flag in options.GLOBAL:
        assert flag.name in text
        for choice in flag.choices:
            assert choice in text


def test_ids_are_looked_up_and_new_names_are_not():
    """Every pool, identity and resource is completed; the name of something new is the user's."""
    for operation in model.load().operations.values():
        flags = {flag.name: flag for flag in COMMANDS[operation.command].flags}
        for name in operation.input.members:
            if name in ("IdentityPoolId", "IdentityId", "ResourceArn", "IdentityIdsToDelete"):
                assert flags[f"--{kebab(name)}"].source in sources.SOURCES
    created = {flag.name: flag for flag in COMMANDS["create-identity-pool"].flags}
    assert created["--developer-provider-name"].source == ""


def test_sources_are_known():
    """No script asks for what nobody answers."""
    asked = {kind.source for kind, _ in TABLE.kinds()}
    asked |= {place.source for place in TABLE.values().values()}

    assert asked - {"", table.PLACES, table.FILES_SOURCE} == {"profiles", *sources.SOURCES}


def test_enumerations_of_the_model_are_completed():
    """Wherever the model knows all values of a request's member, they are proposed."""
    proposed = {word.text for place in TABLE.values().values() for word in place.words}
    known = [shape["enum"] for name, shape in model.load().shapes.items() if "enum" in shape]
    replies_only = {"AccessDenied", "InternalServerError"}

    assert {value for values in known for value in values} - replies_only <= proposed


def test_regions_have_the_service():
    """Regions are those of the installed botocore that have identity pools."""
    names = [region.text for region in table.regions()]

    assert {"us-east-1", "eu-west-1", "us-gov-west-1", "cn-north-1"} <= set(names)
    assert not [name for name in names if "fips" in name]


def test_descriptions_fit_on_a_line():
    """A description is one short sentence without control characters."""
    words = [flag.about for command in TABLE.commands for flag in command.flags]
    words += [command.about for command in TABLE.commands]

    assert all(words)
    assert all(text.isprintable() and len(text) <= 76 for text in words)


def test_local_commands_are_described_by_their_own_declarations():
    """Subcommands of local, with their flags and files, come from where they are declared."""
    serve = {flag.name: flag for flag in COMMANDS["local serve"].flags}

    assert {"serve", "reset", "path", "env"} == {word.text for word in COMMANDS["local"].words}
    assert serve["--db"].source == table.FILES_SOURCE
    assert [word.text for flag in COMMANDS["local env"].flags for word in flag.words][:2] == [
        "bash",
        "zsh",
    ]


def _without_strings(text):
    return re.sub(r"'(?:[^']|'')*'|\"(?:[^\"`]|`.)*\"|(?m:^\s*#.*$)", "''", text)


def test_the_powershell_script_is_balanced():
    """Brackets close in order and no table has a key twice; no PowerShell was there to say so."""
    text = completion.script("powershell")
    pairs, opened = {")": "(", "]": "[", "}": "{"}, []
    for sign in re.findall(r"[(){}\[\]]", _without_strings(text)):
        if sign in pairs:
            assert opened.pop() == pairs[sign]
        else:
            opened.append(sign)
    assert opened == []
    for entries in re.findall(r"= @\{\n(.*?)\n    \}", text, re.DOTALL):
        keys = [line.partition(" = ")[0].lower() for line in entries.splitlines()]
        assert len(keys) == len(set(keys))


def test_nothing_in_a_script_runs_what_it_is_told():
    """No shell is asked to evaluate words: names of pools come from elsewhere."""
    for shell in completion.FILES:
        code = "\n".join(
            line for line in completion.script(shell).splitlines() if not line.startswith("#")
        )
        assert not re.search(r"\beval\b|compgen -W|Invoke-Expression", code)
