"""What `cityfolio new` copies: the whole demonstration catalog but for its large datasets.

The build hook reads this file by itself to fill the wheel, so it imports nothing.
"""

# Small, complete and unlike one another. Other datasets of the demonstration stay in the repository.
DATASETS: tuple[str, ...] = ()

LEFT_OUT = ("scripts",)


def includes(path: str) -> bool:
    """Whether a path of the demonstration catalog, written with `/`, belongs to the starter catalog."""
    parts = path.split("/")
    if any(part.startswith((".", "__pycache__")) for part in parts) or parts[0] in LEFT_OUT:
        return False
    return parts[0] != "datasets" or (len(parts) > 1 and parts[1] in DATASETS)
