"""What a city writes: one type for each kind of YAML file, each key documented where it is declared."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Literal

from cityfolio.model.changes import ReviewPolicyRecord, VersionsRecord
from cityfolio.model.frequency import Frequency
from cityfolio.model.keys import (
    Boolean,
    Choice,
    Color,
    Day,
    Email,
    FilePath,
    Integer,
    Keyed,
    Language,
    ListOf,
    MapOf,
    Markdown,
    Moment,
    OldAddress,
    Pattern,
    Prose,
    Record,
    Reference,
    Repeats,
    Text,
    Url,
    key,
)
from cityfolio.model.limits import LimitsRecord
from cityfolio.model.looks import LogoRecord, SiteLinkRecord
from cityfolio.model.maps import MapRecord
from cityfolio.model.practice import (
    SENSITIVITIES,
    WORTHS,
    AnonymityRecord,
    AskingRecord,
    HarmlessRecord,
    ReleaseRecord,
    ReleaseReviewRecord,
    Sensitivity,
    Worth,
)
from cityfolio.model.questions import ChartRecord, QuestionRecord
from cityfolio.model.twins import ALL, NONE, TWINS

COLUMN_TYPES = ("string", "integer", "number", "boolean", "date", "datetime", "time", "year", "geometry", "any")
STATUSES = ("published", "draft", "planned", "restricted", "retired")
HOST_NAMES = ("github", "gitlab", "gitea", "bitbucket", "azure-devops")
ENCODINGS = ("utf-8", "utf-16", "cp1252", "latin-1")
SOURCE_FORMATS = ("jkan", "data-json", "dcat-rdf", "data-package", "ckan", "arcgis-hub", "socrata", "opendatasoft",
                  "spreadsheet")
EXPORTS = ("csv", "json", "xlsx", "parquet", "geojson", "pmtiles", "zip")
EXPORT_OF_PLUGIN = "[a-z0-9-]+/[a-z0-9-]+"       # the plugin's name, and the export's own
FIRST_ROWS = "first-rows"                        # how far tables are read

HostName = Literal["github", "gitlab", "gitea", "bitbucket", "azure-devops"]
ColumnType = Literal["string", "integer", "number", "boolean", "date", "datetime", "time", "year", "geometry", "any"]
Status = Literal["published", "draft", "planned", "restricted", "retired"]


class Contact(Keyed, kw_only=True):
    """Whom to ask."""

    name: str | None = key("Name of a team or person.", Prose(200), example="311 data team")
    email: str | None = key("Where questions are answered.", Email(), example="data@example.gov")
    phone: str | None = key("A telephone number, as it should be shown.", Text(80), example="704-555-0100")
    url: str | None = key("A contact page.", Url(), example="https://example.gov/contact")


class Repository(Keyed, kw_only=True):
    """Where the catalog is kept, so that pages can link to the file behind them."""

    url: str | None = key("Address of the repository's page.", Url(), example="https://code.example.gov/city/data")
    branch: str = key("The branch that is published.", Text(100), example="main", default="main")
    path: str = key("The catalog's folder inside the repository.", Text(200), example="catalog", default="catalog")
    host: HostName | None = key("What the host is, where its name does not tell.", Choice(HOST_NAMES), example="gitlab")
    edit: str | None = key("Where a file is edited, on a host that is none of these. `{line}` may stand in it too.",
                           Url(("https", "http"), ("{branch}", "{path}"), ("{line}",)),
                           example="https://code.example.gov/city/data/edit/{branch}/{path}")
    view: str | None = key("Where a file is read, on such a host.", Url(("https", "http"), ("{branch}", "{path}"), ("{line}",)),
                           example="https://code.example.gov/city/data/read/{branch}/{path}")
    sources: bool = key("False to publish no `dataset.yaml` beside its page, from where the form that edits it reads it.",
                        Boolean(), example="false", default=True)


class SourceRecord(Keyed, kw_only=True):
    """Another portal whose datasets this catalog lists too; `cityfolio harvest` brings in what changed there."""

    title: str | None = key("Whose portal it is, as a reader knows it.", Prose(200), example="Town of Matthews",
                            needed="warning", code="title-missing")
    format: str | None = key("The form its catalog has.", Choice(SOURCE_FORMATS), example="data-json", needed="error")
    url: str | None = key("Where its catalog is.", Url(("https", "http")), example="https://data.example.gov/data.json")
    path: str | None = key("In place of `url`: a file or folder, from the catalog's folder.", Text(500),
                           example="../matthews/data.json")
    home: str | None = key("The portal's own address, where it is another than `url`: pages of datasets are there.",
                           Url(("https", "http")), example="https://data.example.gov")
    moving: bool = key("True for the portal that this site replaces: its addresses forward here, and its datasets are at home "
                       "here.", Boolean(), example="true", default=False)
    prefix: str | None = key("What is put before the id of a dataset where the catalog has another of that id. The id of "
                             "the source, when left out.", Text(40), example="matthews")
    publisher: str | None = key("The publisher that those it names are part of, and that answers for what names none.",
                                Reference("publishers"))


class OriginRecord(Keyed, kw_only=True):
    """Where a dataset that was brought in from another portal is at home."""

    id: str | None = key("The source, as `sources:` in `site.yaml` calls it.", Text(60), example="matthews", needed="error")
    url: str | None = key("Its page there.", Url(), example="https://data.example.gov/datasets/trees")


class TargetRecord(Keyed, kw_only=True):
    """A place that `cityfolio deploy` puts the site on, by a name of your own."""

    url: str = key("Its address: a folder, or `s3:`, `gs:`, `az:`, `sftp:`, `git+`, `zip:`, `netlify:`, `cloudflare:`. A "
                   "secret never stands here.", Text(500), example="s3://data-example-gov", needed="error", default="")
    endpoint: str | None = key("The server that is spoken to, for hosts that speak as S3 does: MinIO, R2 and others.",
                               Url(("https", "http")), example="https://storage.example.gov")
    keep: int | None = key("How many former generations of the site can be brought back. 2, when left out.", Integer(0),
                           example="5")
    precompress: bool = key("Of a folder: whether packed forms, .gz and .br, lie beside its files for a web server to send.",
                            Boolean(), example="true", default=False)


class SiteRecord(Keyed, kw_only=True):
    """`site.yaml`: what the whole site shares."""

    name: str = key("The site's name, shown in its header and in every page title.", Prose(80),
                    example="Charlotte open data", needed="error", default="")
    tagline: str | None = key("The sentence that opens the home page.", Prose(300),
                              example="What the city knows, for everyone to use.")
    description: str | None = key("Markdown for the About page: who publishes this, and why.", Markdown())
    notice: str | None = key("A line shown on every page, such as a warning that records are invented.", Prose(300))
    languages: tuple[str, ...] = key("Languages of the site. The first has the addresses without a folder, and texts that name "
                                     "no language are in it.", ListOf(Language(), least=1, distinct=True), example="[en, es]",
                                     default=("en",))
    former_languages: tuple[str, ...] = key("Languages that had pages of their own below a folder, such as `/es/`, and have "
                                            "none there now: their addresses lead to the pages of the first language.",
                                            ListOf(Language()), example="[es]")
    base_url: str | None = key("Where the site will be published. The `--base-url` option overrides it.",
                               Url(("https", "http")), example="https://data.example.gov")
    accent: str | None = key("The city's color. Refused when words in it could not be read.", Color(), example="#0b4c92")
    font: Literal["public-sans", "system"] = key("`public-sans`, or `system` for the reader's own font.",
                                                 Choice(("public-sans", "system")), default="public-sans")
    font_file: str | None = key("A face of the city's own, in place of `font`: a .woff2 file in `theme/` of the catalog.",
                                Text(200), example="city-sans.woff2")
    logo: LogoRecord | None = key("A picture beside the site's name.", Record(LogoRecord),
                                  example="{path: logo.svg, alt: City seal with a lighthouse}")
    header_links: tuple[SiteLinkRecord, ...] = key("Links to other sites of the city, in the head of every page.",
                                                   ListOf(Record(SiteLinkRecord), most=6),
                                                   example="[{text: City of Example, url: \"https://www.example.gov/\"}]")
    footer_links: tuple[SiteLinkRecord, ...] = key("The same at the foot of every page.",
                                                   ListOf(Record(SiteLinkRecord), most=20),
                                                   example="[{text: Careers, url: \"https://www.example.gov/jobs\"}]")
    footer_text: str | None = key("Markdown at the foot of every page, such as an address.", Markdown())
    theme: str = key("The theme's folder name: `civic`, `plain`, `harbor` or one of the city's own.", Text(60), example="civic",
                     default="civic")
    as_of: date | None = key("Pin the date that the build counts from; for demonstrations and archives.", Day(),
                             example="2026-06-30")
    contact: Contact | None = key("Whom residents ask about the site itself.", Record(Contact))
    repository: Repository | None = key("Where the catalog is kept; makes “edit this page” links.", Record(Repository))
    spatial: str | None = key("The place this catalog is about.", Prose(200), example="Charlotte, North Carolina")
    license: str | None = key("License of every dataset that names none of its own.", Reference("licenses"),
                              example="cc0-1.0")
    exports: tuple[str, ...] = key("Formats that each table is offered in beside its source: `csv`, `json`, `xlsx`, `parquet`; "
                                   "`geojson` and `pmtiles` for places; `zip` for a whole dataset with its dictionary.",
                                   ListOf(Choice(EXPORTS, EXPORT_OF_PLUGIN)), example="[csv, xlsx, parquet]")
    twins: tuple[str, ...] = key("Kinds of files beside each dataset: some, `all` or `none`; `explorer`, when left out.",
                                 ListOf(Choice((*TWINS, ALL, NONE)), distinct=True), example="[explorer, data-package, feed]")
    tables: Literal["whole", "first-rows"] = key("How far tables are read for pages: `whole`, or `first-rows` only, in a "
                                                 "fraction of the time. `check` reads all of them whole.",
                                                 Choice(("whole", FIRST_ROWS)), example="first-rows", default="whole")
    limits: LimitsRecord | None = key("What one data file may ask for while it is read.", Record(LimitsRecord))
    map: MapRecord | None = key("What lies below the rows of a map, and where a map opens.", Record(MapRecord),
                                example="{boundaries: [council-district-boundaries]}")
    forwards: Mapping[str, str] = key("Other paths that were published once, each with the path of the page to go to now.",
                                      MapOf(Text(200)), example="{/datasets/: /data/}")
    sources: Mapping[str, SourceRecord] = key("Other portals whose datasets are listed here too, each by an id of your own.",
                                              MapOf(Record(SourceRecord)),
                                              example="{matthews: {title: Matthews, format: jkan, path: ../m}}")
    requests: AskingRecord = key("How residents ask for data that is not here.", Record(AskingRecord),
                                 example="{email: opendata@example.gov, days: 10}", default=AskingRecord())
    versions: VersionsRecord = key("Which former files stay to be had, from the repository's history.", Record(VersionsRecord),
                                   example="{keep: 12, largest_bytes: 1000000}", default=VersionsRecord())
    standards: tuple[str, ...] = key("Standards that the city assesses itself by, each by its id: those that come with "
                                     "Cityfolio, and its own in `standards/`.", ListOf(Text(100), distinct=True),
                                     example="[what-works-cities, fair]")
    owners: tuple[str, ...] = key("Who is asked about a change of what all share: settings, notes about changes, workflows.",
                                  ListOf(Text(100)), example='["@city/open-data"]')
    review: ReviewPolicyRecord = key("What `cityfolio diff` asks of a change.", Record(ReviewPolicyRecord),
                                     example="{note_for: [breaking], weights: {column-added: notable}}",
                                     default=ReviewPolicyRecord())
    targets: Mapping[str, TargetRecord] = key("Where `cityfolio deploy` puts the site, each by a name of your own.",
                                              MapOf(Record(TargetRecord)), example="{live: {url: \"s3://data-example-gov\"}}")
    plugins: tuple[str, ...] = key("Plugins that are used, of those that are installed, each by its name.",
                                   ListOf(Text(60), distinct=True), example="[gtfs]")
    harmless: tuple[HarmlessRecord, ...] = key("What looks like a secret in a file and is none.",
                                               ListOf(Record(HarmlessRecord)))


class PublisherRecord(Keyed, kw_only=True):
    """`publishers/ID.yaml`: a department or body that answers for data."""

    title: str | None = key("Its full name.", Prose(200),
                            example="Charlotte Department of Transportation",
                            needed="warning", code="title-missing")
    description: str | None = key("Markdown: what it does, in a resident's words.", Markdown())
    url: str | None = key("Its own site.", Url(), example="https://example.gov/transportation")
    contact: Contact | None = key("Whom to ask about its data.", Record(Contact))
    parent: str | None = key("The publisher it is part of.", Reference("publishers"))
    owners: tuple[str, ...] = key("Who is asked about a change of its files, as the code host names them; those of its parent "
                                  "when left out. `cityfolio owners` writes them into CODEOWNERS.", ListOf(Text(100)),
                                  example='["@city/transportation"]')
    formerly: tuple[str, ...] = key("Ids or paths it had before; each forwards here.", ListOf(OldAddress()))


class TopicRecord(Keyed, kw_only=True):
    """`topics/ID.yaml`: a subject that residents look for."""

    title: str | None = key("The subject in plain words.", Prose(120), example="Streets and sidewalks", needed="warning",
                            code="title-missing")
    description: str | None = key("Markdown: what belongs here and what a reader can learn.", Markdown())
    formerly: tuple[str, ...] = key("Ids or paths it had before; each forwards here.", ListOf(OldAddress()))


class LicenseRecord(Keyed, kw_only=True):
    """`licenses/ID.yaml`: terms of use that are not in the built-in list."""

    title: str | None = key("Its name.", Prose(200), example="City terms of use", needed="warning", code="title-missing")
    url: str | None = key("Where its text is.", Url(), example="https://example.gov/terms")
    spdx: str | None = key("Its SPDX identifier, if it has one.", Text(60), example="CC-BY-4.0")
    description: str | None = key("Markdown: what it allows, or the text itself.", Markdown())


MOST_QUESTIONS = 3     # a page that opens with more answers than these says nothing
MOST_CHARTS = 3


class ForeignKey(Keyed, kw_only=True):
    """A column of another dataset that holds every value a column may have."""

    dataset: str | None = key("The dataset.", Reference("datasets"), example="council-districts", needed="error")
    column: str | None = key("The column there, by its name in the file.", Text(200), example="district", needed="error")


class ColumnRecord(Keyed, kw_only=True):
    """An entry of `columns:`, or `columns/ID.yaml` where many datasets share it. The dictionary is law: rows are checked."""

    standard: str | None = key("A shared column in `columns/` whose keys hold here unless repeated.", Reference("columns"),
                               example="council-district")
    title: str | None = key("What the column holds, in a resident's words.", Prose(200), example="When the city received it")
    description: str | None = key("Markdown: how it is recorded, and what to watch for.", Markdown())
    type: ColumnType | None = key("What its values are. Found from the rows when left out.", Choice(COLUMN_TYPES),
                                  example="integer")
    unit: str | None = key("What one of it is.", Prose(60), example="days")
    format: str | None = key("How dates and times are written, with strptime's letters. ISO 8601 when left out.", Text(60),
                             example="%m/%d/%Y")
    required: bool | None = key("True when no row may leave it empty.", Boolean(), example="true")
    unique: bool | None = key("True when no two rows may share a value.", Boolean(), example="true")
    minimum: str | None = key("The least value, a number or a date.", Text(40), example="0")
    maximum: str | None = key("The greatest value, a number or a date.", Text(40), example="100")
    min_length: int | None = key("The least number of characters.", Integer(), example="5")
    max_length: int | None = key("The greatest number of characters.", Integer(), example="5")
    pattern: str | None = key("A regular expression that each value must match as a whole.", Pattern(), example="[A-Z]{2}")
    values: Mapping[str, str] = key("The codes that may occur, each with its meaning. No others are allowed.",
                                    MapOf(Prose(400)), example="{POTHOLE: Pothole repair}")
    foreign_key: ForeignKey | None = key("Another dataset's column in which each value has to occur.", Record(ForeignKey),
                                         example="{dataset: council-districts, column: district}")
    source: str | None = key("The standard or law the column follows.", Url(), example="https://www.geonames.org/countries")
    sensitive: bool = key("True for personal data: the column is left out of everything that is published.", Boolean(),
                          example="true", default=False)


class FileRecord(Keyed, kw_only=True):
    """An entry of `files:`: something to download. Either `path`, or `url` with perhaps a `sample`, or `missing`."""

    path: str | None = key("A file in the dataset's folder.", FilePath(), example="service-requests.csv")
    url: str | None = key("A file or service kept elsewhere.", Url(), example="https://example.gov/requests.csv")
    missing: str | None = key("In place of `path` or `url`: why something that is listed cannot be had.", Prose(1_000),
                              example="The address was lost when the catalog moved.")
    sample: str | None = key("A file in the dataset's folder with some rows of what is at `url`.", FilePath(),
                             example="sample.csv")
    formerly: tuple[str, ...] = key("Names its address ended in before; it is published at these too.", ListOf(FilePath()),
                                    example="[requests-2025.csv]")
    title: str | None = key("What is in it.", Prose(200), example="All requests since 2016")
    description: str | None = key("Markdown: what sets it apart from the other files.", Markdown())
    format: str | None = key("Its format, when the name does not tell.", Text(40), example="CSV")
    encoding: str | None = key("How its characters are stored.", Choice(ENCODINGS), example="utf-8")
    delimiter: str | None = key("What stands between fields: `,` `;` `|` or `tab`.", Choice((",", ";", "|", "tab")),
                                example="tab")
    empty: tuple[str, ...] = key("Words that stand for “no value”, beside the empty field.", ListOf(Text(40)),
                                 example='["NA", "-"]')
    sheet: str | None = key("The sheet of a spreadsheet, or the layer of a map file. Needed where there are several.",
                            Text(200), example="Vehicles")
    header_row: int = key("The line or row that names the columns; what stands above it is passed over.", Integer(minimum=1),
                          example="3", default=1)
    look_inside: bool = key("False to publish a file as it is, without reading it as a table.", Boolean(), example="false",
                            default=True)
    exports: tuple[str, ...] = key("Formats this file is offered in, where not those of `site.yaml`; `none` for no more.",
                                   ListOf(Choice((*EXPORTS, "none"), EXPORT_OF_PLUGIN)), example="[xlsx]")
    primary_key: tuple[str, ...] = key("Columns that together tell each row of this file from every other.",
                                       ListOf(Text(200)), example="[request_id]")
    columns: Mapping[str, ColumnRecord] = key("A dictionary for this file alone, when it differs from the dataset's.",
                                              MapOf(Record(ColumnRecord)))


class Temporal(Keyed, kw_only=True):
    """The time that data covers."""

    start: str | None = key("The first moment covered.", Moment(), example="2016-01-01")
    end: str | None = key("The last moment covered; left out while it goes on.", Moment(), example="2024")


class DatasetRecord(Keyed, kw_only=True):
    """`datasets/ID/dataset.yaml`: one dataset, published or not, with its data dictionary."""

    title: str | None = key("Its name, as a resident would say it.", Prose(200),
                            example="Service requests (311)",
                            needed="warning", code="title-missing")
    summary: str | None = key("One sentence: what the rows are and since when.", Prose(400),
                              example="Every non-emergency request residents made to the city since 2016.")
    description: str | None = key("Markdown: what it is for, how it comes about, what can be learned from it.", Markdown())
    publisher: str | None = key("Who answers for it.", Reference("publishers"), example="customer-service")
    contact: Contact | None = key("Whom to ask, when it is not the publisher's contact.", Record(Contact))
    topics: tuple[str, ...] = key("Subjects it belongs to.", ListOf(Reference("topics")), example="[streets, neighborhoods]")
    keywords: tuple[str, ...] = key("Other words people search for.", ListOf(Prose(200)), example="[311, potholes, trash]")
    license: str | None = key("What may be done with it.", Reference("licenses"), example="cc0-1.0")
    rights: str | None = key("Markdown: conditions beside the license, and who may see what is not open.", Markdown(4_000))
    frequency: Frequency | None = key("How often it is renewed. A missed date is shown as late.", Repeats(), example="daily")
    issued: date | None = key("When it was first published.", Day(), example="2016-03-01")
    modified: date | None = key("When its data last changed.", Day(), example="2026-06-29")
    temporal: Temporal | None = key("The time it covers.", Record(Temporal), example="{start: 2016-01-01}")
    spatial: str | None = key("The place it covers.", Prose(400), example="Charlotte, North Carolina")
    language: str | None = key("Language of the data, where it is not the site's.", Language(), example="es")
    conforms_to: str | None = key("The standard that the data follows.", Url(), example="https://gtfs.org/documentation/schedule/")
    landing_page: str | None = key("A page elsewhere that tells of it, such as the program behind the data.", Url(),
                                   example="https://example.gov/311")
    each_row_is: str | None = key("What one row stands for.", Prose(200), example="One service request")
    known_limits: str | None = key("Markdown: what a user must know before using it. Never folded away.", Markdown())
    status: Status = key("`published`; `draft`, which is checked and shown by `serve` alone; or what the city holds and does "
                         "not publish: `planned`, `restricted`, `retired`.",
                         Choice(STATUSES), example="planned", default="published")
    reason: str | None = key("Why it is planned, restricted or retired. Needed for these.", Prose(1_000))
    system_of_record: str | None = key("The system in which the city keeps it.", Prose(200), example="Salesforce 311")
    sensitivity: Sensitivity | None = key("How far what the city holds may go: `public`, `internal` to the city, "
                                          "`confidential` to those who work with it, `protected` by law.",
                                          Choice(SENSITIVITIES), example="public")
    value: Worth | None = key("How much it is worth to residents, as the inventory ranks it.", Choice(WORTHS), example="high")
    release: ReleaseRecord | None = key("When it will be out, and what is left to do; for what is planned.",
                                        Record(ReleaseRecord), example="{on: 2026-10-31}")
    release_review: ReleaseReviewRecord | None = key("What was weighed before it was released.", Record(ReleaseReviewRecord))
    anonymity: tuple[AnonymityRecord, ...] = key("Columns by which a person could be told apart, and how large a group must "
                                                 "be; rows are held to it.", ListOf(Record(AnonymityRecord)),
                                                 example="[{quasi_identifiers: [age_group, district], k: 5}]")
    related: tuple[str, ...] = key("Other datasets that belong with it.", ListOf(Reference("datasets")))
    formerly: tuple[str, ...] = key("Ids or paths it had before; each forwards here.", ListOf(OldAddress()),
                                    example="[311-requests]")
    versions: Literal["kept", "none"] = key("`none` where no former files of it may be had.", Choice(("kept", "none")),
                                            example="none", default="kept")
    identifier: str | None = key("What other catalogs know it by. The address of its page, when left out; never change it.",
                                 Text(500), example="https://data.example.gov/id/wxyz-1234")
    source: OriginRecord | None = key("The portal it is brought in from; written by `cityfolio harvest`.", Record(OriginRecord),
                                      example="{id: matthews, url: https://data.example.gov/trees}")
    files: tuple[FileRecord, ...] = key("What can be downloaded, the most useful first.", ListOf(Record(FileRecord)))
    columns: Mapping[str, ColumnRecord] = key("The data dictionary: each column by its name in the file.",
                                              MapOf(Record(ColumnRecord)))
    questions: tuple[QuestionRecord, ...] = key("What residents ask of this data; the answers open its page.",
                                                ListOf(Record(QuestionRecord), most=MOST_QUESTIONS))
    charts: tuple[ChartRecord, ...] = key("What can be seen in this data, drawn.",
                                          ListOf(Record(ChartRecord), most=MOST_CHARTS))
    notes: Mapping[str, str] = key("Further facts, kept and shown as they are; importers put here what has no other place.",
                                   MapOf(Prose(4_000)))
