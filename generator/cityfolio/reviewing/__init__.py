"""The commands of those who write and review changes of a catalog."""
