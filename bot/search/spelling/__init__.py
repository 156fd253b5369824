"""Spelling: the indexed words that are similar to a mistyped word."""
