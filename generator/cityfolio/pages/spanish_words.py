"""Spanish: "del 1 al 31 de mayo", where an article is drawn together with what stands before it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from markupsafe import Markup

from cityfolio.pages.words import Words

_BEFORE_EL = re.compile(r"\b([Dd]e|[Aa]) el ")


@dataclass(frozen=True, slots=True)
class SpanishWords(Words):
    """The words of Spanish. A message is put together as in any language, then its articles are drawn together."""

    # Without `super()`: a data class with slots is another class than the one that its methods were written in.

    def gettext(self, message: str, **values: object) -> Markup:
        """A message in Spanish, with the values of its `%(name)s` places."""
        return contracted(Words.gettext(self, message, **values))

    def pgettext(self, context: str, message: str, **values: object) -> Markup:
        """A message that has other words in another place, in Spanish."""
        return contracted(Words.pgettext(self, context, message, **values))

    def ngettext(self, one: str, many: str, count: int, **values: object) -> Markup:
        """A message that depends on a count, in Spanish."""
        return contracted(Words.ngettext(self, one, many, count, **values))


def contracted(text: Markup) -> Markup:
    """A text with "de el" and "a el" as they are written. A name that begins with "El" is left whole."""
    return Markup(_BEFORE_EL.sub(r"\1l ", str(text))) if " el " in text else text
