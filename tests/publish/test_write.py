"""A site is written whole or not at all, and what did not change is left alone."""

import errno
import os
import stat
import threading
import time

import pytest

from cityfolio import files, folders
from cityfolio.files import FolderTree, MemoryTree, sha256
from cityfolio.model.site import Change, CopyOf, Made
from cityfolio.problems import Location, Problem
from cityfolio.publish.folder_sink import FolderSink
from cityfolio.publish.manifest import manifest_in
from cityfolio.publish.sinks import MemorySink
from cityfolio.publish.verify import site_in, verify
from cityfolio.publish.write import Edition
from publish.sites import EDITION, a_site, an_output, beside, codes, contents, html, in_memory, says, written

CSV = b"species,height\n" + b"oak,12\n" * 1000
TREE = MemoryTree({"datasets/trees/trees.csv": CSV})
COPY = CopyOf(path="datasets/trees/trees.csv", bytes=len(CSV), sha256=sha256(CSV))


def test_every_output_is_a_file_and_nothing_else_is(tmp_path):
    result = written(a_site(), tmp_path / "out")

    assert codes(result) == []
    assert contents(tmp_path / "out") == in_memory(a_site())
    assert sorted(contents(tmp_path / "out")) == [
        "assets/civic.0a1b2c3d.css", "data/trees/index.html", "data/trees/trees.csv", "index.html", "manifest.json",
    ]
    assert beside(tmp_path / "out") == ["out"]


def test_the_manifest_holds_the_digest_and_size_of_every_file(tmp_path):
    written(a_site(), tmp_path / "out")
    on_disk = contents(tmp_path / "out")
    on_disk.pop("manifest.json")
    listed = manifest_in(tmp_path / "out")

    assert {path: (entry.bytes, entry.sha256) for path, entry in listed.entries.items()} == {
        path: (len(body), sha256(body)) for path, body in on_disk.items()
    }
    assert (listed.made_by, listed.base_url) == ("cityfolio 0.1.0", "https://data.example.gov")


def test_the_order_of_the_outputs_leaves_no_trace():
    assert in_memory(a_site()) == in_memory(reversed(a_site()))


def test_a_site_of_nothing_is_a_site(tmp_path):
    result = written([], tmp_path / "out")

    assert result.manifest is not None
    assert list(contents(tmp_path / "out")) == ["manifest.json"]


def test_what_did_not_change_keeps_its_file_and_its_time(tmp_path):
    written(a_site(), tmp_path / "out")
    before = (tmp_path / "out/data/trees/trees.csv").stat()
    result = written(a_site(new=html("new")), tmp_path / "out")
    after = (tmp_path / "out/data/trees/trees.csv").stat()

    assert result.change == Change(added=1, changed=0, removed=0, unchanged=4)
    assert (before.st_ino, before.st_mtime_ns) == (after.st_ino, after.st_mtime_ns)
    assert after.st_nlink == 1


def test_a_change_is_counted_by_file(tmp_path):
    first = written(a_site(**{"old/": ""}), tmp_path / "out")
    second = written(a_site(**{"data/trees/trees.csv": "species\nelm\n", "new/": ""}), tmp_path / "out")

    assert first.change == Change(added=5)
    assert second.change == Change(added=1, changed=1, removed=1, unchanged=3)
    assert contents(tmp_path / "out") == in_memory(a_site(**{"data/trees/trees.csv": "species\nelm\n", "new/": ""}))


def test_the_same_site_again_swaps_nothing(tmp_path, monkeypatch):
    written(a_site(), tmp_path / "out")
    monkeypatch.setattr(folders, "swap_folders", lambda *paths: pytest.fail("swapped"))
    result = written(a_site(), tmp_path / "out")

    assert result.change == Change(unchanged=4)
    assert result.manifest == manifest_in(tmp_path / "out")
    assert beside(tmp_path / "out") == ["out"]


