"""Rules for what the whole site shares."""

from __future__ import annotations

from collections.abc import Iterator

from cityfolio.check.registry import rule
from cityfolio.load.languages import can_be_begun, is_spoken, languages_of_city, shipped_languages
from cityfolio.load.loaded import Loaded
from cityfolio.load.values import is_site_path
from cityfolio.model.catalog import Build
from cityfolio.problems import Problem, did_you_mean


@rule("language-untranslated")
def the_interface_speaks_the_languages(loaded: Loaded, build: Build) -> Iterator[Problem]:
    """Each language of the site is one that the interface was translated into."""
    if loaded.site is None:
        return
    translated = (*shipped_languages(), *languages_of_city(loaded.nodes))
    for place, language in enumerate(loaded.site.record.languages):
        if not is_spoken(language, translated):
            yield Problem(
                code="language-untranslated",
                where=loaded.site.document.at("languages", place),
                says=f'the interface is not translated into "{language}"',
                fix=did_you_mean(language, translated) + (
                    f" `cityfolio i18n init {language}` begins a translation." if can_be_begun(language) else ""),
            )


@rule("base-url-missing")
def the_address_is_known(loaded: Loaded, build: Build) -> Iterator[Problem]:
    """Feeds and the sitemap can name full addresses."""
    if loaded.site is not None and not build.base_url and not build.for_folder:
        yield Problem(
            code="base-url-missing",
            where=loaded.site.document.at(),
            says="the address of the site is not known, so there is no sitemap and feeds have relative links",
            fix="Add `base_url:` here, or build with --base-url.",
        )


@rule("address-invalid")
def other_forwards_are_paths(loaded: Loaded, build: Build) -> Iterator[Problem]:
    """Each path of `forwards:` can be an address, and so can where it leads. That a page is there is verified once written."""
    if loaded.site is None:
        return
    for old, new in loaded.site.record.forwards.items():
        for path, where in (
            (old, loaded.site.document.at_key("forwards", old)),
            (new, loaded.site.document.at("forwards", old)),
        ):
            if not is_site_path(path):
                yield Problem(
                    code="address-invalid",
                    where=where,
                    says=f'"{path}" is not a path of a site',
                    fix="Write it from the root, such as /datasets/ or /data/.",
                )
