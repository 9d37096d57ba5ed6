"""How much of a machine one data file may use, so that a file made to do harm is refused and the build goes on."""

from __future__ import annotations

from dataclasses import fields

from cityfolio.frozen import Frozen
from cityfolio.load.loaded import Loaded
from cityfolio.model.limits import LimitsRecord

RATIO_FROM_BYTES = 32 << 20   # what expands to less does no harm, however much it was compressed


class Limits(Frozen, kw_only=True):
    """What one data file may ask for; a city raises any of them under `limits:` in site.yaml."""

    cells: int = 20_000_000          # rows times columns, from the header to the last filled cell
    expanded_bytes: int = 1 << 30    # of everything in an archive; and of all texts of a table, however often one repeats
    entries: int = 1_000             # files in an archive
    ratio: int = 100                 # expanded bytes for each byte of the archive; a sheet full of one number has 15
    memory_bytes: int = 512 << 20
    seconds: int = 60
    fetch_bytes: int = 5 << 30       # of a file kept elsewhere, where `--fetch` reads it


LIMITS = Limits()


def limits_of(loaded: Loaded) -> Limits:
    """The limits of a site: its own, where it has any."""
    record = loaded.site.record.limits if loaded.site else None
    given = {each.name: getattr(record, each.name) for each in fields(LimitsRecord)} if record else {}
    return Limits(**{name: value for name, value in given.items() if value is not None}) if given else LIMITS


def how_to_raise(name: str, enough: int) -> str:
    """What to write so that a file that is meant to be as large is read."""
    return f"If the file is meant to be so, write `limits: {{{name}: {enough}}}` in site.yaml."
