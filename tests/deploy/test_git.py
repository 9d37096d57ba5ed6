"""A branch of a real repository: one commit and one push a deploy, nothing of the host's lost, nobody overwritten."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from cityfolio.publish.deploying.check_target import verify_target
from cityfolio.publish.deploying.run import Orders
from cityfolio.publish.deploying.sources import uploads
from cityfolio.publish.deploying.target import Generation, Locked, Refused
from cityfolio.publish.deploying.targets import git_branch
from deploy.servers_git import Repository, a_repository
from deploy.servers_ssh import an_ssh_host
from deploy.small_sites import FIRST, SMALL, a_site, around, at, brought_back, deployed, listed, shown

OURS = {*SMALL, "manifest.json", ".nojekyll"}
ABROAD = "https://git.example.gov/city/open-data.git"


@pytest.fixture
def host(tmp_path: Path) -> Repository:
    return a_repository(tmp_path / "host of pages.git")


@pytest.fixture(params=["", "?history=orphan"], ids=["appended", "orphan"])
def either(request: pytest.FixtureRequest) -> str:
    return request.param


def test_the_first_deploy_makes_the_branch(host: Repository, tmp_path: Path, either: str):
    result = deployed(a_site(tmp_path / "site"), at(f"{host.address}{either}#pages"))

    assert result.problems == ()
    assert host.paths("pages") == OURS
    assert host.body("data/trees/street trees.csv", "pages") == "id,kind\n1,Oak"


def test_one_change_sends_that_file_and_leaves_the_others(host: Repository, tmp_path: Path, either: str):
    target = at(f"{host.address}{either}#gh-pages")
    deployed(a_site(tmp_path / "one"), target)

    result = deployed(a_site(tmp_path / "two", index="<h1>New home</h1>"), target, seconds=1)

    assert result.done.uploaded == {"pages": 1}
    assert host.paths() == OURS
    assert host.body("index.html") == "<h1>New home</h1>"


def test_what_did_not_change_is_neither_fetched_nor_sent(tmp_path: Path, either: str):
    host = a_repository(tmp_path / "host.git")
    target = at(f"{host.address}{either}#gh-pages")
    noise = os.urandom(1 << 20).hex()
    deployed(a_site(tmp_path / "one", large=noise), target)
    before = _bytes_of(host)

    with target.session("a test", 2) as session:
        _put_and_commit(session, tmp_path / "two", about="About")
        fetched = _bytes_of(Repository(session.scratch.folder))

    assert fetched < 50_000
    assert _bytes_of(host) - before < 50_000


def test_a_page_that_is_gone_is_gone_from_the_branch(host: Repository, tmp_path: Path, either: str):
    target = at(f"{host.address}{either}#gh-pages")
    deployed(a_site(tmp_path / "one", about="About"), target)

    deployed(a_site(tmp_path / "two"), target, seconds=1)

    assert host.paths() == OURS


def test_a_former_site_is_brought_back(host: Repository, tmp_path: Path, either: str):
    target = at(f"{host.address}{either}#gh-pages")
    deployed(a_site(tmp_path / "one", {**SMALL, "gone.html": "Gone", "assets/old.ba9876543210.css": "h1 {}"}), target)
    broken = {**SMALL, "index.html": "<h1>Broken</h1>", "new.html": "New", "assets/new.ba9876543210.css": "h1 {}"}
    deployed(a_site(tmp_path / "two", broken), target, seconds=1)
    names = [each.name for each in target.generations()]

    result = brought_back(target, names[0], 2)

    assert names == [result.done.generation.replace("131502", "131500")]
    assert result.done.put_back == 2     # the style sheet has stayed
    assert result.problems == ()
    assert host.paths() >= {*OURS, "gone.html", "assets/old.ba9876543210.css"}
    assert host.body("index.html") == "<h1>Home</h1>"
    assert host.body("gone.html") == "Gone"


def test_history_is_appended_or_not(tmp_path: Path):
    appended, orphan = a_repository(tmp_path / "appended.git"), a_repository(tmp_path / "orphan.git")

    for seconds in range(4):
        site = a_site(tmp_path / f"{seconds}", index=f"{seconds}")
        deployed(site, at(f"{appended.address}#gh-pages"), seconds)
        deployed(site, at(f"{orphan.address}?history=orphan#gh-pages"), seconds)

    assert (appended.commits(), orphan.commits()) == (4, 1)
    assert len(at(f"{appended.address}#gh-pages").generations()) == 3
    assert len(at(f"{orphan.address}?history=orphan#gh-pages").generations()) == 2


def test_what_belongs_to_the_host_stays(host: Repository, tmp_path: Path, either: str):
    target = at(f"{host.address}{either}#gh-pages")
    host.write("CNAME", "data.example.gov")
    host.write(".github/workflows/check.yml", "on: push")
    host.write("google1234.html", "google-site-verification")

    deployed(a_site(tmp_path / "site"), target)
    deployed(a_site(tmp_path / "next", index="Next"), target, seconds=1)

    assert host.paths() == {*OURS, "CNAME", ".github/workflows/check.yml", "google1234.html"}
    assert host.body("CNAME") == "data.example.gov"


def test_a_page_that_was_changed_by_hand_is_put_right(host: Repository, tmp_path: Path, either: str):
    target = at(f"{host.address}{either}#gh-pages")
    site = a_site(tmp_path / "site")
    deployed(site, target)
    host.write("index.html", "<h1>By hand</h1>")

    deployed(site, target, seconds=1)

    assert host.body("index.html") == "<h1>Home</h1>"


def test_a_site_that_is_there_already_makes_no_commit(host: Repository, tmp_path: Path):
    target = at(f"{host.address}#gh-pages")
    site = a_site(tmp_path / "site")
    deployed(site, target)

    deployed(site, target, seconds=1)

    assert host.commits() == 1


def test_of_two_deploys_at_once_the_second_says_so(host: Repository, tmp_path: Path, either: str):
    target = at(f"{host.address}{either}#gh-pages")
    deployed(a_site(tmp_path / "first"), target)

    with target.session("slow", 2) as slow:
        deployed(a_site(tmp_path / "quick", index="Quick"), target, seconds=1)
        with pytest.raises(Locked, match="somebody else has changed the branch gh-pages"):
            _put_and_commit(slow, tmp_path / "slow", index="Slow")

    assert host.body("index.html") == "Quick"


def test_a_branch_that_another_deploy_has_made_meanwhile_is_not_overwritten(host: Repository, tmp_path: Path, either: str):
    target = at(f"{host.address}{either}#gh-pages")

    with target.session("slow", 2) as slow:
        deployed(a_site(tmp_path / "quick", index="Quick"), target)
        with pytest.raises(Locked):
            _put_and_commit(slow, tmp_path / "slow", index="Slow")

    assert host.body("index.html") == "Quick"


def test_a_deploy_that_ends_before_its_push_has_changed_nothing(host: Repository, tmp_path: Path, either: str):
    target = at(f"{host.address}{either}#gh-pages")
    deployed(a_site(tmp_path / "one"), target)
    before = host.git("for-each-ref")

    with target.session("a test", 2) as session:
        session.remove(["index.html"])

    assert host.git("for-each-ref") == before


def test_an_answer_that_was_lost_is_not_taken_for_a_failure(host: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    target = at(f"{host.address}#gh-pages")
    asked = git_branch.Scratch.asked

    def cut_off(self: git_branch.Scratch, *arguments: str) -> str:
        told = asked(self, *arguments)
        if arguments[0] == "push":
            raise Refused("the connection was lost", is_passing=True)
        return told

    monkeypatch.setattr(git_branch.Scratch, "asked", cut_off)

    assert deployed(a_site(tmp_path / "site"), target).problems == ()


def test_every_file_can_be_read_back(host: Repository, tmp_path: Path):
    target = at(f"{host.address}#gh-pages")
    deployed(a_site(tmp_path / "one"), target)
    deployed(a_site(tmp_path / "two", about="About"), target, seconds=1)

    assert listed(target) == {*SMALL, "about.html", "manifest.json"}
    assert verify_target(target, Orders(now=FIRST)) == (6, ())


def test_a_host_that_cannot_leave_contents_out_does_as_well(tmp_path: Path, either: str):
    host = a_repository(tmp_path / "host.git", leaves_out=False)
    target = at(f"{host.address}{either}#gh-pages")

    deployed(a_site(tmp_path / "one"), target)
    deployed(a_site(tmp_path / "two", index="<h1>Broken</h1>"), target, seconds=1)
    brought_back(target, target.generations()[0].name, 2)

    assert host.paths() == OURS
    assert shown(target, "index.html") == "<h1>Home</h1>"


def test_a_host_that_refuses_is_quoted(host: Repository, tmp_path: Path):
    host.says_no()

    result = deployed(a_site(tmp_path / "site"), at(f"{host.address}#gh-pages"))

    assert "protected branch" in result.problems[0].says
    assert result.problems[0].fix == "The host forbids to push to this branch: allow it there."


def test_a_repository_that_is_not_there_is_said_to_be_so(tmp_path: Path):
    result = deployed(a_site(tmp_path / "site"), at(f"git+file://{tmp_path}/absent.git#gh-pages"))

    assert "does not appear to be a git repository" in result.problems[0].says
    assert result.problems[0].fix.startswith("Check the address")


def test_a_repository_is_reached_by_ssh_as_openssh_is_told(tmp_path: Path):
    host = a_repository(tmp_path / "host.git")
    with an_ssh_host(tmp_path / "ssh") as server:
        address, ssh = f"git+ssh://city-web{host.folder}#gh-pages", f"ssh -F {server.settings}"
        result = deployed(a_site(tmp_path / "site"), at(address, GIT_SSH_COMMAND=ssh))
        (server.home / "known_hosts").write_text("")
        unknown = at(address, GIT_SSH_COMMAND=f"{ssh} -o BatchMode=yes")
        refused = deployed(a_site(tmp_path / "next", about="About"), unknown, seconds=1)

    assert result.problems == ()
    assert host.paths() == OURS
    assert "known_hosts" in refused.problems[0].fix


@pytest.mark.parametrize(("address", "says"), [
    ("git+https://me:hunter2@example.gov/a.git#gh-pages", "holds a password"),
    ("git+http://example.gov/a.git#gh-pages", "not followed by ssh://, https:// or file://"),
    ("git+file:///a.git#--upload-pack=x", "cannot be the name of a branch"),
    ("git+file:///a.git#a..b", "cannot be the name of a branch"),
    ("git+file:///a.git?history=none#gh-pages", "is not known here"),
], ids=["a password", "plain http", "an option", "two dots", "another history"])
def test_an_address_that_cannot_be_meant_is_refused(address: str, says: str):
    with pytest.raises(Refused, match=says) as refusal:
        at(address)

    assert "hunter2" not in f"{refusal.value} {refusal.value.fix}"


def test_the_branch_is_gh_pages_where_none_is_named():
    assert at("git+ssh://git@example.gov/a.git").name == "git+ssh://git@example.gov/a.git#gh-pages"


@pytest.mark.parametrize(("address", "given", "told"), [
    (ABROAD, {"CITYFOLIO_GIT_TOKEN": "s3cret"}, True),
    (ABROAD, {"GITHUB_TOKEN": "s3cret"}, False),
    ("https://github.com/city/open-data.git", {"GITHUB_TOKEN": "s3cret"}, True),
    (ABROAD, {}, False),
], ids=["our own variable", "GitHub's elsewhere", "GitHub's at GitHub", "none"])
def test_a_token_goes_to_its_host_and_into_no_command(tmp_path: Path, address: str, given: dict[str, str], told: bool):
    scratch = git_branch.Scratch(tmp_path / "scratch.git", address, {**given, "GIT_CONFIG_GLOBAL": os.devnull})
    scratch.make()
    host = address.split("/")[2]

    answers = [_asked_for_a_password(scratch, each) for each in (host, "elsewhere.example")]

    assert ["s3cret" in answer for answer in answers] == [told, False]
    assert "s3cret" not in " ".join(scratch._command("push"))


def test_what_git_says_is_told_without_secrets(tmp_path: Path):
    scratch = git_branch.Scratch(tmp_path, ABROAD, {"CITYFOLIO_GIT_TOKEN": "s3cret"})

    refusal = scratch.refusal("hint: look\nfatal: https://x:s3cret@git.example.gov/ is s3cret: HTTP 403\n")

    assert refusal.says == "git says: fatal: https://git.example.gov/ is ***: HTTP 403"
    assert "CITYFOLIO_GIT_TOKEN" in refusal.fix


@pytest.mark.parametrize(("said", "passing", "fix"), [
    ("Host key verification failed.\nfatal: Could not read from remote repository.", False, "known_hosts"),
    ("git@x: Permission denied (publickey).", False, "deploy key"),
    ("fatal: could not read Username for 'https://x': terminal prompts disabled", False, "CITYFOLIO_GIT_TOKEN"),
    ("ssh: connect to host x port 22: Connection refused", True, "in a moment"),
    ("fatal: unable to access: The requested URL returned error: 503", True, "in a moment"),
    ("fatal: something new", False, ""),
], ids=["host key", "public key", "no token", "refused", "503", "unknown"])
def test_each_refusal_says_what_can_be_done(tmp_path: Path, said: str, passing: bool, fix: str):
    refusal = git_branch.Scratch(tmp_path, ABROAD, {}).refusal(said)

    assert refusal.is_passing == passing
    assert fix in refusal.fix


def test_a_machine_without_git_is_told_to_install_it(tmp_path: Path):
    scratch = git_branch.Scratch(tmp_path / "scratch.git", ABROAD, {"PATH": str(tmp_path)})

    with pytest.raises(Refused, match="git is not installed"):
        scratch.make()


def test_a_manifest_of_nobody_is_not_kept(host: Repository):
    host.write("manifest.json", '{"name": "an app"}')
    target = git_branch.target(f"{host.address}#gh-pages", around())

    assert target.generations() == ()
    with pytest.raises(Refused, match="is not kept any more"):
        target.manifest_of("20261126T131500Z-1a2b3c4d")


def _asked_for_a_password(scratch: git_branch.Scratch, host: str) -> str:
    try:
        return scratch.git("credential", "fill", given=f"protocol=https\nhost={host}\n\n".encode())
    except Refused as refusal:
        return refusal.says


def _bytes_of(repository: Repository) -> int:
    return sum(path.stat().st_size for path in (repository.folder / "objects").rglob("*") if path.is_file())


def _put_and_commit(session: git_branch.GitSession, folder: Path, **pages: str) -> None:
    """Put some pages of a site, and commit it."""
    site = a_site(folder, **pages)
    for upload in uploads(site, tuple(site.manifest.entries[f"{name}.html"] for name in pages)):
        session.put(upload)
    session.commit(site.body, Generation(name="20261126T141500Z-00000000", manifest_sha256="0" * 64))


def test_a_branch_of_somebody_else_is_not_replaced_unasked(host: Repository, tmp_path: Path, either: str):
    host.write("index.html", "<h1>Somebody's own</h1>")

    result = deployed(a_site(tmp_path / "site"), at(f"{host.address}{either}#gh-pages"))

    assert [problem.code for problem in result.problems] == ["deploy-foreign"]
    assert host.body("index.html") == "<h1>Somebody's own</h1>"
