"""The AWS configuration file in, the same file with a profile more out.

Text is changed line by line, so that comments, order and what nobody here knows stay as they are.
"""

from __future__ import annotations

import os
import re

from cogid import private_files, profile
from cogid.errors import CogidError

_SECTION = re.compile(r"\[([^\]\n]*)\]")
_KEY = re.compile(r"([^\s=:#;\[][^=:\n]*)[=:]")
# What else says where a profile's credentials come from, some of it with precedence.
_OTHERS = {
    "aws_access_key_id",
    "aws_secret_access_key",
    "aws_session_token",
    "credential_process",
    "credential_source",
    "duration_seconds",
    "external_id",
    "login_session",
    "mfa_serial",
    "role_arn",
    "role_session_name",
    "source_profile",
    "sso_account_id",
    "sso_region",
    "sso_role_name",
    "sso_session",
    "sso_start_url",
    "web_identity_token_file",
}


def header(name: str) -> str:
    """Word the line that a profile begins with."""
    if name == "default":
        return "[default]"
    return f'[profile "{name}"]' if re.search(r"\s", name) else f"[profile {name}]"


class ConfigFile:
    """The file at a path; one that is not there is empty."""

    def __init__(self, path: str) -> None:
        self.path = os.path.realpath(path)  # what a link leads to is changed, not the link
        try:
            with open(self.path, encoding="utf-8", newline="") as file:
                self._lines = file.read().splitlines(keepends=True)
        except FileNotFoundError:
            self._lines = []
        except (OSError, UnicodeDecodeError) as error:
            reason = getattr(error, "strerror", None) or "it is not UTF-8"
            raise CogidError(f"Cannot read {self.path}: {reason}") from None
        self._end = "\r\n" if self._lines and self._lines[0].endswith("\r\n") else "\n"

    def has(self, name: str) -> bool:
        """Tell whether the profile is there."""
        return self._place(name) is not None

    def with_profile(self, name: str, settings: dict[str, str]) -> str:
        """Give the text of the file with the profile in it.

        Of a profile that is there, what says where its credentials come from is replaced.
        """
        added = [f"{key} = {value}{self._end}" for key, value in settings.items()]
        place = self._place(name)
        if place is None:
            lines = list(self._lines)
            if lines and not lines[-1].endswith(("\n", "\r")):
                lines[-1] += self._end
            gap = [self._end] if lines and lines[-1].strip() else []
            return "".join([*lines, *gap, f"{header(name)}{self._end}", *added])
        start, stop = place
        kept = self._without({*settings, *_OTHERS}, start + 1, stop)
        section = [self._lines[start], *kept]
        if not section[-1].endswith(("\n", "\r")):
            section[-1] += self._end
        # Last: before an indented first setting, they would take it for a part of their values.
        return "".join([*self._lines[:start], *section, *added, *self._lines[stop:]])

    def write(self, text: str) -> None:
        """Replace the file, readable to its owner alone. Raises CogidError where that fails."""
        try:
            os.makedirs(os.path.dirname(self.path), mode=0o700, exist_ok=True)
            private_files.replace(self.path, text)
        except OSError as error:
            raise CogidError(f"Cannot write {self.path}: {error.strerror}") from None

    def _place(self, name: str) -> tuple[int, int] | None:
        """Give the line of a profile's header, and the one behind its last setting."""
        found = None
        for number, line in enumerate(self._lines):
            section = _SECTION.match(line)
            if section is None:
                continue
            if found is not None:
                return found, self._behind(found, number)
            if profile.name_of(section.group(1)) == name:
                found = number
        return None if found is None else (found, self._behind(found, len(self._lines)))

    def _behind(self, start: int, stop: int) -> int:
        """Leave blank lines and comments before the next section to that."""
        while stop > start + 1 and self._lines[stop - 1].strip()[:1] in ("", "#", ";"):
            stop -= 1
        return stop

    def _without(self, keys: set[str], start: int, stop: int) -> list[str]:
        """Give lines without some settings, and without what is indented under these."""
        kept, dropping = [], False
        for line in self._lines[start:stop]:
            key = _KEY.match(line)
            if key is not None:
                dropping = key.group(1).strip().lower() in keys
            elif not line[:1].isspace() or not line.strip():
                dropping = False  # a comment or an empty line
            if not dropping:
                kept.append(line)
        return kept
