"""Everything that is found out about a catalog before it is drawn: its tables, its measures, its theme, and what is wrong."""

from __future__ import annotations

from cityfolio.check.advice import performance_advice
from cityfolio.check.whole import whole_check
from cityfolio.files import Tree
from cityfolio.folders import themes_root
from cityfolio.frozen import replace
from cityfolio.load.languages import SOURCE
from cityfolio.load.loaded import Loaded
from cityfolio.measures.measured import Measured, measured
from cityfolio.model.catalog import Build
from cityfolio.pages.accent import accent_problem, light_grounds
from cityfolio.pages.languages import faults_of_words, words_of_language
from cityfolio.pages.looks import with_looks
from cityfolio.pages.templates import Theme, load_theme
from cityfolio.plugins.adding import unknown_exports
from cityfolio.plugins.applied import filters_of, findings
from cityfolio.plugins.in_use import NO_PLUGINS, Plugins
from cityfolio.problems import Problem, in_order, stops
from cityfolio.tables.published import Bench, Tables, read_tables


def inspected(loaded: Loaded, build: Build, bench: Bench, plugins: Plugins = NO_PLUGINS,
              ) -> tuple[Tables, Measured, Theme | None, tuple[Problem, ...]]:
    """Read the data files and the theme, compute what is measured, and gather every problem; nothing is written."""
    tables = read_tables(loaded, bench)
    theme, problems = _theme(loaded, bench.tree, plugins)
    found = (*whole_check(loaded, tables, build, bench.tree, bench.looks), *findings(plugins, loaded, build),
             *unknown_exports(plugins, loaded), *problems)
    # Measures of a catalog with errors would be computed from what is to be mended.
    has_errors = stops(found, strict=False)
    figures = Measured() if has_errors else measured(loaded, tables, build, bench)
    advice = () if has_errors else performance_advice(loaded, figures.by_id)
    return tables, figures, theme, in_order([*found, *figures.problems, *advice])


def _theme(loaded: Loaded, tree: Tree, plugins: Plugins) -> tuple[Theme | None, tuple[Problem, ...]]:
    if loaded.site is None:
        return None, ()
    site = loaded.site.record
    words = words_of_language(next(iter(site.languages), SOURCE), tree)
    theme, problems = load_theme(site.theme, (themes_root(),), tree, words, filters_of(plugins))
    if theme is None:
        problems = tuple(replace(each, where=loaded.site.document.at("theme")) for each in problems)
    else:
        theme, unfit = with_looks(theme, site, loaded.site.document.at, tree)
        problems = (*problems, *unfit)
    grounds = light_grounds((*theme.styles, *theme.city_styles) if theme else ())
    accent = accent_problem(site.accent, loaded.site.document.at("accent"), grounds) if site.accent else None
    return theme, (*problems, *([accent] if accent else []), *faults_of_words(site.languages, tree))


def themes_of(loaded: Loaded, tree: Tree, first: Theme, plugins: Plugins = NO_PLUGINS) -> tuple[Theme, ...]:
    """The theme in each language of the site. What is wrong with it was said of the first."""
    languages = loaded.site.record.languages if loaded.site else ()
    found = (load_theme(first.name, (themes_root(),), tree, words_of_language(each, tree), filters_of(plugins))[0]
             for each in languages[1:])
    return (first, *(each for each in found if each))
