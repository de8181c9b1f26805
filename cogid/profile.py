"""The AWS configuration files in, one profile's settings out.

Reads ``~/.aws/config`` and ``~/.aws/credentials`` as botocore merges them, for the few keys
that cogid needs before botocore is loaded, or without loading it at all. Credentials, SSO,
roles and endpoints are botocore's business and are read again there.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from cogid.errors import CogidError

if TYPE_CHECKING:
    from collections.abc import Mapping

CONFIG, CREDENTIALS = "~/.aws/config", "~/.aws/credentials"


def chosen(flag: str | None, environ: Mapping[str, str]) -> str:
    """Name the profile to use: flag, then environment (in botocore's order), then default."""
    named = flag or environ.get("AWS_DEFAULT_PROFILE") or environ.get("AWS_PROFILE")
    return named or "default"


def read(name: str, environ: Mapping[str, str]) -> dict[str, str]:
    """Give the settings of a profile; a profile that is not there has none.

    Raises CogidError when a file is there and cannot be parsed.
    """
    config = _sections(environ.get("AWS_CONFIG_FILE", CONFIG), environ)
    settings = dict(config.get(f"profile {name}", {}))
    if name == "default":
        settings = {**config.get("default", {}), **settings}
    credentials = _sections(environ.get("AWS_SHARED_CREDENTIALS_FILE", CREDENTIALS), environ)
    settings.update(credentials.get(name, {}))
    return settings


def names(environ: Mapping[str, str]) -> list[str]:
    """Give the names of all profiles, in the order of the files."""
    config = _sections(environ.get("AWS_CONFIG_FILE", CONFIG), environ)
    found = [
        section.removeprefix("profile ")
        for section in config
        if section == "default" or section.startswith("profile ")
    ]
    credentials = _sections(environ.get("AWS_SHARED_CREDENTIALS_FILE", CREDENTIALS), environ)
    return list(dict.fromkeys([*found, *credentials]))


def _sections(path: str, environ: Mapping[str, str]) -> dict[str, dict[str, str]]:
    if path.startswith("~/") and environ.get("HOME"):
        path = environ["HOME"] + path[1:]
    path = os.path.expandvars(os.path.expanduser(path))  # noqa: PTH111 - as botocore does
    if not os.path.isfile(path):  # noqa: PTH113 - no pathlib on the way to a quick answer
        return {}
    import configparser

    parser = configparser.RawConfigParser(default_section="\0")
    try:
        with open(path, encoding="utf-8") as file:  # noqa: PTH123
            parser.read_file(file)
    except (configparser.Error, UnicodeDecodeError, OSError):
        raise CogidError(f"Unable to parse config file: {path}") from None
    return {_unquoted(name): dict(parser[name]) for name in parser.sections()}


def _unquoted(section: str) -> str:
    """Write ``profile "my dev"`` and ``profile  my-dev`` one way, as botocore understands them."""
    kind, space, name = section.partition(" ")
    if kind == "profile" and space:
        return f"profile {name.strip().strip(chr(34) + chr(39))}"
    return section
