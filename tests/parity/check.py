#!/usr/bin/env python3
"""Run the recorded cases of the reference against any program.

    check.py check  --cmd "cogid" --golden golden.jsonl [-j 2] [--only REGEX] [--show 20]
    check.py record --cmd "aws cognito-identity" --cases cases.jsonl --out golden.jsonl [-j 2]

Every case is one command line with its environment, files, standard input and the replies that a
scripted endpoint on the loopback interface gives. A golden line adds what the reference
(`aws cognito-identity`, AWS CLI 2.36.7) did with it: exit code, stdout, stderr and the requests
that reached the endpoint. The standard library is enough.

What has to be equal:

  exit code   always
  requests    always: operation, JSON body, signed or not, signing region, number of attempts
  stdout      byte for byte, unless the case says "stdout": "table" (the same titles, headers and
              values, whatever the drawing and the order) or "ignore"
  stderr      exit codes 253-255: the message, byte for byte, program name aside
              (lines of the program's own that begin with "hint: " are free)
              exit code 252 (usage): not empty, and names every token in "mentions"
              warnings (exit code 0): the same lines
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

Case = dict[str, Any]
Difference = tuple[str, Any, Any]  # of what, what was wanted, what came

SECONDS = 60  # that a case may take
USAGE_ERROR = 252
BASE_ENV = {
    "AWS_ACCESS_KEY_ID": "AKIAPARITYEXAMPLE000",
    "AWS_SECRET_ACCESS_KEY": "parity/secret/EXAMPLE/key/000000000000000",
    "AWS_DEFAULT_REGION": "us-east-1",
    "AWS_EC2_METADATA_DISABLED": "true",
    "AWS_PAGER": "",
    "TZ": "UTC",
    "LC_ALL": "C.UTF-8",
    "LANG": "C.UTF-8",
    "TERM": "xterm",
    "COLUMNS": "200",
    "PYTHONUTF8": "1",
    "NO_PROXY": "*",
}
KEEP_ENV = ("PATH", "VIRTUAL_ENV", "LD_LIBRARY_PATH")
HEADERS = {
    "Content-Type": "application/x-amz-json-1.1",
    "x-amzn-RequestId": "00000000-0000-4000-8000-000000000000",
}


def main() -> int:
    """Check or record, as the words say; exit code 1 when something differs."""
    arguments = _arguments()
    words = shlex.split(arguments.cmd)
    # Cases run in folders of their own, so a relative program has to be found first.
    words[0] = os.path.abspath(shutil.which(words[0]) or words[0])  # noqa: PTH100 - links stay
    cases = load(arguments.src, arguments.only)
    with ThreadPoolExecutor(arguments.j) as pool:
        results = list(pool.map(lambda case: run_case(words, case), cases))
    if arguments.do == "record":
        return _record(cases, results, arguments.out)
    return _report(cases, results, arguments)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    kinds = parser.add_subparsers(dest="do", required=True)
    record, check = kinds.add_parser("record"), kinds.add_parser("check")
    for kind, source in ((record, "--cases"), (check, "--golden")):
        kind.add_argument("--cmd", required=True)
        kind.add_argument("-j", type=int, default=2)
        kind.add_argument("--only")
        kind.add_argument(source, dest="src", required=True)
    record.add_argument("--out", required=True)
    check.add_argument("--show", type=int, default=10, help="failures to print in full")
    check.add_argument("--json", help="write every failure to this file")
    return parser.parse_args()


def load(path: str, only: str | None) -> list[Case]:
    """Read the cases whose ids match."""
    lines = Path(path).read_text(encoding="utf-8").split("\n")
    cases: list[Case] = [json.loads(line) for line in lines if line.strip()]
    return [case for case in cases if not only or re.search(only, case["id"])]


def _record(cases: list[Case], results: list[Case], out: str) -> int:
    lines = [
        json.dumps({**case, "want": result}, ensure_ascii=False, sort_keys=True)
        for case, result in zip(cases, results, strict=True)
    ]
    Path(out).write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    print("recorded", len(cases))
    return 0


def _report(cases: list[Case], results: list[Case], arguments: argparse.Namespace) -> int:
    failures: list[Case] = []
    groups: dict[str, list[int]] = {}
    for case, result in zip(cases, results, strict=True):
        bad = compare(case, result)
        counts = groups.setdefault(case["id"].split("/")[0], [0, 0])
        counts[0] += not bad
        counts[1] += 1
        if bad:
            shown = {"argv": case["argv"], "bad": bad, "stderr": result["stderr"][-2000:]}
            failures.append({"id": case["id"], **shown})
    for failure in failures[: arguments.show]:
        print(f"\n== {failure['id']} :: {shlex.join(failure['argv'])[:600]}")
        for what, want, got in failure["bad"]:
            print(f"  -- {what}\n     want: {want!r:.1500}\n     got:  {got!r:.1500}")
    if arguments.json:
        text = json.dumps(failures, indent=1, ensure_ascii=False)
        Path(arguments.json).write_text(text, encoding="utf-8")
    print()
    for group, (equal, total) in sorted(groups.items()):
        print(f"{group:<14} {equal:4} of {total:4}")
    equal = len(cases) - len(failures)
    print(f"parity: {equal} of {len(cases)} ({100 * equal / max(len(cases), 1):.1f}%)")
    return 1 if failures else 0


class Endpoint:
    """A server on the loopback interface: replays ``replies``, logs what it was asked."""

    def __init__(self) -> None:
        self.replies: list[Case] = []
        self.log: list[Case] = []
        handler = type("Handler", (_Handler,), {"endpoint": self})
        server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        server.daemon_threads = True
        # A client that hangs up early is part of some cases.
        server.handle_error = lambda *_: None  # type: ignore[method-assign]
        self.url = f"http://127.0.0.1:{server.server_address[1]}"
        threading.Thread(target=server.serve_forever, daemon=True).start()


class _Handler(BaseHTTPRequestHandler):
    endpoint: Endpoint
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        raw = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        log, replies = self.endpoint.log, self.endpoint.replies or [{}]
        log.append(self._asked(raw))
        reply = replies[min(len(log), len(replies)) - 1]
        time.sleep(reply.get("sleep") or 0)
        if reply.get("drop"):
            self.close_connection = True
            self.connection.close()
            return
        body = reply.get("body", {})
        data = body.encode() if isinstance(body, str) else json.dumps(body).encode()
        self.send_response(reply.get("status", 200))
        for name, value in {**HEADERS, **reply.get("headers", {})}.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        cut = reply.get("truncate") or 0
        self.wfile.write(data[: len(data) - cut])
        self.close_connection = self.close_connection or bool(cut)

    do_GET = do_POST  # noqa: N815 - a name of http.server

    def _asked(self, raw: bytes) -> Case:
        try:
            body = json.loads(raw or b"null")
        except ValueError:
            body = {"<not json>": raw.decode("utf-8", "replace")}
        signature = self.headers.get("Authorization") or ""
        scope = re.search(r"Credential=([^/]+)/\d+/([^/]+)/([^/]+)/", signature)
        key, region, service = scope.groups() if scope else (None, None, None)
        return {
            "target": self.headers.get("X-Amz-Target"),
            "body": body,
            "content_type": self.headers.get("Content-Type"),
            "path": self.path,
            "signed": bool(signature),
            "key": key,
            "region": region,
            "service": service,
            "token": self.headers.get("X-Amz-Security-Token"),
        }

    def log_message(self, *_: Any) -> None:
        pass


_local = threading.local()


def _endpoint() -> Endpoint:
    """Give this thread's endpoint."""
    if not hasattr(_local, "endpoint"):
        _local.endpoint = Endpoint()
    found: Endpoint = _local.endpoint
    return found


