"""What the service offers, read from the model files that botocore ships.

Comes in: the JSON of ``cognito-identity``; goes out: operations, members, shapes, and how each
is spelled on the command line. Reads the files as plain data, because importing
``botocore.model`` for the same answers takes a hundred times as long, and knows nothing else of
cogid. ``tests/test_model.py`` compares every answer with botocore's own.

Model files under ``AWS_DATA_PATH`` or ``~/.aws/models`` are not read (``docs/architecture.md``).
"""

from __future__ import annotations

import json
import os
import re
from functools import cached_property, lru_cache
from importlib.machinery import PathFinder
from typing import Any

from cogid.errors import ConfigError

SERVICE = "cognito-identity"

# Lists for which the model declares no paginator, with the member that holds their items. They
# take the same tokens and sizes as the one it declares (aws-cli issue 3868).
_UNDECLARED_LISTS = {
    "ListIdentities": "Identities",
    "LookupDeveloperIdentity": "DeveloperUserIdentifierList",
}
_JSON_TYPES = {
    "structure": (dict,),
    "map": (dict,),
    "list": (list,),
    "string": (str,),
    "boolean": (bool,),
    "integer": (int,),
    "long": (int,),
    "timestamp": (int, float, str),
}
_ANY = (dict, list, str, bool, int, float)
_TOKENS = {"input_token": "NextToken", "output_token": "NextToken", "limit_key": "MaxResults"}
_NOTHING = {"shape": ""}
_NO_SHAPE = {"": {"type": "structure", "members": {}}}


class Shape:
    """One type of the service: a structure, list, map or scalar, with its constraints.

    ``documentation`` is the HTML written where the shape is used, which says more than the
    shape's own; ``spelling`` is how a member is spelled there on the command line.
    """

    def __init__(
        self, shapes: dict[str, Any], name: str, documentation: str = "", spelling: str = ""
    ) -> None:
        self._shapes = shapes
        self._raw: dict[str, Any] = shapes[name]
        self.name = name
        self.spelling = spelling
        self.type: str = self._raw["type"]
        self.documentation = documentation or str(self._raw.get("documentation", ""))
        self.required: list[str] = self._raw.get("required", [])
        self.enum: list[str] = self._raw.get("enum", [])
        self.pattern: str | None = self._raw.get("pattern")
        self.min: int | None = self._raw.get("min")
        self.max: int | None = self._raw.get("max")
        self.sensitive: bool = self._raw.get("sensitive", False)

    @cached_property
    def members(self) -> dict[str, Shape]:
        """The members of a structure, in the model's order; empty for every other type."""
        members = self._raw.get("members", {}).items()
        return {
            name: Shape(self._shapes, use["shape"], use.get("documentation", ""), kebab(name))
            for name, use in members
        }

    def flaw(self, value: Any) -> str | None:
        """Say what in a reply's value is not of this shape, by its path; None if nothing is.

        null counts as left out, and what the model does not know is passed over: a newer service
        may say more.
        """
        if type(value) not in _JSON_TYPES.get(self.type, _ANY):
            return f" is no {self.type}"
        parts: list[tuple[str, Shape, Any]] = []
        if self.type == "structure":
            known = self.members
            parts = [(f".{name}", known[name], value[name]) for name in value if name in known]
        elif self.type == "map":
            parts = [(f".{key}", self.value, item) for key, item in value.items()]
        elif self.type == "list":
            parts = [(f"[{number}]", self.element, item) for number, item in enumerate(value)]
        for name, shape, item in parts:
            # botocore drops members that are null; an item that is null it would pass on.
            if (item is not None or self.type == "list") and (flaw := shape.flaw(item)):
                return name + flaw
        return None

    @cached_property
    def element(self) -> Shape:
        """What a list holds."""
        use = self._raw["member"]
        return Shape(self._shapes, use["shape"], use.get("documentation", ""))

    @property
    def key(self) -> Shape:
        """What a map is keyed by."""
        use = self._raw["key"]
        return Shape(self._shapes, use["shape"], use.get("documentation", ""))

    @cached_property
    def value(self) -> Shape:
        """What a map holds under its keys."""
        use = self._raw["value"]
        return Shape(self._shapes, use["shape"], use.get("documentation", ""))


