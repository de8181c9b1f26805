"""Control characters: what of a text could steer a terminal, shown instead of obeyed.

Everything that comes from outside (the service, files, names) goes through here on its way to a
terminal; pipes get it as it is.
"""

from __future__ import annotations

import re

# DEL, C1, ends of lines, and marks that turn the direction of text: with C0, what a tag or a user
# name could rewrite with what the person sees.
_STEERING = "\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u206f"
_CONTROL = re.compile(f"[\x00-\x1f{_STEERING}]")
_MARKS = re.compile(f"[{_STEERING}]")
# The last line of defence, whoever made a text: of what goes to a terminal only colours are cogid's
# own, and clearing the line before a note.
_FOREIGN = f"[\x00-\x08\x0b-\x1f{_STEERING}]"
COLOR = re.compile("\x1b\\[[0-9;]*m")
_WRITTEN = re.compile(f"(?P<own>{COLOR.pattern})|{_FOREIGN}")
_SAID = re.compile(f"(?P<own>\\A\r\x1b\\[K|{COLOR.pattern})|{_FOREIGN}")
_SHORT = {"\n": "\\n", "\r": "\\r", "\t": "\\t"}


def escaped(text: str) -> str:
    r"""Show control characters as ``\n``, ``\x1b``, ``\u202e``."""
    return _CONTROL.sub(lambda found: _escape(found.group()), text)


def _escape(character: str) -> str:
    code = ord(character)
    short = f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"  # noqa: PLR2004
    return _SHORT.get(character, short)


def harmless(text: str) -> str:
    r"""Show as ``\u202e`` what JSON and YAML, which escape C0 themselves, would let through."""
    return _MARKS.sub(lambda found: f"\\u{ord(found.group()):04x}", text)


def without_controls(text: str, *, note: bool = False) -> str:
    """Show control characters, but for colours and line breaks; a note may clear its line first."""
    return (_SAID if note else _WRITTEN).sub(_unless_own, text)


def _unless_own(found: re.Match[str]) -> str:
    return found["own"] or _escape(found.group())
