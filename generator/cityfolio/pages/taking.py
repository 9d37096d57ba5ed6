"""What readers take along of a table beside its files: code that reads it, its address, a frame for other pages, a citation."""

from __future__ import annotations

from cityfolio.frozen import Frozen
from cityfolio.model.catalog import Dataset, File
from cityfolio.pages import routes
from cityfolio.pages.citing import Citations, citations
from cityfolio.pages.embedding import frame_code, resizer_code
from cityfolio.pages.shell import Site
from cityfolio.pages.snippets import Snippet, snippets


class Take(Frozen, kw_only=True):
    """What `parts/take.html` shows."""

    snippets: tuple[Snippet, ...]
    citations: Citations
    address: str                  # of the page in full; "" where the site's is not known
    frame: str                    # HTML for pages of others; "" where the address is not known
    resizer: str


def take(dataset: Dataset, file: File, title: str, site: Site) -> Take:
    """What can be taken along of a file whose page has a title."""
    build = site.build
    is_known = bool(build.base_url) and not build.for_folder
    return Take(
        snippets=snippets(dataset, file, site), citations=citations(dataset, file, title, site),
        address=site.address(routes.file_page_url(dataset.id, file.page)) if is_known else "",
        frame=frame_code(dataset, file, title, site), resizer=resizer_code(site),
    )
