"""``python -m cogid.completion`` writes the scripts in ``completions/`` anew."""

from __future__ import annotations

from pathlib import Path

from cogid.completion import FILES, script

for shell, name in FILES.items():
    path = Path(__file__).parents[2] / "completions" / name
    path.write_bytes(script(shell).encode())
