"""`cityfolio links`: which addresses the catalog names, what is there today, and what was found before."""
