"""Web and e-mail addresses as people type them, mended where there is one way to read them."""

from __future__ import annotations

import re
from typing import NamedTuple
from unicodedata import category
from urllib.parse import quote, urlsplit

from cityfolio.load.values import EMAIL

ABSOLUTE = re.compile(r"(https?|ftp)://([^/?#\\]*)(.*)", re.DOTALL | re.IGNORECASE)
# `ttps://`, `https:/`, `https//` and `hhttp:` mean one thing.
SCHEME_MISTYPED = re.compile(r"h{0,2}t{1,3}p(s?)(?::/+|//+|:)(?=[\w\[])", re.IGNORECASE)
HOST_ALONE = re.compile(r"(?://)?(?:www\.[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,}|[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:gov|org|com|net|edu|us|info))"
                        r"(?::\d+)?(?:[/?#].*)?", re.IGNORECASE | re.DOTALL)
STRAY = re.compile(r"[-–—:;,.<('\"“‘•*]+(?=(?:https?|ftp)://)", re.IGNORECASE)
NOT_IN_URL = re.compile(r"[^!-~]|[\"<>\\^`{|}]")
NOT_HEX = re.compile(r"%(?![0-9A-Fa-f]{2})")
ENCODED = re.compile(r"[^A-Za-z0-9._~:/?@!$&'()*+,;=%-]")   # RFC 3986, 3.3 and 3.4: all that a path or query may hold is left


class Mended(NamedTuple):
    """An address that can be linked to, or None, and what was done to get there."""

    url: str | None
    why: tuple[str, ...] = ()


def mended_url(given: str) -> Mended:
    """Mend a web address. Nothing is guessed: what has more than one reading gives None."""
    text, why = _without_invisible(given)
    if STRAY.match(text):
        text, why = STRAY.sub("", text, count=1), (*why, "stray characters before the address removed")
    if not ABSOLUTE.match(text):
        text, with_scheme = _with_scheme(text)
        why = (*why, *with_scheme)
    encoded = _encoded(text)
    if encoded is None or not is_web_address(encoded):
        return Mended(None)
    return Mended(encoded, (*why, "characters that an address cannot hold encoded") if encoded != text else why)


def is_web_address(text: str) -> bool:
    """Whether a page can link to it: http, https or ftp, a host, and only characters of RFC 3986."""
    try:
        parts = urlsplit(text)
        parts.port  # noqa: B018  reading it is what checks it
    except ValueError:
        return False
    return parts.scheme in ("http", "https", "ftp") and bool(parts.hostname) and NOT_IN_URL.search(text) is None


def mended_email(given: str) -> tuple[str | None, tuple[str, ...]]:
    """One e-mail address and what was done to it; None when it is none, or more than one."""
    text, why = _without_invisible(given)
    bare = re.sub(r"^mailto:\s*", "", text, flags=re.IGNORECASE)
    if bare != text:
        why = (*why, "mailto: removed")
    return (bare, why) if EMAIL.fullmatch(bare) else (None, ())


def _without_invisible(given: str) -> tuple[str, tuple[str, ...]]:
    """The text without spaces around it, and without characters that nobody sees, also when they were decoded wrongly."""
    seen = "".join(each for each in given if category(each) not in ("Cf", "Cc") or each in "\t\n\r")
    text = _without_mojibake(seen.strip())
    text = re.sub(r"[\t\n\r]+[ \t\n\r]*", "", text)   # as browsers do: https://url.spec.whatwg.org/#concept-basic-url-parser
    why = []
    if text != given.strip() and "".join(given.split()) == "".join(text.split()):
        why.append("line breaks inside it removed")
    elif text != given.strip():
        why.append("invisible characters removed")
    if given != given.strip():
        why.append("spaces around it removed")
    return text, tuple(why)


def _without_mojibake(text: str) -> str:
    """The text without a tail such as `â€Ž`: an invisible mark whose UTF-8 was once read as Windows-1252."""
    tail = re.search(r"[^\x00-\x7f]+$", text)
    if tail is None:
        return text
    try:
        meant = tail[0].encode("cp1252").decode("utf-8")
    except UnicodeError:
        return text
    return text[: tail.start()] if all(category(each) in ("Cf", "Cc", "Zs") for each in meant) else text


def _with_scheme(text: str) -> tuple[str, tuple[str, ...]]:
    mistyped = SCHEME_MISTYPED.match(text)
    if mistyped:
        return f"http{mistyped[1].lower()}://{text[mistyped.end():]}", ("its scheme corrected",)
    if HOST_ALONE.fullmatch(text) and " " not in text.partition("/")[0]:
        return f"https://{text.removeprefix('//')}", ("https:// added",)
    return text, ()


def _encoded(text: str) -> str | None:
    match = ABSOLUTE.fullmatch(text)
    if match is None:
        return None
    scheme, host, rest = match.groups()
    before, mark, fragment = rest.partition("#")
    try:
        host = host if host.isascii() else host.encode("idna").decode("ascii")
    except UnicodeError:
        return None
    return f"{scheme.lower()}://{host}{_percent(before)}{mark}{_percent(fragment)}"


def _percent(text: str) -> str:
    return ENCODED.sub(lambda letter: quote(letter[0], safe=""), NOT_HEX.sub("%25", text))
