"""``file://`` and ``fileb://`` words in, the content of the named files out.

``file://-`` and ``file:///dev/stdin`` read standard input, so that no secret needs to stand in
argv. Knows nothing of flags or types.
"""

from __future__ import annotations

import os
import sys
from functools import lru_cache
from typing import BinaryIO

from cogid.errors import UsageError

TEXT, BINARY = "file://", "fileb://"


def read(word: str, flag: str) -> str | bytes:
    """Give the content that the word names, or the word itself when it names no file.

    ``flag`` is named in errors. Raises UsageError when the file cannot be read or is no text.
    """
    for prefix in (TEXT, BINARY):
        if word.startswith(prefix):
            path = os.path.expandvars(os.path.expanduser(word[len(prefix) :]))  # noqa: PTH111
            return _content(path, prefix, flag, word)
    return word


def _content(path: str, prefix: str, flag: str, word: str) -> str | bytes:
    try:
        if path in ("-", "/dev/stdin"):
            data = _all_of(sys.stdin.buffer)
        else:
            with open(path, "rb") as file:  # noqa: PTH123 - the path stays as it was written
                data = file.read()
        return data if prefix == BINARY else data.decode()
    except UnicodeDecodeError:
        raise UsageError(
            f"Error parsing parameter '{flag}': Unable to load paramfile ({path}), text contents "
            "could not be decoded.  If this is a binary file, please use the fileb:// prefix "
            "instead of the file:// prefix."
        ) from None
    except (OSError, ValueError) as error:
        raise UsageError(
            f"Error parsing parameter '{flag}': Unable to load paramfile {word}: {error}"
        ) from None


@lru_cache(maxsize=1)
def _all_of(stream: BinaryIO) -> bytes:
    """Read standard input: once, however many flags name it."""
    return stream.read()
