"""The forms: a file of the catalog is written or mended in the browser, checked as it will be, and taken along."""

from __future__ import annotations

import subprocess
from functools import partial

import pytest
import yaml
from playwright.sync_api import expect

from browser.rules import at_phone_width, broken_in_both_schemes, broken_rules
from browser.serving import served
from campaigns import in_part
from cities import SITE, TREES, a_build, a_city, loaded, problems
from cityfolio.build import Workshop, build_site
from cityfolio.files import MemoryTree
from cityfolio.publish.folder_sink import FolderSink

pytestmark = [pytest.mark.browser, pytest.mark.npm]

COMMENTED = f"# Kept by the parks department.\n{TREES}"
SENSITIVE = TREES.replace("Street trees", "Complaints").replace("{title: What kind of tree it is}",
                                                                "{title: Who, sensitive: true}") + "formerly: [grumbles]\n"
FILES = {
    "datasets__trees__dataset.yaml": COMMENTED,
    "datasets__complaints__dataset.yaml": SENSITIVE,
    "datasets__complaints__trees.csv": "species,height\noak,12.5\n",
}
RACKS = "rack_id,kind,spaces,owner phone\n" + "".join(f"R{at},{'hoop' if at % 2 else 'wave'},{at},\n" for at in range(24))
DROP = """([selector, ...files]) => {
  const given = new DataTransfer();
  for (const [name, text] of files) given.items.add(new File([text], name, { type: "text/csv" }));
  const dropped = new DragEvent("drop", { dataTransfer: given, bubbles: true, cancelable: true });
  return document.querySelector(selector).dispatchEvent(dropped);
}"""
KEEP_COPIES = """Object.defineProperty(navigator, "clipboard", { configurable: true,
  value: { writeText: async (text) => { window.kept = text; } } })"""
LEAVE_UNASKED = 'addEventListener("beforeunload", (event) => event.stopImmediatePropagation(), true)'
NO_DAY = "modified: \"2026-02-30\" is not a day that exists"


def the_city(**changed):
    """A city whose catalog is kept in a repository, with some files changed."""
    site = {"site.yaml": f"{SITE}repository: {{url: https://code.example.gov/city/data}}\n"}
    return a_city(**{**FILES, **site, **changed})


@pytest.fixture(scope="module")
def site(tmp_path_factory, bundled):
    """The address of the city, below a sub-path."""
    folder = tmp_path_factory.mktemp("edit")
    files = the_city()
    result = build_site(loaded(files), a_build(), Workshop(tree=MemoryTree(files), sink=FolderSink(folder / "portal")))
    assert result.is_built, result.problems
    with served(folder) as address:
        yield f"{address}/portal"


@pytest.fixture
def open_page(open_page):
    """Open a page for a reader who wants no motion: to come to a control smoothly takes a second each time."""
    return partial(open_page, reduced_motion="reduce")


@pytest.fixture
def form(site, open_page):
    """Open the form of datasets: `form("?id=trees")`."""

    def opened(query="", **given):
        page = open_page(f"{site}/edit/dataset/{query}", **given)
        expect(page.locator("fieldset.edit-all:not([disabled])")).to_be_visible()
        page.evaluate(LEAVE_UNASKED)
        return page

    return opened


def field(page, key):
    """The control of a key at the top of the form."""
    return page.locator(f"#f-{key}")


def fill(page, **values):
    for key, text in values.items():
        field(page, key).fill(text)
    page.keyboard.press("Tab")


