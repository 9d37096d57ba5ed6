"""What is known of sound pages makes verification quicker, and hides nothing."""

from __future__ import annotations

import os
import random
import sys
import threading
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from campaigns import in_part
from cityfolio.cache import Cache, NoCache
from cityfolio.files import sha256
from cityfolio.model.site import Entry, Manifest
from cityfolio.publish import sound_pages, verify as verifying
from cityfolio.publish.markup import read_page
from cityfolio.publish.sound_pages import SoundPages, Stretch, stretches
from cityfolio.publish.verify import Site, Verified, verify
from publish.sites import codes, html

Files = dict[str, bytes]
forking = pytest.mark.skipif(sys.platform != "linux", reason="processes are copied on Linux alone")
POLICY = "script-src 'self'"
META = '<meta http-equiv="Content-Security-Policy" content="script-src &#39;self&#39;">'
LOADS = '<link rel="stylesheet" href="../assets/civic.css"><script src="../assets/civic.js"></script>'
KINDS = {"a/index.html": "topic", "b/index.html": "topic", "raw.html": "data"}


def noise(size: int) -> str:
    """Text that compresses to about three quarters of its size."""
    return "".join(random.Random(size).choices("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+-", k=size))


def a_page(body: str) -> bytes:
    """A page that carries the policy, with a style and a script."""
    return html(body, META + LOADS).encode()


def files() -> Files:
    """A sound site: pages that lead to one another, to places in one another, and to files."""
    return {
        "index.html": html('<a href="a/#top">A</a><a href="b/">B</a>', META).encode(),
        "a/index.html": a_page('<h1 id="top">A</h1><p id="end" aria-describedby="top">x</p><a href="../b/#here">B</a>'),
        "b/index.html": a_page('<h1 id="here">B</h1><a href="../rows.csv">CSV</a><a href="../raw.html">raw</a>'),
        "heavy/index.html": html(noise(34_000), META).encode(),
        "rows.csv": b"species\noak\n", "raw.html": b"<script>x()</script>",
        "assets/civic.css": b"a { background: url(picture.svg) }", "assets/civic.js": b"", "assets/picture.svg": b"",
    }


def a_site(bodies: Mapping[str, bytes], sound: SoundPages | None = None) -> Site:
    entries = {path: Entry(path=path, bytes=len(body), sha256=sha256(body)) for path, body in bodies.items()}
    return Site(read=bodies.__getitem__, manifest=Manifest(entries=entries, made_by="cityfolio 0.1.0"), kinds=KINDS,
                policy=POLICY, sound=sound or SoundPages())


def known_in(folder: Path) -> SoundPages:
    """What is kept in a folder."""
    return SoundPages(Cache(folder), "a city")


@pytest.fixture
def known(tmp_path: Path) -> SoundPages:
    """What a build of the sound site has kept."""
    assert verify(a_site(files(), known_in(tmp_path))).problems == ()
    return known_in(tmp_path)


def replaced(path: str, was: str, now: str) -> Callable[[Site], Site]:
    """Change the bytes of a file."""
    return lambda _: a_site({**files(), path: files()[path].replace(was.encode(), now.encode(), 1)})


def written(path: str, body: bytes) -> Callable[[Site], Site]:
    """Put other bytes there."""
    return lambda _: a_site({**files(), path: body})


def without(path: str) -> Callable[[Site], Site]:
    """Leave a file out."""
    return lambda _: a_site({each: body for each, body in files().items() if each != path})


