"""What a host is told that cannot know types by endings."""

from __future__ import annotations

from cities import a_build, a_city
from cityfolio.build import Workshop, build_site
from cityfolio.files import MemoryTree
from cityfolio.load.catalog import load
from cityfolio.publish.headers import ALL_HASHED, HASHED, TYPES_BY_PATH, headers_file
from cityfolio.publish.sinks import MemorySink

FOR_HOSTS = ("_headers", "_redirects")


def rules(text: str) -> dict[str, list[str]]:
    """The headers by path, read as hosts read them."""
    found: dict[str, list[str]] = {}
    path = ""
    for line in text.splitlines():
        if line.startswith("/"):
            path = line
            found[path] = []
        else:
            found[path].append(line.strip())
    return found


def written() -> dict[str, list[str]]:
    body = headers_file().body
    assert isinstance(body, bytes)
    return rules(body.decode())


def test_actions_of_ckan_are_sent_as_json() -> None:
    assert written()["/api/3/action/*"] == ["Content-Type: application/json"]


def test_the_api_catalog_is_sent_as_what_it_is() -> None:
    assert written()["/.well-known/api-catalog"] == [
        'Content-Type: application/linkset+json; profile="https://www.rfc-editor.org/info/rfc9727"']


def test_what_is_named_by_its_content_stays_for_ever() -> None:
    found = written()

    assert found["/assets/*"] == ["Cache-Control: public, max-age=31536000, immutable"]


def test_every_file_of_the_folder_that_stays_for_ever_is_named_by_its_content() -> None:
    tree, sink = MemoryTree(a_city()), MemorySink()
    build_site(load(tree), a_build(), Workshop(tree=tree, sink=sink))

    found = [path for path in sink.site if path.startswith(ALL_HASHED)]

    assert found
    assert [path for path in found if not HASHED.fullmatch(path)] == []


def test_no_header_stands_in_two_rules_that_meet() -> None:
    found = written()

    assert not {each.partition(":")[0] for each in found["/*"]} & {"Content-Type", "Content-Security-Policy"}
    assert "X-Content-Type-Options: nosniff" in found["/*"]


def test_every_file_of_a_site_has_an_ending_or_a_rule() -> None:
    tree, sink = MemoryTree(a_city()), MemorySink()
    build_site(load(tree), a_build(), Workshop(tree=tree, sink=sink))

    bare = [path for path in sink.site if "." not in path.rpartition("/")[2] and path not in FOR_HOSTS]

    assert "_headers" in sink.site
    assert bare
    assert [path for path in bare if not path.startswith(tuple(TYPES_BY_PATH))] == []
