"""Ingest articles, show them and remove them."""