def run_case(program: list[str], case: Case) -> Case:
    """Run one case and give what came of it."""
    endpoint = _endpoint()
    endpoint.replies, endpoint.log = case.get("replies", []), []
    with tempfile.TemporaryDirectory(prefix="parity-") as folder:
        home, work = Path(folder, "home"), Path(folder, "work")
        _write_files(case, home, work, endpoint.url)
        environ = {name: os.environ[name] for name in KEEP_ENV if name in os.environ}
        environ |= {**BASE_ENV, "HOME": str(home), "AWS_ENDPOINT_URL": endpoint.url}
        environ |= case.get("env", {})
        code: int | str
        try:
            ended = subprocess.run(
                [*program, *(word.replace("{endpoint}", endpoint.url) for word in case["argv"])],
                cwd=work,
                env={
                    name: value.replace("{endpoint}", endpoint.url)
                    for name, value in environ.items()
                    if value is not None
                },
                input=(case.get("stdin") or "").encode(),
                capture_output=True,
                check=False,
                timeout=SECONDS,
            )
            code, out, err = ended.returncode, ended.stdout, ended.stderr
        except subprocess.TimeoutExpired as error:
            code, out, err = "timeout", error.stdout or b"", error.stderr or b""

        def text(output: bytes) -> str:
            shown = output.decode("utf-8", "backslashreplace")
            shown = shown.replace(endpoint.url, "http://ENDPOINT")
            return shown.replace(str(Path(folder).resolve()), "$TMP").replace(folder, "$TMP")

        asked = list(endpoint.log)
        return {"rc": code, "stdout": text(out), "stderr": text(err), "requests": asked}


