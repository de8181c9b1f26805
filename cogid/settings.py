"""Flags, environment and AWS configuration in; what was decided, and by what, out.

Each setting is looked for in that order, and an empty one counts as unset. They are looked up
once, and judged by who uses them. Botocore is not needed for any of it; what botocore decides
better by itself (credentials, endpoints, proxies) is left to it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from cogid import profile
from cogid.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cogid.options import Flags

DEFAULT = "default"


class _Sources(NamedTuple):
    """Where a setting can come from: a flag, variables, a key of the profile."""

    flag: str = ""
    variables: tuple[str, ...] = ()
    key: str = ""
    default: Any = None


_SOURCES = {
    "profile": _Sources("profile"),
    "region": _Sources("region", ("AWS_REGION", "AWS_DEFAULT_REGION"), "region"),
    "output": _Sources("output", ("AWS_DEFAULT_OUTPUT",), "output", "json"),
    "error_format": _Sources(
        "cli_error_format", ("AWS_CLI_ERROR_FORMAT",), "cli_error_format", "enhanced"
    ),
    "timestamp_format": _Sources("", (), "cli_timestamp_format", "iso8601"),
    "retry_mode": _Sources("", ("AWS_RETRY_MODE",), "retry_mode"),
    "max_attempts": _Sources("", ("AWS_MAX_ATTEMPTS",), "max_attempts"),
    "auto_prompt": _Sources("", ("AWS_CLI_AUTO_PROMPT",), "cli_auto_prompt", "off"),
    "endpoint_url": _Sources("endpoint_url"),
    "ca_bundle": _Sources("ca_bundle"),
    "read_timeout": _Sources("cli_read_timeout", default=60),
    "connect_timeout": _Sources("cli_connect_timeout", default=60),
    "debug": _Sources("debug", default=False),
    "no_verify_ssl": _Sources("no_verify_ssl", default=False),
    "no_sign_request": _Sources("no_sign_request", default=False),
}
_NEVER_UNSET = ("region", "endpoint_url")  # ``--region "$UNSET"`` must not reach another place
_SCHEME = re.compile(r"\s*[A-Za-z][A-Za-z0-9+.-]*:")
_PAGERS = ("COGID_PAGER", "AWS_PAGER")


class Settings:
    """What flags, environment and configuration come to.

    ``sources`` says by name what each came from: a flag (``--region``), a variable, ``profile
    NAME``, or ``default``. Raises CogidError for a configuration file that cannot be
    parsed and a named profile that is not there, UsageError for a flag that cannot be used.
    """

    profile: str | None  # of the flag; those of the environment are botocore's to find
    region: str | None
    output: str
    error_format: str
    timestamp_format: str
    retry_mode: str | None
    max_attempts: str | None
    endpoint_url: str | None  # of the flag; those of environment and files are botocore's
    ca_bundle: str | None
    read_timeout: int  # seconds; 0 waits for ever
    connect_timeout: int
    debug: bool
    no_verify_ssl: bool
    verify: bool | str | None  # whether to verify TLS; a bundle's path; None: as botocore does
    no_sign_request: bool
    auto_prompt: str  # "on", "on-partial", or anything else for never, as in AWS CLI 2.36.7
    pager: str | None  # its command line; None when output is not to be paged
    local_db: str | None  # the local service's state file; None to call the real service

    def __init__(self, flags: Flags, environ: Mapping[str, str]) -> None:
        self.sources: dict[str, str] = {}
        name, configured = profile.read(flags.get("profile"), environ)
        for setting, (flag, variables, key, default) in _SOURCES.items():
            value, source = default, DEFAULT
            if configured.get(key):
                value, source = configured[key], f"profile {name or DEFAULT}"
            for variable in reversed(variables):  # the first one is looked at last, and wins
                if environ.get(variable):
                    value, source = environ[variable], variable
            if flags.get(flag) or flags.get(flag) == 0 or (flag in _NEVER_UNSET and flag in flags):
                value, source = flags[flag], f"--{flag.replace('_', '-')}"
            setattr(self, setting, value)
            self.sources[setting] = source
        if self.endpoint_url is not None and not _SCHEME.match(self.endpoint_url):
            raise UsageError(
                f'Bad value for --endpoint-url "{self.endpoint_url}": scheme is missing.  '
                "Must be of the form http://<hostname>/ or https://<hostname>/"
            )
        self.error_format = self.error_format.lower()
        self.verify = False if self.no_verify_ssl else self.ca_bundle
        set_by = [environ[variable] for variable in _PAGERS if variable in environ]
        set_by += [configured["cli_pager"]] if "cli_pager" in configured else []
        # One that is set and empty means none, as in the reference.
        pager = [*set_by, environ.get("PAGER", "less")][0]
        self.pager = None if flags.get("no_cli_pager") else pager or None
        self.local_db = None
        local_db = flags.get("local_db")
        asked = flags.get("local") or local_db is not None
        # Late: few commands are local, and pathlib would be loaded for all of them.
        if asked or ("COGID_LOCAL" in environ and is_on(environ["COGID_LOCAL"])):
            from cogid.local.store.paths import state_path

            self.local_db = str(state_path(environ, local_db))
        self._environ, self._configured = environ, configured

    @property
    def endpoint(self) -> str | None:
        """Where calls go, in botocore's order, to tell places apart; None for AWS itself.

        A ``services`` section stands for the URL in it.
        """
        environ, configured = self._environ, self._configured
        ignored = environ.get("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS") or configured.get(
            "ignore_configured_endpoint_urls", ""
        )
        if self.endpoint_url or ignored.lower() == "true":
            return self.endpoint_url
        found = [environ.get(f"AWS_ENDPOINT_URL{of}") for of in ("_COGNITO_IDENTITY", "")]
        found += [configured.get(key) for key in ("services", "endpoint_url")]
        return next(filter(None, found), None)


def is_on(value: str) -> bool:
    """Tell whether a variable that switches something on does so."""
    return value.lower() not in ("", "0", "no", "off", "false")
