"""What changed at a source since last time, brought into a catalog folder without losing anybody's edits."""
