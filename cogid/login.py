"""Stands for ``awscrt.crypto.EC``, which only the refresh of an ``aws login`` session needs.

``session`` gives this module to botocore where awscrt is not loaded: a session that is valid is
then used without it, and a refresh loads it, or says how to install it.
"""

from __future__ import annotations

from typing import Any

from cogid import install
from cogid.errors import ConfigError


def __getattr__(name: str) -> Any:
    if name.startswith("__"):  # Python asks a module for such names itself
        raise AttributeError(name)
    try:
        from awscrt.crypto import EC
    except ModuleNotFoundError:
        raise ConfigError(
            "The session of `aws login` has expired, and cogid needs awscrt to refresh it; "
            f"run: {install.command('awscrt')}  or sign in again: aws login"
        ) from None
    return getattr(EC, name)
