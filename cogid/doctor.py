"""The way from the configuration to credentials, link by link: flags in, findings out.

Every link is looked at as far as the earlier ones and the caller's permissions allow; what cannot
be looked at is unknown, and said so. Nothing is changed, and no identity is made, unless ``try``
is asked for. Prints nothing.
"""

from __future__ import annotations

import time
from email.utils import parsedate_to_datetime
from functools import partial
from typing import TYPE_CHECKING, Any

from cogid import arns, hints, profile, resolve, roles, secrets, trust_policies, users, verdicts
from cogid.claims import Token
from cogid.errors import CogidError, ConfigError, ServiceError, UsageError
from cogid.findings import Finding, ok, unknown, wrong
from cogid.local.service.logins import proofs
from cogid.token_source import logins as named_logins
from cogid.token_source import read as read_token

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from cogid.app import App
    from cogid.options import Flags
    from cogid.roles import User

WIDEST = len("trust policy")
_CLOCKS_MAY_DIFFER = 300  # seconds, which signatures are valid for
_ENDPOINTS = ("AWS_ENDPOINT_URL_COGNITO_IDENTITY", "AWS_ENDPOINT_URL")
_HOW = {
    "env": "the environment",
    "shared-credentials-file": "the credentials file",
    "config-file": "the configuration file",
    "assume-role": "a role of the profile",
    "assume-role-with-web-identity": "a web identity",
    "sso": "IAM Identity Center (SSO)",
    "login": "aws login",
    "custom-process": "the profile's credential_process",
    "container-role": "the container",
    "iam-role": "the instance's role",
    "explicit": "the local service, which takes any",
}
_NO_POOL = "without the pool's settings"


def tokens(flags: Flags, app: App) -> dict[str, str]:
    """Read the tokens of a line by their providers; of one that names none, the name is empty."""
    found = {}
    if "token" in flags:
        text = read_token(flags["token"], app)
        issuer = Token(text).issuer
        found[arns.without_scheme(issuer) if issuer else ""] = text
    others = named_logins({k: v for k, v in flags.items() if k == "login"}, app)
    return {**found, **others}


