"""The botocore session of a run: it behaves as AWS CLI 2.36.7, and starts quicker.

Settings in, a ``botocore.session.Session`` out: the one that a boto3 session is made of, without
boto3's resources and transfers. All of botocore that cogid uses enters here, so that importing
this module is what a call costs.

Botocore lists every service's folder to find one, and parses a megabyte of endpoints of which
a dozen lines concern the services that a command of cogid can reach: this one, and those that
credentials come from. ``Loader`` skips both; whatever looks unfamiliar is read botocore's way.
"""

from __future__ import annotations

import json
import os
import re
import sys
import time
from datetime import datetime, timedelta, timezone
from http.client import HTTPResponse
from pathlib import Path
from random import random
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

# Botocore loads awscrt whenever it is there, which takes as long as botocore itself; of what
# cogid does only the refresh of ``aws login`` sessions needs it, and loads it then (``login``).
_HIDDEN = sys.modules.setdefault("awscrt", None) is None  # type: ignore[arg-type]

import botocore.credentials  # noqa: E402 - with awscrt out of sight
import botocore.loaders  # noqa: E402
import botocore.session  # noqa: E402
from botocore import UNSIGNED, exceptions  # noqa: E402
from botocore.awsrequest import AWSHTTPConnection, AWSHTTPSConnection  # noqa: E402
from botocore.config import Config  # noqa: E402
from botocore.paginate import Paginator  # noqa: E402
from botocore.retries import standard  # noqa: E402
from botocore.utils import IMDSRegionProvider, JSONFileCache, parse_timestamp  # noqa: E402

from cogid import __version__, login  # noqa: E402
from cogid.errors import ConfigError  # noqa: E402

if TYPE_CHECKING:
    from cogid.settings import Settings

if _HIDDEN:
    del sys.modules["awscrt"]

__all__ = [
    "UNSIGNED",
    "Config",
    "Paginator",
    "exceptions",
    "iso8601",
    "make",
    "region_of_instance",
]

ROLE_CACHE = "~/.aws/cli/cache"
TIMESTAMP_FORMATS = ("wire", "iso8601")
LONGEST_WAIT = 20  # seconds between two attempts
_KEPT = ("AccessKeyId", "SecretAccessKey", "Expiration")

# cognito-identity, IAM (``doctor`` reads trust policies), then where botocore gets credentials from
# (roles, SSO with its two services, and ``aws login``): by the names of their folders and those
# that endpoints.json knows.
REACHED = ("cognito-identity", "iam", "oidc", "portal.sso", "signin", "sso", "sso-oidc", "sts")


def make(settings: Settings) -> Any:
    """Make the session; its replies hold timestamps as text.

    Raises ConfigError for a timestamp format that is none, and what botocore raises for a
    profile that is not there.
    """
    # AWS_PROFILE comes first in the reference; botocore asks the other one before.
    order = {"profile": (None, ["AWS_PROFILE", "AWS_DEFAULT_PROFILE"], None, None)}
    session = botocore.session.Session(order)
    if settings.profile:
        # Only a profile that was named: it also turns off credentials from the environment.
        session.set_config_variable("profile", settings.profile)
    if settings.region:
        session.set_config_variable("region", settings.region)  # for STS, SSO and sign-in
    for variable, value in _UNKNOWN_THERE.items():
        session.set_config_variable(variable, value)
    folders = (session.get_config_variable("data_path") or "").split(os.pathsep)
    paths = [os.path.expanduser(os.path.expandvars(path)) for path in folders if path]  # noqa: PTH111
    session.register_component("data_loader", Loader(extra_search_paths=paths))
    session.user_agent_name, session.user_agent_version = "cogid", __version__
    if settings.local_db is not None:
        session.set_credentials("LOCAL", "local")  # any do, and none are looked for
    else:
        # What roles, web identity and SSO give is kept where the reference keeps it, under its
        # keys: no MFA code is asked for as long as either program still has what came of one.
        cache = _Cache(os.path.expanduser(ROLE_CACHE))  # noqa: PTH111 - as botocore does
        resolver = botocore.credentials.create_credential_resolver(
            session, cache=cache, region_name=settings.region
        )
        session.register_component("credential_provider", resolver)
    if settings.timestamp_format not in TIMESTAMP_FORMATS:
        raise ConfigError(
            f"Unknown cli_timestamp_format value: {settings.timestamp_format}, valid values "
            'are "wire" or "iso8601"'
        )
    parser = iso8601 if settings.timestamp_format == "iso8601" else lambda value: value
    parsers = session.get_component("response_parser_factory")
    parsers.set_parser_defaults(timestamp_parser=parser)
    return session


def iso8601(value: Any) -> str:
    """Write a timestamp in local time, as botocore's parser and ``isoformat`` would.

    For numbers, which is how the service writes them, in a fifth of the time: a list of 100,000
    identities has 200,000 timestamps. Like dateutil, this knows only today's offsets.
    """
    try:
        offset = time.altzone if time.localtime(value).tm_isdst > 0 else time.timezone
        return datetime.fromtimestamp(value, timezone(timedelta(seconds=-offset))).isoformat()
    except (TypeError, ValueError, OverflowError, OSError):
        try:
            return str(parse_timestamp(value).isoformat())
        except (TypeError, ValueError, OverflowError, OSError, RuntimeError):
            raise ValueError(f'Invalid timestamp in a reply: "{str(value)[:40]}"') from None


