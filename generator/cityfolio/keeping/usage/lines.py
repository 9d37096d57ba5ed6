"""A line of an access log as what was asked for: Common, Combined, W3C (CloudFront, IIS), S3 and JSON, told apart by itself.

The formats: Apache's "Common" and "Combined" logs, which nginx writes too; the W3C Extended Log File Format, whose `#Fields:`
line names the columns, as CloudFront and IIS write it; Amazon S3's server access log; and JSON Lines as Caddy writes them, or
nginx with `escape=json`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Any, NamedTuple
from urllib.parse import unquote, urlsplit

import orjson

LONGEST = 64 << 10                   # bytes of a line; nothing that a browser asks for is as long
QUOTED = r'"((?:[^"\\]|\\.)*)"'
MONTHS = {name: f"{number:02}" for number, name in enumerate(
    ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"), 1)}
DAY = r"\[(\d{2})/([A-Z][a-z]{2})/(\d{4}):[^\]]*\]"
# Some servers write the site's name and port in front, as in Apache's vhost_combined; an address of IPv6 has more colons.
COMMON = re.compile(rf"(?:[\w.-]+:\d+ )?(\S+) \S+ [^\[]*{DAY} {QUOTED} (\d{{3}}) \S+(?: {QUOTED} {QUOTED})?")
S3 = re.compile(rf"\S+ \S+ {DAY} (\S+) \S+ \S+ \S+ \S+ {QUOTED} (\d{{3}}) \S+ \S+ \S+ \S+ \S+ {QUOTED} {QUOTED}")
# Names of fields in JSON: as nginx is set up for it as a rule, then Cloudflare's Logpush and Traefik.
MOMENTS = ("time_iso8601", "@timestamp", "timestamp", "time", "ts", "msec", "time_local", "EdgeStartTimestamp", "StartUTC")
CLIENTS = ("remote_addr", "remote_ip", "client_ip", "client", "ClientIP", "ClientHost")
METHODS = ("request_method", "method", "ClientRequestMethod", "RequestMethod")
TARGETS = ("request_uri", "uri", "path", "url", "ClientRequestURI", "ClientRequestPath", "RequestPath")
STATUSES = ("status", "EdgeResponseStatus", "DownstreamStatus")
REFERRERS = ("http_referer", "http_referrer", "referer", "referrer", "ClientRequestReferer", "request_Referer")
AGENTS = ("http_user_agent", "user_agent", "agent", "ClientRequestUserAgent", "request_User-Agent")
FIRST_LOG = 631_152_000              # 1990, in seconds: no web server wrote a line before, so a lesser number is no moment
SECONDS_BEFORE = 1e11                # a moment that is more than so many seconds is in thousandths, or less
NUMBER = re.compile(r"\d{9,19}(?:\.\d+)?")
ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


class Asked(NamedTuple):
    """One request. It is held no longer than it takes to count it."""

    day: str                         # "2026-06-30", as the log dates it
    client: str
    method: str
    path: str                        # decoded, without a query
    status: int
    referrer: str | None             # "" where there was none, None where the log does not say
    agent: str | None


@dataclass(slots=True)
class Reader:
    """Reads the lines of one log. It remembers which columns the log said it has."""

    columns: tuple[str, ...] = ()

    def read(self, line: bytes) -> Asked | bool:
        """What a line says: True where it says nothing that could be counted, False where it cannot be understood."""
        if len(line) > LONGEST:
            return False
        text = line.decode("utf-8", "replace").strip("\r\n\ufeff ")
        if not text or text.startswith("#"):
            if text.startswith("#Fields:"):
                self.columns = tuple(text.removeprefix("#Fields:").split())
            return True
        try:
            if text.startswith("{"):
                return _of_json(orjson.loads(text))
            return self._of_columns(text) if self.columns else _of_text(text)
        except (ValueError, TypeError, OverflowError, OSError):
            return False

    def _of_columns(self, text: str) -> Asked | bool:
        given = text.split("\t") if "\t" in text else text.split(" ")
        if len(given) != len(self.columns):
            return False
        named = dict(zip(self.columns, given, strict=True))
        return _asked(_Words(
            day=named.get("date", ""), client=named.get("c-ip", ""), method=named.get("cs-method", ""),
            target=named.get("cs-uri-stem") or named.get("cs-uri") or "", status=named.get("sc-status", ""),
            # A blank is written as %20 or +, so that it does not end the column.
            referrer=_unpacked(named.get("cs(Referer)")), agent=_unpacked(named.get("cs(User-Agent)"))))


class _Words(NamedTuple):
    """What a line says, as it is written."""

    day: str
    client: str
    method: str
    target: str
    status: str
    referrer: str | None = None
    agent: str | None = None


def _asked(words: _Words) -> Asked | bool:
    if not _is_day(words.day) or not words.status.isascii() or not words.status.isdecimal():
        return False
    if not words.target.startswith(("/", "http://", "https://")):
        return bool(words.target)            # such as "*" of OPTIONS, or what is no HTTP at all
    path = urlsplit(words.target).path if words.target.startswith("http") else words.target.partition("?")[0].partition("#")[0]
    return Asked(day=words.day, client=words.client, method=words.method, path=unquote(path), status=int(words.status),
                 referrer=_said(words.referrer), agent=_said(words.agent))


@lru_cache(maxsize=1_024)
def _is_day(text: str) -> bool:
    if not ISO_DAY.fullmatch(text):
        return False
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _said(text: str | None) -> str | None:
    return "" if text == "-" else text


def _unpacked(text: str | None) -> str | None:
    return None if text is None else unquote(text.replace("+", " "))


def _of_text(text: str) -> Asked | bool:
    found = COMMON.match(text)
    if found:
        client, day, month, year, request, status, referrer, agent = found.groups()
    else:
        found = S3.match(text)
        if not found:
            return False
        day, month, year, client, request, status, referrer, agent = found.groups()
    method, _, rest = request.partition(" ")
    target, _, version = rest.rpartition(" ")
    if not version.startswith("HTTP/"):
        target = rest
    # What is no request at all, such as a TLS greeting, or "-" where a client went away, is none to be counted.
    words = _Words(day=f"{year}-{MONTHS.get(month, '00')}-{day}", client=client, method=method,
                   target=target or "-", status=status, referrer=referrer, agent=agent)
    return _asked(words)


def _of_json(given: Any) -> Asked | bool:   # Any: whatever stands in a log
    if not isinstance(given, Mapping):
        return False
    caddy = given.get("request")
    if isinstance(caddy, Mapping):
        return _of_caddy(given, caddy)
    whole = str(given.get("request") or "").split(" ")
    return _asked(_Words(
        day=_day(_first(given, *MOMENTS)),
        client=str(_first(given, *CLIENTS) or ""),
        method=str(_first(given, *METHODS) or whole[0]),
        target=str(_first(given, *TARGETS) or (whole[1] if len(whole) > 1 else "")),
        status=str(_first(given, *STATUSES) or ""),
        referrer=_text(_first(given, *REFERRERS)),
        agent=_text(_first(given, *AGENTS))))


def _of_caddy(given: Mapping[str, Any], request: Mapping[str, Any]) -> Asked | bool:   # Any: whatever stands in a log
    if "status" not in given:
        return True                  # Caddy tells of other things in the same log
    headers = request.get("headers")
    headers = {str(name).lower(): value for name, value in headers.items()} if isinstance(headers, Mapping) else {}
    return _asked(_Words(
        day=_day(_first(given, "ts", "time")), client=str(_first(request, "client_ip", "remote_ip", "remote_addr") or ""),
        method=str(request.get("method") or ""), target=str(request.get("uri") or ""), status=str(given["status"]),
        referrer=_text(_alone(headers.get("referer"))) or "", agent=_text(_alone(headers.get("user-agent"))) or ""))


def _first(given: Mapping[str, Any], *names: str) -> Any:   # Any: whatever stands in a log
    return next((given[name] for name in names if given.get(name) is not None), None)


def _alone(value: Any) -> Any:   # Any: whatever stands in a log
    return value[0] if isinstance(value, list) and value else value


def _text(value: Any) -> str | None:   # Any: whatever stands in a log
    return None if value is None else str(value)


def _day(value: Any) -> str:   # Any: whatever stands in a log
    """The day of a moment: in seconds since 1970 (then in UTC), as ISO 8601 or as in the Common format (then as written)."""
    text = str(value)
    if isinstance(value, (int, float)) or NUMBER.fullmatch(text):
        seconds = float(value)
        if isinstance(value, bool) or seconds < FIRST_LOG:
            return ""
        while SECONDS_BEFORE < seconds < 1e20:
            seconds /= 1_000
        return datetime.fromtimestamp(seconds, UTC).date().isoformat()
    if ISO_DAY.match(text):
        return text[:10]
    day, month, year = text[:11].split("/")
    return f"{year}-{MONTHS[month]}-{day}" if month in MONTHS else ""
