"""The scripts of the shells, and the table of all that can be typed."""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from cogid import completion, model, options
from cogid.completion import build, candidates, sources, table
from cogid.model import kebab

ROOT = Path(__file__).parent.parent
PREPARED = json.loads(Path(table.PREPARED).read_text())


@pytest.fixture(scope="module")
def made():
    """Make the table from the model that is installed."""
    return json.loads(json.dumps(build.build()))


def flags(made):
    """Give every flag of a table with its command."""
    yield from ((None, name, flag) for name, flag in made["flags"].items())
    for command, told in made["commands"].items():
        yield from ((command, name, flag) for name, flag in told.get("flags", {}).items())


def places(flag):
    """Give what can stand for a flag's value and inside it."""
    return [flag, *flag.get("places", {}).values()]


# The scripts.


@pytest.mark.parametrize(("shell", "name"), completion.SHELLS.items())
def test_the_script_is_installed_and_printed_alike(cogid, shell, name):
    """What comes with a package, stands in the repository, and is printed, is the same."""
    result = cogid("completion", shell)

    assert (result.code, result.err) == (0, "")
    assert result.out == (ROOT / "completions" / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("words", [[], ["tcsh"]])
def test_the_shells_are_named_when_none_of_them_is(cogid, words):
    """A shell that is missing or unknown is a usage error that says what there is."""
    result = cogid("completion", *words)

    assert (result.code, result.out) == (252, "")
    assert "choose from bash, zsh, fish, powershell" in result.err


@pytest.mark.parametrize("shell", completion.SHELLS)
def test_nothing_in_a_script_runs_what_it_is_told(shell):
    """No shell is asked to evaluate words: names of pools come from elsewhere."""
    code = "\n".join(
        line for line in completion.script(shell).splitlines() if not line.startswith("#")
    )

    assert "--complete 1" in code
    assert not re.search(r"\beval\b|compgen|Invoke-Expression|\biex\b", code)


def test_the_powershell_script_is_balanced():
    """Brackets close in order; no PowerShell was there to say so."""
    text = re.sub(r"'[^']*'|\"(?:[^\"`]|`.)*\"|(?m:^\s*#.*$)", "", completion.script("powershell"))
    pairs, opened = {")": "(", "]": "[", "}": "{"}, []
    for sign in re.findall(r"[(){}\[\]]", text):
        if sign in pairs:
            assert opened.pop() == pairs[sign]
        else:
            opened.append(sign)
    assert opened == []


# The table.


def test_the_prepared_table_is_what_the_code_makes(made):
    """Make it anew with: python -m cogid.completion."""
    both = [json.loads(json.dumps(each)) for each in (PREPARED, made)]
    if PREPARED["made_from"] != made["made_from"]:  # what is not botocore's must be the same still
        for each in both:
            operations = [name for name, told in each["commands"].items() if told.get("global")]
            for name in operations:
                del each["commands"][name], each["commands"]["help"]["words"][name]
            del each["made_from"], each["flags"]["--region"]["values"]

    # As text, because candidates are proposed in their order in the table.
    assert json.dumps(both[0], indent=1) == json.dumps(both[1], indent=1)


def test_every_flag_of_every_command_is_in_the_table(made):
    """A newer model brings its operations and parameters along."""
    for operation in model.load().operations.values():
        found = made["commands"][operation.command]["flags"]
        for flag in options.of_operation(operation):
            assert flag.spelling in found
            assert not flag.off or flag.off in found
    for flag in options.GLOBAL:
        assert {*flag.choices} <= {*made["flags"][flag.spelling].get("values", ())}


def test_ids_are_looked_up_and_new_names_are_not(made):
    """Every pool, identity and resource is completed; the name of something new is the user's."""
    for operation in model.load().operations.values():
        found = made["commands"][operation.command]["flags"]
        for name in operation.input.members:
            if name in ("IdentityPoolId", "IdentityId", "ResourceArn", "IdentityIdsToDelete"):
                assert found[f"--{kebab(name)}"]["source"] in sources.SOURCES
    assert (
        "source"
        not in PREPARED["commands"]["create-identity-pool"]["flags"]["--developer-provider-name"]
    )


def test_sources_are_known(made):
    """Nothing is to be looked up that nobody answers, and nothing is answered in vain."""
    asked = {place.get("source") for *_, flag in flags(made) for place in places(flag)}

    assert asked - {None} == {"profiles", candidates.FILES, *sources.SOURCES}


def test_enumerations_of_the_model_are_completed(made):
    """Wherever the model knows all values of a request's member, they are proposed."""
    proposed = {
        value
        for *_, flag in flags(made)
        for place in places(flag)
        for value in place.get("values", ())
    }

    def enums(shape):
        yield from shape.enum
        inner = {"list": "element", "map": "value"}.get(shape.type)
        for part in [getattr(shape, inner)] if inner else shape.members.values():
            yield from enums(part)

    for operation in model.load().operations.values():
        assert {*enums(operation.input)} <= proposed


def test_regions_have_the_service(made):
    """Regions are those of the installed botocore that have identity pools."""
    names = made["flags"]["--region"]["values"]

    assert {"us-east-1", "eu-west-1", "us-gov-west-1", "cn-north-1"} <= {*names}
    assert not [name for name in names if "fips" in name]


def test_descriptions_fit_on_a_line(made):
    """A description is one short sentence without control characters."""
    texts = [flag["about"] for *_, flag in flags(made)]
    texts += [command["about"] for command in made["commands"].values()]

    assert all(texts)
    assert all(text.isprintable() and len(text) <= 76 for text in texts)


def test_local_commands_are_described_by_their_own_declarations():
    """Subcommands of local, with their flags and files, come from where they are declared."""
    commands = PREPARED["commands"]

    assert {*commands["local"]["words"]} == {"serve", "reset", "path", "env"}
    assert commands["local serve"]["flags"]["--db"]["source"] == candidates.FILES
    assert [*commands["local env"]["flags"]["--shell"]["values"]][:2] == ["bash", "zsh"]


# Another botocore.


@pytest.fixture
def newer(tmp_path):
    """Give an environment with a botocore that has an operation and a region more."""
    folder = tmp_path / "site" / "botocore"
    models = folder / "data" / "cognito-identity" / "2014-06-30"
    models.mkdir(parents=True)
    (folder / "__init__.py").touch()
    shapes = {"Empty": {"type": "structure", "members": {}}}
    operation = {
        "name": "ListMoons",
        "input": {"shape": "Empty"},
        "documentation": "<p>Look up.</p>",
    }
    raw = {"operations": {"ListMoons": operation}, "shapes": shapes, "metadata": {}}
    (models / "service-2.json").write_text(json.dumps(raw))
    services = {"cognito-identity": {"endpoints": {"moon-1": {}}}}
    partition = {"regions": {"moon-1": {"description": "Moon"}}, "services": services}
    (folder / "data" / "endpoints.json").write_text(json.dumps({"partitions": [partition]}))
    return {"PYTHONPATH": f"{tmp_path / 'site'}:{ROOT}", "HOME": str(tmp_path)}


def ask(program, line, env):
    """Ask as fish does, and give the lines that it gets."""
    result = program("completion", "fish", "--complete", "1", stdin=f"{line}\0\0\0", env=env)
    assert (result.code, result.err) == (0, "")
    return result.out.splitlines()


def test_another_botocore_has_its_own_commands_and_regions(program, newer, tmp_path):
    """The table is made again where the installed model is another, once, and kept."""
    assert "list-moons\tLook up" in ask(program, "cogid ", newer)
    assert ask(program, "cogid --region ", newer) == ["moon-1\tMoon"]
    (kept,) = (tmp_path / ".cache" / "cogid").iterdir()
    kept.write_text(kept.read_text().replace("Look up", "From the cache"))
    assert "list-moons\tFrom the cache" in ask(program, "cogid list-m", newer)


def test_a_botocore_that_cannot_be_read_leaves_the_prepared_table(program, newer, tmp_path):
    """A broken model is no reason to complete nothing, nor to say so at a TAB."""
    data = tmp_path / "site" / "botocore" / "data"
    (data / "cognito-identity" / "2014-06-30" / "service-2.json").write_text("{")

    assert "get-id\tGet the identity of a user or guest" in ask(program, "cogid ", newer)


def test_without_botocore_the_prepared_table_serves(monkeypatch):
    """What was made once needs no model."""
    monkeypatch.setattr(sys, "path", [])

    assert table.sources() == {}
    assert table.load({}) == PREPARED


def test_the_table_can_be_made_where_there_is_no_checkout(tmp_path):
    """Who packages cogid makes the table for the botocore that is packaged."""
    shutil.copytree(ROOT / "cogid", tmp_path / "cogid")
    prepared = tmp_path / "cogid" / "completion" / "table.json"
    prepared.unlink()
    subprocess.run([sys.executable, "-m", "cogid.completion"], check=True, cwd=tmp_path)

    assert json.loads(prepared.read_text())["made_from"] == table.sources()
