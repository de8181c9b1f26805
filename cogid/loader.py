"""Botocore's data files, read without looking at all 400 services.

Botocore lists every service's folder to find one, and parses a megabyte of endpoints of which
a dozen lines concern the services that a command of cogid can reach: this one, and those that
credentials come from. Both are skipped here; whatever looks unfamiliar is read botocore's way.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import botocore.loaders

# cognito-identity, then where botocore gets credentials from (roles, SSO with its two services,
# and ``aws login``): by the names of their folders and those that endpoints.json knows.
REACHED = ("cognito-identity", "oidc", "portal.sso", "signin", "sso", "sso-oidc", "sts")


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


def make(data_path: str | None) -> Loader:
    """Make a loader that also looks into the folders of AWS_DATA_PATH, as botocore's own does."""
    folders = data_path.split(os.pathsep) if data_path else []
    expanded = [os.path.expanduser(os.path.expandvars(folder)) for folder in folders]  # noqa: PTH111
    return Loader(extra_search_paths=expanded)


def reduced(text: str, services: tuple[str, ...] = REACHED) -> Any | None:
    """Parse endpoints.json without its other services; None when it is not laid out as known.

    Relies on the file's indentation: four blanks before ``"services"``, six before each
    service. Cutting the text first is ten times as fast as parsing all of it.
    """
    parts: list[str] = []
    done = 0
    while (start := text.find('\n    "services" : {', done)) >= 0:
        start = text.index("{", start) + 1
        end = text.find("\n    }", start)
        blocks = [_block(text, name, start, end) for name in services]
        parts.append(text[done:start] + ",".join(filter(None, blocks)))
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


def _block(text: str, name: str, start: int, end: int) -> str:
    begin = text.find(f'\n      "{name}" : {{', start, end)
    if begin < 0:
        return ""
    close = "\n      }"
    return text[begin : text.index(close, begin) + len(close)]
