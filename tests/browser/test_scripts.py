"""The logic of the scripts that needs no browser, run by Node's own test runner."""

import subprocess
from pathlib import Path

import pytest

TESTS = sorted((Path(__file__).parent / "js").glob("*.test.mjs"))
# What these put in place of a browser's own would be there for the others too.
ALONE = [path for path in TESTS if "globalThis." in path.read_text(encoding="utf-8")]
TOGETHER = "for (const each of process.argv.slice(1)) await import(each);"


def ran(*words):
    """What Node said when it was given some words, and how it ended."""
    return subprocess.run([*map(str, words)], capture_output=True, text=True, timeout=120, check=False)


@pytest.mark.npm
def test_the_logic_of_the_scripts_holds(node):
    others = [path.as_uri() for path in TESTS if path not in ALONE]
    alone, together = ran(node, "--test", *ALONE), ran(node, "--input-type=module", "--eval", TOGETHER, *others)

    assert (alone.returncode, together.returncode) == (0, 0), alone.stdout + together.stdout
    assert len(others) > 20
