"""Tables too large for memory: measured portion by portion, exact wherever eight bytes a row can hold what has to be known."""