@pytest.mark.parametrize(
    "tamper",
    [
        lambda path: path.write_bytes(b"tampered"),
        lambda path: path.write_bytes(bytes(len(path.read_bytes()))),
        lambda path: path.unlink(),
        lambda path: path.chmod(0o600),
        lambda path: (path.rename(path.with_name("index.html")), path.symlink_to("index.html")),
    ],
    ids=["other bytes", "same size", "removed", "mode", "a link"],
)
def test_a_file_that_was_tampered_with_is_written_again(tmp_path, tamper):
    written(a_site(), tmp_path / "out")
    path = tmp_path / "out/data/trees/trees.csv"
    tamper(path)
    result = written(a_site(), tmp_path / "out")

    assert codes(result) == []
    assert contents(tmp_path / "out") == in_memory(a_site())
    assert stat.S_IMODE(path.lstat().st_mode) == 0o644
    assert not path.is_symlink()


def test_a_file_that_was_tampered_with_in_place_of_the_catalog_is_never_linked_to_it(tmp_path):
    (tmp_path / "trees.csv").write_bytes(CSV)
    copy = CopyOf(path="trees.csv", bytes=len(CSV), sha256=sha256(CSV))
    written(a_site(**{"data/trees/trees.csv": copy}), tmp_path / "out", FolderTree(tmp_path))

    assert not (tmp_path / "out/data/trees/trees.csv").samefile(tmp_path / "trees.csv")


def test_a_file_system_without_links_costs_time_and_nothing_else(tmp_path, monkeypatch):
    written(a_site(), tmp_path / "out")
    (tmp_path / "out/.gitignore").write_text("*\n")
    monkeypatch.setattr(files, "link_file", lambda existing, path: False)
    result = written(a_site(new=html()), tmp_path / "out")

    assert result.change == Change(added=1, unchanged=4)
    assert contents(tmp_path / "out") == {**in_memory(a_site(new=html())), ".gitignore": b"*\n"}


def test_files_of_the_catalog_are_copied_as_they_are(tmp_path):
    written(a_site(**{"data/trees/trees.csv": COPY}), tmp_path / "out", TREE)

    assert (tmp_path / "out/data/trees/trees.csv").read_bytes() == CSV


def test_an_unchanged_copy_is_not_read_from_the_catalog_again(tmp_path):
    written(a_site(**{"data/trees/trees.csv": COPY}), tmp_path / "out", TREE)
    result = written(a_site(new=html(), **{"data/trees/trees.csv": COPY}), tmp_path / "out", MemoryTree({}))

    assert result.change.unchanged == 4


@pytest.mark.parametrize(
    ("body", "says_"),
    [(CSV + b"elm,3\n", "changed while"), (CSV[:-1], "changed while"), (CSV[:-2] + b"3\n", "changed while")],
    ids=["longer", "shorter", "same size"],
)
def test_a_file_that_changed_since_it_was_read_is_not_published(tmp_path, body, says_):
    written(a_site(), tmp_path / "out")
    tree = MemoryTree({"datasets/trees/trees.csv": body})
    result = written(a_site(**{"data/trees/trees.csv": COPY}), tmp_path / "out", tree)

    assert codes(result) == ["file-changed"]
    assert says_ in says(result)[0]
    assert result.problems[0].where.path == "datasets/trees/trees.csv"
    assert contents(tmp_path / "out") == in_memory(a_site())


def test_a_file_that_went_away_is_a_problem_of_the_catalog(tmp_path):
    result = written(a_site(**{"data/trees/trees.csv": COPY}), tmp_path / "out", FolderTree(tmp_path))

    assert codes(result) == ["file-changed"]
    assert "No such file" in says(result)[0]
    assert beside(tmp_path / "out") == []


