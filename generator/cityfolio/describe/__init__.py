"""`cityfolio describe`: a first dictionary of a data file, for a person to finish."""