FAULTS: dict[str, tuple[Callable[[Site], Site], str]] = {
    "a link in the page": (replaced("a/index.html", "../b/", "../gone/"), "link-broken"),
    "a page that goes": (without("b/index.html"), "link-broken"),
    "a file that goes": (without("rows.csv"), "link-broken"),
    "a style that goes": (without("assets/civic.css"), "link-broken"),
    "a picture of a style that goes": (without("assets/picture.svg"), "link-broken"),
    "a place in another page": (replaced("b/index.html", "here", "there"), "anchor-broken"),
    "a place in the page": (replaced("a/index.html", 'id="top"', 'id="tip"'), "anchor-broken"),
    "a page that becomes data": (lambda site: replace(site, kinds={**KINDS, "b/index.html": "data"}), "anchor-broken"),
    "an id that is used twice": (replaced("a/index.html", 'id="end"', 'id="top"'), "html-invalid"),
    "a tag that is not closed": (replaced("a/index.html", "</h1>", ""), "html-invalid"),
    "a script in the page": (replaced("a/index.html", "<p", "<p onclick='x()'"), "html-invalid"),
    "another host": (replaced("a/index.html", "../assets/civic.js", "https://other.example/x.js"), "html-invalid"),
    "a script that is none of the theme's": (replaced("a/index.html", "../assets/civic.js", "../rows.csv"), "html-invalid"),
    "no policy": (replaced("a/index.html", META, ""), "html-invalid"),
    "no text": (written("a/index.html", b"<!doctype html>\xff"), "html-invalid"),
    "another policy": (lambda site: replace(site, policy="script-src 'none'"), "html-invalid"),
    "another policy for a type": (lambda site: replace(site, other_policies={"topic": "script-src 'none'"}), "html-invalid"),
    "a file of the catalog that becomes a page": (lambda site: replace(site, kinds={}), "html-invalid"),
    "a page that grows": (written("heavy/index.html", html(noise(50_000), META).encode()), "page-heavy"),
    "a page of a stricter type": (lambda site: replace(site, kinds={**KINDS, "heavy/index.html": "home"}), "page-heavy"),
    "a style that grows": (written("assets/civic.css", f"/*{noise(20_000)}*/".encode()), "page-heavy"),
    "a script that grows": (written("assets/civic.js", noise(20_000).encode()), "page-heavy"),
    "a page that lies elsewhere": (written("a/deep/index.html", files()["a/index.html"]), "link-broken"),
    "another base": (lambda site: replace(site, manifest=replace(site.manifest, base_url="https://other.example")), ""),
}


@pytest.mark.parametrize(("plant", "code"), FAULTS.values(), ids=FAULTS)
def test_a_fault_is_found_as_if_nothing_were_known(plant: Callable[[Site], Site], code: str, known: SoundPages) -> None:
    site = plant(a_site(files()))
    plain = verify(site)

    assert verify(replace(site, sound=known)) == plain
    assert verify(replace(site, sound=known)) == plain      # what was found just now is known, and hides nothing either
    assert code in codes(plain) or not code


@pytest.mark.parametrize("plant", [fault for fault, _ in FAULTS.values()], ids=FAULTS)
def test_a_site_that_was_mended_is_sound(plant: Callable[[Site], Site], tmp_path: Path) -> None:
    verify(replace(plant(a_site(files())), sound=known_in(tmp_path)))

    assert verify(a_site(files(), known_in(tmp_path))) == verify(a_site(files()))