def test_a_former_site_that_cannot_be_looked_at_does_not_spoil_the_new_one(tmp_path, monkeypatch):
    written(a_site(), tmp_path / "out")
    look = os.stat

    def refused(path, *given, **named):
        if str(path).endswith("-new/manifest.json"):
            raise OSError(errno.ENOSPC, "No space left on device", str(path))
        return look(path, *given, **named)

    monkeypatch.setattr(os, "stat", refused)
    result = written(a_site(new=html()), tmp_path / "out")
    monkeypatch.undo()

    assert result.problems == ()
    assert contents(tmp_path / "out") == in_memory(a_site(new=html()))
    assert beside(tmp_path / "out") == ["out"]


@pytest.mark.parametrize("other", ["/data/trees/trees.csv", "/DATA/trees/trees.csv", "/data/trees/trees.csv/more/"],
                         ids=["same", "case", "folder"])
def test_who_claimed_the_address_of_a_file_that_changed_is_remembered(tmp_path, other):
    outputs = [*a_site(**{"data/trees/trees.csv": COPY}), an_output(other, source="b.yaml")]
    result = written(outputs, tmp_path / "out", MemoryTree({"datasets/trees/trees.csv": b"x"}))

    assert codes(result) == ["file-changed", "address-collision"]


def test_every_bad_address_is_reported_at_once_and_nothing_is_written(tmp_path):
    outputs = [*a_site(), an_output("/../x", source="a.yaml"), an_output("/DATA/trees/", source="b.yaml"),
               an_output("/data/trees/", source="c.yaml")]
    result = written(outputs, tmp_path / "out")

    assert codes(result) == ["address-invalid", "address-collision", "address-collision"]
    assert result.manifest is None
    assert beside(tmp_path / "out") == []


def test_a_fault_that_shows_itself_only_while_outputs_are_made_leaves_the_former_site(tmp_path):
    written(a_site(), tmp_path / "out")
    fault = Problem(code="theme-template", where=Location(path="theme/templates/home.html"), says="it fails", fix="Mend it.")
    edition = Edition(made_by="cityfolio 0.1.0", faults=lambda: [fault])
    result = written(a_site(**{"": "Other"}), tmp_path / "out", edition=edition)

    assert result.problems == (fault,)
    assert result.manifest is None
    assert contents(tmp_path / "out") == in_memory(a_site())


def test_a_site_with_a_broken_link_does_not_replace_a_sound_one(tmp_path):
    written(a_site(), tmp_path / "out")
    result = written(a_site(**{"": '<a href="data/elms/">Elms</a>'}), tmp_path / "out")

    assert codes(result) == ["link-broken"]
    assert result.manifest is None
    assert contents(tmp_path / "out") == in_memory(a_site())


def test_a_site_that_lost_an_address_does_not_replace_one_that_has_it(tmp_path):
    first = written(a_site(**{"data/old/": ""}), tmp_path / "out")
    edition = Edition(made_by="cityfolio 0.1.0", previous=first.manifest)
    result = written(a_site(), tmp_path / "out", edition=edition)

    assert codes(result) == ["address-dropped"]
    assert (tmp_path / "out/data/old/index.html").exists()


def test_an_address_that_was_taken_back_may_go(tmp_path):
    first = written(a_site(**{"data/old/": ""}), tmp_path / "out")
    edition = Edition(made_by="cityfolio 0.1.0", previous=first.manifest, withdrawn=lambda: {"/data/old/"})
    result = written(a_site(), tmp_path / "out", edition=edition)

    assert codes(result) == []
    assert not (tmp_path / "out/data/old").exists()


def test_the_weight_of_the_heaviest_page_of_each_type_is_told():
    outputs = [an_output("/", "x" * 500, kind="home"), an_output("/a/", "a", kind="dataset"),
               an_output("/b/", "bb", kind="dataset")]
    result = written(outputs, MemorySink())

    assert [(weight.kind, weight.url, weight.raw) for weight in result.weights] == [
        ("dataset", "/b/", len(html("bb"))), ("home", "/", len(html("x" * 500))),
    ]
    assert 0 < result.weights[1].gzipped < result.weights[1].raw


