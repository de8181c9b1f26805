"""The examples on the pages, run: a page in, the page with what its commands really print out.

Blocks marked ``console`` hold commands after ``$ `` and what each printed, blocks marked ``sh``
commands alone. All blocks of a page run in one bash, from top to bottom, in an empty home of
their own: as if somebody pasted the page into a new terminal. A comment right above a block
changes that:

    <!-- not run: why -->       it needs AWS or a network
    <!-- run from: word -->     what stands before the word installs cogid
    <!-- runs on -->            a server, stopped when the page ends

What differs from run to run (ids, times, keys, tokens, ports) is replaced by something that does
not, so that a page changes only when cogid does.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ROOT = Path(__file__).parent.parent
PORT = 4599  # as printed; another one while running, since this one may be in use
SECONDS = 60  # for a page

_BLOCK = re.compile(
    r"(?:^<!-- (?P<mark>not run|run from|runs on)(?:: (?P<reason>.+?))? -->\n+)?"
    r"^```(?P<kind>console|sh)\n(?P<body>.*?)^```$",
    re.MULTILINE | re.DOTALL,
)
_END = "\x1e"

_GUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")
_USER_POOL = re.compile(r"(?<=us-east-1_)(?:[0-9a-f]{32}|[0-9A-Za-z]{9})\b")
_CLIENT = re.compile(r"\b[0-9a-z]{26}\b")
_SAME = [
    (re.compile(r'(Expiration": ?")\d{4}-\d\d-\d\dT[\d:.]+'), r"\g<1>2026-01-31T13:00:00"),
    (re.compile(r'(Date": ?")\d{4}-\d\d-\d\dT[\d:.]+'), r"\g<1>2026-01-31T12:00:00.000000"),
    (re.compile(r"\d{4}-\d\d-\d\dT[\d:]{8}\.\d{6}"), "2026-01-31T12:00:00.000000"),
    (re.compile(r"\d{4}-\d\d-\d\dT[\d:]{8}(?=[+Z])"), "2026-01-31T13:00:00"),
    (re.compile(r"(eyJ[\w-]{37})[\w-]*\.[\w-]+\.[\w-]+"), r"\1…"),
    (re.compile(r"\bASIA[A-Z0-9]{16}\b"), "ASIAEXAMPLEEXAMPLE00"),
    (
        re.compile(r"(?<=SecretKey\": \")[\w+/]{40}"),
        "example/secret/key/example/secret/key/00",
    ),
    (
        re.compile(r"(?<=SecretAccessKey\": \")[\w+/]{40}"),
        "example/secret/key/example/secret/key/00",
    ),
    (re.compile(r"(?<=credential_process = )\S+/cogid"), "/usr/local/bin/cogid"),
    (re.compile(r"(IQoJb3JpZ2lu)[\w+/=]{80,}"), r"\1…"),
]


class Step(NamedTuple):
    """A command, or a whole ``sh`` block, and what it is said to print."""

    text: str
    printed: str | None  # None for ``sh``, which says nothing of it
    runs_on: bool = False


class Outcome(NamedTuple):
    """What a step really printed, made the same for every run, and how it ended."""

    step: Step
    printed: str
    code: int | None  # None when it was never reached

    @property
    def failed(self) -> bool:
        """Whether it ended badly; a command that is shown to fail may fail."""
        return self.code is None or (self.code != 0 and "[ERROR]" not in (self.step.printed or ""))

    @property
    def complaint(self) -> str | None:
        """Say what is wrong, if anything is."""
        if self.code is None:
            return f"{self.step.text}ended the shell, or came after what did:\n{self.printed}"
        if self.failed:
            return f"{self.step.text}ended with {self.code}:\n{self.printed}"
        if self.step.printed is not None and self.printed != self.step.printed:
            return f"{self.step.text}printed something else:\n{self.printed}"
        return None


def blocks(page: str) -> Iterator[re.Match[str]]:
    """Find the blocks of a page with commands, those included that are not run."""
    return _BLOCK.finditer(page)


def steps(page: str) -> list[Step]:
    """Give the commands of a page in order, those left out that are not run."""
    return [step for block in blocks(page) if block["mark"] != "not run" for step in _of(block)]


def _of(block: re.Match[str]) -> list[Step]:
    if block["kind"] == "sh":
        body = block["body"]
        return [Step(body[body.index(block["reason"]) :] if block["reason"] else body, None)]
    found: list[Step] = []
    for command, printed in _typed(block["body"]):
        found.append(Step(command, printed, runs_on=block["mark"] == "runs on"))
    return found


def _typed(body: str) -> Iterator[tuple[str, str]]:
    """Part a ``console`` block into commands and what they print."""
    for part in re.split(r"^\$ ", body, flags=re.MULTILINE)[1:]:
        lines = part.splitlines(keepends=True)
        last = next(n for n, line in enumerate(lines) if not line.endswith("\\\n"))
        yield "".join(lines[: last + 1]), _trimmed("".join(lines[last + 1 :]))


def run(page: str) -> list[Outcome]:
    """Run the commands of a page and give what came of each."""
    wanted = steps(page)
    with tempfile.TemporaryDirectory(prefix="cogid-docs-") as folder:
        port = _free_port()
        text = _bash(_script(wanted, port), Path(folder))
        text = text.replace(folder, "/home/you").replace(f":{port}", f":{PORT}")
    same = Same("".join(step.text for step in wanted))
    pieces = text.split(_END)
    texts, codes = pieces[0::2], pieces[1::2]
    reached = [*zip(texts, map(int, codes), strict=False)]
    return [
        Outcome(step, _trimmed(same.everywhere(reached[n][0])), reached[n][1])
        if n < len(reached)
        else Outcome(step, texts[-1], None)
        for n, step in enumerate(wanted)
    ]


def refreshed(page: str, outcomes: list[Outcome]) -> str:
    """Give the page with what was printed in place of what it said."""
    results = iter(outcomes)

    def redone(block: re.Match[str]) -> str:
        if block["mark"] == "not run":
            return block[0]
        done = [next(results) for _ in _of(block)]
        if block["kind"] == "sh":
            return block[0]
        body = "".join(f"$ {each.step.text}{each.printed}" for each in done)
        before = block.start("body") - block.start()
        return block[0][:before] + body + "```"

    return _BLOCK.sub(redone, page)


def _trimmed(text: str) -> str:
    """Leave out blank lines around a text, such as the one before an error."""
    text = "\n".join(line.rstrip() for line in text.split("\n")).strip("\n")
    return f"{text}\n" if text else ""


class Same:
    """Replaces what differs from run to run, the same thing always by the same.

    Ids are numbered as they appear. Those that stand in the page's own commands stay.
    """

    def __init__(self, commands: str) -> None:
        self._commands = commands
        self._known: dict[str, str] = {}
        self._numbers = count(1)

    def everywhere(self, text: str) -> str:
        """Give the text with everything replaced."""
        for pattern, instead in _SAME:
            text = pattern.sub(instead, text)
        text = _GUID.sub(lambda found: self._id(found[0], _guid), text)
        text = _USER_POOL.sub(lambda found: self._id(found[0], _word), text)
        return _CLIENT.sub(lambda found: self._id(found[0], _word), text)

    def _id(self, real: str, make: Callable[[str], str]) -> str:
        if real in self._commands:
            return real
        if real not in self._known:
            digest = hashlib.sha256(str(next(self._numbers)).encode()).hexdigest()
            self._known[real] = make(digest)[: len(real)]
        return self._known[real]


def _guid(digest: str) -> str:
    return f"{digest[:8]}-{digest[8:12]}-4{digest[13:16]}-8{digest[17:20]}-{digest[20:32]}"


def _word(digest: str) -> str:
    return digest


def _script(wanted: list[Step], port: int) -> str:
    lines = ["exec 2>&1"]
    for step in wanted:
        text = step.text.replace(f":{PORT}", f":{port}")
        text = re.sub(r"\bcogid local serve\b", rf"\g<0> --port {port}", text)
        if step.runs_on:
            text = (
                f"{text.rstrip()} > .served 2>&1 &\n"
                "until grep -qs '^Note' .served; do sleep 0.1; done; cat .served\n"
            )
        # A block of several commands is to work in all of them.
        lines += [text] if step.printed is not None else ["set -e", text, "set +e"]
        lines.append("printf '\\036%s\\036' $?")
    return "\n".join(lines)


def _bash(script: str, folder: Path) -> str:
    """Run a script in a home of its own, and whatever it left running to its end."""
    bash = shutil.which("bash")
    if bash is None:
        sys.exit("the examples are written for bash, which is not here")
    with tempfile.TemporaryFile() as printed, tempfile.NamedTemporaryFile("w") as file:
        file.write(script)
        file.flush()
        process = subprocess.Popen(  # noqa: S603 - the pages' own commands
            [bash, file.name],
            cwd=folder,
            env=environment(folder),
            stdin=subprocess.DEVNULL,
            stdout=printed,
            stderr=printed,
            start_new_session=True,
        )
        try:
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(SECONDS)
        finally:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
        printed.seek(0)
        return printed.read().decode()


def environment(folder: Path) -> dict[str, str]:
    """Give what a new terminal has, with this Python's programs; AWS cannot be reached."""
    nowhere = "http://127.0.0.1:9"
    return {
        "PATH": os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]]),
        "HOME": str(folder),
        "LC_ALL": "C.UTF-8",
        "TERM": "xterm",
        "TZ": "UTC",
        "AWS_EC2_METADATA_DISABLED": "true",
        "HTTPS_PROXY": nowhere,
        "HTTP_PROXY": nowhere,
        "NO_PROXY": "127.0.0.1,localhost",
    }


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
