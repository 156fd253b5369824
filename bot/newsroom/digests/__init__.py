"""The daily digest: set, put together, and given to workers."""