def test_the_written_folder_verifies_on_its_own(tmp_path):
    written(a_site(), tmp_path / "out")

    assert verify(site_in(tmp_path / "out")).problems == ()


def test_a_folder_without_a_site_cannot_be_verified(tmp_path):
    with pytest.raises(FileNotFoundError, match="no manifest"):
        site_in(tmp_path)


def test_a_tracked_gitignore_stays_and_is_in_no_manifest(tmp_path):
    (tmp_path / "out").mkdir()
    (tmp_path / "out/.gitignore").write_text("*\n!.gitignore\n")
    before = (tmp_path / "out/.gitignore").stat()
    written(a_site(), tmp_path / "out")
    result = written(a_site(new=html()), tmp_path / "out")
    after = (tmp_path / "out/.gitignore").stat()

    assert (before.st_ino, before.st_mtime_ns) == (after.st_ino, after.st_mtime_ns)
    assert ".gitignore" not in result.manifest.entries
    assert (tmp_path / "out/.gitignore").read_text() == "*\n!.gitignore\n"


@pytest.mark.parametrize("name", ["photo.jpg", ".git/HEAD", "index.html", "sub/note.txt"])
def test_a_folder_with_somebodys_files_is_refused(tmp_path, name):
    path = tmp_path / "out" / name
    path.parent.mkdir(parents=True)
    path.write_text("mine")
    result = written(a_site(), tmp_path / "out")

    assert codes(result) == ["output-foreign"]
    assert name in says(result)[0]
    assert contents(tmp_path / "out") == {name: b"mine"}
    assert beside(tmp_path / "out") == ["out"]


def test_a_file_that_somebody_put_beside_the_pages_is_not_lost(tmp_path):
    written(a_site(), tmp_path / "out")
    (tmp_path / "out/CNAME").write_text("data.example.gov")
    (tmp_path / "out/link").symlink_to("/etc")
    result = written(a_site(new=html()), tmp_path / "out")

    assert codes(result) == ["output-foreign"]
    assert "CNAME, link, which no build wrote" in says(result)[0]
    assert (tmp_path / "out/CNAME").read_text() == "data.example.gov"


def test_many_foreign_files_are_not_all_named(tmp_path):
    (tmp_path / "out").mkdir()
    for number in range(9):
        (tmp_path / f"out/{number}.jpg").write_text("")
    result = written(a_site(), tmp_path / "out")

    assert "0.jpg, 1.jpg, 2.jpg and 6 more" in says(result)[0]


def test_what_a_file_manager_leaves_is_no_reason_to_refuse(tmp_path):
    written(a_site(), tmp_path / "out")
    (tmp_path / "out/data/.DS_Store").write_text("")
    result = written(a_site(new=html()), tmp_path / "out")

    assert codes(result) == []
    assert not (tmp_path / "out/data/.DS_Store").exists()


def test_a_manifest_of_something_else_makes_a_folder_foreign(tmp_path):
    (tmp_path / "out").mkdir()
    (tmp_path / "out/manifest.json").write_text('{"name": "an app"}')

    assert codes(written(a_site(), tmp_path / "out")) == ["output-foreign"]


def test_a_file_in_the_place_of_the_output_folder_is_refused(tmp_path):
    (tmp_path / "out").write_text("mine")

    assert codes(written(a_site(), tmp_path / "out")) == ["output-foreign"]
    assert (tmp_path / "out").read_text() == "mine"


@pytest.mark.parametrize("output", ["catalog", "catalog/output", ".", "catalog/../catalog/x", "link/x"])
def test_output_and_catalog_may_not_lie_one_inside_the_other(tmp_path, output):
    (tmp_path / "catalog").mkdir()
    (tmp_path / "link").symlink_to("catalog")
    result = written(a_site(), FolderSink(tmp_path / output, apart_from=(tmp_path / "catalog",)))

    assert codes(result) == ["output-inside"]
    assert beside(tmp_path / "catalog") == ["catalog", "link"]


