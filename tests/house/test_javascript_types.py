"""The types that the scripts' comments state hold, as TypeScript's own checker sees it."""

import subprocess
from pathlib import Path

import pytest

import nodejs

ROOT = Path(__file__).resolve().parents[2]
CHECKER = ROOT / "node_modules" / "typescript" / "bin" / "tsc"


def test_scripts_hold_to_their_types():
    if not CHECKER.is_file():
        pytest.skip(f"TypeScript is not at {CHECKER}; `make test` installs it")
    command = [str(nodejs.node(nodejs.FOR_TESTS)), str(CHECKER), "-p", str(Path(__file__).with_name("tsconfig.json"))]
    done = subprocess.run(command, capture_output=True, text=True, check=False)

    assert done.stdout.splitlines() == []
    assert done.returncode == 0
