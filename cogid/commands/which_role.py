"""``cogid which-role``: the role that a pool would give, and why."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

from cogid.errors import CheckFailed, UsageError
from cogid.options import LOGIN, ONE, POOL, TOKEN, Command, Flag

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from cogid.app import App
    from cogid.options import Flags
    from cogid.roles import Choice, Trial, User

_LONGEST = 100  # characters of a claim that a line shows
_RULE = ("Claim", "MatchType", "Value", "RoleARN")


class Pool(NamedTuple):
    """What is known of a pool: its roles, and its settings, None where only a file was read."""

    roles: Mapping[str, str]
    mappings: Mapping[str, Any]
    settings: Mapping[str, Any] | None


def run(flags: Flags, app: App) -> None:
    """Say which role a login would get."""
    from cogid import roles
    from cogid.commands import printing
    from cogid.users import NotTakenError

    if "claims" in flags and ("token" in flags or "login" in flags):
        raise UsageError("argument --claims: not allowed with --token and --login")
    if "claims" not in flags and "token" not in flags and "login" not in flags:
        raise UsageError(
            "the following arguments are required: --token SRC, --login PROVIDER=SRC or "
            "--claims FILE",
            usage=True,
        )
    if "pool" not in flags and "roles" not in flags:
        raise UsageError(
            "the following arguments are required: --pool POOL or --roles FILE", usage=True
        )
    show = printing.documents(flags, app)
    given = _logins(flags, app)  # before anything is asked: it may be wrong
    pool = _pool(flags, app)
    custom = flags.get("custom_role_arn")
    try:
        choice, users, authenticated = choose(given, pool, custom)
    except NotTakenError as error:
        if show:
            refused = {"Role": None, "Reason": "not taken", "Told": error.told, "Cure": error.cure}
            show(refused)
        raise CheckFailed(f"The pool gives no role: {error.told}", hint=error.cure) from None
    why = roles.explain(choice, users, authenticated=authenticated, custom=custom)
    mapping = pool.mappings.get(choice.key or "", {})
    if show:
        show(_document(choice, why, mapping))
    else:
        printing.print_lines(_lines(choice, why, mapping), app)
    if choice.role is None:
        raise CheckFailed(f"The pool gives no role: {why}")


def choose(
    given: Mapping[str, Any], pool: Pool, custom: str | None = None
) -> tuple[Choice, list[User], bool]:
    """Choose the role for logins, which are tokens or claims by their providers' names.

    Gives with it the users that the mappings saw, and whether they are authenticated. Raises
    NotTakenError for a login that the pool does not take.
    """
    from cogid import roles

    users, authenticated = _users(given, pool)
    choice = roles.choose(
        pool.roles, pool.mappings, users, authenticated=authenticated, custom=custom
    )
    return choice, users, authenticated


def _logins(flags: Flags, app: App) -> dict[str, Any]:
    """Give by provider what stands for each login: a token, or a dict of claims."""
    from cogid import arns, token_source

    if "claims" not in flags:
        return dict(token_source.logins(flags, app))
    claims = _read(flags["claims"], "--claims")
    issuer = claims.get("iss")
    return {arns.without_scheme(issuer) if isinstance(issuer, str) else "": claims}


def _pool(flags: Flags, app: App) -> Pool:
    """Learn a pool's roles, from a file or from the service."""
    if "roles" in flags:
        found = _read(flags["roles"], "--roles")
        if problem := _flaw(found):
            raise UsageError(
                f"argument --roles: {problem}; the file is what get-identity-pool-roles prints"
            )
        return Pool(found.get("Roles", {}), found.get("RoleMappings", {}), None)
    from cogid import resolve

    pool_id = resolve.pool(flags["pool"], app)
    settings = app.service.call("DescribeIdentityPool", IdentityPoolId=pool_id)
    found = app.service.call("GetIdentityPoolRoles", IdentityPoolId=pool_id)
    return Pool(found.get("Roles", {}), found.get("RoleMappings", {}), settings)


def _read(file: str, flag: str) -> dict[str, Any]:
    """Read a file that holds a JSON object."""
    from cogid import paramfile

    path = file.removeprefix(paramfile.TEXT).removeprefix("@")
    text = paramfile.read(f"{paramfile.TEXT}{path}", flag)
    try:
        found = json.loads(text or "")
    except (ValueError, RecursionError) as error:
        raise UsageError(f"argument {flag}: {path} is not JSON: {error}") from None
    if not isinstance(found, dict):
        raise UsageError(f"argument {flag}: {path} must hold a JSON object")
    return found


def _flaw(found: dict[str, Any]) -> str | None:
    """Say what makes a document no reply of GetIdentityPoolRoles."""
    from cogid import model

    wanted = model.load().operations["get-identity-pool-roles"].output
    if not found.keys() & {"Roles", "RoleMappings"}:
        return "it has neither Roles nor RoleMappings"
    if flaw := wanted.flaw(found):
        return flaw.lstrip(".")
    for key, mapping in found.get("RoleMappings", {}).items():
        if mapping.get("Type") not in ("Token", "Rules"):
            return f"the mapping for {key} has no Type, Token or Rules"
        for rule in mapping.get("RulesConfiguration", {}).get("Rules", []):
            lacks = [name for name in _RULE if not isinstance(rule.get(name), str)]
            if lacks:
                return f"a rule for {key} has no {lacks[0]}"
    return None


