"""Keys, tokens and passwords in the bytes of a file, told from digests, identifiers and examples.

Each rule is a form that an issuer documents, anchored by letters that stand at a fixed place in it. A file in which none of
these letters occurs is done with after a few searches for plain bytes, so that looking costs little.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from cityfolio.frozen import Frozen
from cityfolio.model.privacy import Secret, SecretFinding
from cityfolio.privacy.near import near
from cityfolio.privacy.secret_signs import (
    has_alg,
    is_key_id,
    is_lively,
    is_opening,
    is_password,
    passes_checksum,
    spells_password,
)

Match = re.Match[bytes]
LARGE_BYTES = 64 << 10                   # of a page: to look for each anchor takes longer than Arrow's search for all of them
MOST_BEFORE = 250                        # bytes of a line before the word for a password
BEFORE = rb"(?<![A-Za-z0-9_+/=-])"      # so that nothing inside of base64, of a digest or of a longer name is met
AFTER = rb"(?![A-Za-z0-9_+/=-])"


class Form(Frozen, kw_only=True):
    """How one kind of secret is written."""

    kind: Secret
    why: str
    anchors: tuple[bytes, ...]               # one of them occurs in every match
    pattern: re.Pattern[bytes]               # the group `secret`, or all of it, is what must not be told
    is_real: Callable[[bytes], bool] = is_lively
    is_plain: bool = False                   # met by words of any text that a person writes: not looked for in pages
    is_of_line: bool = False                 # the pattern fits a line, of which the anchor is a part

    def is_near(self, body: bytes) -> bool:
        """Whether an anchor occurs in a text."""
        return any(anchor in body for anchor in self.anchors)


class Sighting(Frozen, kw_only=True):
    """A secret where it was met: what may be said of it, and the bytes themselves, which may not."""

    finding: SecretFinding
    secret: bytes


def _form(kind: Secret, why: str, anchors: tuple[bytes, ...], pattern: bytes, **also: object) -> Form:
    return Form(kind=kind, why=why, anchors=anchors, pattern=re.compile(pattern), **also)  # type: ignore[arg-type]


FORMS: tuple[Form, ...] = (
    # RFC 7468, RFC 4880: the label, and letters of a body. Without a body it is a word in a text about keys.
    _form("private-key", "looks like a private key", (b"PRIVATE KEY",),
          rb"-----BEGIN (?:[A-Z0-9]{1,12} ){0,3}PRIVATE KEY(?: BLOCK)?-----(?:\s|\\[nr]|[A-Z][A-Za-z-]{1,30}: [^\n]{0,200}\n)"
          rb"{0,40}(?P<secret>[A-Za-z0-9+/=]{40,64})"),
    _form("private-key", "looks like a private key of PuTTY", (b"PuTTY-User-Key-File-",),
          rb"PuTTY-User-Key-File-[0-9]: (?P<secret>[^\n]{3,60})", is_real=bool),
    # AWS IAM, "Understanding unique ID prefixes": base32, so 0, 1, 8 and 9 do not occur.
    _form("access-key", "looks like the key of an AWS account", (b"AKIA", b"ASIA"),
          BEFORE + rb"A[KS]IA[A-Z2-7]{16}" + AFTER, is_real=is_key_id),
    _form("access-key", "looks like a key of Google's services", (b"AIza",), BEFORE + rb"AIza[0-9A-Za-z_-]{35}" + AFTER),
    _form("access-key", "looks like the key of an Azure storage account", (b"AccountKey=",),
          rb"AccountKey=(?P<secret>[A-Za-z0-9+/]{86}==)"),
    _form("access-key", "looks like a signature that opens an Azure storage account", (b"sig=",),
          rb"[?&;](?:amp;)?sig=(?P<secret>[A-Za-z0-9+/%]{43,90}(?:=|%3[Dd]))"),
    _form("token", "looks like a token of Google's services", (b"ya29.",), BEFORE + rb"ya29\.[0-9A-Za-z_-]{30,500}"),
    # The last six of the 36 are a checksum, so that an example cannot be taken for a token.
    _form("token", "looks like a token of GitHub", (b"ghp_", b"gho_", b"ghu_", b"ghs_", b"ghr_"),
          BEFORE + rb"gh[pousr]_[0-9A-Za-z]{36}" + AFTER, is_real=passes_checksum),
    _form("token", "looks like a token of GitHub", (b"github_pat_",),
          BEFORE + rb"github_pat_[0-9A-Za-z]{22}_[0-9A-Za-z]{59}" + AFTER),
    _form("token", "looks like a token of GitLab", (b"glpat-",), BEFORE + rb"glpat-[0-9A-Za-z_-]{20,80}"),
    _form("token", "looks like a token of Slack", (b"xoxb-", b"xoxa-", b"xoxp-", b"xoxr-", b"xoxs-"),
          BEFORE + rb"xox[abprs]-[0-9A-Za-z-]{20,200}"),
    _form("token", "looks like an address that posts to Slack", (b"hooks.slack.com/services/",),
          rb"hooks\.slack\.com/services/(?P<secret>T[0-9A-Z]{6,12}/B[0-9A-Z]{6,12}/[0-9A-Za-z]{20,30})"),
    _form("token", "looks like a live key of Stripe", (b"k_live_",), BEFORE + rb"[rs]k_live_[0-9A-Za-z]{20,120}"),
    _form("token", "looks like a key of SendGrid", (b"SG.",),
          BEFORE + rb"SG\.[0-9A-Za-z_-]{22}\.[0-9A-Za-z_-]{43}" + AFTER),
    _form("token", "looks like a token of npm", (b"npm_",), BEFORE + rb"npm_[0-9A-Za-z]{36}" + AFTER),
    _form("token", "looks like a token of PyPI", (b"pypi-AgE",), BEFORE + rb"pypi-AgE[0-9A-Za-z_-]{50,400}"),
    # RFC 7519: two objects and a signature.
    _form("token", "looks like a signed token (JWT)", (b"eyJ",),
          BEFORE + rb"eyJ[0-9A-Za-z_-]{8,2000}\.eyJ[0-9A-Za-z_-]{8,8000}\.[0-9A-Za-z_-]{20,1000}", is_real=has_alg),
    # RFC 3986, 3.2.1: it calls this form deprecated, because it shows a password in plain text.
    _form("password", "looks like an address that carries a password", (b"://",),
          rb"://[^\s/:@\"'<>]{0,64}:(?P<secret>[^\s/@\"'<>]{4,128})@[A-Za-z0-9[]", is_real=is_opening),
    _form("password", "looks like the password of a connection", (b"assword=", b"Pwd=", b"pwd="),
          rb"[;\"'](?:Password|password|Pwd|pwd)=(?P<secret>[^\s;\"'<>]{6,128})[;\"']", is_real=is_password, is_plain=True),
    _form("password", "looks like a password or a key beside its name",
          (b"assw", b"pwd", b"PWD", b"ASSW", b"ecret", b"SECRET", b"oken", b"TOKEN", b"pi_key", b"PI_KEY", b"pi-key", b"piKey",
           b"pikey"),
          rb"[ \t]{0,80}(?:- |export |const |let |var ){0,2}[\"']?"
          rb"(?P<name>(?:[A-Za-z][A-Za-z0-9]{0,30}[_.-]?){0,4}?)[\"']?"
          rb"[ \t]{0,8}[:=][ \t]{0,8}[\"']?"
          rb"(?P<secret>[^\s\"'<>{}$,;]{8,200})[\"']?[ \t]{0,8}[,;]?[ \t]{0,8}(?:#[^\n]*)?\r?(?:\n|\Z)",
          is_real=is_password, is_plain=True, is_of_line=True),
)


def secret_findings(body: bytes) -> tuple[SecretFinding, ...]:
    """Everything in a file that looks like a secret, in the order of the lines."""
    return tuple(each.finding for each in sightings(body))


def sightings(body: bytes) -> tuple[Sighting, ...]:
    """The same with the secrets themselves."""
    return _sightings(body, (form for form in FORMS if form.is_near(body)))


# For Arrow's search, which goes through a text once for all anchors. In most texts there is an address, so of those with a
# password more is asked.
def _signs(forms: Iterable[Form], password: str) -> str:
    anchors = [re.escape(anchor.decode()) for form in forms for anchor in form.anchors if anchor != b"://"]
    return "|".join([*anchors, password])


IN_PAGES = tuple(form for form in FORMS if not form.is_plain)
IN_ANY_ADDRESS = "://[^/:@]*:[^/@]*@"                      # where nothing may be missed
SIGNS = _signs(IN_PAGES, "://[^/:@]*:[^/:@]*@")
SIGNS_OF_PAGES = _signs(IN_PAGES, IN_ANY_ADDRESS)
SIGNS_OF_ALL = _signs(FORMS, IN_ANY_ADDRESS)               # for texts that people write


def sightings_in_page(body: bytes) -> tuple[Sighting, ...]:
    """Secrets in a page or in rows: these are not searched for values beside names, because they are full of words."""
    if len(body) >= LARGE_BYTES and not near((body,), SIGNS_OF_PAGES)[0]:
        return ()
    return _sightings(body, (form for form in IN_PAGES if form.is_near(body)))


def _sightings(body: bytes, forms: Iterable[Form]) -> tuple[Sighting, ...]:
    found = [(match.start("secret") if "secret" in form.pattern.groupindex else match.start(), form, match)
             for form in forms for match in _matches(form, body)]
    return tuple(_sighting(body, at, form, match) for at, form, match in sorted(found, key=lambda each: each[0]))


def _matches(form: Form, body: bytes) -> Iterator[Match]:
    for match in _of_lines(form, body) if form.is_of_line else form.pattern.finditer(body):
        if "name" in form.pattern.groupindex and not spells_password(match["name"]):
            continue
        if form.is_real(_secret(form, match)):
            yield match


def _of_lines(form: Form, body: bytes) -> Iterator[Match]:
    """Matches in the lines that hold an anchor near their beginning."""
    found = (at for anchor in form.anchors for at in _places(anchor, body))
    starts = {body.rfind(b"\n", max(0, at - MOST_BEFORE), at) + 1 for at in found}
    for start in sorted(starts):
        if match := form.pattern.match(body, start):
            yield match


def _places(anchor: bytes, body: bytes) -> Iterator[int]:
    at = body.find(anchor)
    while at >= 0:
        yield at
        end = body.find(b"\n", at)
        at = body.find(anchor, end) if end >= 0 else -1


def _secret(form: Form, match: Match) -> bytes:
    return match["secret"] if "secret" in form.pattern.groupindex else match[0]


def _sighting(body: bytes, at: int, form: Form, match: Match) -> Sighting:
    line, column = place_in(body, at)
    finding = SecretFinding(kind=form.kind, line=line, column=column, why=form.why)
    return Sighting(finding=finding, secret=_secret(form, match))


def place_in(body: bytes, at: int) -> tuple[int, int]:
    """Line and column of a byte of a text, counted from 1, the column in letters."""
    start = body.rfind(b"\n", 0, at) + 1
    return body.count(b"\n", 0, at) + 1, len(body[start:at].decode(errors="replace")) + 1
