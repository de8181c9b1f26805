"""``file://`` and ``fileb://`` words in, the content of the named files out.

``file://-`` and ``file:///dev/stdin`` read standard input, so that no secret needs to stand in
argv. Text is UTF-8, or what AWS_CLI_FILE_ENCODING says. Knows nothing of flags or types.
"""

from __future__ import annotations

import io
import os
import sys
from functools import lru_cache
from typing import BinaryIO

from cogid.errors import CogidError, UsageError

TEXT, BINARY = "file://", "fileb://"


def read(word: str, flag: str) -> str | bytes:
    """Give the content that the word names, or the word itself when it names no file.

    ``flag`` is named in errors. Raises UsageError when the file cannot be read or is no text,
    and CogidError for an encoding that does not exist.
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
        return data if prefix == BINARY else _decoded(data)
    except LookupError as error:
        raise CogidError(str(error)) from None  # 255, as in aws 2.36.7
    except UnicodeError:
        raise UsageError(
            f"Error parsing parameter '{flag}': Unable to load paramfile ({path}), text contents "
            "could not be decoded.  If this is a binary file, please use the fileb:// prefix "
            "instead of the file:// prefix."
        ) from None
    except (OSError, ValueError) as error:
        raise UsageError(
            f"Error parsing parameter '{flag}': Unable to load paramfile {word}: {error}"
        ) from None


def _decoded(data: bytes) -> str:
    """Read text as a file opened for it gives it: every end of a line is one ``\\n``."""
    encoding = os.environ.get("AWS_CLI_FILE_ENCODING", "utf-8")
    return io.TextIOWrapper(io.BytesIO(data), encoding=encoding).read()


@lru_cache(maxsize=1)
def _all_of(stream: BinaryIO) -> bytes:
    """Read standard input: once, however many flags name it."""
    return stream.read()
