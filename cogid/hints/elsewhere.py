"""An error met elsewhere in (Amplify's, another SDK's, a line of a log), a hint for it out.

Code, operation, ids and logins are looked for wherever they stand in the text, since every SDK
words an error in its own way. Only hints come out, never a part of the text that could be secret.
"""

from __future__ import annotations

import re
import time
from typing import TYPE_CHECKING, Any, NamedTuple

from cogid import arns, model
from cogid.hints.causes import Hint, search

if TYPE_CHECKING:
    from collections.abc import Callable

LONGEST = 20_000  # characters that are looked at: a log may be pasted whole

# What the SDKs say by themselves, before they ask the service.
_OF_CLIENTS = (
    (
        r"No Cognito (?:Federated )?Identity pool provided|Invalid identity ?pool ?id",
        (
            "Amplify has no identityPoolId: it belongs in the configuration as REGION:GUID, the "
            "way list-identity-pools prints it, and Amplify.configure must run before the call"
        ),
    ),
    (
        r"cannot get guest credentials when mandatory sign-?in",
        (
            "nobody is signed in and Amplify is told that somebody must be: sign in first, or set "
            "mandatorySignIn to false and let the pool take guests"
        ),
    ),
    (
        r"region is not configured for getting the credentials",
        "Amplify has no region: set region, or identityPoolRegion for a pool of another one",
    ),
)

# Errors of the service that its model does not name, and those of STS and of signatures.
_FURTHER_CODES = (
    "AccessDenied|ExpiredToken|IncompleteSignature|InvalidAccessKeyId|InvalidClientTokenId|"
    "InvalidSignature|MissingAuthenticationToken|RequestExpired|RequestTimeTooSkewed|"
    "SignatureDoesNotMatch|Throttling|UnrecognizedClient|Validation"
)
_REFUSED = re.compile(r"Value '([^']{0,200})' at '(\w{1,60})'")
_LOGIN = re.compile(
    r"([\w.:/-]{1,128})[\"'\\]{0,4}\s{0,8}[:=]\s{0,8}[\"'\\]{0,4}(eyJ[\w-]+\.[\w-]+\.[\w-]*)",
    re.ASCII,
)


class Met(NamedTuple):
    """What a text says of an error: code and operation are empty where it does not say them."""

    code: str
    operation: str
    message: str
    parameters: dict[str, Any]
    region: str


def read(text: str) -> Met:
    """Find what an error's text says of itself."""
    text = text[:LONGEST]
    operations = model.load().operations.values()
    known = {name for each in operations for name in each.errors}
    codes = "|".join(sorted(known, key=len, reverse=True))
    code = re.search(rf"\b((?:{codes})|(?:{_FURTHER_CODES})(?:Exception)?)\b", text)
    operation = _operation(text)
    asked = arns.SERVICE.search(text)
    region = re.search(arns.REGION, asked.group()) if asked else None
    parameters = _parameters(text)
    return Met(
        code.group(1) if code else "",
        operation,
        text,
        parameters,
        region.group() if region else arns.region_in(parameters) or "",
    )


def explain(met: Met, *, now: Callable[[], float] = time.time) -> Hint | None:
    """Give the hint for an error, None for one of which nothing is known."""
    for said, hint in _OF_CLIENTS:
        if re.search(said, met.message, re.IGNORECASE):
            return Hint(hint, "errors-of-amplify")
    return search(
        f"{met.code}: {met.message}",
        model.kebab(met.operation) or "the operation",
        met.operation or "OPERATION",
        met.parameters,
        region=met.region or "the region that was asked",
        now=now,
        anywhere=True,
    )


def _operation(text: str) -> str:
    """Find an operation's name, however a language spells it: GetId, getId, get-id, get_id."""
    spelled = {}
    for each in model.load().operations.values():
        snake = each.command.replace("-", "_")
        for name in (each.name, each.name[:1].lower() + each.name[1:], each.command, snake):
            spelled[name] = each.name
    names = "|".join(sorted(spelled, key=len, reverse=True))
    found = re.search(rf"(?<![A-Za-z])(?:{names})(?![a-z-])", text)
    return spelled[found.group()] if found else ""


def _parameters(text: str) -> dict[str, Any]:
    """Find ids, refused values and logins of the request in the text."""
    found: dict[str, Any] = {}
    for value, member in _REFUSED.findall(text):
        found[f"{member[:1].upper()}{member[1:]}"] = value
    for id_ in arns.ID.finditer(text):
        before = text[max(0, id_.start() - 40) : id_.start()]
        kind = "IdentityPoolId" if "pool" in before.lower() else "IdentityId"
        found.setdefault(kind, id_.group())
    logins = dict(_LOGIN.findall(text))
    return {**found, "Logins": logins} if logins else found
