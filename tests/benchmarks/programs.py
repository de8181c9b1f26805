"""Time whole programs side by side: cogid, and every reference that is installed.

    python tests/benchmarks/programs.py [--rounds 11] [--aws PATH ...] [--only REGEX]

Prints, for each kind of command and each program, the median wall time over the rounds, its
ratio to cogid's, and the peak memory. The programs run in turn within each round, so that a
machine that slows down slows all of them; quote the ratios, not the times. The service is a
small server on the loopback interface, started here. The standard library is enough.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

PAGE = 60
POOL = "us-east-1:11111111-2222-4333-8444-555555555555"
BOTO3 = """
import click, boto3, json
@click.command()
@click.option("--max-results", type=int)
def main(max_results):
    client = boto3.client("cognito-identity")
    print(json.dumps(client.list_identity_pools(MaxResults=max_results)["IdentityPools"], indent=4))
main()
"""


class Program(NamedTuple):
    """A program that does what `aws cognito-identity` does; ``name`` says which and its version."""

    name: str
    words: list[str]


class Measured(NamedTuple):
    """One run: seconds on the clock, and the most memory it held, in MiB."""

    seconds: float
    memory: float


def main() -> None:
    """Measure and print the table."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--rounds", type=int, default=11)
    parser.add_argument("--aws", action="append", default=[], help="a further `aws` program")
    parser.add_argument("--only", default="", help="only the kinds of command that match")
    parser.add_argument("--identities", type=int, default=100_000, help="for the long lists")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, service(asked.identities) as url:
        environ = {
            **os.environ,
            "HOME": folder,
            "AWS_ENDPOINT_URL": url,
            "AWS_ACCESS_KEY_ID": "AKIABENCHMARKEXAMPLE",
            "AWS_SECRET_ACCESS_KEY": "benchmark/secret/EXAMPLE/key/0000000000",
            "AWS_DEFAULT_REGION": "us-east-1",
            "AWS_PAGER": "",
            "AWS_EC2_METADATA_DISABLED": "true",
        }
        found = programs(asked.aws)
        for kind, commands in kinds(found, url, folder).items():
            if re.search(asked.only, kind):
                rounds = 3 if "list" in kind or "delete" in kind else asked.rounds
                show(kind, measure(commands, environ, rounds))


def programs(further: list[str]) -> list[Program]:
    """Find cogid beside this Python or on the PATH, and every `aws`."""
    beside = Path(sys.executable).parent / "cogid"
    cogid = str(beside) if beside.exists() else shutil.which("cogid")
    if cogid is None:
        sys.exit("cogid is not installed: pip install -e .")
    found = [Program("cogid", [cogid])]
    paths = dict.fromkeys([*further, *filter(None, [shutil.which("aws"), "/usr/bin/aws"])])
    for path in paths:
        version = subprocess.run([path, "--version"], capture_output=True, text=True, check=False)
        if version.returncode == 0:
            name = (version.stdout or version.stderr).split()[0]
            found.append(Program(name, [path, "cognito-identity"]))
    return found


def kinds(found: list[Program], url: str, folder: str) -> dict[str, dict[str, list[str]]]:
    """Give, for each kind of command, what each program is called with."""
    reference = [program for program in found if program.name != "cogid"]

    def everywhere(*words: str) -> dict[str, list[str]]:
        return {program.name: [*program.words, *words] for program in found}

    call = everywhere("list-identity-pools", "--max-results", "5", "--endpoint-url", url)
    script = Path(folder, "ten_lines.py")
    script.write_text(BOTO3, encoding="utf-8")
    call["click + boto3, ten lines"] = [sys.executable, str(script), "--max-results", "5"]
    nothing = {"bare interpreter": [sys.executable, "-c", "pass"]}
    deleted = Path(folder, "ids.json")
    deleted.write_text(json.dumps({"IdentityIdsToDelete": [identity(n) for n in range(6000)]}))
    cogid = found[0].words
    listing = [*cogid, "list-identities", "--identity-pool-id", POOL]
    table = {
        "a call": call | nothing,
        "help": everywhere("get-id", "help") | nothing,
        "-h": {"cogid": [*cogid, "get-id", "-h"]} | nothing,
        "usage error": everywhere("get-id") | nothing,
        "skeleton": everywhere("get-id", "--generate-cli-skeleton") | nothing,
        "version": {
            "cogid": [*cogid, "--version"],
            **{each.name: [each.words[0], "--version"] for each in reference},
        }
        | nothing,
        "a TAB": tab(found, Path(folder, "tab")) | nothing,
        "deleting 6,000 ids": {
            "cogid": [*cogid, "delete-identities", "--cli-input-json", f"file://{deleted}"]
        },
    }
    for output in ("json", "text", "yaml-stream"):
        table[f"listing all identities as {output}"] = {
            "all of them": [*listing, "--output", output],
            "600 of them": [*listing, "--output", output, "--max-items", "600"],
        }
    return table


