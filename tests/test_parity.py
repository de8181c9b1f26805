"""What AWS CLI 2.36.7 did, case by case, and what cogid does."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent
RECORDED = HERE.parent.parent / "shared" / "parity"
EXCEPTIONS = {
    line.split()[0]
    for line in (HERE / "parity_exceptions.txt").read_text().splitlines()
    if line and not line.startswith("#")
}


@pytest.mark.parity
@pytest.mark.skipif(not RECORDED.exists(), reason=f"no recorded cases at {RECORDED}")
def test_recorded_cases_come_out_as_recorded(tmp_path):
    """Exactly the listed exceptions differ: what is sent, printed and the exit code are equal."""
    subprocess.run(
        [
            sys.executable,
            RECORDED / "check.py",
            "check",
            *("--cmd", f"{sys.executable} -m cogid"),
            *("--golden", RECORDED / "golden.jsonl"),
            *("--json", tmp_path / "failed.json"),
        ],
        check=False,
        capture_output=True,
    )
    failed = tmp_path / "failed.json"
    differing = (
        {case["id"] for case in json.loads(failed.read_text())} if failed.exists() else set()
    )

    assert differing == EXCEPTIONS
