"""Asking other people's portals politely, and keeping their answers so that a run can go on."""
