"""A pool and who signs in, in; temporary credentials out: kept ones, or new ones of the service.

Kept are credentials, in the cache folder, and which guest this machine is, in the state folder,
so that no run makes one guest more. Never kept is a login token: users are told apart by a hash
of what their tokens say. While nothing must be asked for, no botocore is loaded.
"""

from __future__ import annotations

import json
import os
import time
from typing import TYPE_CHECKING, Any, NamedTuple

from cogid import arns, private_files, resolve, token_source
from cogid.claims import Token
from cogid.errors import ServiceError, UsageError

if TYPE_CHECKING:
    from cogid.app import App
    from cogid.options import Flags

MIN_TTL = 300  # seconds that kept credentials must still live
FORGOTTEN = 13 * 3600  # seconds; no credentials live longer than twelve hours
SESSION_NAME = "cogid"
_TOGETHER = (("classic", "role_arn"), ("duration", "classic"), ("session_name", "classic"))
_APART = (("developer", "token"), ("developer", "login"))


class Credentials(NamedTuple):
    """Temporary credentials, until when they hold (seconds since 1970), and for which identity."""

    access_key_id: str
    secret_access_key: str
    session_token: str
    expires: float
    identity_id: str

    @property
    def expiration(self) -> str:
        """The end of their life in ISO 8601."""
        return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(self.expires))


def obtain(flags: Flags, app: App) -> Credentials:
    """Give the credentials that the flags ask for, which still live for a while.

    Of several processes at once, one asks the service and the others take what it got. Raises
    UsageError for flags that do not go together, and what a call raises.
    """
    _check(flags)
    pool_id = resolve.pool(flags["pool"], app)
    logins = token_source.logins(flags, app)
    wanted = _Wanted(flags, app, pool_id, logins)
    try:
        return _found(wanted, flags, app, pool_id)
    except ServiceError as error:
        error.hint = _hint(error)
        raise


def _found(wanted: _Wanted, flags: Flags, app: App, pool_id: str) -> Credentials:
    if flags.get("no_cache"):
        return wanted.fetch()
    name = wanted.name()
    found = _kept(wanted.folder.read(name), flags, app)
    if found is None:
        with wanted.folder.locked(name):
            found = _kept(wanted.folder.read(name), flags, app)  # perhaps another got some
            if found is None:
                found = wanted.fetch()
                wanted.folder.write(name, {"pool": pool_id, **found._asdict()})
                _tidy(wanted.folder, app.now())
    return found


def forget(app: App, pool_id: str | None) -> int:
    """Forget kept credentials and guests, of one pool or of all, and count them."""
    forgotten = 0
    for folder in (_credentials_folder(app), _guests_folder(app)):
        for name in folder.names():
            if pool_id is None or (folder.read(name) or {}).get("pool") == pool_id:
                folder.remove(name)
                folder.remove(name + private_files.LOCK)
                forgotten += 1
    return forgotten


def _hint(error: ServiceError) -> str | None:
    """Give the advice on an error, with the flags that are typed here."""
    if error.request is None:
        return error.hint
    from cogid import hints

    hint = error.hint or hints.hint_for(error, error.request, error.region)
    for theirs, ours in (("--logins", "--token"), ("--custom-role-arn", "--role-arn")):
        hint = hint and hint.replace(theirs, ours)
    return hint


