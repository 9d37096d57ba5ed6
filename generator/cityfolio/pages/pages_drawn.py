"""The pages that were drawn, as the feeds that list them ask: where each is, and since when. Of very many, most lie aside."""

from __future__ import annotations

import pickle
from collections.abc import Iterator
from itertools import chain

from cityfolio.annex import Annex, Laid
from cityfolio.model.site import Output

AT_ONCE = 1_000


class PagesDrawn:
    """Outputs without their bodies, in the order in which they were drawn."""

    def __init__(self) -> None:
        self._aside, self._laid, self._last = Annex(), list[Laid](), list[Output]()

    def add(self, page: Output) -> None:
        """Note a page."""
        self._last.append(Output(url=page.url, body=b"", media_type=page.media_type, kind=page.kind, source=page.source,
                                 updated=page.updated))
        if len(self._last) == AT_ONCE:
            self._laid.append(self._aside.laid(pickle.dumps(self._last, protocol=5)))
            self._last = []

    def __iter__(self) -> Iterator[Output]:
        # What this very process wrote, into a file that has no name.
        laid = (pickle.loads(each.read()) for each in self._laid)  # noqa: S301
        return chain(chain.from_iterable(laid), self._last)

    def __len__(self) -> int:
        return len(self._laid) * AT_ONCE + len(self._last)