def test_output_may_lie_beside_the_catalog_under_a_similar_name(tmp_path):
    (tmp_path / "catalog").mkdir()

    assert codes(written(a_site(), FolderSink(tmp_path / "catalog-site", apart_from=(tmp_path / "catalog",)))) == []


def test_an_output_folder_that_is_a_link_is_replaced_where_it_leads(tmp_path):
    (tmp_path / "real").mkdir()
    (tmp_path / "out").symlink_to("real")
    written(a_site(), tmp_path / "out")

    assert (tmp_path / "out").is_symlink()
    assert contents(tmp_path / "real") == in_memory(a_site())


def test_an_output_folder_is_made_with_the_folders_above_it(tmp_path):
    assert codes(written(a_site(), tmp_path / "a/b/out")) == []


@pytest.mark.parametrize(
    ("number", "fix"),
    [(errno.ENOSPC, "Free some space"), (errno.EACCES, "you may write"), (errno.EBUSY, "mount point"),
     (errno.EIO, "Try again")],
    ids=["full", "not allowed", "mount point", "broken disk"],
)
def test_what_the_system_refuses_is_a_problem_that_says_what_to_do(tmp_path, monkeypatch, number, fix):
    def refuse(path):
        raise OSError(number, os.strerror(number))

    written(a_site(), tmp_path / "out")
    monkeypatch.setattr(files, "make_folder", refuse)
    result = written(a_site(new=html()), tmp_path / "out")

    assert codes(result) == ["output-unwritable"]
    assert os.strerror(number) in says(result)[0]
    assert result.problems[0].where.path.startswith(str(tmp_path / "out"))
    assert fix in result.problems[0].fix
    assert contents(tmp_path / "out") == in_memory(a_site())


def test_an_error_of_the_program_is_not_taken_for_one_of_the_disk(tmp_path):
    def outputs():
        yield from a_site()
        raise FileNotFoundError("a template of ours")

    with pytest.raises(FileNotFoundError, match="a template of ours"):
        written(outputs(), tmp_path / "out")
    assert beside(tmp_path / "out") == []


def test_what_an_interrupted_build_left_is_cleared(tmp_path):
    written(a_site(), tmp_path / "out")
    (tmp_path / ".out.cityfolio-new/data").mkdir(parents=True)
    (tmp_path / ".out.cityfolio-new/data/index.html").write_text("half a page")
    (tmp_path / ".out.cityfolio-old").mkdir()
    written(a_site(new=html()), tmp_path / "out")

    assert beside(tmp_path / "out") == ["out"]
    assert contents(tmp_path / "out") == in_memory(a_site(new=html()))


def test_a_former_site_that_cannot_be_removed_is_told_and_removed_next_time(tmp_path, monkeypatch):
    written(a_site(), tmp_path / "out")
    with monkeypatch.context() as patch:
        patch.setattr(folders.os, "rmdir", lambda path: os.stat("/absent"))
        result = written(a_site(new=html()), tmp_path / "out")
    again = written(a_site(), tmp_path / "out")

    assert "could not be removed" in result.note
    assert result.manifest is not None
    assert (again.note, beside(tmp_path / "out")) == ("", ["out"])


def test_a_parent_that_cannot_be_synced_is_told(tmp_path, monkeypatch):
    monkeypatch.setattr(folders, "sync_entry", lambda path: os.stat("/absent"))
    result = written(a_site(), tmp_path / "out")

    assert "could not be synced" in result.note
    assert contents(tmp_path / "out") == in_memory(a_site())


