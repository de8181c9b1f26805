"""``--debug``: what cogid, botocore and urllib3 log, on a stream, with its secrets shortened."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from cogid.secrets import Redactor


def start_logging(stream: TextIO, redactor: Redactor) -> None:
    """Log everything to a stream from now on."""
    handler = logging.StreamHandler(stream)
    handler.setFormatter(_Formatter(redactor))
    for name in ("cogid", "boto3", "botocore", "urllib3"):
        logger = logging.getLogger(name)
        logger.setLevel(logging.DEBUG)
        logger.addHandler(handler)


class _Formatter(logging.Formatter):
    def __init__(self, redactor: Redactor) -> None:
        super().__init__("%(asctime)s - %(threadName)s - %(name)s - %(levelname)s - %(message)s")
        self._redactor = redactor

    def format(self, record: logging.LogRecord) -> str:
        return self._redactor.clean(super().format(record))
