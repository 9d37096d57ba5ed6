"""The engine that readers have in their browsers, asked in Node about indexes that are written here."""

import json
import os
import subprocess
from pathlib import Path

import pytest
from hypothesis import given, settings, strategies as st

from cityfolio.search.text import folded, tokens
from search.engine_catalogs import write_catalogs

HOME = Path(__file__).resolve().parents[1] / "browser" / "js"
TESTS = sorted(HOME.glob("engine*.test.mjs"))
# Python and Node know different versions of Unicode, so letters that one of them does not know yet are left out.
KNOWN = st.characters(exclude_categories=["Cs", "Cn"])
HARD = st.sampled_from([*"'’ʼ\u0301\u0307ΣσςİıſẞßﬁǅⅣ½²①፩ー木の葉나ᄀ", "ｶ", "㍍", "№", "𝐓", "𠀀", "a", "B", "9", "_", " "])
TEXTS = st.lists(st.text(KNOWN | HARD, max_size=12), min_size=100, max_size=100)


@pytest.fixture
def folded_in_node(node):
    """A Node process that folds and cuts texts, a line of JSON for each."""
    pipe = subprocess.PIPE
    with subprocess.Popen([node, HOME / "cut_texts.mjs"], stdin=pipe, stdout=pipe, encoding="utf-8") as process:
        yield lambda texts: answered(process, texts)


def answered(process, texts):
    """What a process says of some texts."""
    process.stdin.write(json.dumps(texts) + "\n")
    process.stdin.flush()
    return json.loads(process.stdout.readline())


@pytest.mark.npm
def test_the_engine_finds_what_readers_ask_for(node, tmp_path):
    write_catalogs(tmp_path)
    environment = {**os.environ, "CITYFOLIO_INDEXES": str(tmp_path)}
    command = [node, "--test", *map(str, TESTS)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False, env=environment)

    assert done.returncode == 0, done.stdout
    assert "# skipped 0" in done.stdout


@pytest.mark.npm
def test_python_and_the_browser_cut_texts_alike(folded_in_node):
    @settings(max_examples=100)
    @given(TEXTS)
    def holds(texts):
        assert folded_in_node(texts) == [[folded(text), tokens(text)] for text in texts]

    holds()
