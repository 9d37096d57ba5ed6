"""Every sentence that the source has for a warning or advice, read from its syntax tree as a pattern.

Sentences are found where they are given with their code (`says=`, `note(...)`). Those that are made apart are found by the
function that gives them, or by what is called with them; both are listed here.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import cityfolio
from cityfolio.codes import CODES

PACKAGE = Path(cityfolio.__file__).parent
LENIENT = frozenset(code for code, kind in CODES.items() if kind.severity != "error")
ANY = re.compile(r"(?:\.\*)+")

# Where else than in `says` a sentence stands in a call with its code: how far behind the code. In workbooks the place comes
# first.
BEHIND = {"note": 2, "at": 1, "_problem": 2}
IN_WORKBOOKS = ("migrate/sheet/", 1)
# What has other places for codes than of problems: rules, keys of records, kinds of changes.
OF_NO_PROBLEM = frozenset({"rule", "key", "startswith", "frozenset", "Code"})
OF_THE_INTERFACE = frozenset({"gettext", "ngettext"})      # a value in its words, and no reason
# Calls in which the code is no plain word, by how it is written there.
CODES_BY = {"declared.code": ("key-expected", "title-missing"), "CODES[each.kind]": ()}
# Functions whose texts are sentences, or parts of them, and of what: a code, or the place in which they stand. Where they give
# several things together, the number says which of them is the sentence.
MAKERS: tuple[tuple[str, str, int | None, str], ...] = (
    ("check/advice.py", "_words", 0, "target-met target-far baseline-missing review-missing outcome-missing measures-many"),
    ("check/promises.py", "dates_to_come", 1, "date-future"),
    ("check/release_reviews.py", "_reasons", 1, "review-absent"),
    ("load/usage.py", "_wrong", None, "usage-unreadable"),
    ("load/fields.py", "_renamed", 0, "key-former"),
    ("pages/sound_words.py", "misplaced", None, "words-unfit"),
    ("publish/limits.py", "_beyond", 0, "target-full"),
    ("publish/weights.py", "_too_much", None, "page-heavy"),
    *(("pages/live_figures.py", name, None, "why") for name in ("_rows", "_updated", "_answer", "_measure", "_count")),
    ("tables/made.py", "_written", None, "unmade"),
    ("tables/shape_rules.py", "outside", None, "flaw"),
    ("tables/aside.py", "aside", None, "unmade"),
    ("tables/aside.py", "_end_of", None, "unmade"),
    ("publish/deploying/check_target.py", "seen", None, "seen"),
    ("keeping/links/asking.py", "found_at", None, "link"),
    ("keeping/links/asking.py", "_finding", None, "link"),
)
# Calls that are given a sentence: the file, what is called, the number of the argument, and of what the sentence is.
GIVEN_TO: tuple[tuple[str, str, int, str], ...] = (
    ("load/checked_links.py", "Unreadable", 1, "links-unreadable"),
    ("load/checked_links.py", "_problem", 2, "links-unreadable"),
    ("load/usage.py", "_problem", 1, "usage-unreadable"),
    ("publish/weights.py", "_heavy", 1, "page-heavy"),
    ("publish/deploying/check_target.py", "_unseen", 1, "seen"),
    ("tables/shape_rules.py", "ShapeBroken", 0, "flaw"),
    ("tables/exports/*.py", "Unfit", 0, "unmade"),
    ("keeping/links/asking.py", "Unheard", 0, "link"),
    ("keeping/links/asking.py", "_Ended", 0, "link"),
    ("fetch/question.py", "Unheard", 0, "link"),
)
# What keeps a copy without its sensitive columns from being made is an error, which stops a build.
OF_ERRORS = frozenset({"tables/exports/named.py", "tables/exports/parquet_copy.py"})


@dataclass(frozen=True, slots=True)
class Written:
    """A sentence of the source."""

    place: str          # file and line
    of: str             # the codes that it may be of, or the place in which it stands within others
    pattern: str        # what its values are in is ".*"

    def fits(self, form: str) -> bool:
        """Whether a message can be what is written there, which may be a part that others are put before or behind."""
        before, behind = (".*", ".*") if self.pattern.startswith(("\\ ", ":")) else ("(?:.*: )?", "(?:, and is not taken)?")
        return re.fullmatch(f"{before}{self.pattern}{behind}", form, re.DOTALL) is not None


@cache
def trees() -> dict[str, ast.Module]:
    """Every module by its path."""
    return {path.relative_to(PACKAGE).as_posix(): ast.parse(path.read_text(encoding="utf-8"))
            for path in sorted(PACKAGE.rglob("*.py"))}


@cache
def calls(path: str) -> tuple[ast.Call, ...]:
    """Every call in a module."""
    return tuple(each for each in ast.walk(trees()[path]) if isinstance(each, ast.Call))


@cache
def functions(path: str) -> tuple[ast.FunctionDef, ...]:
    """Every function in a module."""
    return tuple(each for each in ast.walk(trees()[path]) if isinstance(each, ast.FunctionDef))


@cache
def written() -> list[Written]:
    """All sentences, each where it stands."""
    return [*_told_with_codes(), *_made_apart(), *_given()]


def unexplained() -> list[str]:
    """Calls that name a warning or advice and give no sentence that could be found."""
    return [f"{path}:{call.lineno}" for path, call, codes, given in _calls() if given is None and codes]


def _calls() -> Iterator[tuple[str, ast.Call, str, ast.expr | None]]:
    for path in trees():
        for call in calls(path):
            name, keywords = _name(call), {each.arg: each.value for each in call.keywords}
            at = next((at for at, each in enumerate(call.args) if _codes(each)), None)
            code = keywords.get("code") or (call.args[at] if at is not None else None)
            if name in OF_NO_PROBLEM or code is None or not _codes(code):
                continue
            far = IN_WORKBOOKS[1] if path.startswith(IN_WORKBOOKS[0]) else BEHIND.get(name)
            behind = call.args[at + far:] if at is not None and far else []
            yield path, call, _codes(code), keywords.get("says") or (behind[0] if behind else None)


def _codes(code: ast.expr) -> str:
    if isinstance(code, ast.Constant):
        return code.value if code.value in LENIENT else ""
    return " ".join(CODES_BY.get(ast.unparse(code), ()))


def _told_with_codes() -> Iterator[Written]:
    for path, call, codes, given in _calls():
        if given is not None:
            yield from (Written(f"{path}:{call.lineno}", codes, text) for text in _texts(given, _around(path, call)))


def _made_apart() -> Iterator[Written]:
    for path, name, number, of in MAKERS:
        function = next(each for each in functions(path) if each.name == name)
        for each in _values_of(function):
            told = each.elts[number] if isinstance(each, ast.Tuple) and number is not None else each
            yield from (Written(f"{path}:{each.lineno}", of, text) for text in _texts(told, _around(path, each)) if " " in text)


def _values_of(function: ast.FunctionDef) -> Iterator[ast.expr]:
    """What a function gives back, yields, keeps for both, or puts into lists."""
    for each in ast.walk(function):
        if isinstance(each, (ast.Return, ast.Yield, ast.Assign, ast.AugAssign)) and each.value is not None:
            yield each.value
        if isinstance(each, ast.Call) and _name(each) == "append":
            yield each.args[0]


def _given() -> Iterator[Written]:
    for files, name, number, of in GIVEN_TO:
        for path in trees():
            if Path(path).match(files) and path not in OF_ERRORS:
                for call in (each for each in calls(path) if _name(each) == name):
                    yield from (Written(f"{path}:{call.lineno}", of, text)
                                for text in _texts(call.args[number], _around(path, call)))


def _name(call: ast.Call) -> str:
    return getattr(call.func, "attr", getattr(call.func, "id", ""))


def _around(path: str, node: ast.AST) -> list[ast.stmt]:
    """What may say what a name stands for: the innermost function that a call stands in, and the module's own constants."""
    line = getattr(node, "lineno", 0)
    inside = [each for each in functions(path) if each.lineno <= line <= (each.end_lineno or 0)]
    constants = [each for each in trees()[path].body if isinstance(each, ast.Assign)]
    return [*sorted(inside, key=lambda each: each.lineno)[-1:], *constants]


