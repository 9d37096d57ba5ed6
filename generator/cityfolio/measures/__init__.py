"""Goals and measures: computed from rows, held against targets and their own past."""