def _write_files(case: Case, home: Path, work: Path, url: str) -> None:
    (home / ".aws").mkdir(parents=True)
    work.mkdir()
    for name, text in case.get("files", {}).items():
        path = work / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(bytes.fromhex(text["hex"]) if isinstance(text, dict) else text.encode())
    for name, text in case.get("aws", {}).items():
        (home / ".aws" / name).write_text(text.replace("{endpoint}", url))


def compare(case: Case, got: Case) -> list[Difference]:
    """Say in what a result differs from what was recorded."""
    want = case["want"]
    bad: list[Difference] = []
    if got["rc"] != want["rc"]:
        bad.append(("exit code", want["rc"], got["rc"]))
    if got["requests"] != want["requests"]:
        bad.append(("requests", want["requests"], got["requests"]))
    mode = case.get("stdout", "exact")
    if mode == "exact" and got["stdout"] != want["stdout"]:
        bad.append(("stdout", want["stdout"], got["stdout"]))
    elif mode == "table":
        drawn, wanted = _cells(got["stdout"]), _cells(want["stdout"])
        if drawn != wanted:
            bad.append(("table: lacks and adds", sorted(wanted - drawn), sorted(drawn - wanted)))
    if case.get("stderr") == "ignore":
        return bad
    if want["rc"] == USAGE_ERROR:
        return bad + _compare_usage(case.get("mentions", []), got["stderr"])
    ours, theirs = _message(got["stderr"]), _message(want["stderr"])
    return bad if ours == theirs else [*bad, ("stderr", theirs, ours)]


def _compare_usage(mentions: list[str], said: str) -> list[Difference]:
    if not said.strip():
        return [("stderr", "an error message", "")]
    bad: list[Difference] = []
    missing = [name for name in mentions if _folded(name) not in _folded(said)]
    if missing:
        bad.append(("stderr does not mention", missing, said))
    if "Traceback (most recent call last)" in said:
        bad.append(("stderr", "no traceback", said))
    return bad


_USAGE = re.compile(r"^usage: .*?(?=^\S*(?:aws|cogid)\S*: |\Z)", re.DOTALL | re.MULTILINE)
_EDGE = re.compile(r"[-+=─━═┌┐└┘├┤┬┴┼╭╮╰╯╞╡╪╤╧┏┓┗┛┡┩╇┠┨┯┷┼╋╂ ]+")


def _message(stderr: str) -> str:
    """Give the error text: program name folded to PROG, usage and hints left out."""
    text = re.sub(r"^hint: .*\n?", "", _USAGE.sub("", stderr), flags=re.MULTILINE)
    return re.sub(r"^(?:aws|cogid)(?=: )", "PROG", text.strip(), flags=re.MULTILINE).strip()


def _cells(text: str) -> set[str]:
    """Give the texts in a drawn table: rules, borders and padding left out."""
    lines = re.sub(r"\x1b\[[0-9;]*m", "", text).splitlines()
    parts = (part for line in lines for part in re.split(r"[|│┃║]+", line))
    found = {re.sub(r"\s+", " ", part).strip() for part in parts}
    return {cell for cell in found if cell and not _EDGE.fullmatch(cell)}


def _folded(text: str) -> str:
    """Make --identity-pool-id and IdentityPoolId, which name the same thing, the same text."""
    return text.replace("-", "").lower()


if __name__ == "__main__":
    sys.exit(main())
