"""Patterns of English by which ingest/head/ reads what stands above a story."""
