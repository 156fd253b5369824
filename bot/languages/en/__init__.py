"""English: its words as data, and the patterns that its grammar needs, a file for each subject."""

LONG_CODE = "eng"
"""What ISO 639-2 calls the language."""
