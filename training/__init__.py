"""Trains the tagger; not part of the installed package."""
