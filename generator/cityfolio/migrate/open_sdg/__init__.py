"""Import from Open SDG (https://open-sdg.org): indicators become datasets, and measures that are computed from their rows."""
