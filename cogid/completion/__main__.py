"""``python -m cogid.completion`` prepares the table, and in a checkout copies the scripts."""

from __future__ import annotations

import json
from pathlib import Path

from cogid.completion import SHELLS, build, script, table


def main() -> None:
    """Write the files anew."""
    text = json.dumps(build.build(), indent=1) + "\n"
    Path(table.PREPARED).write_bytes(text.encode())
    folder = Path(__file__).parents[2] / "completions"
    for shell, name in SHELLS.items():
        if folder.is_dir():
            (folder / name).write_bytes(script(shell).encode())


if __name__ == "__main__":
    main()
