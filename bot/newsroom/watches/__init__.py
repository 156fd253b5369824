"""Watches: set, matched with what is new, and told."""
