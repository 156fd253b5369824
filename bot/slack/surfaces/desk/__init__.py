"""The quote desk: /check, its form and its buttons."""
