"""One request as a line of each format of access logs."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote

BROWSER = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/137.0.0.0 Safari/537.36"
CLOUDFRONT = ("#Version: 1.0\n#Fields: date time x-edge-location sc-bytes c-ip cs-method cs(Host) cs-uri-stem sc-status "
              "cs(Referer) cs(User-Agent) cs-uri-query\n")


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A request, with what tests do not care for filled in."""

    path: str = "/data/trees/"
    day: str = "2026-06-12"
    client: str = "203.0.113.7"
    method: str = "GET"
    status: int = 200
    referrer: str = "-"
    agent: str = BROWSER

    @property
    def moment(self) -> datetime:
        """When it was asked, at noon in UTC."""
        return datetime.fromisoformat(f"{self.day}T12:00:00+00:00")


def common(hit: Hit) -> str:
    """As Apache's Common format has it."""
    when = hit.moment.strftime("%d/%b/%Y:%H:%M:%S +0000")
    return f'{hit.client} - - [{when}] "{hit.method} {hit.path} HTTP/1.1" {hit.status} 2326'


def combined(hit: Hit) -> str:
    """As nginx writes it when nobody says otherwise."""
    return f'{common(hit)} "{hit.referrer}" "{hit.agent}"'


def with_site(hit: Hit) -> str:
    """As Apache's vhost_combined has it."""
    return f"data.example.gov:443 {combined(hit)}"


def caddy(hit: Hit) -> str:
    """As Caddy has it."""
    headers = {"User-Agent": [hit.agent]} | ({} if hit.referrer == "-" else {"Referer": [hit.referrer]})
    return json.dumps({"level": "info", "ts": hit.moment.timestamp(), "msg": "handled request", "status": hit.status,
                       "request": {"remote_ip": hit.client, "client_ip": hit.client, "method": hit.method, "uri": hit.path,
                                   "headers": headers}})


def nginx_json(hit: Hit) -> str:
    """As nginx has it with a log_format in JSON."""
    return json.dumps({"time_iso8601": hit.moment.isoformat(), "remote_addr": hit.client, "status": str(hit.status),
                       "request": f"{hit.method} {hit.path} HTTP/2.0", "http_referer": hit.referrer,
                       "http_user_agent": hit.agent})


def cloudflare(hit: Hit) -> str:
    """As Cloudflare's Logpush has it, with its time in billionths."""
    return json.dumps({"ClientIP": hit.client, "ClientRequestMethod": hit.method, "ClientRequestURI": hit.path,
                       "ClientRequestReferer": hit.referrer, "ClientRequestUserAgent": hit.agent,
                       "EdgeResponseStatus": hit.status, "EdgeStartTimestamp": int(hit.moment.timestamp()) * 10**9})


def cloudfront(hit: Hit) -> str:
    """As CloudFront has it, with the lines that begin its files."""
    given = (hit.day, "12:00:00", "CLT50", "2326", hit.client, hit.method, "d1.cloudfront.net", hit.path, str(hit.status),
             hit.referrer, quote(hit.agent), "-")
    return CLOUDFRONT + "\t".join(given)


def iis(hit: Hit) -> str:
    """As IIS has it, with the line that names its columns."""
    agent = hit.agent.replace(" ", "+")
    return ("#Fields: date time cs-method cs-uri-stem cs-uri-query c-ip cs(User-Agent) cs(Referer) sc-status\n"
            f"{hit.day} 12:00:00 {hit.method} {hit.path} - {hit.client} {agent} {hit.referrer} {hit.status}")


def s3(hit: Hit) -> str:
    """As Amazon S3 has it."""
    when = hit.moment.strftime("%d/%b/%Y:%H:%M:%S +0000")
    return (f"79a5 portal [{when}] {hit.client} - 3E57427F33A59F07 WEBSITE.{hit.method}.OBJECT data/trees "
            f'"{hit.method} {hit.path} HTTP/1.1" {hit.status} - 2326 2326 7 6 "{hit.referrer}" "{hit.agent}" - h= - - - x -')


FORMATS: dict[str, Callable[[Hit], str]] = {each.__name__: each for each in (
    common, combined, with_site, caddy, nginx_json, cloudflare, cloudfront, iis, s3)}
