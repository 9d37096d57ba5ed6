"""`--fetch`: files that are kept elsewhere, read whole. This is the one room of a build that asks other machines for data."""