# Settings of other SDKs that the reference does not know (2.36.7): what it does without them.
_UNKNOWN_THERE = {
    "sts_regional_endpoints": "regional",
    "defaults_mode": "legacy",
    "api_versions": {},
}


class _Cache(JSONFileCache):  # type: ignore[misc] # botocore is untyped
    """The reference's cache; a file in it that is broken counts as none."""

    def __getitem__(self, key: str) -> Any:
        found = super().__getitem__(key)
        kept = found.get("Credentials") if isinstance(found, dict) else None
        if not isinstance(kept, dict) or not all(isinstance(kept.get(each), str) for each in _KEPT):
            raise KeyError(key)
        try:
            parse_timestamp(kept["Expiration"])
        except ValueError:
            raise KeyError(key) from None
        return found

    def __contains__(self, key: str) -> bool:
        try:
            return bool(self[key])
        except KeyError:
            return False


class _Response(HTTPResponse):
    """A reply that promises no length if its head ends before the empty line: it was cut."""

    def begin(self) -> None:
        """Read the head."""
        file: Any = self.fp
        lines: list[bytes] = []

        def readline(size: int = -1) -> bytes:
            lines[:] = [file.readline(size)]
            return lines[0]

        like = SimpleNamespace(readline=readline, close=file.close, flush=file.flush)
        self.fp = like  # type: ignore[assignment]
        super().begin()
        if lines == [b""]:
            del self.headers["Content-Length"], self.headers["Transfer-Encoding"]
        if not self.isclosed():
            self.fp = file


AWSHTTPConnection.response_class = AWSHTTPSConnection.response_class = _Response

_Fetcher: Any = botocore.credentials.AssumeRoleWithWebIdentityCredentialFetcher
_key_of_role = _Fetcher._create_cache_key  # noqa: SLF001 - botocore has no other way in


def _key_of_web_token(fetcher: Any) -> str:
    """Name the place of what a web token gave by the token too, as the reference does.

    Botocore's key is the role alone: one user's credentials would be another's.
    """
    role = fetcher._assume_kwargs  # noqa: SLF001
    token = fetcher._web_identity_token_loader()  # noqa: SLF001
    fetcher._assume_kwargs = {**role, "WebIdentityToken": token}  # noqa: SLF001
    key: str = _key_of_role(fetcher)
    fetcher._assume_kwargs = role  # noqa: SLF001
    return key


_Fetcher._create_cache_key = _key_of_web_token  # noqa: SLF001

if getattr(botocore.credentials, "EC", True) is None:
    botocore.credentials.EC = login


def _wait(_: Any, context: Any) -> float:
    """Wait as long before another attempt as the reference: up to 1 second, then up to 2.

    Newer botocore waits a twentieth of that, and gives up on a service that fails for a moment.
    """
    longest = float(2 ** (context.attempt_number - 1))
    return min(random() * longest, LONGEST_WAIT)  # noqa: S311 - nothing secret


standard.ExponentialBackoff.delay_amount = _wait


def region_of_instance(settings: Settings) -> str | None:
    """Ask the metadata of an EC2 instance for its region; None anywhere else."""
    region: str | None = IMDSRegionProvider(make(settings)).provide()
    return region


class Loader(botocore.loaders.Loader):  # type: ignore[misc] # botocore is untyped
    """Botocore's loader, but quick where that gives the same."""

    def list_available_services(self, type_name: str) -> list[str]:  # noqa: ARG002
        """Name the services that can be asked for, without looking for all others."""
        return list(REACHED)

    def load_data_with_path(self, name: str) -> tuple[Any, str]:
        """Load a data file; of the endpoints, those that can be reached."""
        path = Path(self.BUILTIN_DATA_PATH, f"{name}.json")
        others = [folder for folder in self.search_paths if folder != self.BUILTIN_DATA_PATH]
        own = any(self.file_loader.exists(os.path.join(each, name)) for each in others)  # noqa: PTH118
        if name == "endpoints" and path.exists() and not own:
            endpoints = reduced(path.read_text(encoding="utf-8"))
            if endpoints is not None:
                return endpoints, str(path)
        found: tuple[Any, str] = super().load_data_with_path(name)
        return found


_NAMES = "|".join(map(re.escape, REACHED))
_SERVICE = re.compile(rf'(\n {{6}}"(?:{_NAMES})" : \{{(?:\n {{8}}.*)*\n {{6}}\}})')


def reduced(text: str) -> Any | None:
    """Parse endpoints.json without its other services; None when it is not laid out as known.

    Relies on the file's indentation: four blanks before ``"services"``, six before each
    service. Cutting the text first is ten times as fast as parsing all of it.
    """
    parts: list[str] = []
    done = 0
    while (start := text.find('\n    "services" : {', done)) >= 0:
        start = text.index("{", start) + 1
        end = text.find("\n    }", start)
        blocks = [block.group(1) for block in _SERVICE.finditer(text, start, end)]
        parts.append(text[done:start] + ",".join(blocks))
        done = end
    parts.append(text[done:])
    try:
        endpoints = json.loads("".join(parts))
        partitions = endpoints["partitions"]
    except (ValueError, KeyError, TypeError):
        return None
    # Every partition has STS: a file in which it was not found is not laid out as known.
    known = all("sts" in partition["services"] for partition in partitions)
    return endpoints if known and len(partitions) == len(parts) - 1 else None
