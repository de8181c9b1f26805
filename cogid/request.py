"""An operation's flags in, the request to send out.

Lays flags over ``--cli-input-json`` and ``--cli-input-yaml``, says what is missing, and keeps
paging apart from the parameters.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

from cogid import paramfile, values
from cogid.errors import UsageError
from cogid.options import INPUT, PAGE_SIZE, PAGING, Flags

if TYPE_CHECKING:
    from cogid.model import Operation

Parameters = dict[str, Any]


class Paging(NamedTuple):
    """How to page through a list: items a page, items in all, and where to start.

    ``by_page`` says that the reference pages as well. AWS CLI 2.36.7 does so for one list, and as
    that has a required flag which rules out paging, only where ``--cli-input-…`` lifts it.
    """

    page_size: int
    max_items: int | None
    starting_token: str | None
    by_page: bool = False


class Request(NamedTuple):
    """One call to make; ``paging`` is None when it is a single call."""

    operation: Operation
    parameters: Parameters
    paging: Paging | None = None


def build(operation: Operation, flags: Flags) -> Request:
    """Make the request that the flags describe.

    Raises UsageError for what is missing, cannot be read or does not go together.
    """
    # First: a broken document is complained of before what is missing, as in the reference.
    documented = any(flag.name in flags for flag in INPUT)
    given = _from_input(flags) if documented else {}
    # A missing boolean is left to the validation, as in the reference.
    members = operation.input.members
    required = [name for name in missing(operation, flags) if members[name].type != "boolean"]
    if required:
        spelled = ", ".join(f"--{members[name].spelling}" for name in required)
        raise UsageError(f"the following arguments are required: {spelled}", usage=True)
    parameters = dict(given)
    for name, shape in members.items():
        words = flags.get(shape.spelling.replace("-", "_"))
        if isinstance(words, (str, list)):
            parameters[name] = values.typed(shape, words, f"--{shape.spelling}")
        elif words is not None:
            parameters[name] = words
    paging = _paging(operation, parameters, flags) if operation.items else None
    # A list that must be told how many to give, and is not paged: as many as it gives at once.
    if paging is None and "MaxResults" in operation.input.required:
        parameters.setdefault("MaxResults", PAGE_SIZE)
    # A number that was typed has its type by now; that it is too small, botocore says.
    if documented or not all(isinstance(each, int) for each in parameters.values()):
        _validate(operation, parameters, paging)
    return Request(operation, parameters, paging)


def _validate(operation: Operation, parameters: Parameters, paging: Paging | None) -> None:
    """Raise UsageError for parameters that botocore would refuse, in its words.

    It would say the same, but only when it is loaded and there is a region to make a client for.
    """
    from cogid import validation  # a plain list has nothing to validate

    size = {"MaxResults": PAGE_SIZE} if paging else {}  # what paging will put there
    wrong = "\n".join(validation.complaints(operation.input, {**size, **parameters}))
    if wrong:
        from cogid import secrets

        error = UsageError(f"Parameter validation failed:\n{wrong}")
        error.secrets += secrets.in_value(operation.input, parameters)
        raise error


def missing(operation: Operation, flags: Flags) -> list[str]:
    """Name the required members that are not given.

    ``--cli-input-…`` and ``--generate-cli-skeleton`` lift them. A list without ``--next-token``
    needs no ``--max-results``: it pages by itself.
    """
    if any(flag.name in flags for flag in INPUT):
        return []
    pages = operation.items is not None and "next_token" not in flags
    return [
        name
        for name, shape in operation.input.members.items()
        if name in operation.input.required
        and shape.spelling.replace("-", "_") not in flags
        and not (pages and name == "MaxResults")
    ]


def _from_input(flags: Flags) -> Parameters:
    given = [kind for kind in ("json", "yaml") if f"cli_input_{kind}" in flags]
    if len(given) > 1:
        raise UsageError("Only one --cli-input- parameter may be specified.")
    if not given:
        return {}
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
    from cogid.output import yaml_text

    return yaml_text.load(text)


def _paging(operation: Operation, parameters: Parameters, flags: Flags) -> Paging | None:
    """Decide whether to page: not when told how many to fetch, or which page, as the reference.

    A look-up with both ids asks whether the two belong together, which has no pages either.
    """
    asked = [flag.spelling for flag in PAGING if flag.name in flags]
    single = flags.get("no_paginate") or "MaxResults" in parameters or "NextToken" in parameters
    if single and asked:
        raise UsageError(
            f"Cannot specify --no-paginate along with pagination arguments: {', '.join(asked)}"
        )
    verifies = {"IdentityId", "DeveloperUserIdentifier"} <= parameters.keys()
    if single or (operation.name == "LookupDeveloperIdentity" and verifies and not asked):
        return None
    lifted = operation.name == "ListIdentityPools" and any(flag.name in flags for flag in INPUT)
    return Paging(
        flags.get("page_size", PAGE_SIZE),
        flags.get("max_items"),
        flags.get("starting_token"),
        by_page=lifted,
    )
