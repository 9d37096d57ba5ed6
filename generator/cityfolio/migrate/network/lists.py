"""Lists as portals keep them: out of answers that were saved as files, or asked page by page."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from cityfolio.frozen import Frozen
from cityfolio.migrate.network.listing import (
    Counted,
    Found,
    Listed,
    Page,
    group,
    items,
    numbered,
    question,
    stepped,
    whole_number,
)
from cityfolio.migrate.network.manner import Refused
from cityfolio.migrate.network.portal import Portal
from cityfolio.migrate.reading import Document, documents
from cityfolio.migrate.source import Source
from cityfolio.migrate.values.given import Given
from cityfolio.problems import Problem

ROWS = 100                        # of a page that is asked for
NO_LIST = "{} is answered with something else than a list of datasets"


class Answer(Frozen):
    """How a portal's answers are built: the names under which one has its records, and that of their number on all pages."""

    records: tuple[str, ...]
    total: str

    def page(self, answer: Mapping[str, Given]) -> Page | None:
        """The records of an answer; None where it is no page of a list."""
        for name in self.records:
            if isinstance(answer.get(name), list):
                return Page(items(answer[name]), whole_number(answer.get(self.total)))
        return None

    def found(self, document: Document, counted: Counted) -> Iterator[Found]:
        """The records of an answer in a file: a page, a list without a page around it, or a single record."""
        if isinstance(document.value, list):
            return numbered(document, document.value, "")
        answer = group(document.value)
        if (page := self.page(answer)) is None:
            return iter([Listed(document.place, answer)])
        counted.add(page)
        return numbered(document, page.records, next(name for name in self.records if isinstance(answer.get(name), list)))


def in_files(source: Source, found: Callable[[Document, Counted], Iterator[Found]]) -> Iterator[Found]:
    """The records of all documents of a source, and at the end those that are counted in them and lie in none."""
    counted = Counted()
    for document in documents(source):
        if isinstance(document, Problem):
            yield document
        else:
            yield from found(document, counted)
    yield from counted.missing()


class Offsets(Frozen, kw_only=True):
    """A list that is asked for by `offset` and `limit`, which together may not be more than `most`."""

    path: str
    answer: Answer
    most: int
    asked: Mapping[str, str]      # beside them

    def pages(self, portal: Portal) -> Iterator[tuple[str, Page]]:
        """Its pages, as far as they may be asked for."""

        def page_at(start: int) -> tuple[str, Page]:
            limit = min(ROWS, self.most - start)
            url = question(portal.root, self.path, **self.asked, limit=limit, offset=start)
            if limit <= 0:
                return url, Page([])
            if (page := self.answer.page(group(portal.json(url)))) is None:
                raise Refused(200, NO_LIST.format(url))
            return url, page

        return stepped(0, page_at)
