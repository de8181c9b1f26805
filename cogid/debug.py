"""``--debug``: what cogid, botocore and urllib3 log, on a stream, with its secrets shortened."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, TextIO

from cogid.secrets import Redactor

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cogid.model import Model

_SECRET_VARIABLES = ("AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "AWS_SECURITY_TOKEN")


def start_logging(stream: TextIO, model: Model, environ: Mapping[str, str]) -> Redactor:
    """Log everything to a stream from now on; what the redactor hides later is hidden, too."""
    redactor = Redactor(model)
    for variable in _SECRET_VARIABLES:
        redactor.hide(environ.get(variable))
    handler = logging.StreamHandler(stream)
    handler.setFormatter(_Formatter(redactor))
    # Not the root logger: what others log has not been looked at for secrets.
    for name in ("cogid", "boto3", "botocore", "urllib3"):
        logger = logging.getLogger(name)
        logger.setLevel(logging.DEBUG)
        logger.addHandler(handler)
    return redactor


class _Formatter(logging.Formatter):
    def __init__(self, redactor: Redactor) -> None:
        super().__init__("%(asctime)s - %(threadName)s - %(name)s - %(levelname)s - %(message)s")
        self._redactor = redactor

    def format(self, record: logging.LogRecord) -> str:
        return self._redactor.clean(super().format(record))
