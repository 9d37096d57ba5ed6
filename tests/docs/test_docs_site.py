"""The documents as a site: `make docs-site`."""

import re

import pytest

import docs_pages
import docs_site
from cityfolio.model.site import Output
from cityfolio.publish.folder_sink import FolderSink
from cityfolio.publish.sinks import MemorySink
from house.documents import ROOT, anchors
from pages.reader import read

DOCUMENTS = docs_pages.documents()
SHOWN_AS_WRITTEN = re.compile(r"```|^(?:[-*|]|\d+\.) |\]\(", re.MULTILINE)    # what Markdown left behind


@pytest.fixture(scope="module")
def written():
    sink = MemorySink()
    return docs_site.write_docs_site(sink, "https://docs.example.org/cityfolio"), sink.site


@pytest.fixture(scope="module")
def pages(written):
    found = {f"/{path.removesuffix('index.html')}": body for path, body in written[1].items() if path.endswith(".html")}
    return {url: read(Output(url=url, body=body, media_type="text/html", kind="document", source="")) for url, body in
            found.items()}


def test_the_documents_are_published_without_a_problem(written):
    result, _ = written

    assert result.problems == ()
    assert result.manifest is not None


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda document: document.path)
def test_each_document_has_a_page_with_its_title_and_its_headings(document, pages):
    page = pages[document.url]
    ids = {part.get("id") for level in "23456" for part in page.all(f"h{level}")}

    assert page.heading(1) == document.title
    assert anchors(f"{document.text}\n") - ids == set()


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda document: document.path)
def test_no_mark_of_markdown_is_left_for_a_reader_to_see(document, pages):
    prose = [part.text for part in pages[document.url].one("div", **{"class": "prose document"}).all("p")
             if not part.all("code")]

    assert [text for text in prose if SHOWN_AS_WRITTEN.search(text)] == []


def test_every_kind_of_document_is_in_the_navigation_and_lists_its_documents(pages):
    shown = {url: {link.text for link in pages[url].all("a")} for url in pages}

    assert [kind for kind, (title, _) in docs_pages.KINDS.items() if title not in shown["/"]] == []
    assert [each.path for each in DOCUMENTS if each.kind in ("tutorial", "how-to", "reference", "explanation")
            and each.title not in shown[f"/{each.kind}/"]] == []


def test_the_place_where_one_is_stands_out_in_the_navigation(pages):
    current = [link.text for link in pages["/how-to/deploy/"].all("a", **{"aria-current": "true"})]

    assert current == ["How-to guides"]


def test_two_builds_are_the_same_byte_for_byte(written):
    again = MemorySink()
    docs_site.write_docs_site(again, "https://docs.example.org/cityfolio")

    assert [path for path, body in written[1].items() if again.site[path] != body] == []


def test_documents_for_a_folder_have_links_to_files_and_no_index(tmp_path):
    result = docs_site.write_docs_site(FolderSink(tmp_path / "site"), for_folder=True)

    assert result.problems == ()
    assert 'href="how-to/deploy/index.html"' in (tmp_path / "site" / "index.html").read_text("utf-8")
    assert not (tmp_path / "site" / "search" / "index").exists()


def test_the_command_says_where_the_site_is(tmp_path, capsys):
    code = docs_site.main(["--output", str(tmp_path / "made" / "site")])

    assert (code, str(tmp_path / "made" / "site") in capsys.readouterr().out) == (0, True)
    assert (tmp_path / "made" / "site" / "how-to" / "deploy" / "index.html").is_file()


def test_a_folder_that_holds_other_things_is_left_alone(tmp_path, capsys):
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "letter.txt").write_text("Dear city")

    assert docs_site.main(["--output", str(tmp_path / "site")]) == 1
    assert "letter.txt" in capsys.readouterr().out
    assert (tmp_path / "site" / "letter.txt").read_text() == "Dear city"


@pytest.mark.parametrize(
    ("path", "url"),
    [
        ("docs/README.md", "/"), ("docs/how-to/deploy.md", "/how-to/deploy/"), ("docs/problems/README.md", "/problems/"),
        ("CONTRIBUTING.md", "/contributing/"), ("docs/reference/schema", "/reference/schema/"),
        ("docs/reference/schema/site.schema.json", "/reference/schema/site.schema.json"),
        (".github/workflows/release.yaml", "/repository/github/workflows/release.yaml"),
    ],
)
def test_a_file_of_the_repository_has_one_place_on_the_site(path, url):
    assert docs_pages.url_of(path) == url
    assert url.endswith("/") or docs_pages.path_of(url) == path


def document(text):
    return docs_pages._document("docs/how-to/deploy.md", f"# Deploy\n\n{text}")


def drawn(text, pictures=None):
    return str(docs_pages.rendered_document(document(text), lambda url: url, pictures or {}))


@pytest.mark.parametrize(
    ("text", "link"),
    [
        ("[all keys](../reference/catalog.md#siteyaml)", '<a href="/reference/catalog/#siteyaml" rel="noopener">all keys</a>'),
        ("[below](#below)", '<a href="/how-to/deploy/#below" rel="noopener">below</a>'),
        ("`[all](../keys.md)`", "<code>[all](../keys.md)</code>"),
        ("[there](https://example.gov/a.md)", '<a href="https://example.gov/a.md" rel="noopener">there</a>'),
    ],
    ids=["another document", "the same page", "code", "another site"],
)
def test_links_between_documents_lead_to_pages(text, link):
    assert link in drawn(text)


def test_code_within_a_step_of_a_list_stays_in_the_step():
    text = drawn("1. Build it:\n\n   ```sh\n   cityfolio build\n   ```\n\n2. Look at it.\n")

    assert re.sub(r"\s+", " ", text).count("<li>") == 2
    assert '<pre tabindex="0"><code>cityfolio build\n</code></pre>' in text


def test_headings_have_the_anchors_that_code_hosts_give_them():
    found = docs_pages.headings(drawn("## `site.yaml`: what all share\n\n### Twice\n\n### Twice\n"))

    assert [each.id for each in found] == ["siteyaml-what-all-share", "twice", "twice-1"]


def test_a_picture_has_its_words_and_the_room_that_it_takes():
    picture = docs_pages.Picture(path="/pictures/home.png", width=640, height=400)

    text = drawn("![The home page](../pictures/home.png)", {"home.png": picture})

    assert '<img src="/pictures/home.png" alt="The home page" width="640" height="400" loading="lazy">' in text


def test_what_is_linked_to_beside_documents_is_published(written):
    linked = {place for each in DOCUMENTS for place in docs_pages.linked_places(each.text) if not place.endswith("/")}

    assert linked
    assert [place for place in linked if place.lstrip("/") not in written[1]] == []
    assert written[1]["reference/schema/site.schema.json"] == (ROOT / "docs/reference/schema/site.schema.json").read_bytes()
