"""Rules for columns, a module for each family of kinds. Each looks at one column and gives a finding or None."""