def test_a_second_build_into_one_folder_waits_for_the_first(tmp_path):
    started = threading.Event()

    def slow():
        yield from a_site()
        started.set()
        time.sleep(0.2)
        yield an_output("/first/")

    first = threading.Thread(target=written, args=(slow(), tmp_path / "out"))
    first.start()
    started.wait(10)
    result = written(a_site(), tmp_path / "out")
    first.join()

    assert result.change.removed == 1
    assert contents(tmp_path / "out") == in_memory(a_site())


def test_a_second_build_that_waits_too_long_is_refused(tmp_path):
    with FolderSink(tmp_path / "out").draft():
        result = written(a_site(), FolderSink(tmp_path / "out", wait_seconds=0.1))

    assert codes(result) == ["output-unwritable"]
    assert "another build is writing there" in says(result)[0]


def test_memory_and_disk_tell_the_same_change(tmp_path):
    memory = MemorySink()
    for outputs in (a_site(), a_site(new=html(), **{"data/trees/trees.csv": "x\n"})):
        in_folder, kept = written(outputs, tmp_path / "out"), written(outputs, memory)

    assert in_folder.change == kept.change == Change(added=1, changed=1, unchanged=3)
    assert in_folder.manifest == kept.manifest == memory.manifest


def test_another_base_url_is_another_site(tmp_path):
    written(a_site(), tmp_path / "out")
    written(a_site(), tmp_path / "out", edition=Edition(made_by="cityfolio 0.1.0", base_url="https://other.example.gov"))

    assert manifest_in(tmp_path / "out").base_url == "https://other.example.gov"
    assert EDITION.base_url != "https://other.example.gov"


@pytest.mark.parametrize(("lasts", "synced"), [(True, 1), (False, 0)], ids=["to last", "only to be looked at"])
def test_a_site_that_is_to_last_is_on_the_disk_before_it_is_swapped_in(tmp_path, monkeypatch, lasts, synced):
    calls = []
    monkeypatch.setattr(folders, "sync_folder", calls.append)

    written(a_site(), FolderSink(tmp_path / "out", survives_power_loss=lasts))

    assert len(calls) == synced


def a_made_file(folder, body=CSV):
    """A file that was made for a site."""
    (folder / "made").write_bytes(body)
    return Made(path=str(folder / "made"), bytes=len(CSV), sha256=sha256(CSV))


def test_files_that_were_made_are_published_as_they_are(tmp_path):
    result = written(a_site(**{"data/trees/trees.csv": a_made_file(tmp_path)}), tmp_path / "out")

    assert codes(result) == []
    assert contents(tmp_path / "out")["data/trees/trees.csv"] == CSV
    assert manifest_in(tmp_path / "out").entries["data/trees/trees.csv"].sha256 == sha256(CSV)


@pytest.mark.parametrize("body", [CSV[:-1], CSV + b"elm,8\n", CSV.replace(b"oak", b"elm", 1), b""],
                         ids=["shorter", "longer", "other bytes", "empty"])
def test_a_made_file_that_is_not_as_it_was_made_is_not_published(tmp_path, body):
    result = written(a_site(**{"data/trees/trees.csv": a_made_file(tmp_path, body)}), tmp_path / "out")

    assert codes(result) == ["file-changed"]
    assert "it changed while the site was being built" in result.problems[0].says
    assert not (tmp_path / "out").exists()


def test_a_made_file_that_is_gone_is_told_by_what_it_was_made_of(tmp_path):
    made = a_made_file(tmp_path)
    (tmp_path / "made").unlink()
    result = written(a_site(**{"data/trees/trees.csv": made}), tmp_path / "out")

    assert codes(result) == ["file-changed"]
    assert str(tmp_path) not in result.problems[0].where.path


def test_a_link_in_the_place_of_a_made_file_is_not_followed(tmp_path):
    made = a_made_file(tmp_path)
    (tmp_path / "made").rename(tmp_path / "secret")
    (tmp_path / "made").symlink_to("secret")

    assert codes(written(a_site(**{"data/trees/trees.csv": made}), tmp_path / "out")) == ["file-changed"]