class _Wanted:
    """One wish for credentials: whose, of which pool, in which way."""

    def __init__(self, flags: Flags, app: App, pool_id: str, logins: dict[str, str]) -> None:
        self._flags = flags
        self._app = app
        self._pool_id = pool_id
        self._logins = logins
        self._region = arns.region_of(pool_id)  # a pool's id says better where it is than settings
        self.folder = _credentials_folder(app)

    def name(self) -> str:
        """Name what is kept for this wish: by pool, user, role and place, and how it is got."""
        options = ("role_arn", "classic", "duration", "session_name", "identity_id")
        how = [self._flags.get(each) for each in options]
        sts = self._app.environ.get("AWS_ENDPOINT_URL_STS") if self._flags.get("classic") else None
        return _digest([self._pool_id, self._user(), how, _place(self._app), sts])

    def fetch(self) -> Credentials:
        """Ask the service; a guest that it does not know any more is replaced, once."""
        identity_id, logins = self._flags.get("identity_id"), self._logins
        if "developer" in self._flags:
            return self._issued(*self._signed_in(identity_id))
        if len(logins) == 1 and arns.is_service(next(iter(logins))):
            # The service's own token, made by somebody for one identity: it says which.
            subject = Token(next(iter(logins.values()))).subject
            return self._issued(identity_id or subject or self._call_get_id(), logins)
        if logins or identity_id:
            return self._issued(identity_id or self._call_get_id(), logins)
        known = self._guest(unlike=None)
        try:
            return self._issued(known, logins)
        except ServiceError as error:
            gone = error.code == "ResourceNotFoundException" or "is forbidden" in error.message
            if not gone or "Role" in error.message:
                raise
        return self._issued(self._guest(unlike=known), logins)

    def _user(self) -> Any:
        """Tell users apart, and what their tokens entitle them to, by nothing that is secret."""
        if "developer" in self._flags:
            return ["developer", _digest(self._flags["developer"])]
        return sorted([provider, _digest(_claims(text))] for provider, text in self._logins.items())

    def _call(self, operation: str, **parameters: Any) -> Any:
        given = {name: value for name, value in parameters.items() if value not in (None, {})}
        signed = None if operation in _PUBLIC else True
        return self._app.service.call(operation, region=self._region, signed=signed, **given)

    def _call_get_id(self) -> str:
        reply = self._call("GetId", IdentityPoolId=self._pool_id, Logins=self._logins)
        return str(reply["IdentityId"])

    def _guest(self, *, unlike: str | None) -> str:
        """Give the guest that this machine is in the pool; the first time there is none yet."""
        folder = _guests_folder(self._app)
        name = _digest([self._pool_id, _place(self._app)])
        with folder.locked(name):
            kept = (folder.read(name) or {}).get("identity_id")
            if isinstance(kept, str) and arns.ID.fullmatch(kept) and kept != unlike:
                return kept
            made = self._call_get_id()
            folder.write(name, {"pool": self._pool_id, "identity_id": made})
            return made

    def _signed_in(self, identity_id: str | None) -> tuple[str, dict[str, str]]:
        """Sign a developer's user in: as whom, and with which logins to go on."""
        provider, equals, user = self._flags["developer"].partition("=")
        if not equals:
            pool = self._call("DescribeIdentityPool", IdentityPoolId=self._pool_id)
            provider, user = pool.get("DeveloperProviderName"), provider
            if not provider:
                raise UsageError("argument --developer: the pool has no DeveloperProviderName")
        reply = self._call(
            "GetOpenIdTokenForDeveloperIdentity",
            IdentityPoolId=self._pool_id,
            IdentityId=identity_id,
            Logins={provider: user},
        )
        issuer = Token(reply["Token"]).issuer or "cognito-identity.amazonaws.com"
        return reply["IdentityId"], {arns.without_scheme(issuer): reply["Token"]}

    def _issued(self, identity_id: str, logins: dict[str, str]) -> Credentials:
        role = self._flags.get("role_arn")
        if self._flags.get("classic"):
            return self._assumed(identity_id, logins)
        reply = self._call(
            "GetCredentialsForIdentity",
            IdentityId=identity_id,
            Logins=logins,
            CustomRoleArn=role,
        )
        found = reply["Credentials"]
        return Credentials(
            found["AccessKeyId"],
            found["SecretKey"],
            found["SessionToken"],
            _moment(found["Expiration"]),
            reply.get("IdentityId", identity_id),
        )

    def _assumed(self, identity_id: str, logins: dict[str, str]) -> Credentials:
        """Go the classic way: a token of the service, and a role for it from STS."""
        own = next((token for name, token in logins.items() if arns.is_service(name)), None)
        token = own or self._call("GetOpenIdToken", IdentityId=identity_id, Logins=logins)["Token"]
        parameters = {
            "RoleArn": self._flags["role_arn"],
            "RoleSessionName": self._flags.get("session_name", SESSION_NAME),
            "WebIdentityToken": token,
        }
        if "duration" in self._flags:
            parameters["DurationSeconds"] = self._flags["duration"]
        reply = self._app.service.ask(
            "sts", "AssumeRoleWithWebIdentity", region=self._region, signed=False, **parameters
        )
        found = reply["Credentials"]
        return Credentials(
            found["AccessKeyId"],
            found["SecretAccessKey"],
            found["SessionToken"],
            _moment(found["Expiration"]),
            identity_id,
        )


