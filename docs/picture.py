"""The README's picture: a real run on a pseudo terminal, drawn by rich as an SVG.

Text in the picture is text, in whatever monospaced font the reader has: rich's own template would
fetch one from the network.
"""

from __future__ import annotations

import contextlib
import io
import os
import pty
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import sessions
from rich._export_format import CONSOLE_SVG_FORMAT
from rich.console import Console
from rich.terminal_theme import DIMMED_MONOKAI
from rich.text import Text

FILE = Path(__file__).parent / "images" / "terminal.svg"
COLUMNS = 80
FONTS = 'ui-monospace, Menlo, Consolas, "DejaVu Sans Mono", monospace'
BASH = shutil.which("bash") or "/bin/bash"
TITLE = "cogid, on its local service"

BEFORE = """\
role=arn:aws:iam::123456789012:role
rule="{Claim=hd,MatchType=Equals,Value=example.com,RoleARN=$role/staff}"
mapping="{Type=Rules,AmbiguousRoleResolution=Deny,RulesConfiguration={Rules=[$rule]}}"
pool=$(cogid create-identity-pool --identity-pool-name shop --allow-unauthenticated-identities \\
    --supported-login-providers accounts.google.com=7346.apps.googleusercontent.com \\
    --query IdentityPoolId --output text)
cogid create-identity-pool --identity-pool-name forum --allow-unauthenticated-identities > pool
cogid create-identity-pool --identity-pool-name wiki --no-allow-unauthenticated-identities > pool
cogid set-identity-pool-roles --identity-pool-id $pool \\
    --role-mappings "accounts.google.com=$mapping" \\
    --roles "authenticated=$role/user,unauthenticated=$role/guest"
echo $pool
"""
SHOWN = (
    "cogid list-identity-pools --output table",
    'cogid get-identity-pool-roles --identity-pool-id "$pool"',
)


def screen() -> str:
    """Run the commands and give what stands on the terminal, with its colours."""
    with tempfile.TemporaryDirectory(prefix="cogid-docs-") as folder:
        environ = {**sessions.environment(Path(folder)), "COGID_LOCAL": "1"}
        environ |= {"COLUMNS": str(COLUMNS), "LINES": "60", "TERM": "xterm-256color"}
        done = subprocess.run(  # noqa: S603 - what stands above
            [BASH, "-euc", BEFORE],
            cwd=folder,
            env=environ,
            check=True,
            stdout=subprocess.PIPE,
            text=True,
        )
        environ["pool"] = done.stdout.strip()
        shown = "".join(
            f"\x1b[1;32m$\x1b[0m {command}\n{_typed(command, environ)}" for command in SHOWN
        )
    return sessions.Same(BEFORE).everywhere(shown)


def _typed(command: str, environ: dict[str, str]) -> str:
    ours, theirs = pty.openpty()
    with subprocess.Popen(  # noqa: S603 - what stands above
        [BASH, "-c", command], env=environ, stdin=theirs, stdout=theirs, stderr=theirs
    ) as process:
        os.close(theirs)
        read = b""
        with contextlib.suppress(OSError):  # Linux ends a terminal that was closed with an error
            while piece := os.read(ours, 65536):
                read += piece
        os.close(ours)
    if process.returncode:
        sys.exit(f"{command} ended with {process.returncode}")
    return read.decode().replace("\r\n", "\n")


def drawn(shown: str) -> str:
    """Draw the terminal."""
    console = Console(record=True, file=io.StringIO(), width=COLUMNS, force_terminal=True)
    console.print(Text.from_ansi(shown.rstrip("\n")))
    template = re.sub(r"\n    @font-face .*?\n    \}\}", "", CONSOLE_SVG_FORMAT, flags=re.DOTALL)
    template = template.replace("Fira Code, monospace", FONTS)
    template = template.replace("font-family: arial", "font-family: sans-serif")
    drawing = console.export_svg(
        title=TITLE, theme=DIMMED_MONOKAI, code_format=template, unique_id="cogid"
    )
    return "\n".join(line.rstrip() for line in drawing.split("\n"))


def write() -> None:
    """Draw the picture into its file."""
    FILE.parent.mkdir(exist_ok=True)
    FILE.write_text(drawn(screen()), "utf-8")
