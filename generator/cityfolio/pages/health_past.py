"""How documentation stood before, as the catalog's history tells: a sentence, a small line, and the numbers."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from cityfolio.frozen import Frozen
from cityfolio.model.health import PastHealth
from cityfolio.pages.shell import Site
from cityfolio.practice.history import MOST_CONTENTS

WIDTH, HEIGHT = 240, 48


class PastLine(Frozen, kw_only=True):
    """One day."""

    day: Markup
    passed: Markup            # "312 of 400"
    share: Markup


class PastView(Frozen, kw_only=True):
    """How it went, the newest first."""

    said: Markup              # "" where fewer than two days are known
    picture: Markup
    lines: tuple[PastLine, ...]
    left_out: Markup          # why earlier months are not there; "" where all are


def past(history: Sequence[PastHealth], publisher: str, site: Site) -> PastView | None:
    """How documentation stood over the months, of a publisher or (for "") of all; None where there is nothing to say of it."""
    known = [(each, *_counts(each, publisher)) for each in history]
    known = [(each, passed, of) for each, passed, of in known if of]
    words, left_out = site.words, _left_out(site)
    if len(known) < 2:
        return PastView(said=Markup(""), picture=Markup(""), lines=(), left_out=left_out) if left_out else None
    (first, first_passed, first_of), (last, last_passed, last_of) = known[0], known[-1]
    said = words.gettext(
        "On %(first)s %(before)s of the checks of documentation passed, on %(last)s %(after)s.", first=words.time(first.day),
        before=words.percent(first_passed, first_of), last=words.time(last.day), after=words.percent(last_passed, last_of))
    lines = tuple(PastLine(day=words.time(each.day), share=words.percent(passed, of),
                           passed=words.gettext("%(passed)s of %(of)s", passed=words.number(passed), of=words.number(of)))
                  for each, passed, of in reversed(known))
    return PastView(said=said, picture=_picture([passed / of for _, passed, of in known]), lines=lines, left_out=left_out)


def _left_out(site: Site) -> Markup:
    """That a repository with very many versions of its files is not read all the way back."""
    months = site.catalog.practice.past_left_out
    return site.words.ngettext(
        "%(count)s earlier month is left out: more than %(most)s versions of files would have to be read.",
        "%(count)s earlier months are left out: more than %(most)s versions of files would have to be read.", months,
        most=site.words.number(MOST_CONTENTS)) if months else Markup("")


def _counts(each: PastHealth, publisher: str) -> tuple[int, int]:
    if publisher:
        return each.passed.get(publisher, 0), each.of.get(publisher, 0)
    return sum(each.passed.values()), sum(each.of.values())


def _picture(shares: Sequence[float]) -> Markup:
    """A line from the oldest to the newest, from none to all; the table beside it says the same."""
    step = WIDTH / (len(shares) - 1)
    points = " ".join(f"{step * at:.0f},{HEIGHT - (HEIGHT - 4) * share - 2:.1f}" for at, share in enumerate(shares))
    return Markup('<svg class="health-line" viewBox="0 0 {} {}" aria-hidden="true"><path d="M0 {}h{}"/>'
                  '<polyline points="{}"/></svg>').format(WIDTH, HEIGHT, HEIGHT - 1, WIDTH, points)
