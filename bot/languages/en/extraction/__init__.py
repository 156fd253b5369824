"""Patterns of English by which extract/ finds who said what."""
