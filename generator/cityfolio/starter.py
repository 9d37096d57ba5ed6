"""What `cityfolio new` copies: the demonstration catalog's settings, and a few of its datasets with what they point to.

The build hook reads this file by itself to fill the wheel, so it imports nothing.
"""

# Small, complete, unlike one another, and referring to nothing outside this list: three kinds of table, one dataset each
# that is restricted and retired, and a goal with two measures. A folder or file that is not named here is copied whole; of one
# that is named with nothing after it, nothing is copied: what Charlotte calls things ("CATS" is its transit) means something
# else elsewhere.
PARTS: dict[str, tuple[str, ...]] = {
    "datasets": (
        "capital-projects", "council-districts", "pandemic-service-status", "salaries-by-class", "solid-waste-tonnage",
        "water-customer-accounts",
    ),
    "publishers": (
        "charlotte-water.yaml", "customer-service.yaml", "general-services.yaml", "human-resources.yaml",
        "landscape-management.yaml", "planning-design-development.yaml", "solid-waste-services.yaml",
    ),
    "topics": (
        "city-hall.yaml", "city-money.yaml", "neighborhoods.yaml", "streets.yaml", "trash-and-recycling.yaml",
        "water-and-trees.yaml",
    ),
    "priorities": ("clean-and-green.yaml",),
    "goals": ("less-waste-clean-streets.yaml",),
    "measures": ("recycling-contamination", "recycling-share"),
    "calendars": (),
    "changes": (),
    "commitments": (),
    "requests": (),
    "uses": (),
    "policy": (),
    "guides": (),
    "attestations": (),
    "assessments": (),
    "links": (),
    "usage.csv": (),
    "scripts": (),
    "synonyms.yaml": (),
}


def includes(path: str) -> bool:
    """Whether a path of the demonstration catalog, written with `/`, belongs to the starter catalog."""
    parts = path.split("/")
    if any(part.startswith((".", "__pycache__")) for part in parts):
        return False
    return parts[0] not in PARTS or (len(parts) > 1 and parts[1] in PARTS[parts[0]])
