"""Answers of the service, kept for a minute; the table of commands, kept for a month.

A key and a value that JSON can hold in; the value out, as long as it is fresh. The folder and
the files are their owner's only, a file is there whole or not at all, and whatever cannot be
read or written counts as not there. Loaded at every TAB: nothing slow is imported.
"""

from __future__ import annotations

import json
import os
import time
from contextlib import suppress

from cogid import private_files

TYPE_CHECKING = False  # as typing's; loading typing takes a fifth of a TAB's time
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

# How a file's name begins, how long it is good for, and after how long it is deleted.
ANSWERS = ("complete-", 60.0, 3600.0)
TABLES = ("table-", 30 * 86400.0, 30 * 86400.0)

# What decides where a request goes and as whom, beside the flags.
_VARIABLES = (
    "AWS_ACCESS_KEY_ID",
    "AWS_PROFILE",
    "AWS_DEFAULT_PROFILE",
    "AWS_REGION",
    "AWS_DEFAULT_REGION",
    "AWS_ENDPOINT_URL",
    "AWS_ENDPOINT_URL_COGNITO_IDENTITY",
    "AWS_ENDPOINT_URL_STS",
    "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS",
    "AWS_ROLE_ARN",
    "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI",
    "AWS_CONTAINER_CREDENTIALS_FULL_URI",
)
_CONFIGURATION = (
    ("AWS_CONFIG_FILE", "~/.aws/config"),
    ("AWS_SHARED_CREDENTIALS_FILE", "~/.aws/credentials"),
)


class Cache:
    """What was found lately, of one kind: ``ANSWERS`` or ``TABLES``."""

    def __init__(
        self, environ: Mapping[str, str], kind: tuple[str, float, float] = ANSWERS
    ) -> None:
        self._folder = private_files.user_folder(private_files.CACHE, environ)
        self._prefix, self._fresh, self._forgotten = kind

    def get(self, key: str) -> Any:
        """Give what is kept under the key, or None."""
        try:
            with open(self._path(key), encoding="utf-8") as file:
                kept = json.load(file)
            fresh = 0 <= time.time() - kept["made"] < self._fresh
        except (OSError, ValueError, TypeError, KeyError, RecursionError):
            return None
        return kept.get("value") if fresh else None

    def put(self, key: str, value: Any) -> None:
        """Keep a value, and forget what was kept long ago."""
        text = json.dumps({"made": time.time(), "value": value})
        with suppress(OSError):
            os.makedirs(os.path.dirname(self._folder), exist_ok=True)
            with suppress(FileExistsError):
                os.mkdir(self._folder, 0o700)
            self._tidy()
            private_files.replace(self._path(key), text)

    def _path(self, key: str) -> str:
        return os.path.join(self._folder, self._prefix + _digest(key))

    def _tidy(self) -> None:
        for name in os.listdir(self._folder):
            path = os.path.join(self._folder, name)
            with suppress(OSError):
                old = time.time() - os.stat(path).st_mtime > self._forgotten
                if name.startswith(self._prefix) and old:
                    os.unlink(path)


def _digest(key: str) -> str:
    from hashlib import sha256

    return sha256(key.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def where(flags: Mapping[str, Any], environ: Mapping[str, str]) -> list[Any]:
    """Tell apart accounts, regions and endpoints, by all that botocore decides them from."""
    names = ("profile", "region", "endpoint_url", "no_sign_request")
    return [
        [flags.get(flag) for flag in names],
        [environ.get(variable) for variable in _VARIABLES],
        [state(environ.get(variable, usual)) for variable, usual in _CONFIGURATION],
    ]


def state(path: str) -> list[Any]:
    """Say which content a file has, without reading it."""
    try:
        found = os.stat(os.path.expanduser(path))
    except OSError:
        return [path]
    return [path, found.st_mtime_ns, found.st_size]
