"""What AWS CLI 2.36.7 did, case by case, and what cogid does."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

PARITY = Path(__file__).parent / "parity"
EXCEPTIONS = {
    line.split()[0]
    for line in (PARITY / "exceptions.txt").read_text().splitlines()
    if line and not line.startswith("#")
}


@pytest.fixture
def differing(tmp_path):
    """Run recorded cases with a program, and name those that come out otherwise."""

    def run(program, *only):
        kept = tmp_path / "differing.json"
        kept.unlink(missing_ok=True)
        words = ["--cmd", program, "--golden", PARITY / "golden.jsonl", "--json", kept, *only]
        ended = subprocess.run(
            [sys.executable, PARITY / "check.py", "check", *words],
            check=False,
            capture_output=True,
            text=True,
        )
        assert ended.stderr == ""
        return [case["id"] for case in json.loads(kept.read_text())], ended.stdout

    return run


@pytest.mark.parity
def test_recorded_cases_come_out_as_recorded(differing):
    """Exactly the listed exceptions differ: what is sent, printed and the exit code are equal."""
    differ, report = differing(f"{sys.executable} -m cogid")

    assert set(differ) == EXCEPTIONS, report
    assert f"parity: {577 - len(EXCEPTIONS)} of 577 " in report


@pytest.mark.parametrize("program", ["false", "true", f"{sys.executable} -c 1/0"])
def test_a_program_that_does_nothing_differs_in_every_case(differing, program):
    """Neither a crash nor silence passes for the reference."""
    differ, report = differing(program, "--only", "^wire/")

    assert len(differ) == 10
    assert "parity: 0 of 10 " in report
