"""What a process imports that others are copies of, where these are to read and write many files: each finds it done.

To import all this takes a copy ten times as long as a small file. Nobody else imports this module, which says for the whole
process how memory is to be taken.
"""

from __future__ import annotations

import os
from importlib import import_module

# Arrow's own way reserves a gigabyte of addresses at once, and a thread for arithmetic a stack and room beside: all of it would
# count against the limit of each copy, as if it were filled. (For the libraries, which is why it is not `os.environ`.)
os.putenv("ARROW_DEFAULT_MEMORY_POOL", "system")
os.putenv("OPENBLAS_NUM_THREADS", "1")

for module in ("cityfolio.tables.exports.parquet", "cityfolio.tables.offers", "cityfolio.privacy.detect", "shapely"):
    import_module(module)