def _texts(given: ast.expr, around: Sequence[ast.stmt]) -> Iterator[str]:
    """The patterns of an expression; none where all of it is told elsewhere."""
    found = [text for text in _patterns(given, around) if ANY.sub("", text)]
    yield from dict.fromkeys(found)


def _patterns(given: ast.expr, around: Sequence[ast.stmt]) -> Iterable[str]:
    match given:
        case ast.Constant(value=str(text)):
            return [re.escape(text)]
        case ast.JoinedStr(values=parts):
            return ["".join(re.escape(str(each.value)) if isinstance(each, ast.Constant) else ".*" for each in parts)]
        case ast.IfExp(body=one, orelse=other):
            return [*_patterns(one, around), *_patterns(other, around)]
        case ast.BinOp(left=left, op=ast.Add(), right=right):
            ends = _patterns(right, around) or [".*"]
            return [f"{begin}{end}" for begin in _patterns(left, around) or [".*"] for end in ends]
        case ast.Call(args=args) if _name(given) not in OF_THE_INTERFACE:
            return [text for each in args for text in _patterns(each, around)]
        case ast.Name(id=name):
            values = [each.value for some in around for each in ast.walk(some) if isinstance(each, ast.Assign)
                      and any(isinstance(target, ast.Name) and target.id == name for target in each.targets)]
            return [text for each in values for text in _patterns(each, ())]
        case ast.Dict(keys=keys, values=values):
            told = {key.value: each for key, each in zip(keys, values, strict=True) if isinstance(key, ast.Constant)}
            return _patterns(told["says"], around) if "says" in told else []
        case _:
            return []
