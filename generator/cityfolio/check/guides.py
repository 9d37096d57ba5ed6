"""Rules for guides: each figure that a text asks for is one that there is."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from cityfolio.check.registry import rule
from cityfolio.load.figures_asked import FigureAsked, figure_place, figures_asked
from cityfolio.load.loaded import Loaded
from cityfolio.model.catalog import Build
from cityfolio.model.practised import COUNTED
from cityfolio.problems import Problem, did_you_mean

# Each figure as it is written, with how many names may stand behind its own.
FORMS: Mapping[str, tuple[str, range]] = {
    "rows": ("{{ rows DATASET }}", range(1, 3)),
    "updated": ("{{ updated DATASET }}", range(1, 2)),
    "answer": ("{{ answer DATASET 1 }}", range(2, 3)),
    "measure": ("{{ measure MEASURE }}", range(1, 2)),
    "status": ("{{ status MEASURE }}", range(1, 2)),
    "count": ("{{ count datasets }}", range(1, 2)),
}
BRACES = r"Where braces are meant as such, write \{{."

Fault = tuple[str, str]      # what is wrong, and what would be right


@rule("figure-unknown")
def figures_of_guides_are_known(loaded: Loaded, build: Build) -> Iterator[Problem]:
    """A figure in a guide is of a known kind and names something that the catalog has, and stands in the text."""
    for each in loaded.guides.values():
        for key in ("title", "summary"):
            if figures_asked(getattr(each.record, key) or ""):
                yield Problem(code="figure-unknown", where=each.document.at(key), says=f"no figure is put into {key}",
                              fix="Write it in the text below the second line of ---.")
        for body in each.bodies:
            for figure in figures_asked(body.text):
                fault = _fault(figure, loaded)
                if fault:
                    yield Problem(code="figure-unknown", where=figure_place(body, figure), says=fault[0], fix=fault[1])


def _fault(figure: FigureAsked, loaded: Loaded) -> Fault | None:
    if figure.what not in FORMS:
        return f'"{figure.what}" is no figure', f"{did_you_mean(figure.what, FORMS)} {BRACES}"
    form, names = FORMS[figure.what]
    if len(figure.names) not in names:
        count = "nothing" if not figure.names else f"{len(figure.names)} names"
        return f'"{figure.what}" is followed by {count}', f"Write it so: {form}."
    return _FAULTS[figure.what](figure.names, loaded)


def _of_dataset(names: tuple[str, ...], loaded: Loaded) -> Fault | None:
    """The dataset is there, and its file where one is named."""
    if names[0] not in loaded.datasets:
        return None if loaded.knows("datasets", names[0]) else _missing("datasets", names[0], loaded)
    files = [file.path or file.sample or "" for file in loaded.datasets[names[0]].record.files]
    if len(names) > 1 and names[1] not in files:
        return f'the dataset "{names[0]}" has no file "{names[1]}"', did_you_mean(names[1], filter(None, files))
    return None


def _of_answer(names: tuple[str, ...], loaded: Loaded) -> Fault | None:
    """The dataset has a question of this number."""
    fault = _of_dataset(names[:1], loaded)
    if fault or names[0] not in loaded.datasets:
        return fault
    count = len(loaded.datasets[names[0]].record.questions)
    if names[1].isascii() and names[1].isdigit() and 1 <= int(names[1][:9]) <= count:
        return None
    has = f"{count} question{'s' * (count != 1)}" if count else "no question"
    return f'"{names[1]}" is no number of a question: the dataset "{names[0]}" has {has}', (
        f"Write a number from 1 to {count}." if count else f"Write one under `questions:` of datasets/{names[0]}/dataset.yaml.")


def _of_measure(names: tuple[str, ...], loaded: Loaded) -> Fault | None:
    return None if loaded.knows("measures", names[0]) else _missing("measures", names[0], loaded)


def _of_catalog(names: tuple[str, ...], loaded: Loaded) -> Fault | None:
    return None if names[0] in COUNTED else (f'"{names[0]}" is nothing that is counted', did_you_mean(names[0], COUNTED))


def _missing(room: str, given: str, loaded: Loaded) -> Fault:
    return f'"{given}" is not in {room}/', did_you_mean(given, getattr(loaded, room))


_FAULTS: Mapping[str, Callable[[tuple[str, ...], Loaded], Fault | None]] = {
    "rows": _of_dataset, "updated": _of_dataset, "answer": _of_answer, "measure": _of_measure, "status": _of_measure,
    "count": _of_catalog}
