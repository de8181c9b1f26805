"""An operation's flags in, the request to send out.

Lays flags over ``--cli-input-json`` and ``--cli-input-yaml``, says what is missing, and keeps
paging apart from the parameters.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

from cogid import paramfile, values
from cogid.errors import UsageError
from cogid.model import kebab
from cogid.options import INPUT, PAGE_SIZE, PAGING, Flags

if TYPE_CHECKING:
    from cogid.model import Operation

Parameters = dict[str, Any]


class Paging(NamedTuple):
    """How to page through a list: items a page, items in all, and where to start."""

    page_size: int
    max_items: int | None
    starting_token: str | None


class Request(NamedTuple):
    """One call to make; ``paging`` is None when it is a single call."""

    operation: Operation
    parameters: Parameters
    paging: Paging | None = None


def build(operation: Operation, flags: Flags) -> Request:
    """Make the request that the flags describe.

    Raises UsageError for what is missing, cannot be read or does not go together.
    """
    given = _from_input(flags)
    _require(operation, flags)
    parameters = {**(given or {}), **_from_flags(operation, flags)}
    for name in filter(operation.input.members.get, parameters):
        values.check(operation.input.members[name], parameters[name], name)
    if operation.items is None:
        return Request(operation, parameters)
    paging = _paging(operation, parameters, flags)
    if paging is None and "MaxResults" in operation.input.required:
        parameters.setdefault("MaxResults", PAGE_SIZE)
    return Request(operation, parameters, paging)


def missing(operation: Operation, flags: Flags) -> list[str]:
    """Name the required members that are not given.

    ``--cli-input-…`` and ``--generate-cli-skeleton`` lift them. A list without ``--next-token``
    needs no ``--max-results``: it pages by itself.
    """
    if any(flag.key in flags for flag in INPUT):
        return []
    pages = operation.items is not None and "next_token" not in flags
    return [
        name
        for name in operation.input.members
        if name in operation.input.required
        and kebab(name).replace("-", "_") not in flags
        and not (pages and name == "MaxResults")
    ]


def _from_input(flags: Flags) -> Parameters | None:
    given = [kind for kind in ("json", "yaml") if f"cli_input_{kind}" in flags]
    if len(given) > 1:
        raise UsageError("Only one --cli-input- parameter may be specified.")
    if not given:
        return None
    name = f"cli-input-{given[0]}"
    text = paramfile.read(flags[f"cli_input_{given[0]}"], f"--{name}")
    parse = _parse_json if given[0] == "json" else _parse_yaml
    try:
        text = text.decode() if isinstance(text, bytes) else text
        parameters = values.parsed(parse, text, f"--{name}")
    except ValueError:
        raise UsageError(
            f"Error parsing parameter '{name}': Invalid {given[0].upper()} received."
        ) from None
    if not isinstance(parameters, dict):
        raise UsageError(
            f"Error parsing parameter '--{name}': Invalid type: expecting map, received "
            f"{type(parameters)}"
        )
    return parameters


def _parse_json(text: str) -> Any:
    return json.loads(text)


def _parse_yaml(text: str) -> Any:
    from cogid import yaml_text

    return yaml_text.load(text)


def _require(operation: Operation, flags: Flags) -> None:
    """Complain of required flags that are not there.

    A missing boolean is left to the validation, as in the reference.
    """
    members = operation.input.members
    names = [name for name in missing(operation, flags) if members[name].type != "boolean"]
    if names:
        spelled = ", ".join(f"--{kebab(name)}" for name in names)
        raise UsageError(f"the following arguments are required: {spelled}", usage=True)


def _from_flags(operation: Operation, flags: Flags) -> Parameters:
    parameters: Parameters = {}
    for name, shape in operation.input.members.items():
        spelled = kebab(name)
        given = flags.get(spelled.replace("-", "_"))
        if isinstance(given, (str, list)):
            parameters[name] = values.typed(shape, given, f"--{spelled}")
        elif given is not None:
            parameters[name] = given
    return parameters


def _paging(operation: Operation, parameters: Parameters, flags: Flags) -> Paging | None:
    """Decide whether to page: not when told how many to fetch, or which page, as the reference.

    A look-up with both ids asks whether the two belong together, which has no pages either.
    """
    asked = [flag.name for flag in PAGING if flag.key in flags]
    single = flags.get("no_paginate") or "MaxResults" in parameters or "NextToken" in parameters
    if single and asked:
        raise UsageError(
            f"Cannot specify --no-paginate along with pagination arguments: {', '.join(asked)}"
        )
    verifies = {"IdentityId", "DeveloperUserIdentifier"} <= parameters.keys()
    if single or (operation.name == "LookupDeveloperIdentity" and verifies and not asked):
        return None
    return Paging(
        flags.get("page_size", PAGE_SIZE), flags.get("max_items"), flags.get("starting_token")
    )
