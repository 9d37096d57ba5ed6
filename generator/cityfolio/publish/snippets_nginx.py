"""Settings for nginx."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from cityfolio.publish.headers import ALWAYS
from cityfolio.publish.snippets_facts import Facts, Rule

HEAD = """\
# nginx, for a site made by Cityfolio. Include this file in the http block; certificates and `listen 443 ssl` are yours.
# With packed files beside the site (`precompress: true`), nginx sends .gz by itself. For .br it needs the module
# brotli_static (in Debian: libnginx-mod-http-brotli-static); take the sign # away from its line then.
"""


def nginx(facts: Facts) -> str:
    """Two maps and a server. A `root` that others share holds the site in the folder of its path."""
    maps = *_map("cityfolio_cache", facts.cache), *_map("cityfolio_policy", facts.policies)
    return "\n".join((HEAD, *maps, *_server(facts), ""))


def _map(name: str, rules: tuple[Rule, ...]) -> Iterator[str]:
    # nginx takes the first pattern that fits, so the last rule comes first. $uri is that of the file, an index.html too.
    yield f"map $uri ${name} {{"
    for rule in reversed(rules):
        yield f"    {_quoted(f'~{rule.pattern}') if rule.pattern else 'default'} {_quoted(rule.value)};"
    yield "}\n"


def _server(facts: Facts) -> Iterator[str]:
    yield "server {"
    yield from _indented((
        "listen 80;", f"server_name {facts.host or '_'};", f"root {_quoted(facts.root)};", "index index.html;",
        "absolute_redirect off;", "server_tokens off;", f"error_page 404 {_quoted(facts.not_found)};", "",
        "gzip_static on;", "# brotli_static on;", "gzip_vary on;", "",
        *(f"add_header {name} {_quoted(value)} always;" for name, value in ALWAYS.items()),
        "add_header Cache-Control $cityfolio_cache always;", "add_header Content-Security-Policy $cityfolio_policy always;",
        "# Once everything is sent over https, also:", '# add_header Strict-Transport-Security "max-age=31536000" always;', "",
        "default_type application/octet-stream;", "types {", *(f"    {line}" for line in _types(facts)), "}", "",
        r'location ~ "/\.(?!well-known/)" { return 404; }',
        *(f"location = {_quoted(address)} {{ return 404; }}" for address in facts.for_hosts),
        # A pattern, as that for hidden files is: the first one that fits is taken.
        *(f"location ~ {_quoted('^' + start.replace('.', chr(92) + '.'))} {{ types {{ }} default_type {_quoted(kind)}; }}"
          for start, kind in facts.bare_types.items()),
        *(f"location = {_quoted(old)} {{ return 301 {_quoted(new)}; }}" for old, new in sorted(facts.moved.items())),
    ))
    yield "}"


def _types(facts: Facts) -> Iterator[str]:
    for kind in sorted(set(facts.types.values())):
        yield f"{_quoted(kind)} {' '.join(ending for ending, its in facts.types.items() if its == kind)};"


def _indented(lines: Iterable[str]) -> Iterator[str]:
    return (f"    {line}".rstrip() for line in lines)


def _quoted(text: str) -> str:
    # Of what ends a string or is read in one, addresses hold nothing but the dollar, and that only in what is not read.
    return '"' + text.replace('"', '\\"') + '"'
