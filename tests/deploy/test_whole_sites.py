"""Netlify and Cloudflare Pages, as stand-ins written from their references: a whole site, then what changed, then back."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from cityfolio.publish.deploying.check_target import verify_target
from cityfolio.publish.deploying.memory import MEMORY_PATH
from cityfolio.publish.deploying.run import Orders
from cityfolio.publish.deploying.sources import uploads
from cityfolio.publish.deploying.target import Generation, Refused
from cityfolio.publish.deploying.targets import cloudflare, netlify
from cityfolio.publish.deploying.whole_deploys import WholeTarget
from deploy.servers_whole_sites import (
    ACCOUNT,
    DROPPED,
    PROJECT,
    SITE,
    TOKEN,
    CloudflareStandIn,
    NetlifyStandIn,
    StandIn,
    standing_in,
)
from deploy.small_sites import FIRST, SMALL, a_site, around, brought_back, deployed, listed, shown

HEADERS = "/*\n  X-Content-Type-Options: nosniff\n"
A_GENERATION = Generation(name="20261126T131500Z-1a2b3c4d", manifest_sha256="0" * 64)
WHOLE = {**SMALL, "_headers": HEADERS, "404.html": "<h1>Not here</h1>"}


@pytest.fixture(params=["netlify", "cloudflare"])
def host(request: pytest.FixtureRequest) -> Iterator[StandIn]:
    if request.param == "cloudflare":
        pytest.importorskip("blake3", reason="the package blake3 is not installed: pip install 'cityfolio[deploy]'")
    with standing_in(NetlifyStandIn() if request.param == "netlify" else CloudflareStandIn()) as host:
        yield host


def at(host: StandIn, **environment: str) -> WholeTarget:
    """A target that leads to a stand-in."""
    if isinstance(host, NetlifyStandIn):
        made = netlify.target(f"netlify:{SITE}", replace(around(NETLIFY_AUTH_TOKEN=TOKEN), endpoint=host.endpoint))
    else:
        world = around(CLOUDFLARE_API_TOKEN=TOKEN, CLOUDFLARE_ACCOUNT_ID=ACCOUNT)
        made = cloudflare.target(f"cloudflare:{PROJECT}", replace(world, endpoint=host.endpoint))
    made.host.pause = lambda _: None
    return made


def live(host: StandIn) -> dict[str, bytes]:
    """What visitors can see, and what the host was told."""
    return {path: body for path, body in host.files(host.live).items() if path not in (MEMORY_PATH, "manifest.json")}


def sent(host: StandIn, since: int) -> int:
    """The files that a deploy asked the host to take; a basket counts as one."""
    return sum(each.startswith("PUT ") or each.endswith("/assets/upload") for each in host.asked[since:])


def seen_by_visitors(contents: dict[str, str], host: StandIn) -> dict[str, bytes]:
    """Some files as a host holds them: Cloudflare takes those for itself apart."""
    is_apart = isinstance(host, CloudflareStandIn)
    return {path: body.encode() for path, body in contents.items() if not (is_apart and path == "_headers")}


def test_a_first_deploy_shows_the_whole_site(tmp_path: Path, host: StandIn):
    result = deployed(a_site(tmp_path / "site", WHOLE), at(host))

    assert result.problems == ()
    assert result.done.uploaded == {"assets": 1, "data": 1, "pages": 3, "feeds": 2}
    assert live(host) == seen_by_visitors(WHOLE, host)


def test_every_digest_is_right_when_it_is_read_again(tmp_path: Path, host: StandIn):
    target = at(host)
    deployed(a_site(tmp_path / "site", WHOLE), target)

    assert verify_target(target, Orders(now=FIRST, pause=lambda _: None)) == (len(WHOLE), ())


def test_a_file_that_was_changed_behind_our_back_is_found_when_it_is_read_again(tmp_path: Path, host: StandIn):
    target = at(host)
    deployed(a_site(tmp_path / "site", WHOLE), target)
    key = next(key for key, body in host.blobs.items() if body == b"<h1>Trees</h1>")
    host.blobs[key] = b"<h1>Tears</h1>"

    _, problems = verify_target(target, Orders(now=FIRST, pause=lambda _: None))

    assert "data/trees/index.html is not what was published" in problems[0].says


def test_only_what_changed_is_sent_and_what_is_gone_goes(tmp_path: Path, host: StandIn):
    target = at(host)
    deployed(a_site(tmp_path / "former", {**WHOLE, "gone.html": "Gone"}), target)
    before = len(host.asked)

    result = deployed(a_site(tmp_path / "site", WHOLE, about="About"), target, seconds=1)

    assert result.problems == ()
    assert (result.done.uploaded, result.done.removed) == ({"pages": 1}, 1)
    assert sent(host, before) == (3 if isinstance(host, NetlifyStandIn) else 1)     # the page, the manifest, what is remembered
    assert live(host) == seen_by_visitors({**WHOLE, "about.html": "About"}, host)


def test_a_site_that_is_there_already_makes_no_deploy(tmp_path: Path, host: StandIn):
    site = a_site(tmp_path / "site", WHOLE)
    deployed(site, at(host))

    deployed(site, at(host), seconds=1)

    assert len(host.deploys) == 1


def test_assets_of_the_former_site_stay_for_pages_that_are_open(tmp_path: Path, host: StandIn):
    target = at(host)
    deployed(a_site(tmp_path / "former", {**WHOLE, "assets/site.ba9876543210.css": "h1 {}"}), target)

    deployed(a_site(tmp_path / "site", WHOLE), target, seconds=1)
    with_old = live(host)
    deployed(a_site(tmp_path / "later", WHOLE, about="About"), target, seconds=90_000)

    assert "assets/site.ba9876543210.css" in with_old
    assert "assets/site.ba9876543210.css" not in live(host)


def test_a_former_deploy_comes_back_without_a_file_being_sent(tmp_path: Path, host: StandIn):
    target = at(host)
    deployed(a_site(tmp_path / "former", WHOLE), target)
    deployed(a_site(tmp_path / "site", WHOLE, about="About", **{"data/trees/index": "Worse"}), target, seconds=1)
    before, former = len(host.asked), target.generations()

    result = brought_back(target, former[0].name, seconds=2)

    assert result.problems == ()
    assert [each.name[:16] for each in former] == ["20261126T131500Z"]
    assert live(host) == seen_by_visitors(WHOLE, host)
    assert sent(host, before) == 0


def test_a_file_that_must_be_forgotten_is_in_no_former_deploy(tmp_path: Path, host: StandIn):
    target = at(host)
    deployed(a_site(tmp_path / "first", WHOLE), target)
    deployed(a_site(tmp_path / "second", WHOLE, names="Names"), target, seconds=1)
    deployed(a_site(tmp_path / "third", WHOLE, about="About"), target, seconds=2)

    count = target.purge("names.html")

    assert count == 1
    assert [each.name[:16] for each in target.generations()] == ["20261126T131500Z"]
    assert live(host) == seen_by_visitors({**WHOLE, "about.html": "About"}, host)


def test_a_generation_that_is_not_there_is_refused(tmp_path: Path, host: StandIn):
    target = at(host)
    deployed(a_site(tmp_path / "site", WHOLE), target)

    with pytest.raises(Refused, match="is not kept any more"):
        target.manifest_of("20200101T000000Z-1a2b3c4d")


@pytest.mark.parametrize("status", [429, 500, 503, DROPPED], ids=["429", "500", "503", "cut"])
def test_a_host_that_is_busy_at_any_one_question_is_asked_again(tmp_path: Path, host: StandIn, status: int):
    deployed(a_site(tmp_path / "other", WHOLE), at(host))
    questions = len(host.asked)
    host.faults = dict.fromkeys(range(questions + 1, questions + 40, 3), status)

    result = deployed(a_site(tmp_path / "site", WHOLE, about="About"), at(host), seconds=1)

    assert result.problems == ()
    assert live(host) == seen_by_visitors({**WHOLE, "about.html": "About"}, host)


LONG_FROM_NOW = "Fri, 27 Nov 2099 10:00:00 GMT"


@pytest.mark.parametrize(("retry_after", "waited"), [("7", 7), ("3600", 60), (LONG_FROM_NOW, 60), ("soon", 0.25)],
                         ids=["seconds", "too many seconds", "a moment", "what nobody understands"])
def test_a_host_that_says_when_to_ask_again_is_left_alone_until_then_within_bounds(
    tmp_path: Path, host: StandIn, retry_after: str, waited: float,
):
    target, pauses = at(host), list[float]()
    target.host.pause = pauses.append      # type: ignore[attr-defined]
    host.retry_after, host.faults = retry_after, {1: 429}

    result = deployed(a_site(tmp_path / "site", WHOLE), target)

    assert result.problems == ()
    assert pauses[0] == waited


def test_a_host_that_is_busy_for_good_is_asked_seven_times_and_no_more(tmp_path: Path, host: StandIn):
    deployed(a_site(tmp_path / "other", WHOLE), at(host))
    questions = len(host.asked)
    target, pauses = at(host), list[float]()
    target.host.pause = pauses.append      # type: ignore[attr-defined]
    host.faults = dict.fromkeys(range(questions + 3, questions + 300), 429)

    result = deployed(a_site(tmp_path / "site", WHOLE, about="About"), target, seconds=1)

    assert "status 429" in result.problems[0].says
    assert len(pauses) == 6


def test_a_deploy_that_is_given_up_shows_nothing_and_the_next_one_sends_what_is_missing(tmp_path: Path, host: StandIn):
    site = a_site(tmp_path / "site", WHOLE, about="About")
    deployed(a_site(tmp_path / "former", WHOLE), at(host))
    former, questions = live(host), len(host.asked)

    host.faults = dict.fromkeys(range(questions + 3, questions + 90), 400)
    stopped = deployed(site, at(host), seconds=1)
    seen_then, host.faults = live(host), {}
    ended = deployed(site, at(host), seconds=2)

    assert [problem.code for problem in stopped.problems] == ["deploy-refused"]
    assert seen_then == former
    assert ended.problems == ()
    assert live(host) == seen_by_visitors({**WHOLE, "about.html": "About"}, host)


def test_two_deploys_at_once_do_not_overwrite_each_other(tmp_path: Path, host: StandIn):
    site, other = a_site(tmp_path / "site", WHOLE), a_site(tmp_path / "other", WHOLE, about="About")

    with at(host).session("one", 1) as session:
        deployed(other, at(host))
        with pytest.raises(Refused, match=r"another deploy .* was made meanwhile"):
            session.commit(site.body, None)

    assert "about.html" in live(host)


def test_a_site_of_somebody_else_is_not_replaced_unasked(tmp_path: Path, host: StandIn):
    deployed(a_site(tmp_path / "other", {"index.html": "Theirs"}), at(host))
    for path in (MEMORY_PATH, "manifest.json"):
        del host.deploys[host.live]["files"][f"/{path}"]

    result = deployed(a_site(tmp_path / "site", WHOLE), at(host), seconds=1)
    allowed = deployed(a_site(tmp_path / "again", WHOLE), at(host), seconds=2, allowed=frozenset({"foreign"}))

    assert [problem.code for problem in result.problems] == ["deploy-foreign"]
    assert allowed.problems == ()
    assert live(host) == seen_by_visitors(WHOLE, host)


def test_a_deploy_whose_memory_was_lost_is_looked_at_anew(tmp_path: Path, host: StandIn):
    deployed(a_site(tmp_path / "former", WHOLE), at(host))
    del host.deploys[host.live]["files"][f"/{MEMORY_PATH}"]

    result = deployed(a_site(tmp_path / "site", WHOLE, about="About"), at(host), seconds=1)

    assert result.problems == ()
    assert live(host) == seen_by_visitors({**WHOLE, "about.html": "About"}, host)


def test_the_list_of_a_site_is_that_of_its_files(tmp_path: Path, host: StandIn):
    deployed(a_site(tmp_path / "site", WHOLE), at(host))

    assert listed(at(host)) == set(seen_by_visitors(WHOLE, host)) | {"manifest.json"} | {"_headers"}
    assert shown(at(host), "data/trees/street trees.csv") == "id,kind\n1,Oak\n"
    assert shown(at(host), "_headers") == HEADERS


def test_a_file_that_is_not_there_is_told_apart_from_a_refusal(tmp_path: Path, host: StandIn):
    deployed(a_site(tmp_path / "site", SMALL), at(host))

    with pytest.raises(KeyError), at(host).session("a reader", 1) as session:
        session.read("absent.html")
    with pytest.raises(KeyError), at(host).session("a reader", 1) as session:
        session.read("_redirects")


def test_a_dry_run_makes_no_deploy(tmp_path: Path, host: StandIn):
    result = deployed(a_site(tmp_path / "site", WHOLE), at(host), is_dry=True)

    assert sum(result.done.uploaded.values()) == len(WHOLE)
    assert (host.deploys, host.blobs) == ({}, {})


def test_no_token_is_in_any_message_any_log_or_on_any_page(tmp_path: Path, host: StandIn, caplog: pytest.LogCaptureFixture):
    caplog.set_level(logging.DEBUG)
    target = at(host)
    deployed(a_site(tmp_path / "site", WHOLE), target)
    target.host.token = f"{TOKEN}-x"

    result = deployed(a_site(tmp_path / "next", WHOLE, about="About"), target, seconds=1)

    assert [problem.code for problem in result.problems] == ["deploy-refused"]
    assert TOKEN not in "".join((repr(result), repr(target), caplog.text, *map(repr, host.blobs.values())))
    assert host.leaks == []


@pytest.mark.parametrize(("address", "environment", "says"), [
    ("netlify:", {"NETLIFY_AUTH_TOKEN": TOKEN}, "names no site"),
    ("netlify:city", {}, "NETLIFY_AUTH_TOKEN is not set"),
    ("cloudflare:", {}, "names no project"),
    ("cloudflare:city", {"CLOUDFLARE_ACCOUNT_ID": ACCOUNT}, "CLOUDFLARE_API_TOKEN is not set"),
    ("cloudflare:city", {"CLOUDFLARE_API_TOKEN": TOKEN}, "CLOUDFLARE_ACCOUNT_ID is not set"),
], ids=["no site", "no token", "no project", "no token there", "no account"])
def test_what_is_missing_is_named(address: str, environment: dict[str, str], says: str):
    make = netlify.target if address.startswith("netlify") else cloudflare.target

    with pytest.raises(Refused, match=says):
        make(address, around(**environment))


@pytest.mark.parametrize(("endpoint", "says"), [
    ("http://netlify.example.com/api", "not https"),
    ("netlify.example.com", "is not an http or https address"),
    ("https://netlify.example.com:port", "is no web address"),
], ids=["unencrypted", "no scheme", "no port"])
def test_a_token_is_sent_encrypted_and_to_a_server(endpoint: str, says: str):
    world = replace(around(NETLIFY_AUTH_TOKEN=TOKEN), endpoint=endpoint)

    with pytest.raises(Refused, match=says):
        netlify.target("netlify:city", world)


def test_a_site_that_the_token_does_not_reach_is_named(host: StandIn):
    target = at(host)
    setattr(target.host, "site" if isinstance(host, NetlifyStandIn) else "project", "elsewhere")

    with pytest.raises(Refused, match=r"knows no (site|project) elsewhere"):
        target.generations()


def test_a_large_site_is_compared_by_netlify_while_we_wait(tmp_path: Path):
    many = {**SMALL, **{f"data/{number}/index.html": f"Page {number}" for number in range(250)}}
    with standing_in(NetlifyStandIn()) as host:
        result = deployed(a_site(tmp_path / "site", many), at(host))
        found = listed(at(host))

    assert result.problems == ()
    assert found == {*many, "manifest.json"}


def test_a_file_that_changes_while_the_deploy_is_made_is_not_sent(tmp_path: Path, host: StandIn):
    site = a_site(tmp_path / "site", WHOLE)
    target = at(host)

    with target.session("a test", 1) as session:
        for upload in uploads(site, tuple(site.manifest.entries.values())):
            session.put(upload)
        (tmp_path / "site/index.html").write_text("<h1>Hole</h1>")
        with pytest.raises(Refused, match="changed while it was sent"):
            session.commit(site.body, A_GENERATION)

    assert host.live == ""


def test_a_commit_of_what_was_not_put_is_refused(tmp_path: Path, host: StandIn):
    site = a_site(tmp_path / "site", WHOLE)

    with at(host).session("a test", 1) as session, pytest.raises(Refused, match=r"404\.html is neither at .* nor was it put"):
        session.commit(site.body, A_GENERATION)


def test_a_generation_that_went_meanwhile_is_refused(host: StandIn):
    with at(host).session("a test", 1) as session:
        session.put_back("index.html", "0" * 64)
        with pytest.raises(Refused, match="is not kept any more"):
            session.commit(b"", A_GENERATION)


def test_a_page_that_is_closed_to_visitors_is_told(tmp_path: Path, host: StandIn):
    deployed(a_site(tmp_path / "site", WHOLE), at(host))
    host.closed = True

    with pytest.raises(Refused, match="does not allow it"), at(host).session("a reader", 1) as session:
        session.read("index.html")


def test_a_host_that_is_not_there_is_told(tmp_path: Path):
    with standing_in(NetlifyStandIn()) as host:
        target = at(host)

    result = deployed(a_site(tmp_path / "site"), target)

    assert "127.0.0.1 gave no answer" in result.problems[0].says


def test_a_deploy_that_netlify_cannot_make_is_told_in_its_words(tmp_path: Path):
    with standing_in(NetlifyStandIn(fault="Out of space")) as host:
        result = deployed(a_site(tmp_path / "site"), at(host))

    assert "could not make the deploy: Out of space" in result.problems[0].says
    assert host.live == ""


def test_a_deployment_that_cloudflare_cannot_make_is_told(tmp_path: Path):
    pytest.importorskip("blake3")
    with standing_in(CloudflareStandIn(ends_in="failure")) as host:
        result = deployed(a_site(tmp_path / "site"), at(host))

    assert "deploy ended in failure" in result.problems[0].says
    assert host.live == ""


def test_many_files_go_to_cloudflare_in_several_baskets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    pytest.importorskip("blake3")
    monkeypatch.setattr(cloudflare, "BASKET_FILES", 3)
    with standing_in(CloudflareStandIn()) as host:
        result = deployed(a_site(tmp_path / "site", WHOLE), at(host))

    assert result.problems == ()
    assert sent(host, 0) == 3
    assert live(host) == seen_by_visitors(WHOLE, host)


def test_a_site_with_more_files_than_cloudflare_takes_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    pytest.importorskip("blake3")
    monkeypatch.setattr(cloudflare, "MOST_FILES", 3)
    with standing_in(CloudflareStandIn()) as host:
        result = deployed(a_site(tmp_path / "site", WHOLE), at(host))

    assert "Cloudflare Pages takes 3" in result.problems[0].says


def test_a_deploy_that_netlify_does_not_publish_is_told(tmp_path: Path):
    with standing_in(NetlifyStandIn(publishes=False)) as host:
        result = deployed(a_site(tmp_path / "site"), at(host))

    assert "Netlify does not show it" in result.problems[0].says


def test_a_pass_to_the_store_that_ran_out_is_asked_for_anew(tmp_path: Path):
    pytest.importorskip("blake3")
    with standing_in(CloudflareStandIn()) as host:
        target = at(host)
        target.host.pass_ = "pass-of-yesterday"
        result = deployed(a_site(tmp_path / "site"), target)

    assert result.problems == ()


def test_what_the_store_forgot_is_sent_again(tmp_path: Path):
    pytest.importorskip("blake3")
    with standing_in(CloudflareStandIn()) as host:
        deployed(a_site(tmp_path / "former", WHOLE), at(host))
        forgotten = next(key for key, body in host.blobs.items() if body == b"<h1>Trees</h1>")
        files = dict(host.blobs)
        del host.blobs[forgotten]
        result = deployed(a_site(tmp_path / "site", WHOLE, about="About"), at(host), seconds=1)

    assert result.problems == ()
    assert result.done.uploaded == {"pages": 2}
    assert host.blobs[forgotten] == files[forgotten]


def test_cloudflare_is_told_headers_branch_and_revision_beside_the_files(tmp_path: Path):
    pytest.importorskip("blake3")
    with standing_in(CloudflareStandIn(branch="production")) as host:
        deployed(a_site(tmp_path / "former", WHOLE), at(host))
        deployed(a_site(tmp_path / "site", WHOLE, about="About"), at(host), seconds=1)

    assert [form["_headers"] for form in host.forms] == [HEADERS, HEADERS]
    assert {form["branch"] for form in host.forms} == {"production"}
    assert "/_headers" not in host.deploys[host.live]["files"]


def test_a_file_that_is_too_large_for_cloudflare_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    pytest.importorskip("blake3")
    monkeypatch.setattr(cloudflare, "MOST_BYTES", 12)
    with standing_in(CloudflareStandIn()) as host:
        result = deployed(a_site(tmp_path / "site"), at(host))

    assert "Cloudflare Pages takes files of" in result.problems[0].says
    assert host.deploys == {}


@pytest.mark.parametrize(("path", "key"), [
    ("logo.png", "2082190357cfd3617ccfe04f340c6247"),
    ("logo.txt", "1a98fb08af91aca4a7df1764a2c4ddb0"),
])
def test_cloudflare_is_given_the_keys_that_its_own_program_makes(path: str, key: str):
    pytest.importorskip("blake3")
    target = cloudflare.target("cloudflare:city", around(CLOUDFLARE_API_TOKEN=TOKEN, CLOUDFLARE_ACCOUNT_ID=ACCOUNT))

    assert target.host.key_of(path, (b"foo", b"bar")) == key
