"""Flags, environment and AWS configuration in, what was decided out.

Each setting is looked for in that order, and an empty one counts as unset. Botocore is not
needed for any of it; what botocore decides better by itself (credentials, endpoints, proxies,
retries) is left to it.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from cogid import profile
from cogid.errors import CogidError, ConfigError
from cogid.options import ERROR_FORMATS, OUTPUT_FORMATS, Flags

if TYPE_CHECKING:
    from collections.abc import Mapping

PATIENT = 10  # attempts of each call, when there are many
TIMESTAMP_FORMATS = ("wire", "iso8601")


class Settings:
    """What flags, environment and configuration come to; the files are read when first asked."""

    def __init__(self, flags: Flags, environ: Mapping[str, str]) -> None:
        self._flags = flags
        self._environ = environ

    @cached_property
    def _profile(self) -> dict[str, str]:
        return profile.read(profile.chosen(self.profile, self._environ), self._environ)

    def _first(self, *variables: str, key: str) -> str | None:
        """Give the first that is set and not empty: a variable, then the profile's key."""
        for variable in variables:
            if self._environ.get(variable):
                return self._environ[variable]
        return self._profile.get(key) or None

    @property
    def profile(self) -> str | None:
        """The profile of the ``--profile`` flag; those of the environment are botocore's."""
        return self._flags.get("profile") or None

    @cached_property
    def region(self) -> str | None:
        """The region to call, or None when none is configured anywhere."""
        flag: str | None = self._flags.get("region") or None
        return flag or self._first("AWS_REGION", "AWS_DEFAULT_REGION", key="region")

    @cached_property
    def output(self) -> str:
        """The output format's name. Raises CogidError for one that is none."""
        wanted: str = (
            self._flags.get("output") or self._first("AWS_DEFAULT_OUTPUT", key="output") or "json"
        )
        if wanted not in OUTPUT_FORMATS:
            raise CogidError(
                f"Unknown output type: {wanted}; AWS_DEFAULT_OUTPUT and the profile's output "
                f"may be {', '.join(OUTPUT_FORMATS)}"
            )
        return wanted

    @cached_property
    def error_format(self) -> str:
        """The error format's name. Raises ConfigError for one that is none."""
        wanted: str = (
            self._flags.get("cli_error_format")
            or self._first("AWS_CLI_ERROR_FORMAT", key="cli_error_format")
            or "enhanced"
        )
        if wanted not in ERROR_FORMATS:
            raise ConfigError(
                f"Unknown cli_error_format value: {wanted}, valid values are "
                f"{', '.join(ERROR_FORMATS)}"
            )
        return wanted

    @cached_property
    def timestamp_format(self) -> str:
        """How timestamps are printed: ``iso8601`` or as on the ``wire``."""
        wanted = self._first(key="cli_timestamp_format") or "iso8601"
        if wanted not in TIMESTAMP_FORMATS:
            raise ConfigError(
                f'Unknown cli_timestamp_format value: {wanted}, valid values are "wire" or '
                '"iso8601"'
            )
        return wanted

    def retries(self, *, patient: bool) -> dict[str, Any]:
        """Decide how to retry: as configured, else as AWS CLI v2 does.

        Many calls at once are ``patient`` instead: botocore's adaptive mode slows all of them
        down when the service says that there are too many.
        """
        mode = self._first("AWS_RETRY_MODE", key="retry_mode")
        attempts = self._first("AWS_MAX_ATTEMPTS", key="max_attempts")
        if attempts and not attempts.isdecimal():
            raise ConfigError(
                f"AWS_MAX_ATTEMPTS and the profile's max_attempts take a number, not {attempts!r}"
            )
        if mode or not patient:
            return {"mode": mode or "standard"}
        return {"mode": "adaptive", **({} if attempts else {"total_max_attempts": PATIENT})}

    @cached_property
    def pager(self) -> str | None:
        """The pager's command line, or None when output is not to be paged."""
        if self._flags.get("no_cli_pager"):
            return None
        for variable in ("COGID_PAGER", "AWS_PAGER"):
            if variable in self._environ:
                return self._environ[variable] or None
        if "cli_pager" in self._profile:
            return self._profile["cli_pager"] or None
        return self._environ.get("PAGER", "less") or None

    @property
    def auto_prompt(self) -> str:
        """When to prompt for the command line: ``on``, ``on-partial``, or anything else for never.

        As in the reference, a word that is none of the three is no error.
        """
        if self._flags.get("no_cli_auto_prompt"):
            return "off"
        if self._flags.get("cli_auto_prompt"):
            return "on"
        return (self._first("AWS_CLI_AUTO_PROMPT", key="cli_auto_prompt") or "off").lower()

    @property
    def color(self) -> str:
        """The ``--color`` flag: on, off or auto."""
        wanted: str = self._flags.get("color") or "auto"
        return wanted

    @property
    def endpoint_url(self) -> str | None:
        """The ``--endpoint-url`` flag; those of environment and files are botocore's."""
        return self._flags.get("endpoint_url") or None

    @property
    def verify(self) -> bool | str | None:
        """Whether to verify TLS: False, a bundle's path, or None for botocore's own choice."""
        if self._flags.get("no_verify_ssl"):
            return False
        return self._flags.get("ca_bundle")

    @property
    def sign(self) -> bool:
        """Whether requests are signed."""
        return not self._flags.get("no_sign_request")

    def timeout(self, which: str) -> int | None:
        """Give the ``read`` or ``connect`` time-out in seconds; None waits for ever."""
        seconds: int = self._flags.get(f"cli_{which}_timeout", 60)
        return seconds or None

    @property
    def debug(self) -> bool:
        """Whether to log everything to stderr."""
        return bool(self._flags.get("debug"))

    @cached_property
    def local_db(self) -> str | None:
        """The local service's state file, or None to call the real service."""
        if not (self._flags.get("local") or _yes(self._environ.get("COGID_LOCAL", ""))):
            return None
        from cogid.local.store.paths import state_path

        return str(state_path(self._environ, self._flags.get("local_db")))


def _yes(value: str) -> bool:
    return value.lower() not in ("", "0", "no", "off", "false")
