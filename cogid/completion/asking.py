"""Where answers come from: the state file of ``--local``, or the service behind a cache.

The flags of a line and the environment in; replies out, of which only what proposals are made
of is kept. Loaded at every TAB: neither click nor botocore is, unless a request must be sent.
"""

from __future__ import annotations

import time

TYPE_CHECKING = False  # as typing's; loading typing takes a fifth of a TAB's time
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Any

    from cogid.local.store.database import Store
    from cogid.service import Service

ACCOUNT = "123456789012"  # the local service's own

READERS = {
    "DescribeIdentity": ("identities", "describe_identity"),
    "DescribeIdentityPool": ("pools", "describe_identity_pool"),
    "GetIdentityPoolRoles": ("roles", "get_identity_pool_roles"),
    "ListIdentities": ("identities", "list_identities"),
    "ListIdentityPools": ("pools", "list_identity_pools"),
    "ListTagsForResource": ("tags", "list_tags_for_resource"),
}
"""The functions of the local service that are asked here, by module and name."""


def region_of(id_: str) -> str:
    """Give the region that a pool or identity is in: its id begins with it."""
    return id_.partition(":")[0]


class Asker:
    """Asks the service, wherever it is; replies hold only what is needed of them.

    ``flags`` are those of the line, by their keys.
    """

    def __init__(self, flags: dict[str, Any], environ: Mapping[str, str]) -> None:
        self.flags = flags
        self.environ = environ

    @property
    def pool(self) -> str:
        """The pool's id on the line, or "": given as such, or as the end of its ARN."""
        given = [str(self.flags.get(flag, "")) for flag in ("identity_pool_id", "pool")]
        ids = [each for each in given if ":" in each and not each.startswith("arn:")]
        arns = [str(self.flags.get("resource_arn", "")), *given]
        ids += [each.partition("identitypool/")[2] for each in arns]
        return next(filter(None, ids), "")

    def ask(self, operation: str, **parameters: Any) -> Any:
        """Give the reply to one call. Raises whatever goes wrong."""
        raise NotImplementedError

    def account(self, region: str) -> tuple[str, str]:
        """Give the partition and the number of the account."""
        raise NotImplementedError


class Local(Asker):
    """The local service, called as a function; a state file that is not there stays so.

    Only the one operation is loaded, not the service around it: that is a quarter of the time
    that one TAB takes, and a read needs no lock.
    """

    _store: Store | None = None

    def ask(self, operation: str, **parameters: Any) -> Any:
        """Read the reply from the state file."""
        from importlib import import_module

        from cogid.local.service.call import Call

        module, name = READERS[operation]
        function = getattr(import_module(f"cogid.local.service.{module}"), name)
        with self._opened().reading() as transaction:
            call = Call(transaction, self._region(), time.time())
            return _needed(operation, function(call, parameters))

    def _opened(self) -> Store:
        from cogid.local.store import database, paths

        if self._store is None:
            path = paths.state_path(self.environ, self.flags.get("local_db"))
            if not (path.is_file() and path.stat().st_size):
                raise FileNotFoundError(path)
            self._store = database.open_store(str(path))
        return self._store

    def _region(self) -> str:
        return (
            self.flags.get("region")
            or self.environ.get("AWS_REGION")
            or self.environ.get("AWS_DEFAULT_REGION")
            or self._configured()
            or region_of(self.pool or self.flags.get("identity_id", ""))
            or "us-east-1"
        )

    def _configured(self) -> str:
        from cogid import profile

        _, settings = profile.read(self.flags.get("profile"), self.environ)
        return settings.get("region", "")

    def account(self, region: str) -> tuple[str, str]:
        """Name the made-up account of the local service."""
        from cogid.arns import partition

        return partition(region), ACCOUNT


class NotCached(Exception):
    """The cache does not have it, and nothing may be sent yet."""


class Remote(Asker):
    """The real service, or another at an endpoint; replies are kept for a minute."""

    def __init__(self, flags: dict[str, Any], environ: Mapping[str, str]) -> None:
        from cogid.cache import Cache

        super().__init__(flags, environ)
        self.may_send = False
        self._cache = Cache(environ)
        self._service: Service | None = None

    def ask(self, operation: str, **parameters: Any) -> Any:
        """Give the reply that is kept, or send a request; raises NotCached if that must not be."""
        return self._kept(
            [operation, parameters], lambda: _needed(operation, self._send(operation, parameters))
        )

    def account(self, region: str) -> tuple[str, str]:
        """Ask STS, unless that was done lately."""
        kept = self._kept(["account"], lambda: self._identity(region))
        return (kept[0], kept[1])

    def _identity(self, region: str) -> list[str]:
        sts = self._connected().client(region, "sts", signed=True)
        arn = sts.get_caller_identity()["Arn"].split(":")
        return [arn[1], arn[4]]

    def _kept(self, what: list[Any], fetch: Callable[[], Any]) -> Any:
        import json

        from cogid.cache import where

        key = json.dumps([what, where(self.flags, self.environ)], sort_keys=True)
        found = self._cache.get(key)
        if found is None:
            if not self.may_send:
                raise NotCached
            found = fetch()
            self._cache.put(key, found)
        return found

    def _send(self, operation: str, parameters: dict[str, Any]) -> Any:
        return self._connected().call(operation, **parameters)

    def _connected(self) -> Service:
        """Give the service: one attempt, a short time-out, never a question."""
        if self._service is None:
            from cogid.app import App
            from cogid.service import Service
            from cogid.settings import Settings

            if _asks_for_code(self.flags.get("profile"), self.environ):
                raise LookupError("mfa_serial")  # botocore would ask in the middle of the line
            environ = {**self.environ, "AWS_RETRY_MODE": "standard", "AWS_MAX_ATTEMPTS": "1"}
            times = {"cli_read_timeout": 1, "cli_connect_timeout": 1}
            app = App(environ=environ)
            app.settings = Settings({**self.flags, **times}, environ)
            self._service = Service(app)
        return self._service


def _asks_for_code(flag: str | None, environ: Mapping[str, str]) -> bool:
    """Tell whether the credentials of a profile take a code from an MFA device."""
    from cogid import profile

    seen: set[str | None] = set()
    while flag not in seen:
        name, settings = profile.read(flag, environ)
        if "mfa_serial" in settings:
            return True
        seen |= {flag, name}
        flag = settings.get("source_profile", name)
    return False


def _needed(operation: str, reply: Any) -> Any:
    """Leave out of a reply what no proposal is made of, so that none of it is ever written."""
    if operation == "ListTagsForResource":
        return {"Tags": dict.fromkeys(reply["Tags"], "")}
    return {key: reply[key] for key in _NEEDED[operation] if key in reply}


_NEEDED = {
    "ListIdentityPools": ("IdentityPools", "NextToken"),
    "ListIdentities": ("Identities",),
    "DescribeIdentity": ("Logins",),
    "GetIdentityPoolRoles": ("Roles",),
    "DescribeIdentityPool": (
        "SupportedLoginProviders",
        "DeveloperProviderName",
        "OpenIdConnectProviderARNs",
        "CognitoIdentityProviders",
        "SamlProviderARNs",
    ),
}