def _users(given: Mapping[str, Any], pool: Pool) -> tuple[list[User], bool]:
    """Give the users as role mappings see them, and whether they are authenticated.

    Raises NotTakenError for a login that the pool does not take.
    """
    from cogid import arns
    from cogid.claims import Token

    found, authenticated = [], False
    for key, login in given.items():
        if arns.is_service(key):  # identity pools' own: it is mapped to nothing
            own = login if isinstance(login, dict) else Token(login).claims
            amr = own.get("amr")
            authenticated |= isinstance(amr, list) and "authenticated" in amr
            continue
        authenticated = True
        found.append(_user(key, login, pool))
    return found, authenticated


def _user(key: str, login: Any, pool: Pool) -> User:
    """Give one user; where only a file is known, whatever its mappings do not rule out is taken."""
    from cogid import users
    from cogid.roles import User

    if not key:
        if len(pool.mappings) == 1:
            return User(next(iter(pool.mappings)), login)
        raise UsageError(
            "argument --claims: without iss nothing says whose claims these are; add iss and aud"
        )
    if pool.settings is not None:
        provider = users.provider(key, pool.settings)
    else:
        from cogid.local.service import providers

        recognised = providers.recognise(key, users.settings_of(pool.mappings))
        if recognised is None:
            return User(key, {})  # not mapped, whoever it is
        provider = recognised._replace(clients=None)
    claims = login if isinstance(login, dict) else users.claims_of(provider, login)
    return users.user(provider, claims)


def _document(choice: Choice, why: str, mapping: Mapping[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {"Role": choice.role, "Reason": choice.reason, "Told": why}
    if choice.key is not None:
        found["Provider"] = choice.key
        found["Type"] = mapping.get("Type")
        found["AmbiguousRoleResolution"] = mapping.get("AmbiguousRoleResolution")
    if choice.offered:
        found["Offered"] = list(choice.offered)
    if choice.trials:
        found["Rules"] = [
            {**each.rule, "Saw": _saw(each), "Matches": each.matches} for each in choice.trials
        ]
    return found


def _saw(trial: Trial) -> str | None:
    """Write the claim that a rule saw, without what could be a token; None where there is none."""
    from cogid import secrets

    if trial.claim is None:
        return None
    claim = trial.claim
    text = claim if isinstance(claim, str) else json.dumps(claim, ensure_ascii=False)
    return secrets.clean(text)


def _lines(choice: Choice, why: str, mapping: Mapping[str, Any]) -> Iterator[str]:
    from cogid.controls import escaped

    yield escaped(f"role      {choice.role or 'none'}") + "\n"
    yield escaped(f"why       {why}") + "\n"
    if choice.key is None:
        return
    ambiguous = mapping.get("AmbiguousRoleResolution") or "Deny"
    yield escaped(f"mapping   {choice.key}") + "\n"
    yield escaped(f"          Type {mapping['Type']}, ambiguous: {ambiguous}") + "\n"
    for role in choice.offered if not choice.trials else ():
        yield escaped(f"offered   {role}") + "\n"
    for number, each in enumerate(choice.trials, 1):
        saw = _saw(each)
        seen = "there is no such claim" if saw is None else f"it is {_cut(saw)}"
        rule = each.rule
        state = "match   " if each.matches else "no match"
        told = f"{rule['Claim']} {rule['MatchType']} {rule['Value']}: {seen}"
        yield escaped(f"rule {number:<3}  {state}  {told}") + "\n"
        yield escaped(f"{'':20}{rule['RoleARN']}") + "\n"


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


command = Command(
    "which-role",
    run,
    summary="Say which role a pool would give a login, and why",
    about="Tries the pool's role mappings on a token, or on claims that you make up, and shows "
    "every rule with the claim that it saw. The roles are those of --pool, or of a file that "
    "get-identity-pool-roles printed; with a file nothing is sent. Signature and expiry are not "
    "looked at (`cogid token` does). The exit code is 1 when there is no role.",
    params=[
        POOL,
        TOKEN,
        LOGIN,
        Flag(
            "--claims",
            ONE,
            "Claims instead of a token: a JSON object with iss and aud, and whatever the rules "
            "look at.",
            metavar="FILE",
            completer="files",
        ),
        Flag(
            "--roles",
            ONE,
            "What get-identity-pool-roles printed, instead of asking for it.",
            metavar="FILE",
            completer="files",
        ),
        Flag(
            "--custom-role-arn",
            ONE,
            "The role to ask for, one of those that the token or the rules offer.",
            metavar="ARN",
            completer="roles",
        ),
    ],
    examples=[
        ("For a token", "cogid which-role --pool shop --token @id.token"),
        (
            "For made-up claims, offline",
            "cogid which-role --roles roles.json --claims claims.json",
        ),
    ],
)
