"""A second name for every file of a large site, kept aside, so that the next build makes a few anew and the others lie there.

To link 60,000 files into a new folder and to remove the former one takes longer than all else that writing does after an edit.
So the former folder is not removed. It is mended at once: what changed gets its new files, what went goes, and it is a twin of
the site in its place, which takes room for names and for no bytes. Nobody else may look into it. The next build makes its new
site there. Nothing in it is believed because it lies there: each file is asked for how it looks, as those of the site are.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from cityfolio import files, folders

LARGE = 20_000           # files: to link and remove fewer takes less than half a second
KEEP_OUT = 0o700         # of the spare
IGNORE = ".gitignore"    # the folder often lies in the catalog's repository, and nothing of it should be committed


@dataclass(slots=True)
class Lying:
    """What lies in the folder that a site is made in, and was not asked for yet."""

    files: set[str] = field(default_factory=set)
    folders: set[str] = field(default_factory=set)

    def clear(self, root: str, path: str) -> None:
        """Make room at a path for something that was not there as it is to be."""
        if path in self.files:
            self.files.discard(path)
            folders.remove_folder(Path(root, path))
        elif path in self.folders:
            folders.remove_folder(Path(root, path))
            inside = f"{path}/"
            self.files = {each for each in self.files if not each.startswith(inside)}
            self.folders = {each for each in self.folders if each != path and not each.startswith(inside)}

    def clear_all(self, root: str) -> None:
        """Remove what was not asked for."""
        for path in (*self.files, *sorted(self.folders, reverse=True)):
            folders.remove_folder(Path(root, path))
        self.files, self.folders = set(), set()


def taken_up(spare: Path, new: Path, *, is_wanted: bool) -> Lying | None:
    """Make a new site in the spare, from now on at `new`, and say what lies there; None where there is none to be had."""
    lying = folders.public_contents(spare) if is_wanted else None
    if lying is None:
        folders.remove_folder(spare)
        return None
    folders.move_folder(spare, new, files.PUBLIC_FOLDER)
    return Lying(*lying)


def laid_aside(former: Path, current: Path, spare: Path, changed: Iterable[str], gone: Iterable[str]) -> bool:
    """Make a twin of the site in its place out of the former one, and say whether that could be done.

    `changed` are the paths of files that are not those of the former site, and `gone` those that it had alone.
    """
    lying = Lying(files={*changed, *gone})
    try:
        for path in gone:
            lying.clear(str(former), path)
        for path in changed:
            lying.clear(str(former), path)
            _make_folders(former, Path(path).parent)
            if not files.link_file(current / path, former / path):
                return False
        folders.remove_folder(former / IGNORE)
        files.write_new(former / IGNORE, [b"*\n"])
        folders.move_folder(former, spare, KEEP_OUT)
    except OSError:
        return False     # the site is in its place: what cannot be kept aside is removed, and costs the next build time
    return True


def _make_folders(root: Path, folder: Path) -> None:
    if not (root / folder).is_dir():
        _make_folders(root, folder.parent)
        files.make_folder(root / folder)
