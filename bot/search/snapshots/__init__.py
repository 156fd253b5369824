"""Snapshots of the index and the vectors, from which a new process starts."""