class Chain:
    """The links, looked at in their order; what each finds, the next ones know."""

    def __init__(self, flags: Flags, app: App, logins: Mapping[str, str]) -> None:
        self._flags = flags
        self._app = app
        self._logins = logins
        self._region = ""
        self._reached = False
        self._pool_id = ""
        self._pool: Mapping[str, Any] | None = None
        self._users: list[tuple[Any, User]] = []
        self._own = False  # a token of identity pools themselves stands for the login
        self._role: str | None = None
        self._trust: Any = None
        self._keys: tuple[str, str, str] | None = None

    def walk(self) -> Iterator[Finding]:
        """Give the findings, each as soon as it is there."""
        try:
            settings = self._app.settings
        except CogidError as error:
            there = ", ".join(_profiles(self._app.environ)) or "none"
            yield wrong("profile", error.message, f"--profile NAME, one of: {there}")
            return
        yield self._profile()
        yield self._find_region()
        if not self._region:
            return
        yield self._credentials()
        yield from self._reach()
        if "pool" not in self._flags:
            yield from self._token()
            return
        yield self._find_pool()
        yield self._guests()
        if self._logins:
            yield self._provider()
            yield self._audience()
            yield from self._token()
        yield self._mapping()
        local = settings.local_db is not None
        yield self._find_role(local=local)
        yield self._trusted()
        yield self._sign_in()
        yield self._caller(local=local)

    def _profile(self) -> Finding:
        settings = self._app.settings
        name, found = profile.read(settings.profile, self._app.environ)
        source = settings.sources["profile"]
        if name is None:
            return ok("profile", "default" if found else "none")
        if not settings.profile:
            source = next(each for each in profile.VARIABLES if self._app.environ.get(each))
        return ok("profile", f"{name}, from {source}")

    def _find_region(self) -> Finding:
        settings = self._app.settings
        if settings.region:
            self._region = settings.region
            return ok("region", f"{settings.region}, from {settings.sources['region']}")
        named = arns.id_in(self._flags.get("pool", ""))
        if named:
            self._region = arns.region_of(named) or ""
            return ok("region", f"{self._region}, from the pool's id")
        if settings.local_db is not None:
            self._region = resolve.LOCAL_REGION
            return ok("region", f"{self._region}, from --local")
        from cogid.session import region_of_instance

        self._region = region_of_instance(settings) or ""
        if self._region:
            return ok("region", f"{self._region}, from the instance")
        return wrong("region", "none is set", "--region, AWS_REGION, or region in the profile")

    def _credentials(self) -> Finding:
        if self._app.settings.no_sign_request:
            return unknown("credentials", "not used: --no-sign-request")
        try:
            found = self._app.service.credentials()
        except CogidError as error:
            return _failed("credentials", error)
        if found is None:
            return wrong(
                "credentials",
                "none: the pool's settings and roles cannot be looked at",
                "--profile, AWS_ACCESS_KEY_ID and its companions, or `aws login`",
            )
        how, key = found
        return ok("credentials", f"key {key[:4]}…{key[-4:]}, from {_HOW.get(how, how)}")

    def _reach(self) -> Iterator[Finding]:
        settings = self._app.settings
        if settings.local_db is not None:
            self._reached = True
            yield ok("endpoint", f"the local service in this process, on {settings.local_db}")
            yield ok("reach", "it answers")
            yield ok("clock", "one and the same")
            return
        before = time.time()
        try:
            url, date = self._app.service.reach(self._region)
        except CogidError as error:
            yield unknown("endpoint", f"from {self._endpoint_source('')}")
            yield wrong(
                "reach",
                secrets.clean(error.message),
                "check the region's name, the network, HTTPS_PROXY and --ca-bundle, and the "
                "endpoint",
            )
            yield unknown("clock", "nobody to compare it with")
            return
        self._reached = True
        yield ok("endpoint", f"{url}, from {self._endpoint_source(url)}")
        yield ok("reach", "it answers")
        yield compare_clocks(date, before, time.time())

    def _endpoint_source(self, url: str) -> str:
        if self._app.settings.endpoint_url:
            return self._app.settings.sources["endpoint_url"]
        ignored = self._app.environ.get("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "").lower() == "true"
        for variable in _ENDPOINTS:
            if self._app.environ.get(variable) and not ignored:
                return variable
        known = "amazonaws.com" in url or "api.aws" in url or not url
        return "the region" if known else "the profile"

    def _find_pool(self) -> Finding:
        if not self._reached:
            return unknown("pool", "not asked: the service does not answer")
        if self._app.settings.no_sign_request:
            return unknown("pool", "not asked: it takes a signed call")
        try:
            self._pool_id = resolve.pool(self._flags["pool"], self._app)
            found = self._ask("DescribeIdentityPool", IdentityPoolId=self._pool_id)
        except UsageError as error:
            told, _, more = error.message.removeprefix("argument --pool: ").partition("; ")
            cure = " ".join(more.split()) or "give its id, its ARN or its name"
            return wrong("pool", told, cure)
        except CogidError as error:
            return _failed("pool", error)
        self._pool = found
        return ok("pool", f"{found['IdentityPoolId']}, {found['IdentityPoolName']}")

    def _guests(self) -> Finding:
        if self._pool is None:
            return unknown("guests", f"not known {_NO_POOL}")
        if self._pool["AllowUnauthenticatedIdentities"]:
            return ok("guests", "the pool takes them")
        if self._logins:
            return ok("guests", "the pool takes none, and this is none")
        return wrong(
            "guests",
            "without a token this is a guest, and the pool takes none",
            "--token SRC; or update-identity-pool --allow-unauthenticated-identities, which "
            "resets what it is not given",
        )

    def _provider(self) -> Finding:
        if self._pool is None:
            return unknown("provider", f"not known {_NO_POOL}")
        if "" in self._logins:
            return unknown("provider", "the token does not say whose it is")
        names = []
        for key, text in self._logins.items():
            names.append(key)
            if arns.is_service(key):
                self._own = True
                continue
            try:
                found = users.provider(key, self._pool)
            except users.NotTakenError as error:
                return wrong("provider", error.told, error.cure)
            self._users.append((found, roles.User(key, users.claims_of(found, text))))
        return ok("provider", ", ".join(names))

    def _audience(self) -> Finding:
        if not self._users:
            return unknown("audience", "not looked at: the provider is not the pool's")
        told = []
        for at, (found, known) in enumerate(self._users):
            try:
                mapped = users.user(found, known.claims)
            except users.NotTakenError as error:
                self._users = []
                return wrong("audience", error.told, error.cure)
            self._users[at] = (found, mapped)
            told.append(_audience_of(found, known))
        return ok("audience", "; ".join(told))

    def _token(self) -> Iterator[Finding]:
        for key, text in self._logins.items():
            token = Token(text)
            if key and not arns.gives_jwts(key):
                yield unknown("token", f"only {key} can read it")
                continue
            found = verdicts.of(token, time.time())
            bad = next((each for each in found if each.state == "wrong"), None)
            if bad:
                yield bad._replace(name="token")
                continue
            told = {each.name: each.told for each in found}
            yield ok("token", f"{told['kind']}, {told['time']}; its signature is not verified")

    def _mapping(self) -> Finding:
        name = "role mapping"
        if self._pool is None:
            return unknown(name, f"not known {_NO_POOL}")
        if self._logins and not self._users and not self._own:
            return unknown(name, "not looked at: the pool does not take the login")
        try:
            found = self._ask("GetIdentityPoolRoles", IdentityPoolId=self._pool_id)
        except CogidError as error:
            return _failed(name, error)
        if not self._logins and not self._pool["AllowUnauthenticatedIdentities"]:
            return unknown(name, "no guest gets this far")
        known = [each for _, each in self._users]
        authenticated = bool(self._logins)
        given = found.get("Roles", {}), found.get("RoleMappings", {})
        choice = roles.choose(*given, known, authenticated=authenticated)
        why = roles.explain(choice, known, authenticated=authenticated)
        if choice.role is None:
            cure = "give it one with set-identity-pool-roles"
            if choice.reason == "denied":
                cure = "`cogid which-role` shows every rule and the claim it saw"
            return wrong(name, why, cure)
        self._role = choice.role
        return ok(name, f"{choice.role}: {why}")

    def _find_role(self, *, local: bool) -> Finding:
        if self._role is None:
            return unknown("role", "none to look at")
        arn = arns.ROLE.fullmatch(self._role)
        if arn is None:
            return wrong("role", f"{self._role} is no role's ARN", "arn:aws:iam::ACCOUNT:role/NAME")
        if local:
            return unknown("role", "not looked at: --local has no IAM (`cogid local serve` has)")
        return self._look_up_role(arn.group(2).rpartition("/")[2])

    def _look_up_role(self, name: str) -> Finding:
        try:
            reply = self._app.service.ask(
                "iam", "GetRole", region=self._region, signed=True, RoleName=name
            )
        except CogidError as error:
            if error.code != "NoSuchEntity":
                return _not_looked("role", "iam:GetRole", error)
            return wrong(
                "role",
                f"there is no role {name} in the account of the credentials",
                "make it, or name another with set-identity-pool-roles; or look with the "
                "credentials of the pool's account",
            )
        if reply["Role"]["Arn"] != self._role:
            told = f"{self._role} is not of the account of the credentials, or not on that path"
            return unknown("role", told)
        self._trust = reply["Role"].get("AssumeRolePolicyDocument")
        return ok("role", f"{name} is there")

    def _trusted(self) -> Finding:
        name = "trust policy"
        if self._trust is None:
            return unknown(name, "not looked at: without the role's")
        amr = users.amr(self._users) if self._logins else proofs([])
        provider = trust_policies.provider_of(self._region)
        identity = trust_policies.WebIdentity(provider, self._pool_id, amr)
        for action in (trust_policies.ASSUME, *self._tagging()):
            verdict = trust_policies.judge(self._trust, identity, action)
            if verdict.allowed is None:
                return unknown(name, verdict.why)
            if not verdict.allowed:
                return wrong(
                    name,
                    verdict.why,
                    f"allow the Federated principal {provider} {action} where "
                    f"{provider}:aud is {self._pool_id} (StringEquals) and {provider}:amr is "
                    f"{amr[0]} (ForAnyValue:StringLike)",
                )
        return ok(name, f"it lets the pool's {amr[0]} identities assume the role")

    def _tagging(self) -> list[str]:
        """Say what the role must allow besides, because the pool gives sessions tags."""
        for found, _ in self._users:
            try:
                reply = self._ask(
                    "GetPrincipalTagAttributeMap",
                    IdentityPoolId=self._pool_id,
                    IdentityProviderName=found.title,
                )
            except CogidError:
                continue  # none, or none that may be seen: signing in would tell
            if reply.get("UseDefaults") or reply.get("PrincipalTags"):
                return [trust_policies.TAG]
        return []

    def _sign_in(self) -> Finding:
        name = "sign-in"
        if not self._flags.get("try"):
            return unknown(name, "not tried: --try does, and makes an identity where there is none")
        if not self._pool_id or "" in self._logins:
            return unknown(name, "not tried: there is no pool, or no login, to try it with")
        logins = {"Logins": dict(self._logins)} if self._logins else {}
        try:
            found = self._ask("GetId", IdentityPoolId=self._pool_id, **logins)
            identity = found["IdentityId"]
            reply = self._ask("GetCredentialsForIdentity", IdentityId=identity, **logins)
        except CogidError as error:
            return _failed(name, error)
        keys = reply["Credentials"]
        self._keys = keys["AccessKeyId"], keys["SecretKey"], keys["SessionToken"]
        if self._app.settings.debug:
            for each in self._keys[1:]:
                self._app.redactor.hide(each)
        return ok(name, f"identity {identity}, credentials until {keys['Expiration']}")

    def _caller(self, *, local: bool) -> Finding:
        if self._keys is None:
            return unknown("caller", "not asked: there are no credentials")
        try:
            reply = self._app.service.ask(
                "sts", "GetCallerIdentity", region=self._region, signed=True, keys=self._keys
            )
        except CogidError as error:
            # The local service's STS is moto, which need not be installed.
            return (
                unknown("caller", f"not asked: {_said(error)}")
                if local
                else _failed("caller", error)
            )
        return ok("caller", reply["Arn"])

    def _ask(self, operation: str, **parameters: Any) -> Mapping[str, Any]:
        ask: Callable[..., Mapping[str, Any]] = partial(self._app.service.call, operation)
        return ask(region=self._region, **parameters)


def _profiles(environ: Mapping[str, str]) -> list[str]:
    try:
        return profile.names(environ)
    except CogidError:
        return []


def compare_clocks(date: str | None, before: float, after: float) -> Finding:
    """Compare the service's Date with the time around the call."""
    try:
        theirs = parsedate_to_datetime(date or "").timestamp()
    except (TypeError, ValueError, OverflowError):
        return unknown("clock", "the service did not say the time")
    # The Date has whole seconds, and was written at some moment of the call.
    ahead = before - theirs - 1 if before > theirs + 1 else min(after - theirs, 0)
    if abs(ahead) < _CLOCKS_MAY_DIFFER:
        return ok("clock", f"it agrees with the service's to {max(1, round(abs(ahead)))} s")
    way = "ahead of" if ahead > 0 else "behind"
    return wrong(
        "clock",
        f"this machine's is {verdicts.span(abs(ahead))} {way} the service's",
        "set it: signatures and tokens are refused when it is wrong by more than five minutes",
    )


def _audience_of(found: Any, known: User) -> str:
    given = known.claims.get("aud")
    audiences = [each for each in (given if isinstance(given, list) else [given]) if each]
    client = found.client([each for each in audiences if isinstance(each, str)])
    shown = client and secrets.show_audience(client)
    if not shown:
        return f"that of {found.name}"
    if found.clients is None:
        return f"{shown}, which the IAM OIDC provider must list"
    return f"{shown}, which the pool lists for {found.title}"


def _failed(name: str, error: CogidError) -> Finding:
    """Word what went wrong with a call, or what could not be seen of it."""
    told = _said(error)
    cure = error.hint or ""
    if isinstance(error, ServiceError) and error.request is not None:
        cure = hints.hint_for(error, error.request, error.region) or cure
    if isinstance(error, ServiceError) and str(error.code).startswith("AccessDenied"):
        return unknown(name, f"may not be looked at: {told}", cure)
    if isinstance(error, ConfigError):
        return unknown(name, f"not asked: {told}")
    return wrong(name, told, cure or "cogid explain may know more of this message")


def _not_looked(name: str, action: str, error: CogidError) -> Finding:
    told = _said(error)
    return unknown(name, f"not looked at: {action} is refused or does not answer ({told})")


def _said(error: CogidError) -> str:
    """Give code and message of an error in one line, without what must not be shown."""
    code = f"{error.code}: " if isinstance(error, ServiceError) else ""
    return secrets.clean(f"{code}{' '.join(error.message.split())}", error.secrets)
