"""Regular expressions of a city's dictionary, matched so that none of them can stop a build.

Python's matcher tries every way to divide a text among the parts of an expression; `(a+)+b` takes years for forty
letters. So the number of ways is estimated first. What stays small is matched here; anything else is matched in a process
of its own, which is ended when its time is up. Nothing is refused for how it looks, only for what it takes.
"""

from __future__ import annotations

import re
import subprocess
import sys
import warnings
from collections.abc import Callable, Collection, Sequence
from functools import lru_cache

import orjson

SECONDS = 10.0            # for one column's different values, when a pattern has to be matched aside
STEPS = 5_000_000         # about half a second
ENDLESS = 1 << 62
TOKEN = re.compile(
    r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|(?P<end>\))?(?:(?P<some>[*+])|\{(?P<least>[0-9]*)(?P<range>,(?P<most>[0-9]*))?\}|(?P<maybe>\?))"
    r"|(?P<open>\(\??)|(?P<or>\|)|.",
    re.DOTALL,
)
ASIDE = (
    "import re, sys\nfrom json import loads, dumps\n"
    "pattern, texts = loads(sys.stdin.buffer.read())\nmatch = re.compile(pattern).fullmatch\n"
    "sys.stdout.write(dumps([number for number, text in enumerate(texts) if not match(text)]))\n"
)


def unmatched(pattern: str, texts: Collection[str], seconds: float = SECONDS) -> list[str] | None:
    """The texts that do not match a pattern as a whole, in their order; None when that could not be told in time.

    A pattern that is none matches everything: what is wrong with it is said where the dictionary is checked.
    """
    match = _matcher(pattern)
    if match is None:
        return []
    longest = max(map(len, texts), default=0)
    if steps(pattern, longest) * (longest + 1) * len(texts) <= STEPS:
        return [text for text in texts if not match(text)]
    return _unmatched_aside(pattern, list(texts), seconds)


@lru_cache(maxsize=64)
def _matcher(pattern: str) -> Callable[[str], object] | None:
    try:
        # Python warns of sets that may change their meaning one day; that is for the dictionary's check to say.
        with warnings.catch_warnings(action="ignore"):
            return re.compile(pattern).fullmatch
    except (re.error, RecursionError, OverflowError):
        return None


def _unmatched_aside(pattern: str, texts: Sequence[str], seconds: float) -> list[str] | None:
    # No module of a city or of its folder may be picked up: -I leaves out the working directory and the environment.
    command = [sys.executable, "-I", "-S", "-c", ASIDE]
    try:
        done = subprocess.run(command, input=orjson.dumps([pattern, texts]), capture_output=True, timeout=seconds, check=True)
    except (subprocess.TimeoutExpired, subprocess.CalledProcessError):   # out of time, or of memory
        return None
    return [texts[number] for number in orjson.loads(done.stdout)]


def steps(pattern: str, length: int) -> int:
    """In how many ways a pattern may divide a text of some length, at most.

    Each choice multiplies: a part that may repeat, an optional part, an alternative. A repeated group has no bound that
    can be read off the pattern, so it counts as endless.
    """
    ways = 1
    for token in TOKEN.finditer(pattern):
        ways *= _choices(token, length)
        if ways > STEPS:
            return ENDLESS
    return ways


def _choices(token: re.Match[str], length: int) -> int:
    if token["or"]:
        return 2
    if token["maybe"]:
        return 2
    if not (token["some"] or token["least"] is not None):
        return 1
    if token["end"]:
        return ENDLESS
    least, most = int(token["least"] or 0), int(token["most"] or length) if token["range"] else 0
    return length + 1 if token["some"] else max(1, most - least + 1) if token["range"] else 1
