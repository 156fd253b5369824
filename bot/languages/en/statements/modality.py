"""Words that change what a clause asserts: duty and intention."""

import re

MODALS = frozenset(("should", "ought", "must", "need", "want", "hope"))
ABOUT_TO = re.compile(r"\b(?:about|due|set) to\b")
"""Says that something will happen: "is about to close"."""
