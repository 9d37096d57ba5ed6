"""Groups of rows too small or too much alike to hide a person in."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from cityfolio.model.practice import AnonymityRecord
from cityfolio.model.privacy import PersonalFinding
from cityfolio.privacy.seen import SeenColumn, codes_of


def group_findings(columns: Sequence[SeenColumn], anonymity: AnonymityRecord) -> tuple[PersonalFinding, ...]:
    """Say where fewer than k rows share what others may know of a person, or all know too much of one.

    k-anonymity after Sweeney (2002), distinct l-diversity after Machanavajjhala et al. (2007). An empty cell is a value as any
    other is. Columns that a record names and the table lacks are left out; a rule of the catalog reports them.
    """
    by_name = {column.name: column for column in columns}
    known = [by_name[name] for name in anonymity.quasi_identifiers if name in by_name]
    if not known or not len(known[0].cells):
        return ()
    groups = _groups([codes_of(column) for column in known])
    sizes = np.bincount(groups)
    names = " + ".join(column.name for column in known)
    small = _small(names, groups, sizes, anonymity.k)
    uniform = [_uniform(names, groups, by_name[name], anonymity.l) for name in anonymity.sensitive if name in by_name]
    return tuple(finding for finding in (small, *uniform) if finding)


def _groups(coded: Sequence[npt.NDArray[np.int64]]) -> npt.NDArray[np.int64]:
    """The group of each row, numbered from 0. Renumbered after each column, so that no product of counts overflows."""
    groups = np.zeros(len(coded[0]), dtype=np.int64)
    for codes in coded:
        _, groups = np.unique(groups * (int(codes.max()) + 1) + codes, return_inverse=True)
    return groups


def _small(names: str, groups: npt.NDArray[np.int64], sizes: npt.NDArray[np.int64], k: int) -> PersonalFinding | None:
    is_small = sizes < k
    rows = is_small[groups]
    if not rows.any():
        return None
    many = int(is_small.sum())
    return PersonalFinding(
        column=names, kind="small-group", row=int(rows.argmax()) + 1, count=int(rows.sum()), of=len(groups),
        why=f"{many:,} of {len(sizes):,} groups of rows that are alike in {names} have fewer than {k:,} rows; "
            f"the smallest has {int(sizes.min()):,}")


def _uniform(names: str, groups: npt.NDArray[np.int64], sensitive: SeenColumn, least: int) -> PersonalFinding | None:
    codes = codes_of(sensitive)
    pairs = np.unique(np.stack([groups, codes]), axis=1)
    different = np.bincount(pairs[0])
    is_uniform = different < least
    rows = is_uniform[groups]
    if not rows.any():
        return None
    return PersonalFinding(
        column=f"{names} + {sensitive.name}", kind="uniform-group", row=int(rows.argmax()) + 1, count=int(rows.sum()),
        of=len(groups),
        why=f"in {int(is_uniform.sum()):,} of {len(different):,} groups of rows that are alike in {names}, "
            f"{sensitive.name} has fewer than {least:,} different values")
