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

    Sections = dict[str, dict[str, str]]

CONFIG, CREDENTIALS = "~/.aws/config", "~/.aws/credentials"
VARIABLES = ("AWS_PROFILE", "AWS_DEFAULT_PROFILE")  # in this order, as AWS CLI 2.36.7


def read(flag: str | None, environ: Mapping[str, str]) -> tuple[str | None, dict[str, str]]:
    """Give the name and the settings of the profile that flag or environment choose.

    The name is None for the default profile, which need not be there. Raises CogidError for a
    named one that is not there, and when a file cannot be parsed.
    """
    named = [flag, *(environ.get(variable) for variable in VARIABLES)]
    name = next(filter(None, named), None)
    profiles = _profiles(environ)
    if name is not None and name not in profiles:
        raise CogidError(f"The config profile ({name}) could not be found")
    return name, profiles.get(name or "default", {})


def names(environ: Mapping[str, str]) -> list[str]:
    """Give the names of all profiles, in the order of the files."""
    return list(_profiles(environ))


def path(usual: str, environ: Mapping[str, str]) -> str:
    """Say where one of the two files is: CONFIG or CREDENTIALS."""
    variable = "AWS_CONFIG_FILE" if usual == CONFIG else "AWS_SHARED_CREDENTIALS_FILE"
    named = environ.get(variable, usual)
    if named.startswith("~/") and environ.get("HOME"):
        named = environ["HOME"] + named[1:]
    return os.path.expandvars(os.path.expanduser(named))  # noqa: PTH111 - as botocore does


def credentials_of(name: str, environ: Mapping[str, str]) -> dict[str, str]:
    """Give what the credentials file says of a profile."""
    return _sections(path(CREDENTIALS, environ)).get(name, {})


def name_of(section: str) -> str | None:
    """Give the name of the profile that a section of the configuration file is."""
    if section == "default":
        return section
    return _name(section) if section.startswith("profile") else None


def _profiles(environ: Mapping[str, str]) -> Sections:
    """Read all profiles; what both files say, the credentials file says last.

    ``[default]`` and ``[profile default]`` are one name, of which the later section counts.
    """
    profiles: Sections = {}
    for section, settings in _sections(path(CONFIG, environ)).items():
        if name := name_of(section):
            profiles[name] = settings
    for name, settings in _sections(path(CREDENTIALS, environ)).items():
        profiles[name] = {**profiles.get(name, {}), **settings}
    return profiles


def _name(section: str) -> str | None:
    """Take the name out of ``profile "my dev"``, which is split as a shell would."""
    import shlex

    try:
        words = shlex.split(section)
    except ValueError:
        return None
    return words[1] if len(words) == 2 else None  # noqa: PLR2004 - the word profile and the name


def _sections(path: str) -> Sections:
    """Read a file; one that is not there or may not be read has no sections, as in botocore."""
    if not os.path.isfile(path):  # noqa: PTH113 - no pathlib on the way to a quick answer
        return {}
    import configparser

    parser = configparser.RawConfigParser()
    try:
        parser.read([path], encoding="utf-8")
        sections = {name: dict(parser[name]) for name in parser.sections()}
    except (configparser.Error, UnicodeDecodeError):
        sections = None
    if sections is None or any(map(_is_broken, sections.values())):
        raise CogidError(f"Unable to parse config file: {path}")
    return sections


def _is_broken(settings: dict[str, str]) -> bool:
    """Tell whether a value of several lines, ``s3 =`` and the like, has one that sets nothing."""
    return any(
        line.strip() and "=" not in line
        for value in settings.values()
        if value.startswith("\n")
        for line in value.splitlines()
    )
