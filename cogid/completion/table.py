"""The table of all that can be typed: prepared in ``table.json``, or made for another botocore.

The commands are those of botocore's model and the regions those of its endpoints, so the table
says of which files it was made. Where others are installed it is made again, once, and kept in
the cache. What it holds is said in ``build``.
"""

from __future__ import annotations

import os
from importlib.machinery import PathFinder

TYPE_CHECKING = False  # as typing's; loading typing takes a fifth of a TAB's time
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

PREPARED = os.path.join(os.path.dirname(__file__), "table.json")


def load(environ: Mapping[str, str]) -> dict[str, Any]:
    """Give the table of the installed botocore."""
    import json

    with open(PREPARED, encoding="utf-8") as file:
        prepared: dict[str, Any] = json.load(file)
    found = sources()
    return prepared if found in ({}, prepared["made_from"]) else _made(prepared, found, environ)


def sources() -> dict[str, int]:
    """Give the sizes of botocore's files that the table is made of; none without botocore."""
    found = PathFinder.find_spec("botocore")
    sizes = {}
    for folder in (found and found.submodule_search_locations) or ():
        data = os.path.join(folder, "data")
        models = os.path.join(data, "cognito-identity")
        versions = sorted(os.listdir(models)) if os.path.isdir(models) else [""]
        for place in (data, os.path.join(models, versions[-1])):
            for name in ("endpoints.json", "service-2.json"):
                for path in (os.path.join(place, name), os.path.join(place, f"{name}.gz")):
                    if os.path.exists(path):
                        sizes[name] = os.stat(path).st_size
    return sizes


def _made(
    prepared: dict[str, Any], found: dict[str, int], environ: Mapping[str, str]
) -> dict[str, Any]:
    """Give the table from the cache, or make it; a model that makes no sense leaves the old one."""
    from cogid.cache import TABLES, Cache

    cache = Cache(environ, TABLES)
    state = os.stat(PREPARED)
    key = f"{found} {state.st_size} {state.st_mtime_ns}"
    table: dict[str, Any] | None = cache.get(key)
    if table is None:
        try:
            from cogid.completion import build

            table = build.build()
        except Exception:  # noqa: BLE001 - never an error at a TAB
            table = prepared
        cache.put(key, table)
    return table
