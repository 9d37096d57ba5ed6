"""Arrow without pandas: the first array that it makes has it import pandas, to tell values of that from others.

No value of pandas is ever given to it here, and importing it takes 0.2 CPU s and 30 MiB of each process that reads tables.
So that question is asked here, while pandas is not to be found, and all who make arrays import Arrow from here. Who asks it for
a frame of pandas by name, as a plugin may, still gets one.
"""

from __future__ import annotations

import pyarrow as pa

from cityfolio.without_pandas import pandas_unasked

__all__ = ["pa"]

with pandas_unasked():
    pa.array(())     # asks its question, once for the whole process