def tab_to(page, name, most=120):
    """Press Tab until the control with an id has the focus."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.id") == name:
            return
    raise AssertionError(f"{name} is not reached with {most} tabs")


def add(page, key, text):
    page.locator(f"#f-{key} > [data-add]").click()
    page.keyboard.type(text)
    page.keyboard.press("Tab")


def drop(page, *files):
    page.evaluate(DROP, ["[data-piece=drop]", *(files or [("bike-racks.csv", RACKS)])])
    expect(page.locator("[data-piece=proposed]")).to_contain_text("columns of")


def paste(page, text):
    page.locator("[data-piece=opening]").evaluate("(fold) => { fold.open = true; }")
    page.locator("#edit-paste").fill(text)
    page.get_by_role("button", name="Fill in the form").click()


def finish(page):
    page.get_by_role("button", name="Check and finish").click()


def taken(page):
    """The file as it is saved, with its name."""
    with page.expect_download() as saved:
        page.get_by_role("button", name="Download the file").click()
    return saved.value.suggested_filename, saved.value.path().read_text(encoding="utf-8")


def fill_in_racks(page):
    fill(page, title="Bike racks", summary="Every bike rack the city put up.", publisher="parks", frequency="yearly",
         modified="2026-05-01", description="Where bikes can be left.")
    add(page, "topics", "nature")
    add(page, "keywords", "bicycle")


def test_a_dataset_is_made_from_a_dropped_csv_and_passes_the_check_unchanged(form):
    page = form()
    fill_in_racks(page)
    drop(page)
    page.locator("summary", has_text="owner phone").click()
    page.locator("[data-entry]", has_text="owner phone").locator("[data-remove]").last.click()
    finish(page)
    name, text = taken(page)

    assert name == "dataset.yaml"
    assert page.locator("[data-piece=path]").text_content() == "datasets/bike-racks/dataset.yaml"
    assert "spaces: {title: Spaces, type: integer, required: true}" in text
    racks = "".join(f"{line.rpartition(',')[0]}\n" for line in RACKS.splitlines())
    files = the_city(**{"datasets__bike-racks__dataset.yaml": text, "datasets__bike-racks__bike-racks.csv": racks})
    assert [each for each in problems(files) if "bike-racks" in each.where.path] == []
    assert page.complaints == []


def test_columns_that_look_personal_are_pointed_out_and_lead_to_where_they_are_marked(form):
    page = form()
    drop(page)
    page.locator("[data-piece=pointed] a").click()

    assert page.locator("[data-piece=pointed] li").all_text_contents() == [
        "owner phone: personal data? Its name suggests it. Then mark it as sensitive, and do not publish the file as it is."]
    assert page.evaluate("document.activeElement.closest('[data-key]').dataset.key") == "sensitive"


def test_columns_that_are_described_already_stay_as_they_are(form):
    page = form("?id=trees")
    drop(page, ("trees.csv", "species,height,street\noak,1,A\n"))

    expect(page.locator("[data-piece=proposed]")).to_contain_text("2 were described before and stay as they were.")
    expect(page.locator("[data-piece=text]")).to_contain_text("species: {title: What kind of tree it is}")
    expect(page.locator("[data-piece=text]")).to_contain_text("street: {title: Street, type: string, required: true}")


def test_a_csv_that_is_no_table_is_refused_with_its_row(form):
    page = form()
    page.locator("#edit-csv").set_input_files(files=[{"name": "a.csv", "mimeType": "text/csv", "buffer": b"a,b\n1,2,3\n"}])

    expect(page.locator("[data-piece=proposed]")).to_have_text(
        "a.csv cannot be read as CSV: row 1 has 3 fields, and the first line names 2")


def test_nothing_that_is_written_is_sent_anywhere(site, form):
    page = form()
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    fill_in_racks(page)
    drop(page)
    finish(page)

    assert [url for url in asked if not url.startswith("blob:")] == []


def test_the_faulty_date_of_a_dataset_is_told_in_the_words_of_the_check_and_mended(form):
    page = form("?id=trees")
    fill(page, modified="2026-02-30")
    faults = {each.says for each in problems(the_city(
        **{"datasets__trees__dataset.yaml": COMMENTED.replace("2026-01-01", "2026-02-30")}))}

    expect(page.locator("#f-modified-fault")).to_contain_text(NO_DAY)
    assert NO_DAY in faults
    expect(field(page, "modified")).to_have_attribute("aria-invalid", "true")
    finish(page)
    expect(page.locator("[data-piece=summary]")).to_be_focused()
    page.locator("[data-piece=faults] a").first.click()
    expect(field(page, "modified")).to_be_focused()
    fill(page, modified="2026-02-28")
    expect(page.locator("#f-modified-fault")).to_be_hidden()
    finish(page)
    assert taken(page)[1] == COMMENTED.replace("2026-01-01", "2026-02-28")


def test_the_patch_of_an_edit_is_what_git_applies(form, tmp_path):
    page = form("?id=trees")
    fill(page, summary="Every tree along a street.")
    add(page, "keywords", "leaves")
    finish(page)
    page.evaluate(KEEP_COPIES)
    page.get_by_role("button", name="Copy a patch").click()
    expect(page.locator("[data-piece=answer]")).to_have_text("Copied.")
    file = tmp_path / "catalog/datasets/trees/dataset.yaml"
    file.parent.mkdir(parents=True)
    file.write_text(COMMENTED, encoding="utf-8")
    subprocess.run(["git", "apply", "-"], cwd=tmp_path, input=page.evaluate("window.kept").encode(), check=True)

    assert file.read_text(encoding="utf-8") == COMMENTED.replace("the city planted.", "along a street.").replace(
        "canopy]", "canopy, leaves]")


def test_a_new_file_is_begun_at_the_code_host_with_its_text(form):
    page = form()
    fill_in_racks(page)
    finish(page)

    href = page.get_by_role("link", name="Propose it at the code host").get_attribute("href")
    assert href.startswith("https://code.example.gov/city/data/new/main/catalog/datasets/bike-racks?filename=dataset.yaml&value=title%3A%20Bike")


def test_a_long_new_file_is_copied_because_no_address_takes_it(form):
    page = form()
    fill_in_racks(page)
    fill(page, description="word " * 2_000)
    finish(page)

    assert page.get_by_role("link", name="Propose it at the code host").get_attribute("href").endswith("&value=")
    expect(page.locator("[data-piece=host-says]")).to_have_text("Copy the file first: it has to be pasted there.")


def test_an_edit_goes_to_the_file_at_the_code_host(form):
    page = form("?id=trees")
    fill(page, summary="Every tree.")
    finish(page)

    assert page.get_by_role("link", name="Propose it at the code host").get_attribute("href") == (
        "https://code.example.gov/city/data/edit/main/catalog/datasets/trees/dataset.yaml")


def test_what_is_not_touched_is_not_changed(form):
    page = form("?id=trees")
    finish(page)

    assert taken(page)[1] == COMMENTED


def test_an_id_that_is_taken_or_cannot_be_one_is_refused(form):
    page = form()
    fill(page, title="Trees")
    finish(page)
    expect(page.locator("#edit-id-fault")).to_have_text("There is one with this id already.")
    page.locator("#edit-id").fill("Trees 2")
    finish(page)

    expect(page.locator("#edit-id-fault")).to_contain_text("An id has lower-case letters")


def test_a_file_that_speaks_of_sensitive_columns_is_pasted_in(site, open_page):
    page = open_page(f"{site}/edit/dataset/?id=complaints")
    expect(page.locator("[data-piece=opened]")).to_contain_text("The file of “complaints” is not published here.")
    expect(field(page, "title")).to_be_disabled()
    page.locator("#edit-paste").fill(SENSITIVE)
    page.get_by_role("button", name="Fill in the form").click()

    expect(field(page, "title")).to_have_value("Complaints")
    expect(page.locator("[data-piece=opened]")).to_have_text("You are editing datasets/complaints/dataset.yaml.")


def test_a_file_that_is_chosen_fills_the_form_and_names_its_id(site, open_page):
    page = open_page(f"{site}/edit/publisher/")
    page.locator("[data-piece=opening] summary").click()
    chosen = {"name": "parks.yaml", "mimeType": "text/yaml", "buffer": b"title: Parks and Recreation   # since 1950\n"}
    page.locator("#edit-file").set_input_files(files=[chosen])
    fill(page, url="https://example.gov/parks")
    finish(page)

    assert taken(page) == ("parks.yaml", "title: Parks and Recreation   # since 1950\nurl: https://example.gov/parks\n")


def test_what_could_be_better_is_listed_and_keeps_nothing_from_being_taken(form):
    page = form()
    fill(page, title="Bike racks")
    finish(page)

    expect(page.locator("[data-piece=better] a").first).to_be_visible()
    expect(page.get_by_role("button", name="Download the file")).to_be_visible()
    assert page.locator("[data-piece=summary]").is_hidden()


def test_what_is_pasted_and_no_yaml_is_refused_with_its_line(form):
    page = form()
    page.locator("[data-piece=opening] summary").click()
    page.locator("#edit-paste").fill('title: "Trees\n')
    page.get_by_role("button", name="Fill in the form").click()

    expect(page.locator("[data-piece=faults]")).to_contain_text("Line 1: The quotation mark that opens this text is never")


def test_keys_that_are_unknown_are_told_and_kept(form):
    page = form()
    page.locator("[data-piece=opening] summary").click()
    page.locator("#edit-paste").fill("titel: Trees\nsummary: All trees.\n")
    page.get_by_role("button", name="Fill in the form").click()
    page.get_by_role("button", name="Go on").click()
    fill(page, title="Trees of the city")
    finish(page)

    expect(page.locator("[data-piece=faults]")).to_contain_text("titel")
    expect(page.locator("[data-piece=text]")).to_contain_text("titel: Trees")


def test_conditions_that_have_no_fields_are_written_in_yaml_and_refused_where_they_are_none(form):
    page = form()
    fill(page, title="Bike racks")
    page.locator("#g-more > summary").click()
    page.locator("#f-questions > [data-add]").click()
    page.keyboard.type("How many hoops?")
    where = page.locator("#f-questions-1-where")
    where.fill("{kind: [hoop")
    where.press("Tab")
    expect(page.locator("#f-questions-1-where-fault")).to_be_visible()
    where.fill("kind: [hoop, wave]")
    where.press("Tab")

    expect(page.locator("#f-questions-1-where-fault")).to_be_hidden()
    expect(page.locator("[data-piece=text]")).to_contain_text("kind: [hoop, wave]")


def test_what_is_missing_is_told_at_its_own_field(form):
    page = form()
    fill(page, summary="Every bike rack.")
    finish(page)

    expect(page.locator("#f-title-fault")).to_contain_text('"title" is missing')
    expect(page.locator("#f-publisher-fault")).to_contain_text("no publisher is named")
    expect(page.locator("#f-summary-fault")).to_be_hidden()


def test_a_column_name_that_stands_twice_is_told(form):
    page = form()
    add(page, "columns", "kind")
    add(page, "columns", "kind")

    expect(page.locator("#f-columns-fault")).to_have_text("The name stands twice.")


def test_start_again_takes_back_what_was_written(form):
    page = form("?id=trees")
    fill(page, title="Other trees")
    page.get_by_role("button", name="Start again").click()
    page.get_by_role("dialog").get_by_role("button", name="Start again").click()

    expect(field(page, "title")).to_have_value("Street trees")


def test_the_preview_says_what_the_page_will_say(form):
    page = form("?id=trees")
    fill(page, title="<b>Trees</b>", modified="2026-03-09")

    expect(page.locator("[data-piece=shown]")).to_contain_text("<b>Trees</b>")
    expect(page.locator("[data-piece=shown]")).to_contain_text("Updated 9 March 2026, renewed yearly")
    assert page.locator("[data-piece=shown] dt").all_text_contents() == ["species", "height"]


def test_a_dataset_is_made_by_keyboard(form):
    page = form(reduced_motion="no-preference")     # as for most readers
    tab_to(page, "f-title")
    page.keyboard.type("Bike racks")
    page.keyboard.press("Tab")
    page.keyboard.type("Every bike rack.")
    tab_to(page, "f-publisher")
    page.keyboard.type("parks")
    page.get_by_role("button", name="Check and finish").focus()
    page.keyboard.press("Enter")
    expect(page.locator("[data-piece=verdict]")).to_contain_text("No errors.")
    expect(page.get_by_role("link", name="Propose it at the code host")).to_be_focused()
    page.keyboard.press("Tab")
    with page.expect_download() as saved:
        page.keyboard.press("Enter")

    assert saved.value.path().read_text(encoding="utf-8") == "title: Bike racks\nsummary: Every bike rack.\npublisher: parks\n"


@at_phone_width()
def test_a_form_breaks_no_automated_rule(site, form, axe, width):
    page = form(width=width, bypass_csp=True)
    drop(page)
    fill(page, title="Bike racks", modified="yesterday")
    page.locator("details").evaluate_all("(all) => all.forEach((each) => { each.open = true; })")
    finish(page)

    assert broken_in_both_schemes(page, axe) == {}
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("path", ["/edit/", "/edit/measure/", "/edit/publisher/"])
def test_the_other_pages_break_no_automated_rule(site, open_page, axe, path):
    page = open_page(site + path, width=320, bypass_csp=True)

    assert broken_rules(page, axe) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_every_target_is_large_enough(form):
    page = form(width=320)
    drop(page)
    page.locator("details").evaluate_all("(all) => all.forEach((each) => { each.open = true; })")
    small = page.evaluate("""[...document.querySelectorAll("edit-form :is(input, select, textarea, button, summary)")]
      .filter((each) => each.offsetParent && each.getBoundingClientRect().height < 24).map((each) => each.id)""")

    assert small == []


def test_without_a_script_the_page_says_what_to_do_and_what_each_key_is(site, open_page):
    page = open_page(f"{site}/edit/dataset/", java_script_enabled=False)

    expect(page.locator("noscript p").last).to_contain_text("The form needs a script, which is off.")
    expect(page.locator("noscript a").last).to_have_attribute(
        "href", "https://code.example.gov/city/data/new/main/catalog/datasets/new-dataset?filename=dataset.yaml&value=")
    expect(page.locator("#f-each_row_is-help")).to_contain_text("What one row stands for.")
    expect(page.locator("#f-columns-0-title-help")).to_contain_text("What the column holds, in a resident's words.")
    expect(field(page, "title")).to_be_disabled()


def test_a_publisher_is_made_too(site, open_page):
    page = open_page(f"{site}/edit/publisher/")
    fill(page, title="Water Department")
    finish(page)

    assert taken(page) == ("water-department.yaml", "title: Water Department\n")


def test_the_page_of_a_dataset_leads_to_its_form(site, open_page):
    page = open_page(f"{site}/data/trees/")
    page.get_by_role("link", name="Edit this page").click()

    expect(field(page, "title")).to_have_value("Street trees")


HERE = "?id=trees"
OTHER = "bench_id,seats\nB1,2\nB2,3\n"


def shown(page):
    """The file as it will be."""
    return page.locator("[data-piece=text]").text_content()


def written(page):
    """The values of the file as it will be."""
    return yaml.load(shown(page), Loader=yaml.BaseLoader)


@pytest.mark.parametrize("title", ["__proto__", *in_part(["Constructor", "To string", "Has own property"], 1)])
def test_no_title_means_something_to_the_browser(form, title):
    page = form()
    fill(page, title=title, summary="Builders.", publisher="constructor")
    finish(page)

    expect(page.locator("#f-publisher-fault")).to_contain_text("constructor")
    assert page.complaints == []


def test_files_that_are_dropped_together_are_each_described_and_pass_the_check(form):
    page = form()
    fill_in_racks(page)
    racks = RACKS.replace(",owner phone", "").replace(",\n", "\n")
    drop(page, ("racks.csv", racks), ("benches.csv", OTHER))
    finish(page)
    text = taken(page)[1]

    files = the_city(**{"datasets__bike-racks__dataset.yaml": text, "datasets__bike-racks__racks.csv": racks,
                        "datasets__bike-racks__benches.csv": OTHER})
    assert [each for each in problems(files) if "bike-racks" in each.where.path and each.severity != "advice"] == []


def test_a_second_file_with_the_same_columns_shares_their_description(form):
    page = form(HERE)
    drop(page, ("more.csv", "species,height\nelm,3\n"))

    assert [[*each] for each in written(page)["files"]] == [["path"], ["path"]]


def test_columns_that_a_file_lost_are_named_and_can_be_removed(form):
    page = form(HERE)
    drop(page, ("trees.csv", "species,street\noak,A\n"))
    expect(page.locator("[data-piece=pointed]")).to_contain_text("trees.csv lacks what is described here: height.")
    page.get_by_role("button", name="Remove these descriptions").click()

    assert [*written(page)["columns"]] == ["species", "street"]


def test_a_column_that_is_renamed_stays_in_its_place(form):
    page = form(HERE)
    page.locator("#f-columns [data-name]").first.fill("kind")
    page.keyboard.press("Tab")

    assert shown(page) == COMMENTED.replace("  species:", "  kind:")


@pytest.mark.parametrize(("text", "known"), [(TREES, "trees"), ("title: Anger\nformerly: grumbles\n", "complaints")],
                         ids=["title", "former address"])
def test_a_file_that_exists_is_known_by_what_it_says(form, text, known):
    page = form()
    paste(page, text)

    expect(page.locator("[data-piece=opened]")).to_have_text(f"You are editing datasets/{known}/dataset.yaml.")


def test_a_file_that_could_be_any_is_asked_for(form):
    page = form()
    paste(page, "title: All our trees\n")
    page.get_by_role("dialog").get_by_label("Which one").select_option("Street trees")
    page.get_by_role("button", name="Go on").click()

    expect(page.locator("[data-piece=opened]")).to_have_text("You are editing datasets/trees/dataset.yaml.")


def test_what_was_written_is_kept_unless_a_reader_gives_it_up(form):
    page = form(HERE)
    fill(page, title="Other trees")
    page.get_by_role("button", name="Start again").click()
    page.get_by_role("button", name="Cancel").click()
    paste(page, SENSITIVE)
    page.keyboard.press("Escape")

    expect(field(page, "title")).to_have_value("Other trees")


def test_a_page_with_changes_asks_before_it_is_left(site, open_page):
    page = open_page(f"{site}/edit/dataset/{HERE}", alone=True)
    expect(page.locator("fieldset.edit-all:not([disabled])")).to_be_visible()
    fill(page, title="Other trees")
    with page.expect_event("dialog") as asked:
        page.evaluate("setTimeout(() => location.reload())")

    assert asked.value.type == "beforeunload"


def test_a_file_that_is_dropped_beside_the_boxes_opens_nothing(form):
    page = form()

    assert page.evaluate(DROP, ["h1", ("a.csv", OTHER)]) is False


def test_an_answer_stands_beside_its_button(form):
    page = form(HERE)
    fill(page, title="Other trees")
    finish(page)
    taken(page)

    expect(page.locator("[data-piece=answer]")).to_have_text("The file was saved as dataset.yaml.")


def test_whoever_changed_nothing_is_told(form):
    page = form(HERE)
    finish(page)

    expect(page.locator("[data-piece=verdict]")).to_contain_text("You changed nothing")
    expect(page.get_by_role("link", name="Propose it at the code host")).to_be_hidden()


def test_errors_come_first_and_are_counted(form):
    page = form()
    fill(page, modified="yesterday")
    finish(page)

    expect(page.locator("[data-piece=summary-title]")).to_have_text("2 things to mend")
    expect(page.locator("[data-piece=faults] a").first).to_have_text(
        "Id: An id has lower-case letters, digits and hyphens, and begins with a letter or a digit.")
    expect(page.locator("[data-piece=less-title]")).to_contain_text("could be better")


def test_one_way_out_stands_out(form):
    page = form(HERE)
    fill(page, title="Other trees")
    finish(page)

    assert page.locator(".edit-finish .button:visible").all_text_contents() == ["Copy the file"]
    expect(page.get_by_role("button", name="Copy the file")).to_be_focused()


def test_words_of_a_list_have_names_and_leave_the_focus_with_their_neighbor(form):
    page = form()
    add(page, "keywords", "streets")
    add(page, "keywords", "oaks")
    page.get_by_role("button", name="Remove Keyword streets").click()

    expect(page.get_by_role("textbox", name="Keyword 1", exact=True)).to_be_focused()


def test_the_same_file_can_be_chosen_again(form):
    page = form()
    chosen = [{"name": "a.csv", "mimeType": "text/csv", "buffer": b"a,b\n1,2\n"}]
    page.locator("#edit-csv").set_input_files(files=chosen)
    expect(page.locator("[data-piece=proposed]")).to_have_text("2 columns of a.csv, seen in 1 row.")

    assert page.locator("#edit-csv").input_value() == ""


def test_rows_of_a_table_are_no_file_of_the_catalog(form):
    page = form()
    paste(page, "name,height\noak,3\n")

    expect(page.locator("[data-piece=opened]")).to_contain_text("This looks like the rows of a data file.")


def test_enter_ends_a_line_and_not_the_form(form):
    page = form()
    field(page, "title").fill("Trees")
    field(page, "title").press("Enter")

    expect(page.locator("#edit-id-fault")).to_have_text("There is one with this id already.")
    assert page.locator("[data-piece=summary]").is_hidden()


def test_the_preview_follows_each_letter(form):
    page = form()
    field(page, "summary").press_sequentially("All **trees** of [the city](https://example.gov).")

    expect(page.locator("[data-piece=shown]")).to_contain_text("All trees of the city.")


def test_a_form_without_its_rules_leads_to_the_code_host(site, open_page):
    page = open_page(f"{site}/edit/", alone=True)
    page.route("**/rules.json", lambda route: route.abort())
    page.goto(f"{site}/edit/dataset/")

    expect(page.locator("[data-piece=no-rules] a")).to_be_visible()


def test_the_line_ends_of_a_chosen_file_stay(form):
    page = form()
    page.locator("[data-piece=opening] summary").click()
    text = TREES.replace("\n", "\r\n")
    chosen = {"name": "dataset.yaml", "mimeType": "text/yaml", "buffer": text.encode()}
    page.locator("#edit-file").set_input_files(files=[chosen])
    expect(field(page, "title")).to_have_value("Street trees")
    fill(page, title="Other trees", description="One.\n\nTwo.")
    finish(page)
    with page.expect_download() as saved:
        page.get_by_role("button", name="Download the file").click()
    made = saved.value.path().read_bytes()

    assert made.count(b"\n") == made.count(b"\r\n")
    assert b"title: Other trees\r\n" in made


def test_what_the_rules_say_on_a_spanish_form_is_marked_as_english(tmp_path_factory, bundled, open_page):
    folder, files = tmp_path_factory.mktemp("spanish"), the_city()
    files["site.yaml"] += "languages: [es]\n"
    work = Workshop(tree=MemoryTree(files), sink=FolderSink(folder / "portal"))
    build_site(loaded(files), a_build(languages=("es",)), work)
    with served(folder) as address:
        page = open_page(f"{address}/portal/edit/dataset/")
        expect(page.locator("fieldset.edit-all:not([disabled])")).to_be_visible()
        page.evaluate(LEAVE_UNASKED)
        fill(page, issued="2026-02-30")
        page.get_by_role("button", name="Comprobar y terminar").click()
        expect(page.locator("#f-issued-fault")).to_have_attribute("lang", "en")

        assert page.locator("label[for=f-issued]").inner_text() == "Primera publicación issued"
        assert page.locator("[data-piece=faults] a", has_text="2026-02-30").get_attribute("lang") == "en"
        assert page.locator("#edit-id-fault").get_attribute("lang") is None
