"""Makes the index of made-up records: `python -m bench.index_records RECORDS FOLDER`, records being JSON, one a line.

tests/ and tools/ must be on the path.
"""

from __future__ import annotations

import sys
from pathlib import Path

from asking import write_index
from bench.making_records import documents, read_records
from cityfolio.search.index import index_files
from cityfolio.search.synonyms import said_by, shipped
from cityfolio.search.terms import Speech

if __name__ == "__main__":
    found = tuple(documents(tuple(read_records(Path(sys.argv[1])))))
    write_index(index_files(found, Speech(said=said_by(shipped("en")))), Path(sys.argv[2]))
