"""What TAB proposes: one answerer, and for each shell a script that only asks it.

A script in ``shims/`` hands over the line and prints what comes back (``protocol``). ``line`` cuts
it into words, ``candidates`` finds what could stand at the cursor, in the ``table`` that
``build`` prepared; pools, identities, profiles and the like are looked up by ``live``, from
``sources`` that ask the service through ``asking`` and a ``cache``. Until something must be sent,
neither click nor botocore is loaded: a person waits for every TAB.
"""

from __future__ import annotations

import os

SHELLS = {
    "bash": "cogid.bash",
    "zsh": "_cogid",
    "fish": "cogid.fish",
    "powershell": "cogid.ps1",
}
"""The shells, each with the file in ``shims/``, and in ``completions/``."""


def script(shell: str) -> str:
    """Give the script for a shell, one of ``SHELLS``."""
    path = os.path.join(os.path.dirname(__file__), "shims", SHELLS[shell])
    with open(path, encoding="utf-8") as file:
        return file.read()
