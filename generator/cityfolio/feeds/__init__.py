"""What machines read: the catalog as JSON, Atom feeds, the sitemap, robots.txt."""

from __future__ import annotations

from collections.abc import Iterable

from cityfolio.feeds.atom import atom_feeds
from cityfolio.feeds.catalog_json import catalog_json
from cityfolio.feeds.catalog_tables import catalog_tables
from cityfolio.feeds.ckan import ckan
from cityfolio.feeds.croissant import croissants
from cityfolio.feeds.csvw import csvw
from cityfolio.feeds.data_package import data_packages
from cityfolio.feeds.dcat_ap import dcat_ap
from cityfolio.feeds.dcat_us import dcat_us
from cityfolio.feeds.dcat_us_3 import dcat_us_3
from cityfolio.feeds.index_json import indexes
from cityfolio.feeds.llms import llms
from cityfolio.feeds.oembed import oembeds
from cityfolio.feeds.ogc_records import ogc_records
from cityfolio.feeds.openapi import openapi
from cityfolio.feeds.outlines import outlines
from cityfolio.feeds.sitemap import robots, sitemap
from cityfolio.feeds.stac import stac
from cityfolio.feeds.well_known import api_catalog
from cityfolio.model.catalog import Build, Catalog
from cityfolio.model.site import Output

__all__ = ["feeds"]


def feeds(catalog: Catalog, build: Build, pages: Iterable[Output]) -> tuple[Output, ...]:
    """Every feed. The sitemap lists the pages that it is given."""
    return (catalog_json(catalog, build), *atom_feeds(catalog, build), *outlines(catalog, build), *oembeds(catalog, build),
            dcat_us(catalog, build), dcat_us_3(catalog, build), *dcat_ap(catalog, build),
            *ogc_records(catalog, build), *stac(catalog, build),
            *data_packages(catalog, build), *csvw(catalog, build), *croissants(catalog, build),
            *catalog_tables(catalog, build), *ckan(catalog, build), *indexes(catalog, build),
            openapi(catalog, build), llms(catalog, build), *api_catalog(build),
            *sitemap(pages, build),
            robots(build))
