"""Settings for Apache, as a file .htaccess or for a <Directory>."""

from __future__ import annotations

from collections.abc import Iterator

from cityfolio.publish.headers import ALWAYS
from cityfolio.publish.snippets_facts import Facts, Rule

HEAD = """\
# Apache 2.4, for a site made by Cityfolio. Put this into the <Directory> of the site, or beside it as .htaccess where
# AllowOverride has FileInfo, Indexes and Options. It needs the modules headers, rewrite, mime and dir.
"""
PACKED = r"(?:\.br|\.gz)?"


def apache(facts: Facts) -> str:
    """Directives that may stand in a <Directory> or in .htaccess."""
    return "\n".join((HEAD, *_site(facts), "", *_headers(facts), "", *_types(facts), "", *_rewriting(facts), ""))


def _site(facts: Facts) -> Iterator[str]:
    yield "DirectoryIndex index.html"
    yield "Options -Indexes"
    yield f"ErrorDocument 404 {facts.not_found}"
    yield "AddDefaultCharset Off"


def _headers(facts: Facts) -> Iterator[str]:
    for name, value in ALWAYS.items():
        yield f"Header always set {name} {_quoted(value)}"
    for name, rules in (("Cache-Control", facts.cache), ("Content-Security-Policy", facts.policies)):
        yield from (f"Header always set {name} {_quoted(rule.value)}{_where(rule)}" for rule in rules)
    yield "# Once everything is sent over https, also:"
    yield '# Header always set Strict-Transport-Security "max-age=31536000"'


def _where(rule: Rule) -> str:
    # The address of a packed form ends in .br or .gz when the headers are made.
    pattern = rule.pattern.removesuffix("$") + PACKED + "$"
    return f' "expr=%{{REQUEST_URI}} =~ m#{pattern}#"' if rule.pattern else ""


def _types(facts: Facts) -> Iterator[str]:
    for ending, kind in facts.types.items():
        yield f"AddType {_quoted(kind)} .{ending}"
    for start, kind in facts.bare_types.items():
        pattern = f"^{start.replace('.', chr(92) + '.')}"
        yield f'<If "%{{REQUEST_URI}} =~ m#{pattern}#">\n    ForceType {_quoted(kind)}\n</If>'


def _rewriting(facts: Facts) -> Iterator[str]:
    yield "RewriteEngine On"
    yield r"RewriteRule (?:^|/)\.(?!well-known/) - [R=404,L]"
    yield from (f"RewriteRule ^{address.rpartition('/')[2]}$ - [R=404,L]" for address in facts.for_hosts)
    for old, new in sorted(facts.moved.items()):
        yield f"RewriteCond %{{REQUEST_URI}} {_quoted('=' + old)}"
        yield f"RewriteRule ^ {_quoted(new.replace('%', chr(92) + '%'))} [R=301,L,NE]"
    yield "# Packed forms that lie beside their files (`precompress: true`)."
    for sign, ending in (("br", "br"), ("gzip", "gz")):
        yield rf"RewriteCond %{{HTTP:Accept-Encoding}} \b{sign}\b"
        yield rf"RewriteCond %{{REQUEST_FILENAME}}.{ending} -f"
        yield rf"RewriteRule ^(.+)$ $1.{ending} [L,E=no-gzip:1,E=no-brotli:1]"
    yield "AddEncoding br .br"
    yield "AddEncoding gzip .gz"
    yield "RemoveLanguage .br"
    yield "RemoveType .gz"
    yield "Header append Vary Accept-Encoding"


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '\\"') + '"'
