"""Stands for ``awscrt.crypto.EC``, which only the refresh of an ``aws login`` session needs.

``session`` gives this module to botocore where awscrt is not loaded: a session that is valid is
then used without it, and a refresh loads it, or says how to install it.
"""

from __future__ import annotations

from typing import Any

from cogid.errors import ConfigError


def __getattr__(name: str) -> Any:
    if name.startswith("__"):  # Python asks a module for such names itself
        raise AttributeError(name)
    try:
        from awscrt.crypto import EC
    except ModuleNotFoundError:
        raise ConfigError(
            "The session of `aws login` has expired, and cogid needs awscrt to refresh it; "
            f"run: {_install('awscrt')}  or sign in again: aws login"
        ) from None
    return getattr(EC, name)


def _install(package: str) -> str:
    """Word the command that installs a package beside cogid, however cogid was installed."""
    import shlex
    import sys
    from importlib.util import find_spec

    python = shlex.quote(sys.executable)
    if find_spec("pip"):
        return f"{python} -m pip install {package}"
    return f"uv pip install --python {python} {package}"
