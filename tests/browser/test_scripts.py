"""The logic of the scripts that needs no browser, run by Node's own test runner."""

import subprocess
from pathlib import Path

import pytest

TESTS = sorted((Path(__file__).parent / "js").glob("*.test.mjs"))


@pytest.mark.npm
def test_the_logic_of_the_scripts_holds(node):
    done = subprocess.run([node, "--test", *map(str, TESTS)], capture_output=True, text=True, timeout=60, check=False)

    assert done.returncode == 0, done.stdout