def test_a_page_that_is_known_is_not_read(known: SoundPages, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(verifying, "read_page", lambda text: pytest.fail("read"))

    assert verify(a_site(files(), known)).problems == ()


def test_a_page_that_changed_is_the_only_one_that_is_read(known: SoundPages, monkeypatch: pytest.MonkeyPatch) -> None:
    read = list[str]()
    monkeypatch.setattr(verifying, "read_page", lambda text: read.append(text) or read_page(text))
    site = replaced("a/index.html", "x", "y")(a_site(files()))

    assert verify(replace(site, sound=known)).problems == ()
    assert read == [site.read("a/index.html").decode()]


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have few pages be worth a copy, whatever threads the tests have, in stretches of one page or two."""
    monkeypatch.setattr(verifying, "LEAST", 1)
    monkeypatch.setattr(threading, "active_count", lambda: 1)
    monkeypatch.setattr(sound_pages, "PAGES_OF_A_STRETCH", 2)


@forking
@pytest.mark.usefixtures("small")
@pytest.mark.parametrize("plant", in_part([pytest.param(fault, id=name) for name, (fault, _) in FAULTS.items()], 8))
def test_a_fault_is_found_whoever_looks(plant: Callable[[Site], Site], tmp_path: Path) -> None:
    site = plant(a_site(files()))
    plain = verify(site)

    assert verify(replace(site, workers=2)) == plain
    assert verify(replace(site, workers=2, sound=known_in(tmp_path))) == plain
    assert verify(replace(site, sound=known_in(tmp_path))) == plain      # what copies found was kept


@forking
@pytest.mark.usefixtures("small")
def test_pages_that_copies_found_sound_are_not_read_again(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    process = os.getpid()
    monkeypatch.setattr(verifying, "read_page", lambda text: pytest.fail("read") if os.getpid() == process else read_page(text))

    assert verify(replace(a_site(many(450), known_in(tmp_path)), workers=2)).problems == ()
    assert len(entries(tmp_path)) > 200


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize(("workers", "may"), [(1, True), (2, False)], ids=["one worker", "where no copy is safe"])
def test_pages_are_looked_through_by_the_process_itself(workers: int, may: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(verifying, "may_copy", lambda: may)
    monkeypatch.setattr(verifying, "done_ahead", lambda *_: pytest.fail("copied"))

    assert verify(replace(a_site(files()), workers=workers)).problems == ()


@pytest.mark.usefixtures("small")
def test_no_copy_looks_for_what_is_known(known: SoundPages, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sound_pages, "PAGES_OF_A_STRETCH", 128)
    monkeypatch.setattr(verifying, "done_ahead", lambda *_: pytest.fail("copied"))

    assert verify(replace(a_site(files(), known), workers=2)).problems == ()


def test_an_id_with_a_line_end_is_one_id(tmp_path: Path) -> None:
    bodies = {**files(), "b/index.html": a_page('<h1 id="here">B</h1><p id="one\nand">x</p>'),
              "index.html": html('<a href="b/#one%0Aand">B</a><a href="b/#one">B</a>', META).encode()}
    plain = verify(a_site(bodies))

    assert codes(plain) == ["anchor-broken"]
    assert [verify(a_site(bodies, known_in(tmp_path))) for _ in range(2)] == [plain, plain]


def entries(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file() and path.name != ".gitignore")


DAMAGES: dict[str, Callable[[bytes], bytes]] = {
    "a byte that flipped": lambda body: body[:-40] + bytes([body[-40] ^ 1]) + body[-39:],
    "cut short": lambda body: body[:-10],
    "empty": lambda body: b"",
    "another address in it": lambda body: body.replace(b"rows.csv", b"gone.csv"),
    "a digest in it": lambda body: body.replace(sha256(files()["a/index.html"]).encode(), sha256(b"").encode()),
}


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
def test_what_was_damaged_is_not_believed(damage: Callable[[bytes], bytes], known: SoundPages, tmp_path: Path) -> None:
    for path in entries(tmp_path):
        path.write_bytes(damage(path.read_bytes()))
    broken = written("a/index.html", b"")(a_site(files()))

    assert verify(a_site(files(), known)) == verify(a_site(files()))
    assert verify(replace(broken, sound=known)) == verify(broken)


def test_what_another_site_has_kept_is_not_believed(tmp_path: Path) -> None:
    verify(a_site(files(), known_in(tmp_path / "one")))
    verify(replace(a_site(files(), known_in(tmp_path / "two")), policy="", other_policies={"topic": "x"}))
    for path, other in zip(entries(tmp_path / "one"), entries(tmp_path / "two"), strict=True):
        path.write_bytes(other.read_bytes())
    site = replaced("a/index.html", META, "")(a_site(files()))

    assert verify(replace(site, sound=known_in(tmp_path / "one"))) == verify(site)


def many(count: int = 1000, **changed: str) -> Files:
    """A site of a thousand pages, or of so many; some of them with another text, or none."""
    bodies = {f"data/d{at:03}/index.html": f'<a href="../d{(at + 1) % count:03}/">Next</a>' for at in range(count)} | changed
    return {path: html(body, META).encode() for path, body in bodies.items()}


def state(folder: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in entries(folder)}


def test_an_edit_writes_one_entry_of_many(tmp_path: Path) -> None:
    verify(a_site(many(), known_in(tmp_path)))
    before = state(tmp_path)
    verify(a_site(many(**{"data/d500/index.html": "Other"}), known_in(tmp_path)))
    after = state(tmp_path)

    assert 4 <= len(before) <= 16
    assert before.keys() == after.keys()
    assert sum(before[path] != after[path] for path in before) == 1


def test_a_page_that_comes_moves_no_other_between_stretches() -> None:
    before = [tuple(stretch) for stretch in stretches(sorted(many()))]
    after = [tuple(stretch) for stretch in stretches(sorted(many(**{"data/d500x/index.html": ""})))]

    assert len(set(before) ^ set(after)) in (2, 3)
    assert [path for stretch in before for path in stretch] == sorted(many())


def test_nothing_is_kept_where_no_site_is_named(tmp_path: Path) -> None:
    result: Verified = verify(a_site(files(), SoundPages(Cache(tmp_path))))

    assert result.problems == ()
    assert entries(tmp_path) == []


def test_nothing_is_prepared_for_a_cache_that_keeps_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    prepared = list[Stretch]()
    monkeypatch.setattr(Stretch, "compact", lambda self: prepared.append(self) or self)
    changed = Stretch(is_changed=True)

    SoundPages(NoCache(), "a city").keep("index.html", changed)

    assert prepared == []
