"""Readers run in a process of their own, so that a parser's crash costs one file only."""
