"""The archive, taken elsewhere."""