def tab(found: list[Program], typed: Path) -> dict[str, list[str]]:
    """Give the programs that a shell asks on TAB, after the first letters of a command."""
    typed.write_bytes(b"cogid list-\0\0list-\0")
    script = 'typed=$1; shift; exec "$@" completion bash --complete 1 9 80 < "$typed"'
    asked = {"cogid": ["/bin/sh", "-c", script, "sh", str(typed), *found[0].words]}
    line = "aws cognito-identity list-"
    for program in found[1:]:
        folder = Path(program.words[0]).parent
        for path in (folder / "aws_completer", Path("/usr/libexec/aws_completer")):
            if path.exists() and program.name not in asked:
                environ = [f"COMP_LINE={line}", f"COMP_POINT={len(line)}"]
                asked[program.name] = ["/usr/bin/env", *environ, str(path)]
    return asked


def measure(
    commands: dict[str, list[str]], environ: dict[str, str], rounds: int
) -> dict[str, list[Measured]]:
    """Run every command once unmeasured, then all of them in turn, so many times."""
    runs: dict[str, list[Measured]] = {name: [] for name in commands}
    for number in range(rounds + 1):
        for name, words in commands.items():
            measured = run(words, environ)
            if number:
                runs[name].append(measured)
    return runs


def run(words: list[str], environ: dict[str, str]) -> Measured:
    """Run one program to its end; what it prints is read by nobody."""
    with Path(os.devnull).open("r+b") as nothing:
        began = time.perf_counter()
        process = subprocess.Popen(
            words, stdin=nothing, stdout=nothing, stderr=nothing, env=environ
        )
        _, _, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - began
    process.returncode = 0
    return Measured(seconds, usage.ru_maxrss / 1024)


def show(kind: str, runs: dict[str, list[Measured]]) -> None:
    """Print a kind's table; the first program is what the others are compared with."""
    first = next(iter(runs))
    base = statistics.median(each.seconds for each in runs[first])
    print(f"\n{kind}")
    for name, measured in runs.items():
        seconds = statistics.median(each.seconds for each in measured)
        memory = max(each.memory for each in measured)
        print(f"  {name:28} {seconds:8.3f} s {seconds / base:8.2f} x {memory:8.1f} MiB")


def identity(number: int) -> str:
    """Make up an identity id."""
    return f"us-east-1:{number:08x}-0000-4000-8000-000000000000"


@contextlib.contextmanager
def service(identities: int) -> Iterator[str]:
    """Serve so many identities, and a pool, from a process of their own."""
    words = [sys.executable, __file__, "serve", str(identities)]
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            yield process.stdout.readline().strip()
        finally:
            process.terminate()


def serve(identities: int) -> None:
    """Answer on a free port, which is printed first."""
    entries = [
        {
            "IdentityId": identity(n),
            "CreationDate": 1538078988.077,
            "LastModifiedDate": 1538078988.077,
        }
        for n in range(identities)
    ]

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True
        wbufsize = 1 << 20

        def log_message(self, *_: object) -> None:
            """Say nothing."""

        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            operation = self.headers["X-Amz-Target"].split(".")[1]
            data = json.dumps(reply(operation, body)).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/x-amz-json-1.1")
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

    def reply(operation: str, body: dict[str, object]) -> dict[str, object]:
        if operation == "ListIdentityPools":
            return {"IdentityPools": [{"IdentityPoolId": POOL, "IdentityPoolName": "pool"}]}
        if operation == "DeleteIdentities":
            return {"UnprocessedIdentityIds": []}
        start = int(str(body.get("NextToken") or 0))
        page = {"IdentityPoolId": POOL, "Identities": entries[start : start + PAGE]}
        return page | ({"NextToken": str(start + PAGE)} if start + PAGE < len(entries) else {})

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    print(f"http://127.0.0.1:{server.server_address[1]}", flush=True)
    server.serve_forever()


if __name__ == "__main__":
    if sys.argv[1:2] == ["serve"]:
        serve(int(sys.argv[2]))
    else:
        main()
