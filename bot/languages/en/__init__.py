"""English word lists and grammar patterns, one file per subject."""

LONG_CODE = "eng"
"""The ISO 639-2 code of the language."""
