"""The pages under docs/problems/, read so that what they say can be tried: their examples are laid into a sound city.

A label such as "Wrong, in `site.yaml`:" before a block says where the block belongs. Keys of YAML that either example has
replace those of the sound city; any other file is replaced whole. "Given in" a file, a block belongs to both examples.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from cityfolio import codes
from cityfolio.codes import CODES, Code

PAGES = Path(__file__).resolve().parent.parent / "docs" / "problems"
BLOCK = re.compile(r"^(?:(Given|Wrong|Right)\b(?:,? in `([^`\n]+)`)?[^\n]*:\n)?```(\w+)\n(.*?)^```\n", re.DOTALL | re.MULTILINE)
MESSAGE = re.compile(r"^The message:\n```text\n(.*?)^```\n", re.DOTALL | re.MULTILINE)
WEIGHTS = {
    "error": "`{}` is an **error**: nothing is built until it is mended.",
    "warning": "`{}` is a **warning**: the site is built, unless `--strict` is given.",
    "advice": "`{}` is **advice**: the site is built, and `cityfolio check -v` shows it.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A block of a page with the file of the catalog that it belongs to; no path for one that only people read."""

    label: str
    path: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One page, taken apart."""

    title: str
    weight: str
    examples: tuple[Example, ...]
    message: str
    lines: int

    @property
    def can_be_tried(self) -> bool:
        """Whether its wrong example says into which file it goes."""
        return any(each.label == "Wrong" and each.path for each in self.examples)


def page(code: str) -> Page:
    """The page of a code."""
    path = PAGES / f"{code}.md"
    text = path.read_text(encoding="utf-8") if path.exists() else "\n\n\n"
    lines = text.splitlines()
    found = MESSAGE.search(text)
    return Page(title=lines[0].removeprefix("# "), weight=lines[2], message=found[1] if found else "", lines=len(lines),
                examples=_examples(MESSAGE.sub("", text)))


# A harvest or a workbook changes much at once: what is named stays as it is, and the rest is done.
TAKEN = {
    "error": "`{}` is an **error**: what it names is not taken, and the command ends with the exit code 1.",
    "warning": "`{}` is a **warning**: what it names stays as it is in the catalog.",
}


# A deploy either puts the whole site on its host or leaves the former one.
DEPLOYED = {
    "error": "`{}` is an **error**: the deploy ends with the exit code 1.",
    "warning": "`{}` is a **warning**: the site is deployed all the same.",
}


# What is met by a command of its own, and by no build.
NOT_DONE = {
    "period-open": "`{}` is an **error**: what it names is not closed, and the command ends with the exit code 1.",
    "change-unexplained": "`{}` is an **error**: `cityfolio diff` refuses the change, and ends with the exit code 1.",
}


def weight(code: str) -> str:
    """The line of a page that says how much its problem matters."""
    if code in groups()["Harvests and workbooks"]:
        return TAKEN[CODES[code].severity].format(code)
    if code in groups()["Deploying"]:
        return DEPLOYED[CODES[code].severity].format(code)
    if code in NOT_DONE:
        return NOT_DONE[code].format(code)
    said = WEIGHTS[CODES[code].severity].format(code)
    return said.replace("built", "written") if code in groups()["Import"] else said


def with_message(text: str, message: str) -> str:
    """A page's text with its message replaced, or added at the end."""
    block = f"The message:\n```text\n{message}```\n"
    return MESSAGE.sub(lambda _: block, text) if MESSAGE.search(text) else text.rstrip() + "\n\n" + block


def planted(files: Mapping[str, str | bytes], code: str, label: str) -> dict[str, str | bytes]:
    """A city with one of the examples of a code's page laid into it."""
    examples = page(code).examples
    chosen = [each for each in examples if each.path and each.label in ("Given", label)]
    others = [each for each in examples if each.path and each.label != "Given"]
    result = dict(files)
    for example in chosen:
        keys = {key for each in (example, *others) if each.path == example.path for key, _ in _parts(each.text)}
        kept = "".join(body for key, body in _parts(str(result.get(example.path, ""))) if key not in keys)
        result[example.path] = kept + example.text if example.path.endswith(".yaml") else example.text
    return result


def groups() -> dict[str, dict[str, Code]]:
    """The codes under the headings that stand as comments between them in codes.py."""
    found: dict[str, dict[str, Code]] = {}
    heading = ""
    for line in inspect.getsource(codes).splitlines():
        if line.startswith("    # "):
            heading = line.removeprefix("    # ")
        elif ": Code(" in line:
            code = line.split('"')[1]
            found.setdefault(heading, {})[code] = CODES[code]
    return found


def index() -> str:
    """The page that lists them all."""
    parts = [INTRODUCTION]
    for heading, listed in groups().items():
        rows = [f"| [`{code}`]({code}.md) | {each.severity} | {each.means} |\n" for code, each in listed.items()]
        parts.append(f"\n## {heading}\n\n| code | weight | what is wrong |\n| --- | --- | --- |\n{''.join(rows)}")
    return "".join(parts)


INTRODUCTION = """\
# Problems and how to mend them

`cityfolio check` reads the whole catalog and says everything that is wrong with it at once. Each message names the file, the
line and the column, quotes what stands there, says what would be right, and ends with a code in brackets. Each code has a page
here.

An **error** stops the build, and the site stays as it was. With a **warning** the site is built, unless `--strict` is given.
**Advice** is what would make the catalog better; `cityfolio check -v` shows it.
"""


def _examples(text: str) -> tuple[Example, ...]:
    found = [(match[1] or "", match[2] or "", match[4]) for match in BLOCK.finditer(text)]
    wrong_path = next((path for label, path, _ in found if label == "Wrong"), "")
    return tuple(
        # The right example belongs where the wrong one does.
        Example(label=label, path=path or (wrong_path if label == "Right" else ""), text=body)
        for label, path, body in found if label
    )


def _parts(text: str) -> list[tuple[str, str]]:
    """The keys of a YAML file at its outermost level, each with its lines."""
    pieces = re.split(r"^(?=[^\s#])", text, flags=re.MULTILINE)
    return [(piece.partition(":")[0], piece) for piece in pieces if piece.strip()]
