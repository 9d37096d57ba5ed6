"""What a process imports that others are copies of, where these are to read and write many files: each finds it done.

To import all this takes a copy ten times as long as a small file. Nobody else imports this module, which says for the whole
process how memory is to be taken.
"""

from __future__ import annotations

import os
from contextlib import suppress
from importlib import import_module

# Arrow's own way reserves a gigabyte of addresses at once, and may fill them later, past the limit of a copy. A thread for
# arithmetic, which nobody asks for here, reserves a stack and room beside. Both are read by libraries in C.
os.putenv("ARROW_DEFAULT_MEMORY_POOL", "system")
os.putenv("OPENBLAS_NUM_THREADS", "1")

for module in ("cityfolio.tables.exports.parquet", "cityfolio.tables.offers", "cityfolio.privacy.detect", "shapely"):
    # As libraries fail that are missing or built for others. A copy that needs one tries again, and says so for its file.
    with suppress(ImportError, OSError, ValueError, AttributeError):
        import_module(module)