class Operation:
    """One operation of the service and the command that stands for it.

    ``input`` and ``output`` are structures, without members where nothing is taken or answered.
    ``items`` is the member of the reply that holds a list's items, None for what is no list.
    ``public`` operations are taken unsigned, so that no credentials are needed.
    """

    def __init__(
        self, raw: dict[str, Any], shapes: dict[str, Any], paginator: dict[str, Any] | None
    ) -> None:
        self.name: str = raw["name"]
        self.command = kebab(self.name)
        self.documentation: str = raw.get("documentation", "")
        self.errors: list[str] = [error["shape"] for error in raw.get("errors", [])]
        self.public = raw.get("authtype") == "none" or raw.get("auth") == ["smithy.api#noAuth"]
        self.input = Shape(shapes, raw.get("input", _NOTHING)["shape"])
        self.output = Shape(shapes, raw.get("output", _NOTHING)["shape"])
        self.declares_paginator = paginator is not None
        self.paginator = paginator
        if paginator is None and self.name in _UNDECLARED_LISTS:
            self.paginator = {**_TOKENS, "result_key": _UNDECLARED_LISTS[self.name]}
        key = self.paginator["result_key"] if self.paginator else None
        self.items: str | None = key[0] if isinstance(key, list) else key


class Model:
    """The whole service: its operations by command name, in alphabetical order."""

    def __init__(self, raw: dict[str, Any], paginators: dict[str, Any]) -> None:
        self.documentation: str = raw.get("documentation", "")
        self.shapes: dict[str, Any] = raw["shapes"]
        # An operation without input or output has an empty structure, under an impossible name.
        shapes = {**raw["shapes"], **_NO_SHAPE}
        made = (
            Operation(operation, shapes, paginators.get(name))
            for name, operation in sorted(raw["operations"].items())
        )
        self.operations: dict[str, Operation] = {each.command: each for each in made}


@lru_cache(maxsize=1)
def load() -> Model:
    """Read the model of the installed botocore, once per process.

    Raises ConfigError when botocore or its data folder is not there.
    """
    folder = _folder()
    paginators = _read(folder, "paginators-1").get("pagination", {})
    return Model(_read(folder, "service-2"), paginators)


def regions() -> dict[str, str]:
    """Give the regions that have the service, with the places they stand for."""
    spec = PathFinder.find_spec("botocore")
    if spec is None or not spec.submodule_search_locations:
        return {}
    data = os.path.join(spec.submodule_search_locations[0], "data")
    return {
        region: partition["regions"][region]["description"]
        for partition in _read(data, "endpoints").get("partitions", [])
        for region in sorted(partition["services"].get(SERVICE, {}).get("endpoints", ()))
        if region in partition["regions"]
    }


def kebab(name: str) -> str:
    """Spell an API name as AWS CLI does: ``SamlProviderARNs`` is ``saml-provider-arns``."""
    name = name.replace("ARNs", "Arns")
    name = re.sub(r"(.)([A-Z][a-z]+)", r"\1-\2", name)
    return re.sub(r"([a-z0-9])([A-Z])", r"\1-\2", name).lower()


def _folder() -> str:
    """Find the folder of the newest version of the model; versions are named by their dates."""
    spec = PathFinder.find_spec("botocore")
    if spec is None or not spec.submodule_search_locations:
        raise ConfigError("botocore is not installed; run: pip install boto3")
    folder = os.path.join(spec.submodule_search_locations[0], "data", SERVICE)
    versions = sorted(os.listdir(folder)) if os.path.isdir(folder) else []
    if not versions:
        raise ConfigError(f"No model of {SERVICE} in {folder}; reinstall boto3")
    return os.path.join(folder, versions[-1])


def _read(folder: str, name: str) -> dict[str, Any]:
    """Read a model file, which botocore ships plain or packed; one that is not there is empty."""
    plain = os.path.join(folder, f"{name}.json")
    if os.path.exists(plain):
        with open(plain, "rb") as file:
            text = file.read()
    elif os.path.exists(f"{plain}.gz"):
        import gzip

        with gzip.open(f"{plain}.gz") as packed:
            text = packed.read()
    else:
        return {}
    data: dict[str, Any] = json.loads(text)
    return data
