"""A data.json of made-up datasets, of any size and always the same, with the oddities that real ones have."""

from __future__ import annotations

from pathlib import Path

import orjson

from bench.making_records import Record, records

Value = str | list["Value"] | dict[str, "Value"] | None
LICENSES = ("https://creativecommons.org/publicdomain/zero/1.0/", "https://creativecommons.org/licenses/by/4.0/",
            "https://data.example.gov/terms", "other-license-specified")


def write_data_json(count: int, path: Path, seed: int = 1) -> None:
    """Write so many datasets as DCAT-US 1.1."""
    listed = [_dataset(record, number) for number, record in enumerate(records(count, seed))]
    path.write_bytes(orjson.dumps({"conformsTo": "https://project-open-data.cio.gov/v1.1/schema", "dataset": listed}))


def _dataset(record: Record, number: int) -> dict[str, Value]:
    about = f"<p>{record.description}</p><p>{record.summary} <b>See</b> <a href='https://example.gov'>more</a>.</p>"
    made: dict[str, Value] = {
        "@type": "dcat:Dataset", "identifier": f"https://data.example.gov/api/views/{number:04x}-abcd", "title": record.title,
        "description": about if number % 3 == 0 else f"{record.description}\n\n{record.summary}",
        "keyword": ", ".join(record.keywords) if number % 11 == 0 else list(record.keywords),
        "modified": (record.updated, f"{record.updated}T10:00:00.000Z", "R/P1D", None)[number % 4], "issued": "2010-01-01",
        "publisher": {"@type": "org:Organization", "name": record.publisher}, "accessLevel": "public",
        "contactPoint": {"@type": "vcard:Contact", "fn": record.publisher, "hasEmail": "mailto:data@example.gov"},
        "theme": [record.topic] if number % 5 else None, "license": LICENSES[number % len(LICENSES)],
        "landingPage": f"https://data.example.gov/d/{number:04x}-abcd", "bureauCode": ["015:11"], "programCode": ["015:001"],
        "language": ["en-US"], "accrualPeriodicity": "R/P1Y",
        "spatial": None if number % 7 == 0 else "Charlotte, North Carolina",
    }
    made["distribution"] = [
        {"@type": "dcat:Distribution", "downloadURL": f"https://data.example.gov/api/views/{number:04x}-abcd/rows.{form.lower()}",
         "mediaType": "text/csv" if form == "CSV" else "application/octet-stream", "format": form,
         "title": f"{record.title} ({form})"}
        for form in record.formats
    ]
    return made
