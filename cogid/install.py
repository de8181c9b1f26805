"""What to type to install a package beside cogid, however cogid was installed.

Names the packages themselves and never cogid's extras: no registry has cogid, and what it would
give under that name could be anybody's.
"""

from __future__ import annotations


def command(*packages: str) -> str:
    """Word the command, for the Python that runs now."""
    import shlex
    import sys
    from importlib.util import find_spec

    python = shlex.quote(sys.executable)
    installer = f"{python} -m pip install" if find_spec("pip") else f"uv pip install -p {python}"
    return " ".join([installer, *map(shlex.quote, packages)])
