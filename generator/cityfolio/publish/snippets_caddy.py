"""Settings for Caddy."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from cityfolio.publish.headers import ALWAYS
from cityfolio.publish.snippets_facts import Facts, Rule

HEAD = """\
# Caddy 2.6 or later, for a site made by Cityfolio. It gets certificates by itself.
# Packed files beside the site (`precompress: true`) are sent to browsers that take them.
"""
PLACEHOLDERS = ("{", "}")      # Caddy fills them in; there is no way to write them as they are
PAGE_TYPE = "text/html; charset=utf-8"


def caddy(facts: Facts) -> str:
    """A site block. Inside `route` everything is done in the order in which it stands."""
    site = (f"root * {_quoted(facts.root)}", *_block("route", _route(facts)), *_block("handle_errors", _errors(facts)))
    return "\n".join((HEAD, *_block(facts.host or ":80", site), ""))


def _route(facts: Facts) -> Iterator[str]:
    for old, new in sorted(facts.moved.items()):
        if not any(sign in old for sign in PLACEHOLDERS):
            yield f"redir {_quoted(old)} {_quoted(new)} permanent"
    for name, value in ALWAYS.items():
        yield f"header {name} {_quoted(value)}"
    yield from _shown_to_nobody(facts)
    yield from _ruled("cache", "Cache-Control", facts.cache)
    yield from _ruled("policy", "Content-Security-Policy", facts.policies)
    yield from _typed(facts)
    yield from _block("file_server", ("precompressed br gzip",))


def _shown_to_nobody(facts: Facts) -> Iterator[str]:
    """Hidden files but those below /.well-known/, and what other hosts read."""
    yield from _block("@hidden", ("path_regexp `/\\.`", f"not path_regexp `^{facts.prefix}/\\.well-known(?:/[^./][^/]*)*/?$`"))
    yield "error @hidden 404"
    yield from (f"error {address} 404" for address in facts.for_hosts)


def _typed(facts: Facts) -> Iterator[str]:
    for number, kind in enumerate(sorted(set(facts.types.values()))):
        endings = "|".join(ending for ending, its in facts.types.items() if its == kind)
        yield f"@type{number} path_regexp `\\.(?:{endings})$`"
        yield f"header @type{number} Content-Type {_quoted(kind)}"
    yield "@folder path */"
    yield f"header @folder Content-Type {_quoted(PAGE_TYPE)}"
    for start, kind in facts.bare_types.items():
        yield f"header {_quoted(f'{start}*')} Content-Type {_quoted(kind)}"


def _errors(facts: Facts) -> Iterator[str]:
    """The page for addresses that lead nowhere."""
    page = next(rule.value for rule in reversed(facts.policies) if rule.pattern.startswith("("))
    yield "@absent expression {err.status_code} == 404"
    yield from _block("handle @absent", (
        f"rewrite * {_quoted(facts.not_found)}",
        f"header Content-Security-Policy {_quoted(page)}",
        f"header Content-Type {_quoted(PAGE_TYPE)}",
        "file_server",
    ))


def _ruled(name: str, header: str, rules: tuple[Rule, ...]) -> Iterator[str]:
    for number, rule in enumerate(rules):
        if rule.pattern:
            yield f"@{name}{number} path_regexp `{rule.pattern}`"
            yield f"header @{name}{number} {header} {_quoted(rule.value)}"
        else:
            yield f"header {header} {_quoted(rule.value)}"


def _block(name: str, lines: Iterable[str]) -> Iterator[str]:
    yield f"{name} {{"
    yield from (f"\t{line}" for line in lines)
    yield "}"


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '\\"') + '"'