_PUBLIC = ("GetId", "GetCredentialsForIdentity", "GetOpenIdToken")


def _check(flags: Flags) -> None:
    if not flags.get("pool"):
        raise UsageError("the following arguments are required: --pool", usage=True)
    for one, other in _TOGETHER:
        if one in flags and other not in flags:
            raise UsageError(f"argument {_spelled(one)}: it needs {_spelled(other)} beside it")
    for one, other in _APART:
        if one in flags and other in flags:
            raise UsageError(f"argument {_spelled(one)}: not together with {_spelled(other)}")
    if flags.get("min_ttl", 0) < 0:
        raise UsageError("argument --min-ttl: seconds are 0 or more")


def _spelled(flag: str) -> str:
    return f"--{flag.replace('_', '-')}"


def _kept(found: dict[str, Any] | None, flags: Flags, app: App) -> Credentials | None:
    """Make credentials of what a file holds, if it is whole and still good for a while."""
    if found is None:
        return None
    made = Credentials(*map(found.get, Credentials._fields))  # type: ignore[arg-type]
    expires = made.expires
    texts = [each for each in made if each is not expires]
    if not isinstance(expires, float) or not all(isinstance(e, str) and e for e in texts):
        return None
    return made if expires - app.now() > flags.get("min_ttl", MIN_TTL) else None


def _tidy(folder: private_files.Folder, now: float) -> None:
    """Forget what was kept so long ago that it cannot be good any more."""
    for name in folder.names():
        if folder.age(name, now) > FORGOTTEN:
            folder.remove(name)
            folder.remove(name + private_files.LOCK)


def _credentials_folder(app: App) -> private_files.Folder:
    cached = private_files.user_folder(private_files.CACHE, app.environ)
    return private_files.Folder(os.path.join(cached, "credentials"))


def _guests_folder(app: App) -> private_files.Folder:
    kept = private_files.user_folder(private_files.STATE, app.environ)
    return private_files.Folder(os.path.join(kept, "guests"))


def _place(app: App) -> list[Any]:
    """Tell apart where the service is."""
    return [app.settings.local_db, app.settings.endpoint]


def _claims(text: str) -> Any:
    """Give what tells users apart, and what roles are given by; of an opaque token, a hash."""
    token = Token(text)
    if not (token.issuer and token.subject):
        return text
    roles = [token.groups, token.roles, token.preferred_role]
    return [token.issuer, token.subject, token.audiences, roles]


def _digest(value: Any) -> str:
    from hashlib import sha256

    return sha256(json.dumps(value).encode()).hexdigest()[:40]


def _moment(value: Any) -> float:
    """Read a timestamp of a reply: a number on the wire, else ISO 8601."""
    if isinstance(value, (int, float)):
        return float(value)
    from datetime import datetime, timezone

    moment = datetime.fromisoformat(str(value).replace("Z", "+00:00"))
    return (moment if moment.tzinfo else moment.replace(tzinfo=timezone.utc)).timestamp()
