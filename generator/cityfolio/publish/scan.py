"""What is drawn is looked through as it is written: what slipped into a text must not reach a reader.

Tables are searched where they are read, and their own bytes are not searched again. Here are pages and feeds: nearly all are
done with after a few searches for plain bytes, because digits in such groups and letters of keys are rare in them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Set as AbstractSet
from dataclasses import dataclass, field

from cityfolio.frozen import Frozen, replace
from cityfolio.model.site import InPieces, Output
from cityfolio.privacy.checksums import is_card, is_ssn
from cityfolio.privacy.near import near
from cityfolio.privacy.secrets import SIGNS, sightings_in_page
from cityfolio.problems import Location, Problem

DIGITS = bytes.maketrans(b"012345678", b"999999999")
NINES = re.compile(rb"9+")
# The shapes of what is looked for, where every digit is a 9; a card without blanks has thirteen at least.
SSN_SHAPE = b"999-99-9999"
CARD_SHAPES = (b"9999 9999 9999 ", b"9999-9999-9999-", b"9999 999999 99999", b"9" * 13)
ALONE = rb"(?<![\w.,%%&#/=+-])(?:%s)(?![\w%%/=+-])(?!\.\d)"
SSN = re.compile(ALONE % rb"\d{3}-\d\d-\d{4}")
CARD = re.compile(ALONE % rb"\d{4}([ -])\d{4}\1\d{4}\1\d{1,7}|\d{4} \d{6} \d{5}|\d{13,19}")
# Without hyphens, or with blanks for them, a number is one where the text before it says so.
SSN_SAID = re.compile(rb"(?<!\w)(?:ssn|social security(?: number| no\.?)?)(?: is |\W{1,3})(\d{9}|\d{3} \d\d \d{4})"
                      rb"(?![\w%/=+-])(?!\.\d)", re.IGNORECASE)
# Numbers that were printed so often that they are nobody's: of advertisements and of manuals. 123-45-6789 is none of them,
# because whoever wants to see that this works tries it with that.
NOBODYS = frozenset((b"078-05-1120", b"219-09-9999", b"111-11-1111", b"333-33-3333", b"555-55-5555",
                     b"4111111111111111", b"4242424242424242", b"5555555555554444", b"378282246310005"))
# The same shapes for Arrow's search, and of numbers without blanks those that a card can begin with and that end as one does:
# digests often begin with as many digits.
NUMBERS = ("[^.0-9A-Za-z_/-](?:[0-9]{3}-[0-9]{2}-[0-9]{4}|[0-9]{4}[ -][0-9]{4}[ -][0-9]{4}[ -]|3[0-9]{3} [0-9]{6} [0-9]{5}|"
           "[2-6][0-9]{12,18}(?:[^0-9A-Za-z_%/=+-]|$))|(?i:ssn|social security)[^0-9]{1,12}[0-9]{3}")
MOST_HELD = 4 << 20
TEXTS = ("text/", "application/json", "application/xml", "+json", "+xml", "application/yaml")
FIX = "Take it out of the text that this was made from. If it is a secret, revoke it first."


class Met(Frozen):
    """Something that should not be read by everybody: where it begins in a text, what it looks like, and where it was met."""

    text: bytes
    at: int
    looks: str
    is_number: bool               # a personal one; rows may hold it where a review says so, as they may hold no secret
    url: str = ""
    line: int = 1


@dataclass(slots=True)
class Scan:
    """What was met in outputs so far. The same thing in many pages is one problem."""

    harmless: AbstractSet[bytes] = frozenset()                      # what looks like a secret, and was acknowledged as none
    is_in_rows: Callable[[bytes], bool] = lambda text: False        # whether published rows hold it: they were judged already
    source_of: Callable[[bytes], Location | None] = lambda text: None   # where in the catalog somebody wrote it
    met: dict[bytes, Met] = field(default_factory=dict)
    held: list[tuple[str, bytes, int]] = field(default_factory=list)    # addresses, what was not looked through, lines before
    held_bytes: int = 0
    urls: set[str] = field(default_factory=set)                     # of outputs that anything of the kind was met in

    def look(self, output: Output) -> None:
        """Look through an output that was drawn. What is copied from the catalog or made of its rows was judged there."""
        if not isinstance(output.body, bytes | InPieces) or output.kind == "asset" or not _is_text(output.media_type):
            return
        lines = 0
        for piece in (output.body,) if isinstance(output.body, bytes) else output.body.read():
            self.held.append((output.url, piece, lines))
            self.held_bytes += len(piece)
            if self.held_bytes > MOST_HELD:
                self._look_through()
            if isinstance(output.body, InPieces):
                lines += piece.count(b"\n")

    def _look_through(self) -> None:
        """Go through what is held: all of it at once, and more closely where anything could be."""
        held, self.held, self.held_bytes = self.held, [], 0
        for (url, body, lines), is_near in zip(held, near([each[1] for each in held], f"{NUMBERS}|{SIGNS}"), strict=True):
            for met in met_in(body) if is_near else ():
                self.urls.add(url)
                if met.text not in self.met and met.text not in self.harmless and met.text not in NOBODYS:
                    self.met[met.text] = replace(met, url=url, line=lines + body.count(b"\n", 0, met.at) + 1)

    def problems(self) -> tuple[Problem, ...]:
        """What may not be published, each with the place where it was written, or else where it was met."""
        self._look_through()
        return tuple(self._problem(met) for text, met in self.met.items() if not (met.is_number and self.is_in_rows(text)))

    def _problem(self, met: Met) -> Problem:
        where = self.source_of(met.text) or Location(path=met.url, line=met.line, in_catalog=False)
        return Problem(code="output-personal", where=where, says=f"{met.url} would show what {met.looks}", fix=FIX)


def met_in(body: bytes) -> Iterator[Met]:
    """Each thing in a text that should not be read by everybody."""
    digits = body.translate(DIGITS)
    for found in _numbers(body, digits, (SSN_SHAPE,), SSN):
        if is_ssn(found[0].decode()):
            yield Met(found[0], found.start(), "looks like a Social Security number", True)
    for said in SSN_SAID.finditer(body) if _names_ssn(body.lower()) else ():
        if is_ssn(said[1].decode()):
            yield Met(said[1], said.start(1), "looks like a Social Security number", True)
    for found in _numbers(body, digits, CARD_SHAPES, CARD):
        if is_card(found[0].decode()):
            yield Met(found[0], found.start(), "looks like the number of a payment card", True)
    for sighting in sightings_in_page(body):
        yield Met(sighting.secret, body.find(sighting.secret), sighting.finding.why, False)


def _names_ssn(lowered: bytes) -> bool:
    return b"ssn" in lowered or b"social security" in lowered


def _numbers(body: bytes, digits: bytes, shapes: Iterable[bytes], form: re.Pattern[bytes]) -> Iterator[re.Match[bytes]]:
    """Numbers of a form, looked for where their shape occurs: a search for plain bytes is far quicker than one for a form."""
    for shape in shapes:
        at = digits.find(shape)
        while at >= 0:
            if found := form.match(body, at):
                yield found
            run = NINES.match(digits, at)
            at = digits.find(shape, run.end() if run else at + 1)


def _is_text(media_type: str) -> bool:
    return any(each in media_type for each in TEXTS)
