"""Answers to the questions that a department wrote, computed from the rows that it publishes."""
